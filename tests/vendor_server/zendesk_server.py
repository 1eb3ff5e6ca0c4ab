"""Zendesk's legacy object types and relationship types, by its page: keys, brackets, limits, no update."""

from __future__ import annotations

import re
from typing import Any

from vendor_http import Answer, Received, Refusal

PREFIX = "/api/sunshine"
AUTHORIZATION = "Basic YWRtaW46c2VjcmV0"
OWN = frozenset(
    f"zen:{name}"
    for name in (
        "user",
        "ticket",
        "article",
        "organization",
        "group",
        "chat",
        "brand",
        "lead",
        "contact",
        "deal",
    )
)
MOST = 50
NOW = "2026-01-01T00:00:00Z"
RULES = frozenset(
    (
        "an administrator",
        "known routes",
        "no update",
        "envelope",
        "known fields",
        "key pattern",
        "key once",
        "one property",
        "property name",
        "property type",
        "required properties",
        "brackets",
        "object type first",
        "different object type",
        "limit",
        "records first",
    )
)


def refused(rule: str, status: int) -> Refusal:
    return Refusal(rule, Answer(status, {"errors": [{"code": rule.replace(" ", "_"), "title": rule}]}))


class Zendesk:
    """An account. `records` are the keys of relationship types of which there are records."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        self.types: dict[str, dict[str, dict[str, Any]]] = {"objects": {}, "relationships": {}}
        self.records: set[str] = set()

    def answer(self, received: Received) -> Answer:
        if not received.authorization.startswith("Basic "):
            raise refused("an administrator", 401)
        route = re.fullmatch(rf"{PREFIX}/(objects|relationships)/types(?:/([^/]+))?", received.path)
        if route is None:
            raise refused("known routes", 404)
        kind, key = route.groups()
        if received.method in {"PUT", "PATCH"}:
            raise refused("no update", 405)
        if received.method == "POST" and key is None:
            return self.create(kind, received.body)
        if received.method == "GET" and key is None:
            return Answer(200, {"data": [*self.types[kind].values()]})
        if key not in self.types[kind]:
            raise refused("known routes", 404)
        return self.show_or_delete(received.method, kind, key)

    def show_or_delete(self, method: str, kind: str, key: str) -> Answer:
        if method == "GET":
            return Answer(200, {"data": self.types[kind][key]})
        if key in self.records:
            raise refused("records first", 409)
        del self.types[kind][key]
        return Answer(204)

    def create(self, kind: str, body: Any) -> Answer:
        if not isinstance(body, dict) or body.keys() != {"data"} or not isinstance(body["data"], dict):
            raise refused("envelope", 400)
        data, types = body["data"], self.types[kind]
        if data.keys() != ({"key", "schema"} if kind == "objects" else {"key", "source", "target"}):
            raise refused("known fields", 400)
        key = data["key"]
        if not isinstance(key, str) or not re.fullmatch(r"[a-z0-9_-]{2,32}", key):
            raise refused("key pattern", 422)
        if kind == "objects":
            a_schema(data["schema"])
        else:
            self.two_ends(data["source"], data["target"])
        if key in types:
            raise refused("key once", 409)
        if len(types) == MOST:
            raise refused("limit", 422)
        types[key] = {**data, "created_at": NOW, "updated_at": NOW}
        return Answer(201, {"data": types[key]})

    def two_ends(self, source: Any, target: Any) -> None:
        ends = [end[0] if isinstance(end, list) and len(end) == 1 else end for end in (source, target)]
        if not all(isinstance(end, str) for end in ends):
            raise refused("brackets", 422)
        if not all(end in OWN or end in self.types["objects"] for end in ends):
            raise refused("object type first", 404)
        if ends[0] == ends[1]:
            raise refused("different object type", 422)


def a_schema(schema: Any) -> None:
    """Take a schema of records: at least one property, each of one type."""
    if not isinstance(schema, dict) or not schema.keys() <= {"properties", "required"}:
        raise refused("known fields", 400)
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties:
        raise refused("one property", 422)
    if any(name.startswith("_") for name in properties):
        raise refused("property name", 422)
    if not all(isinstance(each, dict) and isinstance(each.get("type"), str) for each in properties.values()):
        raise refused("property type", 422)
    if not set(schema.get("required", ())) <= properties.keys():
        raise refused("required properties", 422)
