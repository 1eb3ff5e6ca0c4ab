"""A host: the description that somebody else wrote, with the places of what may meet with ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from edgewise.diagnostics import Diagnostic
from edgewise.place import Source
from edgewise_targets.openapi.merging.outline import Item, Part, Unusable, outline, span_of, unusable
from edgewise_targets.openapi.merging.record import RECORD, SECTIONS, Record

_VERSION = re.compile(r"3\.[12](?:\.[0-9]+)?(?:-.*)?").fullmatch
_OLDER = re.compile(r"3\.0(?:\..*)?|2\.0").fullmatch
_HELP_OLDER = (
    'turn it into 3.1 first: `openapi: 3.1.0`, and `type: [string, "null"]` for `nullable: true`; '
    "schemas here are JSON Schema 2020-12, which 3.0 has no room for"
)


@dataclass(frozen=True)
class Host:
    """A description that can take ours. Sections are named as in its record: `components/schemas`."""

    source: Source
    root: Part
    record: Record

    def item(self, section: str) -> Item | None:
        """Return the entry of a section: its key and its value."""
        found: Item | None = None
        part = self.root
        for name in section.split("/"):
            found = part.item(name)
            if found is None:
                return None
            part = found.value
        return found

    def section(self, section: str) -> Part | None:
        """Return what a section holds."""
        found = self.item(section)
        return None if found is None else found.value

    @property
    def tags(self) -> Part | None:
        """The list of tags, if the host has one."""
        return self.section("tags")

    def is_ours(self, section: str, item: Item) -> bool:
        """Tell whether an entry of a section was put there by an earlier merge."""
        return (section, self.name(section, item)) in self.record.entries

    def name(self, section: str, item: Item) -> str:
        """Return the name of an entry: a tag says it inside."""
        if section != "tags":
            return item.name or ""
        stated = item.value.item("name")
        return "" if stated is None else stated.value.text

    def own(self, section: str) -> Iterator[Item]:
        """Yield the host's own entries of a section, with those that `<<` brings in."""
        part = self.section(section)
        if part is not None:
            yield from (each for each in self.entries(part) if not self.is_ours(section, each))

    def entries(self, part: Part) -> Iterator[Item]:
        """Yield the entries of a mapping or the items of a list, with those that `<<` brings in."""
        seen: set[int] = set()
        waiting = [part]
        while waiting:
            each = self.meant(waiting.pop())
            if each is None or id(each) in seen:
                continue
            seen.add(id(each))
            for item in each.items:
                if item.name == "<<" and item.head.style is None:
                    waiting += [item.value, *(inner.value for inner in item.value.items if not inner.key)]
                else:
                    yield item

    def meant(self, part: Part) -> Part | None:
        """Return what an alias stands for, and anything else as it is."""
        return self._anchors.get(part.text) if part.kind == "alias" else part

    @cached_property
    def _anchors(self) -> dict[str, Part]:
        found: dict[str, Part] = {}
        waiting = [self.root]
        while waiting:
            part = waiting.pop()
            if part.anchor is not None:
                found[part.anchor] = part
            waiting += [each for item in part.items for each in (item.key, item.value) if each is not None]
        return found


def read_host(source: Source) -> Host | Diagnostic:
    """Read a description, or say why nothing can be put into it."""
    try:
        root = outline(source)
        _has_form(root, source)
        host = Host(source, root, _record(root, source))
    except Unusable as found:
        return found.diagnostic
    return host


def _has_form(root: Part, source: Source) -> None:
    """Raise Unusable unless a text is a description whose sections can be added to."""
    if root.kind != "mapping":
        raise Unusable(
            unusable("the host is no mapping, as an OpenAPI description is", span_of(root, source))
        )
    _no_key_twice(root, source)
    _has_version(root, source)
    _has_an_end(root, source)
    _is("sequence", root.item("tags"), source)
    _is("mapping", root.item("paths"), source)
    components = root.item("components")
    if components is not None:
        _is("mapping", components, source)
        for item in components.value.items:
            if item.name is not None and not item.name.startswith("x-") and item.name != "<<":
                _is("mapping", item, source)


