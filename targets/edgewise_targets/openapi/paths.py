"""Print the operations of one relationship type."""

from __future__ import annotations

from edgewise_targets.openapi.common import conflict
from edgewise_targets.openapi.model import Contract, Operation, Walkway
from edgewise_targets.openapi.names import page_schema
from edgewise_targets.openapi.references import Json, References, local


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
    if operation.takes_input:
        responses["400"] = shared("responses", "BadRequest")
    responses["404"] = shared("responses", "NotFound")
    if operation.rules:
        responses["409"] = shared("responses", conflict(operation.rules))
    return responses


def _success(operation: Operation, walkway: Walkway, contract: Contract, shared: References) -> Json:
    if operation.answer == "nothing":
        return {"204": shared("responses", "NoContent")}
    if operation.answer == "page":
        return {"200": {"description": "A page of links.", "content": _json(page_schema(walkway.route))}}
    link = local("responses", contract.link)
    return {"200": link} if operation.answer == "link" else {"200": link, "201": link}


def answer_of(contract: Contract) -> Json:
    """Return the answer that holds one link, if there is an operation that gives it."""
    if not contract.has_single_links:
        return {}
    return {contract.link: {"description": "The link.", "content": _json(contract.link)}}
