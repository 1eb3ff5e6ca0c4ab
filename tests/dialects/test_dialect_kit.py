"""What the dialects share: a project that names no target, keys, descriptions in a line, a fourth dialect."""

from __future__ import annotations

import pytest
from vendor import BOOM, DIALECTS, MONICA, ZENDESK, build, marked, run

from edgewise.diagnostics import Severity
from edgewise.place import Source
from edgewise.target import Capabilities
from edgewise_targets.dialect import Dialect, KeyRule, LeftOut, Link, Request, Sent, Thing, make_target
from edgewise_targets.dialect.keys import file_name, suggest

PLAIN = """
object_types:
  order: {}
  line_item: {}
relationship_types:
  contains: {from: order, to: line_item, cardinality: one_to_many}
  first: {from: order, to: line_item, cardinality: one_to_one}
"""


def test_a_dialect_that_can_say_nothing_says_so_once() -> None:
    built = build(PLAIN, MONICA)
    note = built.only("EW602")
    assert note.message == "nothing of this catalog is sent to Monica: only contacts can be related there"
    assert note.at is None
    assert built.said("EW606") == []
    assert [each["verdict"] for each in built.files["monica/report.json"]] == ["left out", "left out"]


def test_an_end_that_is_left_out_takes_its_relationship_types_with_it() -> None:
    text = PLAIN.replace("line_item: {}", "line_item: {targets: {boom: false}}").replace(
        "one_to_one}", "one_to_one, targets: {boom: x}}"
    )
    built = build(text, BOOM)
    error = built.only("EW601")
    assert error.message == "`first` cannot be said in Boom: the object type `line_item` is left out of Boom"
    assert marked(text, error) == "7: boom"
    (note,) = [each for each in built.said("EW602") if "contains" in each.message]
    assert marked(text, note) == "6: contains"


def test_a_dialect_that_is_not_named_leaves_out_the_type_with_a_bad_key() -> None:
    text = f"{PLAIN}  {'long_' * 8}name: {{from: order, to: line_item, cardinality: one_to_one}}\n"
    built = build(text, ZENDESK, named=False)
    warning = built.only("EW603")
    assert warning.severity is Severity.WARNING
    assert [each["for"] for each in built.files["zendesk/requests.json"]] == [
        "object_types.line_item",
        "object_types.order",
        "relationship_types.contains",
        "relationship_types.first",
    ]


def test_a_dialect_that_is_not_named_leaves_out_the_second_of_two_with_one_key() -> None:
    text = PLAIN.replace("one_to_one}", "one_to_one, targets: {zendesk: contains}}")
    built = build(text, ZENDESK, named=False)
    assert built.only("EW605").severity is Severity.WARNING
    assert [path for path in built.files if "relationship-types" in path] == [
        "zendesk/relationship-types/contains.json"
    ]


def test_a_dialect_that_is_not_named_is_left_out_when_it_is_over_its_limit() -> None:
    types = "\n".join(
        f"  t{number}_: {{from: order, to: line_item, cardinality: one_to_one}}" for number in range(60)
    )
    built = build(f"{PLAIN}{types}\n", named=False)
    assert built.only("EW604").severity is Severity.WARNING
    assert not [path for path in built.files if path.startswith("zendesk/")]
    assert [path for path in built.files if path.startswith("boom/")]


@pytest.mark.parametrize(
    ("target", "kind", "name", "words"),
    [
        (BOOM, "object_types", "person", "Boom's own `person`"),
        (BOOM, "object_types", "order", "`order`"),
        (BOOM, "object_types", "secret", "left out"),
        (MONICA, "object_types", "order", "not sent"),
        (
            BOOM,
            "relationship_types",
            "placed",
            (
                "`person_to_co` `placed` `order`, without: inverse name dropped, "
                "description filled in with the two sentences"
            ),
        ),
        (BOOM, "relationship_types", "seen", "`person_to_co` `seen` `order`, exact"),
        (MONICA, "relationship_types", "placed", "left out: only contacts can be related there"),
        (
            MONICA,
            "relationship_types",
            "leads",
            "`leads` and `led_by`, without: a record could be related to itself",
        ),
        (ZENDESK, "relationship_types", "placed", "`placed`, without: inverse name dropped"),
    ],
)
def test_a_declaration_in_words(target: object, kind: str, name: str, words: str) -> None:
    text = """
    object_types:
      person: {targets: {monica: contact}}
      order: {}
      secret: {targets: {boom: false}}
    relationship_types:
      placed: {from: person, to: order, cardinality: one_to_many, inverse: placed_by}
      seen: {from: person, to: order, cardinality: one_to_many, description: Seen.}
      leads: {from: person, to: person, cardinality: many_to_many, inverse: led_by}
    """
    graph = run([Source("m.yaml", text.replace("\n    ", "\n"))], *DIALECTS).graph
    assert graph is not None
    (dialect,) = [each for each in DIALECTS if each is target]
    assert dialect.describe(graph, {}, getattr(graph, kind)[name]) == words


