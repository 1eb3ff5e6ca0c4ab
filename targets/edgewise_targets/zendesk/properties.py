"""The JSON Schema of a legacy object type, read back as attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from edgewise.diagnostics import Code, Diagnostic, quoted_list
from edgewise_targets.dialect.keys import short
from edgewise_targets.dialect.reading import Listed, Wish, can_be_written, names
from edgewise_targets.zendesk.schema import UUID

_DECIMAL = re.compile(r"\^-\?\[0-9\]\{1,(\d{1,2})\}(?:\(\\\.\[0-9\]\{1,(\d{1,2})\}\)\?)?\$").fullmatch
_KINDS = {"integer": "integer", "number": "number", "boolean": "boolean"}
_FORMATS = {"date": "date", "date-time": "datetime"}
MOST_OF_DESCRIPTION = 1000
MOST_LETTERS = 65_535
MOST_DIGITS = 65
MOST_DIGITS_BEHIND = 30


def attributes(thing: Listed, said: list[Diagnostic]) -> dict[str, Any]:
    """Return the attributes of an object type on the list; what none of them can say is told."""
    schema = thing.data["schema"]
    properties: Mapping[str, Any] = schema.get("properties") or {}
    required = frozenset(schema.get("required", ()))
    given = names({own: Wish(own, (f"{own}_property",)) for own in properties}, "property", taken=("id",))
    _tell_rest(thing, schema, properties, said)
    found = {}
    for own, data in properties.items():
        said += _renamed(thing, own, given[own])
        attribute, lost = _attribute(data)
        if lost:
            message = (
                f"the property `{short(own)}` loses what no attribute can say: {quoted_list(lost, 'and')}"
            )
            said.append(thing.told(Code.NOT_KEPT, message, "schema", "properties", own))
        found[given[own]] = attribute | ({"required": True} if own in required else {})
    return found


def _tell_rest(
    thing: Listed, schema: Mapping[str, Any], properties: Mapping[str, Any], said: list[Diagnostic]
) -> None:
    for key in sorted(schema.keys() - {"properties", "required", "type", "$schema"}):
        message = f"`{short(key)}` of the schema is not kept: no manifest can say it"
        said.append(thing.told(Code.NOT_KEPT, message, "schema", key))
    for key in sorted(set(schema.get("required", ())) - properties.keys()):
        message = f"`{short(key)}` is required, and is no property: that is not kept"
        said.append(thing.told(Code.NOT_KEPT, message, "schema", "required"))


def _renamed(thing: Listed, own: str, name: str) -> list[Diagnostic]:
    if own == name:
        return []
    message = f"the property `{short(own)}` becomes `{name}`: Zendesk's own name of it is not kept"
    return [thing.told(Code.NOT_KEPT, message, "schema", "properties", own)]


def _attribute(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return an attribute, and the keywords that it does not hold."""
    attribute, said = _kind(data)
    description = data.get("description")
    if isinstance(description, str) and _is_description(description):
        attribute["description"] = description
        said |= {"description"}
    return attribute, sorted(short(key) for key in data.keys() - said)


def _is_description(text: str) -> bool:
    return 1 <= len(text) <= MOST_OF_DESCRIPTION and can_be_written(text, one_line=False)


def _kind(data: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the kind of an attribute, and the keywords that it says."""
    of_type = data.get("type")
    if of_type in _KINDS:
        return {"type": _KINDS[of_type]}, frozenset(("type",))
    if of_type != "string":
        return {"type": "json"}, frozenset()
    return _text(data)


def _text(data: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    values, pattern, longest = data.get("enum"), data.get("pattern"), data.get("maxLength")
    if _is_enum(values):
        return {"enum": values}, frozenset(("type", "enum"))
    if isinstance(data.get("format"), str) and data["format"] in _FORMATS:
        return {"type": _FORMATS[data["format"]]}, frozenset(("type", "format"))
    if pattern == UUID:
        return {"type": "uuid"}, frozenset(("type", "pattern"))
    if isinstance(pattern, str) and (digits := _digits(pattern)):
        return {"type": "decimal", **digits}, frozenset(("type", "pattern"))
    if type(longest) is int and 1 <= longest <= MOST_LETTERS:
        limit = {} if longest == 255 else {"max_length": longest}
        return {"type": "string", **limit}, frozenset(("type", "maxLength"))
    return {"type": "text"}, frozenset(("type",))


def _is_enum(values: Any) -> bool:
    """Tell whether values are what an attribute may list: texts, none empty, none twice."""
    return (
        isinstance(values, list)
        and bool(values)
        and all(isinstance(each, str) and 1 <= len(each) <= 255 and can_be_written(each) for each in values)
        and len(set(values)) == len(values)
    )


def _digits(pattern: str) -> dict[str, int] | None:
    """Return precision and scale of the pattern that decimals are sent with; None for any other."""
    match = _DECIMAL(pattern)
    if match is None:
        return None
    scale = int(match[2] or 0)
    precision = int(match[1]) + scale
    return (
        {"precision": precision, "scale": scale}
        if 1 <= precision <= MOST_DIGITS and scale <= MOST_DIGITS_BEHIND
        else None
    )
