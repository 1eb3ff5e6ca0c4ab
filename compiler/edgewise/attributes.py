"""Properties of records and links as they are declared, their defaults checked and brought to one form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from edgewise.catalog import MISSING, Attribute, AttributeKind
from edgewise.diagnostics import Code, Diagnostic, did_you_mean, quoted_list
from edgewise.place import Place

RESERVED_ON_RECORDS = frozenset({"id"})
RESERVED_ON_LINKS = frozenset({"from_id", "to_id", "slot"})

DEFAULT_MAX_LENGTH = 255
_ONLY_FOR: Mapping[str, AttributeKind] = {"max_length": "string", "precision": "decimal", "scale": "decimal"}
_DECIMAL = re.compile(r"[-+]?([0-9]+)(?:\.([0-9]+))?").fullmatch
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE).fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[-+][0-9]{2}:[0-9]{2})"
).fullmatch
_SURE_DIGITS = 15
_MOST_NAMED = 8

Say = Callable[[Diagnostic], None]


def read_attributes(
    declared: Mapping[str, Any] | None, place: Place, reserved: frozenset[str], say: Say
) -> tuple[Attribute, ...]:
    """Return the attributes of a declaration in the order in which they are written."""
    if not declared:
        return ()
    return tuple([_attribute(name, data, place.key(name), reserved, say) for name, data in declared.items()])


def _attribute(
    name: str, data: Mapping[str, Any], place: Place, reserved: frozenset[str], say: Say
) -> Attribute:
    kind: AttributeKind = data.get("type") or ("enum" if "enum" in data else "string")
    precision, scale = data.get("precision", 18), data.get("scale", 4)
    if name in reserved or not _ONLY_FOR.keys().isdisjoint(data):
        for diagnostic in _misfits(name, kind, data, place, reserved):
            say(diagnostic)
    attribute = Attribute(
        name=name,
        kind=kind,
        values=tuple(data.get("enum", ())),
        required=data.get("required", False),
        default=MISSING,
        description=data.get("description"),
        max_length=data.get("max_length", DEFAULT_MAX_LENGTH) if kind == "string" else None,
        precision=precision,
        scale=min(scale, precision),
        unique=data.get("unique", False),
        place=place,
    )
    return _with_default(attribute, data["default"], say) if "default" in data else attribute


def _misfits(
    name: str, kind: AttributeKind, data: Mapping[str, Any], place: Place, reserved: frozenset[str]
) -> Iterator[Diagnostic]:
    if name in reserved:
        message = f"an attribute here may not be called `{name}`"
        yield Diagnostic(Code.MALFORMED_NAME, message, place, "every such table has a column of that name")
    for key, only in _ONLY_FOR.items():
        if key in data and kind != only:
            message = f"`{key}` is only for attributes of type `{only}`; `{name}` is {_said(kind)}"
            yield Diagnostic(
                Code.UNKNOWN_KEY, message, place.key(key), help="take it out, or change the type"
            )
    scale, precision = data.get("scale", 4), data.get("precision", 18)
    if kind == "decimal" and scale > precision:
        message = f"the scale of `{name}`, {scale}, is larger than its precision, {precision}"
        where = place.value("scale" if "scale" in data else "precision")
        yield Diagnostic(Code.NOT_ALLOWED_VALUE, message, where, help="the precision counts all digits")


def _said(kind: AttributeKind) -> str:
    return "an enum" if kind == "enum" else f"of type `{kind}`"


def _with_default(attribute: Attribute, stated: object, say: Say) -> Attribute:
    try:
        return attribute._replace(default=_FITTING[attribute.kind](attribute, stated))
    except ValueError as error:
        place = attribute.place.value("default")
        near = did_you_mean(stated, attribute.values, 1) if isinstance(stated, str) else []
        help_ = f"did you mean `{near[0]}`?" if near else ""
        message = f"the default of `{attribute.name}` does not fit: the attribute is {_said(attribute.kind)}"
        say(Diagnostic(Code.WRONG_TYPE, message, place, f"not {error}", help_))
        return attribute


def _text(attribute: Attribute, value: object) -> str:
    limit = attribute.max_length
    if not isinstance(value, str) or (limit is not None and len(value) > limit):
        raise ValueError(f"text of at most {limit} characters" if limit is not None else "text")
    return value


def _one_of(attribute: Attribute, value: object) -> str:
    if not isinstance(value, str) or value not in attribute.values:
        few = len(attribute.values) <= _MOST_NAMED
        raise ValueError(quoted_list(attribute.values) if few else "one of its values")
    return value


def _integer(_attribute: Attribute, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -(2**63) <= value < 2**63:
        raise ValueError("a whole number of at most 64 bits")
    return value


def _number(_attribute: Attribute, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError("a number")
    try:
        return float(value)
    except OverflowError:
        raise ValueError("a number that fits 64 bits") from None


def _decimal(attribute: Attribute, value: object) -> str:
    """Return a decimal as text, without exponent; a fraction that a float may have cut has to be quoted."""
    whole = attribute.precision - attribute.scale
    wanted = f"a decimal of at most {whole} digits before the point and {attribute.scale} behind it"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(wanted)
    text = value if isinstance(value, str) else f"{Decimal(repr(value)):f}"
    match = _DECIMAL(text)
    if match is None:
        raise ValueError(wanted)
    before, behind = match[1].lstrip("0"), (match[2] or "").rstrip("0")
    if isinstance(value, float) and len(before + behind) > _SURE_DIGITS:
        raise ValueError("sure to be exact: quote a number of so many digits")
    if len(before) > whole or len(behind) > attribute.scale:
        raise ValueError(wanted)
    sign = "-" if text.startswith("-") and (before or behind) else ""
    return f"{sign}{before or '0'}{'.' if behind else ''}{behind}"


def _boolean(_attribute: Attribute, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("`true` or `false`")
    return value


def _date(_attribute: Attribute, value: object) -> str:
    if not isinstance(value, str) or not _DATE(value):
        raise ValueError("a date like 2026-01-31")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError("a day that there is") from None


def _datetime(_attribute: Attribute, value: object) -> str:
    """Return a moment in UTC as RFC 3339 has it, with microseconds only where there are any."""
    wanted = "a moment with its offset like 2026-01-31T12:00:00Z"
    if not isinstance(value, str) or not _DATETIME(value):
        raise ValueError(wanted)
    try:
        moment = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(wanted) from None
    return moment.isoformat().removesuffix("+00:00") + "Z"


def _uuid(_attribute: Attribute, value: object) -> str:
    if not isinstance(value, str) or not _UUID(value):
        raise ValueError("a UUID like 123e4567-e89b-12d3-a456-426614174000")
    return value.lower()


def _json(_attribute: Attribute, value: object) -> object:
    """Return any value, with the keys of its mappings sorted: their order has no meaning, and no effect."""
    if isinstance(value, dict):
        return {key: _json(_attribute, value[key]) for key in sorted(value)}
    return [_json(_attribute, each) for each in value] if isinstance(value, list) else value


_FITTING: Mapping[AttributeKind, Callable[[Attribute, object], Any]] = {
    "string": _text,
    "text": _text,
    "enum": _one_of,
    "integer": _integer,
    "number": _number,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "uuid": _uuid,
    "json": _json,
}