@pytest.mark.parametrize(
    ("key", "rule", "taken", "suggested"),
    [
        (
            "organization_has_subscriptions_to",
            KeyRule(2, 32, "a-z0-9_-"),
            (),
            "organization_has_sbscrptns_to",
        ),
        ("a", KeyRule(2, 32, "a-z0-9_-"), (), "a_type"),
        ("a", KeyRule(2, 4, "a-z0-9_-"), (), "a_ty"),
        ("Order Line", KeyRule(2, 32, "a-z0-9_-"), (), "order_line"),
        ("Order Line", KeyRule(2, 32, "a-z0-9_-"), ("order_line",), "order_line_2"),
        ("Order Line", KeyRule(2, 32, "a-z0-9_-"), ("order_line", "order_line_2"), "order_line_3"),
        ("ééé", KeyRule(2, 32, "a-z0-9_-"), (), "type"),
        ("", KeyRule(1, 255), (), "type"),
        ("x" * 300, KeyRule(1, 255), (), "x" * 255),
        ("a_" * 500_000, KeyRule(2, 32, "a-z0-9_-"), (), "a_" * 15 + "a"),
    ],
)
def test_suggested_keys(key: str, rule: KeyRule, taken: tuple[str, ...], suggested: str) -> None:
    assert suggest(key, rule, taken) == suggested
    assert rule.allows(suggested)


def test_many_keys_that_begin_alike_are_told_apart() -> None:
    rule = KeyRule(2, 32, "a-z0-9_-")
    taken: set[str] = set()
    for number in range(2_000):
        suggested = suggest(f"a_prefix_that_fills_the_whole_of_the_key_{number}", rule, taken)
        assert rule.allows(suggested)
        taken.add(suggested)
    assert len(taken) == 2_000


def test_no_two_names_share_a_file_even_where_case_is_folded() -> None:
    names = [
        "friend",
        "Friend",
        "FRIEND",
        "best friend",
        "best-friend",
        "best.friend",
        "a/b",
        "a\\b",
        "..",
        "",
        "é",
        "x" * 200,
    ]
    files = [file_name(name).lower() for name in names]
    assert len(set(files)) == len(names)
    assert files[0] == "friend"
    assert all(
        set(each) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-.") and len(each) < 120 for each in files
    )


def label_of(link: Link) -> Sent | LeftOut:
    relationship = link.relationship
    if relationship.symmetric:
        return LeftOut("it has no direction")
    body = {"label": relationship.label, "name": relationship.name}
    path = f"/associations/{link.from_}/{link.to}/labels"
    return Sent(
        (
            Request(
                relationship.name,
                (link.from_, link.to, relationship.name),
                body,
                relationship.name,
                path,
                "name",
            ),
        )
    )


def schema_of(thing: Thing) -> Sent:
    body = {"name": thing.key}
    return Sent((Request(thing.key, (thing.key,), body, thing.object_type.identifier, "/schemas", "name"),))


def test_a_fourth_dialect_is_its_own_knowledge_and_nothing_else() -> None:
    anything = KeyRule(1, 8, "a-z_")
    fourth = make_target(
        Dialect(
            name="fourth",
            vendor="Fourth",
            summary="A dialect made up for this test.",
            capabilities=Capabilities(cardinality="words", label=True, inverse=True),
            name_key="name",
            object_type_schema={"properties": {"name": {"type": "string"}}},
            relationship_type_schema={"properties": {"name": {"type": "string"}}},
            own_types=frozenset(("contact",)),
            object_request=schema_of,
            relationship_requests=label_of,
            object_key=KeyRule(1, 60),
            relationship_key=anything,
            relationship_limit=2,
        )
    )
    text = PLAIN.replace("order: {}", "order: {targets: {fourth: contact}}")
    built = build(text, fourth)
    assert built.at_least_warnings == []
    assert built.files == {
        "fourth/object-types/line_item.json": {"name": "line_item"},
        "fourth/relationship-types/contains.json": {"label": "contains", "name": "contains"},
        "fourth/relationship-types/first.json": {"label": "first", "name": "first"},
        "fourth/requests.json": [
            {
                "method": "POST",
                "path": "/schemas",
                "body_file": "object-types/line_item.json",
                "for": "object_types.line_item",
            },
            *(
                {
                    "method": "POST",
                    "path": "/associations/contact/line_item/labels",
                    "body_file": f"relationship-types/{name}.json",
                    "for": f"relationship_types.{name}",
                }
                for name in ("contains", "first")
            ),
        ],
        "fourth/report.json": [
            {"relationship_type": "contains", "verdict": "exact"},
            {"relationship_type": "first", "verdict": "exact"},
        ],
    }
    more = "  third_one: {from: order, to: line_item, cardinality: one_to_one}\n"
    assert {each.code.number for each in build(text + more, fourth).diagnostics} == {"EW603", "EW604"}
