"""HubSpot: labels and pairs of labels, limits by HubSpot's numbers, custom objects, what is left out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from vendor import Built, build, invalid, marked, run, validator

from edgewise.diagnostics import Severity
from edgewise.place import Source
from edgewise_targets.hubspot import TARGET

OBJECTS = """
object_types:
  person: {plural: people, targets: {hubspot: contact}}
  firm: {targets: {hubspot: company}}
  car: {targets: {hubspot: cars}}
  pet: {targets: {hubspot: 2-3465404}}
  nothing: {}
"""
LABELS = "/crm/v4/associations"
LIMITS = "/crm/v4/associations/definitions/configurations"


def of(relationships: str) -> str:
    return f"{OBJECTS}relationship_types:\n  {relationships}\n"


def paths(built: Built, name: str) -> list[str]:
    """Return where the requests of a relationship type are posted, in order."""
    subject = f"relationship_types.{name}"
    return [each["path"] for each in built.files["hubspot/requests.json"] if each["for"] == subject]


MANAGES = (
    "manages: {from: person, to: person, cardinality: many_to_many, inverse: managed_by, reflexive: true, "
    "targets: {hubspot: {name: manager_employee, label: Manager, inverse_label: Employee}}}"
)


@pytest.mark.parametrize(
    ("relationship", "name", "example"),
    [
        (
            "partner: {from: person, to: person, cardinality: many_to_many, symmetric: true, label: Partner}",
            "partner",
            '{ "label": "Partner", "name": "partner" }',
        ),
        (
            MANAGES,
            "manages",
            '{ "label": "Manager", "inverseLabel": "Employee", "name": "manager_employee" }',
        ),
    ],
)
def test_the_examples_of_the_page(relationship: str, name: str, example: str) -> None:
    built = build(of(relationship), TARGET)
    assert built.body("hubspot", name) == json.loads(example)
    assert paths(built, name) == [f"{LABELS}/contact/contact/labels"]
    assert built.losses("hubspot", name) == []


@pytest.mark.parametrize(
    ("from_", "to", "path"),
    [
        ("person", "firm", "contact/company"),
        ("firm", "car", "company/p_cars"),
        ("pet", "person", "2-3465404/contact"),
    ],
)
def test_object_types_in_paths(from_: str, to: str, path: str) -> None:
    built = build(of(f"r: {{from: {from_}, to: {to}, cardinality: many_to_many}}"), TARGET)
    assert paths(built, "r") == [f"{LABELS}/{path}/labels"]
    assert built.report("hubspot") == {"r": {"verdict": "exact"}}


def test_labels_are_the_relationships_and_the_inverses() -> None:
    text = of(
        "a_b: {from: person, to: firm, cardinality: many_to_many, inverse: c_d}\n"
        "  e_f: {from: person, to: firm, cardinality: many_to_many, label: E, inverse: {name: g, label: G}}\n"
        "  i_j: {from: person, to: firm, cardinality: many_to_many}"
    )
    built = build(text, TARGET)
    assert built.body("hubspot", "a_b") == {"label": "a b", "name": "a_b", "inverseLabel": "c d"}
    assert built.body("hubspot", "e_f") == {"label": "E", "name": "e_f", "inverseLabel": "G"}
    assert built.body("hubspot", "i_j") == {"label": "i j", "name": "i_j"}


def test_one_label_between_records_of_one_type_has_no_direction() -> None:
    text = of(
        "refers: {from: person, to: person, cardinality: many_to_many, reflexive: true}\n"
        "  paired: {from: person, to: person, cardinality: many_to_many, reflexive: true, "
        "targets: {hubspot: {inverse_label: Back}}}"
    )
    built = build(text, TARGET)
    assert (built.losses("hubspot", "refers"), built.losses("hubspot", "paired")) == (["direction"], [])


def test_two_labels_of_a_symmetric_type_are_none() -> None:
    text = of(
        "r: {from: person, to: person, cardinality: many_to_many, symmetric: true, reflexive: true, "
        "targets: {hubspot: {inverse_label: Other}}}"
    )
    built = build(text, TARGET)
    assert built.body("hubspot", "r")["inverseLabel"] == "Other"
    assert built.losses("hubspot", "r") == ["symmetric"]


def limited(cardinality: str, stated: str, *, to: str = "firm", more: str = "") -> Built:
    """Build `r`, from a person, with what is stated of it in HubSpot."""
    return build(
        of(
            f"r: {{from: person, to: {to}, cardinality: {cardinality}{more}, "
            f"targets: {{hubspot: {{{stated}}}}}}}"
        ),
        TARGET,
    )


@pytest.mark.parametrize(
    ("cardinality", "limits"),
    [
        ("many_to_many", []),
        ("many_to_one", [("contact/company", 36, 1)]),
        ("one_to_many", [("company/contact", 37, 1)]),
        ("one_to_one", [("contact/company", 36, 1), ("company/contact", 37, 1)]),
        ("{from: 0..7, to: 0..10000}", [("contact/company", 36, 10_000), ("company/contact", 37, 7)]),
    ],
)
def test_maximums_are_limits_of_their_direction(cardinality: str, limits: list[tuple[str, int, int]]) -> None:
    built = limited(cardinality, "type_id: 36, inverse_type_id: 37")
    assert paths(built, "r")[1:] == [f"{LIMITS}/{path}/batch/create" for path, _, _ in limits]
    requests = built.files["hubspot/requests.json"]
    sent = [
        built.files[f"hubspot/{each['body_file']}"] for each in requests if "configurations" in each["path"]
    ]
    assert sent == [
        {"inputs": [{"category": "USER_DEFINED", "typeId": number, "maxToObjectIds": most}]}
        for _, number, most in limits
    ]
    assert built.losses("hubspot", "r") == []
    assert invalid(built.files) == []


@pytest.mark.parametrize(
    ("cardinality", "stated", "losses", "said"),
    [
        ("one_to_one", "label: x", ["maximum", "maximum"], "`targets: {hubspot: {inverse_type_id: ...}}`"),
        ("one_to_one", "type_id: 36", ["maximum"], "maximum 1 on from dropped"),
        ("{from: 0..*, to: 0..10001}", "type_id: 36", ["maximum"], "HubSpot's go up to 10000"),
        ("{from: 1..*, to: 2..3}", "type_id: 36", ["minimum", "minimum"], "minimum 2 on to dropped"),
    ],
)
def test_what_of_a_cardinality_is_lost(cardinality: str, stated: str, losses: list[str], said: str) -> None:
    built = limited(cardinality, stated)
    assert built.losses("hubspot", "r") == losses
    assert said in json.dumps(built.report("hubspot")["r"])


def test_a_single_label_of_one_type_has_one_limit_for_both_directions() -> None:
    symmetric = limited("one_to_one", "type_id: 5", to="person", more=", symmetric: true, reflexive: true")
    assert paths(symmetric, "r")[1:] == [f"{LIMITS}/contact/contact/batch/create"]
    assert symmetric.losses("hubspot", "r") == []
    uneven = limited("one_to_many", "type_id: 5", to="person", more=", reflexive: true")
    assert paths(uneven, "r")[1:] == []
    assert uneven.losses("hubspot", "r") == ["direction", "maximum"]
    paired = limited(
        "one_to_many", "inverse_type_id: 6", to="person", more=", inverse: back, reflexive: true"
    )
    assert paths(paired, "r")[1:] == [f"{LIMITS}/contact/contact/batch/create"]


CARS = """
object_types:
  car:
    description: Cars keeps track of cars currently or previously held in our inventory.
    label: Car
    plural: Cars
    attributes:
      condition: {enum: [new, used]}
      date_received: {type: date}
      year: {type: number, required: true}
      make: {type: string, required: true}
      vin: {type: string, required: true, unique: true}
      seen_at: {type: datetime}
      price: {type: decimal, unique: true}
      sold: {type: boolean, default: false}
      notes: {type: text}
    targets: {hubspot: cars}
  person: {plural: people, targets: {hubspot: contact}}
  pet: {targets: {hubspot: 2-3465404}}
  deal: {targets: {hubspot: deal}}
