"""Sources to libyaml's nodes: composed under ceilings, with what is not YAML told in words.

The only module that imports yaml. libyaml's composer calls itself for what stands in one another, and
PyYAML's own loaders would go on to construct values: neither may see a text that is deeper or larger than
the ceilings here allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from yaml import MarkedYAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.place import Source, Span
from edgewise.source import span_at

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode"]

MAX_DEPTH = 64
"""How deep mappings and lists may stand in one another, with aliases followed."""
MAX_NODES = 200_000
"""How many values a file may hold, with every alias counted as what it stands for."""


# Up to this many characters a text can neither be deep enough to exhaust the C stack, of which a level takes
# 330 bytes and a thread may have a megabyte, nor hold too many nodes, so that counting while libyaml composes
# can be left out: it would take half as long as composing.
_SURELY_SMALL = 2_000


class Refusal(Exception):  # noqa: N818 - it stops the reading of a file and never leaves this module
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Composer(CParser):
    """libyaml's parser, asked to leave every decision about tags to us.

    A node without an explicit tag keeps what the parser knows of its quoting in place of one.
    """

    def resolve(self, _kind: type[Node], _value: str | None, implicit: object) -> object:
        return implicit

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class _CountingComposer(_Composer):
    """The same with ceilings, for texts that are long enough to reach them."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self.file = file
        self.depth = self.nodes = 0

    def descend_resolver(self, parent: Node | None, index: object) -> None:  # noqa: ARG002 - libyaml calls it
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH + 1 and parent is not None:
            raise Refusal(too_deep(start_of(parent, self.file)))
        if self.nodes > MAX_NODES and parent is not None:
            raise Refusal(_too_many(start_of(parent, self.file)))

    def ascend_resolver(self) -> None:
        self.depth -= 1


def compose(source: Source) -> Iterator[Node]:
    """Yield the node of each document of a text, or refuse it with what is wrong and where."""
    with _refusing(source):
        composer = _Composer(source.text)
        if len(source.text) > _SURELY_SMALL:
            composer = _CountingComposer(source.text, source.path)
        while composer.check_node():
            if (node := composer.get_node()) is not None:
                yield node


class Event(NamedTuple):
    """One step of libyaml's through a text: something begins, or the innermost that has begun ends.

    `start` and `end` count characters; where a block ends, it is where the next thing begins. `text` is
    what a scalar says, or the name that an alias repeats. `is_marked` tells of an anchor or a tag.
    """

    kind: Literal["document", "mapping", "sequence", "scalar", "alias", "end"]
    start: int
    end: int
    text: str = ""
    style: str | None = None
    is_flow: bool = False
    is_marked: bool = False
    anchor: str | None = None


def events(source: Source, most: int = MAX_NODES) -> Iterator[Event]:
    """Yield what stands in a text, each where it is written: no alias is followed, no tag minded.

    It is for texts that are not manifests and of which only the places count; `most` is how many values
    they may hold. Raises Refusal as `compose`.
    """
    depth = number = 0
    with _refusing(source):
        parser = CParser(source.text)
        while parser.check_event():
            found = _event(parser.get_event(), len(source.text))
            if found is None:
                continue
            depth += (found.kind in {"mapping", "sequence"}) - (found.kind == "end")
            number += found.kind != "end"
            if depth > MAX_DEPTH:
                raise Refusal(too_deep(_at(found.start, source)))
            if number > most:
                raise Refusal(_too_many(_at(found.start, source), most))
            yield found


def _event(event: Any, length: int) -> Event | None:
    """Return what counts of an event; libyaml may put the end of the last one behind the text."""
    start, end = (min(mark.index, length) for mark in (event.start_mark, event.end_mark))
    kind = event.__class__
    if kind is ScalarEvent:
        marked = bool(event.anchor or event.tag)
        return Event(
            "scalar", start, end, event.value, event.style or None, is_marked=marked, anchor=event.anchor
        )
    if kind is AliasEvent:
        return Event("alias", start, end, event.anchor)
    if kind in {MappingStartEvent, SequenceStartEvent}:
        return Event(
            "mapping" if kind is MappingStartEvent else "sequence",
            start,
            end,
            is_flow=bool(event.flow_style),
            is_marked=bool(event.anchor or event.tag),
            anchor=event.anchor,
        )
    if kind is DocumentStartEvent:
        return Event("document", start, end)
    return Event("end", start, end) if isinstance(event, CollectionEndEvent) else None


@contextmanager
def _refusing(source: Source) -> Iterator[None]:
    """Turn what libyaml raises into what is wrong and where."""
    try:
        yield
    except MarkedYAMLError as error:
        raise Refusal(_syntax(error, source)) from None
    except ReaderError as error:
        index = len(source.text.encode()[: error.position].decode(errors="ignore"))
        raise Refusal(_unreadable(source, index, error.reason)) from None
    except UnicodeEncodeError as error:
        raise Refusal(_unreadable(source, error.start, "lone surrogate")) from None


