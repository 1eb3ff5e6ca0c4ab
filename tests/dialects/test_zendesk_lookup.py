"""Zendesk's lookup fields: where they stand, what many to many takes, fields of attributes, limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from vendor import Built, build, invalid, marked, run, validator

from edgewise.diagnostics import Severity
from edgewise.place import Source
from edgewise_targets.zendesk_lookup import BUILT_INS, TARGET

NAME = "zendesk_lookup"
OBJECTS = """
object_types:
  person: {plural: people, targets: {zendesk_lookup: "zen:user"}}
  firm: {targets: {zendesk_lookup: "zen:organization"}}
  vehicle: {label: Vehicle}
  service_entry: {label: Service entry, plural: service entries}
"""


def of(relationships: str) -> str:
    return f"{OBJECTS}relationship_types:\n  {relationships}\n"


def paths(built: Built, name: str) -> list[str]:
    """Return where the requests of a relationship type are posted, in order."""
    subject = f"relationship_types.{name}"
    return [each["path"] for each in built.files[f"{NAME}/requests.json"] if each["for"] == subject]


def test_the_example_of_the_page_on_migrating() -> None:
    """One vehicle has many service entries: these have a lookup field that points to the vehicle."""
    text = of("vehicle: {from: service_entry, to: vehicle, cardinality: many_to_one, label: Vehicle}")
    built = build(text, TARGET)
    assert built.body(NAME, "vehicle") == {
        "custom_object_field": {
            "key": "vehicle",
            "title": "Vehicle",
            "type": "lookup",
            "relationship_target_type": "zen:custom_object:vehicle",
        }
    }
    assert paths(built, "vehicle") == ["/api/v2/custom_objects/service_entry/fields"]
    assert built.files[f"{NAME}/object-types/service_entry.json"] == {
        "custom_object": {
            "key": "service_entry",
            "title": "Service entry",
            "title_pluralized": "service entries",
        }
    }
    assert built.report(NAME) == {"vehicle": {"verdict": "exact"}}
    assert invalid(built.files) == []


def test_the_example_of_the_page_on_lookups() -> None:
    example = """
    { "ticket_field": {
        "type": "lookup",  "title": "Success Manager",  "relationship_target_type": "zen:user"  }  }
    """
    text = of('m: {from: "zen:ticket", to: person, cardinality: many_to_one, label: Success Manager}')
    assert build(text, TARGET).body(NAME, "m") == json.loads(example)


@pytest.mark.parametrize(
    ("relationship", "path", "key", "target"),
    [
        ("r: {from: vehicle, to: firm, cardinality: many_to_one}", "vehicle", "r", "zen:organization"),
        ("r: {from: vehicle, to: person, cardinality: one_to_one}", "vehicle", "r", "zen:user"),
        ("r: {from: vehicle, to: service_entry, cardinality: one_to_many}", "service_entry", "r", "vehicle"),
        (
            "r: {from: vehicle, to: service_entry, cardinality: one_to_many, inverse: of_vehicle}",
            "service_entry",
            "of_vehicle",
            "vehicle",
        ),
        (
            "r: {from: vehicle, to: service_entry, cardinality: one_to_many, targets: {zendesk_lookup: my}}",
            "service_entry",
            "my",
            "vehicle",
        ),
        ("r: {from: vehicle, to: vehicle, cardinality: many_to_one}", "vehicle", "r", "vehicle"),
        ('r: {from: vehicle, to: "zen:brand", cardinality: many_to_one}', "vehicle", "r", "zen:brand"),
        # An article holds no field, so the other end of a one to one does.
        ('r: {from: "zen:article", to: vehicle, cardinality: one_to_one}', "vehicle", "r", "zen:article"),
    ],
)
def test_the_lookup_field_stands_on_the_many_side(
    relationship: str, path: str, key: str, target: str
) -> None:
    built = build(of(relationship), TARGET)
    field = built.body(NAME, "r")["custom_object_field"]
    assert field["key"] == key
    assert field["relationship_target_type"].removeprefix("zen:custom_object:") == target
    assert paths(built, "r") == [f"/api/v2/custom_objects/{path}/fields"]
    assert invalid(built.files) == []


@pytest.mark.parametrize(
    ("holder", "path", "envelope"),
    [
        ("person", "/api/v2/user_fields", "user_field"),
        ("firm", "/api/v2/organization_fields", "organization_field"),
        ('"zen:ticket"', "/api/v2/ticket_fields", "ticket_field"),
    ],
)
def test_zendesks_own_types_hold_lookups_by_endpoints_of_their_own(
    holder: str, path: str, envelope: str
) -> None:
    built = build(
        of(f"r: {{from: {holder}, to: person, cardinality: many_to_one, label: Manager, description: D.}}"),
        TARGET,
    )
    key: dict[str, Any] = {} if envelope == "ticket_field" else {"key": "r"}
    described = "agent_description" if envelope == "ticket_field" else "description"
    field = {"title": "Manager", "type": "lookup", "relationship_target_type": "zen:user", described: "D."}
    assert built.body(NAME, "r") == {envelope: key | field}
    assert paths(built, "r") == [path]
    assert built.losses(NAME, "r") == (
        ["reflexive"] if holder == "person" else ["key"] if envelope == "ticket_field" else []
    )
    assert invalid(built.files) == []


@pytest.mark.parametrize(
    ("from_", "to", "cardinality", "reason"),
    [
        ('"zen:group"', "vehicle", "many_to_one", "no lookup field leads from `zen:group` to `vehicle`"),
        ("vehicle", '"zen:chat"', "many_to_one", "no lookup field leads from `vehicle` to `zen:chat`"),
        ("person", '"zen:article"', "many_to_one", "no lookup field leads from `zen:user` to `zen:article`"),
        ("vehicle", '"zen:lead"', "many_to_many", "no lookup field leads from `r` to `zen:lead`"),
        ('"zen:article"', "vehicle", "many_to_one", "no lookup field leads from `zen:article` to `vehicle`"),
    ],
)
def test_what_has_no_lookup_is_left_out(from_: str, to: str, cardinality: str, reason: str) -> None:
    text = of(f"r: {{from: {from_}, to: {to}, cardinality: {cardinality}}}")
    built = build(text, TARGET)
    assert built.report(NAME) == {"r": {"verdict": "left out", "reason": reason}}
    asking = text.replace(
        f"cardinality: {cardinality}", f"cardinality: {cardinality}, targets: {{{NAME}: r}}"
    )
    assert marked(asking, build(asking, TARGET).only("EW601")) == f"8: {NAME}"


MANY = (
    "drives: {from: person, to: vehicle, cardinality: many_to_many, label: drives, description: Who drives., "
    "attributes: {since: {type: date}, level: {enum: [new, old]}}}"
)


def test_many_to_many_is_a_custom_object_with_two_lookups_and_the_attributes() -> None:
    built = build(of(MANY), TARGET)
    field = "custom_object_field"
    assert built.body(NAME, "drives") == {
        "custom_object": {
            "key": "drives",
            "title": "drives link",
            "title_pluralized": "drives links",
            "description": "Who drives.",
        }
    }
    assert built.body(NAME, "drives.from_user")[field]["relationship_target_type"] == "zen:user"
    assert built.body(NAME, "drives.to_vehicle")[field]["relationship_target_type"] == (
        "zen:custom_object:vehicle"
    )
    assert built.body(NAME, "drives.since")[field]["type"] == "date"
    fields = "/api/v2/custom_objects/drives/fields"
    assert paths(built, "drives") == ["/api/v2/custom_objects", fields, fields, fields, fields]
    assert built.losses(NAME, "drives") == ["pair"]
    assert invalid(built.files) == []


def test_many_to_many_between_records_of_one_type_has_two_lookups_too() -> None:
    built = build(of("knows: {from: person, to: person, cardinality: many_to_many, symmetric: true}"), TARGET)
    assert {"knows.from_user", "knows.to_user"} <= {
        path.rpartition("/")[2].removesuffix(".json") for path in built.files
    }
    assert built.losses(NAME, "knows") == ["symmetric", "pair"]


def test_many_to_many_can_be_refused() -> None:
    built = build(of(MANY), TARGET, options={"many_to_many": "refuse"})
    assert "`many_to_many: refuse`" in built.report(NAME)["drives"]["reason"]


def test_the_custom_object_of_many_to_many_has_a_key_among_custom_objects() -> None:
    text = of("vehicle: {from: person, to: firm, cardinality: many_to_many}")
    error = build(text, TARGET).only("EW605")
    assert error.message == "`vehicle` and `vehicle` are one object type in Zendesk (lookup): `vehicle`"
    assert marked(text, error) == "8: vehicle"


def test_a_lookup_may_not_have_the_key_of_an_attributes_field() -> None:
    text = """
    object_types:
      vehicle: {attributes: {owner: {type: string}}}
      keeper: {}
    relationship_types:
      owner: {from: vehicle, to: keeper, cardinality: many_to_one}
    """
    error = build(text, TARGET).only("EW605")
    assert marked(text, error) == "6: owner"
    assert "`vehicle` `owner`" in error.message


@pytest.mark.parametrize(
    ("cardinality", "losses"),
    [
        ("one_to_one", ["cardinality"]),
        ("{from: 0..1, to: 1}", ["minimum", "cardinality"]),
        ("{from: 2..*, to: 0..1}", ["minimum"]),
        ("{from: 0..3, to: 0..1}", ["maximum"]),
        ("{from: 0..3, to: 0..4}", ["maximum", "maximum", "pair"]),
        ("many_to_one", []),
    ],
)
def test_what_of_a_cardinality_is_lost(cardinality: str, losses: list[str]) -> None:
    built = build(of(f"r: {{from: vehicle, to: person, cardinality: {cardinality}}}"), TARGET)
    assert built.losses(NAME, "r") == losses


def test_a_lookup_at_the_other_end_says_the_inverse_and_loses_the_name() -> None:
    text = of(
        "owns: {from: person, to: vehicle, cardinality: one_to_many, description: D., "
        "inverse: {name: owned_by, label: Owner, description: Whose it is.}}\n"
        "  has: {from: person, to: vehicle, cardinality: one_to_many, description: D., inverse: had_by}\n"
        "  got: {from: person, to: vehicle, cardinality: one_to_many, inverse: i, "
        "targets: {zendesk_lookup: got}}"
    )
    built = build(text, TARGET)
    owns, has = (built.body(NAME, name)["custom_object_field"] for name in ("owns", "has"))
    assert (owns["key"], owns["title"], owns["description"]) == ("owned_by", "Owner", "Whose it is.")
    assert "description" not in has
    assert (built.losses(NAME, "owns"), built.losses(NAME, "has")) == (["name"], ["name", "description"])
    assert built.losses(NAME, "got") == ["inverse"]


ATTRIBUTES = """
object_types:
  thing:
    attributes:
      name: {type: string, required: true}
      plain: {type: string, description: Plain.}
      long: {type: text}
      whole: {type: integer, default: 3}
      real: {type: number}
      price: {type: decimal}
      yes_no: {type: boolean, required: true}
      day: {type: date}
      moment: {type: datetime}
      token: {type: uuid, unique: true}
      anything: {type: json}
      color: {enum: [red, blue]}
