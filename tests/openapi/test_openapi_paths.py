"""Which paths and operations there are for each kind of end, what they answer, and which rules may refuse."""

from __future__ import annotations

import pytest
from contract import FULL, Api, compiled, follow, related

from edgewise_targets.openapi import TARGET


@pytest.fixture(scope="module")
def full() -> Api:
    return compiled(FULL)


def listed(api: Api) -> list[str]:
    return [f"{method} {path} {each['operationId']}" for path, method, each in api.operations()]


def many(path: str, other: str, name: str) -> list[str]:
    return [
        f"get {path} list{name}",
        f"put {path}/{{{other}}} link{name}",
        f"delete {path}/{{{other}}} unlink{name}",
    ]


def one(path: str, name: str) -> list[str]:
    return [f"get {path} get{name}", f"put {path} set{name}", f"delete {path} unset{name}"]


A, B = "/as/{a_id}/r", "/bs/{b_id}/back"


@pytest.mark.parametrize(
    ("cardinality", "operations"),
    [
        ("one_to_one", [*one(A, "AR"), *one(B, "BBack")]),
        ("one_to_many", [*many(A, "b_id", "AR"), *one(B, "BBack")]),
        ("many_to_one", [*one(A, "AR"), *many(B, "a_id", "BBack")]),
        ("many_to_many", [*many(A, "b_id", "AR"), *many(B, "a_id", "BBack")]),
        ("{from: 0..7, to: 1}", [*one(A, "AR"), *many(B, "a_id", "BBack")]),
    ],
)
def test_an_end_with_one_and_an_end_with_many(cardinality: str, operations: list[str]) -> None:
    assert listed(related(f"from: a, to: b, cardinality: {cardinality}, inverse: back")) == operations


def test_the_example_of_the_design() -> None:
    api = compiled(
        "object_types: {person: {plural: people}, order: {}}\n"
        "relationship_types:\n"
        "  placed: {from: person, to: order, cardinality: one_to_many, inverse: placed_by}\n"
    )
    assert listed(api) == [
        *one("/orders/{order_id}/placed_by", "OrderPlacedBy"),
        *many("/people/{person_id}/placed", "order_id", "PersonPlaced"),
    ]


def test_without_an_inverse_there_is_no_path_from_to() -> None:
    assert listed(related("from: a, to: b, cardinality: one_to_many")) == many(A, "b_id", "AR")


@pytest.mark.parametrize(
    ("cardinality", "operations"),
    [("one_to_one", one(A, "AR")), ("many_to_many", many(A, "other_a_id", "AR"))],
)
def test_a_symmetric_relationship_has_one_path(cardinality: str, operations: list[str]) -> None:
    assert listed(related(f"from: a, to: a, cardinality: {cardinality}, symmetric: true")) == operations


def test_the_second_id_of_a_self_relation_has_its_own_name() -> None:
    api = related("from: a, to: a, cardinality: many_to_many, inverse: back")
    assert listed(api) == [
        *many("/as/{a_id}/back", "other_a_id", "ABack"),
        *many("/as/{a_id}/r", "other_a_id", "AR"),
    ]
    own, other = api.paths["/as/{a_id}/r/{other_a_id}"]["parameters"]
    assert follow(own["$ref"], api.bundle)["name"] == "a_id"
    assert follow(other["$ref"], api.bundle) == {
        "name": "other_a_id",
        "in": "path",
        "description": "The id of the other a.",
        "required": True,
        "schema": {"$ref": "#/components/schemas/AId"},
        "example": "a-2",
    }


def test_a_type_called_other_does_not_get_into_the_way_of_a_self_relation() -> None:
    api = compiled(
        "object_types: {a: {}, other_a: {id: {type: integer}}}\n"
        "relationship_types:\n"
        "  r: {from: a, to: a, cardinality: many_to_many}\n"
        "  s: {from: other_a, to: other_a, cardinality: many_to_many}\n"
    )
    assert api.said == []
    for path in ("/as/{a_id}/r/{other_a_id}", "/other-as/{other_a_id}/s/{other_other_a_id}"):
        parameters = [follow(each["$ref"], api.bundle) for each in api.paths[path]["parameters"]]
        assert [each["name"] for each in parameters] == [
            part.strip("{}") for part in path.split("/") if part.startswith("{")
        ]


