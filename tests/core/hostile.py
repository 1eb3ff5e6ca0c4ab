"""Inputs that are meant to exhaust a machine, each of at most two megabytes, and what comes of each of them.

Run as a script with the name of an input, this compiles it and prints a verdict: what it cost, and how much
was said of it. The tests run it so, in a process of its own.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, permutations
from random import Random
from string import ascii_lowercase
from typing import NamedTuple

from edgewise.compile import check
from edgewise.diagnostics import OFF_BY_DEFAULT, Diagnostic
from edgewise.place import Source, Span
from edgewise.position import located
from edgewise.project import Project
from edgewise.source import MAX_BYTES, decoded

PROJECT = Project("/nowhere", ("schemas",), "build", {}, named=False)
# What a process may have for itself, in bytes, so that a test that fails does not take the machine with it.
ADDRESSES = 2_000_000_000

Lines = Callable[[], Iterable[str]]


class Hostile(NamedTuple):
    """An input, and the codes of what has to be said of it."""

    lines: Lines
    codes: frozenset[str]

    @property
    def content(self) -> bytes:
        return "\n".join(self.lines()).encode()


INPUTS: dict[str, Hostile] = {}


def hostile(*codes: str) -> Callable[[Lines], Lines]:
    """Enter an input in the list, with the codes of what has to be said of it."""

    def enter(lines: Lines) -> Lines:
        INPUTS[lines.__name__] = Hostile(lines, frozenset(codes))
        return lines

    return enter


# ---- for the reader: depth, number, aliases, size ----


@hostile("EW107")
def open_brackets() -> Iterable[str]:
    yield "[" * MAX_BYTES


@hostile("EW107")
def open_braces() -> Iterable[str]:
    yield "{a: " * 490_000


@hostile("EW107")
def question_marks() -> Iterable[str]:
    yield "? " * 990_000


@hostile("EW107")
def dashes() -> Iterable[str]:
    yield "- " * 990_000


@hostile("EW101")
def as_deep_as_goes_without_counting() -> Iterable[str]:
    yield "[" * 1_990


@hostile("EW107")
def deep_and_closed() -> Iterable[str]:
    yield "[" * 990_000 + "]" * 990_000


@hostile("EW107")
def many_values() -> Iterable[str]:
    yield "x-a: [" + "a," * 990_000 + "]"


@hostile("EW107")
def many_keys() -> Iterable[str]:
    yield from (f"x-{number}: 1" for number in range(150_000))


@hostile()
def many_documents() -> Iterable[str]:
    yield from ("---\nx-a: 1" for _ in range(66_000))


@hostile("EW201")
def many_wrong_documents() -> Iterable[str]:
    yield from ("---\na: 1" for _ in range(66_000))


@hostile("EW107", "EW203")
def many_documents_that_are_lists() -> Iterable[str]:
    yield from ("--- [a]" for _ in range(240_000))


@hostile("EW102", "EW107")
def many_duplicate_keys() -> Iterable[str]:
    yield from ("a: 1" for _ in range(99_000))


@hostile("EW102", "EW107")
def many_duplicates_of_many_keys() -> Iterable[str]:
    yield from (f"x-{number}: 1" for number in [*range(49_000), *range(49_000)])


@hostile()
def one_text() -> Iterable[str]:
    yield "x-a: " + "x" * (MAX_BYTES - 5)


@hostile("EW204")
def one_description() -> Iterable[str]:
    yield "object_types: {a: {description: " + "x" * (MAX_BYTES - 50) + "}}"


@hostile()
def one_text_of_escapes() -> Iterable[str]:
    yield 'x-a: "' + "\\u0041" * 330_000 + '"'


@hostile("EW107")
def one_key() -> Iterable[str]:
    yield "? " + "x" * (MAX_BYTES - 20) + "\n: 1"


@hostile("EW107")
def one_number() -> Iterable[str]:
    yield "x-a: " + "9" * (MAX_BYTES - 5)


@hostile("EW104")
def one_tag() -> Iterable[str]:
    yield "x-a: !" + "x" * (MAX_BYTES - 20) + " 1"


@hostile()
def one_anchor() -> Iterable[str]:
    yield "x-a: &" + "x" * 900_000 + " 1\nx-b: *" + "x" * 900_000


@hostile("EW505")
def one_comment() -> Iterable[str]:
    yield "# edgewise: " + "#" * (MAX_BYTES - 50)


@hostile("EW104", "EW107")
def many_tags() -> Iterable[str]:
    yield "x-a:"
    yield from ("- !x y" for _ in range(199_000))


@hostile()
def many_anchors() -> Iterable[str]:
    yield "x-a:"
    yield from (f"- &a{number} x" for number in range(130_000))


@hostile()
def only_line_breaks() -> Iterable[str]:
    yield "\n" * MAX_BYTES


@hostile("EW505")
def only_comments() -> Iterable[str]:
    yield "# edgewise:"
    yield from ("#" for _ in range(990_000))


@hostile("EW103")
def doubling_aliases() -> Iterable[str]:
    yield "x-0: &a0 [x, x]"
    yield from (f"x-{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))


@hostile("EW103")
def doubling_merges() -> Iterable[str]:
    yield "x-0: &a0 {k0: 1}"
    yield from (f"x-{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, 40))


@hostile("EW103")
def many_merges_of_one() -> Iterable[str]:
    yield "x-0: &a {k: 1}"
    yield "x-1: {<<: [" + "*a," * 190_000 + "]}"


@hostile()
def many_merges_of_many() -> Iterable[str]:
    yield "x-0: {<<: [" + ",".join(f"{{k{number}: 1}}" for number in range(66_000)) + "]}"


@hostile("EW103")
def long_text_in_many_places() -> Iterable[str]:
    yield "x-0: &a " + "x" * 1_000_000
    yield "object_types: {a: {attributes: {b: {type: json, default: [" + "*a," * 190_000 + "]}}}}"


@hostile("EW103")
def chain_of_aliases() -> Iterable[str]:
    yield "x-0: &a0 [x]"
    yield from (f"x-{n}: &a{n} [*a{n - 1}]" for n in range(1, 40_000))


@hostile("EW103")
def chain_of_merges() -> Iterable[str]:
    yield "x-0: &a0 {k: 1}"
    yield from (f"x-{n}: &a{n} {{<<: *a{n - 1}}}" for n in range(1, 40_000))


@hostile()
def aliases_of_one_scalar() -> Iterable[str]:
    yield "x-0: &a x"
    yield "x-1: [" + "*a," * 190_000 + "]"


@hostile("EW103")
def aliases_of_one_declaration() -> Iterable[str]:
    yield "x-0: &a {from: 5, to: b, cardinality: {from: x, to: y}}"
    yield "relationship_types:"
    yield from (f"  r{number}: *a" for number in range(60_000))


# ---- for the check of shape ----


@hostile("EW201")
def many_unknown_keys() -> Iterable[str]:
    yield from (f"k{number}: 1" for number in range(99_000))


@hostile("EW201")
def many_unknown_keys_in_one_type() -> Iterable[str]:
    yield "object_types:\n  a:"
    yield from (f"    attributes{number}: 1" for number in range(80_000))


@hostile("EW201")
def many_misspelt_keys() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  a{number}: {{descripton: x}}" for number in range(49_000))


@hostile("EW205")
def many_malformed_names() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  K{number}: {{}}" for number in range(99_000))


@hostile("EW205")
def many_malformed_attribute_names() -> Iterable[str]:
    yield "object_types:\n  a:\n    attributes:"
    yield from (f"      K{number}: {{type: string}}" for number in range(49_000))


@hostile("EW202")
def many_wrong_attributes() -> Iterable[str]:
    yield "object_types:\n  a:\n    attributes:"
    yield from (f"      k{number}: {{}}" for number in range(99_000))


@hostile("EW203")
def many_wrong_types() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  a{number}: 5" for number in range(99_000))


@hostile("EW202")
def many_missing_keys() -> Iterable[str]:
    yield "relationship_types:"
    yield from (f"  a{number}: {{}}" for number in range(99_000))


@hostile("EW206")
def many_wrong_bounds() -> Iterable[str]:
    yield "relationship_types:"
    for number in range(16_000):
        yield f"  a{number}: {{from: a, to: b, cardinality: {{from: 3..2x, to: x}}}}"


@hostile("EW203")
def many_wrong_tags() -> Iterable[str]:
    yield "object_types: {a: {tags: [" + ",".join(f"{{k{number}: []}}" for number in range(60_000)) + "]}}"


@hostile("EW107", "EW204")
def many_equal_tags() -> Iterable[str]:
    yield "object_types: {a: {tags: [" + "a," * 190_000 + "]}}"


@hostile("EW203")
def many_enum_values_and_a_wrong_default() -> Iterable[str]:
    values = ",".join(f"v{number}" for number in range(190_000))
    yield "object_types: {a: {attributes: {b: {default: w, enum: [" + values + "]}}}}"


@hostile("EW205")
def long_names() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  {'a' * 250}{number}: {{}}" for number in range(7_000))


@hostile("EW204", "EW301")
def long_text_for_a_word() -> Iterable[str]:
    yield "relationship_types: {a: {from: a, to: b, cardinality: " + "one_to_" * 280_000 + "}}"


@hostile("EW107", "EW202", "EW203", "EW204")
def wrong_behind_many_values() -> Iterable[str]:
    yield "object_types: {a: {tags: [1], attributes: {"
    yield from (f"a{number}: {{type: text}}," for number in range(40_000))
    yield "z: {type: 5}}}, b: {description: ''}}"


# ---- for the graph ----


def stored(names: Iterable[str], rest: str = "cardinality: many_to_many") -> Iterator[str]:
    yield "object_types: {a: {}}"
    yield "relationship_types:"
    yield from (f"  {name}: {{from: a, to: a, {rest}}}" for name in names)


@hostile()
def many_object_types() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  a{number}: {{}}" for number in range(99_000))


@hostile("EW501")
def many_relationship_types_without_cardinality() -> Iterable[str]:
    yield from stored((f"r{number}" for number in range(24_000)), "acyclic: false")


@hostile("EW301")
def many_unknown_object_types() -> Iterable[str]:
    yield "relationship_types:"
    yield from (f"  r{n}: {{from: a{n}, to: b{n}, cardinality: many_to_many}}" for n in range(20_000))


@hostile("EW301")
def many_unknown_object_types_among_many() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  object_type_{n}: {{}}" for n in range(25_000))
    yield "relationship_types:"
    yield from (f"  r{n}: {{from: object_typ_{n}, to: objct_type_{n}}}" for n in range(20_000))


@hostile("EW301")
def one_unknown_object_type_many_times() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  a{n}: {{}}" for n in range(20_000))
    yield "relationship_types:"
    yield from (f"  r{n}: {{from: b, to: b, cardinality: many_to_many}}" for n in range(19_000))


@hostile("EW302")
def many_unknown_groups() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  s{n}: {{from: a, to: a, group: g{n}, cardinality: one_to_one}}" for n in range(19_000))


@hostile("EW303")
def many_declared_twice() -> Iterable[str]:
    yield from (f"---\nobject_types: {{a{n // 2}: }}" for n in range(39_000))


@hostile("EW305")
def many_ways_of_one_name() -> Iterable[str]:
    yield from stored((f"r{n}" for n in range(19_000)), "inverse: b, cardinality: one_to_one")


@hostile("EW305")
def many_clashes() -> Iterable[str]:
    yield "object_types: {a: {}}\nrelationship_types:"
    for n in range(19_000):
        yield f"  r{n}: {{from: a, to: a, inverse: r{n ^ 1}, cardinality: one_to_one}}"


@hostile()
def derived_in_a_chain() -> Iterable[str]:
    yield from stored(["d0"])
    yield from (f"  d{n}: {{via: [d{n - 1}, d0]}}" for n in range(1, 33_000))


@hostile("EW201")
def derived_in_a_chain_on_something_wrong() -> Iterable[str]:
    yield from stored(["d0"], "lable: x")
    yield from (f"  d{n}: {{via: [d{n - 1}, d0]}}" for n in range(1, 33_000))


@hostile("EW406")
def derived_in_a_circle() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  d{n}: {{via: [d{(n + 1) % 33_000}, r]}}" for n in range(33_000))


@hostile("EW306")
def derived_all_blocked() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  d{n}: {{via: [r, x{n}]}}" for n in range(33_000))


@hostile("EW306")
def derived_all_blocked_at_the_start() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  a{n}: {{}}" for n in range(10_000))
    yield "relationship_types:"
    yield from (
        f"  r{n}: {{from: a{n}, to: a{n}, inverse: y, cardinality: one_to_one}}" for n in range(9_000)
    )
    yield from (f"  d{n}: {{via: [x{n}, y]}}" for n in range(5_000))
    yield from (f"  e{n}: {{via: [y, y]}}" for n in range(5_000))


@hostile("EW406")
def derived_all_blocked_by_one_another() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  d{n}: {{via: [r, y], inverse: y}}" for n in range(24_000))


@hostile("EW305", "EW306")
def derived_that_wait_for_a_name_of_many() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  d{n}: {{via: [r, r], inverse: y}}" for n in range(13_000))
    yield "  elsewhere: {from: a, to: b, cardinality: one_to_one}"
    yield from (f"  e{n}: {{via: [elsewhere, y]}}" for n in range(13_000))
    yield "---\nobject_types: {b: {}}"


def letters(number: int, length: int) -> str:
    """Return a name of so many letters, each number another one, that differs little from its neighbours'."""
    found = ""
    while number:
        number, rest = divmod(number, 20)
        found += ascii_lowercase[rest]
    return f"long{found:x<{length - 9}}names"


