"""What Zendesk lists, and what is said of it."""

from __future__ import annotations

import pytest
from importing import ZENDESK, Json, bodies, built, read_back


def relationship(key: str, source: Json, target: Json) -> Json:
    return {"created_at": "2017-01-01T10:20:30Z", "key": key, "source": source, "target": target}


def listed(*things: Json) -> Json:
    return {"data": list(things)}


def test_the_examples_of_zendesks_page() -> None:
    types = [
        relationship("users", "product", ["zen:user"]),
        relationship("manufacturer", "product", "manufacturer"),
        relationship("product_has_many_tickets", "product", ["zen:ticket"]),
    ]
    imported = read_back(ZENDESK, listed(*types))
    assert imported.diagnostics == []
    assert imported.data == {
        "object_types": {"manufacturer": {}, "product": {}},
        "relationship_types": {
            "manufacturer": {"from": "product", "to": "manufacturer", "cardinality": "one_to_one"},
            "product_has_many_tickets": {"from": "product", "to": "zen:ticket", "cardinality": "one_to_many"},
            "users": {"from": "product", "to": "zen:user", "cardinality": "one_to_many"},
        },
    }
    assert bodies(built(imported.text, ZENDESK)) == [
        {"data": {"key": "manufacturer", "source": "product", "target": "manufacturer"}},
        {"data": {"key": "product_has_many_tickets", "source": "product", "target": ["zen:ticket"]}},
        {"data": {"key": "users", "source": "product", "target": ["zen:user"]}},
    ]


@pytest.mark.parametrize(
    ("source", "target", "cardinality"),
    [
        ("a1", "b1", "one_to_one"),
        ("a1", ["b1"], "one_to_many"),
        (["a1"], "b1", "many_to_one"),
        (["a1"], ["b1"], "many_to_many"),
    ],
)
def test_brackets_are_cardinalities(source: Json, target: Json, cardinality: str) -> None:
    imported = read_back(ZENDESK, listed(relationship("key", source, target)))
    assert imported.data["relationship_types"]["key"]["cardinality"] == cardinality


def test_two_that_may_be_one_many_to_many_are_told_and_kept_apart() -> None:
    types = [
        relationship("fans", "product", ["zen:user"]),
        relationship("likes", "zen:user", ["product"]),
        relationship("owners", "product", "zen:user"),
        relationship("sold_to", "product", ["zen:ticket"]),
    ]
    imported = read_back(ZENDESK, listed(*types))
    assert imported.said("EW704") == [
        "`fans` and `likes` run from one to many either way: they may be one many-to-many relationship"
    ]
    assert imported.text.count("may be one many-to-many relationship") == 2
    words = {name: each["cardinality"] for name, each in imported.data["relationship_types"].items()}
    assert words == {
        "fans": "one_to_many",
        "likes": "one_to_many",
        "owners": "one_to_one",
        "sold_to": "one_to_many",
    }


def test_what_two_types_makes_is_told_to_be_perhaps_one() -> None:
    manifest = """
        object_types: {product: {}}
        relationship_types:
          likes: {from: zen:user, to: product, cardinality: many_to_many, inverse: fans}
    """
    files = built(manifest, ZENDESK, {"many_to_many": "two_types"})
    imported = read_back(ZENDESK, listed(*(body["data"] for body in bodies(files))))
    assert imported.codes == ["EW704"]
    assert imported.data["relationship_types"].keys() == {"fans", "likes"}


def test_legacy_object_types_may_be_listed_too() -> None:
    schema = {
        "properties": {
            "sku": {"type": "string", "maxLength": 40, "description": "Its number."},
            "price": {"type": "string", "pattern": "^-?[0-9]{1,10}(\\.[0-9]{1,2})?$"},
            "state": {"type": "string", "enum": ["new", "old"]},
            "made": {"type": "string", "format": "date"},
            "note": {"type": "string"},
        },
        "required": ["sku"],
    }
    imported = read_back(
        ZENDESK,
        listed({"key": "product", "schema": schema, "version": "1"}),
        listed(relationship("parts", "product", ["part"])),
    )
    assert imported.diagnostics == []
    assert imported.data["object_types"]["product"] == {
        "attributes": {
            "sku": {"type": "string", "max_length": 40, "description": "Its number.", "required": True},
            "price": {"type": "decimal", "precision": 12, "scale": 2},
            "state": {"enum": ["new", "old"]},
            "made": {"type": "date"},
            "note": {"type": "text"},
        }
    }
    assert "  # Not among the legacy object types listed.\n  part: {}\n" in imported.text
    assert built(imported.text, ZENDESK)["object-types/product.json"]["data"]["schema"] == schema