"""


def test_attributes_are_fields_one_request_each_in_their_order() -> None:
    built = build(ATTRIBUTES, TARGET)
    requests = built.files[f"{NAME}/requests.json"]
    assert [each["path"] for each in requests] == [
        "/api/v2/custom_objects",
        *["/api/v2/custom_objects/thing/fields"] * 11,
    ]
    fields = [built.files[f"{NAME}/{each['body_file']}"]["custom_object_field"] for each in requests[1:]]
    assert [(each["key"], each["type"]) for each in fields] == [
        ("plain", "text"),
        ("long", "textarea"),
        ("whole", "integer"),
        ("real", "decimal"),
        ("price", "decimal"),
        ("yes_no", "checkbox"),
        ("day", "date"),
        ("moment", "text"),
        ("token", "regexp"),
        ("anything", "textarea"),
        ("color", "dropdown"),
    ]
    assert fields[0]["description"] == "Plain."
    assert fields[-1]["custom_field_options"] == [
        {"name": "red", "value": "red"},
        {"name": "blue", "value": "blue"},
    ]
    assert invalid(built.files) == []
    assert {marked(ATTRIBUTES, each) for each in built.said("EW608")} == {
        "5: name",
        "13: moment",
        "15: anything",
    }
    assert built.only("EW602").message == (
        "the fields of `thing` lose in Zendesk (lookup): `whole` default, `yes_no` required, `token` unique"
    )


def test_a_key_of_other_characters_comes_with_one_that_fits() -> None:
    text = of(
        "a: {from: vehicle, to: person, cardinality: many_to_one, targets: {zendesk_lookup: product-2}}\n"
        "  b: {from: vehicle, to: person, cardinality: many_to_one, targets: {zendesk_lookup: {key: 2nd}}}"
    )
    first, second = sorted(build(text, TARGET).said("EW603"), key=lambda each: each.at)
    assert first.label == "9 long; a key has 1 or more characters of `a-zA-Z0-9_`, the first of `a-zA-Z_`"
    assert [edit.text for each in (first, second) for edit in each.fix] == ["product_2", "nd"]


def catalog_of(objects: int, lookups: int, attributes: int = 0) -> str:
    fields = ", ".join(f"a{number}: {{type: string}}" for number in range(attributes))
    return "\n".join(
        [
            "object_types:",
            *(f"  object_{number}: {{attributes: {{{fields}}}}}" for number in range(objects)),
            "relationship_types:",
            *(
                f"  r{number}: {{from: object_0, to: object_1, cardinality: many_to_one}}"
                for number in range(lookups)
            ),
        ]
    )


def test_what_zendesk_takes_at_most_is_taken() -> None:
    built = build(catalog_of(50, 10, 90), TARGET)
    assert built.at_least_warnings == []
    assert len(built.said("EW606")) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (catalog_of(51, 1), "takes 50 object types an account and this catalog makes 51: 1 too many"),
        (catalog_of(2, 12), "takes 10 lookup fields on `object_0` and this catalog makes 12: 2 too many"),
        (catalog_of(2, 10, 91), "takes 100 fields on `object_0` and this catalog makes 101: 1 too many"),
    ],
)
def test_one_more_is_too_many(text: str, message: str) -> None:
    built = build(text, TARGET)
    errors = built.said("EW604")
    assert [each.message for each in errors] == [f"Zendesk (lookup) {message}"]
    assert {(each.at, each.severity) for each in errors} == {(None, Severity.ERROR)}
    assert built.files == {}


def test_custom_objects_of_many_to_many_count() -> None:
    text = f"{catalog_of(50, 1)}\n  many: {{from: object_0, to: object_1, cardinality: many_to_many}}"
    assert build(text, TARGET).only("EW604").message.endswith("makes 51: 1 too many")


def test_of_a_catalog_far_over_the_limit_nothing_else_is_told() -> None:
    text = catalog_of(101, 30)
    (error,) = build(text, TARGET).diagnostics
    assert error.message.endswith("makes 101: 51 too many")
    nearer = catalog_of(100, 30)
    assert {each.code.number for each in build(nearer, TARGET).diagnostics} >= {"EW604", "EW606"}
    (warning,) = build(text, TARGET, named=False).diagnostics
    assert warning.severity is Severity.WARNING


def test_left_out_and_in_words() -> None:
    text = of(
        f"{MANY}\n  owns: {{from: person, to: vehicle, cardinality: one_to_many, inverse: owned_by}}\n"
        "  hides: {from: person, to: vehicle, cardinality: one_to_many, targets: {zendesk_lookup: false}}"
    )
    built = build(text, TARGET)
    assert built.report(NAME)["hides"]["verdict"] == "left out"
    graph = run([Source("m.yaml", text)], TARGET).graph
    assert graph is not None
    words = {
        name: TARGET.describe(graph, {}, each)
        for name, each in [*graph.object_types.items(), *graph.relationship_types.items()]
    }
    assert words["person"] == "Zendesk (lookup)'s own `zen:user`"
    assert words["drives"] == "`drives`, without: two records could be linked twice"
    assert words["owns"] == (
        "`vehicle` `owned_by`, without: own name dropped, the lookup field is at the other end"
    )


@pytest.mark.parametrize("name", BUILT_INS)
def test_zendesks_own_types_are_never_created(name: str) -> None:
    built = build(of(f'r: {{from: vehicle, to: "zen:{name}", cardinality: many_to_one}}'), TARGET)
    assert not [path for path in built.files if f"object-types/zen_{name}" in path]


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        ("object-type", {"custom_object": {"key": "a", "title": "A"}}),
        ("object-type", {"custom_object": {"key": "1", "title": "A", "title_pluralized": "As"}}),
        ("object-type", {"custom_object_field": {"key": "a", "title": "A", "type": "dropdown"}}),
        ("object-type", {"custom_object_field": {"key": "a-b", "title": "A", "type": "text"}}),
        ("relationship-type", {"user_field": {"key": "a", "title": "A", "type": "lookup"}}),
        (
            "relationship-type",
            {
                "ticket_field": {
                    "title": "A",
                    "type": "lookup",
                    "relationship_target_type": "zen:article",
                }
            },
        ),
    ],
)
def test_the_schemas_refuse_what_zendesk_refuses(schema: str, body: object) -> None:
    assert not validator(f"{NAME}-{schema}").is_valid(body)
