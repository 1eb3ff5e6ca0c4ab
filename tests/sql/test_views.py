"""The rows of views: links from their other end, in both directions, and the pairs that steps lead to."""

from __future__ import annotations

from typing import Any

import pytest
from sql_database import Database, link, pairs, put, records

FAMILY = ["ann", "ben", "cat", "dan", "eve"]


def family(database: Database, **derived: Any) -> None:
    """Ann is parent of Ben and Cat, and Ben of Dan; Dan is married to Eve."""
    put(
        database,
        {
            "object_types": {"person": {}},
            "relationship_types": {
                "parent": {
                    "from": "person",
                    "to": "person",
                    "inverse": "child",
                    "attributes": {"how": {"type": "text"}},
                },
                "spouse": {
                    "from": "person",
                    "to": "person",
                    "symmetric": True,
                    "attributes": {"since": {"type": "date"}},
                },
                **derived,
            },
        },
    )
    records(database, "person", FAMILY)
    for pair in (("ann", "ben"), ("ann", "cat"), ("ben", "dan")):
        assert link(database, "parent", *pair, how="birth") is None
    assert link(database, "spouse", "dan", "eve", since="2024-02-29") is None


def test_inverse(database: Database) -> None:
    family(database)
    assert pairs(database, "rel_parent_inverse") == [("ben", "ann"), ("cat", "ann"), ("dan", "ben")]
    assert database.rows("SELECT how FROM rel_parent_inverse WHERE from_id = 'dan'") == [("birth",)]


def test_both_directions(database: Database) -> None:
    family(database)
    assert pairs(database, "rel_spouse_both") == [("dan", "eve"), ("eve", "dan")]
    dates = database.rows("SELECT since FROM rel_spouse_both")
    assert [str(each) for (each,) in dates] == ["2024-02-29"] * 2


def test_both_directions_of_a_link_to_itself(database: Database) -> None:
    knows = {"from": "person", "to": "person", "symmetric": True, "reflexive": True}
    put(database, {"object_types": {"person": {}}, "relationship_types": {"knows": knows}})
    records(database, "person", FAMILY)
    assert link(database, "knows", "ann", "ann") is None
    assert link(database, "knows", "ann", "ben") is None
    assert pairs(database, "rel_knows_both") == [("ann", "ann"), ("ann", "ben"), ("ben", "ann")]


def test_no_view_where_there_is_nothing_to_see(database: Database) -> None:
    knows = {"from": "person", "to": "person"}
    put(database, {"object_types": {"person": {}}, "relationship_types": {"knows": knows}})
    for view in ("rel_knows_inverse", "rel_knows_both"):
        with pytest.raises(Exception, match=view):
            pairs(database, view)


@pytest.mark.parametrize(
    ("via", "more", "expected"),
    [
        (["parent", "parent"], {}, [("ann", "dan")]),
        (["child", "child"], {}, [("dan", "ann")]),
        (["child", "parent"], {}, [("ben", "cat"), ("cat", "ben")]),
        (
            ["child", "parent"],
            {"reflexive": True},
            [("ben", "ben"), ("ben", "cat"), ("cat", "ben"), ("cat", "cat"), ("dan", "dan")],
        ),
        # Ann has two children, so two ways lead from her to herself: still one pair.
        (["parent", "child"], {"reflexive": True}, [("ann", "ann"), ("ben", "ben")]),
        (["parent", "child"], {}, []),
        (["parent", "spouse"], {}, [("ben", "eve")]),
        (["spouse", "child"], {}, [("eve", "ben")]),
        (["parent", "parent", "spouse"], {}, [("ann", "eve")]),
    ],
)
def test_derived(
    database: Database, via: list[str], more: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    family(database, derived={"via": via, **more})
    assert pairs(database, "rel_derived") == expected


def test_derived_of_derived_whatever_their_names(database: Database) -> None:
    """The view that is needed has to be made first, though its name comes last."""
    family(
        database,
        a_great={"via": ["z_grand", "spouse"], "inverse": "a_great_of"},
        z_grand={"via": ["parent", "parent"]},
    )
    assert pairs(database, "rel_a_great") == [("ann", "eve")]
    assert pairs(database, "rel_a_great_inverse") == [("eve", "ann")]


def test_derived_and_symmetric(database: Database) -> None:
    family(
        database,
        sibling={"via": ["child", "parent"], "symmetric": True},
        sibling_in_law={"via": ["sibling", "spouse"]},
        elder={"via": ["parent", "parent"], "symmetric": True, "reflexive": True},
    )
    assert pairs(database, "rel_sibling_both") == [("ben", "cat"), ("cat", "ben")]
    assert pairs(database, "rel_sibling_in_law") == []
    assert pairs(database, "rel_elder_both") == [("ann", "dan"), ("dan", "ann")]


def test_derived_between_two_types(database: Database) -> None:
    put(
        database,
        {
            "object_types": {"person": {}, "order": {"id": {"type": "uuid"}}, "user": {"external": True}},
            "relationship_types": {
                "placed": {"from": "person", "to": "order", "inverse": "placed_by"},
                "handles": {"from": "user", "to": "order", "inverse": "handled_by"},
                "served_by": {"via": ["placed", "handled_by"], "inverse": "serves"},
            },
        },
    )
    orders = [f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2)]
    records(database, "person", ["p"])
    records(database, "order", orders)
    for order in orders:
        assert link(database, "placed", "p", order) is None
        assert link(database, "handles", "p", order) is None
    # Both ends are text here, and of different types: the same text is no pair of one record.
    assert pairs(database, "rel_served_by") == [("p", "p")]
    assert pairs(database, "rel_served_by_inverse") == [("p", "p")]


def test_views_follow_a_deleted_record(database: Database) -> None:
    family(database, grandparent={"via": ["parent", "parent"]})
    assert database.refusal("DELETE FROM person WHERE id = ?", "ben") is None
    assert pairs(database, "rel_grandparent") == []
    assert pairs(database, "rel_parent_inverse") == [("cat", "ann")]