def test_what_no_attribute_can_say_is_told() -> None:
    schema = {
        "properties": {
            "Serial No": {"type": "string"},
            "id": {"type": "integer"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "size": {"type": "integer", "minimum": 0},
            "code": {"type": "string", "pattern": "^x$"},
            "kind": {"type": "string", "enum": ["", "a"]},
            "far": {"type": "string", "maxLength": 10**9},
        },
        "required": ["size", "gone"],
        "additionalProperties": False,
    }
    imported = read_back(ZENDESK, listed({"key": "thing", "schema": schema}))
    assert imported.said("EW705") == [
        "`additionalProperties` of the schema is not kept: no manifest can say it",
        "`gone` is required, and is no property: that is not kept",
        "the property `Serial No` becomes `serial_no`: Zendesk's own name of it is not kept",
        "the property `id` becomes `id_property`: Zendesk's own name of it is not kept",
        "the property `tags` loses what no attribute can say: `items` and `type`",
        "the property `size` loses what no attribute can say: `minimum`",
        "the property `code` loses what no attribute can say: `pattern`",
        "the property `kind` loses what no attribute can say: `enum`",
        "the property `far` loses what no attribute can say: `maxLength`",
    ]
    attributes = imported.data["object_types"]["thing"]["attributes"]
    assert attributes["size"] == {"type": "integer", "required": True}
    assert attributes["tags"] == {"type": "json"}
    built(imported.text, ZENDESK)


def test_keys_that_fit_no_manifest_get_a_name_that_does() -> None:
    imported = read_back(
        ZENDESK,
        listed(relationship("2nd-level", "order-line", "zen:user"), relationship("same", "zen_user", "x1")),
    )
    assert imported.data["object_types"] == {
        "order_line": {"targets": {"zendesk": "order-line"}},
        "x1": {},
        "zen_user_type": {"targets": {"zendesk": "zen_user"}},
    }
    assert imported.data["relationship_types"]["relationship_2nd_level"]["targets"] == {
        "zendesk": "2nd-level"
    }
    assert len(imported.said("EW706")) == 3


def test_a_type_of_zendesks_own_that_nobody_knows_is_left_out() -> None:
    imported = read_back(ZENDESK, listed(relationship("alien", "zen:alien", "product")))
    assert imported.said("EW705") == [
        "this is left out: `zen:alien` is none of Zendesk's own types that we know"
    ]
    assert "relationship_types" not in imported.data


def test_a_page_that_names_a_next_one_is_not_the_last() -> None:
    page = listed(relationship("owners", "product", "zen:user"))
    last = {**page, "links": {"next": None}}
    first = {**page, "links": {"next": "https://example.org/?cursor=2"}}
    assert read_back(ZENDESK, first, last).codes == []
    assert read_back(ZENDESK, first).said("EW702") == ["this page names a next one: the last page is missing"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            relationship("k1", "a1", ["b1", "c1"]),
            'is otherwise here: ["b1","c1"] has more than 1 item',
        ),
        (relationship("k1", "a1", []), "is otherwise here: [] has less than 1 item"),
        (relationship("k1", 5, "b1"), "has text or a list here"),
        ({"key": "k1", "source": "a1"}, "has `target` here, which is missing"),
    ],
)
def test_a_list_of_another_shape_is_refused(wrong: Json, message: str) -> None:
    imported = read_back(ZENDESK, listed(wrong))
    assert imported.said("EW701") == [f"Zendesk's list of relationship types {message}"]


def test_zendesks_errors_are_recognised() -> None:
    wrong = {"errors": [{"code": "Unauthorized", "title": "Invalid credentials"}]}
    assert read_back(ZENDESK, wrong).said("EW701") == [
        "Zendesk answered with an error, and not with a list: Unauthorized: Invalid credentials"
    ]


def test_many_that_may_be_one_are_told_once_and_fast() -> None:
    types = [relationship(f"k{number}", "product", ["product"]) for number in range(2_000)]
    imported = read_back(ZENDESK, listed(*types, relationship("alone", "part", ["part"])))
    (said,) = imported.said("EW704")
    assert said.startswith(
        "`k0`, `k1`, `k10`, `k100`, `k1000` and `k1001` and 1,994 more run from one to many"
    )
    assert imported.text.count("it may be one many-to-many") == len(types)
