"""There and back: lists to manifests to lists, catalogs to requests to catalogs, whatever they hold."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from importing import (
    BOOM,
    MONICA,
    MONICA_GROUPS,
    ZENDESK,
    Json,
    as_emitted,
    bodies,
    boom_pages,
    built,
    in_any_order,
    monica_defaults,
    monica_group,
    monica_pages,
    monica_row,
    read_back,
)

from edgewise.source import find_not_allowed

# Names of every kind: plain ones, those that differ little, those that fit no manifest.
PLAIN = st.sampled_from(["placed", "order", "person_x", "line_item", "a", "null", "true", "on", "zen_user"])
ODD = st.sampled_from(
    ["Placed", "placed by", "Line Item", "line-item", "2fa", "élève", "---", "naïve: #x", "漢", "x" * 90]
)
FREE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=6).filter(
    lambda text: not find_not_allowed(text)
)
NAMES = PLAIN | ODD | FREE
CARDINALITIES = st.sampled_from(["ONE_TO_ONE", "ONE_TO_MANY", "MANY_TO_ONE", "MANY_TO_MANY"])
PROSE = (
    st.sampled_from(
        ["A person placed many orders.", "a\nb", "- x: y # z", " lead", "trail ", "a  b", "word " * 60]
    )
    | FREE
)


def few(things: st.SearchStrategy[Any], most: int = 8, **unique: Any) -> st.SearchStrategy[list[Any]]:
    return st.lists(things, max_size=most, **unique)


# ---- lists to manifests to lists ----


def boom_identity(each: Json) -> tuple[str, ...]:
    return tuple(each[key] for key in sorted(each) if key in {"kind", "role"} or "Object" in key)


BOOM_OBJECTS = NAMES.filter(lambda name: name != "person")
BOOM_COMMON = {
    "role": NAMES,
    "cardinality": st.none() | CARDINALITIES,
    "description": st.none() | PROSE,
    "bidirectional": st.booleans(),
}
BOOM_TYPES = st.fixed_dictionaries(
    {"kind": st.just("person_to_co"), "customObjectType": BOOM_OBJECTS, **BOOM_COMMON}
) | st.fixed_dictionaries(
    {
        "kind": st.just("co_to_co"),
        "parentCustomObjectType": BOOM_OBJECTS,
        "childCustomObjectType": BOOM_OBJECTS,
        **BOOM_COMMON,
    }
)


@settings(deadline=None)
@given(few(BOOM_TYPES, unique_by=boom_identity), st.integers(1, 3), st.randoms())
def test_what_boom_lists_builds_to_the_same_list(things: list[Json], size: int, random: Any) -> None:
    listed = [{"relationshipTypeId": f"rt_{number}", **each} for number, each in enumerate(things)]
    answers = boom_pages(listed, size)
    random.shuffle(answers)
    imported = read_back(BOOM, *answers)
    assert set(imported.codes) <= {"EW706"}
    sent = bodies(built(imported.text, BOOM))
    wanted = [{key: value for key, value in each.items() if value is not None} for each in things]
    assert in_any_order(sent) == in_any_order(wanted)
    random.shuffle(listed)
    assert read_back(BOOM, *boom_pages(listed, size)).text == imported.text


ZENDESK_KEYS = st.from_regex(r"[a-z0-9_-]{2,8}", fullmatch=True)
ZENDESK_OBJECTS = ZENDESK_KEYS | st.sampled_from(["zen_user", "product", "order-line", "order_line"])
ZENDESK_ENDS = ZENDESK_OBJECTS | st.sampled_from(["zen:user", "zen:ticket", "product"])
ENDS = ZENDESK_ENDS | ZENDESK_ENDS.map(lambda key: [key])
ZENDESK_TYPES = st.fixed_dictionaries({"key": ZENDESK_KEYS, "source": ENDS, "target": ENDS})
PROPERTY = st.one_of(
    st.sampled_from(
        [
            {"type": "string"},
            {"type": "string", "maxLength": 255},
            {"type": "string", "maxLength": 9},
            {"type": "integer"},
            {"type": "number"},
            {"type": "boolean"},
            {"type": "string", "format": "date"},
            {"type": "string", "format": "date-time"},
            {"type": "string", "enum": ["a", "B c", "null", "1"]},
            {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
            {"type": "string", "pattern": "^-?[0-9]{1,14}(\\.[0-9]{1,4})?$"},
            {"type": "string", "pattern": "^-?[0-9]{1,9}$"},
            {"type": "string", "description": "What it is."},
        ]
    )
)
PROPERTIES = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True).filter(lambda name: name != "id"),
    PROPERTY,
    min_size=1,
    max_size=4,
)


@st.composite
def zendesk_objects(draw: st.DrawFn) -> Json:
    properties = draw(PROPERTIES)
    required = [name for name in properties if draw(st.booleans())]
    schema = {"properties": properties, **({"required": required} if required else {})}
    return {"key": draw(ZENDESK_OBJECTS), "schema": schema}


@settings(deadline=None)
@given(
    few(ZENDESK_TYPES, unique_by=lambda each: each["key"]),
    few(zendesk_objects(), 4, unique_by=lambda each: each["key"]),
    st.randoms(),
)
def test_what_zendesk_lists_builds_to_the_same_list(
    types: list[Json], objects: list[Json], random: Any
) -> None:
    listed = [{**each, "created_at": "2017-01-01T10:20:30Z"} for each in types]
    imported = read_back(ZENDESK, {"data": listed}, {"data": objects})
    assert set(imported.codes) <= {"EW704", "EW706"}
    files = built(imported.text, ZENDESK)
    assert in_any_order(body["data"] for body in bodies(files)) == in_any_order(types)
    sent = {body["data"]["key"]: body["data"] for body in bodies(files, "object-types")}
    assert [sent[each["key"]] for each in objects] == objects
    random.shuffle(listed)
    assert read_back(ZENDESK, {"data": objects}, {"data": listed}).text == imported.text


@st.composite
def monica_rows(draw: st.DrawFn) -> list[Json]:
    """Give rows of which each has its reverse, with names that Monica's database tells apart."""
    names = draw(
        few(NAMES.filter(lambda name: len(name) < 60), 10, unique_by=lambda name: name.lower()).filter(
            lambda names: all(name.lower() == name.lower().lower() for name in names)
        )
    )
    rows: list[Json] = []
    while names:
        name = names.pop()
        reverse = names.pop() if names and draw(st.booleans()) else name
        group, delible = draw(st.integers(1, 6)), draw(st.booleans())
        for one, other in {(name, reverse), (reverse, name)}:
            rows.append(monica_row(0, one, other, group, delible=delible))
    return rows