@hostile("EW503")
def many_names_of_one_meaning() -> Iterable[str]:
    words = ("aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh")
    yield from stored("_".join(each) for each in islice(permutations(words), 20_000))


@hostile()
def long_names_that_differ_little() -> Iterable[str]:
    yield from stored(letters(n, 63) for n in range(16_000))


@hostile("EW503")
def long_names_with_slips_in_many_groups() -> Iterable[str]:
    yield "object_types: {a: {}}"
    yield "groups: {" + ", ".join(f"g{n}: {{}}" for n in range(70)) + "}"
    yield "relationship_types:"
    for n in range(14_000):
        yield f"  {letters(n, 63)}: {{from: a, to: a, cardinality: many_to_many, group: g{n // 200}}}"


@hostile("EW507")
def as_many_ways_of_two_steps_as_can_be() -> Iterable[str]:
    """Every object type leads to every one after it, always to exactly one: each pair has steps between."""
    types = [f"t{n}" for n in range(170)]
    yield "object_types: {" + ", ".join(f"{name}: {{}}" for name in types) + "}"
    yield "relationship_types:"
    bounds = 'cardinality: {from: "*", to: 1}'
    for n, start in enumerate(types):
        yield from (f"  {start}_{to}: {{from: {start}, to: {to}, {bounds}}}" for to in types[n + 1 :])


