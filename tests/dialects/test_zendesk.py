"""Zendesk: keys, brackets, the three ways of many to many, schemas of properties, limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from vendor import ZENDESK, build, invalid, marked, person

from edgewise.diagnostics import Severity

OBJECTS = f"""
object_types:
  {person("zendesk")}
  product: {{attributes: {{name: {{type: string}}}}}}
  manufacturer: {{attributes: {{name: {{type: string}}}}}}
  ticket: {{targets: {{zendesk: "zen:ticket"}}}}
"""


def objects_and(relationships: str) -> str:
    return f"{OBJECTS}relationship_types:\n  {relationships}\n"


TICKETS = """
{  "data": {    "key": "product_has_many_tickets",    "source": "product",    "target": ["zen:ticket"]  }}
"""


@pytest.mark.parametrize(
    ("relationship", "example"),
    [
        (
            "users: {from: product, to: person, cardinality: one_to_many}",
            '{  "data": {    "key": "users",    "source": "product",    "target": ["zen:user"]  }}',
        ),
        (
            "manufacturer: {from: product, to: manufacturer, cardinality: one_to_one}",
            '{  "data": {    "key": "manufacturer",    "source": "product",    "target": "manufacturer"  }}',
        ),
        (
            "product_has_many_tickets: {from: product, to: ticket, cardinality: one_to_many}",
            TICKETS,
        ),
        (
            'product_has_many_tickets: {from: product, to: "zen:ticket", cardinality: one_to_many}',
            TICKETS,
        ),
    ],
)
def test_the_examples_of_the_page(relationship: str, example: str) -> None:
    text = objects_and(relationship)
    if "zen:ticket" in relationship:
        text = text.replace('  ticket: {targets: {zendesk: "zen:ticket"}}\n', "")
    body = build(text, ZENDESK).body("zendesk", relationship.partition(":")[0])
    assert json.dumps(body) == json.dumps(json.loads(example))


ONE, MANY = "product", ["product"]


@pytest.mark.parametrize(
    ("cardinality", "source", "target"),
    [
        ("one_to_one", "product", "manufacturer"),
        ("one_to_many", "product", ["manufacturer"]),
        ("many_to_one", ["product"], "manufacturer"),
        ("many_to_many", ["product"], ["manufacturer"]),
        ("{from: 1..*, to: 1}", ["product"], "manufacturer"),
        ("{from: 0..1, to: 2..5}", "product", ["manufacturer"]),
    ],
)
@pytest.mark.parametrize("mode", ["brackets", "two_types", "refuse", None])
def test_brackets(cardinality: str, source: object, target: object, mode: str | None) -> None:
    text = objects_and(
        f"made: {{from: product, to: manufacturer, cardinality: {cardinality}, inverse: makes}}"
    )
    built = build(text, ZENDESK, options={"many_to_many": mode} if mode else {})
    bodies = {
        path.rpartition("/")[2]: body for path, body in built.files.items() if "relationship-types" in path
    }
    whole = {"data": {"key": "made", "source": source, "target": target}}
    if cardinality != "many_to_many" or mode in {"brackets", None}:
        assert bodies == {"made.json": whole}
    elif mode == "refuse":
        assert bodies == {}
        assert "`many_to_many: refuse`" in built.report("zendesk")["made"]["reason"]
    else:
        assert bodies == {
            "made.json": {"data": {"key": "made", "source": "product", "target": ["manufacturer"]}},
            "made.inverse.json": {"data": {"key": "makes", "source": "manufacturer", "target": ["product"]}},
        }
    assert invalid(built.files) == []


@pytest.mark.parametrize(
    ("stated", "second", "losses"),
    [
        ("inverse: makes", "makes", []),
        ("inverse: makes, targets: {zendesk: {inverse_key: of_maker}}", "of_maker", ["inverse"]),
        ("targets: {zendesk: {inverse_key: of_maker}}", "of_maker", []),
        ("label: made", "made_inverse", []),
        ("targets: {zendesk: builds}", "builds_inverse", []),
    ],
)
def test_the_key_of_the_second_type(stated: str, second: str, losses: list[str]) -> None:
    text = objects_and(f"made: {{from: product, to: manufacturer, cardinality: many_to_many, {stated}}}")
    built = build(text, ZENDESK, options={"many_to_many": "two_types"})
    assert built.body("zendesk", "made.inverse")["data"]["key"] == second
    assert built.losses("zendesk", "made") == losses
    requests = [each["body_file"] for each in built.files["zendesk/requests.json"][-2:]]
    assert requests == ["relationship-types/made.json", "relationship-types/made.inverse.json"]


def test_refusing_what_asks_for_zendesk_is_an_error() -> None:
    text = objects_and(
        "made: {from: product, to: manufacturer, cardinality: many_to_many, targets: {zendesk: makes}}"
    )
    error = build(text, ZENDESK, options={"many_to_many": "refuse"}).only("EW601")
    assert marked(text, error) == "8: zendesk"


def test_the_key_is_stated_or_the_name() -> None:
    text = objects_and(
        "a_b: {from: product, to: manufacturer, cardinality: one_to_one, targets: {zendesk: 2019-car}}\n"
        "  c_d: {from: product, to: manufacturer, cardinality: one_to_one}"
    )
    built = build(text, ZENDESK)
    assert built.body("zendesk", "a_b")["data"]["key"] == "2019-car"
    assert built.body("zendesk", "c_d")["data"]["key"] == "c_d"


ATTRIBUTES = """
object_types:
  thing:
    attributes:
      plain: {type: string}
      short: {type: string, max_length: 8, required: true, description: A short one.}
      long: {type: text}
      whole: {type: integer, required: true, default: 3}
      real: {type: number}
      price: {type: decimal, precision: 12, scale: 2}
      count: {type: decimal, precision: 5, scale: 0}
      share: {type: decimal, precision: 4, scale: 4}
      yes_no: {type: boolean}
      day: {type: date}
      moment: {type: datetime}
      token: {type: uuid}
      anything: {type: json}
      color: {enum: [red, blue]}