@settings(deadline=None)
@given(monica_rows(), st.integers(1, 5), st.randoms())
def test_what_monica_lists_builds_to_the_same_list(rows: list[Json], size: int, random: Any) -> None:
    random.shuffle(rows)
    rows = [{**row, "id": number} for number, row in enumerate(rows, 1)]
    names = (*MONICA_GROUPS, "Book club", "family_2")
    groups = [monica_group(number, name) for number, name in enumerate(names, 1)]
    answers = [*monica_pages(rows, size), *monica_pages(groups)]
    random.shuffle(answers)
    imported = read_back(MONICA, *answers)
    assert set(imported.codes) <= {"EW706"}
    assert in_any_order(bodies(built(imported.text, MONICA))) == in_any_order(
        as_emitted(row, names) for row in rows
    )
    random.shuffle(answers)
    assert read_back(MONICA, *answers).text == imported.text


def test_all_that_every_account_of_monica_has_builds_to_the_same_list() -> None:
    rows = monica_defaults()
    imported = read_back(MONICA, *monica_pages(rows))
    assert imported.diagnostics == []
    assert in_any_order(bodies(built(imported.text, MONICA))) == in_any_order(map(as_emitted, rows))
    assert list(imported.data["groups"]) == ["family", "friend", "love", "work"]
    declared = imported.data["relationship_types"]
    assert len(declared) == 19
    assert declared["boss"]["inverse"] == "subordinate"
    assert declared["spouse"]["symmetric"] is True
    assert not any("targets" in each for each in declared.values())
