"""Cut what is ours out of a text, and put it in: every other character stays what and where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from edgewise_targets.openapi.merging.host import Host
from edgewise_targets.openapi.merging.ours import Ours
from edgewise_targets.openapi.merging.outline import Item, Part
from edgewise_targets.openapi.merging.printing import Layout, yaml_lines
from edgewise_targets.openapi.merging.record import RECORD, written_record

_BLANK = re.compile(r"[ \t]*\r?\n").fullmatch
_EMPTY = re.compile(r"[ \t]*\{\s*\}|[ \t]*\[\s*\]").fullmatch
_COMMENT = re.compile(r"( *)#.*(?:\n|\Z)|[ \t]*\r?\n").match


class _Edit(NamedTuple):
    """Write something else in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str = ""


# ---- out ----


def without(host: Host) -> str:
    """Return the text of a host without what is ours in it: as it was before, unless somebody changed it."""
    text, made = host.source.text, host.record.sections
    named = {section for section, _ in host.record.entries} | made | {"components"}
    record = host.root.item(RECORD)
    gone: dict[str, list[Item]] = {"": [record] if record else []}
    shells: list[Item] = []
    edits: list[_Edit] = []
    for section in sorted(named, key=lambda name: (-name.count("/"), name)):
        item = host.item(section)
        if item is None:
            continue
        within = gone.get(section, [])
        mine = [each for each in item.value.items if host.is_ours(section, each) or each in within]
        if section in made and len(mine) == len(item.value.items):
            gone.setdefault(section.rpartition("/")[0], []).append(item)
            if not item.value.is_flow:  # line by line, so that a comment between them stays
                shells.append(item)
                edits += (_line(text, each, shells) for each in mine)
        else:
            edits += _cut(text, item, mine, shells)
    edits += _cut(text, Item(None, host.root), gone[""], shells)
    return _edited(text, _to_the_end(text, edits))


def _cut(text: str, section: Item, mine: list[Item], shells: list[Item]) -> Iterator[_Edit]:
    """Yield what takes entries out of a section that stays."""
    if not mine:
        return
    part = section.value
    if part.is_flow:
        yield from _cut_between(part, mine)
        return
    yield from (_line(text, each, shells) for each in mine)
    if len(mine) == len(part.items) and section.key is not None:
        colon = text.index(":", section.key.end) + 1
        yield _Edit(colon, colon, " {}" if part.kind == "mapping" else " []")


def _line(text: str, item: Item, shells: list[Item]) -> _Edit:
    """Return what takes out an entry of a block, with its lines; of a shell only the key."""
    if any(item is each for each in shells):
        return _key_line(text, item)
    head = item.head.start if item.key else text.rindex("-", 0, item.value.start + 1)
    return _Edit(_line_start(text, head), _line_end(text, item.content_end))


def _key_line(text: str, item: Item) -> _Edit:
    colon = text.index(":", item.head.end) + 1
    end = _line_end(text, colon)
    if text[colon:end].strip():  # a comment behind it is not ours
        return _Edit(item.head.start, colon)
    return _Edit(_line_start(text, item.head.start), end)


def _cut_between(part: Part, mine: list[Item]) -> Iterator[_Edit]:
    """Yield what takes entries out of brackets, with the comma before each, or behind the first."""
    kept = [each for each in part.items if all(each is not other for other in mine)]
    if not kept:
        yield _Edit(part.start + 1, part.end - 1)
        return
    before: Item | None = None
    for number, item in enumerate(part.items):
        if any(item is each for each in kept):
            before = item
        elif before is None:
            yield _Edit(item.head.start, part.items[number + 1].head.start)
        else:
            yield _Edit(part.items[number - 1].value.end, item.value.end)


def _to_the_end(text: str, edits: list[_Edit]) -> list[_Edit]:
    """Let what is cut off the end of a text without a last line end take the line end before it along."""
    start = len(text)
    for edit in sorted(edits, reverse=True):
        if edit.end == start and edit.start < edit.end:
            start = edit.start
    if start == len(text) or text.endswith("\n") or text[start - 1] != "\n":
        return edits
    before = start - (2 if text[start - 2 : start] == "\r\n" else 1)
    return [*edits, _Edit(before, start)]


# ---- in ----


def with_(host: Host, ours: Ours) -> str:
    """Return the text of a host that holds nothing of ours with all of ours in it."""
    added = {section: _added(host, section, entries) for section, entries in sorted(ours.sections.items())}
    added = {section: entries for section, entries in added.items() if entries}
    if not added:
        return host.source.text
    made: set[str] = set()
    new: dict[str, dict[str, Any]] = {"": {}, "components": {}}
    edits: list[_Edit] = []
    for section, entries in added.items():
        item = host.item(section)
        if item is not None:
            edits.append(_put(host, item, list(entries.values()) if section == "tags" else entries))
            continue
        parent, _, name = section.rpartition("/")
        new[parent][name] = entries
        made.add(section)
    edits += _new_sections(host, new, made)
    names = {section: list(entries) for section, entries in added.items()}
    last: dict[str, Any] = {key: new[""][key] for key in ("paths", "components") if key in new[""]}
    last[RECORD] = written_record(names, made)
    edits.append(_put(host, Item(None, host.root), last))
    return _edited(host.source.text, _at_the_end(host.source.text, edits))


