"""The fields of a custom object, one request each, and what of an attribute a field does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from edgewise.catalog import Attribute
from edgewise.diagnostics import Code, Diagnostic
from edgewise.place import Place
from edgewise_targets.dialect import Request

MOST_OPTIONS = 2000
CUSTOM_OBJECTS = "/api/v2/custom_objects"
FIELDS, LOOKUPS = "fields on", "lookup fields on"
# Every custom object has these from the start.
_STANDARD = frozenset(("name", "external_id"))
_TYPES = {
    "text": "textarea",
    "integer": "integer",
    "number": "decimal",
    "decimal": "decimal",
    "boolean": "checkbox",
    "date": "date",
    "uuid": "regexp",
    "json": "textarea",
    "enum": "dropdown",
}
_WITHOUT_TYPE = {"datetime": "text", "json": "text of JSON"}
_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


class Whole(NamedTuple):
    """What has the attributes: its name in the catalog, its key at Zendesk, and how its files begin."""

    name: str
    key: str
    file: str
    place: Place


def field_requests(whole: Whole, attributes: Iterable[Attribute]) -> Iterator[Request]:
    """Yield the requests that add a field for each attribute, less those that every custom object has."""
    for each in attributes:
        if each.name not in _STANDARD:
            yield field_request(whole, each.name, _field(each), FIELDS)


def field_request(whole: Whole, key: str, field: dict[str, Any], *parts: str) -> Request:
    """Return the request that adds one field to a custom object; `parts` are the kinds as which it counts."""
    return Request(
        key,
        (whole.key, key),
        {"custom_object_field": {"key": key, **field}},
        f"{whole.file}.{key}",
        f"{CUSTOM_OBJECTS}/{whole.key}/fields",
        "key",
        makes="part",
        within=tuple((part, f"`{whole.key}`") for part in parts),
    )


def _field(attribute: Attribute) -> dict[str, Any]:
    title = attribute.name.replace("_", " ")
    field: dict[str, Any] = {"title": title, "type": _TYPES.get(attribute.kind, "text")}
    if attribute.description is not None:
        field["description"] = attribute.description
    if attribute.kind == "enum":
        field["custom_field_options"] = [{"name": value, "value": value} for value in attribute.values]
    if attribute.kind == "uuid":
        field["regexp_for_validation"] = _UUID
    return field


def field_findings(whole: Whole, attributes: Iterable[Attribute]) -> Iterator[Diagnostic]:
    """Yield what is to be said of the fields: what is there already, sent as text, or lost."""
    lost: list[str] = []
    for each in attributes:
        if len(each.values) > MOST_OPTIONS:
            yield Diagnostic(
                Code.OVER_THE_LIMIT,
                f"Zendesk takes {MOST_OPTIONS} options of a field and `{whole.name}.{each.name}` has "
                f"{len(each.values)}: {len(each.values) - MOST_OPTIONS} too many",
                each.place.key("enum"),
            )
        if each.name in _STANDARD:
            message = f"`{each.name}` of `{whole.name}` is the standard field that every custom object has"
            yield Diagnostic(Code.FILLED_IN, message, each.place)
        elif each.kind in _WITHOUT_TYPE:
            message = f"Zendesk has no field for it: `{each.name}` of `{whole.name}` is sent as "
            yield Diagnostic(Code.FILLED_IN, message + _WITHOUT_TYPE[each.kind], each.place)
        lost += [f"`{each.name}` {what}" for what in _not_said(each)]
    if lost:
        message = f"the fields of `{whole.name}` lose in Zendesk (lookup): {', '.join(lost)}"
        yield Diagnostic(Code.LOSS, message, whole.place)


def _not_said(attribute: Attribute) -> Iterator[str]:
    if attribute.required and attribute.name != "name":
        yield "required"
    if attribute.unique:
        yield "unique"
    if attribute.has_default:
        yield "default"
