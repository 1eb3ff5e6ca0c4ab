"""Where everything stands in a text of YAML or JSON: a tree of places, with nothing interpreted.

No alias is followed and no value read as more than its characters, so that the tree is as small as the
text, and a host may use all of YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from edgewise.diagnostics import Code, Diagnostic
from edgewise.nodes import MAX_DEPTH, Event, Refusal, events
from edgewise.place import Source, Span
from edgewise.source import span_at


@dataclass(slots=True)
class Part:
    """A mapping, a list, a scalar or an alias; `start` and `end` count characters of the text.

    A block ends where the next thing begins; `content_end` says where what it holds does. `text` is what
    a scalar says, or the name of an anchor; `style` is how it is quoted. `is_marked` tells of an anchor
    or a tag. The items of a list have no keys.
    """

    kind: Literal["mapping", "sequence", "scalar", "alias"]
    start: int
    end: int
    text: str = ""
    style: str | None = None
    is_flow: bool = False
    is_marked: bool = False
    anchor: str | None = None
    items: list[Item] = field(default_factory=list)

    def item(self, key: str) -> Item | None:
        """Return the entry of a mapping that has a key, the first of several."""
        return next((each for each in self.items if each.name == key), None)

    @property
    def last_leaf(self) -> Part:
        """The last thing in it that is no block of other things."""
        return self.items[-1].value.last_leaf if self.items and not self.is_flow else self

    @property
    def content_end(self) -> int:
        """Where the last thing in it ends, without the comments and blank lines behind it."""
        return self.items[-1].content_end if self.items and not self.is_flow else self.end


@dataclass(slots=True)
class Item:
    """An entry of a mapping, or an item of a list."""

    key: Part | None
    value: Part

    @property
    def name(self) -> str | None:
        """The text of the key, where it is a text."""
        return self.key.text if self.key is not None and self.key.kind == "scalar" else None

    @property
    def head(self) -> Part:
        """What comes first: the key, or the item of a list itself."""
        return self.key or self.value

    @property
    def content_end(self) -> int:
        """Where its value ends, or its key where it has none."""
        return max(self.value.content_end, self.head.end if self.key else 0)


class Unusable(Exception):  # noqa: N818 - it says what cannot be used, and never leaves this package
    """A text that is no host, with the diagnostic that says so."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


MAX_VALUES = 500_000
"""How many values a host may hold, with all that is put in: more than a manifest, which nobody generates."""
_SPLIT = "keep paths and schemas in files of their own, which it refers to"
# What YAML takes for the end of a line and no editor does: places could not be told by line any more.
_ODD_LINE_END = re.compile("\r(?!\n)|[\x85\u2028\u2029]").search


def outline(source: Source) -> Part:
    """Return the tree of a text that holds one document of YAML, or JSON. Raises Unusable."""
    if _is_json(source.text):
        return _tree(_json_events(source), source)
    odd = _ODD_LINE_END(source.text)
    if odd is not None:
        message = f"the host holds U+{ord(odd[0]):04X}, which ends a line for YAML and for no editor"
        raise Unusable(unusable(message, span_at(source.text, odd.start(), source.path), "take it out"))
    try:
        return _tree(events(source, MAX_VALUES), source)
    except Refusal as refusal:
        said = refusal.diagnostic
        help_ = _SPLIT if said.code is Code.TOO_LARGE else said.help
        raise Unusable(said._replace(code=Code.HOST_NOT_USABLE, help=help_)) from None


def unusable(message: str, at: Span | None, help_: str = "", label: str = "") -> Diagnostic:
    """Say why a text is no host."""
    return Diagnostic(Code.HOST_NOT_USABLE, message, at, label, help_)


def _tree(steps: Iterator[Event], source: Source) -> Part:
    documents: list[Part] = []
    open_: list[Part] = []
    keys: list[Part | None] = []
    for step in steps:
        if step.kind == "document":
            continue
        if step.kind == "end":
            ended = open_.pop()
            ended.end = step.end if ended.is_flow else step.start
            keys.pop()
            continue
        part = Part(
            step.kind,
            step.start,
            step.end,
            step.text,
            step.style,
            is_flow=step.is_flow,
            is_marked=step.is_marked,
            anchor=step.anchor,
        )
        _hang(part, open_, keys, documents)
        if step.kind in {"mapping", "sequence"}:
            open_.append(part)
            keys.append(None)
    if len(documents) != 1:
        message = "the host holds no document" if not documents else "the host holds more than one document"
        at = Span(source.path, 1, 1, 1, 1) if not documents else span_of(documents[1], source)
        raise Unusable(unusable(message, at, "an OpenAPI description is one"))
    return documents[0]


def _hang(part: Part, open_: list[Part], keys: list[Part | None], documents: list[Part]) -> None:
    """Put a part where it belongs: below the innermost collection that is open, as its key or its value."""
    if not open_:
        documents.append(part)
    elif open_[-1].kind == "sequence":
        open_[-1].items.append(Item(None, part))
    elif keys[-1] is None:
        keys[-1] = part
    else:
        open_[-1].items.append(Item(keys[-1], part))
        keys[-1] = None


def span_of(part: Part, source: Source) -> Span:
    """Return the place of a key or a scalar; of a collection, where it begins."""
    is_long = part.kind in {"mapping", "sequence"} or "\n" in source.text[part.start : part.end]
    return span_at(source.text, part.start, source.path, 1 if is_long else max(1, part.end - part.start))


# ---- JSON ----

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]|[^][{},:"\s]+')


def _is_json(text: str) -> bool:
    """Tell whether a text is JSON, some of which YAML does not take, such as escaped surrogates."""
    if not text.lstrip().startswith("{"):
        return False
    try:
        orjson.loads(text)
    except ValueError:
        return False
    return True


def _json_events(source: Source) -> Iterator[Event]:
    """Yield what stands in a text that is known to be JSON, under the ceilings of all texts."""
    depth = 0
    number = 0
    for token in _TOKEN.finditer(source.text):
        first, start, end = token[0][0], token.start(), token.end()
        depth += (first in "{[") - (first in "}]")
        number += first not in "}]"
        if depth > MAX_DEPTH or number > MAX_VALUES:
            much = f"{MAX_DEPTH} levels" if depth > MAX_DEPTH else f"{MAX_VALUES:,} values"
            at = span_at(source.text, start, source.path)
            raise Unusable(unusable(f"the host holds more than {much}", at, _SPLIT))
        if first in "{[":
            yield Event("mapping" if first == "{" else "sequence", start, end, is_flow=True)
        elif first in "}]":
            yield Event("end", start, end)
        elif first == '"':
            yield Event("scalar", start, end, orjson.loads(token[0]), '"')
        else:
            yield Event("scalar", start, end, token[0])


# ---- what it says ----

_NO_TEXT = re.compile(
    r"true|false|yes|no|on|off|y|n|null|~||[-+.]?[0-9].*|[-+]?\.(?:inf|nan)", re.IGNORECASE
).fullmatch


def meaning(part: Part) -> Any:
    """Return what a part says, however it is laid out and in whatever order its entries are.

    A text is the same with and without quotes, where it would be a text without them too.
    """
    if part.kind == "mapping":
        return {repr(meaning(each.head)): meaning(each.value) for each in part.items}
    if part.kind == "sequence":
        return [meaning(each.value) for each in part.items]
    if part.kind == "scalar" and (part.style or not _NO_TEXT(part.text)):
        return f"text {part.text}"
    return part.kind, part.text