"""


def test_properties_from_attributes() -> None:
    built = build(ATTRIBUTES, ZENDESK)
    text: dict[str, Any] = {"type": "string"}
    schema = built.files["zendesk/object-types/thing.json"]["data"]["schema"]
    assert schema == {
        "properties": {
            "plain": {**text, "maxLength": 255},
            "short": {**text, "description": "A short one.", "maxLength": 8},
            "long": text,
            "whole": {"type": "integer"},
            "real": {"type": "number"},
            "price": {**text, "pattern": r"^-?[0-9]{1,10}(\.[0-9]{1,2})?$"},
            "count": {**text, "pattern": r"^-?[0-9]{1,5}$"},
            "share": {**text, "pattern": r"^-?[0-9]{1,1}(\.[0-9]{1,4})?$"},
            "yes_no": {"type": "boolean"},
            "day": {**text, "format": "date"},
            "moment": {**text, "format": "date-time"},
            "token": {**text, "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
            "anything": text,
            "color": {**text, "enum": ["red", "blue"]},
        },
        "required": ["short", "whole"],
    }
    assert list(schema["properties"])[:3] == ["plain", "short", "long"]
    assert invalid(built.files) == []
    note = built.only("EW608")
    assert marked(ATTRIBUTES, note) == "17: anything"


def test_an_object_type_without_attributes_gets_a_name() -> None:
    text = """
    object_types:
      household: {}
    """
    built = build(text, ZENDESK)
    assert built.files["zendesk/object-types/household.json"] == {
        "data": {"key": "household", "schema": {"properties": {"name": {"type": "string"}}}}
    }
    note = built.only("EW608")
    assert note.severity is Severity.NOTE
    assert marked(text, note) == "3: household"


def test_zendesks_own_types_are_never_created() -> None:
    built = build(objects_and("users: {from: product, to: person, cardinality: one_to_many}"), ZENDESK)
    assert [path for path in built.files if "object-types" in path] == [
        "zendesk/object-types/manufacturer.json",
        "zendesk/object-types/product.json",
    ]


def test_the_ten_own_types_stand_as_ends_without_being_declared() -> None:
    own = ("user", "ticket", "article", "organization", "group", "chat", "brand", "lead", "contact", "deal")
    text = objects_and(
        "\n  ".join(
            f'to_{name}: {{from: product, to: "zen:{name}", cardinality: one_to_many}}' for name in own
        )
    )
    built = build(text.replace('"zen:user"', "z_user", 1).replace('"zen:ticket"', "z_ticket", 1), ZENDESK)
    assert built.at_least_warnings == []
    assert [built.body("zendesk", f"to_{name}")["data"]["target"] for name in own] == [
        [f"zen:{name}"] for name in own
    ]


def test_a_key_that_is_too_long_comes_with_a_short_one() -> None:
    text = objects_and(
        "organization_subscribes_to_newsletters_of: "
        "{from: product, to: manufacturer, cardinality: one_to_one}\n"
        "  b: {from: product, to: manufacturer, cardinality: one_to_one}\n"
        "  c_d: {from: product, to: manufacturer, cardinality: one_to_one, "
        "targets: {zendesk: {key: Ünfit Key}}}"
    )
    built = build(text, ZENDESK)
    long, short, odd = sorted(built.said("EW603"), key=lambda each: each.at)
    assert marked(text, long) == "8: organization_subscribes_to_newsletters_of"
    assert long.label == "41 long; a key has 2 to 32 characters of `a-z0-9_-`"
    assert long.help == "for example `targets: {zendesk: {key: orgnztn_sbscrbs_to_nwslttrs_of}}`"
    assert marked(text, short) == "9: b"
    assert short.help == "for example `targets: {zendesk: {key: b_type}}`"
    assert marked(text, odd) == "10: Ünfit Key"
    assert [edit.text for edit in odd.fix] == ["nfit_key"]
    assert built.files == {}


def test_a_suggested_key_is_free_and_fits() -> None:
    names = [f"{'very_long_name_of_a_relationship_type'}_{letter}" for letter in "abc"]
    text = objects_and(
        "\n  ".join(f"{name}: {{from: product, to: manufacturer, cardinality: one_to_one}}" for name in names)
    )
    suggested = [each.help.split("key: ")[1].rstrip("}`") for each in build(text, ZENDESK).said("EW603")]
    assert len(set(suggested)) == 3
    assert all(2 <= len(each) <= 32 for each in suggested)
    short = text
    for name, key in zip(names, suggested, strict=True):
        short = short.replace(f"{name}: {{", f"{name}: {{targets: {{zendesk: {key}}}, ")
    assert build(short, ZENDESK).at_least_warnings == []


def test_an_object_types_key_is_told_once_however_often_it_is_used() -> None:
    text = """
    object_types:
      an_object_type_with_a_name_that_is_too_long: {}
      other: {}
    relationship_types:
      one: {from: other, to: an_object_type_with_a_name_that_is_too_long, cardinality: one_to_one}
      two: {from: other, to: an_object_type_with_a_name_that_is_too_long, cardinality: many_to_one}
    """
    error = build(text, ZENDESK).only("EW603")
    assert marked(text, error) == "3: an_object_type_with_a_name_that_is_too_long"


def test_a_misspelt_own_type_is_recognised() -> None:
    text = """
    object_types:
      person: {targets: {zendesk: "zen:users"}}
    """
    error = build(text, ZENDESK).only("EW603")
    assert error.help == "for example `targets: {zendesk: {key: zen:user}}`"
    assert marked(text, error) == '3: "zen:users"'


def test_one_key_twice() -> None:
    text = objects_and(
        "made: {from: product, to: manufacturer, cardinality: one_to_one}\n"
        "  other: {from: product, to: manufacturer, cardinality: one_to_one, targets: {zendesk: {key: made}}}"
    )
    error = build(text, ZENDESK).only("EW605")
    assert error.message == "`other` and `made` are one relationship type in Zendesk: `made`"
    assert marked(text, error) == "9: made"
    assert marked(text, error.related[0]) == "8: made"


def test_object_types_and_relationship_types_have_separate_keys() -> None:
    text = objects_and("manufacturer: {from: product, to: manufacturer, cardinality: one_to_one}")
    assert build(text, ZENDESK).at_least_warnings == []


def test_the_second_of_two_types_may_meet_another_or_the_first() -> None:
    text = objects_and(
        "made: {from: product, to: manufacturer, cardinality: many_to_many, inverse: makes}\n"
        "  makes: {from: product, to: manufacturer, cardinality: one_to_one}\n"
        "  same: {from: product, to: manufacturer, cardinality: many_to_many, "
        "targets: {zendesk: {inverse_key: same}}}"
    )
    assert build(text, ZENDESK).said("EW605") == []
    first, second = build(text, ZENDESK, options={"many_to_many": "two_types"}).said("EW605")
    assert first.message == "`makes` and `made` are one relationship type in Zendesk: `makes`"
    assert second.message == "`same` makes two relationship types of Zendesk's that are one: `same`"
    assert marked(text, second) == "10: same"


def test_two_object_types_that_are_one_of_zendesks_own() -> None:
    text = objects_and('r_s: {from: product, to: "zen:user", cardinality: one_to_many}')
    error = build(text, ZENDESK).only("EW605")
    assert error.message == "`person` and `zen:user` are both Zendesk's `zen:user`"
    assert marked(text, error) == '3: "zen:user"'


def test_a_type_related_to_itself_is_a_warning() -> None:
    text = objects_and(
        "part_of: {from: product, to: product, cardinality: many_to_one}\n"
        "  knows: {from: person, to: person, cardinality: many_to_many, targets: {zendesk: false}}"
    )
    built = build(text, ZENDESK)
    warning = built.only("EW607")
    assert warning.severity is Severity.WARNING
    assert marked(text, warning) == "8: part_of"
    assert built.body("zendesk", "part_of")["data"] == {
        "key": "part_of",
        "source": ["product"],
        "target": "product",
    }


def catalog_of(objects: int, relationships: int, cardinality: str = "one_to_one") -> str:
    return "\n".join(
        [
            "object_types:",
            *(f"  object_{number}: {{attributes: {{name: {{type: string}}}}}}" for number in range(objects)),
            "relationship_types:",
            *(
                f"  relation_{number}: {{from: object_0, to: object_1, cardinality: {cardinality}}}"
                for number in range(relationships)
            ),
        ]
    )


def test_fifty_of_each_are_taken() -> None:
    built = build(catalog_of(50, 50), ZENDESK)
    assert built.at_least_warnings == []
    assert len(built.files["zendesk/requests.json"]) == 100


@pytest.mark.parametrize(
    ("objects", "relationships", "messages"),
    [
        (51, 50, ["Zendesk takes 50 object types an account and this catalog makes 51: 1 too many"]),
        (50, 63, ["Zendesk takes 50 relationship types an account and this catalog makes 63: 13 too many"]),
        (
            52,
            51,
            [
                "Zendesk takes 50 object types an account and this catalog makes 52: 2 too many",
                "Zendesk takes 50 relationship types an account and this catalog makes 51: 1 too many",
            ],
        ),
    ],
)
def test_more_than_fifty_are_too_many(objects: int, relationships: int, messages: list[str]) -> None:
    built = build(catalog_of(objects, relationships), ZENDESK)
    errors = built.said("EW604")
    assert [each.message for each in errors] == messages
    assert {(each.at, each.severity) for each in errors} == {(None, Severity.ERROR)}
    assert built.files == {}


def test_losses_are_not_told_of_what_cannot_be_sent_at_all() -> None:
    lossy = "relation_1: {description: D., "
    assert len(build(catalog_of(2, 50).replace("relation_1: {", lossy), ZENDESK).said("EW602")) == 1
    assert build(catalog_of(2, 51).replace("relation_1: {", lossy), ZENDESK).said("EW602") == []


def test_two_types_count_twice() -> None:
    text = catalog_of(2, 26, "many_to_many")
    assert build(text, ZENDESK).said("EW604") == []
    error = build(text, ZENDESK, options={"many_to_many": "two_types"}).only("EW604")
    assert error.message.endswith("52: 2 too many")


def test_what_is_left_out_does_not_count() -> None:
    text = catalog_of(2, 51).replace("relation_7: {", "relation_7: {targets: {zendesk: false}, ")
    assert build(text, ZENDESK).at_least_warnings == []


def test_a_schema_of_more_than_32_kilobytes_is_too_large() -> None:
    long = "d" * 900
    attributes = "\n".join(f"      a{number}: {{type: text, description: {long}}}" for number in range(40))
    text = f"object_types:\n  thing:\n    attributes:\n{attributes}\n"
    error = build(text, ZENDESK).only("EW604")
    assert marked(text, error) == "2: thing"


def test_the_removal_is_told_once() -> None:
    built = build(catalog_of(2, 2), ZENDESK)
    removal, no_update = built.said("EW606")
    assert {(each.at, each.severity) for each in (removal, no_update)} == {(None, Severity.NOTE)}
    assert "2026" in removal.message
    assert "deleted there and created anew" in no_update.message


def test_losses() -> None:
    text = objects_and(
        "made: {from: product, to: manufacturer, cardinality: {from: 1..*, to: 0..1}, inverse: makes, "
        "role: x, description: D., group: g, attributes: {a: {type: string}}, acyclic: false}\ngroups: {g: }"
    )
    built = build(text, ZENDESK)
    assert built.losses("zendesk", "made") == [
        "minimum",
        "inverse",
        "attributes",
        "role",
        "description",
        "group",
    ]
    assert marked(text, built.only("EW602")) == "8: made"
