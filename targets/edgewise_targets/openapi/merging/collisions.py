"""What the host has under a name that ours need: told once for each declaration, with every place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise_targets.openapi.merging.host import Host
from edgewise_targets.openapi.merging.ours import Ours
from edgewise_targets.openapi.merging.outline import Item, Part, span_of
from edgewise_targets.openapi.merging.record import PREFIX

_METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"))
_PARAMETER = re.compile(r"\{[^{}]*\}").sub
_MOST = 8
_HELP = {
    "path": "take it out of the host; or state `targets: {openapi: {path: ...}}` of the relationship type, "
    "or `openapi: false` to leave it out",
    "component": f"set `{PREFIX}` among the options of `openapi` in the project file: it goes before the "
    "names of all components that are put in",
    "operationId": "give the host's operation another one; or leave the relationship type out with "
    "`targets: {openapi: false}`",
}


class _Clash(NamedTuple):
    """One thing of the host's: which kind, where it stands, and what it has in common with ours in words."""

    kind: str
    at: Part
    words: str


def collisions(host: Host, ours: Ours) -> Iterator[Diagnostic]:
    """Yield what cannot be put in beside what is the host's."""
    found: dict[str, tuple[ObjectType | RelationshipType | None, list[_Clash]]] = {}
    for owner, clash in _clashes(host, ours):
        found.setdefault("" if owner is None else owner.name, (owner, []))[1].append(clash)
    for _, (owner, clashes) in sorted(found.items()):
        yield _told(host, owner, sorted(clashes, key=lambda each: each.at.start))


def _told(host: Host, owner: ObjectType | RelationshipType | None, clashes: list[_Clash]) -> Diagnostic:
    (kind, at, words), *others = clashes
    related = [Related(span_of(each.at, host.source), each.words) for each in others[:_MOST]]
    if owner is not None:
        related.append(Related(owner.place.key(), f"`{owner.name}` is declared here"))
    what = "what all relationship types share" if owner is None else f"`{owner.name}`"
    more = f", and {len(others)} more" if others else ""
    return Diagnostic(
        Code.COLLISION,
        f"{what} cannot be put in: the host has {words} of its own{more}",
        span_of(at, host.source),
        help=_HELP[kind],
        related=tuple(related),
    )


def _clashes(host: Host, ours: Ours) -> Iterator[tuple[ObjectType | RelationshipType | None, _Clash]]:
    shapes = {_PARAMETER("{}", path): path for path in ours.sections.get("paths", {})}
    for item in host.own("paths"):
        path = shapes.get(_PARAMETER("{}", item.name or ""))
        if path is not None:
            words = (
                f"the path `{path}`" if path == item.name else f"`{item.name}`, the same path as `{path}`,"
            )
            yield ours.owners["paths", path], _Clash("path", item.head, words)
    for section, entries in ours.sections.items():
        kind = section.partition("/")[2].removesuffix("s")
        for item in host.own(section) if kind else ():
            if item.name is not None and item.name in entries:
                clash = _Clash("component", item.head, f"the {kind} `{item.name}`")
                yield ours.owners[section, item.name], clash
    ids = _ids_of(ours.sections.get("paths", {}))
    for name in _operation_ids(host):
        if name.text in ids:
            clash = _Clash("operationId", name, f"the operationId `{name.text}`")
            yield ours.owners["paths", ids[name.text]], clash


def _ids_of(paths: Any) -> dict[str, str]:
    return {
        operation["operationId"]: path
        for path, item in paths.items()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }


def _operation_ids(host: Host) -> Iterator[Part]:
    """Yield the operationIds of the host's own: of its paths, its webhooks and what these share."""
    for section in ("paths", "webhooks", "components/pathItems"):
        for item in host.own(section):
            for operation in _operations(host, item):
                for entry in host.entries(operation):
                    if entry.name == "operationId" and entry.value.kind == "scalar":
                        yield entry.value


def _operations(host: Host, path_item: Item) -> Iterator[Part]:
    """Yield the operations of a path item, and those of the callbacks that these have."""
    seen: set[int] = set()
    waiting = [path_item.value]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        for item in host.entries(part):
            if item.name in _METHODS:
                yield item.value
                waiting += _called_back(host, item.value)


def _called_back(host: Host, operation: Part) -> list[Part]:
    """Return the path items of an operation's callbacks."""
    callbacks = [each.value for each in host.entries(operation) if each.name == "callbacks"]
    named = [each.value for part in callbacks for each in host.entries(part)]
    return [each.value for part in named for each in host.entries(part)]
