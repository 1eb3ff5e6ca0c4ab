"""Boom's relationship types, by its page: what has to be there first, what is required, upserts, errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from vendor_http import Answer, Received, Refusal

PREFIX = "/api/v1/cdp"
AUTHORIZATION = "Bearer boom_org_test"
CARDINALITIES = ("ONE_TO_ONE", "ONE_TO_MANY", "MANY_TO_ONE", "MANY_TO_MANY")
PAGE = 20
RULES = frozenset(
    (
        "an API key",
        "known routes",
        "no deletion",
        "known fields",
        "required fields",
        "kind",
        "name length",
        "description length",
        "cardinality word",
        "bidirectional",
        "own person",
        "object type once",
        "object type first",
    )
)

Test = tuple[str, Callable[[Any], bool]]


def text(rule: str, longest: int) -> Test:
    return rule, lambda value: isinstance(value, str) and 1 <= len(value) <= longest


NAME = text("name length", 255)
DESCRIPTION = text("description length", 1000)
OBJECT_TYPE: Mapping[str, Test] = {"name": NAME, "displayName": NAME}
COMMON: Mapping[str, Test] = {
    "cardinality": ("cardinality word", lambda value: value in CARDINALITIES),
    "description": DESCRIPTION,
    "bidirectional": ("bidirectional", lambda value: isinstance(value, bool)),
}
REQUIRED: Mapping[str, Mapping[str, Test]] = {
    "person_to_co": {"role": NAME, "customObjectType": NAME},
    "co_to_co": {"role": NAME, "parentCustomObjectType": NAME, "childCustomObjectType": NAME},
}


class Boom:
    """An organization's catalog. Errors come in one of two shapes: `coded`, or a text with suggestions."""

    def __init__(self, *, coded: bool = False) -> None:
        self.coded = coded
        self.broken: list[str] = []
        self.object_types: dict[str, dict[str, Any]] = {}
        self.relationship_types: dict[tuple[str, ...], dict[str, Any]] = {}

    def answer(self, received: Received) -> Answer:
        if not received.authorization.startswith("Bearer boom_org_"):
            raise self.refused("an API key", 401, "no organization API key")
        path = received.path.removeprefix(PREFIX)
        if received.method == "DELETE":
            raise self.refused("no deletion", 405, "nothing can be deleted")
        if (received.method, path) == ("POST", "/custom-objects/types"):
            return self.create(received.body)
        if (received.method, path) == ("POST", "/relationship-types"):
            return self.register(received.body)
        if received.method == "GET" and path == "/relationship-types":
            return self.list(received.query)
        found = [
            each for each in self.relationship_types.values() if path.endswith(each["relationshipTypeId"])
        ]
        if received.method == "GET" and found:
            return Answer(200, found[0])
        raise self.refused("known routes", 404, f"no route {received.method} {received.path}")

    def create(self, body: Any) -> Answer:
        self.fields(body, OBJECT_TYPE, {"description": DESCRIPTION})
        name = body["name"]
        if name == "person":
            raise self.refused("own person", 409, "person is built in")
        if name in self.object_types:
            raise self.refused("object type once", 409, f"{name} exists")
        self.object_types[name] = {**body}
        return Answer(200, self.object_types[name])

    def register(self, body: Any) -> Answer:
        """Register a type or refine one: only the fields sent are changed."""
        if not isinstance(body, dict) or body.get("kind") not in REQUIRED:
            raise self.refused("kind", 400, "kind is person_to_co or co_to_co")
        required = REQUIRED[body["kind"]]
        self.fields(body, {"kind": ("kind", lambda _: True), **required}, COMMON)
        for key in required:
            if key != "role" and body[key] not in self.object_types:
                raise self.unknown(body[key])
        identity = tuple(body[key] for key in ("kind", *required))
        created = identity not in self.relationship_types
        nothing = {"cardinality": None, "description": None, "bidirectional": False}
        known = self.relationship_types.get(identity, nothing)
        number = known.get("relationshipTypeId", f"rt_{len(self.relationship_types) + 1}")
        self.relationship_types[identity] = {"relationshipTypeId": number, **known, **body}
        return Answer(200, {**self.relationship_types[identity], "created": created})

    def list(self, query: Mapping[str, str]) -> Answer:
        start = int(query.get("cursor", 0))
        everything = [*self.relationship_types.values()]
        more = start + PAGE < len(everything)
        page = everything[start : start + PAGE]
        return Answer(200, {"data": page, "next_cursor": str(start + PAGE) if more else None})

    def fields(self, body: Any, required: Mapping[str, Test], optional: Mapping[str, Test]) -> None:
        tests = {**required, **optional}
        if not isinstance(body, dict) or not body.keys() <= tests.keys():
            raise self.refused("known fields", 400, f"the fields are {', '.join(tests)}")
        if missing := required.keys() - body.keys():
            raise self.refused("required fields", 400, f"missing: {', '.join(sorted(missing))}")
        for key, value in body.items():
            rule, takes = tests[key]
            if not takes(value):
                raise self.refused(rule, 400, f"{key}: {rule}")

    def unknown(self, name: str) -> Refusal:
        near = get_close_matches(name, self.object_types)
        message = f"no custom object type {name}"
        if self.coded:
            said = f"{message}, did you mean {' or '.join(near)}?" if near else message
            return self.refused("object type first", 404, said)
        return Refusal("object type first", Answer(404, {"error": message, "suggestions": near}))

    def refused(self, rule: str, status: int, message: str) -> Refusal:
        error = {"code": rule.replace(" ", "_"), "message": message} if self.coded else message
        return Refusal(rule, Answer(status, {"error": error}))
