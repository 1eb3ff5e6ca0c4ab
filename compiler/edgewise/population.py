"""Whether all bounds can hold at once: how many records of each object type there would have to be.

Of a relationship type by which each A has at least n B, and each B at most m A, there are at least n links
for every A and at most m for every B: n |A| <= m |B|. Such comparisons, put in a circle, say that there are
so many A for every A. Where that is more than one, no finite number of records but none will do; and where
no circle says so, some numbers do (Lenzerini and Nobili, 1990).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, Decimal, localcontext
from fractions import Fraction
from math import prod
from typing import NamedTuple, TypeVar

from edgewise.catalog import End, RelationshipType

# How many needs are looked at for a verdict, and again for short explanations: together a second.
_MOST_LOOKS = 500_000
_MOST_LOOKS_FOR_SHORT_ONES = 250_000
# How many digits products are counted in, and how near to one of all of them is a tie: the difference is
# more than all roundings on the longest way there could be.
_DIGITS = 50
_TIE = 1 + Decimal(10) ** -40


class Need(NamedTuple):
    """Each record of a type, `here`, has at least `least` links, and each record `there` at most `most`."""

    relationship: RelationshipType
    end: End
    here: str
    there: str
    least: int
    most: int


Number = TypeVar("Number", Decimal, Fraction)
Cycle = tuple[Need, ...]
ByStart = Mapping[str, Sequence[Need]]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """The circles of needs that no population but an empty one can meet.

    No two have a relationship type in common. Each is as short as there is one, as long as the effort lasts.
    `open` has the object types of which it was not found out in time whether there are further ones; `parts`
    all needs that lie on some circle, those that hang together in one list.
    """

    cycles: tuple[Cycle, ...] = ()
    open: tuple[str, ...] = ()
    parts: tuple[Sequence[Need], ...] = ()


def needs(relationships: Iterable[RelationshipType]) -> Iterator[Need]:
    """Yield what relationship types say of how many records there are of one object type for another.

    Nothing is stored for a derived one, whose bounds follow from others. One that has no end is a mistake of
    its own, and so is one that is not sound.
    """
    for each in relationships:
        from_, to = each.ends
        if not (from_.bounds.min or to.bounds.min) or each.via or not each.sound or is_endless(each):
            continue
        if to.bounds.min and from_.bounds.max is not None:
            yield need(each, from_, from_.bounds.max)
        if from_.bounds.min and to.bounds.max is not None:
            yield need(each, to, to.bounds.max)


def need(relationship: RelationshipType, end: End, most: int) -> Need:
    """Return what each record at an end needs, where what it leads to has at most so many links."""
    other = relationship.other(end)
    return Need(relationship, end, end.object_type, other.object_type, other.bounds.min, most)


def is_endless(relationship: RelationshipType) -> bool:
    """Tell whether each record needs another one, and so on, and none of them may come again."""
    has_minimum = relationship.from_.bounds.min or relationship.to.bounds.min
    return bool(relationship.acyclic and has_minimum and relationship.is_self)


def contradictions(all_needs: Iterable[Need]) -> Contradictions:
    """Find the circles that cannot be met."""
    effort, shortening = Effort(_MOST_LOOKS), Effort(_MOST_LOOKS_FOR_SHORT_ONES)
    cycles: list[Cycle] = []
    left_open: list[str] = []
    parts = in_circles(all_needs)
    for several in parts:
        search = _Search(several, effort, shortening)
        cycles += search.cycles()
        left_open += search.open
    return Contradictions(tuple(sorted(cycles, key=_order)), tuple(sorted(left_open)), tuple(parts))


def can_hold(all_needs: Iterable[Need], effort: Effort) -> bool:
    """Tell whether no circle is too much, as far as that is found out with some effort."""
    all_needs = list(all_needs)
    effort.spend(20 + len(all_needs))
    parts = in_circles(all_needs)
    return all(_Search(part, effort, effort).is_met() for part in parts)


def excess(cycle: Sequence[Need]) -> Fraction:
    """Return how many records a circle asks for, at least, for every one there is: above one is too many."""
    return Fraction(prod(each.least for each in cycle), prod(each.most for each in cycle))


def in_circles(all_needs: Iterable[Need]) -> list[list[Need]]:
    """Return the needs that lie on some circle, those that hang together in one list, sorted by name."""
    kept = _without_dead_ends(list(all_needs))
    if not kept:
        return []
    from networkx import DiGraph, strongly_connected_components  # noqa: PLC0415 - few catalogs come this far

    network: DiGraph[str] = DiGraph((each.here, each.there) for each in kept)
    part_of = {
        name: number for number, part in enumerate(strongly_connected_components(network)) for name in part
    }
    parts: dict[int, list[Need]] = {}
    for each in sorted(kept, key=_name_and_end):
        if part_of[each.here] == part_of[each.there]:
            parts.setdefault(part_of[each.here], []).append(each)
    return list(parts.values())


def _without_dead_ends(several: list[Need]) -> list[Need]:
    """Leave out, again and again, what starts where nothing arrives; then the same the other way round."""
    ahead = _arriving([(each.here, each.there, each) for each in several])
    return _arriving([(each.there, each.here, each) for each in ahead])


def _arriving(edges: Sequence[tuple[str, str, Need]]) -> list[Need]:
    """Return what starts where something arrives that does so itself."""
    leaving: dict[str, list[str]] = {}
    arrivals: dict[str, int] = {}
    for start, end, _ in edges:
        leaving.setdefault(start, []).append(end)
        arrivals[end] = arrivals.get(end, 0) + 1
    dead = [start for start in leaving if start not in arrivals]
    while dead:
        for end in leaving.pop(dead.pop()):
            arrivals[end] -= 1
            if not arrivals[end] and end in leaving:
                dead.append(end)
    return [each for start, _, each in edges if start in leaving]


@dataclass
class Effort:
    """How many needs may still be looked at, so that a catalog made for it cannot keep everybody waiting."""

    left: int

    def spend(self, number: int) -> bool:
        """Take something off, and tell whether there was so much."""
        self.left -= number
        return self.left >= 0


class _Search:
    """Takes the circles that cannot be met out of needs that hang together, until there is none."""

    def __init__(self, several: Iterable[Need], effort: Effort, shortening: Effort) -> None:
        self._ahead = _by_start(several)
        self._share = dict.fromkeys(self._ahead, Decimal(1))
        self._effort = effort
        self._shortening = shortening
        self.open: list[str] = []

    def cycles(self) -> Iterator[Cycle]:
        """Yield them, those of one relationship type before those of two, and so on."""
        length = 0
        while (known := self._any()) is not None:
            found = False
            while not found and length < len(known) and self._shortening.left > 0:
                length += 1
                for cycle in self._of_length(length):
                    found = True
                    yield cycle
            if not found:
                self._take(known)
                yield turned(known)

    def is_met(self) -> bool:
        """Tell whether there is none, and that has been found out."""
        return self._any() is None and not self.open

    def _take(self, cycle: Sequence[Need]) -> None:
        """Leave out what the relationship types of a circle say, in either direction."""
        names = {each.relationship.name for each in cycle}
        for start in {end.object_type for each in cycle for end in each.relationship.ends}:
            self._ahead[start] = [each for each in self._ahead[start] if each.relationship.name not in names]

    def _any(self) -> Cycle | None:
        """Return one circle that cannot be met; None where there is none, or the effort is spent.

        First with numbers of so many digits, rounded up, so that whatever is found is there. What could be
        missed is a circle whose product is below one by less than all roundings. That leads over nothing but
        ties, and what there is of them is looked at in fractions.
        """
        with localcontext(prec=_DIGITS, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN):
            found = _lowered(self._ahead, self._share, self._effort)
            ties = [] if found else in_circles(_ties(self._ahead, self._share))
        for several in ties:
            ahead = _by_start(several)
            found = found or _lowered(ahead, dict.fromkeys(ahead, Fraction(1)), self._effort)
        if found is None and self._effort.left < 0:
            self.open = sorted(self._ahead)
        return found

    def _of_length(self, length: int) -> Iterator[Cycle]:
        """Take out all circles of so many needs that cannot be met, where there are none of fewer."""
        for start in sorted(self._ahead):
            while (cycle := self._from(start, length)) is not None:
                self._take(cycle)
                yield turned(cycle)

    def _from(self, start: str, length: int) -> Cycle | None:
        """Return such a circle that is too much from its start on; each of them is so from some start."""
        ways = {start: _Way(1, 1, None)}
        for _ in range(length):
            further: dict[str, _Way] = {}
            for here, way in ways.items():
                several = self._ahead.get(here, ())
                if not self._shortening.spend(1 + len(several)):
                    return None
                for each in several:
                    most, least = way.most * each.most, way.least * each.least
                    best = further.get(each.there)
                    if most < least and (best is None or most * best.least < best.most * least):
                        further[each.there] = _Way(most, least, (each, way))
            ways = further
            if not ways:
                return None
        return tuple(_followed(ways[start]))[::-1] if start in ways else None


class _Way(NamedTuple):
    """The needs that were followed, the last one first, and the product of them all as a fraction."""

    most: int
    least: int
    needs: tuple[Need, _Way] | None


def _followed(way: _Way) -> Iterator[Need]:
    while way.needs is not None:
        last, way = way.needs
        yield last


def _by_start(several: Iterable[Need]) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = {}
    for each in several:
        found.setdefault(each.here, []).append(each)
    return found


def _lowered(ahead: ByStart, share: dict[str, Number], effort: Effort) -> Cycle | None:
    """Lower the shares of object types until they meet all needs; return the circle that keeps them from it.

    A share is how many records of an object type there may be for every one of others. This is the search of
    Bellman and Ford for a cycle of negative weight, with products in place of sums.
    """
    came_by: dict[str, Need] = {}
    waiting = deque(sorted(ahead))
    is_waiting = set(waiting)
    changes = 0
    while waiting:
        here = waiting.popleft()
        is_waiting.discard(here)
        if not effort.spend(len(ahead[here]) * _price(share[here])):
            return None
        for each in ahead[here]:
            there = each.there
            least = share[here] * each.most / each.least
            if least >= share[there]:
                continue
            share[there], came_by[there] = least, each
            changes += 1
            if changes % len(ahead) == 0 and (cycle := _closed(came_by)) is not None:
                return cycle
            if there not in is_waiting:
                waiting.append(there)
                is_waiting.add(there)
    return None


def _price(share: Decimal | Fraction) -> int:
    """Return how much longer it takes to look at a need for the number being a long one."""
    return 1 if isinstance(share, Decimal) else 1 + (share.numerator.bit_length() // 64) ** 2


def _ties(ahead: ByStart, share: Mapping[str, Decimal]) -> Iterator[Need]:
    """Yield the needs that the shares just meet, as far as can be told with so many digits."""
    for several in ahead.values():
        for each in several:
            if share[each.here] * each.most / each.least <= share[each.there] * _TIE:
                yield each


def _closed(came_by: Mapping[str, Need]) -> Cycle | None:
    """Return the circle that the ways by which object types were reached last make, if they make one."""
    seen: dict[str, str] = {}
    for start in came_by:
        at = start
        while at in came_by and at not in seen:
            seen[at] = start
            at = came_by[at].here
        if at in came_by and seen[at] == start:
            return _round(came_by, at)
    return None


def _round(came_by: Mapping[str, Need], at: str) -> Cycle:
    cycle = [came_by[at]]
    while cycle[-1].here != at:
        cycle.append(came_by[cycle[-1].here])
    return tuple(reversed(cycle))


def turned(cycle: Sequence[Need]) -> Cycle:
    """Turn a circle so that the relationship type that is first by name comes first."""
    first = min(range(len(cycle)), key=lambda number: _name_and_end(cycle[number]))
    return (*cycle[first:], *cycle[:first])


def _name_and_end(need: Need) -> tuple[str, str]:
    return need.relationship.name, need.end.key


def _order(cycle: Cycle) -> tuple[int, list[tuple[str, str]]]:
    return len(cycle), [_name_and_end(each) for each in cycle]