relationship_types:
  owns: {from: person, to: car, cardinality: many_to_many}
  carries: {from: car, to: pet, cardinality: many_to_many}
  sold_in: {from: car, to: deal, cardinality: many_to_many, targets: {hubspot: false}}
"""


def test_a_custom_object() -> None:
    built = build(CARS, TARGET)
    body = built.files["hubspot/object-types/car.json"]
    assert {key: each for key, each in body.items() if key != "properties"} == {
        "name": "cars",
        "labels": {"singular": "Car", "plural": "Cars"},
        "description": "Cars keeps track of cars currently or previously held in our inventory.",
        "primaryDisplayProperty": "make",
        "requiredProperties": ["year", "make", "vin"],
        "searchableProperties": ["make"],
        "associatedObjects": ["2-3465404", "CONTACT"],
    }
    properties = {each.pop("name"): each for each in body["properties"]}
    text: dict[str, Any] = {"type": "string", "fieldType": "text"}
    assert properties["condition"] == {
        "label": "condition",
        "type": "enumeration",
        "fieldType": "select",
        "options": [{"label": "new", "value": "new"}, {"label": "used", "value": "used"}],
    }
    assert properties["date_received"] == {"label": "date received", "type": "date", "fieldType": "date"}
    assert properties["year"] == {"label": "year", "type": "number", "fieldType": "number"}
    assert properties["make"] == {"label": "make", **text}
    assert properties["vin"] == {"label": "vin", **text, "hasUniqueValue": True}
    assert properties["notes"]["fieldType"] == "textarea"
    assert properties["sold"]["fieldType"] == "booleancheckbox"
    assert properties["seen_at"]["type"] == "datetime"
    assert invalid(build(CARS, TARGET).files) == []
    assert [each.message for each in built.said("EW602")] == [
        "the properties of `car` lose in HubSpot: `price` unique, `sold` default"
    ]
    assert [path for path in built.files if "object-types" in path] == ["hubspot/object-types/car.json"]


def test_a_custom_object_without_a_string_gets_a_name() -> None:
    built = build(of("r: {from: person, to: car, cardinality: many_to_many}"), TARGET)
    body = built.files["hubspot/object-types/car.json"]
    assert body["primaryDisplayProperty"] == "name"
    assert [each["name"] for each in body["properties"]] == ["name"]
    assert marked(OBJECTS, built.only("EW608")) == "5: car"


def test_a_record_is_named_by_its_name_where_it_has_one() -> None:
    text = CARS.replace("notes: {type: text}", "name: {type: string}")
    assert build(text, TARGET).files["hubspot/object-types/car.json"]["primaryDisplayProperty"] == "name"


def test_custom_objects_are_defined_before_the_labels_that_refer_to_them() -> None:
    built = build(CARS, TARGET)
    assert [each["path"] for each in built.files["hubspot/requests.json"]] == [
        "/crm/v3/schemas",
        f"{LABELS}/p_cars/2-3465404/labels",
        f"{LABELS}/contact/p_cars/labels",
    ]
    told = [each for each in built.said("EW606") if each.at is not None]
    assert [marked(CARS, each) for each in told] == ["3: car"]
    assert "`p_cars`" in told[0].message


def test_what_says_nothing_is_nothing_in_hubspot() -> None:
    text = of("r: {from: person, to: nothing, cardinality: many_to_many}")
    built = build(text, TARGET)
    reason = "not both of its ends say what they are in HubSpot"
    assert built.report("hubspot") == {"r": {"verdict": "left out", "reason": reason}}
    assert not [path for path in built.files if "nothing" in path]
    asking = text.replace("many_to_many", "many_to_many, targets: {hubspot: r}")
    assert marked(asking, build(asking, TARGET).only("EW601")) == "9: hubspot"


@pytest.mark.parametrize("asking", [False, True])
def test_a_catalog_without_anything_of_hubspots_is_told_so_once(asking: bool) -> None:
    text = """
    object_types: {a: {}, b: {}}
    relationship_types:
      one: {from: a, to: b, cardinality: one_to_one}
      two: {from: a, to: b, cardinality: one_to_one}
    """
    if asking:
        text = text.replace("one_to_one}", "one_to_one, targets: {hubspot: of}}", 1)
    built = build(text, TARGET)
    if asking:
        assert built.only("EW601").severity is Severity.ERROR
    else:
        (note,) = built.diagnostics
        assert note.message.startswith("nothing of this catalog is sent to HubSpot: ")
        assert {each["verdict"] for each in built.files["hubspot/report.json"]} == {"left out"}
        assert built.files["hubspot/requests.json"] == []


@pytest.mark.parametrize(
    ("key", "meant"), [("contacts", "contact"), ("Company", "company"), ("companies", "company")]
)
def test_a_misspelt_own_type_is_recognised(key: str, meant: str) -> None:
    text = f"object_types:\n  person: {{targets: {{hubspot: {key}}}}}\n"
    error = build(text, TARGET).only("EW603")
    assert [edit.text for edit in error.fix] == [meant]
    assert marked(text, error) == f"2: {key}"


@pytest.mark.parametrize(
    ("object_name", "label_name", "better"),
    [
        ("2cars", "ok", "cars"),
        ("ok", "1st-label", "st_label"),
        ("my-cars", "ok", "my_cars"),
        ("_cars", "ok", "cars"),
    ],
)
def test_names_that_hubspot_does_not_take(object_name: str, label_name: str, better: str) -> None:
    text = f"""
    object_types:
      thing: {{targets: {{hubspot: {object_name}}}}}
      person: {{plural: people, targets: {{hubspot: contact}}}}
    relationship_types:
      r: {{from: thing, to: person, cardinality: many_to_many, targets: {{hubspot: {label_name}}}}}
    """
    error = build(text, TARGET).only("EW603")
    assert [edit.text for edit in error.fix] == [better]


def labels(number: int) -> str:
    return of(
        "\n  ".join(
            f"r{each}: {{from: {'person' if each % 2 else 'firm'}, to: {'firm' if each % 2 else 'person'}, "
            "cardinality: many_to_many}"
            for each in range(number)
        )
    )


def test_fifty_labels_between_two_object_types_in_either_direction() -> None:
    assert build(labels(50), TARGET).at_least_warnings == []
    error = build(labels(53), TARGET).only("EW604")
    assert error.message == (
        "HubSpot takes 50 labels between `company` and `contact` and this catalog makes 53: 3 too many"
    )


def test_one_name_twice() -> None:
    text = of(
        "a: {from: person, to: firm, cardinality: many_to_many}\n"
        "  b: {from: person, to: car, cardinality: many_to_many, targets: {hubspot: a}}"
    )
    error = build(text, TARGET).only("EW605")
    assert marked(text, error) == "10: a"


def test_two_object_types_of_one_id() -> None:
    text = of("a: {from: person, to: pet, cardinality: many_to_many}").replace(
        "nothing: {}", "nothing: {targets: {hubspot: {name: 2-3465404}}}"
    )
    error = build(text, TARGET).only("EW605")
    assert error.message == "`pet` and `nothing` are both HubSpot's `2-3465404`"


def test_losses_and_words() -> None:
    text = of(
        "r: {from: person, to: firm, cardinality: one_to_many, inverse: x, role: y, description: D., "
        "group: g, attributes: {a: {type: string}}, targets: {hubspot: {inverse_type_id: 4}}}\ngroups: {g: }"
    )
    built = build(text, TARGET)
    assert built.losses("hubspot", "r") == ["attributes", "role", "description", "group"]
    graph = run([Source("m.yaml", text)], TARGET).graph
    assert graph is not None
    assert TARGET.describe(graph, {}, graph.relationship_types["r"]).startswith("`r`, without: attributes")
    assert TARGET.describe(graph, {}, graph.object_types["person"]) == "HubSpot's own `contact`"
    assert TARGET.describe(graph, {}, graph.object_types["car"]) == "`cars`"
    assert TARGET.describe(graph, {}, graph.object_types["nothing"]) == "left out"


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        ("object-type", {"name": "cars", "labels": {"singular": "c", "plural": "cs"}, "properties": []}),
        ("relationship-type", {"label": "A"}),
        ("relationship-type", {"label": "A", "name": "a-b"}),
        ("relationship-type", {"label": "A", "name": "1a"}),
        ("relationship-type", {"inputs": [{"category": "USER_DEFINED", "maxToObjectIds": 1}]}),
        (
            "relationship-type",
            {"inputs": [{"category": "USER_DEFINED", "typeId": 1, "maxToObjectIds": 0}]},
        ),
    ],
)
def test_the_schemas_refuse_what_hubspot_refuses(schema: str, body: object) -> None:
    assert not validator(f"hubspot-{schema}").is_valid(body)
