"""What tables, columns and constraints are called: any name loads, and no two things ever become one."""

from __future__ import annotations

import _sqlite3
import ctypes
import itertools
import re
import sqlite3
from typing import Any

import pytest
from sql_database import (
    Database,
    PostgreSQL,
    SQLite,
    ddl,
    insert,
    link,
    pairs,
    put,
    records,
)

from edgewise_targets.mysql.words import RESERVED_WORDS as MYSQL_WORDS
from edgewise_targets.postgresql.words import RESERVED_WORDS as POSTGRESQL_WORDS
from edgewise_targets.relational.names import cut
from edgewise_targets.sqlite.words import RESERVED_WORDS as SQLITE_WORDS

# ---- words that a database keeps for itself ----

# No name that is declared begins with `_`; a stated one may.
DECLARABLE = {word for word in MYSQL_WORDS if not word.startswith("_")}


def keywords_of_sqlite() -> set[str]:
    """Ask the library that Python itself has loaded, or is built with."""
    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    if not hasattr(library, "sqlite3_keyword_count"):
        pytest.skip(
            "NOT TESTED: this Python does not show its SQLite; what that refuses is tested all the same"
        )
    name, length = ctypes.c_void_p(), ctypes.c_int()
    found = set()
    for number in range(library.sqlite3_keyword_count()):
        library.sqlite3_keyword_name(number, ctypes.byref(name), ctypes.byref(length))
        assert name.value is not None
        found.add(ctypes.string_at(name.value, length.value).decode().lower())
    return found


def every_word(postgresql: PostgreSQL) -> list[str]:
    """All keywords, and the names of PostgreSQL's own types and functions that could be a name."""
    types = "SELECT typname::text FROM pg_type WHERE typname ~ '^[a-z][a-z0-9_]*$'"
    found = {word for (word,) in postgresql.rows(f"SELECT word FROM pg_get_keywords() UNION {types}")}
    return sorted(
        word for word in found | SQLITE_WORDS | DECLARABLE if not word.startswith(("pg_", "sqlite_"))
    )


def test_the_words_of_postgresql(postgresql: PostgreSQL) -> None:
    """What the server would put into quotes is put into quotes; a newer one may know more words."""
    query = "SELECT word FROM pg_get_keywords() WHERE quote_ident(word) <> word"
    quoted = {word for (word,) in postgresql.rows(query)}
    assert quoted <= POSTGRESQL_WORDS
    if postgresql.connection.info.server_version // 10_000 == 18:
        assert quoted == POSTGRESQL_WORDS


def test_the_words_of_sqlite() -> None:
    assert keywords_of_sqlite() <= SQLITE_WORDS


def test_sqlite_refuses_no_word_that_is_not_in_the_list(sqlite: SQLite, postgresql: PostgreSQL) -> None:
    """Each word without quotes wherever a name can stand: what fails there has to get quotes from us."""
    refused = set()
    for number, word in enumerate(every_word(postgresql)):
        statements = [
            f"CREATE TABLE t{number} ({word} TEXT CHECK ({word} IN ('x')), PRIMARY KEY ({word}))",
            f"CREATE TABLE {word} (id TEXT)",
            f"CREATE VIEW v{number} AS SELECT {word} FROM t{number} UNION ALL SELECT {word} FROM t{number}",
        ]
        try:
            for statement in statements:
                sqlite.connection.execute(statement)
        except sqlite3.Error:
            refused.add(word)
    assert refused <= SQLITE_WORDS
    assert list(itertools.islice(sorted(refused), 3)) == ["add", "all", "alter"]


@pytest.mark.parametrize("words", [POSTGRESQL_WORDS, SQLITE_WORDS, DECLARABLE, {"name", "text", "date"}])
def test_only_what_has_to_be_is_in_quotes(database: Database, words: frozenset[str]) -> None:
    kept = {"PostgreSQL": POSTGRESQL_WORDS, "SQLite": SQLITE_WORDS, "MySQL": MYSQL_WORDS}[database.title]
    quote = "`" if database.title == "MySQL" else '"'
    for word in sorted(words):
        sql = ddl({"object_types": {word: {}}}, database.target)
        assert (f"CREATE TABLE {quote}{word}{quote} (" in sql) == (word in kept)
        assert (f"CREATE TABLE {word} (" in sql) == (word not in kept)


