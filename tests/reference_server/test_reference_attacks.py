"""schemathesis finds nothing in the reference server: document, DDL and manifests say the same.

And it does find what is wrong in servers that do not keep to the document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from attacks import Attack, alone, attack, in_turn, live_with, run
from link_database import LinkDatabase
from link_server import application
from served_catalogs import Catalog, Served, catalog
from served_document import Json
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

# How many examples for each operation, and how many scenarios for each relationship type: the catalog
# of this repository has more of them, the other one more kinds.
FUZZED = {"full": 8, "own": 2}
SCENARIOS = {"full": 8, "own": 3}


def answered(catalog: Catalog, attacked: Attack, method: str, *statuses: int) -> set[str]:
    """Return the operations of a method that have answered with all of these."""
    names = {name for name, (stated, _, _) in catalog.operations.items() if stated == method}
    return {name for name in names if all((name, status) in attacked.answers for status in statuses)}


def all_of(catalog: Catalog, method: str) -> set[str]:
    return {name for name, (stated, _, _) in catalog.operations.items() if stated == method}


@pytest.mark.parametrize(("name", "fuzzed"), FUZZED.items())
def test_schemathesis_finds_nothing_in_any_operation(name: str, fuzzed: int) -> None:
    each = catalog(name)
    attacked = attack(each.served(), fuzzed)
    assert attacked.objections == []
    assert {status for _, status in attacked.answers} == {200, 201, 204, 400, 404, 405, 409}
    for method in ("GET", "PUT", "DELETE"):
        assert answered(each, attacked, method, 400) == all_of(each, method)
    assert answered(each, attacked, "GET", 200) >= {
        name for name in all_of(each, "GET") if name.startswith("list")
    }


@pytest.mark.parametrize(("name", "scenarios"), SCENARIOS.items())
def test_schemathesis_finds_nothing_in_what_is_done_in_turn(name: str, scenarios: int) -> None:
    each = catalog(name)
    attacked = live_with(each, scenarios)
    assert attacked.objections == []
    assert len(answered(each, attacked, "PUT", 200, 201)) > 0.5 * len(all_of(each, "PUT"))
    assert len(answered(each, attacked, "DELETE", 204)) > 0.3 * len(all_of(each, "DELETE"))
    assert len(answered(each, attacked, "PUT", 409)) > 5


Change = Callable[[str, int, Any], Response | None]


def changed(served: Served, change: Change) -> Served:
    """Return a server that answers something else: `change` is given the method, the status and the JSON."""
    app = application(served.catalog.document, served.database)

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        if scope["type"] != "http" or scope["path"] == "/openapi.json":
            await app(scope, receive, send)
            return
        await app(scope, receive, keep)
        body = b"".join(message.get("body", b"") for message in sent)
        other = change(scope["method"], sent[0]["status"], json.loads(body) if body else None)
        for message in sent if other is None else ():
            await send(message)
        if other is not None:
            await other(scope, receive, send)

    return Served(served.catalog, served.database, TestClient(answering))


SHORT = {"fuzzing": {"enabled": False}, "stateful": {"enabled": False}}


def objected(served: Served, phases: Json = SHORT) -> set[str]:
    """Return the checks that fail in a short run."""
    return {objection.check for objection in run(served, phases).objections}


PROBLEM = "application/problem+json"
WRONG_ANSWERS: Mapping[str, Change] = {
    "response_schema_conformance": lambda _, status, body: (
        JSONResponse(body | {"x": 1}) if status == 200 else None
    ),
    "status_code_conformance": lambda _, status, body: JSONResponse(body, 202) if status == 201 else None,
    "content_type_conformance": lambda _, status, body: JSONResponse(body, status) if status == 404 else None,
    "positive_data_acceptance": lambda _, status, __: (
        JSONResponse({"title": "No", "status": 400}, 400, media_type=PROBLEM) if status == 200 else None
    ),
    "negative_data_rejection": lambda method, status, _: (
        JSONResponse({"data": [], "next_cursor": None}) if (method, status) == ("GET", 400) else None
    ),
    "not_a_server_error": lambda _, status, __: Response(status_code=500) if status == 409 else None,
    "unsupported_method": lambda _, status, __: Response(status_code=200) if status == 405 else None,
    "allow_header_conformance": lambda _, status, __: (
        Response(status_code=405, headers={"Allow": "POST"}) if status == 405 else None
    ),
}


@pytest.mark.parametrize("check", WRONG_ANSWERS)
def test_schemathesis_objects_to_an_answer_that_is_not_the_documents(check: str) -> None:
    served = alone(catalog("full"), "plays_for").served()
    assert check in objected(changed(served, WRONG_ANSWERS[check]))


def test_schemathesis_objects_to_a_link_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LinkDatabase, "remove", lambda *_: True)
    assert "use_after_free" in objected(alone(catalog("full"), "asks").served(), in_turn(30))


def test_schemathesis_objects_to_a_document_that_promises_more_than_the_database_takes() -> None:
    whole = catalog("full")
    ddl = whole.ddl.replace("length(note) <= 5", "length(note) <= 4")
    assert ddl != whole.ddl
    assert "error" in objected(alone(Catalog(whole.document, ddl, whole.rules), "placed").served())
