"""Nodes to documents: what YAML means, under the rules that manifests have.

libyaml builds the nodes, and what they mean is decided here, from the raw text and its quoting: PyYAML's
own construction would turn `no` into False, `2001-13-45` into an exception and 462 bytes into a gigabyte.
Nodes are given up as soon as a document's data is known. Positions are found again from the text, for the
few places that somebody is told about (`position.located`), so that a clean catalog never pays for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, NamedTuple

from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.nodes import (
    MAX_DEPTH,
    MAX_NODES,
    MappingNode,
    Node,
    Refusal,
    ScalarNode,
    SequenceNode,
    compose,
    is_merge,
    span_of,
    start_of,
    too_deep,
)
from edgewise.place import Place, Source
from edgewise.source import MAX_BYTES, character_name, find_not_allowed

MAX_KEY = 255
"""How many characters a key may have: it stands in every path and many messages."""
MAX_MISTAKES = 1_000
"""How many mistakes are told of one file before the rest of it is left unread."""
_CORE_TAG = "tag:yaml.org,2002:"
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z").match
_FRACTION = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)\Z").match
_MAX_DIGITS = 300
_LEAST, _MOST = -(2**63), 2**63 - 1
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
        for number, node in enumerate(compose(source)):
            document = reader.document(node, number)
            if document is not None:
                documents.append(document)
    except Refusal as refusal:
        return [], [*reader.diagnostics, refusal.diagnostic]
    return documents, reader.diagnostics


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
        self.say(Diagnostic(Code.WRONG_TYPE, message, span_of(node, self.file), f"this is {_kind_of(data)}"))
        return Document(self.source, number, {}, whole=False)

    def value(self, node: Node, depth: int) -> Any:
        """Return what a node means; `depth` counts the collections that it stands in, itself included."""
        if node.__class__ is ScalarNode:
            return self.scalar(node)
        if depth > MAX_DEPTH:
            raise Refusal(too_deep(start_of(node, self.file)))
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
            # Nearly all keys are short and plain, and asking `key` of each takes as long as the rest of this.
            is_plain = key.__class__ is ScalarNode and not key.style and key.tag.__class__ is not str
            name: str = key.value if is_plain and len(key.value) <= MAX_KEY else self.key(key)
            if name in entries or (merged is not None and is_merge(key)):
                again.append(key)
            elif name == "<<" and is_merge(key):
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
            self.say(Diagnostic(Code.WRONG_TYPE, message, span_of(node, self.file)))
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
            raise Refusal(Diagnostic(Code.YAML_SYNTAX, message, start_of(node, self.file), help=help_))
        if node.tag.__class__ is str or node.style == '"':
            self.scalar(node)
        text: str = node.value
        if len(text) > MAX_KEY:
            message = f"a key of more than {MAX_KEY:,} characters"
            raise Refusal(Diagnostic(Code.TOO_LARGE, message, start_of(node, self.file)))
        return text

    def scalar(self, node: ScalarNode) -> Any:
        """Return what a scalar means: only a plain one can be other than text."""
        text: str = node.value
        if node.style == '"' and (found := find_not_allowed(text)):
            raise Refusal(_escaped(node, found[0], self.file))
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
            raise Refusal(Diagnostic(Code.TOO_LARGE, message, span_of(node, self.file), help=help_))
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
            raise Refusal(Diagnostic(Code.TOO_LARGE, message, diagnostic.at))
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
            raise Refusal(
                Diagnostic(Code.ALIAS_BUDGET, message, start_of(node, self.file), "which begins here")
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
            raise Refusal(Diagnostic(Code.ALIAS_BUDGET, message, start_of(node, self.file), help=help_))


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


def _kind_of(value: object) -> str:
    """Name the kind of a value for people: "a list", "text", "true or false"."""
    kinds = {dict: "a mapping", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}
    return kinds.get(type(value), "a number")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _duplicate(key: ScalarNode, first: ScalarNode, file: str) -> Diagnostic:
    return Diagnostic(
        Code.DUPLICATE_KEY,
        f"key `{_short(key.value)}` stands here for the second time",
        span_of(key, file),
        "the same mapping has it already",
        "remove or rename one of the two",
        related=(Related(span_of(first, file), "first here"),),
    )


def _tag_not_allowed(node: Node, file: str) -> Diagnostic:
    tag = node.tag.replace(_CORE_TAG, "!!").encode("unicode_escape").decode("ascii")
    known = tag in {"!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"}
    message = f"tag `{tag}` does not fit this value" if known else f"tag `{_short(tag)}` is not allowed"
    help_ = "remove the tag; a manifest holds plain text, numbers, lists and mappings"
    return Diagnostic(Code.TAG_NOT_ALLOWED, message, start_of(node, file), help=help_)


def _escaped(node: ScalarNode, character: str, file: str) -> Diagnostic:
    message = f"character {character_name(character)} is not allowed, also not as an escape"
    help_ = "take it out: what a reviewer reads has to be what is compiled"
    return Diagnostic(Code.CHARACTER_NOT_ALLOWED, message, span_of(node, file), help=help_)
