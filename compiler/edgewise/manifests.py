"""Drafts to text: declarations that were found elsewhere, as a person would have written them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any, NamedTuple

WIDTH = 100
"""How many columns a line of a manifest takes, where words allow it."""

_SECTIONS = ("object_types", "groups", "relationship_types")
_KEYS = (
    *("from", "to", "cardinality", "inverse", "symmetric", "reflexive", "acyclic", "via", "on_delete"),
    *("role", "description", "label", "plural", "group", "id", "attributes", "external"),
    *("deprecated", "owner", "tags", "renamed_from", "targets"),
)
_RANK = {key: number for number, key in enumerate(_KEYS)}
_STEP = 2
# Words that are no text, in our rules or in YAML's own core schema, which an editor may follow.
_NO_TEXT = re.compile(
    r"true|false|null|[-+]?\.?[0-9][0-9_]*(\.[0-9]*)?(e[-+]?[0-9]+)?|0x[0-9a-f]+|0o[0-7]+", re.IGNORECASE
).fullmatch
_PLAIN = re.compile(r"\w(?:[^\x00-\x1f\x7f-\x9f]*[^\s:\x00-\x1f])?").fullmatch
_NOT_PLAIN = re.compile(r": | #|[\x85\u2028\u2029\ufeff]").search
_OF_FLOW = re.compile(r"[][{},:]").search
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Declared(NamedTuple):
    """One declaration: what stands below its name, and what has to be said above it, in lines."""

    keys: Mapping[str, Any]
    remarks: tuple[str, ...] = ()


class Draft(NamedTuple):
    """Declarations by name; what they hold is data as a manifest's own, in any order of keys."""

    object_types: Mapping[str, Declared]
    relationship_types: Mapping[str, Declared]
    groups: Mapping[str, Declared]
    remarks: tuple[str, ...] = ()


def written(draft: Draft) -> str:
    """Write a draft as YAML that reads back as the same data, sorted, keys in the order of the language."""
    return "".join(f"{line}\n" for line in _lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    yield from _comment(draft.remarks, 0)
    for section in _SECTIONS:
        declared: Mapping[str, Declared] = getattr(draft, section)
        if not declared:
            continue
        if section != _SECTIONS[0] or draft.remarks:
            yield ""
        yield f"{section}:"
        for name in sorted(declared):
            yield from _comment(declared[name].remarks, _STEP)
            yield from _entry(name, _ordered(declared[name].keys), _STEP, flow=False)


def _ordered(keys: Mapping[str, Any]) -> dict[str, Any]:
    return {key: keys[key] for key in sorted(keys, key=lambda key: _RANK.get(key, len(_RANK)))}


def _comment(remarks: tuple[str, ...], indent: int) -> Iterator[str]:
    margin = " " * indent
    for remark in remarks:
        for line in wrap(remark, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False):
            yield f"{margin}# {line}"


def _entry(key: str, value: Any, indent: int, *, flow: bool = True) -> Iterator[str]:
    """Yield a key with its value: a collection on one line where that is allowed and it fits there."""
    margin, name = " " * indent, scalar(key)
    if isinstance(value, str):
        yield from _text(f"{margin}{name}:", value, indent + _STEP)
    elif not isinstance(value, Mapping) or not value:
        yield f"{margin}{name}: {_inline(value)}"
    elif flow and len(line := f"{margin}{name}: {_inline(value)}") <= WIDTH:
        yield line
    else:
        yield f"{margin}{name}:"
        for part, inner in value.items():
            yield from _entry(part, inner, indent + _STEP, flow=part != "attributes")


def _text(head: str, text: str, indent: int) -> Iterator[str]:
    """Yield a text behind its key; one of several lines, or longer than a line, as a block below it."""
    margin = " " * indent
    if "\n" in text and _is_literal(text):
        yield f"{head} |-"
        yield from (f"{margin}{line}".rstrip() for line in text.split("\n"))
        return
    line = f"{head} {scalar(text)}"
    if len(line) > WIDTH and "\n" not in text and _is_printable(text):
        folded = wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        if len(folded) > 1 and " ".join(folded) == text:
            yield f"{head} >-"
            yield from (f"{margin}{part}" for part in folded)
            return
    yield line


def _is_literal(text: str) -> bool:
    """Tell whether a block keeps a text of several lines: it would lose spaces and line ends at its edges."""
    lines = text.split("\n")
    return (
        _is_printable(text)
        and bool(lines[-1])
        and lines[0][:1].strip() != ""
        and all(line == line.rstrip() for line in lines)
    )


def _is_printable(text: str) -> bool:
    """Tell whether a block shows a text as it is: no tab, no odd space, nothing that has to be an escape."""
    return all(character.isprintable() or character == "\n" for character in text)


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return (
            f"{{{', '.join(f'{scalar(key, inside=True)}: {_inline(part)}' for key, part in value.items())}}}"
        )
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inline, value))}]"
    return scalar(value, inside=True) if isinstance(value, str) else json.dumps(value)


def scalar(text: str, *, inside: bool = False) -> str:
    """Return a text on one line, quoted where it has to be; `inside` of braces it has to more often."""
    is_plain = _PLAIN(text) and not _NOT_PLAIN(text) and not _NO_TEXT(text)
    if is_plain and not (inside and _OF_FLOW(text)):
        return text
    return f'"{"".join(map(_quoted, text))}"'


def _quoted(character: str) -> str:
    """Return a character as it stands between double quotes."""
    if character in {'"', "\\"}:
        return f"\\{character}"
    if character.isprintable():
        return character
    return _SHORT.get(character) or f"\\U{ord(character):08X}"
