"""Print the operations of one relationship type."""

from __future__ import annotations

from edgewise_targets.openapi.examples import refused
from edgewise_targets.openapi.model import Contract, Operation, Refusals, Walkway
from edgewise_targets.openapi.names import page_schema
from edgewise_targets.openapi.references import Json, References, local
from edgewise_targets.openapi.refusals import conflict
from edgewise_targets.openapi.text import joined, plain

_AS_IT_IS = "The link as it is now."
_IS_NEW = "The link, which is new."


def paths_of(contract: Contract, shared: References) -> Json:
    """Return the path items of one relationship type, sorted by path."""
    items: Json = {}
    for walkway in contract.walkways:
        for item in walkway.paths:
            items[item.path] = {
                "parameters": [shared("parameters", name) for name in item.parameters],
                **{each.method: _operation(each, walkway, contract, shared) for each in item.operations},
            }
    return dict(sorted(items.items()))


def _operation(operation: Operation, walkway: Walkway, contract: Contract, shared: References) -> Json:
    printed: Json = {
        "tags": [walkway.route.tag],
        "summary": operation.summary,
        "description": walkway.description,
        "operationId": operation.id,
    }
    if operation.answer == "page":
        printed["parameters"] = [shared("parameters", "Limit"), shared("parameters", "Cursor")]
    if operation.body is not None:
        printed["requestBody"] = {
            "required": operation.needs_body,
            "content": _json(operation.body),
        }
    printed["responses"] = _responses(operation, walkway, contract, shared)
    if contract.relationship.deprecated:
        printed["deprecated"] = True
    printed["x-edgewise"] = walkway.note
    return printed


def _json(schema: str) -> Json:
    return {"application/json": {"schema": local("schemas", schema)}}


def _responses(operation: Operation, walkway: Walkway, contract: Contract, shared: References) -> Json:
    responses = _success(operation, walkway, contract, shared)
    responses["400"] = shared("responses", "BadRequest")
    responses["404"] = shared("responses", "NotFound")
    if operation.refusals:
        responses["409"] = local("responses", conflict(walkway.route, operation.refusals))
    return responses


def _success(operation: Operation, walkway: Walkway, contract: Contract, shared: References) -> Json:
    if operation.answer == "nothing":
        return {"204": shared("responses", "NoContent")}
    if operation.answer == "page":
        return {"200": {"description": "A page of links.", "content": _json(page_schema(walkway.route))}}
    link = local("responses", contract.link)
    if operation.answer == "link":
        return {"200": link}
    return {"200": link | {"description": _AS_IT_IS}, "201": link | {"description": _IS_NEW}}


def answers_of(contract: Contract, shared: References) -> Json:
    """Return the answers that are of this relationship type, sorted by name: one link, and refusals."""
    answers = {
        conflict(walkway.route, operation.refusals): _conflict(
            contract.relationship.name, operation.refusals, shared
        )
        for walkway in contract.walkways
        for item in walkway.paths
        for operation in item.operations
        if operation.refusals
    }
    if contract.has_single_links:
        answers[contract.link] = {"description": "The link.", "content": _json(contract.link)}
    return {name: answers[name] for name in sorted(answers)}


def _conflict(relationship: str, refusals: Refusals, shared: References) -> Json:
    content = {
        "schema": shared("schemas", "Problem"),
        "examples": {each.key: {"value": refused(relationship, each)} for each in refusals},
    }
    return {
        "description": joined("Refused by a rule", *[plain(each.sentence) for each in refusals]),
        "content": {"application/problem+json": content},
    }