def of_every_word(words: list[str]) -> dict[str, Any]:
    """Each word as an object type, as attributes with every kind of condition, and as a relationship type."""
    attributes = {word: {"enum": [word], "unique": True, "default": word} for word in words}
    on_links = {word: {"type": "string", "required": True, "description": word} for word in words}
    ends = {"cardinality": "one_to_one", "attributes": on_links}
    return {
        "object_types": {
            **{word: {"attributes": {word: {"type": "decimal", "unique": True}}} for word in words},
            "thing_of_all": {"attributes": attributes},
        },
        "relationship_types": {
            **{word: {"from": word, "to": "thing_of_all", "inverse": f"back_{word}"} for word in words},
            "link_of_all": {"from": "thing_of_all", "to": "thing_of_all", "symmetric": True, **ends},
            "inverse_of_all": {"from": "thing_of_all", "to": "thing_of_all", "inverse": "back", **ends},
            "via_of_all": {"via": [words[0], f"back_{words[0]}"], "from": words[0]},
        },
    }


@pytest.mark.parametrize("part", range(20))
def test_every_word_as_every_kind_of_name(database: Database, postgresql: PostgreSQL, part: int) -> None:
    """Some of them at a time: no table of MySQL has more than 64 keys."""
    words = every_word(postgresql)[part::20]
    assert 30 < len(words) < 62
    put(database, of_every_word(words))
    for word in words:
        assert insert(database, word, **{"id": "1", word: "1.5"}) is None
    row = dict.fromkeys(words, "x")
    records(database, "thing_of_all", ["1", "2"][:1])
    assert insert(database, "thing_of_all", id="2") is not None  # every word is unique there, with a default
    assert insert(database, "thing_of_all", id="2", **dict.fromkeys(words)) is None
    assert link(database, "link_of_all", "1", "2", **row) is None
    assert pairs(database, "rel_link_of_all_both") == [("1", "2"), ("2", "1")]
    for word in words:
        assert link(database, word, "1", "1") is None
        assert pairs(database, f"rel_{word}_inverse") == [("1", "1")]


# ---- names that are long ----


def longest(letter: str) -> str:
    return (letter * 8 + "_") * 7


def of_long_names() -> dict[str, Any]:
    first, second = longest("a"), longest("a")[:-1] + "b"
    assert len(first) == 63
    attribute = {"enum": ["x"], "unique": True}
    return {
        "object_types": {
            name: {"attributes": {name: attribute, "a_name": attribute}} for name in (first, second)
        },
        "relationship_types": {
            name: {"from": first, "to": second, "inverse": f"i{name[1:]}", "cardinality": "one_to_one"}
            for name in (first, second)
        },
    }


def test_long_names_are_cut_and_stay_different(database: Database) -> None:
    sql = ddl(of_long_names(), database.target)
    database.load(sql)
    names = [name for name in re.findall("[a-z0-9_]+", sql) if "aaaaaaaa" in name]
    assert max(len(name) for name in names) == 63
    assert len({name for name in names if f"CREATE TABLE {name} (" in sql}) == 4


def test_a_cut_name_is_the_same_in_each_database(postgresql: PostgreSQL, sqlite: SQLite) -> None:
    constraints = [
        {line.split()[1] for line in ddl(of_long_names(), each.target).splitlines() if "CONSTRAINT" in line}
        for each in (postgresql, sqlite)
    ]
    assert constraints[0] == constraints[1]


def test_postgresql_keeps_every_name_as_it_is(postgresql: PostgreSQL) -> None:
    """A name over 63 bytes would be cut without a word."""
    put(postgresql, of_long_names())
    kept = {name for (name,) in postgresql.rows("SELECT relname::text FROM pg_class")}
    kept |= {name for (name,) in postgresql.rows("SELECT conname::text FROM pg_constraint")}
    sql = ddl(of_long_names(), postgresql.target)
    made = {line.split()[1] for line in sql.splitlines() if line.startswith("  CONSTRAINT ")}
    made |= {line.split()[2] for line in sql.splitlines() if line.startswith("CREATE ")}
    assert made
    assert made <= kept


def test_the_name_of_a_column_is_cut_too(database: Database) -> None:
    name = longest("a")
    in_column = {"cardinality": "many_to_one", "targets": {"sql": {"storage": "column"}}}
    declared = {
        "object_types": {"person": {}, "place": {}},
        "relationship_types": {name: {"from": "person", "to": "place", **in_column}},
    }
    put(database, declared)
    records(database, "place", ["x"])
    assert insert(database, "person", id="a", **{cut(f"{name}_id"): "x"}) is None
    assert pairs(database, cut(f"rel_{name}")) == [("a", "x")]
