"""Relationship types that look like one: the same ends, cardinality and group, names that differ little.

What a name says besides the nouns of its ends is looked up in a table, so that a catalog of any size is
gone through once. Slips of the fingers are looked for only among few.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from edgewise.catalog import ANY_NUMBER, Bounds, End, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.graph import Graph
from edgewise.wording import PREPOSITIONS, Nouns, Words, meaning, nouns

# Among so many of the same ends, cardinality and group, a slip is looked for: names of 63 letters make 60
# entries each.
_MOST_WITH_SLIPS = 200
_MOST_WITH_SLIPS_IN_ALL = 5_000
_LEAST_LETTERS = 10  # of a word in which one may be a slip: `contacted` and `contracted` are two words
_LAST_LETTERS = 2  # what tells `assignee` from `assigner` is no slip

_DIGITS = re.compile("[0-9]+")

Side = tuple[str, Bounds]
# Where names stand that say nothing but where they lead: it is the same from either side.
_ANYWHERE: Side = ("", ANY_NUMBER)

NounsAt = Callable[[End], Nouns]


class _Said(NamedTuple):
    """What a name says to whoever stands at one of the sides."""

    side: Side
    words: Words


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield each stored relationship type that looks like one before it."""
    at = cache(lambda name: nouns(graph.object_types[name]))
    left = _MOST_WITH_SLIPS_IN_ALL
    for several in _alike_but_for_names(graph):
        told: set[str] = set()
        slips = _slips(several) if len(several) <= min(left, _MOST_WITH_SLIPS) else ()
        left -= len(several)
        for first, second in (*_same_words(several, lambda end: at(end.object_type)), *slips):
            if second.name not in told:
                told.add(second.name)
                yield _synonyms(first, second)


def _alike_but_for_names(graph: Graph) -> Iterator[Sequence[RelationshipType]]:
    """Yield those that have ends, cardinality and group in common; one that is deprecated is meant to go.

    Names with different numbers, as `address_1` and `address_2`, are told apart by them.
    """
    by_ends: defaultdict[Hashable, list[RelationshipType]] = defaultdict(list)
    for each in graph.stored:
        if each.sound and each.deprecated is None:
            one, other = each.from_.object_type, each.to.object_type
            by_ends[(one, other) if one < other else (other, one)].append(each)
    for several in by_ends.values():
        for numbered in _grouped(several, _numbers):
            yield from _grouped(numbered, _shape)


def _grouped(
    several: Sequence[RelationshipType], key: Callable[[RelationshipType], Hashable]
) -> Iterator[Sequence[RelationshipType]]:
    """Yield those with the same key, as far as there are several."""
    groups: defaultdict[Hashable, list[RelationshipType]] = defaultdict(list)
    for each in several if len(several) > 1 else ():
        groups[key(each)].append(each)
    return (group for group in groups.values() if len(group) > 1)


def _numbers(relationship: RelationshipType) -> Hashable:
    return tuple(_DIGITS.findall(relationship.name))


def _shape(relationship: RelationshipType) -> Hashable:
    return frozenset(map(_side, relationship.ends)), relationship.symmetric, relationship.group


def _side(end: End) -> Side:
    return end.object_type, end.bounds


# ---- the same words ----


def _same_words(
    several: Sequence[RelationshipType], at: NounsAt
) -> Iterator[tuple[RelationshipType, RelationshipType]]:
    """Yield each whose name says what a name or an inverse of one before it says, and the other way round."""
    names: dict[_Said, RelationshipType] = {}
    inverses: dict[_Said, RelationshipType] = {}
    for each in several:
        own, back = list(_said_by_name(each, at)), list(_said_by_inverse(each, at))
        known = [table[said] for table in (names, inverses) for said in own if said in table]
        known += [names[said] for said in back if said in names]
        yield from ((first, each) for first in known[:1] if not _clash(first, each))
        for table, several_said in ((names, own), (inverses, back)):
            for said in several_said:
                table.setdefault(said, each)


def _clash(one: RelationshipType, other: RelationshipType) -> bool:
    """Tell whether a name of one is an inverse of the other, which is an error and is told as that."""
    return one.name == other.inverse or one.inverse == other.name


def _said_by_name(relationship: RelationshipType, at: NounsAt) -> Iterator[_Said]:
    """Yield what the name says, and what it says to whoever stands at the other end."""
    from_, to = relationship.ends
    words = meaning(relationship.name, at(from_), at(to))
    yield _Said(_side(from_), words)
    yield _Said(_side(from_), (relationship.name.replace("_", ""),))  # `bestfriend`
    if words[-1:] in {("by",), ("of",)}:
        yield _Said(_side(to), tuple(sorted(words[:-1])))
    elif not words and all(
        PREPOSITIONS.issuperset(said.words) for said in _said_by_inverse(relationship, at)
    ):
        yield _Said(_ANYWHERE, ())


def _said_by_inverse(relationship: RelationshipType, at: NounsAt) -> Iterator[_Said]:
    from_, to = relationship.ends
    if to.walk is not None:
        yield _Said(_side(to), meaning(to.walk, at(to), at(from_)))


# ---- slips of the fingers ----


def _slips(several: Sequence[RelationshipType]) -> Iterator[tuple[RelationshipType, RelationshipType]]:
    """Yield pairs of names that are alike but for one letter: without it, both are the same."""
    known: defaultdict[Hashable, dict[str, RelationshipType]] = defaultdict(dict)
    for each in several:
        shortened = {(_side(each.from_), short) for short in _shortened(each.name)}
        near = {name: other for short in shortened for name, other in known[short].items()}
        yield from ((other, each) for name, other in near.items() if _is_slip(name, each.name))
        for short in shortened:
            known[short][each.name] = each


def _shortened(name: str) -> Iterator[str]:
    """Yield a name without one letter of a long word, and as it is."""
    yield name
    start = 0
    for word in name.split("_"):
        if len(word) >= _LEAST_LETTERS:
            yield from (
                name[:at] + name[at + 1 :] for at in range(start + 1, start + len(word) - _LAST_LETTERS)
            )
        start += len(word) + 1


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two names differ by one letter more, less, other or swapped, inside of a long word."""
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    mine, theirs = one[start : len(one) - end], other[start : len(other) - end]
    before, after = one[:start].rpartition("_")[2], one[len(one) - end :].partition("_")[0]
    is_one = max(len(mine), len(theirs)) == 1 or (len(mine) == 2 and mine == theirs[::-1])
    is_inside = before != "" and len(after) >= _LAST_LETTERS and (mine + theirs).isalpha()
    least = len(before) + min(len(mine), len(theirs)) + len(after)
    return is_one and is_inside and least >= _LEAST_LETTERS


def _alike(one: str, other: str) -> int:
    """Return with how many letters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _synonyms(first: RelationshipType, second: RelationshipType) -> Diagnostic:
    turned = _side(first.from_) != _side(second.from_)
    return Diagnostic(
        Code.SYNONYMS,
        f"`{first.name}` and `{second.name}` look like one relationship type",
        second.place,
        f"the same ends, cardinality and group{', seen from the other end' if turned else ''}",
        "keep one of them, with the other's name as its `inverse`"
        if turned
        else "keep one of them, or give them names that tell them apart",
        related=(Related(first.place, "this is the other one"),),
    )