@hostile()
def derived_from_a_hub() -> Iterable[str]:
    yield from stored(f"r{n}" for n in range(13_000))
    yield from (f"  d{n}: {{via: [r{12_999 - n}, r{12_998 - n}]}}" for n in range(12_900))


@hostile("EW306")
def derived_blocked_at_a_hub() -> Iterable[str]:
    yield from stored(f"r{n}" for n in range(13_000))
    yield from (f"  d{n}: {{via: [r{n}, nowhere{n}]}}" for n in range(12_900))


@hostile("EW405")
def squares_of_squares() -> Iterable[str]:
    yield from stored(["d0"], "cardinality: {from: 999999999, to: 999999999}")
    for n in range(1, 5_000):
        yield f"  d{n}: {{via: [{', '.join([f'd{n - 1}'] * 16)}]}}"


# ---- for the bounds ----


def bounded(types: int, bounds: Iterable[tuple[int, int, str]]) -> Iterable[str]:
    """Yield relationship types between object types given by number, with so many of one for the other."""
    yield "object_types:"
    yield from (f"  a{n}: {{}}" for n in range(types))
    yield "relationship_types:"
    for n, (from_, to, cardinality) in enumerate(bounds):
        yield f"  r{n}: {{from: a{from_}, to: a{to}, cardinality: {cardinality}}}"


