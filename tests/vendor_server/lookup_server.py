"""Zendesk's custom objects and lookup fields, by its pages: what has to be there first, keys, limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vendor_http import Answer, Received, Refusal

PREFIX = "/api/v2"
AUTHORIZATION = "Basic YWRtaW4vdG9rZW46c2VjcmV0"
MOST_OBJECTS, MOST_FIELDS, MOST_LOOKUPS, MOST_OPTIONS = 50, 100, 10, 2000
HOLDERS = {"ticket": "zen:ticket", "user": "zen:user", "organization": "zen:organization"}
ONLY_FROM_CUSTOM_OBJECTS = ("zen:article", "zen:brand")
CUSTOM = "zen:custom_object:"
PLAIN = ("text", "textarea", "checkbox", "date", "integer", "decimal", "regexp", "dropdown", "multiselect")
OBJECT_FIELDS = frozenset(("key", "title", "title_pluralized", "description"))
FIELD_FIELDS = frozenset(
    (
        "key",
        "title",
        "type",
        "description",
        "custom_field_options",
        "regexp_for_validation",
        "relationship_target_type",
    )
)
TICKET_FIELDS = (FIELD_FIELDS | {"agent_description"}) - {"key"}
RULES = frozenset(
    (
        "an administrator",
        "known routes",
        "envelope",
        "known fields",
        "required fields",
        "object key",
        "object key once",
        "object limit",
        "object first",
        "title",
        "field key",
        "field key once",
        "field limit",
        "lookup limit",
        "field type",
        "options",
        "at most 2000 options",
        "regexp",
        "target there",
        "target of the holder",
    )
)


def refused(rule: str, status: int = 422) -> Refusal:
    names = {401: "Couldn't authenticate you", 404: "RecordNotFound", 422: "RecordInvalid"}
    return Refusal(rule, Answer(status, {"error": names.get(status, "BadRequest"), "description": rule}))


class ZendeskLookup:
    """An account on the largest plan: its custom objects, and the fields of these and of its own types."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        self.objects: dict[str, dict[str, Any]] = {}
        self.fields: dict[str, list[dict[str, Any]]] = {own: [] for own in HOLDERS.values()}

    def answer(self, received: Received) -> Answer:
        if not received.authorization.startswith("Basic "):
            raise refused("an administrator", 401)
        path = received.path.removeprefix(PREFIX)
        if path == "/custom_objects":
            return self.custom_objects(received)
        if on_object := re.fullmatch("/custom_objects/([^/]+)/fields", path):
            (key,) = on_object.groups()
            if key not in self.objects:
                raise refused("object first", 404)
            return self.fields_of(CUSTOM + key, "custom_object_field", received)
        on_own = re.fullmatch("/(ticket|user|organization)_fields", path)
        if on_own is None:
            raise refused("known routes", 404)
        return self.fields_of(HOLDERS[on_own[1]], f"{on_own[1]}_field", received)

    def custom_objects(self, received: Received) -> Answer:
        if received.method == "GET":
            return Answer(200, {"custom_objects": [*self.objects.values()]})
        stated = unwrapped(received, "custom_object")
        has_fields(stated, OBJECT_FIELDS, ("key", "title", "title_pluralized"))
        key = stated["key"]
        if not is_key(key):
            raise refused("object key")
        if not all(is_text(stated[each]) for each in ("title", "title_pluralized")):
            raise refused("title")
        if key in self.objects:
            raise refused("object key once")
        if len(self.objects) == MOST_OBJECTS:
            raise refused("object limit")
        self.objects[key] = {"id": len(self.objects) + 1, **stated}
        self.fields[CUSTOM + key] = []
        return Answer(201, {"custom_object": self.objects[key]})

    def fields_of(self, holder: str, envelope: str, received: Received) -> Answer:
        there = self.fields[holder]
        if received.method == "GET":
            return Answer(200, {f"{envelope}s": there})
        stated = unwrapped(received, envelope)
        keyed = holder != "zen:ticket"
        has_fields(
            stated,
            FIELD_FIELDS if keyed else TICKET_FIELDS,
            ("key", "title", "type") if keyed else ("title", "type"),
        )
        if keyed and not is_key(stated["key"]):
            raise refused("field key")
        if not is_text(stated["title"]):
            raise refused("title")
        self.a_type(holder, stated)
        if keyed and any(each["key"] == stated["key"] for each in there):
            raise refused("field key once")
        if holder.startswith(CUSTOM):
            has_room(stated, there)
        there.append({"id": len(there) + 1, **stated})
        return Answer(201, {envelope: there[-1]})

    def a_type(self, holder: str, field: Mapping[str, Any]) -> None:
        kind = field["type"]
        if kind not in {*PLAIN, "lookup"}:
            raise refused("field type")
        if (kind == "regexp") != is_text(field.get("regexp_for_validation")):
            raise refused("regexp")
        have_options(field.get("custom_field_options"), wanted=kind in {"dropdown", "multiselect"})
        if (kind == "lookup") != is_text(field.get("relationship_target_type")):
            raise refused("required fields", 400)
        if kind == "lookup":
            self.a_target(holder, field["relationship_target_type"])

    def a_target(self, holder: str, target: str) -> None:
        if target.startswith(CUSTOM):
            there = target.removeprefix(CUSTOM) in self.objects
        else:
            there = target in (*HOLDERS.values(), *ONLY_FROM_CUSTOM_OBJECTS)
        if not there:
            raise refused("target there", 404)
        if target in ONLY_FROM_CUSTOM_OBJECTS and not holder.startswith(CUSTOM):
            raise refused("target of the holder")


def has_room(field: Mapping[str, Any], there: list[dict[str, Any]]) -> None:
    if len(there) == MOST_FIELDS:
        raise refused("field limit")
    lookups = [each for each in there if each["type"] == "lookup"]
    if field["type"] == "lookup" and len(lookups) == MOST_LOOKUPS:
        raise refused("lookup limit")


def have_options(options: Any, *, wanted: bool) -> None:
    if not wanted and options is None:
        return
    if not wanted or not isinstance(options, list) or not options:
        raise refused("options")
    if not all(
        isinstance(each, dict)
        and each.keys() == {"name", "value"}
        and all(is_text(text) for text in each.values())
        for each in options
    ):
        raise refused("options")
    if len({each["value"] for each in options}) < len(options):
        raise refused("options")
    if len(options) > MOST_OPTIONS:
        raise refused("at most 2000 options")


def unwrapped(received: Received, envelope: str) -> dict[str, Any]:
    if received.method != "POST":
        raise refused("known routes", 404)
    body = received.body
    if not isinstance(body, dict) or body.keys() != {envelope} or not isinstance(body[envelope], dict):
        raise refused("envelope", 400)
    found: dict[str, Any] = body[envelope]
    return found


def has_fields(stated: Mapping[str, Any], known: frozenset[str], required: tuple[str, ...]) -> None:
    if not stated.keys() <= known:
        raise refused("known fields", 400)
    if not stated.keys() >= {*required}:
        raise refused("required fields", 400)


def is_key(key: Any) -> bool:
    """Tell whether it is letters, digits and underscores, and not digits alone."""
    return isinstance(key, str) and re.fullmatch(r"(?!\d+$)[A-Za-z0-9_]+", key) is not None


def is_text(text: Any) -> bool:
    return isinstance(text, str) and text != ""
