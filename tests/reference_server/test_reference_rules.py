"""What breaks a rule comes back as the problem that the document has for it, because the database refused."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import link_database
import link_server
import pytest
import served_document
import served_values
from broken_rules import play, rules_of
from link_database import RULES, refusal_key
from served_catalogs import MANIFESTS, Catalog, catalog

PROBLEM = "application/problem+json"


@pytest.fixture(params=MANIFESTS)
def each(request: pytest.FixtureRequest) -> Catalog:
    return catalog(request.param)


def test_what_breaks_a_rule_comes_back_as_the_documented_problem(each: Catalog) -> None:
    refusals = {name: operation.refusals for name, (_, _, operation) in each.operations.items()}
    wrong, kinds = [], set()
    for rule in rules_of(each):
        answer = play(each, rule.name, rule.broken)
        expected = [refusals[rule.name][key] for key in rule.keys]
        if (
            answer.status_code != 409
            or answer.json() not in expected
            or answer.headers["content-type"] != PROBLEM
        ):
            wrong.append((rule.name, rule.keys, answer.text))
        kinds |= {problem["rule"] for problem in expected}
    assert wrong == []
    assert kinds == {"maximum", "minimum", "cycle", "self"}


def test_what_comes_close_to_breaking_a_rule_is_taken(each: Catalog) -> None:
    played = [(rule, play(each, rule.name, rule.legal)) for rule in rules_of(each) if rule.legal is not None]
    assert [(rule.name, rule.keys, answer.text) for rule, answer in played if not answer.is_success] == []
    assert len(played) > 20


def test_the_document_has_the_rules_of_the_database_in_the_same_words(each: Catalog) -> None:
    operations = [operation for _, _, operation in each.operations.values()]
    named = {operation.link.relationship_type for operation in operations}
    documented = {
        (operation.link.relationship_type, key): problem["sentence"]
        for operation in operations
        for key, problem in operation.refusals.items()
    }
    stated = {
        (rule["relationship_type"], refusal_key(rule)): rule["sentence"]
        for rule in json.loads(each.rules)
        # What keeps a symmetric link once keeps a record from itself too, but says it as it is.
        if rule["rule"] in RULES and rule["rule"] != "symmetric" and rule["relationship_type"] in named
    }
    shared = documented.keys() & stated.keys()
    assert {key: documented[key] for key in shared} == {key: stated[key] for key in shared}
    assert {key for _, key in documented.keys() - shared} <= {"self"}
    # Where the only path sets the one link there is, what it replaces makes room.
    assert {key for _, key in stated.keys() - shared} <= {"maximum_to"}
    assert len(shared) > 10


def test_a_second_household_for_a_person_is_refused_by_the_database() -> None:
    served = catalog("own").served()
    somebody, (first, second, *_) = served.ids["person"][0], served.ids["household"]
    assert served.call("linkHouseholdHasMember", somebody, first).status_code == 201
    answer = served.call("linkHouseholdHasMember", somebody, second)
    assert answer.status_code == 409
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json() == {
        "title": "Conflict",
        "status": 409,
        "relationship_type": "belongs_to",
        "rule": "maximum",
        "sentence": "A person belongs to at most one household.",
    }
    assert served.call("getPersonBelongsTo", somebody, None).json()["to_id"] == first
    assert served.call("listHouseholdHasMember", None, second).json()["data"] == []


# What a database may lack, and which refusal then does not come.
LACKS = {
    "a trigger of a maximum": (
        r"\Z",
        "DROP TRIGGER rel_plays_for_to_max_insert;",
        "linkPersonPlaysFor",
        "maximum_to",
    ),
    "a trigger of a symmetric maximum": (
        r"\Z",
        "DROP TRIGGER rel_friend_max_insert;",
        "linkPersonFriend",
        "maximum",
    ),
    "a trigger against cycles": (r"\Z", "DROP TRIGGER rel_boss_acyclic_insert;", "setPersonBoss", "cycle"),
    "a check against self links": (r"CHECK \(from_id < to_id\)", "CHECK (1)", "setPersonSpouse", "self"),
    "a unique column": (
        r"(CONSTRAINT rel_owns_from_max\s+UNIQUE) \(to_id\)",
        r"\1 (to_id, from_id)",
        "linkClubOwns",
        "maximum_from",
    ),
    "a query for a minimum": (
        "'plays_for', CASE WHEN found < 2",
        "'plays_for', CASE WHEN 0",
        "unlinkTeamPlayers",
        "minimum_from",
    ),
}


@pytest.mark.parametrize(("pattern", "replacement", "name", "key"), LACKS.values(), ids=LACKS)
def test_no_refusal_comes_where_the_database_lacks_what_refuses(
    pattern: str, replacement: str, name: str, key: str
) -> None:
    whole = catalog("full")
    (rule,) = (rule for rule in rules_of(whole) if rule.name == name and rule.keys == {key})
    ddl, changes = re.subn(pattern, replacement, whole.ddl)
    assert changes > 0
    assert play(whole, name, rule.broken).status_code == 409
    assert play(Catalog(whole.document, ddl, whole.rules), name, rule.broken).is_success


def test_a_minimum_is_reached_link_by_link_and_kept_from_then_on() -> None:
    served = catalog("full").served()
    team, (one, two, *_) = served.ids["team"][0], served.ids["person"]
    for person in (one, two):
        assert served.call("linkPersonPlaysFor", person, served.ids["team"][1]).status_code == 201
    assert served.call("linkTeamPlayers", one, team).status_code == 201
    # With one of the two that it needs, it has never had enough: the mistake may be taken back.
    assert served.call("unlinkTeamPlayers", one, team).status_code == 204
    for person in (one, two):
        assert served.call("linkTeamPlayers", person, team).status_code == 201
    refused = served.call("unlinkTeamPlayers", one, team)
    assert (refused.status_code, refused.json()["rule"]) == (409, "minimum")
    assert [link["from_id"] for link in served.client.get(f"/teams/{team}/players").json()["data"]] == [
        one,
        two,
    ]


def test_the_server_knows_neither_manifests_nor_the_compiler() -> None:
    for module in (link_database, link_server, served_document, served_values):
        assert module.__file__ is not None
        imported = ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
        names = {each.module or "" for each in imported if isinstance(each, ast.ImportFrom)}
        assert not {name for name in names if name.startswith("edgewise") or name == "served_catalogs"}
        assert names