@hostile("EW404")
def bounds_in_a_circle_that_nearly_hold() -> Iterable[str]:
    most = "{from: 1..999999936, to: 999999937}"
    yield from bounded(11_000, ((n, (n + 1) % 11_000, most) for n in range(11_000)))


@hostile("EW405")
def bounds_in_a_circle_that_hold() -> Iterable[str]:
    yield from bounded(11_000, ((n, (n + 1) % 11_000, "{from: 3, to: 3}") for n in range(11_000)))


@hostile("EW404", "EW405")
def bounds_in_a_knot() -> Iterable[str]:
    random = Random(1)
    words = [f"{{from: 1..{most}, to: {least}}}" for most in (1, 2, 3) for least in (1, 2)]
    ends = ((random.randrange(4_000), random.randrange(4_000)) for _ in range(13_000))
    yield from bounded(4_000, ((*pair, random.choice(words)) for pair in ends))


@hostile("EW404")
def bounds_that_contradict_themselves() -> Iterable[str]:
    yield from bounded(12_000, ((n, n, "{from: 2, to: 1}") for n in range(12_000)))


@hostile("EW405")
def records_that_need_one_another_in_pairs() -> Iterable[str]:
    yield from bounded(12_000, ((n, min(n + 1, 11_999), "{from: 1..*, to: 1..*}") for n in range(12_000)))