def scalar_ranges(source: Source) -> list[tuple[int, int]] | None:
    """Return where scalars begin and end, in order, a block without the line above it; None for no YAML."""
    ranges = []
    depth = 0
    try:
        parser = CParser(source.text)
        while parser.check_event() and depth <= MAX_DEPTH:
            event: Any = parser.get_event()
            begin, end, style = event.start_mark, event.end_mark, getattr(event, "style", None)
            if event.__class__ is ScalarEvent:
                start = source.text.find("\n", begin.index) if style in {"|", ">"} else begin.index
                ranges.append((start, end.index))
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
    except (MarkedYAMLError, ReaderError, UnicodeEncodeError):
        return None
    return ranges if depth <= MAX_DEPTH else None


def start_of(node: Node, file: str) -> Span:
    mark = node.start_mark
    return Span(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def span_of(node: Node, file: str) -> Span:
    """Return where a scalar or a flow collection stands; of a block, where it begins."""
    if is_block(node):
        return start_of(node, file)
    start, end = node.start_mark, node.end_mark
    return Span(file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def is_block(node: Node) -> bool:
    return isinstance(node, CollectionNode) and not node.flow_style


def is_merge(key: ScalarNode) -> bool:
    return key.value == "<<" and key.tag.__class__ is not str and bool(key.tag[0])


_SYNTAX_HELP = (
    ("while scanning an alias", 'quote a `*` that is meant as text: `"*"`'),
    (
        "mapping values are not allowed",
        "quote a text that holds `: `; or check the indentation, and that the line before has its `:`",
    ),
    ("found unexpected ':'", "put a space behind the `:`"),
    ("did not find expected '-' indicator", "begin every item of a list with `- `"),
    ("did not find expected key", "check the indentation, and that every quote and bracket is closed"),
    ("did not find expected ',' or ']'", "close the list with `]`, and put `,` between its items"),
    (
        "did not find expected ',' or '}'",
        "close the mapping with `}`, put `,` between its entries, and quote a text that holds `: `",
    ),
    ("incompatible YAML document", "take the `%YAML` line out"),
    (
        "that cannot start any token",
        "indent with spaces, and quote a text that begins with `@`, `` ` `` or `%`",
    ),
    ("could not find expected ':'", "put a `:` and a space behind the key"),
    ("found undefined alias", "an alias `*name` needs an anchor `&name` before it in the same document"),
    ("found duplicate anchor", "give every anchor of a document its own name"),
    ("found unexpected end of stream", "close the quote"),
    ("found unexpected document indicator", "close the quote"),
)


def _syntax(error: MarkedYAMLError, source: Source) -> Diagnostic:
    problem = str(error.problem or error.context or "not YAML").removeprefix("found ")
    problem = "an anchor has this name already" if problem == "second occurrence" else problem
    mark = error.problem_mark or error.context_mark
    span = Span(source.path, 1, 1, 1, 1) if mark is None else _at(mark.index, source)
    said = f"{error.context} found {problem}"
    help_ = next((text for words, text in _SYNTAX_HELP if words in said), "")
    if "\n<<<<<<< " in source.text:
        help_ = "this looks like a merge conflict: keep one of its sides"
    related: tuple[Related, ...] = ()
    if error.context and error.context_mark is not None and error.problem:
        at = _at(error.context_mark.index, source)
        if at != span:
            related = (Related(at, _begun(str(error.context))),)
    return Diagnostic(Code.YAML_SYNTAX, f"this is not YAML: {problem}", span, help=help_, related=related)


def _begun(context: str) -> str:
    """Say in the user's words what libyaml was in the middle of."""
    kinds = {"sequence": "list", "collection": "list", "scalar": "text", "occurrence": ""}
    last = context.rsplit(maxsplit=1)[-1]
    word = kinds.get(last, last)
    return f"in the {word} that begins here" if word else "first here"


def too_deep(span: Span) -> Diagnostic:
    return Diagnostic(Code.TOO_LARGE, f"more than {MAX_DEPTH} levels of mappings and lists", span)


def _too_many(span: Span, most: int = MAX_NODES) -> Diagnostic:
    help_ = "split the file: declarations of one catalog may stand in any number of files"
    return Diagnostic(Code.TOO_LARGE, f"more than {most:,} values in one file", span, help=help_)


def _unreadable(source: Source, index: int, reason: str) -> Diagnostic:
    return Diagnostic(Code.CHARACTER_NOT_ALLOWED, f"this is not YAML: {reason}", _at(index, source))


def _at(index: int, source: Source) -> Span:
    """Return the span of a character; libyaml ends a text that has no last line end with one of its own."""
    return span_at(source.text, min(index, len(source.text)), source.path)
