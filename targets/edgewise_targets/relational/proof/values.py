"""Ids and values of attributes: the n-th of each kind, so that what is unique is easy to keep so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from edgewise.catalog import Attribute, ObjectType

Value = str | int | float | bool | datetime | None

_PLENTY = 1_000_000
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FIRST_DAY = date(2000, 1, 1)
_FIRST_SECOND = datetime(2000, 1, 1, tzinfo=UTC)


def supply(object_type: ObjectType) -> int:
    """Return how many records of an object type can be told apart, as far as that is few."""
    unique = [_values(each) for each in object_type.attributes if each.unique and each.required]
    key = object_type.id
    return min([_texts(key.max_length or 9) - 1, *unique])


def id_of(object_type: ObjectType, number: int) -> Value:
    """Return the n-th id, from 1 on; by bytes, the id of a lower number comes first."""
    match object_type.id.kind:
        case "integer":
            return number
        case "uuid":
            return str(UUID(int=number))
    longest = object_type.id.max_length or 255
    told = f"{object_type.identifier}-{number:06}"
    return told if len(told) <= longest else _counted(number, longest)


def value_of(attribute: Attribute, number: int) -> Value:
    """Return the n-th value of an attribute; they begin anew where there are no more."""
    return _nth(attribute, number % _values(attribute))


def _values(attribute: Attribute) -> int:
    """Return how many values `value_of` has to offer."""
    match attribute.kind:
        case "boolean":
            return 2
        case "enum":
            return len(attribute.values)
        case "decimal":
            return min(int(10.0**attribute.precision), _PLENTY)
        case "string":
            return _texts(attribute.max_length or 4)
    return _PLENTY


def _nth(attribute: Attribute, number: int) -> Value:  # noqa: C901, PLR0911 - one line a kind
    match attribute.kind:
        case "boolean":
            return number == 1
        case "enum":
            return attribute.values[number]
        case "integer":
            return number
        case "number":
            return float(number)
        case "decimal":
            return f"{Decimal(number).scaleb(-attribute.scale):f}"
        case "date":
            return (_FIRST_DAY + timedelta(days=number)).isoformat()
        case "datetime":
            return _FIRST_SECOND + timedelta(seconds=number)
        case "uuid":
            return str(UUID(int=number))
        case "json":
            return f'{{"number": {number}}}'
        case "string" | "text":
            return _counted(number, min(attribute.max_length or 4, 4))


def _texts(longest: int) -> int:
    """Return how many texts of some length there are, or that they are plenty."""
    number = 1
    for _ in range(min(longest, 4)):
        number *= len(_DIGITS)
    return number


def _counted(number: int, width: int) -> str:
    """Write a number with letters for digits, and noughts before it."""
    written = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        written = _DIGITS[digit] + written
    return written.rjust(min(width, 9), "0")
