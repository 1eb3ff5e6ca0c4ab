"""What comes in with a request, held against the document's schemas, and how values are kept in SQLite."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from served_document import Json, follow

NAME = "urn:document"
FORMATS = FormatChecker(formats=())
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")


class MalformedError(Exception):
    """What was sent does not fit the document; the text says what, and why."""


def _has_format(name: str) -> Callable[[Callable[[Any], bool]], object]:
    return FORMATS.checks(name, raises=(ValueError, OverflowError))


@_has_format("uuid")
def _is_uuid(value: Any) -> bool:
    return not isinstance(value, str) or _UUID.fullmatch(value) is not None


@_has_format("date")
def _is_date(value: Any) -> bool:
    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


@_has_format("date-time")
def _is_moment(value: Any) -> bool:
    return not isinstance(value, str) or bool(in_utc(value))


@_has_format("double")
def _is_double(value: Any) -> bool:
    return not isinstance(value, int | float) or isfinite(float(value))


def in_utc(text: str) -> str:
    """Return a moment (RFC 3339) in UTC, with as many digits of a second as it has."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    whole, fraction, offset = found.groups()
    moment = datetime.fromisoformat(f"{whole}{offset}".upper()).astimezone(UTC)
    return f"{moment.replace(tzinfo=None).isoformat()}{fraction or ''}Z"


def _matches(_: object, pattern: str, value: object, __: object) -> Iterator[ValidationError]:
    """Hold a text against a pattern as ECMA-262 reads it, where $ is not before a last line break."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_Validator = extend(Draft202012Validator, {"pattern": _matches})


class Schemas:
    """The schemas of a document, each made ready the first time that something is held against it."""

    def __init__(self, document: Json) -> None:
        self._document = document
        self._registry: Registry[Any] = Registry().with_resource(NAME, DRAFT202012.create_resource(document))
        self._ready: dict[str, Draft202012Validator] = {}

    def check(self, schema: Json, value: object, name: str) -> None:
        """Refuse a value that does not fit a schema, which may refer to the rest of the document."""
        for error in self._validator(schema).iter_errors(value):
            raise MalformedError(f"{name}: {error.message}")

    def _validator(self, schema: Json) -> Draft202012Validator:
        key = json.dumps(schema)
        if key not in self._ready:
            absolute = {"$ref": NAME + schema["$ref"]} if "$ref" in schema else schema
            self._ready[key] = _Validator(absolute, registry=self._registry, format_checker=FORMATS)
        return self._ready[key]

    def followed(self, schema: Json) -> Json:
        """Return a schema, or the one that it refers to."""
        return follow(self._document, schema)


def from_text(text: str, kind: str | None) -> Any:
    """Return what the text of a parameter stands for; what does not fit is left for the schema to refuse."""
    return int(text) if kind == "integer" and len(text) < 30 and _INTEGER.fullmatch(text) else text


def parsed(body: bytes) -> Any:
    """Parse a body as JSON: no NaN, and no half of a surrogate pair, which no database keeps."""
    try:
        value = json.loads(body.decode(), parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"the body is not JSON: {error}") from error
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def kept(value: Any, schema: Json) -> Any:
    """Return a value as SQLite keeps it, by the language's table of types."""
    match schema:
        case {"format": "uuid"}:
            return value.lower()
        case {"format": "date-time"}:
            return in_utc(value)
        case {"type": "boolean" | "integer"}:
            return int(value)
        case {"type": "number"}:
            return float(value)
        case {"type": _}:
            return value
    return json.dumps(value)


def told(value: Any, schema: Json) -> Any:
    """Return a value that SQLite keeps as it stands in an answer."""
    match schema:
        case {"type": "boolean"}:
            return bool(value)
        case {"type": _}:
            return value
    return json.loads(value)