def _has_version(root: Part, source: Source) -> None:
    stated = root.item("openapi") or root.item("swagger")
    if stated is None:
        message = "the host does not say which OpenAPI it is: there is no `openapi` at its top"
        raise Unusable(unusable(message, span_of(root, source), "write `openapi: 3.1.0` there"))
    version = stated.value.text
    if not _VERSION(version):
        message = f"the host is OpenAPI {version[:20]}, and what is put in is OpenAPI 3.1"
        help_ = _HELP_OLDER if _OLDER(version) else "what is put in fits `openapi: 3.1.0`"
        raise Unusable(unusable(message, span_of(stated.value, source), help_))


def _has_an_end(root: Part, source: Source) -> None:
    """Raise Unusable where the last line belongs to a block of text, and would be another with a line end."""
    leaf = root.last_leaf
    head = source.text[leaf.start : leaf.end].partition("\n")[0]
    if leaf.style in {"|", ">"} and not source.text.endswith("\n") and "-" not in head.partition("#")[0]:
        message = "the host ends in the middle of a text: its last line has no end"
        raise Unusable(unusable(message, span_of(leaf, source), "end the file with a line end"))


def _is(kind: str, item: Item | None, source: Source) -> None:
    """Raise Unusable unless an entry of the root or of the components can be added to."""
    if item is None:
        return
    words = {"mapping": "a mapping", "sequence": "a list"}
    at = span_of(item.head, source)
    if item.value.kind == "alias" or item.value.is_marked:
        message = f"`{item.name}` has an anchor, an alias or a tag: what is put in would stand elsewhere too"
        raise Unusable(unusable(message, at, f"write {words[kind]} of its own there"))
    if item.value.kind != kind:
        empty = "{}" if kind == "mapping" else "[]"
        message = f"`{item.name}` is not {words[kind]}"
        raise Unusable(
            unusable(message, at, f"where there is nothing in it yet, write `{item.name}: {empty}`")
        )
    if item.value.item("$ref") is not None:
        message = f"`{item.name}` stands in another file, which is not opened"
        raise Unusable(unusable(message, at, "write its entries here, where each may refer to another file"))
    _no_key_twice(item.value, source)


def _no_key_twice(part: Part, source: Source) -> None:
    seen: set[str] = set()
    for item in part.items:
        if item.name is None or item.name == "<<":
            continue
        if item.name in seen:
            message = f"`{item.name[:100]}` stands here twice, and only one of the two counts"
            raise Unusable(unusable(message, span_of(item.head, source), "take one out"))
        seen.add(item.name)


def _record(root: Part, source: Source) -> Record:
    item = root.item(RECORD)
    if item is None:
        return Record()
    record = _read_record(item.value)
    if record is None:
        message = f"`{RECORD}` is not as it was written: it says what is to be replaced"
        help_ = "bring it back as it was, or take it out together with all that was put in"
        raise Unusable(unusable(message, span_of(item.head, source), help_))
    return record


def _read_record(part: Part) -> Record | None:
    """Return what a record says, or None where it is none: somebody has changed its form."""
    if part.kind != "mapping":
        return None
    lists: dict[str, list[str]] = {}
    for item in part.items:
        if item.name is None or not (item.name == "about" or _is_list(item.value)):
            return None
        lists[item.name] = [each.value.text for each in item.value.items if each.value.kind == "scalar"]
    made = lists.pop(SECTIONS, [])
    return Record(
        frozenset((section, name) for section, names in lists.items() for name in names), frozenset(made)
    )


def _is_list(part: Part) -> bool:
    """Tell whether something is a list; a key is left without a value where its last item was taken out."""
    return part.kind == "sequence" or (part.kind == "scalar" and part.text in {"", "null", "~"})
