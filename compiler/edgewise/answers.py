"""Bytes to answers: the JSON of a vendor's API, read with care and held against a JSON Schema.

Answers come from outside: what they hold is never trusted, and what is wrong with one is a diagnostic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from edgewise.diagnostics import Code, Diagnostic, quoted_list
from edgewise.place import Place, Source, Span
from edgewise.source import span_at

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

MAX_BYTES = 8_000_000
"""The size of the largest answer that is read, in bytes."""
MAX_DEPTH = 32
"""How deep objects and lists may stand in one another."""
MAX_MISFITS = 20
"""How many of its misfits are told of one answer."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Answer(NamedTuple):
    """What a vendor's API answered: where it was read from, and its JSON as dicts, lists and scalars."""

    source: Source
    data: Any

    def place(self, *path: str | int) -> Place:
        """Return the place of the value at `path`."""
        return Place(self.source, 0, path)


def no_list(message: str, at: Place | Span, label: str = "", help_: str = "") -> Diagnostic:
    """Say that an answer is not the list that is wanted."""
    return Diagnostic(Code.NO_LIST_ANSWER, message, at, label, help_)


# ---- bytes to JSON ----


def parsed(content: bytes, shown: str) -> Answer | Diagnostic:
    """Parse one answer, or say why it is refused; `shown` is its file's path as people are to see it."""
    start = Span(shown, 1, 1, 1, 1)
    if len(content) > MAX_BYTES:
        return no_list(f"this is larger than {MAX_BYTES:,} bytes", start, help_="give its pages one by one")
    content = content.removeprefix(_BYTE_ORDER_MARK)
    if not content.strip():
        return no_list("this is empty", start, help_="the request may have failed: `curl --fail` tells")
    try:
        text = content.decode()
        data = orjson.loads(content)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        return no_list(f"byte 0x{content[error.start]:02X} is not UTF-8", span_at(before, len(before), shown))
    except orjson.JSONDecodeError as error:
        return no_list(f"this is not JSON: {error.msg}", span_at(text, error.pos, shown))
    if _is_deep(data):
        return no_list(f"this is more than {MAX_DEPTH} levels deep", start)
    return Answer(Source(shown, text), data)


def _is_deep(data: Any) -> bool:
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [part for each in level for part in _parts(each)]
    return bool(level)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()


# ---- JSON against a schema ----


def misfits(answer: Answer, schema: Mapping[str, Any], what: str) -> list[Diagnostic]:
    """Say where an answer is not what a schema promises, as far as anybody reads; `what` is in its title."""
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - every command loads this module

    validator = Draft202012Validator(orjson.dumps(schema).decode())
    errors = islice(validator.iter_errors(answer.data), MAX_MISFITS)
    return [no_list(f"{what} {_words(each)}", answer.place(*each.instance_path)) for each in errors]


_KINDS = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "an object",
    "array": "a list",
    "null": "null",
}


def _words(error: ValidationError) -> str:
    """Say what is promised, as the end of a sentence."""
    kind: Any = error.kind
    if kind.name == "required":
        return f"has `{kind.property}` here, which is missing"
    if kind.name == "type":
        return f"has {_or([_KINDS[each] for each in kind.types])} here"
    if kind.name == "enum":
        words = ["null" if each is None else str(each) for each in kind.options]
        return f"has {quoted_list(words)} here"
    if kind.name == "minLength":
        return "has a text here that is not empty"
    if kind.name == "maxLength":
        return f"has at most {kind.limit} characters here"
    return f"is otherwise here: {error.message[:200]}"


def _or(words: list[str]) -> str:
    return " or ".join(words)