def test_a_derived_type_can_only_be_read(full: Api) -> None:
    assert [each for each in listed(full) if "Grand" in each] == [
        "get /people/{person_id}/grandchild listPersonGrandchild",
        "get /people/{person_id}/grandparent listPersonGrandparent",
    ]
    assert {name for name in full.schemas if name.startswith("Grand")} == {"GrandparentLink"}
    single = compiled(
        "object_types: {a: {}, b: {}}\n"
        "relationship_types:\n"
        "  up: {from: a, to: b, cardinality: many_to_one}\n"
        "  on: {from: b, to: a, cardinality: many_to_one}\n"
        "  past: {via: [up, on]}\n"
    )
    assert [each for each in listed(single) if "past" in each] == ["get /as/{a_id}/past getAPast"]


def test_an_external_type_has_paths_like_any_other(full: Api) -> None:
    assert "/tickets/{zen_ticket_id}/Asker" in full.paths
    assert "/listings/{listing_id}/offered_by/{household_id}" in full.paths


def test_what_is_left_out_has_no_paths_and_no_fragment(full: Api) -> None:
    assert not {"left_out", "keeps"} & full.fragments().keys()
    assert not [path for path in full.paths if "secret" in path or "left_out" in path or "kept_by" in path]


@pytest.mark.parametrize(
    ("plural", "segment"),
    [("People", "people"), ("Line items", "line-items"), ("a/b--c", "a-b-c"), ("(Gäste) ", "g-ste")],
)
def test_segments_come_from_the_plural(plural: str, segment: str) -> None:
    api = related("from: a, to: b, cardinality: many_to_one", f"a: {{plural: '{plural}'}}, b: {{}}")
    assert list(api.paths) == [f"/{segment}/{{a_id}}/r"]


def test_segments_can_be_stated() -> None:
    api = related(
        "from: a, to: b, cardinality: one_to_one, inverse: back, "
        "targets: {openapi: {path: One.More, inverse_path: b~a}}",
        "a: {targets: {openapi: alphas}}, b: {plural: bees, targets: {openapi: {path: Betas_2}}}",
    )
    assert list(api.paths) == ["/Betas_2/{b_id}/b~a", "/alphas/{a_id}/One.More"]
    assert {each["operationId"] for _, _, each in api.operations()} == {
        *("getAR", "setAR", "unsetAR"),
        *("getBBack", "setBBack", "unsetBBack"),
    }


def test_tags_by_group_else_by_object_type_unless_stated(full: Api) -> None:
    def tags(name: str) -> list[str]:
        found: list[str] = full.operation(name)["tags"]
        return found

    assert tags("listPersonPlaced") == tags("getOrderPlacedBy") == ["commerce"]
    assert tags("listPersonBought") == ["Everybody"]
    assert tags("listOrderBoughtBy") == ["order"]
    assert tags("getZenTicketAsks") == ["Help"]
    assert {tag["name"]: tag["description"] for tag in full.bundle["tags"]} == {
        "Everybody": "Relationships of Everybody.",
        "Help": "Relationships of Help.",
        "club": "Relationships of sports clubs.",
        "commerce": r"Buying and \<selling>.",
        "family": "Relationships of family.",
        "household": "Relationships of households.",
        "listing": "Relationships of listings.",
        "order": "A purchase.",
        "team": "Relationships of teams.",
    }


