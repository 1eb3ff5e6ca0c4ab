"""Attributes as properties of a HubSpot custom object, and what of an attribute a property does not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edgewise.catalog import Attribute, ObjectType
from edgewise.diagnostics import Code, Diagnostic

NAME = "name"
_TEXT = ("string", "text")
# By HubSpot's page, yes and no are an enumeration of two.
_TYPES = {
    "text": ("string", "textarea"),
    "json": ("string", "textarea"),
    "integer": ("number", "number"),
    "number": ("number", "number"),
    "decimal": ("number", "number"),
    "boolean": ("enumeration", "booleancheckbox"),
    "date": ("date", "date"),
    "datetime": ("datetime", "date"),
    "enum": ("enumeration", "select"),
}
_YES_AND_NO = [{"label": "Yes", "value": "true"}, {"label": "No", "value": "false"}]
_ADDED = {"name": NAME, "label": "Name", "type": "string", "fieldType": "text"}


MOST_UNIQUE = 10


def properties(object_type: ObjectType) -> list[dict[str, Any]]:
    """Return the properties of a custom object; one with none that could name a record gets a `name`."""
    found = [_property(each) for each in object_type.attributes]
    return found if naming(object_type) else [{**_ADDED}, *found]


def naming(object_type: ObjectType) -> str | None:
    """Return the attribute whose value names a record: `name`, else the first string; None without any."""
    texts = [each.name for each in object_type.attributes if each.kind == "string"]
    return NAME if NAME in texts else next(iter(texts), None)


def _property(attribute: Attribute) -> dict[str, Any]:
    kind, field = _TYPES.get(attribute.kind, _TEXT)
    found: dict[str, Any] = {
        "name": attribute.name,
        "label": attribute.name.replace("_", " "),
        "type": kind,
        "fieldType": field,
    }
    if attribute.description is not None:
        found["description"] = attribute.description
    if attribute.kind == "enum":
        found["options"] = [{"label": value, "value": value} for value in attribute.values]
    if attribute.kind == "boolean":
        found["options"] = _YES_AND_NO
    if attribute.unique and kind == "string":
        found["hasUniqueValue"] = True
    return found


def property_findings(object_type: ObjectType) -> Iterator[Diagnostic]:
    """Yield what is to be said of the properties: the one that is added, and all that is lost."""
    taken = next((each for each in object_type.attributes if each.name == NAME), None)
    if naming(object_type) is None and taken is not None:
        yield Diagnostic(
            Code.SAME_KEY_TWICE,
            f"`{object_type.name}` would get a property `name` to name its records, and has another one",
            taken.place,
            "no string, as HubSpot wants it for that",
            "add an attribute of `type: string`, or rename this one",
        )
    elif naming(object_type) is None:
        message = (
            f"`{object_type.name}` has no string that could name its records, so it gets a property `name`"
        )
        yield Diagnostic(Code.FILLED_IN, message, object_type.place)
    unique = [each for each in object_type.attributes if each.unique and each.kind == "string"]
    if len(unique) > MOST_UNIQUE:
        yield Diagnostic(
            Code.OVER_THE_LIMIT,
            f"HubSpot takes {MOST_UNIQUE} unique properties of an object and `{object_type.name}` has "
            f"{len(unique)}: {len(unique) - MOST_UNIQUE} too many",
            unique[MOST_UNIQUE].place.key("unique"),
        )
    lost = [f"`{each.name}` {what}" for each in object_type.attributes for what in _not_said(each)]
    if lost:
        message = f"the properties of `{object_type.name}` lose in HubSpot: {', '.join(lost)}"
        yield Diagnostic(Code.LOSS, message, object_type.place)


def _not_said(attribute: Attribute) -> Iterator[str]:
    if attribute.has_default:
        yield "default"
    if attribute.unique and attribute.kind not in {"string", "text", "uuid", "json"}:
        yield "unique"