def _added(host: Host, section: str, entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a section has to be given: a tag that the host has is its own already."""
    there = {host.name(section, each) for each in host.own(section)}
    return {name: each for name, each in entries.items() if name not in there}


def _new_sections(host: Host, new: dict[str, dict[str, Any]], made: set[str]) -> Iterator[_Edit]:
    """Put new sections into the components, or those among what is new at the root."""
    if not new["components"]:
        return
    item = host.item("components")
    if item is not None:
        yield _put(host, item, new["components"])
    else:
        new[""]["components"] = new["components"]
        made.add("components")


def _put(host: Host, section: Item, entries: Any) -> _Edit:
    """Return what adds entries to a mapping or a list, behind what it holds."""
    text, part = host.source.text, section.value
    if part.is_flow and not part.items and section.key is not None and not host.root.is_flow:
        colon = text.find(":", section.key.end) + 1
        if _EMPTY(text[colon : part.end]):
            return _put_below(host, section, entries, _Edit(colon, part.end))
    if part.is_flow:
        return _put_between(host, section, entries)
    at = _behind(text, section)
    return _Edit(at, at, _block(host, entries, _column(text, part.items[0], part)))


def _put_below(host: Host, section: Item, entries: Any, empty: _Edit) -> _Edit:
    """Return what puts a block in place of the braces that stand behind a key with nothing in them."""
    text = host.source.text
    end = _line_end(text, empty.end)
    column = section.head.start - _line_start(text, section.head.start) + _step(host)
    rest = text[empty.end : end] or _line_break(text)
    if not rest.endswith("\n"):
        rest += _line_break(text)
    return _Edit(empty.start, end, rest + _block(host, entries, column))


def _block(host: Host, entries: Any, column: int) -> str:
    line_break = _line_break(host.source.text)
    return "".join(f"{line}{line_break}" for line in yaml_lines(entries, column, _step(host)))


def _put_between(host: Host, section: Item, entries: Any) -> _Edit:
    """Return what puts entries between brackets, laid out as what stands there or around them."""
    part = section.value
    layout = _layout(host, section)
    if part.items:
        at = part.items[-1].value.end
        return _Edit(at, at, f",{layout.between}{layout.entries(entries)}")
    if layout.margin is None:
        return _Edit(part.start + 1, part.end - 1, layout.entries(entries))
    outside = layout.margin.removesuffix(layout.unit)
    inner = f"{layout.between}{layout.entries(entries)}{layout.line_end}{outside}"
    return _Edit(part.start + 1, part.end - 1, inner)


def _layout(host: Host, section: Item) -> Layout:
    text, part = host.source.text, section.value
    first = host.root.items[0]
    unit = (_margin(text, first.head) if host.root.is_flow else None) or " " * _step(host)
    margin = _margin(text, part.items[0].head) if part.items else None
    if not part.items and section.key is not None and (outside := _margin(text, section.key)) is not None:
        margin = outside + unit
    is_tight = host.root.is_flow and first.value.start - first.head.end == 1
    is_dense = host.root.is_flow and len(host.root.items) > 1 and text[first.value.end + 1] == '"'
    colon = ":" if is_tight else ": "
    return Layout(margin, unit, "," if is_dense else ", ", colon, _line_break(text))


def _at_the_end(text: str, edits: list[_Edit]) -> list[_Edit]:
    """Let a text without a last line end stay one, also where lines are added behind its last."""
    last = [each for each in edits if each.end == len(text)]
    if not last or text.endswith("\n"):
        return edits
    line_break = _line_break(text)
    whole = "".join(each.text for each in last).removesuffix(line_break)
    is_behind = last[0].start == len(text)
    joined = _Edit(last[0].start, len(text), line_break + whole if is_behind else whole)
    return [*(each for each in edits if each not in last), joined]


# ---- places ----


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    parts, position = [], 0
    for edit in sorted(edits, key=lambda each: each[:2]):
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:]])


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """Return where the line begins that comes after a place; itself where it is the beginning of one."""
    if index and text[index - 1] == "\n":
        return index
    return text.find("\n", index) + 1 or len(text)


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _margin(text: str, part: Part) -> str | None:
    """Return what a line begins with before a part; None where that is more than spaces and tabs."""
    margin = text[_line_start(text, part.start) : part.start]
    return margin if not margin.strip() and _line_start(text, part.start) else None


def _column(text: str, first: Item, part: Part) -> int:
    """Return the column at which the entries of a block begin."""
    start = first.head.start if first.key else part.start
    return start - _line_start(text, start)


def _step(host: Host) -> int:
    """Return by how many columns the host's own blocks stand further right than what they are in."""
    if host.root.is_flow:
        return 2
    text = host.source.text
    outer = _column(text, host.root.items[0], host.root)
    for item in host.root.items:
        if item.value.kind == "mapping" and not item.value.is_flow:
            return max(1, _column(text, item.value.items[0], item.value) - outer)
    return 2


def _behind(text: str, section: Item) -> int:
    """Return where the lines begin that follow a block: what it holds, and the comments that belong to it.

    Those are the comments that stand at least as far right as its entries, and further than its key. The
    blank lines behind a text stay where they are, unless they are a part of it.
    """
    part = section.value
    leaf = part.last_leaf
    at = _line_end(text, part.content_end)
    keeps = leaf.style in {"|", ">"} and "+" in text[leaf.start : text.find("\n", leaf.start)]
    while not keeps and _BLANK(text[(before := _line_start(text, at - 1)) : at]):
        at = before
    column, end = _column(text, part.items[0], part), at
    if section.key is not None:
        column = max(column, section.key.start - _line_start(text, section.key.start) + 1)
    while (found := _COMMENT(text, end)) is not None and found.end() > end:
        if found[1] is not None and len(found[1]) < column:
            break
        end = found.end()
        at = end if found[1] is not None else at
    return at