def test_pages(full: Api) -> None:
    operation = full.operation("listPersonPlaced")
    parameters = [follow(each["$ref"], full.bundle) for each in operation["parameters"]]
    assert [(each["name"], each["in"], each.get("required", False)) for each in parameters] == [
        ("limit", "query", False),
        ("cursor", "query", False),
    ]
    content = operation["responses"]["200"]["content"]["application/json"]
    assert content == {"schema": {"$ref": "#/components/schemas/PersonPlacedPage"}}
    link = {"from_id": "p", "to_id": "123e4567-e89b-12d3-a456-426614174000", "note": "n", "channel": "web"}
    assert full.is_valid("PersonPlacedPage", {"data": [link], "next_cursor": None})
    assert full.is_valid("PersonPlacedPage", {"data": [], "next_cursor": "x"})
    assert not full.is_valid("PersonPlacedPage", {"data": [link]})
    assert not full.is_valid("PersonPlacedPage", {"data": link, "next_cursor": None})
    assert not full.is_valid("PersonPlacedPage", {"data": [{}], "next_cursor": None})


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("listPersonBought", "200 400 404"),
        ("linkPersonBought", "200 201 400 404"),
        ("unlinkPersonBought", "204 400 404"),
        ("linkPersonFriend", "200 201 400 404 409"),
        ("getOrderPlacedBy", "200 400 404"),
        ("setOrderPlacedBy", "200 201 400 404"),
        ("setTeamCaptain", "200 201 400 404 409"),
        ("unsetOrderPlacedBy", "204 400 404 409"),
    ],
)
def test_answers(full: Api, name: str, statuses: str) -> None:
    assert " ".join(full.operation(name)["responses"]) == statuses


@pytest.mark.parametrize(
    ("relationship", "rules"),
    [
        ("from: a, to: b, cardinality: many_to_many, inverse: back", {}),
        (
            # A second link is one too many for the b, which the path of the a does not show.
            "from: a, to: b, cardinality: one_to_many, inverse: back",
            {"linkAR": "maximum_from"},
        ),
        (
            "from: a, to: b, cardinality: one_to_one, inverse: back",
            {"setAR": "maximum_from", "setBBack": "maximum_to"},
        ),
        (
            # Whoever replaces the a of a b takes the b away from another a.
            "from: a, to: b, cardinality: {from: 0..1, to: 1..*}, inverse: back",
            {
                "linkAR": "maximum_from",
                "unlinkAR": "minimum_to",
                "setBBack": "minimum_to",
                "unsetBBack": "minimum_to",
            },
        ),
        (
            "from: a, to: b, cardinality: {from: 1, to: 0..*}, inverse: back",
            {"linkAR": "maximum_from", "unlinkAR": "minimum_from", "unsetBBack": "minimum_from"},
        ),
        (
            "from: a, to: b, cardinality: {from: '*', to: 2..5}, inverse: back",
            {
                "linkAR": "maximum_to",
                "unlinkAR": "minimum_to",
                "linkBBack": "maximum_to",
                "unlinkBBack": "minimum_to",
            },
        ),
        ("from: a, to: a, cardinality: many_to_many", {"linkAR": "self"}),
        ("from: a, to: a, cardinality: many_to_many, reflexive: true", {}),
        ("from: a, to: a, cardinality: many_to_one, acyclic: true", {"setAR": "cycle self"}),
        (
            "from: a, to: a, cardinality: {from: 1, to: 1}, symmetric: true",
            {"setAR": "maximum minimum self", "unsetAR": "minimum"},
        ),
    ],
)
def test_conflicts_name_the_rules_that_apply(relationship: str, rules: dict[str, str]) -> None:
    api = related(relationship)
    found = {
        each["operationId"]: " ".join(api.rules(each["operationId"]))
        for _, _, each in api.operations()
        if "409" in each["responses"]
    }
    assert found == rules


def test_an_answer_of_a_rule_says_so_in_words(full: Api) -> None:
    answer = follow(full.operation("setPersonBoss")["responses"]["409"]["$ref"], full.bundle)
    assert answer["description"] == (
        r"Refused by a rule. Following \`boss\` never leads back to the same person. "
        r"No person is related to itself by \`boss\`."
    )
    content = answer["content"]["application/problem+json"]
    assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert content["examples"]["self"]["value"] == {
        "title": "Conflict",
        "status": 409,
        "relationship_type": "boss",
        "rule": "self",
        "sentence": "No person is related to itself by `boss`.",
    }


