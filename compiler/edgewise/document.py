"""Sources to documents: YAML, under the rules that manifests have.

libyaml builds the nodes, and what they mean is decided here, from the raw text and its quoting: PyYAML's
own construction would turn `no` into False, `2001-13-45` into an exception and 462 bytes into a gigabyte.
Nodes are given up as soon as a document's data is known. Positions are found again from the text, for the
few places that somebody is told about (`located`), so that a clean catalog never pays for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

from yaml import MarkedYAMLError
from yaml._yaml import CParser
from yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from edgewise.diagnostics import Code, Diagnostic, Edit, Related
from edgewise.place import Place, Source, Span
from edgewise.source import MAX_BYTES, character_name, find_not_allowed, span_at

MAX_DEPTH = 64
"""How deep mappings and lists may stand in one another, with aliases followed."""
MAX_NODES = 200_000
"""How many values a file may hold, with every alias counted as what it stands for."""
MAX_KEY = 255
"""How many characters a key may have: it stands in every path and many messages."""
MAX_MISTAKES = 1_000
"""How many mistakes are told of one file before the rest of it is left unread."""

# Up to this many characters a text can neither be deep enough to exhaust the C stack nor hold too many
# nodes, so that counting while libyaml composes can be left out: it would take as long as composing.
_SURELY_SMALL = 4_000
_CORE_TAG = "tag:yaml.org,2002:"
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z").match
_FRACTION = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)\Z").match
_MAX_DIGITS = 300
_LEAST, _MOST = -(2**63), 2**63 - 1
_COMMENT = re.compile(r"(?:\A|(?<=[ \t\n]))#[^\n]*")
_NUMBER_START = frozenset("0123456789+-.")

Path = tuple[str | int, ...]


class Document(NamedTuple):
    """One YAML document: its number within the file, and its data as dicts, lists and scalars.

    The same list or dict may stand in several places, where an alias put it. `whole` is False when the
    mapping at its top could not be read to the end, so that it may have declared other names too.
    """

    source: Source
    number: int
    data: dict[str, Any]
    whole: bool = True

    def place(self, *path: str | int) -> Place:
        """Return the place of the value at `path`."""
        return Place(self.source, self.number, path)


class _Refusal(Exception):  # noqa: N818 - it stops the reading of a file and never leaves this module
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
            raise _Refusal(_too_deep(_start(parent, self.file)))
        if self.nodes > MAX_NODES and parent is not None:
            raise _Refusal(_too_many(_start(parent, self.file)))

    def ascend_resolver(self) -> None:
        self.depth -= 1


def read_documents(sources: Iterable[Source]) -> tuple[list[Document], list[Diagnostic]]:
    """Read the documents of all sources; one that is not to be trusted to its end gives none at all."""
    documents: list[Document] = []
    diagnostics: list[Diagnostic] = []
    for source in sources:
        found, said = read_source(source)
        documents += found
        diagnostics += said
    return documents, diagnostics


def read_source(source: Source) -> tuple[list[Document], list[Diagnostic]]:
    """Read the documents of one file; empty ones are left out, their numbers too."""
    reader = _Reader(source)
    documents = []
    try:
        for number, node in enumerate(_compose(source)):
            document = reader.document(node, number)
            if document is not None:
                documents.append(document)
    except _Refusal as refusal:
        return [], [*reader.diagnostics, refusal.diagnostic]
    return documents, reader.diagnostics


def _compose(source: Source) -> Iterator[Node]:
    """Yield the node of each document of a text, or refuse it with what is wrong and where."""
    try:
        composer = _Composer(source.text)
        if len(source.text) > _SURELY_SMALL:
            composer = _CountingComposer(source.text, source.path)
        while composer.check_node():
            if (node := composer.get_node()) is not None:
                yield node
    except MarkedYAMLError as error:
        raise _Refusal(_syntax(error, source)) from None
    except ReaderError as error:
        index = len(source.text.encode()[: error.position].decode(errors="ignore"))
        raise _Refusal(_unreadable(source, index, error.reason)) from None
    except UnicodeEncodeError as error:
        raise _Refusal(_unreadable(source, error.start, "lone surrogate")) from None


class _Reader:
    """Turns the nodes of one file into data."""

    def __init__(self, source: Source) -> None:
        self.source, self.file = source, source.path
        self.diagnostics: list[Diagnostic] = []
        self._aliases = _Aliases(source.path) if "*" in source.text and "&" in source.text else None

    def document(self, node: Node, number: int) -> Document | None:
        """Return the document of a node, or None where it is empty."""
        if self._aliases is not None:
            self._aliases.forget()
        data = self.value(node, 1)
        if isinstance(data, dict):
            return Document(self.source, number, data, whole=len(data) == len(node.value) or _is_whole(node))
        if data is None:
            return None
        message = "a manifest is a mapping with `object_types`, `relationship_types` and `groups`"
        self.say(Diagnostic(Code.WRONG_TYPE, message, _span(node, self.file), f"this is {_kind_of(data)}"))
        return Document(self.source, number, {}, whole=False)

    def value(self, node: Node, depth: int) -> Any:
        """Return what a node means; `depth` counts the collections that it stands in, itself included."""
        if node.__class__ is ScalarNode:
            return self.scalar(node)
        if depth > MAX_DEPTH:
            raise _Refusal(_too_deep(_start(node, self.file)))
        if self._aliases is None:
            return self.collection(node, depth)
        return self._aliases.read(node, depth, self.collection)

    def collection(self, node: Node, depth: int) -> Any:
        """Return the dict or list of a node."""
        is_mapping = node.__class__ is MappingNode
        if node.tag.__class__ is str and node.tag != f"{_CORE_TAG}{'map' if is_mapping else 'seq'}":
            self.say(_tag_not_allowed(node, self.file))
        if is_mapping:
            return self.mapping(node, depth)
        return [self.value(item, depth + 1) for item in node.value]

    def mapping(self, node: Node, depth: int) -> dict[str, Any]:
        """Return a mapping's entries, those merged by `<<` first; its own win over those of the same name."""
        entries: dict[str, Any] = {}
        merged: Node | None = None
        again: list[ScalarNode] = []
        for key, value in node.value:
            name = self.key(key)
            if name in entries or (merged is not None and _is_merge(key)):
                again.append(key)
            elif name == "<<" and _is_merge(key):
                merged = value
            elif value.__class__ is ScalarNode:
                entries[name] = self.scalar(value)
            else:
                entries[name] = self.value(value, depth + 1)
        if again:
            self.say_again(node, again)
        return entries if merged is None else {**self.merged(merged, depth + 1), **entries}

    def merged(self, node: Node, depth: int) -> dict[str, Any]:
        """Return the entries that `<<` brings in; of several mappings the first wins."""
        data = self.value(node, depth)
        mappings = data if isinstance(data, list) else [data]
        if not all(isinstance(each, dict) for each in mappings):
            message = "`<<` merges a mapping, or a list of mappings"
            self.say(Diagnostic(Code.WRONG_TYPE, message, _span(node, self.file)))
            return {}
        entries: dict[str, Any] = {}
        for each in mappings:
            for name, value in each.items():
                entries.setdefault(name, value)
        return entries

    def key(self, node: Node) -> str:
        """Return a key's text, as it is written: `on`, `1` and `null` are names like any other."""
        if node.__class__ is not ScalarNode:
            message, help_ = "a mapping or a list cannot be a key", "quote a text that begins with `{` or `[`"
            raise _Refusal(Diagnostic(Code.YAML_SYNTAX, message, _start(node, self.file), help=help_))
        if node.tag.__class__ is str or node.style == '"':
            self.scalar(node)
        text: str = node.value
        if len(text) > MAX_KEY:
            message = f"a key of more than {MAX_KEY:,} characters"
            raise _Refusal(Diagnostic(Code.TOO_LARGE, message, _start(node, self.file)))
        return text

    def scalar(self, node: ScalarNode) -> Any:
        """Return what a scalar means: only a plain one can be other than text."""
        text: str = node.value
        if node.style == '"' and (found := find_not_allowed(text)):
            raise _Refusal(_escaped(node, found[0], self.file))
        if node.tag.__class__ is str:
            return self.tagged(node)
        if not node.tag[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return self.number(node) if text[0] in _NUMBER_START else text

    def number(self, node: ScalarNode) -> Any:
        text: str = node.value
        if not (_INTEGER(text) or _FRACTION(text)):
            return text
        if len(text) > _MAX_DIGITS or (_INTEGER(text) and not _LEAST <= int(text) <= _MOST):
            message = "this number needs more than 64 bits"
            help_ = "quote it if it is text"
            raise _Refusal(Diagnostic(Code.TOO_LARGE, message, _span(node, self.file), help=help_))
        if _INTEGER(text):
            return int(text)
        number = float(text)
        return int(number) if _is_whole_number(number) else number

    def tagged(self, node: ScalarNode) -> Any:
        """Return what a scalar with a core tag means, provided that it can mean it."""
        tag, text = node.tag, node.value
        if tag == f"{_CORE_TAG}str":
            return text
        plain = _WORDS.get(text, text)
        fits = {
            f"{_CORE_TAG}bool": isinstance(plain, bool),
            f"{_CORE_TAG}null": plain is None,
            f"{_CORE_TAG}int": _INTEGER(text) is not None,
            f"{_CORE_TAG}float": _FRACTION(text) is not None or _INTEGER(text) is not None,
        }
        if not fits.get(tag, False):
            self.say(_tag_not_allowed(node, self.file))
            return text
        return plain if tag in {f"{_CORE_TAG}bool", f"{_CORE_TAG}null"} else self.number(node)

    def say_again(self, node: Node, again: Iterable[ScalarNode]) -> None:
        """Say of keys that the mapping has them already."""
        first: dict[str, ScalarNode] = {}
        for key, _ in node.value:
            first.setdefault(key.value, key)
        for key in again:
            self.say(_duplicate(key, first[key.value], self.file))

    def say(self, diagnostic: Diagnostic) -> None:
        if len(self.diagnostics) == MAX_MISTAKES:
            message = f"more than {MAX_MISTAKES:,} mistakes in this file; it is not read from here on"
            raise _Refusal(Diagnostic(Code.TOO_LARGE, message, diagnostic.at))
        self.diagnostics.append(diagnostic)


class _Aliases:
    """Reads each collection of a document once, wherever aliases put it, and counts what a file comes to."""

    class _Known(NamedTuple):
        data: Any
        nodes: int
        characters: int
        height: int

    def __init__(self, file: str) -> None:
        self.file = file
        self._known: dict[int, _Aliases._Known | None] = {}
        self._nodes = self._characters = self._height = 0

    def forget(self) -> None:
        """Begin another document: the nodes of the last are given up, and others may have their identity."""
        self._known.clear()

    def read(self, node: Node, depth: int, collection: Callable[[Node, int], Any]) -> Any:
        if id(node) not in self._known:
            return self._first(node, depth, collection)
        known = self._known[id(node)]
        if known is None:
            message = "an alias that stands inside of what it stands for"
            raise _Refusal(
                Diagnostic(Code.ALIAS_BUDGET, message, _start(node, self.file), "which begins here")
            )
        self._spend(node, known.nodes, known.characters, depth + known.height)
        return known.data

    def _first(self, node: Node, depth: int, collection: Callable[[Node, int], Any]) -> Any:
        self._known[id(node)] = None
        nodes, characters, height = self._nodes, self._characters, self._height
        self._height = depth
        self._spend(node, 1 + len(node.value), _characters(node), depth)
        data = collection(node, depth)
        self._known[id(node)] = self._Known(
            data, self._nodes - nodes, self._characters - characters, self._height - depth
        )
        self._height = max(height, self._height)
        return data

    def _spend(self, node: Node, nodes: int, characters: int, height: int) -> None:
        self._nodes += nodes
        self._characters += characters
        self._height = max(self._height, height)
        if self._nodes > MAX_NODES or self._characters > MAX_BYTES or height > MAX_DEPTH:
            message = (
                f"aliases stand for more than {MAX_NODES:,} values, "
                f"{MAX_BYTES:,} characters or {MAX_DEPTH} levels"
            )
            help_ = "write less with aliases; a few hundred bytes of them can stand for gigabytes"
            raise _Refusal(Diagnostic(Code.ALIAS_BUDGET, message, _start(node, self.file), help=help_))


def _characters(node: Node) -> int:
    """Return the length of the texts that stand in a collection itself, those that aliases put there too."""
    parts = node.value if node.__class__ is SequenceNode else chain.from_iterable(node.value)
    return sum(len(part.value) for part in parts if part.__class__ is ScalarNode)


def _is_whole(node: Node) -> bool:
    """Tell whether no key of a mapping stands in it twice."""
    return len({key.value for key, _ in node.value}) == len(node.value)


def _is_whole_number(number: float) -> bool:
    """Tell whether a fraction is none: JSON knows one kind of number, and `2.0` is `2` to a JSON Schema."""
    return number.is_integer() and abs(number) < 2**53


def _is_merge(key: ScalarNode) -> bool:
    return key.value == "<<" and key.tag.__class__ is not str and bool(key.tag[0])


def _kind_of(value: object) -> str:
    """Name the kind of a value for people: "a list", "text", "true or false"."""
    kinds = {dict: "a mapping", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}
    return kinds.get(type(value), "a number")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


# ---- positions ----


def _start(node: Node, file: str) -> Span:
    mark = node.start_mark
    return Span(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _span(node: Node, file: str) -> Span:
    """Return where a scalar or a flow collection stands; of a block, where it begins."""
    if _is_block(node):
        return _start(node, file)
    start, end = node.start_mark, node.end_mark
    return Span(file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _is_block(node: Node) -> bool:
    return isinstance(node, CollectionNode) and not node.flow_style


class _Positions:
    """Finds places in one file again, from its text."""

    def __init__(self, source: Source) -> None:
        self._file = source.path
        self._documents: list[Node] = []
        with suppress(_Refusal):  # what was read before the mistake can still be pointed at
            self._documents.extend(_compose(source))
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
                return _span(key or node, self._file)
            key, node = step[0] or key, step[1]
            if depth == len(place.path) and step[0] is not None and self._points_at_key(place, node):
                return _span(step[0], self._file)
        return _span(node, self._file)

    @staticmethod
    def _points_at_key(place: Place, node: Node) -> bool:
        """Tell whether the key says more than the value: a block has no good end, and nothing no length."""
        return (
            place.on_key
            or _is_block(node)
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
            if _is_merge(key):
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
        replace(
            each,
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
    scalars = _scalar_ranges(source)
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


def _scalar_ranges(source: Source) -> list[tuple[int, int]] | None:
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


# ---- what can be wrong ----

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
    span = Span(source.path, 1, 1, 1, 1)
    if mark is not None:
        span = Span(source.path, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
    said = f"{error.context} found {problem}"
    help_ = next((text for words, text in _SYNTAX_HELP if words in said), "")
    if "\n<<<<<<< " in source.text:
        help_ = "this looks like a merge conflict: keep one of its sides"
    related: tuple[Related, ...] = ()
    if error.context and error.context_mark is not None and error.problem:
        begin = error.context_mark
        at = Span(source.path, begin.line + 1, begin.column + 1, begin.line + 1, begin.column + 2)
        if at != span:
            related = (Related(at, _begun(str(error.context))),)
    return Diagnostic(Code.YAML_SYNTAX, f"this is not YAML: {problem}", span, help=help_, related=related)


def _begun(context: str) -> str:
    """Say in the user's words what libyaml was in the middle of."""
    kinds = {"sequence": "list", "collection": "list", "scalar": "text", "occurrence": ""}
    last = context.rsplit(maxsplit=1)[-1]
    word = kinds.get(last, last)
    return f"in the {word} that begins here" if word else "first here"


def _too_deep(span: Span) -> Diagnostic:
    return Diagnostic(Code.TOO_LARGE, f"more than {MAX_DEPTH} levels of mappings and lists", span)


def _too_many(span: Span) -> Diagnostic:
    help_ = "split the file: declarations of one catalog may stand in any number of files"
    return Diagnostic(Code.TOO_LARGE, f"more than {MAX_NODES:,} values in one file", span, help=help_)


def _unreadable(source: Source, index: int, reason: str) -> Diagnostic:
    span = span_at(source.text, min(index, len(source.text)), source.path)
    return Diagnostic(Code.CHARACTER_NOT_ALLOWED, f"this is not YAML: {reason}", span)


def _duplicate(key: ScalarNode, first: ScalarNode, file: str) -> Diagnostic:
    return Diagnostic(
        Code.DUPLICATE_KEY,
        f"key `{_short(key.value)}` stands here for the second time",
        _span(key, file),
        "the same mapping has it already",
        "remove or rename one of the two",
        related=(Related(_span(first, file), "first here"),),
    )


def _tag_not_allowed(node: Node, file: str) -> Diagnostic:
    tag = node.tag.replace(_CORE_TAG, "!!").encode("unicode_escape").decode("ascii")
    known = tag in {"!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"}
    message = f"tag `{tag}` does not fit this value" if known else f"tag `{_short(tag)}` is not allowed"
    help_ = "remove the tag; a manifest holds plain text, numbers, lists and mappings"
    return Diagnostic(Code.TAG_NOT_ALLOWED, message, _start(node, file), help=help_)


def _escaped(node: ScalarNode, character: str, file: str) -> Diagnostic:
    message = f"character {character_name(character)} is not allowed, also not as an escape"
    help_ = "take it out: what a reviewer reads has to be what is compiled"
    return Diagnostic(Code.CHARACTER_NOT_ALLOWED, message, _span(node, file), help=help_)
