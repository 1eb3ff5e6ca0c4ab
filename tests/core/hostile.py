"""Inputs that are meant to exhaust a machine, each of at most two megabytes, and what comes of each of them.

Run as a script with the name of an input, this compiles it and prints a verdict: what it cost, and how much
was said. The tests run it so, in a process of its own with limits.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator

INPUTS: dict[str, Callable[[], str]] = {}
MOST = 2_000_000


def hostile(make: Callable[[], Iterable[str]]) -> Callable[[], Iterable[str]]:
    """Enter an input in the list, cut after the last whole line that has room."""
    INPUTS[make.__name__] = lambda: joined(make())
    return make


def joined(lines: Iterable[str]) -> str:
    kept, room = [], MOST
    for line in lines:
        room -= len(line.encode()) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept)


# ---- for the reader: depth, number, aliases, size ----


@hostile
def open_brackets() -> Iterable[str]:
    yield "[" * (MOST - 1)


@hostile
def open_braces() -> Iterable[str]:
    yield "{a: " * 490_000


@hostile
def question_marks() -> Iterable[str]:
    yield "? " * 990_000


@hostile
def dashes() -> Iterable[str]:
    yield "- " * 990_000


@hostile
def just_under_the_watch() -> Iterable[str]:
    yield "[" * 3_990


@hostile
def closed_brackets() -> Iterable[str]:
    yield "[" * 990_000 + "]" * 990_000


@hostile
def many_values() -> Iterable[str]:
    yield "x-a: [" + "a," * 990_000 + "]"


@hostile
def many_keys() -> Iterable[str]:
    yield from (f"x-{number}: 1" for number in range(200_000))


@hostile
def many_documents() -> Iterable[str]:
    yield from ("---\nx-a: 1" for _ in range(200_000))


@hostile
def many_wrong_documents() -> Iterable[str]:
    yield from ("---\na: 1" for _ in range(200_000))


@hostile
def many_documents_that_are_lists() -> Iterable[str]:
    yield from ("--- [a]" for _ in range(200_000))


@hostile
def many_duplicate_keys() -> Iterable[str]:
    yield from ("a: 1" for _ in range(390_000))


@hostile
def many_duplicates_of_many_keys() -> Iterable[str]:
    for number in [*range(60_000), *range(60_000)]:
        yield f"x-{number}: 1"


@hostile
def one_text() -> Iterable[str]:
    yield "x-a: " + "x" * (MOST - 10)


@hostile
def one_description() -> Iterable[str]:
    yield "object_types: {a: {description: " + "x" * (MOST - 50) + "}}"


@hostile
def one_quoted_text() -> Iterable[str]:
    yield 'x-a: "' + "\\u0041" * 330_000 + '"'


@hostile
def one_key() -> Iterable[str]:
    yield "? " + "x" * (MOST - 20) + "\n: 1"


@hostile
def one_number() -> Iterable[str]:
    yield "x-a: " + "9" * (MOST - 10)


@hostile
def one_tag() -> Iterable[str]:
    yield "x-a: !" + "x" * (MOST - 20) + " 1"


@hostile
def one_anchor() -> Iterable[str]:
    yield "x-a: &" + "x" * 900_000 + " 1\nx-b: *" + "x" * 900_000


@hostile
def one_comment() -> Iterable[str]:
    yield "# edgewise: " + "#" * (MOST - 50)


@hostile
def many_tags() -> Iterable[str]:
    yield "x-a:"
    yield from ("- !x y" for _ in range(200_000))


@hostile
def many_anchors() -> Iterable[str]:
    yield "x-a:"
    yield from (f"- &a{number} x" for number in range(120_000))


@hostile
def only_line_breaks() -> Iterable[str]:
    yield "\n" * (MOST - 1)


@hostile
def only_comments() -> Iterable[str]:
    yield "# edgewise:"
    yield from ("#" for _ in range(990_000))


@hostile
def doubling_aliases() -> Iterable[str]:
    yield "x-0: &a0 [x, x]"
    yield from (f"x-{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))


@hostile
def doubling_merges() -> Iterable[str]:
    yield "x-0: &a0 {k0: 1}"
    yield from (f"x-{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, 40))


@hostile
def many_merges_of_one() -> Iterable[str]:
    yield "x-0: &a {k: 1}"
    yield "x-1: {<<: [" + "*a," * 120_000 + "]}"


@hostile
def many_merges_of_many() -> Iterable[str]:
    yield "x-0: {<<: [" + ",".join(f"{{k{number}: 1}}" for number in range(80_000)) + "]}"


@hostile
def long_text_in_many_places() -> Iterable[str]:
    yield "x-0: &a " + "x" * 1_000_000
    yield "object_types: {a: {attributes: {b: {type: json, default: [" + "*a," * 240_000 + "]}}}}"


@hostile
def chain_of_aliases() -> Iterable[str]:
    yield "x-0: &a0 [x]"
    yield from (f"x-{n}: &a{n} [*a{n - 1}]" for n in range(1, 40_000))


@hostile
def chain_of_merges() -> Iterable[str]:
    yield "x-0: &a0 {k: 1}"
    yield from (f"x-{n}: &a{n} {{<<: *a{n - 1}}}" for n in range(1, 40_000))


@hostile
def aliases_of_one_scalar() -> Iterable[str]:
    yield "x-0: &a x"
    yield "x-1: [" + "*a," * 240_000 + "]"


@hostile
def aliases_of_one_declaration() -> Iterable[str]:
    yield "x-0: &a {from: 5, to: b, cardinality: {from: x, to: y}}"
    yield "relationship_types:"
    yield from (f"  r{number}: *a" for number in range(60_000))


# ---- for the check of shape ----


@hostile
def many_unknown_keys() -> Iterable[str]:
    yield from (f"k{number}: 1" for number in range(120_000))


@hostile
def many_unknown_keys_in_one_type() -> Iterable[str]:
    yield "object_types:\n  a:"
    yield from (f"    atributes{number}: 1" for number in range(100_000))


@hostile
def many_misspelt_keys() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  a{number}: {{descripton: x}}" for number in range(60_000))


@hostile
def many_malformed_names() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  K{number}: {{}}" for number in range(100_000))


@hostile
def many_malformed_attribute_names() -> Iterable[str]:
    yield "object_types:\n  a:\n    attributes:"
    yield from (f"      K{number}: {{type: string}}" for number in range(60_000))


@hostile
def many_wrong_attributes() -> Iterable[str]:
    yield "object_types:\n  a:\n    attributes:"
    yield from (f"      k{number}: {{}}" for number in range(100_000))


@hostile
def many_wrong_types() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  a{number}: 5" for number in range(120_000))


@hostile
def many_missing_keys() -> Iterable[str]:
    yield "relationship_types:"
    yield from (f"  a{number}: {{}}" for number in range(100_000))


@hostile
def many_wrong_bounds() -> Iterable[str]:
    yield "relationship_types:"
    yield from (
        f"  a{number}: {{from: a, to: b, cardinality: {{from: 3..2, to: x}}}}" for number in range(30_000)
    )


@hostile
def many_wrong_tags() -> Iterable[str]:
    yield "object_types: {a: {tags: [" + ",".join(f"{{k{number}: []}}" for number in range(60_000)) + "]}}"


@hostile
def many_equal_tags() -> Iterable[str]:
    yield "object_types: {a: {tags: [" + "a," * 240_000 + "]}}"


@hostile
def many_enum_values_and_a_wrong_default() -> Iterable[str]:
    values = ",".join(f"v{number}" for number in range(200_000))
    yield "object_types: {a: {attributes: {b: {default: w, enum: [" + values + "]}}}}"


@hostile
def long_names() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  {'a' * 250}{number}: {{}}" for number in range(7_000))


@hostile
def long_text_for_a_word() -> Iterable[str]:
    yield "relationship_types: {a: {from: a, to: b, cardinality: " + "one_to_" * 280_000 + "}}"


@hostile
def wrong_behind_many_values() -> Iterable[str]:
    yield "object_types: {a: {attributes: {"
    yield from (f"a{number}: {{type: text}}," for number in range(40_000))
    yield "z: {type: 5}}}}"


# ---- for the graph ----


def stored(names: Iterable[str], rest: str = "cardinality: many_to_many") -> Iterator[str]:
    yield "object_types: {a: {}}"
    yield "relationship_types:"
    yield from (f"  {name}: {{from: a, to: a, {rest}}}" for name in names)


@hostile
def many_object_types() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  a{number}: {{}}" for number in range(120_000))


@hostile
def many_relationship_types_without_cardinality() -> Iterable[str]:
    yield "object_types: {a: {}}\nrelationship_types:"
    yield from (f"  r{number}: {{from: a, to: a}}" for number in range(60_000))


@hostile
def many_unknown_object_types() -> Iterable[str]:
    yield "relationship_types:"
    yield from (
        f"  r{n}: {{from: a{n}, to: b{n}, cardinality: many_to_many}}" for n in range(20_000)
    )


@hostile
def many_unknown_object_types_among_many() -> Iterable[str]:
    yield "object_types:"
    yield from (f"  object_type_{n}: {{}}" for n in range(30_000))
    yield "relationship_types:"
    yield from (f"  r{n}: {{from: object_typ_{n}, to: objct_type_{n}}}" for n in range(20_000))


@hostile
def one_unknown_object_type_many_times() -> Iterable[str]:
    yield "relationship_types:"
    yield from (f"  r{n}: {{from: b, to: b, cardinality: many_to_many}}" for n in range(35_000))


@hostile
def many_unknown_groups() -> Iterable[str]:
    yield from stored((f"r{n}" for n in range(0)))
    yield from (f"  r{n}: {{from: a, to: a, group: g{n}}}" for n in range(40_000))


@hostile
def many_declared_twice() -> Iterable[str]:
    yield from (f"---\nobject_types: {{a{n // 2}: }}" for n in range(60_000))


@hostile
def many_ways_of_one_name() -> Iterable[str]:
    yield from stored((f"r{n}" for n in range(30_000)), "inverse: b")


@hostile
def many_clashes() -> Iterable[str]:
    yield from stored((f"r{n}" for n in range(30_000)), "inverse: r1")
    yield "---\nrelationship_types:"
    yield from (f"  s{n}: {{from: a, to: a, inverse: r{n}}}" for n in range(10_000))


@hostile
def derived_in_a_chain() -> Iterable[str]:
    yield from stored(["d0"])
    yield from (f"  d{n}: {{via: [d{n - 1}, d0]}}" for n in range(1, 50_000))


@hostile
def derived_in_a_chain_on_something_wrong() -> Iterable[str]:
    yield from stored(["d0"], "lable: x")
    yield from (f"  d{n}: {{via: [d{n - 1}, d0]}}" for n in range(1, 50_000))


@hostile
def derived_in_a_circle() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  d{n}: {{via: [d{(n + 1) % 40_000}, r]}}" for n in range(40_000))


@hostile
def derived_all_blocked() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  d{n}: {{via: [r, x{n}]}}" for n in range(50_000))


@hostile
def derived_all_blocked_by_one_another() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  d{n}: {{via: [r, y], inverse: y}}" for n in range(40_000))


@hostile
def derived_that_wait_for_a_name_of_many() -> Iterable[str]:
    yield from stored(["r"])
    yield from (f"  d{n}: {{via: [r, r], inverse: y}}" for n in range(20_000))
    yield "  elsewhere: {from: a, to: b}"
    yield from (f"  e{n}: {{via: [elsewhere, y]}}" for n in range(20_000))
    yield "---\nobject_types: {b: {}}"


@hostile
def derived_from_a_hub() -> Iterable[str]:
    yield from stored((f"r{n}" for n in range(20_000)), "")
    yield from (f"  d{n}: {{via: [r{19_999 - n}, r{19_998 - n}]}}" for n in range(19_000))


@hostile
def derived_blocked_at_a_hub() -> Iterable[str]:
    yield from stored((f"r{n}" for n in range(20_000)), "")
    yield from (f"  d{n}: {{via: [r{n}, nowhere{n}]}}" for n in range(19_000))


@hostile
def squares_of_squares() -> Iterable[str]:
    yield from stored(["d0"], "cardinality: {from: 999999999, to: 999999999}")
    steps = ", ".join(["d{}"] * 16)
    yield from (f"  d{n}: {{via: [{steps.replace('{}', str(n - 1))}]}}" for n in range(1, 5_000))


# ---- for the comments ----


@hostile
def many_suppressions() -> Iterable[str]:
    yield "object_types: {a: {}}\nrelationship_types:"
    yield from (
        f"  r{n}: {{from: a, to: a}} # edgewise: ignore[EW501] as it is" for n in range(30_000)
    )


@hostile
def many_useless_suppressions() -> Iterable[str]:
    yield from ("# edgewise: ignore[EW501] as it is" for _ in range(60_000))


@hostile
def many_malformed_suppressions() -> Iterable[str]:
    yield from ("# edgewise: ignore[EW501]" for _ in range(70_000))


@hostile
def suppressions_of_many_codes() -> Iterable[str]:
    yield "# edgewise: ignore[" + ",".join(["EW501"] * 300_000) + "] why"


def verdict(name: str) -> dict[str, object]:
    """Compile one input, as a command does; give its cost and how much is said of it."""
    from edgewise.compile import check
    from edgewise.document import located
    from edgewise.place import Span
    from edgewise.project import Project
    from edgewise.source import decoded
    from edgewise_targets import TARGETS

    content = INPUTS[name]().encode()
    assert len(content) <= MOST
    targets = TARGETS if "--targets" in sys.argv else ()
    project = Project("/nowhere", ("schemas",), "build", {each.name: {} for each in targets}, named=False)
    began = time.process_time()
    source = decoded(content, "input.yaml")
    compilation = check([source] if isinstance(source, tuple) else [], project, targets)
    spoken = located(compilation.diagnostics)
    lines = content.count(b"\n") + 2
    return {
        "seconds": time.process_time() - began,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "diagnostics": len(spoken),
        "codes": sorted({each.code.number for each in spoken}),
        "longest": max((len(each.message) for each in spoken), default=0),
        "characters": max((said(each) for each in spoken), default=0),
        "placed": all(isinstance(each.at, Span) and each.at.line <= lines for each in spoken),
        "graph": compilation.graph is not None,
    }


def said(diagnostic: object) -> int:
    texts = [diagnostic.message, diagnostic.label, diagnostic.help, diagnostic.path]
    return sum(map(len, texts)) + sum(len(each.label) for each in diagnostic.related)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    print(json.dumps(verdict(sys.argv[1])))