@pytest.mark.parametrize(
    ("operation", "sentences"),
    [
        ("linkPersonPlaced", ["Each order was bought by at most one person."]),
        ("unlinkPersonPlaced", ["Each order was bought by at least one person."]),
        ("setPersonSpouse", ["A person is spouse of at most one person.", "No person is ... by `spouse`."]),
        (
            "linkPersonPlaysFor",
            [
                "Each team has at most 11 People & guests as players.",
                "A person plays for at most three teams.",
            ],
        ),
    ],
)
def test_an_answer_of_a_rule_says_what_holds_at_which_end(
    full: Api, operation: str, sentences: list[str]
) -> None:
    answer = follow(full.operation(operation)["responses"]["409"]["$ref"], full.bundle)
    problems = [each["value"] for each in answer["content"]["application/problem+json"]["examples"].values()]
    said = [each["sentence"].replace("related to itself", "...") for each in problems]
    assert said == sentences


def test_summaries_and_descriptions(full: Api) -> None:
    assert [full.operation(name)["summary"] for name in ("listPersonJoins", "linkPersonJoins")] == [
        "List the sports clubs of a person (joins)",
        "Link a person to a sports club (joins)",
    ]
    assert full.operation("unsetOrderPlacedBy")["summary"] == "Unset the person of an order (was bought by)"
    assert full.operation("getOrderPlacedBy")["description"] == (
        "Who bought it. Each order was bought by exactly one person."
    )
    assert full.operation("listPersonPlaced")["description"] == (
        "A person placed many orders. A person placed any number of orders."
    )


def test_machines_are_told_the_end_and_its_bounds(full: Api) -> None:
    expected = {"relationship_type": "plays_for", "end": "from", "bounds": "1..3"}
    assert full.operation("listPersonPlaysFor")["x-edgewise"] == expected
    expected = {"relationship_type": "plays_for", "end": "to", "bounds": "2..11"}
    assert full.operation("unlinkTeamPlayers")["x-edgewise"] == expected


def test_what_is_deprecated_is_marked(full: Api) -> None:
    deprecated = {each["operationId"] for _, _, each in full.operations() if each.get("deprecated")}
    assert deprecated == {
        *("getTeamCaptain", "setTeamCaptain", "unsetTeamCaptain"),
        *("getPersonCaptainOf", "setPersonCaptainOf", "unsetPersonCaptainOf"),
    }
    assert full.operation("getTeamCaptain")["description"].endswith("Deprecated: Unused.")
    marked = {name for name, schema in full.schemas.items() if schema.get("deprecated")}
    assert marked == {"CaptainLink", "PersonCaptainOfBody", "TeamCaptainBody", "TeamId"}
    assert full.schemas["TeamId"]["description"] == (
        "The id of a team. Deprecated since 2.0: Use clubs. Use club instead."
    )


@pytest.mark.parametrize(
    ("name", "description"),
    [
        (
            "placed",
            (
                "`/people/{person_id}/placed`: list, link, unlink\n"
                "`/orders/{order_id}/placed_by`: get, set, unset"
            ),
        ),
        (
            "grandparent",
            "`/people/{person_id}/grandparent`: list\n`/people/{person_id}/grandchild`: list",
        ),
        ("left_out", "left out"),
        ("keeps", "left out"),
    ],
)
def test_a_relationship_type_is_described(full: Api, name: str, description: str) -> None:
    graph = full.graph
    assert TARGET.describe(graph, {}, graph.relationship_types[name]) == description


def test_an_object_type_is_described(full: Api) -> None:
    graph = full.graph
    assert TARGET.describe(graph, {}, graph.object_types["order"]) == (
        "`/orders/{order_id}/bought_by`: list, link, unlink\n"
        "`/orders/{order_id}/delivered_to`: get\n"
        "`/orders/{order_id}/placed_by`: get, set, unset"
    )
    assert TARGET.describe(graph, {}, graph.object_types["secret"]) == "left out"
