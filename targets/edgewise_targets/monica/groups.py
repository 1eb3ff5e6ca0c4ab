"""The groups that rows of Monica's list name by number, by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from edgewise.diagnostics import Code, Diagnostic, quoted_list
from edgewise_targets.dialect.keys import short
from edgewise_targets.dialect.reading import Listed, can_be_written, not_written
from edgewise_targets.monica.defaults import GROUPS

_MEMBERS = {
    "love": ("partner", "spouse", "date", "lover", "inlovewith", "lovedby", "ex", "ex_husband"),
    "family": (
        *("parent", "child", "sibling", "grandparent", "grandchild", "uncle", "nephew", "cousin"),
        *("godfather", "godson", "stepparent", "stepchild"),
    ),
    "friend": ("friend", "bestfriend"),
    "work": ("colleague", "boss", "subordinate", "mentor", "protege"),
}
GROUP_OF_DEFAULT: Mapping[str, str] = {name: group for group, names in _MEMBERS.items() for name in names}
"""The group of each relationship type that every account has."""
_FIELD = "relationship_type_group_id"
_GIVE_THE_LIST = "give what GET /api/relationshiptypegroups answers as a further FILE"


class Groups(NamedTuple):
    """What is known of groups: their names by number, as listed, or else as the default types tell them."""

    listed: Mapping[int, str]
    told: Mapping[int, str]
    is_listed: bool

    def of(self, row: Listed, name: str) -> tuple[str | None, list[Diagnostic]]:
        """Return the group of a row, by name, and what there is to say of how it was found."""
        number = row.data.get(_FIELD)
        if number is None:
            return None, []
        if self.is_listed:
            return self._listed(row, number)
        if name in GROUP_OF_DEFAULT:
            return GROUP_OF_DEFAULT[name], []
        if number in self.told:
            group = self.told[number]
            message = f"`{short(name)}` is in group {number}, as Monica's own types of `{group}` are"
            return group, [row.told(Code.DECIDED, message, _FIELD, help_=f"to be sure, {_GIVE_THE_LIST}")]
        message = f"the group of `{short(name)}` is left out: number {number} has no name here"
        return None, [row.told(Code.NOT_KEPT, message, _FIELD, help_=_GIVE_THE_LIST)]

    def _listed(self, row: Listed, number: int) -> tuple[str | None, list[Diagnostic]]:
        if number in self.listed:
            return self.listed[number], []
        message = f"the group is left out: number {number} is not on the list of groups"
        return None, [row.told(Code.NOT_KEPT, message, _FIELD)]


def groups(
    listed: Sequence[Listed], rows: Sequence[tuple[Listed, str]], *, is_listed: bool
) -> tuple[Groups, list[Diagnostic]]:
    """Find the groups from their list, or else from the default types among some rows and their names."""
    said: list[Diagnostic] = []
    names: dict[int, str] = {}
    for group in listed:
        if can_be_written(group.data["name"]):
            names[group.data["id"]] = group.data["name"]
            said += _delible(group)
        else:
            said.append(not_written(group, "name", "group"))
    if is_listed:
        return Groups(names, {}, is_listed=True), said
    first: dict[int, Listed] = {}
    found: dict[int, set[str]] = {}
    for row, name in rows:
        number = row.data.get(_FIELD)
        if number is not None and name in GROUP_OF_DEFAULT:
            first.setdefault(number, row)
            found.setdefault(number, set()).add(GROUP_OF_DEFAULT[name])
    said += [_of_two_groups(first[each], each, found[each]) for each in sorted(found) if len(found[each]) > 1]
    told = {number: min(several) for number, several in found.items() if len(several) == 1}
    return Groups({}, told, is_listed=False), said


def _delible(group: Listed) -> list[Diagnostic]:
    stated = group.data.get("delible")
    if stated is None or stated is (group.data["name"] not in GROUPS):
        return []
    message = f"`delible` of the group `{short(group.data['name'])}` is not kept: no manifest can say it"
    return [group.told(Code.NOT_KEPT, message, "delible")]


def _of_two_groups(row: Listed, number: int, several: set[str]) -> Diagnostic:
    names = quoted_list(sorted(several), "and")
    message = f"group {number} holds Monica's own types of {names}: they are kept in these"
    return row.told(Code.AMBIGUOUS, message, _FIELD, help_=_GIVE_THE_LIST)
