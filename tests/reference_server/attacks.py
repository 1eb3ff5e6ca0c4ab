"""What schemathesis sends to a server of a document, and what it objects to."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import schemathesis
from schemathesis import Response
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from served_catalogs import Catalog, Served
from served_document import Json, Operation, follow

# How many ids of each type are often sent, so that requests meet each other at the same records.
KNOWN = 3
OFTEN = 0.8


class Objection(NamedTuple):
    """What schemathesis objects to: the check that fails, or what went wrong, where, and in words."""

    check: str
    where: str
    text: str


class Attack(NamedTuple):
    """What came of a run: what was objected to, and how often each operation answered with which status."""

    objections: list[Objection]
    answers: Counter[tuple[str, int]]


def attack(served: Served, fuzzed: int) -> Attack:
    """Call each operation with its examples, with what its schema comes down to, and with so many more."""
    phases = {
        # Whatever an operation has not got, all take the same way.
        "coverage": {"unexpected-methods": ["post", "patch"]},
        "fuzzing": {"generation": {"max-examples": fuzzed}},
        "stateful": {"enabled": False},
    }
    return run(served, phases)


def live_with(catalog: Catalog, scenarios: int) -> Attack:
    """Link, look and unlink in turn, in so many scenarios for each relationship type on a server of its own.

    One type at a time, as otherwise hardly any call in a scenario has to do with the one before.
    """
    phases = in_turn(scenarios)
    attacks = [run(alone(catalog, each).served(), phases) for each in sorted(changeable(catalog))]
    objections = [objection for each in attacks for objection in each.objections]
    return Attack(objections, sum((each.answers for each in attacks), Counter()))


def in_turn(scenarios: int) -> Json:
    """Return the phase that follows the links of the document alone, none that are guessed."""
    stateful = {"generation": {"max-examples": scenarios}, "inference": {"algorithms": []}}
    return {"enabled": False, "stateful": {"enabled": True, **stateful}}


def changeable(catalog: Catalog) -> set[str]:
    """Return the relationship types whose links can be made."""
    operations = catalog.operations.values()
    return {each.link.relationship_type for _, _, each in operations if not each.link.is_derived}


def alone(catalog: Catalog, relationship_type: str) -> Catalog:
    """Return a catalog whose document has one relationship type, and tells what can be called after a PUT."""
    paths: Json = {}
    own = {
        name: each
        for name, each in catalog.operations.items()
        if each[2].link.relationship_type == relationship_type
    }
    for method, path, _ in own.values():
        paths.setdefault(path, copy.deepcopy(catalog.document["paths"][path]))
        if method == "PUT":
            responses = paths[path]["put"]["responses"]
            for status in ("200", "201"):
                stated = follow(catalog.document, responses[status])
                responses[status] = stated | {"links": dict(map(next_call, own, own.values()))}
    return Catalog(catalog.document | {"paths": paths}, catalog.ddl, catalog.rules)


def next_call(name: str, called: tuple[str, str, Operation]) -> tuple[str, Json]:
    """Return a link of OpenAPI to an operation, for the two records of the link that an answer has."""
    _, _, operation = called
    parameters = {operation.own: f"$response.body#/{operation.end}_id"}
    if operation.other is not None:
        parameters[operation.other] = f"$response.body#/{operation.far}_id"
    return name, {"operationId": name, "parameters": parameters}


def run(served: Served, phases: Json, *names: str) -> Attack:
    """Run phases of schemathesis against a server, for all operations or those that are named.

    The same run always sends the same.
    """
    config = SchemathesisConfig.from_dict(configuration(served.catalog, phases))
    schema = schemathesis.openapi.from_asgi("/openapi.json", served.client.app, config=config)
    if names:
        schema = schema.include(operation_id=list(names))
    objections, answers = [], Counter()
    for event in from_schema(schema).execute():
        objections += objections_in(event)
        if isinstance(event, events.ScenarioFinished):
            for key, interaction in event.recorder.interactions.items():
                case = event.recorder.cases[key].value
                if interaction.response is not None:
                    name = case.operation.definition.raw["operationId"]
                    answers[name, interaction.response.status_code] += 1
    return Attack(objections, answers)


def objections_in(event: events.EngineEvent) -> Iterator[Objection]:
    match event:
        case events.ScenarioFinished(recorder=recorder):
            for key, checks in recorder.checks.items():
                for check in checks:
                    if check.failure_info is not None and not came_back(check.name, recorder, key):
                        yield Objection(check.name, recorder.label, str(check.failure_info.failure))
        case events.NonFatalError(label=label, value=value):
            yield Objection("error", label, repr(value))
        case events.FatalError(exception=exception):
            yield Objection("error", "", repr(exception))


def came_back(check: str, recorder: ScenarioRecorder, key: str) -> bool:
    """Tell whether a link that should be gone has been made again, through the path of the other record.

    The check goes by paths, and cannot see that a link has two of them. This is its only exception.
    """
    if check != "use_after_free":
        return False
    made: list[set[Any]] = []
    for each, interaction in recorder.interactions.items():
        answer = interaction.response
        if answer is None or answer.status_code not in {200, 201, 204}:
            continue
        match interaction.request.method:
            case "PUT":
                made.append(pair(answer))
            case "DELETE":
                made.clear()
        if each == key:
            return pair(answer) in made
    return False


def pair(answer: Response) -> set[Any]:
    """Return the two records of the link in an answer, either way round."""
    link = answer.json()
    return {link["from_id"], link["to_id"]}


def configuration(catalog: Catalog, phases: Json) -> Json:
    """Return a configuration as it could stand in schemathesis.toml; no check is turned off."""
    operations = {name: operation for name, (_, _, operation) in catalog.operations.items()}
    in_paths = {
        f"path.{parameter}": known(operation, end)
        for operation in operations.values()
        for parameter, end in ((operation.own, operation.end), (operation.other, operation.far))
        if parameter is not None
    }
    # The same two names for the ids of all object types: which it is depends on the operation.
    in_bodies = [
        {
            "include-operation-id": name,
            "parameters": {f"body.{operation.far}_id": known(operation, operation.far)},
        }
        for name, operation in operations.items()
        if operation.body is not None and operation.other is None
    ]
    return {
        "seed": 1,
        "continue-on-failure": True,
        # A machine that is busy says nothing of a server.
        "suppress-health-check": ["too_slow"],
        "generation": {"deterministic": True, "database": "none"},
        "phases": phases,
        "dictionaries": {word(name): {"values": ids[:KNOWN]} for name, ids in catalog.ids.items()},
        "parameters": in_paths,
        "operations": in_bodies,
    }


def known(operation: Operation, end: str) -> Json:
    """Return that ids of records at an end are often those that are there."""
    return {"dictionary": word(operation.link.object_types[end]), "probability": OFTEN}


def word(object_type: str) -> str:
    """Return the name of an object type as a dictionary of ids can be called."""
    return object_type.replace(":", "_")
