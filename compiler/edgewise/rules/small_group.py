"""A group that puts nothing together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.graph import Graph


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield every group without a member, and as a note every group with one."""
    members: defaultdict[str | None, list[str]] = defaultdict(list)
    for each in graph.relationship_types.values():
        members[each.group].append(each.name)
    for name, group in graph.groups.items():
        inside = members.get(name, [])
        if not inside:
            help_ = f"take it out, or write `group: {name}` where it belongs"
            yield Diagnostic(Code.SMALL_GROUP, f"group `{name}` has no members", group.place, help=help_)
        elif len(inside) == 1:
            message = f"group `{name}` has one member, `{inside[0]}`"
            help_ = "a group of one says no more than its member's name"
            note = Severity.NOTE
            yield Diagnostic(Code.SMALL_GROUP, message, group.place, help=help_, stated_severity=note)
