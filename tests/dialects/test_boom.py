"""Boom: kinds, roles, what is turned round, cardinality words, descriptions, and what cannot be said."""

from __future__ import annotations

import json

import pytest
from vendor import BOOM, build, invalid, marked, person

from edgewise.diagnostics import Severity

OBJECTS = f"""
object_types:
  {person("boom")}
  order: {{description: A purchase.}}
  line_item: {{}}
  household: {{}}
"""


def objects_and(relationships: str) -> str:
    return f"{OBJECTS}relationship_types:\n  {relationships}\n"


def body(relationship: str, name: str = "r") -> dict[str, object]:
    built = build(objects_and(relationship), BOOM)
    assert built.at_least_warnings == []
    assert invalid(built.files) == []
    found: dict[str, object] = built.body("boom", name)
    return found


def test_the_example_of_a_person_and_an_object() -> None:
    text = objects_and(
        "placed: {from: person, to: order, cardinality: one_to_many, inverse: placed_by, "
        "description: A person placed many orders.}"
    )
    assert json.dumps(build(text, BOOM).body("boom", "placed"), separators=(",", ":")) == (
        '{"kind":"person_to_co","role":"placed","customObjectType":"order","cardinality":"ONE_TO_MANY",'
        '"description":"A person placed many orders.","bidirectional":true}'
    )


def test_the_example_of_two_objects() -> None:
    text = objects_and(
        "contains: {from: order, to: line_item, cardinality: one_to_many, "
        "targets: {boom: {description: false}}}"
    )
    assert json.dumps(build(text, BOOM).body("boom", "contains"), separators=(",", ":")) == (
        '{"kind":"co_to_co","role":"contains","parentCustomObjectType":"order",'
        '"childCustomObjectType":"line_item","cardinality":"ONE_TO_MANY","bidirectional":false}'
    )


@pytest.mark.parametrize(
    ("cardinality", "word"),
    [
        ("one_to_one", "ONE_TO_ONE"),
        ("one_to_many", "ONE_TO_MANY"),
        ("many_to_one", "MANY_TO_ONE"),
        ("many_to_many", "MANY_TO_MANY"),
        ("{from: 1..*, to: 0..1}", "MANY_TO_ONE"),
        ("{from: 0..1, to: 2..5}", "ONE_TO_MANY"),
    ],
)
def test_cardinality_is_one_of_four_words(cardinality: str, word: str) -> None:
    assert body(f"r: {{from: person, to: order, cardinality: {cardinality}}}")["cardinality"] == word


def test_a_cardinality_that_is_not_stated_is_not_sent() -> None:
    built = build(objects_and("r: {from: person, to: order}"), BOOM)
    assert "cardinality" not in built.body("boom", "r")


@pytest.mark.parametrize(
    ("cardinality", "word"),
    [
        ("one_to_one", "ONE_TO_ONE"),
        ("one_to_many", "MANY_TO_ONE"),
        ("many_to_one", "ONE_TO_MANY"),
        ("many_to_many", "MANY_TO_MANY"),
    ],
)
def test_what_ends_at_the_person_is_sent_as_its_inverse(cardinality: str, word: str) -> None:
    found = body(
        f"r: {{from: order, to: person, cardinality: {cardinality}, inverse: bought, description: D.}}"
    )
    assert found == {
        "kind": "person_to_co",
        "role": "bought",
        "customObjectType": "order",
        "cardinality": word,
        "description": "D.",
        "bidirectional": True,
    }


def test_a_stated_role_goes_before_the_inverse_and_may_take_its_place() -> None:
    turned = "r: {from: order, to: person, cardinality: many_to_one, %stargets: {boom: {role: has}}}"
    assert body(turned % "inverse: bought, ")["role"] == "has"
    assert body(turned % "")["role"] == "has"


def test_what_is_turned_round_loses_its_own_name_and_not_the_inverse() -> None:
    text = objects_and("r: {from: order, to: person, cardinality: many_to_one, inverse: bought, role: x}")
    assert build(text, BOOM).losses("boom", "r") == ["name", "role", "description"]
    text = objects_and(
        "r: {from: order, to: person, cardinality: many_to_one, inverse: bought, targets: {boom: {role: x}}}"
    )
    assert build(text, BOOM).losses("boom", "r") == ["inverse", "name", "description"]


@pytest.mark.parametrize(
    ("stated", "role"),
    [
        ("", "r"),
        (", role: declared", "declared"),
        (", role: declared, targets: {boom: {role: stated}}", "stated"),
        (", targets: {boom: stated}", "stated"),
        (", targets: {boom: Any Spelling!}", "Any Spelling!"),
    ],
)
def test_role(stated: str, role: str) -> None:
    assert body(f"r: {{from: person, to: order, cardinality: one_to_many{stated}}}")["role"] == role


@pytest.mark.parametrize(
    ("stated", "bidirectional"),
    [
        ("to: order", False),
        ("to: order, inverse: s", True),
        ("to: order, inverse: s, targets: {boom: {bidirectional: false}}", False),
        ("to: order, targets: {boom: {bidirectional: true}}", True),
    ],
)
def test_bidirectional(stated: str, bidirectional: bool) -> None:
    found = body(f"r: {{from: line_item, {stated}, cardinality: one_to_many}}")
    assert found["bidirectional"] is bidirectional


