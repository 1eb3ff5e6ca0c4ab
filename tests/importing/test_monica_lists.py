"""What Monica lists, and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from importing import (
    MONICA,
    Json,
    as_emitted,
    bodies,
    built,
    in_any_order,
    monica_defaults,
    monica_group,
    monica_pages,
    monica_row,
    read_back,
)

# The sample answer of the page on relationship types in Monica's documentation of its API.
SAMPLE = json.loads((Path(__file__).parent / "answers" / "monica-page-1.json").read_text(encoding="utf-8"))


def names(*rows: Json) -> dict[str, Json]:
    found: dict[str, Json] = read_back(MONICA, *monica_pages(rows)).data["relationship_types"]
    return found


def test_the_mistakes_of_the_sample_answer_are_told() -> None:
    imported = read_back(MONICA, SAMPLE)
    assert imported.said("EW703") == [
        "the reverse of `inlovewith` is itself, where every account has `lovedby`, which is not on the list",
        "the reverse of `godfather` is `godson`, which is not on the list",
    ]
    assert imported.said("EW702") == ["page 2 of 2 missing: 15 of 23 are there"]
    declared = imported.data["relationship_types"]
    assert declared["parent"]["inverse"] == "child"
    assert declared["godfather"]["inverse"] == "godson"
    assert declared["inlovewith"]["symmetric"] is True
    assert "  # Monica's list has no `godson`.\n  godfather:\n" in imported.text
    assert "  # Its reverse on Monica's list is itself, where every account has `lovedby`" in imported.text


def test_a_total_that_is_not_there_is_told() -> None:
    (page,) = monica_pages(monica_defaults(), 100)
    page["meta"]["total"] = 28
    assert read_back(MONICA, page).said("EW702") == ["the list says that it holds 28, and holds 27"]


def test_missing_pages_are_counted_and_not_made() -> None:
    pages = monica_pages(monica_defaults(), 3)
    said = read_back(MONICA, *pages[:4], pages[6]).said("EW702")
    assert said == ["pages 5, 6, 8, 9 of 9 missing: 15 of 27 are there"]
    pages[0]["meta"]["last_page"] = 10**12
    (said_of_many,) = read_back(MONICA, *pages).said("EW702")
    assert "10, 11, 12, 13, 14, 15, 16, 17, ... of 1,000,000,000,000" in said_of_many


def test_the_documents_spelling_is_the_softwares() -> None:
    rows = [
        monica_row(1, "boss", "subordonate", 4, delible=False),
        monica_row(2, "subordonate", "boss", 4, delible=False),
    ]
    imported = read_back(MONICA, *monica_pages(rows))
    assert imported.said("EW706") == [
        "`subordonate` becomes `subordinate`, as the software spells it; only its document does not"
    ]
    assert imported.data["relationship_types"]["boss"]["inverse"] == "subordinate"
    assert {body["name"] for body in bodies(built(imported.text, MONICA))} == {"boss", "subordinate"}


def test_an_account_that_has_both_spellings_keeps_both() -> None:
    rows = [
        monica_row(1, "boss", "subordinate", 4, delible=False),
        monica_row(2, "subordinate", "boss", 4, delible=False),
        monica_row(3, "subordonate", "subordonate", 4),
    ]
    imported = read_back(MONICA, *monica_pages(rows))
    assert imported.data["relationship_types"].keys() == {"boss", "subordonate"}


# ---- reverses ----


@pytest.mark.parametrize(
    ("rows", "message", "declared"),
    [
        (
            [
                monica_row(1, "uncle_", "nephew_"),
                monica_row(2, "aunt", "nephew_"),
                monica_row(3, "nephew_", "uncle_"),
            ],
            "the reverse of `aunt` is `nephew_`, whose own reverse is `uncle_`",
            {"uncle_": "nephew_", "aunt": None},
        ),
        (
            [monica_row(1, "rival", "foe"), monica_row(2, "foe", "foe")],
            "the reverse of `rival` is `foe`, which is its own reverse",
            {"rival": None, "foe": "foe"},
        ),
        (
            [monica_row(1, "rival", "foe")],
            "the reverse of `rival` is `foe`, which is not on the list",
            {"rival": "foe"},
        ),
        (
            [monica_row(1, "rival", "")],
            "`rival` has no reverse, and every relationship type of Monica has one",
            {"rival": None},
        ),
        (
            [monica_row(1, "rival", None)],
            "`rival` has no reverse, and every relationship type of Monica has one",
            {"rival": None},
        ),
        (
            [
                monica_row(1, "parent", "kid", 2, delible=False),
                monica_row(2, "kid", "parent", 2, delible=False),
            ],
            "the reverse of `parent` is `kid`, where every account has `child`, which is not on the list",
            {"parent": "kid"},
        ),
    ],
)
def test_reverses_that_contradict_each_other(
    rows: list[Json], message: str, declared: dict[str, str | None]
) -> None:
    groups = monica_pages([monica_group(1, "love"), monica_group(2, "family")])
    imported = read_back(MONICA, *monica_pages(rows), *groups)
    assert imported.said("EW703") == [message]
    found = imported.data["relationship_types"]
    assert {
        name: name if each.get("symmetric") else each.get("inverse") for name, each in found.items()
    } == declared
    built(imported.text, MONICA)


def test_a_reverse_that_two_name_and_none_is_there() -> None:
    rows = [monica_row(1, "uncle_", "nephew_", 2), monica_row(2, "aunt", "nephew_", 2)]
    imported = read_back(MONICA, *monica_pages(rows), *monica_pages([monica_group(2, "family")]))
    assert imported.said("EW703") == [
        "the reverse of `uncle_` is `nephew_`, which is not on the list",
        (
            "the reverse of `aunt` is `nephew_`, which is not on the list, "
            "and which another one names as its reverse too"
        ),
    ]
    assert "inverse" not in imported.data["relationship_types"]["aunt"]
    built(imported.text, MONICA)


def test_a_name_twice_is_told_and_the_one_that_monica_finds_is_kept() -> None:
    rows = [monica_row(2, "Rival", "Rival", 1), monica_row(1, "rival", "rival", 1)]
    imported = read_back(MONICA, *monica_pages(rows), *monica_pages([monica_group(1, "love")]))
    assert imported.said("EW703") == ["`Rival` is listed twice: the first is kept"]
    assert imported.data["relationship_types"].keys() == {"rival"}


def test_the_same_page_twice_is_nothing_to_speak_of() -> None:
    pages = monica_pages(monica_defaults())
    assert read_back(MONICA, *pages, pages[0]).diagnostics == []


# ---- groups ----


def test_a_custom_type_among_the_groups_of_monicas_own_is_told() -> None:
    rows = [*monica_defaults(), monica_row(30, "neighbour", "neighbour", 3)]
    imported = read_back(MONICA, *monica_pages(rows))
    assert imported.said("EW706") == ["`neighbour` is in group 3, as Monica's own types of `friend` are"]
    assert imported.data["relationship_types"]["neighbour"]["group"] == "friend"
    assert "# Monica's list says group 3, as of its own types of `friend`.\n  neighbour:" in imported.text


def test_a_custom_type_of_a_group_without_a_name_is_told() -> None:
    rows = [*monica_defaults(), monica_row(30, "neighbour", "neighbour", 7)]
    imported = read_back(MONICA, *monica_pages(rows))
    (said,) = imported.diagnostics
    assert said.code.number == "EW705"
    assert said.message == "the group of `neighbour` is left out: number 7 has no name here"
    assert "relationshiptypegroups" in said.help
    assert "group" not in imported.data["relationship_types"]["neighbour"]


def test_the_list_of_groups_names_them() -> None:
    rows = [
        monica_row(1, "neighbour", "neighbour", 7),
        monica_row(2, "spouse", "spouse", 8, delible=False),
        monica_row(3, "lost", "lost", 9),
    ]
    groups = [monica_group(7, "Book club"), monica_group(8, "family"), monica_group(6, "work")]
    imported = read_back(MONICA, *monica_pages(groups), *monica_pages(rows))
    assert imported.said("EW705") == ["the group is left out: number 9 is not on the list of groups"]
    declared = imported.data["relationship_types"]
    assert declared["neighbour"] | {"from": "", "to": ""} == {
        "from": "",
        "to": "",
        "cardinality": "many_to_many",
        "symmetric": True,
        "group": "book_club",
        "targets": {"monica": {"group": "Book club"}},
    }
    assert declared["spouse"]["group"] == "family"
    assert imported.data["groups"] == {"book_club": {}, "family": {}, "work": {}}


def test_a_number_that_monicas_own_types_understand_in_two_ways() -> None:
    rows = [
        monica_row(1, "friend", "friend", 3, delible=False),
        monica_row(2, "spouse", "spouse", 3, delible=False),
    ]
    imported = read_back(MONICA, *monica_pages(rows))
    assert imported.said("EW704") == [
        "group 3 holds Monica's own types of `friend` and `love`: they are kept in these"
    ]


def test_rows_of_a_pair_that_differ_in_more_than_their_names_are_told() -> None:
    rows = [
        monica_row(1, "tutor", "pupil", 1, delible=True),
        monica_row(2, "pupil", "tutor", 2, delible=False),
    ]
    groups = [monica_group(1, "love"), monica_group(2, "work")]
    imported = read_back(MONICA, *monica_pages(rows), *monica_pages(groups))
    assert imported.said("EW705") == [
        "`pupil` is in another group than its reverse, whose group both get",
        "`delible` is not kept: `tutor` and its reverse do not have the same",
    ]


# ---- names ----


def test_names_that_fit_no_manifest_build_to_themselves() -> None:
    rows = [monica_row(1, "Best Mate", "Bester Freund", 3), monica_row(2, "Bester Freund", "Best Mate", 3)]
    groups = monica_pages([monica_group(3, "friend")])
    imported = read_back(MONICA, *monica_pages(rows), *groups)
    assert imported.data["relationship_types"]["best_mate"]["targets"] == {
        "monica": {"name": "Best Mate", "reverse": "Bester Freund"}
    }
    sent = bodies(built(imported.text, MONICA))
    assert in_any_order(sent) == in_any_order(as_emitted(row) for row in rows)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"message": "Unauthenticated."},
            "Monica answered with an error, and not with a list: Unauthenticated.",
        ),
        (
            {"error": {"message": "The resource has not been found", "error_code": 31}},
            "Monica answered with an error, and not with a list: 31: The resource has not been found",
        ),
        ({"data": [{"id": 1, "name": "x", "name_reverse_relationship": 5}]}, None),
    ],
)
def test_what_is_no_list_of_monicas(wrong: Json, message: str | None) -> None:
    shape = "Monica's list of relationship types has null or text here"
    assert read_back(MONICA, wrong).said("EW701") == [message or shape]
