"""Random catalogs, as data: what a manifest may say, all of it, and ways to spoil it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

from edgewise.place import Source

Data = Any
Path = tuple[str | int, ...]

OBJECT_TYPES = ("person", "order", "household", "line_item")
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
LINES = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12)
PROSE = st.sampled_from(["A purchase.", "What is it? It is it.", "é 漢 'quoted' \"too\"", "two\nlines"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | LINES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(LINES, inner, max_size=3),
    max_leaves=4,
)


def optional(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Give mappings that have some of the keys; a `_` at the end of one is for Python alone."""
    return st.fixed_dictionaries({}, optional={key.rstrip("_"): part for key, part in parts.items()})


def merged(*parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(*parts).map(
        lambda several: {key: value for each in several for key, value in each.items()}
    )


def _typed(
    kind: str, default: st.SearchStrategy[Any], **keys: st.SearchStrategy[Any]
) -> st.SearchStrategy[Data]:
    return merged(st.just({"type": kind}), optional(default=default, **keys))


_BY_TYPE = st.one_of(
    _typed("string", st.sampled_from(["a", ""]), max_length=st.integers(1, 65535)),
    _typed("text", PROSE),
    _typed("integer", st.integers(-(2**63), 2**63 - 1)),
    _typed("number", st.sampled_from([0, -1, 2.5])),
    _typed(
        "decimal", st.sampled_from([0, "12.50", -1.25]), precision=st.integers(6, 65), scale=st.integers(2, 4)
    ),
    _typed("boolean", st.booleans()),
    _typed("date", st.just("2026-01-31")),
    _typed("datetime", st.sampled_from(["2026-01-31T12:00:00Z", "2026-01-31 12:00:00.5+01:00"])),
    _typed("uuid", st.just("123E4567-e89b-12d3-a456-426614174000")),
    _typed("json", JSON),
    st.just({"enum": ["open", "paid"], "default": "paid"}),
    st.lists(LINES, min_size=1, max_size=4, unique=True).map(lambda values: {"enum": values}),
)
ATTRIBUTES = st.dictionaries(
    NAMES.filter(lambda name: name not in {"id", "slot"}),
    merged(_BY_TYPE, optional(required=st.booleans(), description=PROSE)),
    max_size=3,
)
COMMON = optional(
    description=PROSE,
    deprecated=optional(since=LINES, reason=PROSE),
    owner=LINES,
    tags=st.lists(LINES, max_size=3, unique=True),
    renamed_from=NAMES,
    **{"x-note": JSON},
)
OBJECT_TYPE = st.none() | merged(
    COMMON,
    optional(
        label=LINES,
        plural=LINES,
        id_=st.sampled_from(
            [{}, {"type": "uuid"}, {"type": "integer"}, {"type": "string", "max_length": 40}]
        ),
        attributes=st.none() | ATTRIBUTES,
        external=st.booleans(),
        targets=st.sampled_from([{}, {"boom": "thing"}, {"sql": False, "boom": {"name": "thing"}}]),
    ),
)
BOUND = st.sampled_from(["0..1", "1", "1..*", "*", "0..*", "2..5", 1, 3])
RELATIONSHIP = merged(
    COMMON,
    optional(
        cardinality=st.sampled_from(["one_to_one", "one_to_many", "many_to_one", "many_to_many"])
        | st.fixed_dictionaries({"from": BOUND, "to": BOUND}),
        on_delete=st.sampled_from(
            ["cascade", "restrict", {"from": "restrict"}, {"from": "cascade", "to": "restrict"}]
        ),
        role=LINES,
        label=LINES,
        attributes=st.none() | ATTRIBUTES,
        targets=st.sampled_from([{}, {"zendesk": {"key": "a_key"}, "boom": False}, {"boom": {"role": "of"}}]),
    ),
)
ENDS = st.sampled_from(["person", "person", "person", *OBJECT_TYPES, "zen:user"])
FLAGS = st.sampled_from([{}, {"reflexive": True}, {"acyclic": True}, {"symmetric": True}])
NO_FLAGS = st.sampled_from([{}, {}, {}, {"acyclic": False}, {"reflexive": True}])


@st.composite
def catalogs(draw: st.DrawFn) -> dict[str, Any]:
    """Give catalogs of the right shape, all of whose references resolve; rules and targets may find fault."""
    relationships: dict[str, Any] = {}
    names = draw(st.lists(NAMES, max_size=6, unique=True))
    for number, name in enumerate(names):
        ends = {"from": draw(ENDS), "to": draw(ENDS)}
        flags = draw(FLAGS if ends["from"] == ends["to"] else NO_FLAGS)
        relationships[name] = ends | draw(RELATIONSHIP) | flags
        if "symmetric" not in flags and draw(st.booleans()):
            inverse = f"back_{number}"
            relationships[name]["inverse"] = draw(
                st.sampled_from([inverse, {"name": inverse, "label": "goes back"}])
            )
        if draw(st.booleans()):
            relationships[name]["group"] = draw(st.sampled_from(["first", "second"]))
    for number in range(draw(st.integers(0, 3)) if relationships else 0):
        steps = st.sampled_from([*names, *(f"back_{n}" for n in range(len(names))), "via_0", "via_1"])
        relationships[f"via_{number}"] = {"via": draw(st.lists(steps, min_size=2, max_size=3))}
    return {
        "object_types": {name: draw(OBJECT_TYPE) for name in OBJECT_TYPES},
        "relationship_types": relationships,
        "groups": {"first": None, "second": {"description": "Others."}},
    }


# ---- as files ----


def source(data: Data, path: str = "a.yaml") -> Source:
    """Write data as a manifest: JSON is YAML."""
    return Source(path, json.dumps(data, ensure_ascii=False))


def scattered(catalog: Data, random: Random) -> list[Source]:
    """Spread the declarations of a catalog over documents and files, in any order, with keys in any order."""
    documents = [
        {section: {name: shuffled(declaration, random)}}
        for section, declared in catalog.items()
        for name, declaration in declared.items()
    ]
    random.shuffle(documents)
    files: list[list[Data]] = [[] for _ in range(random.randint(1, 4))]
    for document in documents:
        random.choice(files).append(document)
    texts = ["\n".join(f"---\n{json.dumps(document)}" for document in several) for several in files]
    sources = [Source(f"{random.random()}.yaml", text) for text in texts]
    return sorted(sources)


def shuffled(declaration: Data, random: Random) -> Data:
    """Bring the keys of a mapping into any order; that of attributes has a meaning."""
    if not isinstance(declaration, dict):
        return declaration
    keys = list(declaration)
    random.shuffle(keys)
    return {key: _inner(key, declaration[key], random) for key in keys}


def _inner(key: str, value: Data, random: Random) -> Data:
    if key == "attributes" and isinstance(value, dict):
        return {name: shuffled(attribute, random) for name, attribute in value.items()}
    return shuffled(value, random)


# ---- spoilt ----

JUNK: Sequence[Data] = (
    *(
        None,
        True,
        5,
        -1,
        2.0,
        2.5,
        10**15,
        "",
        "x",
        "Bad Name",
        "zen:user",
        "0..1",
        "3..2",
        "a\nb",
        "é" * 300,
        "one_to_may",
    ),
    *(
        [],
        {},
        [1],
        [[]],
        [{}],
        ["a", "a"],
        ["x", 5],
        {"a": 1},
        {"from": 1},
        {"name": "x"},
        {"name": {}},
        {"type": []},
    ),
    {"enum": ["a"], "type": "text"},
    {"via": ["a", "b"]},
)
KEYS = (
    "from",
    "to",
    "via",
    "frm",
    "type",
    "enum",
    "default",
    "x-a",
    "",
    "A",
    "5",
    "targets",
    "boom",
    "attributes",
    "id",
)


def paths(data: Data, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every part of some data, its own first."""
    yield path
    parts = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for key, value in parts:
        yield from paths(value, (*path, key))


def spoil(data: Data, random: Random) -> Data:
    """Copy some data with one part changed: replaced, taken out, a key renamed or added."""
    path = random.choice(list(paths(data)))
    return _spoilt(data, path, random)


def _spoilt(data: Data, path: Path, random: Random) -> Data:
    if not path:
        return _changed(data, random)
    key, *rest = path
    if isinstance(data, list):
        return [
            _spoilt(each, tuple(rest), random) if number == key else each for number, each in enumerate(data)
        ]
    return {name: _spoilt(each, tuple(rest), random) if name == key else each for name, each in data.items()}


def _changed(data: Data, random: Random) -> Data:
    kind = random.randrange(5)
    if isinstance(data, dict) and kind == 0:
        return {**data, random.choice(KEYS): random.choice(JUNK)}
    if isinstance(data, dict) and kind == 1 and data:
        gone = random.choice(list(data))
        return {key: value for key, value in data.items() if key != gone}
    if isinstance(data, dict) and kind == 2 and data:
        old = random.choice(list(data))
        return {random.choice(KEYS) if key == old else key: value for key, value in data.items()}
    if isinstance(data, list) and kind < 3:
        return [*data, random.choice(JUNK)]
    return random.choice(JUNK)