# ---- for the comments ----


@hostile()
def many_suppressions() -> Iterable[str]:
    yield "object_types: {a: {}}\nrelationship_types:"
    yield from (f"  r{n}: {{from: a, to: a}} # edgewise: ignore[EW501] it is so" for n in range(28_000))


@hostile("EW505")
def many_useless_suppressions() -> Iterable[str]:
    yield "object_types: {a: {}}\nrelationship_types:"
    yield from (
        f"  r{n}: {{from: a, to: a, cardinality: one_to_one}} # edgewise: ignore[EW501] it is so"
        for n in range(19_000)
    )


@hostile("EW505")
def many_suppressions_of_one_line() -> Iterable[str]:
    yield from ("# edgewise: ignore[EW501] as it is" for _ in range(55_000))


@hostile("EW505")
def many_malformed_suppressions() -> Iterable[str]:
    yield from ("# edgewise: ignore[EW501]" for _ in range(70_000))


@hostile("EW505")
def suppressions_of_many_codes() -> Iterable[str]:
    yield "# edgewise: ignore[" + ",".join(["EW501"] * 300_000) + "] why"


# ---- what comes of them ----


def most_memory() -> float:
    """Return the most memory that this process had, in megabytes.

    What `getrusage` tells begins with what the process that started this one had.
    """
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            peak = next(line for line in status if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1_000
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def verdict(content: bytes) -> dict[str, object]:
    """Compile one input as the command does, and say what it cost and how much was said of it."""
    gc.disable()  # as the command does
    began = time.process_time()
    source = decoded(content, "input.yaml")
    assert isinstance(source, Source)
    compilation = check([source], PROJECT, ())
    told = located(each for each in compilation.diagnostics if each.code not in OFF_BY_DEFAULT)
    return {
        "seconds": time.process_time() - began,
        "megabytes": most_memory(),
        "codes": sorted({each.code.number for each in told}),
        "diagnostics": len(told),
        "longest_message": max((len(each.message) for each in told), default=0),
        "most_said_at_once": max(map(characters, told), default=0),
        "strays": sum(not lies_within(each, content.count(b"\n") + 1) for each in told),
    }


def characters(diagnostic: Diagnostic) -> int:
    """Count what a diagnostic says, all of it."""
    texts = (diagnostic.message, diagnostic.label, diagnostic.help, diagnostic.path)
    return sum(map(len, texts)) + sum(len(each.label) for each in diagnostic.related)


def lies_within(diagnostic: Diagnostic, lines: int) -> bool:
    """Tell whether a diagnostic names a place in a text of so many lines; an end may lie behind the last."""
    return isinstance(diagnostic.at, Span) and 1 <= diagnostic.at.line <= lines + 1


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    print(json.dumps(verdict(INPUTS[sys.argv[1]].content)))
