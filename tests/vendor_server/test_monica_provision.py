"""`provision.sql` in a real MariaDB with Monica's tables: both rows, each account, and twice is once."""

from __future__ import annotations

import json

import pytest
from compiled import OWN_CATALOG, built, forced, manifest
from monica_database import DEFAULTS, an_instance
from pymysql import DataError

PEOPLE = """
object_types: {person: {targets: {monica: contact}}}
groups: {love: , family: , friend: , work: , club: }
relationship_types:
"""
EVERYTHING = PEOPLE + "".join(
    f"  {name}: {{from: person, to: person, cardinality: many_to_many, {stated}}}\n"
    for name, stated in (
        ("manages", "inverse: managed_by, group: work"),
        ("neighbor", "symmetric: true"),
        ("plays_with", "symmetric: true, group: club, targets: {monica: {delible: false}}"),
        ("sings_with", "symmetric: true, targets: {monica: {group: Chor}}"),
        ("admires", "group: friend"),
        ("boss", "inverse: subordinate, group: work"),
        ("adopts", "group: family, targets: {monica: {name: Adoptiv-Elter, reverse: Adoptivkind}}"),
        ("quoted", """symmetric: true, targets: {monica: "O'Neil \\\\ %s; -- \\"x\\" ü"}"""),
    )
)
ADDED = [
    ("admires", "", "friend", 1),
    ("Adoptiv-Elter", "Adoptivkind", "family", 1),
    ("Adoptivkind", "Adoptiv-Elter", "family", 1),
    ("manages", "managed_by", "work", 1),
    ("managed_by", "manages", "work", 1),
    ("neighbor", "neighbor", "friend", 1),
    ("plays_with", "plays_with", "club", 0),
    ('O\'Neil \\ %s; -- "x" ü', 'O\'Neil \\ %s; -- "x" ü', "friend", 1),
    ("sings_with", "sings_with", "Chor", 1),
]


def provision(text: str) -> str:
    return built(manifest(text), "monica")["provision.sql"].decode()


@pytest.mark.parametrize("sql_mode", ["STRICT_TRANS_TABLES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES", ""])
def test_every_account_has_the_rows_and_twice_is_once(mariadb: str, sql_mode: str) -> None:
    sql = provision(EVERYTHING)
    with an_instance(mariadb, 4, 9, sql_mode=sql_mode) as instance:
        before = instance.everything()
        instance.run(sql)
        once = instance.everything()
        instance.run(sql)
        assert instance.everything() == once
        assert [row for row in before if row not in once] == []
        for account in (4, 9):
            assert instance.added(account) == ADDED
        groups = instance.rows("SELECT account_id, name, delible FROM relationship_type_groups ORDER BY id")
        assert groups[8:] == [(4, "Chor", 1), (9, "Chor", 1), (4, "club", 1), (9, "club", 1)]
        stamped = instance.rows("SELECT count(*) FROM relationship_types WHERE created_at IS NOT NULL")
        assert stamped == [(len(ADDED) * 2,)]


def test_one_account_alone(mariadb: str) -> None:
    sql = provision(EVERYTHING)
    with an_instance(mariadb, 4, 9) as instance:
        instance.run("SET @account_id = 9")
        instance.run(sql)
        assert instance.added(4) == []
        assert instance.added(9) == ADDED
        instance.run("SET @account_id = NULL")
        instance.run(sql)
        assert instance.added(4) == instance.added(9) == ADDED


def test_groups_are_found_by_name_whatever_their_ids(mariadb: str) -> None:
    sql = provision(EVERYTHING)
    with an_instance(mariadb) as instance:
        for number, (account, group) in enumerate(
            (account, group) for account in (1, 2) for group in sorted(DEFAULTS, reverse=True)
        ):
            instance.run(
                "INSERT INTO relationship_type_groups (id, account_id, name) "
                f"VALUES ({90 - 7 * number}, {account}, '{group}')"
            )
        instance.run(sql)
        joined = instance.rows(
            "SELECT t.account_id, g.account_id, g.name FROM relationship_types AS t "
            "JOIN relationship_type_groups AS g ON g.id = relationship_type_group_id WHERE t.name = 'manages'"
        )
        assert sorted(joined) == [(1, 1, "work"), (2, 2, "work")]


def test_what_is_there_by_name_stays_as_it_is(mariadb: str) -> None:
    with an_instance(mariadb, 1) as instance:
        instance.run(
            "INSERT INTO relationship_types "
            "(account_id, name, name_reverse_relationship, relationship_type_group_id) "
            "VALUES (1, 'Manages', 'something', 2)"
        )
        instance.run(provision(EVERYTHING))
        names = [name for name, *_ in instance.added(1)]
        assert names == ["Manages", *(name for name, *_ in ADDED if name != "manages")]


def test_a_group_that_an_account_has_twice_is_taken_once(mariadb: str) -> None:
    with an_instance(mariadb, 1) as instance:
        instance.run("INSERT INTO relationship_type_groups (account_id, name) VALUES (1, 'work')")
        instance.run(provision(EVERYTHING))
        assert instance.added(1) == ADDED


def test_the_catalog_of_this_repository_is_there_already(mariadb: str) -> None:
    sql = built(OWN_CATALOG, "monica")["provision.sql"].decode()
    assert all(line.startswith("--") for line in sql.splitlines() if line)
    with an_instance(mariadb, 1) as instance:
        before = instance.everything()
        instance.run(f"{sql}DO 1")
        assert instance.everything() == before


@pytest.mark.parametrize("name", ["Partner", "protégé", "BOSS", "ex  "])
def test_a_default_in_another_spelling_is_that_default(mariadb: str, name: str) -> None:
    text = (
        PEOPLE + "  a: {from: person, to: person, cardinality: many_to_many, symmetric: true, group: work, "
        f"targets: {{monica: {json.dumps(name)}}}}}\n"
    )
    files = built(manifest(text), "monica")
    (row,) = [json.loads(each) for path, each in files.items() if path.startswith("relationship-types/")]
    assert row["delible"] is False
    with an_instance(mariadb, 1) as instance:
        instance.run(f"{files['provision.sql'].decode()}DO 1")
        assert instance.added(1) == []
        assert instance.rows(f"SELECT count(*) FROM relationship_types WHERE name = '{name}'") == [(1,)]


def test_a_catalog_without_contacts_provisions_nothing() -> None:
    assert "provision.sql" not in built(manifest("object_types: {order: }"), "monica")


def test_half_of_it_is_never_there(mariadb: str) -> None:
    text = EVERYTHING.replace("manages:", "zz_last:").replace("Adoptivkind", "a" * 255)
    sql = forced(manifest(text.replace("managed_by", "x")), "monica")["provision.sql"].decode()
    sql = sql.replace("'zz_last'", f"'{'z' * 256}'")
    with an_instance(mariadb, 1) as instance:
        before = instance.everything()
        with pytest.raises(DataError):
            instance.run(sql)
        instance.run("ROLLBACK")
        assert instance.everything() == before