def test_a_symmetric_one_is_bidirectional() -> None:
    found = body("r: {from: order, to: order, cardinality: many_to_many, symmetric: true}")
    assert found["bidirectional"] is True


def test_a_description_that_is_missing_is_the_two_sentences() -> None:
    found = body("placed: {from: person, to: order, cardinality: one_to_many, inverse: placed_by}", "placed")
    assert found["description"] == (
        "A person placed any number of orders. Each order was placed by at most one person."
    )


def test_two_sentences_that_are_too_long_are_a_loss_and_never_cut() -> None:
    long = "o" * 255
    text = f"""
    object_types: {{a: {{label: {long}, plural: {long}}}, b: {{label: {long}, plural: {long}}}}}
    relationship_types: {{r: {{from: a, to: b, cardinality: many_to_many}}}}
    """
    built = build(text, BOOM)
    assert "description" not in built.body("boom", "r")
    assert built.losses("boom", "r") == ["description"]
    assert "more than 1000 characters" in built.only("EW602").message


def test_a_description_of_a_thousand_characters_is_sent_whole() -> None:
    long = "d" * 1000
    assert (
        body(f"r: {{from: person, to: order, cardinality: one_to_many, description: {long}}}")["description"]
        == long
    )


def test_no_description_on_request_loses_the_declared_one() -> None:
    relationship = (
        "r: {from: person, to: order, cardinality: one_to_many, description: D., "
        "targets: {boom: {description: false}}}"
    )
    built = build(objects_and(relationship), BOOM)
    assert "description" not in built.body("boom", "r")
    assert built.losses("boom", "r") == ["description"]


def test_object_types() -> None:
    text = f"""
    object_types:
      {person("boom")}
      order: {{description: A purchase., label: purchase, targets: {{boom: Purchase}}}}
      line_item: {{}}
      secret: {{targets: {{boom: false}}}}
    relationship_types:
      contains: {{from: order, to: line_item, cardinality: one_to_many}}
      explains: {{from: "zen:article", to: order, cardinality: many_to_many}}
    """
    built = build(text)
    objects = {path: each for path, each in built.files.items() if path.startswith("boom/object-types/")}
    assert objects == {
        "boom/object-types/line_item.json": {"name": "line_item", "displayName": "line item"},
        "boom/object-types/order.json": {
            "name": "Purchase",
            "displayName": "purchase",
            "description": "A purchase.",
        },
        "boom/object-types/zen_article.json": {"name": "zen_article", "displayName": "article"},
    }
    assert built.body("boom", "contains")["parentCustomObjectType"] == "Purchase"
    assert built.body("boom", "explains")["parentCustomObjectType"] == "zen_article"


def test_requests_are_ordered() -> None:
    text = objects_and("placed: {from: person, to: order, cardinality: one_to_many}")
    assert build(text, BOOM).files["boom/requests.json"] == [
        *(
            {
                "method": "POST",
                "path": "/api/v1/cdp/custom-objects/types",
                "body_file": f"object-types/{name}.json",
                "for": f"object_types.{name}",
            }
            for name in ("household", "line_item", "order")
        ),
        {
            "method": "POST",
            "path": "/api/v1/cdp/relationship-types",
            "body_file": "relationship-types/placed.json",
            "for": "relationship_types.placed",
        },
    ]


@pytest.mark.parametrize(
    ("object_types", "from_", "kind"),
    [
        ("{person: {}}", "person", "person_to_co"),
        ("{person: {targets: {boom: {name: person}}}}", "person", "person_to_co"),
        ("{person: {targets: {boom: human}}}", "person", "co_to_co"),
        ("{customer: {targets: {boom: person}}}", "customer", "person_to_co"),
        ("{customer: {}}", "customer", "co_to_co"),
    ],
)
def test_who_the_person_is(object_types: str, from_: str, kind: str) -> None:
    text = f"""
    object_types: {object_types}
    relationship_types: {{r: {{from: {from_}, to: order, cardinality: one_to_many}}}}
    ---
    object_types: {{order: }}
    """
    assert build(text, BOOM).body("boom", "r")["kind"] == kind


PERSONS = "knows: {from: person, to: person, cardinality: many_to_many, symmetric: true%s}"
UNNAMED = "paid_by: {from: order, to: person, cardinality: many_to_one%s}"


@pytest.mark.parametrize("relationship", [PERSONS, UNNAMED])
def test_what_cannot_be_said_is_left_out_with_a_note(relationship: str) -> None:
    text = objects_and(f"other: {{from: person, to: order, cardinality: one_to_many}}\n  {relationship % ''}")
    built = build(text, BOOM)
    name = relationship.partition(":")[0]
    (note,) = [each for each in built.said("EW602") if f"`{name}` is not sent to Boom" in each.message]
    assert note.severity is Severity.NOTE
    assert marked(text, note) == f"9: {name}"
    assert f"boom/relationship-types/{name}.json" not in built.files
    assert built.report("boom")[name]["verdict"] == "left out"


