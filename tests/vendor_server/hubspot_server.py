"""HubSpot's custom objects, association labels and their limits, by its pages: names, numbers, directions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vendor_http import Answer, Received, Refusal

AUTHORIZATION = "Bearer pat-eu1-test"
OWN = {"contact": "0-1", "company": "0-2", "deal": "0-3", "ticket": "0-5"}
ASSOCIATIONS = "/crm/v4/associations"
MOST_LABELS, MOST_UNIQUE, HIGHEST = 50, 10, 10_000
FIRST_NUMBER = 17
# What may show a property, by its type.
SHOWN_AS = {
    "string": {"text", "textarea", "phonenumber", "html", "file"},
    "number": {"number"},
    "date": {"date"},
    "datetime": {"date"},
    "enumeration": {"booleancheckbox", "checkbox", "radio", "select"},
}
SCHEMA_REQUIRED = frozenset(("name", "labels", "properties", "requiredProperties", "associatedObjects"))
SCHEMA_FIELDS = SCHEMA_REQUIRED | {"description", "primaryDisplayProperty", "searchableProperties"}
PROPERTY_REQUIRED = frozenset(("name", "label", "type", "fieldType"))
PROPERTY_FIELDS = PROPERTY_REQUIRED | {"description", "options", "hasUniqueValue"}
LABEL_REQUIRED = frozenset(("name", "label"))
LIMIT_FIELDS = frozenset(("category", "typeId", "maxToObjectIds"))
RULES = frozenset(
    (
        "a token",
        "known routes",
        "known fields",
        "required fields",
        "object name",
        "object name once",
        "object labels",
        "object type first",
        "property name",
        "property name once",
        "property type",
        "options",
        "ten unique",
        "properties named are there",
        "label name",
        "label name once",
        "label text",
        "label limit",
        "a number of the direction",
        "limit range",
    )
)


class Label(NamedTuple):
    """A label, or one of a pair: the number that it has in the direction in which it is read."""

    from_: str
    to: str
    name: str
    number: int
    text: str

    def shown(self) -> dict[str, Any]:
        return {"category": "USER_DEFINED", "typeId": self.number, "label": self.text}


def refused(rule: str, status: int = 400) -> Refusal:
    categories = {401: "INVALID_AUTHENTICATION", 404: "OBJECT_NOT_FOUND", 409: "CONFLICT"}
    category = categories.get(status, "VALIDATION_ERROR")
    return Refusal(rule, Answer(status, {"status": "error", "category": category, "message": rule}))


class HubSpot:
    """An account; `there` are ids of custom objects that it has had for long."""

    def __init__(self, *there: str) -> None:
        self.broken: list[str] = []
        self.objects = {each: each for each in there}
        self.objects |= {name: number for own, number in OWN.items() for name in (own, own.upper(), number)}
        self.labels: list[Label] = []
        self.limits: dict[tuple[str, str, int], int] = {}

    def answer(self, received: Received) -> Answer:
        if not received.authorization.startswith("Bearer pat-"):
            raise refused("a token", 401)
        if (received.method, received.path) == ("POST", "/crm/v3/schemas"):
            return self.define(received.body)
        found = re.fullmatch(f"{ASSOCIATIONS}/([^/]+)/([^/]+)/labels", received.path)
        if found is not None and received.method in {"GET", "POST"}:
            from_, to = (self.known(each) for each in found.groups())
            if received.method == "POST":
                return self.label(from_, to, received.body)
            return Answer(200, {"results": [each.shown() for each in self.between(from_, to)]})
        limiting = f"{ASSOCIATIONS}/definitions/configurations/([^/]+)/([^/]+)/batch/create"
        found = re.fullmatch(limiting, received.path)
        if found is None or received.method != "POST":
            raise refused("known routes", 404)
        from_, to = (self.known(each) for each in found.groups())
        return self.limit(from_, to, received.body)

    def known(self, name: Any) -> str:
        """Return the id of an object type, by its id or by a name that stands for it."""
        if name not in self.objects:
            raise refused("object type first", 404)
        return self.objects[name]

    def between(self, from_: str, to: str) -> list[Label]:
        return [each for each in self.labels if (each.from_, each.to) == (from_, to)]

    def define(self, body: Any) -> Answer:
        has_fields(body, SCHEMA_REQUIRED, SCHEMA_FIELDS)
        name, labels = body["name"], body["labels"]
        if not matches("[A-Za-z][A-Za-z0-9_]*", name):
            raise refused("object name")
        has_fields(labels, {"singular", "plural"}, {"singular", "plural"})
        if not all(is_text(each) for each in labels.values()):
            raise refused("object labels")
        names = have_properties(body["properties"])
        primary = [body["primaryDisplayProperty"]] if "primaryDisplayProperty" in body else []
        named = {*body["requiredProperties"], *body.get("searchableProperties", ()), *primary}
        if not named <= names:
            raise refused("properties named are there")
        for each in body["associatedObjects"]:
            self.known(each)
        if f"p_{name}" in self.objects:
            raise refused("object name once", 409)
        number = f"2-{1000 + len(self.objects)}"
        self.objects |= {f"p_{name}": number, number: number}
        return Answer(201, {**body, "objectTypeId": number, "fullyQualifiedName": f"p1_{name}"})

    def label(self, from_: str, to: str, body: Any) -> Answer:
        has_fields(body, LABEL_REQUIRED, LABEL_REQUIRED | {"inverseLabel"})
        name, text, inverse = body["name"], body["label"], body.get("inverseLabel")
        if not matches("[^0-9-][^-]*", name):
            raise refused("label name")
        if not is_text(text) or ("inverseLabel" in body and not is_text(inverse)):
            raise refused("label text")
        names = {each.name for each in (*self.between(from_, to), *self.between(to, from_))}
        if name in names:
            raise refused("label name once", 409)
        if len(names) == MOST_LABELS:
            raise refused("label limit")
        number = FIRST_NUMBER + len(self.labels)
        made = [Label(from_, to, name, number, text)]
        if from_ != to or inverse is not None:
            made.append(Label(to, from_, name, number + 1, inverse or text))
        self.labels += made
        return Answer(200, {"results": [each.shown() for each in made]})

    def limit(self, from_: str, to: str, body: Any) -> Answer:
        has_fields(body, {"inputs"}, {"inputs"})
        for each in body["inputs"]:
            has_fields(each, LIMIT_FIELDS, LIMIT_FIELDS)
            numbers = {label.number for label in self.between(from_, to)}
            if each["category"] != "USER_DEFINED" or each["typeId"] not in numbers:
                raise refused("a number of the direction", 404)
            most = each["maxToObjectIds"]
            if type(most) is not int or not 1 <= most <= HIGHEST:
                raise refused("limit range")
            self.limits[from_, to, each["typeId"]] = most
        return Answer(201, {"status": "COMPLETE", "results": body["inputs"]})


def have_properties(several: Any) -> set[str]:
    """Take the properties of a custom object; return their names."""
    if not isinstance(several, list) or not several:
        raise refused("required fields")
    for each in several:
        has_property(each)
    names = {each["name"] for each in several}
    if len(names) < len(several):
        raise refused("property name once", 409)
    if sum(each.get("hasUniqueValue", False) for each in several) > MOST_UNIQUE:
        raise refused("ten unique")
    return names


def has_property(stated: Any) -> None:
    has_fields(stated, PROPERTY_REQUIRED, PROPERTY_FIELDS)
    if not matches("[a-z][a-z0-9_]*", stated["name"]):
        raise refused("property name")
    kind = stated["type"]
    if not isinstance(kind, str) or stated["fieldType"] not in SHOWN_AS.get(kind, ()):
        raise refused("property type")
    options = stated.get("options", [])
    if (kind == "enumeration") != bool(options):
        raise refused("options")
    for each in options:
        has_fields(each, {"label", "value"}, {"label", "value"})
    if not distinct(each["value"] for each in options) or not all(is_text(each["label"]) for each in options):
        raise refused("options")


def has_fields(stated: Any, required: Iterable[str], known: Iterable[str]) -> None:
    if not isinstance(stated, Mapping) or not stated.keys() >= {*required}:
        raise refused("required fields")
    if not stated.keys() <= {*known}:
        raise refused("known fields")


def matches(pattern: str, name: Any) -> bool:
    return isinstance(name, str) and re.fullmatch(pattern, name) is not None


def distinct(several: Iterable[Any]) -> bool:
    values = [*several]
    return len({*values}) == len(values)


def is_text(text: Any) -> bool:
    return isinstance(text, str) and text != ""
