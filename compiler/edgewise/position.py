"""Places to positions: the lines and columns of what somebody is told about, found again from the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from edgewise.diagnostics import Diagnostic, Edit, Related
from edgewise.nodes import (
    MappingNode,
    Node,
    Refusal,
    ScalarNode,
    SequenceNode,
    compose,
    is_block,
    is_merge,
    scalar_ranges,
    span_of,
)
from edgewise.place import Place, Source, Span

_COMMENT = re.compile(r"(?:\A|(?<=[ \t\n]))#[^\n]*")


class _Positions:
    """Finds places in one file again, from its text."""

    def __init__(self, source: Source) -> None:
        self._file = source.path
        self._documents: list[Node] = []
        with suppress(Refusal):  # what was read before the mistake can still be pointed at
            self._documents.extend(compose(source))
        self._pairs: dict[int, dict[str, tuple[Node, Node]]] = {}

    def span(self, place: Place) -> Span:
        """Return the span of a place; of the nearest key above it where it is not written out."""
        if place.document >= len(self._documents):
            return Span(self._file, 1, 1, 1, 1)
        key: Node | None = None
        node = self._documents[place.document]
        for depth, part in enumerate(place.path, 1):
            step = self._step(node, part)
            if step is None:
                return span_of(key or node, self._file)
            key, node = step[0] or key, step[1]
            if depth == len(place.path) and step[0] is not None and self._points_at_key(place, node):
                return span_of(step[0], self._file)
        return span_of(node, self._file)

    @staticmethod
    def _points_at_key(place: Place, node: Node) -> bool:
        """Tell whether the key says more than the value: a block has no good end, and nothing no length."""
        return (
            place.on_key
            or is_block(node)
            or (node.__class__ is ScalarNode and not node.value and not node.style)
        )

    def _step(self, node: Node, part: str | int) -> tuple[Node | None, Node] | None:
        if node.__class__ is SequenceNode and isinstance(part, int) and part < len(node.value):
            return None, node.value[part]
        if node.__class__ is MappingNode and isinstance(part, str):
            return self._entries(node).get(part)
        return None

    def _entries(self, node: MappingNode) -> dict[str, tuple[Node, Node]]:
        if id(node) in self._pairs:
            return self._pairs[id(node)]
        entries: dict[str, tuple[Node, Node]] = {}
        self._pairs[id(node)] = entries
        merged: list[Node] = []
        for key, value in node.value:
            if key.__class__ is not ScalarNode:
                continue
            if is_merge(key):
                merged += value.value if value.__class__ is SequenceNode else [value]
            entries.setdefault(key.value, (key, value))
        for each in merged:
            if each.__class__ is MappingNode:
                for name, pair in self._entries(each).items():
                    entries.setdefault(name, pair)
        return entries


def located(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Replace every place in diagnostics by its span; each file is read at most once for it."""
    diagnostics = list(diagnostics)
    spans = _spans(at for each in diagnostics for at in _places(each))

    def span(at: Place | Span) -> Span:
        return at if isinstance(at, Span) else spans[at]

    return [
        each._replace(
            at=None if each.at is None else span(each.at),
            path=each.path or (each.at.dotted if isinstance(each.at, Place) else ""),
            help_at=None if each.help_at is None else span(each.help_at),
            related=tuple(Related(span(related.at), related.label) for related in each.related),
            fix=tuple(Edit(span(edit.at), edit.text) for edit in each.fix),
        )
        for each in diagnostics
    ]


def _places(diagnostic: Diagnostic) -> Iterator[Place]:
    parts: tuple[Diagnostic | Related | Edit, ...] = (diagnostic, *diagnostic.related, *diagnostic.fix)
    spoken_of = (diagnostic.help_at, *(part.at for part in parts))
    return (at for at in spoken_of if isinstance(at, Place))


def _spans(places: Iterable[Place]) -> dict[Place, Span]:
    """Find places file by file, so that the nodes of no two files are held at once."""
    by_source: dict[Source, list[Place]] = {}
    for place in places:
        by_source.setdefault(place.source, []).append(place)
    spans: dict[Place, Span] = {}
    for source, several in by_source.items():
        positions = _Positions(source)
        spans.update((place, positions.span(place)) for place in several)
    return spans


def comments(source: Source, mark: str = "") -> Iterator[tuple[Span, str]]:
    """Yield the comments of a text that hold a mark, from each `#` that no scalar holds; no YAML has none."""
    text = source.text
    scalars = scalar_ranges(source)
    if scalars is None:
        return
    line = line_start = position = 0
    for start, end in [*scalars, (len(text), len(text))]:
        for match in _COMMENT.finditer(text, position, start):
            if mark not in match[0]:
                continue
            index = match.start()
            line += text.count("\n", line_start, index)
            line_start = max(line_start, text.rfind("\n", line_start, index) + 1)
            comment = match[0].rstrip("\r")
            column = index - line_start + 1
            yield Span(source.path, line + 1, column, line + 1, column + len(comment)), comment
        position = end