@pytest.mark.parametrize("relationship", [PERSONS, UNNAMED])
def test_what_asks_for_boom_and_cannot_be_said_is_an_error(relationship: str) -> None:
    text = objects_and(relationship % ", targets: {boom: {bidirectional: true}}")
    built = build(text, BOOM)
    error = built.only("EW601")
    assert error.severity is Severity.ERROR
    assert marked(text, error) == "8: boom"
    assert built.files == {}


def test_false_leaves_out_without_a_word() -> None:
    built = build(objects_and(PERSONS % ", targets: {boom: false}"), BOOM)
    assert built.diagnostics == []
    assert built.report("boom") == {
        "knows": {"verdict": "left out", "reason": "`targets: {boom: false}` says so"}
    }


def test_two_persons() -> None:
    text = """
    object_types:
      customer: {targets: {boom: person}}
      person: {}
      visitor: {targets: {boom: {name: person}}}
    """
    first, second = build(text, BOOM).said("EW605")
    assert first.message == "`person` and `customer` are both Boom's `person`"
    assert marked(text, first) == "4: person"
    assert marked(text, first.related[0]) == "3: customer"
    assert marked(text, second) == "5: person"


def test_one_identity_twice() -> None:
    text = objects_and(
        "a: {from: person, to: order, cardinality: one_to_many, targets: {boom: {role: bought}}}\n"
        "  b: {from: order, to: person, cardinality: many_to_one, inverse: bought}\n"
        "  c: {from: person, to: line_item, cardinality: one_to_many, targets: {boom: {role: bought}}}"
    )
    built = build(text, BOOM)
    error = built.only("EW605")
    assert error.message == "`b` and `a` are one relationship type in Boom: `person_to_co` `bought` `order`"
    assert marked(text, error) == "9: bought"
    assert "boom: {role: ...}" in error.help


def test_two_object_types_with_one_name() -> None:
    text = """
    object_types:
      one: {targets: {boom: same}}
      same: {}
    """
    error = build(text, BOOM).only("EW605")
    assert error.message == "`same` and `one` are one object type in Boom: `same`"
    assert marked(text, error) == "4: same"


@pytest.mark.parametrize("role", ['""', "x" * 256])
def test_a_role_has_up_to_255_characters(role: str) -> None:
    text = objects_and(
        f"r: {{from: person, to: order, cardinality: one_to_many, targets: {{boom: {{role: {role}}}}}}}"
    )
    error = build(text, BOOM).only("EW603")
    assert marked(text, error) == f"8: {role}"
    assert len(error.message) < 150


def test_the_vendor_notice_is_told_once() -> None:
    built = build(
        objects_and(
            "a: {from: person, to: order, cardinality: one_to_many}\n"
            "  b: {from: order, to: order, cardinality: many_to_one}"
        ),
        BOOM,
    )
    notice = built.only("EW606")
    assert notice.severity is Severity.NOTE
    assert notice.at is None
    assert "nothing can be cleared or deleted" in notice.message


def test_losses_are_one_note_each() -> None:
    text = objects_and(
        "placed: {from: person, to: order, cardinality: {from: 1, to: 0..3}, inverse: placed_by, "
        "attributes: {channel: {type: text}}, on_delete: restrict, group: sales, "
        "deprecated: {reason: old}, description: D.}\ngroups: {sales: }"
    )
    built = build(text, BOOM)
    note = built.only("EW602")
    assert marked(text, note) == "8: placed"
    assert built.losses("boom", "placed") == [
        "minimum",
        "maximum",
        "inverse",
        "attributes",
        "on_delete",
        "group",
        "deprecated",
    ]
    assert note.message == (
        "`placed` loses in Boom: minimum 1 on from dropped, 0..3 on to widened to many, "
        "inverse name dropped, attributes dropped, on_delete: restrict dropped, group dropped, "
        "deprecated dropped"
    )


def test_what_loses_nothing_is_exact() -> None:
    built = build(
        objects_and("r: {from: person, to: order, cardinality: one_to_many, description: D.}"), BOOM
    )
    assert built.said("EW602") == []
    assert built.report("boom") == {"r": {"verdict": "exact"}}


def test_a_derived_one_is_sent_as_an_ordinary_one_and_says_so() -> None:
    text = objects_and(
        "placed: {from: person, to: order, cardinality: one_to_many}\n"
        "  contains: {from: order, to: line_item, cardinality: one_to_many}\n"
        "  bought: {via: [placed, contains]}"
    )
    built = build(text, BOOM)
    assert built.body("boom", "bought") == {
        "kind": "person_to_co",
        "role": "bought",
        "customObjectType": "line_item",
        "cardinality": "ONE_TO_MANY",
        "description": built.body("boom", "bought")["description"],
        "bidirectional": False,
    }
    assert built.report("boom")["bought"]["losses"] == [
        {"kind": "via", "text": "its steps dropped, as if it were stored"},
        {"kind": "description", "text": "description filled in with the two sentences"},
    ]
