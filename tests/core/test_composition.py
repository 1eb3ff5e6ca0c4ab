"""How many records steps lead to, held against every small population that keeps the bounds of each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from random import Random
from typing import Any, NamedTuple

import pytest
from any_catalog import source
from hypothesis import event, given, settings
from hypothesis import strategies as st

from edgewise.catalog import Bounds, RelationshipType
from edgewise.compile import Compilation, check
from edgewise.diagnostics import Code, Severity
from edgewise.place import Place
from edgewise.project import Project

PROJECT = Project("/nowhere", ("schemas",), "build", {}, named=True)
MOST_POPULATIONS = 400
Links = tuple[int, ...]
"""Links, by the record they leave: a number whose bits are the records that they arrive at."""


class Relation(NamedTuple):
    """A relationship type between two object types; `ahead` is how many each record of the first has."""

    from_: str
    to: str
    ahead: Bounds
    back: Bounds
    symmetric: bool = False
    reflexive: bool = False


BOUNDS = [
    Bounds(0, 1),
    Bounds(1, 1),
    Bounds(0, 2),
    Bounds(1, 2),
    Bounds(2, 2),
    Bounds(0, None),
    Bounds(1, None),
]
# The types of the ends of each relation, and ways along them; `-` leads along one backwards.
CHAINS: Sequence[tuple[Mapping[str, str], Sequence[str]]] = [
    ({"r": "ab", "s": "bc"}, ["r", "s"]),
    ({"r": "ab", "s": "cb"}, ["r", "-s"]),
    ({"r": "ba", "s": "bc"}, ["-r", "s"]),
    ({"r": "ab", "s": "bc", "t": "cd"}, ["r", "s", "t"]),
    ({"r": "ab", "s": "cb", "t": "cd"}, ["r", "-s", "t"]),
]
ROUND_TRIPS: Sequence[tuple[Mapping[str, str], Sequence[str]]] = [
    ({"r": "ab"}, ["r", "-r"]),
    ({"r": "ab"}, ["-r", "r"]),
    ({"r": "ab"}, ["r", "-r", "r"]),
    ({"r": "ab"}, ["r", "-r", "r", "-r"]),
    ({"r": "ab", "s": "bc"}, ["r", "s", "-s", "-r"]),
    ({"r": "ab", "s": "ba"}, ["r", "s"]),
    ({"r": "ab", "s": "ba"}, ["r", "s", "-s"]),
]
WITHIN_ONE_TYPE: Sequence[tuple[Mapping[str, str], Sequence[str]]] = [
    ({"r": "aa"}, ["r", "r"]),
    ({"r": "aa"}, ["r", "-r"]),
    ({"r": "aa"}, ["-r", "-r"]),
    ({"r": "aa"}, ["r", "r", "-r"]),
    ({"r": "aa"}, ["r", "-r", "-r"]),
    ({"r": "aa"}, ["r", "r", "r"]),
    ({"r": "aa", "s": "aa"}, ["r", "s"]),
    ({"r": "aa", "s": "aa"}, ["r", "s", "-r"]),
    ({"r": "ab", "s": "bb"}, ["r", "s", "-r"]),
]


# ---- populations ----


@cache
def populations(relation: Relation, here: int, there: int) -> list[Links]:
    """Return all links between so many records of either type that keep the bounds of a relation."""
    ahead, back = relation.ahead, relation.back
    rows = [row for row in range(2**there) if keeps(row.bit_count(), ahead)]
    per_record = [
        [row for row in rows if relation.reflexive or relation.from_ != relation.to or not row >> record & 1]
        for record in range(here)
    ]
    return [
        links
        for links in product(*per_record)
        if all(keeps(row.bit_count(), back) for row in backwards(links, there))
        and (not relation.symmetric or backwards(links, there) == links)
    ]


def keeps(number: int, bounds: Bounds) -> bool:
    return bounds.min <= number and (bounds.max is None or number <= bounds.max)


def backwards(links: Links, there: int) -> Links:
    return tuple(
        sum((links[record] >> other & 1) << record for record in range(len(links))) for other in range(there)
    )


def image(records: int, links: Links) -> int:
    """Return the records that links lead to from any of some."""
    found = 0
    for record, row in enumerate(links):
        if records >> record & 1:
            found |= row
    return found


def reached(way: Iterable[str], links: Mapping[str, Links], numbers: Mapping[str, int]) -> int:
    """Return the records that a way leads to from the first one; a symmetric relation is its own way back."""
    found = 1
    for step in way:
        name = step.removeprefix("-")
        there = numbers[name]
        found = image(found, backwards(links[name], there) if step != name else links[name])
    return found


def all_of_them(
    relations: Mapping[str, Relation], sizes: Mapping[str, int], random: Random
) -> Iterator[Mapping[str, Links]]:
    """Yield every population, or some, drawn at random, where there are too many."""
    several = [populations(each, sizes[each.from_], sizes[each.to]) for each in relations.values()]
    number = 1
    for each in several:
        number *= len(each)
    chosen: Iterable[Sequence[Links]] = product(*several)
    if number > MOST_POPULATIONS:
        chosen = ([random.choice(each) for each in several] for _ in range(MOST_POPULATIONS))
    for links in chosen:
        yield dict(zip(relations, links, strict=True))


# ---- what the compiler says of them ----


def composed(relations: Mapping[str, Relation], way: Sequence[str], reflexive: bool) -> RelationshipType:
    graph = checked(relations, way, reflexive=reflexive).graph
    assert graph is not None
    return graph.relationship_types["all"]


def checked(relations: Mapping[str, Relation], way: Sequence[str], **stated: Any) -> Compilation:
    """Check a catalog of relations, and of a type `all` that is derived of them along a way."""
    first = relations[way[0].removeprefix("-")]
    declared: dict[str, Any] = {
        "all": {
            "from": first.to if way[0].startswith("-") else first.from_,
            "via": [f"{step[1:]}_back" if step.startswith("-") else step for step in way],
            **stated,
        }
    }
    for name, each in relations.items():
        declared[name] = {
            "from": each.from_,
            "to": each.to,
            "cardinality": {"from": str(each.back), "to": str(each.ahead)},
            "symmetric": each.symmetric,
            "reflexive": each.reflexive,
        }
        if not each.symmetric:
            declared[name]["inverse"] = f"{name}_back"
    data = {"object_types": dict.fromkeys("abcd"), "relationship_types": declared}
    return check([source(data)], PROJECT, ())


def turned(way: Sequence[str], relations: Mapping[str, Relation]) -> list[str]:
    """Return the same way walked from its other end."""
    return [
        step
        if relations[step.removeprefix("-")].symmetric
        else step.removeprefix("-")
        if step.startswith("-")
        else f"-{step}"
        for step in reversed(way)
    ]


def related(
    relations: Mapping[str, Relation],
    way: Sequence[str],
    links: Mapping[str, Links],
    sizes: Mapping[str, int],
    without_self: bool,
) -> int:
    """Count the records that the first one is related to."""
    numbers = {name: sizes[each.to] for name, each in relations.items()}
    found = reached(way, links, numbers)
    return (found & ~1 if without_self else found).bit_count()


@st.composite
def any_relations(draw: st.DrawFn) -> tuple[dict[str, Relation], list[str], bool]:
    """Give relations with bounds, a way along them, and whether a record may be related to itself."""
    ends, way = draw(st.sampled_from([*CHAINS, *ROUND_TRIPS, *WITHIN_ONE_TYPE]))
    relations = {}
    for name, (from_, to) in ends.items():
        ahead, back = draw(st.sampled_from(BOUNDS)), draw(st.sampled_from(BOUNDS))
        is_symmetric = from_ == to and draw(st.booleans())
        relations[name] = Relation(
            from_,
            to,
            ahead,
            ahead if is_symmetric else back,
            is_symmetric,
            from_ == to and draw(st.booleans()),
        )
    steps = [step.removeprefix("-") if relations[step.removeprefix("-")].symmetric else step for step in way]
    return relations, steps, draw(st.booleans())


@settings(max_examples=200, deadline=None)
@given(any_relations(), st.integers(1, 3), st.integers(1, 3), st.randoms(use_true_random=False))
def test_no_population_leaves_the_composed_bounds(
    case: tuple[dict[str, Relation], list[str], bool], first: int, others: int, random: Random
) -> None:
    relations, way, reflexive = case
    sizes = {"a": first, "b": others, "c": first, "d": others}
    found = composed(relations, way, reflexive)
    without_self = found.is_self and not reflexive
    seen = 0
    for links in all_of_them(relations, sizes, random):
        seen += 1
        ahead = related(relations, way, links, sizes, without_self)
        back = related(relations, turned(way, relations), links, sizes, without_self)
        assert keeps(ahead, found.to.bounds), (ahead, links)
        assert keeps(back, found.from_.bounds), (back, links)
    event("some population" if seen else "no population")


# ---- whether they could be any tighter ----

# With exactly two, as with three, bounds may need more than four records of a type to be met at once.
FEW = [Bounds(0, 1), Bounds(1, 1), Bounds(0, 2), Bounds(1, 2)]


def occurring(
    relations: Mapping[str, Relation], way: Sequence[str], without_self: bool, found: Bounds
) -> set[int]:
    """Return how many records the first one is related to, over all populations of up to four a type.

    Larger populations are not looked at once both bounds occur.
    """
    seen: set[int] = set()
    types = sorted({type_ for each in relations.values() for type_ in (each.from_, each.to)})
    for numbers in sorted(product(range(1, 5), repeat=len(types)), key=sum):
        sizes = dict(zip(types, numbers, strict=True))
        several = [populations(each, sizes[each.from_], sizes[each.to]) for each in relations.values()]
        if not all(several):
            continue
        if len(relations) == 1:
            seen |= {
                related(relations, way, dict(zip(relations, links, strict=True)), sizes, without_self)
                for links in product(*several)
            }
        else:
            seen |= independent(relations, way, dict(zip(relations, several, strict=True)), sizes)
        if seen >= {found.min, found.max}:
            break
    return seen


def independent(
    relations: Mapping[str, Relation],
    way: Sequence[str],
    several: Mapping[str, list[Links]],
    sizes: Mapping[str, int],
) -> set[int]:
    """Count what steps of different relations lead to: whatever one leads to, the next can be any."""
    reached = {1}
    for step in way:
        name = step.removeprefix("-")
        there = sizes[relations[name].to]
        each = several[name] if step == name else [backwards(links, there) for links in several[name]]
        reached = {image(records, links) for records in reached for links in each}
    return {records.bit_count() for records in reached}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CHAINS), st.lists(st.sampled_from(FEW), min_size=6, max_size=6))
def test_both_bounds_of_a_chain_occur(
    chain: tuple[Mapping[str, str], Sequence[str]], bounds: Sequence[Bounds]
) -> None:
    ends, way = chain
    relations = {
        name: Relation(*ends[name], *bounds[2 * number : 2 * number + 2]) for number, name in enumerate(ends)
    }
    found = composed(relations, way, False).to.bounds
    assert found.max is not None
    if found.max > 4:
        event("too many")
        return
    seen = occurring(relations, way, False, found)
    assert (min(seen), max(seen)) == found


ROUND_TRIPS_BETWEEN_TWO = [each for each in ROUND_TRIPS if len(each[0]) == 1 and len(each[1]) < 4]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ROUND_TRIPS_BETWEEN_TWO),
    st.sampled_from(BOUNDS[:5]),
    st.sampled_from(BOUNDS[:5]),
    st.booleans(),
)
def test_both_bounds_of_a_round_trip_occur(
    trip: tuple[Mapping[str, str], Sequence[str]], ahead: Bounds, back: Bounds, reflexive: bool
) -> None:
    """A link that is walked there and back leads to one record less: where one has come from."""
    _, way = trip
    relations = {"r": Relation("a", "b", ahead, back)}
    found = composed(relations, way, reflexive)
    without_self = found.is_self and not reflexive
    seen = occurring(relations, way, without_self, found.to.bounds)
    if seen == {0}:
        assert found.to.bounds == Bounds(0, 1)  # less than one cannot be said
        return
    assert (min(seen), max(seen)) == found.to.bounds


@pytest.mark.parametrize("first", [1, 2, 3])
@pytest.mark.parametrize("second", [1, 2, 3])
@pytest.mark.parametrize("shared", [2, 3, None])
def test_no_fewer_records_than_the_minimum_are_enough(first: int, second: int, shared: int | None) -> None:
    """So many records of the middle, each with so many at the far end, need just that many there."""
    relations = {
        "r": Relation("a", "b", Bounds(first, first), Bounds(0, None)),
        "s": Relation("b", "c", Bounds(second, second), Bounds(0, shared)),
    }
    least = composed(relations, ["r", "s"], False).to.bounds.min
    assert not populations(relations["s"], first, least - 1)
    assert populations(relations["s"], first, least)


def test_the_way_back_is_walked_from_its_own_end() -> None:
    """Two records of `c` have four of `b` in all, and no record of `a` has more than two of them."""
    relations = {
        "r": Relation("a", "b", Bounds(0, 2), Bounds(1, 1)),
        "s": Relation("b", "c", Bounds(0, 1), Bounds(2, 2)),
        "t": Relation("c", "d", Bounds(0, None), Bounds(2, 2)),
    }
    assert composed(relations, ["r", "s", "t"], False).from_.bounds == Bounds(2, 4)
    assert composed(relations, ["-t", "-s", "-r"], False).to.bounds == Bounds(2, 4)


def test_cousins_are_neither_siblings_nor_oneself() -> None:
    parent = {"r": Relation("a", "a", Bounds(0, 2), Bounds(0, 3))}
    assert composed(parent, ["r", "-r"], False).to.bounds == Bounds(0, 4)
    assert composed(parent, ["r", "-r"], True).to.bounds == Bounds(0, 5)
    # Of four grandparents each has two more children, with three each; of two parents each two children.
    assert composed(parent, ["r", "r", "-r", "-r"], False).to.bounds == Bounds(0, 4 * 2 * 3 + 2 * 2)


# ---- what may be stated ----


@settings(max_examples=150, deadline=None)
@given(any_relations(), st.sampled_from(["from", "to"]), st.sampled_from(["min", "max"]))
def test_what_is_composed_may_be_stated_and_nothing_narrower(
    case: tuple[dict[str, Relation], list[str], bool], end: str, which: str
) -> None:
    relations, way, reflexive = case
    found = composed(relations, way, reflexive)
    bounds = {each.key: each.bounds for each in found.ends}
    reflexive = reflexive and found.is_self
    stated: dict[str, Any] = {
        "reflexive": reflexive,
        "from": found.from_.object_type,
        "to": found.to.object_type,
        "cardinality": {key: str(each) for key, each in bounds.items()},
    }
    assert contradictions(relations, way, stated) == []
    low, high = bounds[end]
    if which == "min":
        narrower = Bounds(low + 1, None if high is None else max(high, low + 1))
    else:
        highest = 1_000 if high is None else high - 1
        if highest < max(low, 1):
            return  # it cannot be written
        narrower = Bounds(low, highest)
    event(which)
    stated["cardinality"][end] = str(narrower)
    place = ["relationship_types.all.cardinality", f"relationship_types.all.cardinality.{end}"]
    assert contradictions(relations, way, stated) in ([each] for each in place)
    stated["to"] = next(each for each in "abcd" if each != found.to.object_type)
    assert contradictions(relations, way, stated) == ["relationship_types.all.to"]


def contradictions(
    relations: Mapping[str, Relation], way: Sequence[str], stated: Mapping[str, Any]
) -> list[str]:
    """Return where the compiler finds what cannot be; of the steps alone it may find that without it."""
    said = [
        each
        for each in checked(relations, way, **stated).diagnostics
        if each.severity is Severity.ERROR and each.code is not Code.UNSATISFIABLE_BOUNDS
    ]
    assert {each.code for each in said} <= {Code.VIA_CONTRADICTION}
    return [each.at.dotted for each in said if isinstance(each.at, Place)]


def test_a_message_is_one_line_whatever_people_call_a_type() -> None:
    long = "a very long " * 20
    data = {
        "object_types": {"a": {"label": long, "plural": long}},
        "relationship_types": {
            "r": {"from": "a", "to": "a", "cardinality": {"from": "0..3", "to": "0..2"}},
            "s": {"via": ["r", "r"], "cardinality": "one_to_one"},
            "t": {"via": ["r", "r"], "symmetric": True},
        },
    }
    said = check([source(data)], PROJECT, ()).diagnostics
    told = [each for each in said if each.severity is Severity.ERROR]
    assert [each.code for each in told] == [Code.SYMMETRIC_DOES_NOT_FIT, Code.VIA_CONTRADICTION]
    for each in told:
        texts = [each.message, each.label, each.help, *(related.label for related in each.related)]
        assert all(len(text) < 400 and "\n" not in text for text in texts)
