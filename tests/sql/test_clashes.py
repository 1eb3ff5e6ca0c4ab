"""Two things that would have one name, names that cannot be, and what is left out."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pymysql
import pytest
from sql_database import (
    Database,
    MariaDB,
    PostgreSQL,
    SQLite,
    compiled,
    ddl,
    insert,
    pairs,
    put,
    records,
    said,
)

from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.place import Place
from edgewise_targets.mysql.dialect import MYSQL
from edgewise_targets.postgresql.dialect import POSTGRESQL
from edgewise_targets.relational import Dialect, names
from edgewise_targets.relational.clashes import ENDINGS
from edgewise_targets.relational.lower import lower
from edgewise_targets.relational.names import Naming, cut
from edgewise_targets.relational.plan import Key, Table
from edgewise_targets.relational.spell import spell_table
from edgewise_targets.sqlite.dialect import SQLITE

# ---- two things of one name ----


def clash(found: list[Diagnostic]) -> tuple[str, tuple[str | int, ...], tuple[str | int, ...]]:
    """Return the one message, and the two places that it shows."""
    (one,) = found
    (other,) = one.related
    return one.message, path(one), path(other)


def path(told: Diagnostic | Related) -> tuple[str | int, ...]:
    """Return the keys that lead to where something is told of."""
    assert isinstance(told.at, Place)
    return told.at.path


def relationship(**more: Any) -> dict[str, Any]:
    return {"from": "person", "to": "person", **more}


@pytest.mark.parametrize(
    ("declared", "name", "second", "first"),
    [
        (
            {"object_types": {"rel_placed": {}}, "relationship_types": {"placed": relationship()}},
            "rel_placed",
            ("relationship_types", "placed"),
            ("object_types", "rel_placed"),
        ),
        (
            {"object_types": {"rel_x_inverse": {}}, "relationship_types": {"x": relationship(inverse="y")}},
            "rel_x_inverse",
            ("relationship_types", "x"),
            ("object_types", "rel_x_inverse"),
        ),
        (
            {"relationship_types": {"x": relationship(symmetric=True), "x_both": relationship()}},
            "rel_x_both",
            ("relationship_types", "x_both"),
            ("relationship_types", "x"),
        ),
        (
            {"relationship_types": {"x": relationship(), "x_to_index": relationship()}},
            "rel_x_to_index",
            ("relationship_types", "x_to_index"),
            ("relationship_types", "x"),
        ),
        (
            {"object_types": {"client": {"targets": {"sql": {"table": "Person"}}}}},
            "Person",
            ("object_types", "person"),
            ("object_types", "client", "targets", "sql", "table"),
        ),
        (
            {"object_types": {"human": {"targets": {"sql": "person"}}}},
            "person",
            ("object_types", "person"),
            ("object_types", "human", "targets", "sql"),
        ),
    ],
)
def test_two_things_of_one_name(
    database: Database, declared: dict[str, Any], name: str, second: tuple[str, ...], first: tuple[str, ...]
) -> None:
    declared = {**declared, "object_types": {"person": {}, **declared.get("object_types", {})}}
    if name.endswith("_index") and database.title == "MySQL":  # an index has its name from its table alone
        put(database, declared)
        return
    message, at, other = clash(said(declared, database.target, Code.SAME_KEY_TWICE))
    assert name.lower() in message.lower()
    assert database.title in message
    assert {at, other} == {second, first}
    assert compiled(declared, database.target).artifacts == {}


def test_keys_share_names_with_tables_in_postgresql_alone(postgresql: PostgreSQL, sqlite: SQLite) -> None:
    unique = {"type": "string", "unique": True}
    catalogs: list[dict[str, Any]] = [
        {"object_types": {"order": {}, "order_pkey": {}}},
        {"object_types": {"a": {"attributes": {"b_c": unique}}, "a_b": {"attributes": {"c": unique}}}},
        {
            "object_types": {"person": {}},
            "relationship_types": {"x": relationship(), "x_pkey": relationship()},
        },
    ]
    for declared in catalogs:
        assert len(said(declared, postgresql.target, Code.SAME_KEY_TWICE)) == 1
        put(sqlite, declared)
        sqlite.load("DROP VIEW edgewise_violation;")
        sqlite.load("".join(f'DROP TABLE "{name}";' for name in reversed(tables(sqlite))))


def tables(sqlite: SQLite) -> list[str]:
    return [
        name for (name,) in sqlite.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ]


def test_an_object_type_and_a_relationship_type_may_share_a_name(database: Database) -> None:
    manufacturer = {"from": "product", "to": "manufacturer", "inverse": "makes"}
    put(
        database,
        {
            "object_types": {"manufacturer": {}, "product": {}},
            "relationship_types": {"manufacturer": manufacturer},
        },
    )


def test_a_clash_is_found_exactly_where_there_is_one(database: Database) -> None:
    """Random catalogs of names that are made to collide: the plan itself is the witness."""
    chance = random.Random(7)
    seen = {True: 0, False: 0}
    for _ in range(400):
        declared = colliding(chance)
        clashing = twice(declared, database)
        assert bool(said(declared, database.target, Code.SAME_KEY_TWICE)) == clashing, declared
        seen[clashing] += 1
    assert min(seen.values()) > 50


def test_a_name_that_another_one_is_cut_to(database: Database) -> None:
    long = "x" * 63
    short = cut(f"rel_{long}").removeprefix("rel_")
    declared = {
        "object_types": {"person": {}},
        "relationship_types": {long: relationship(), short: relationship()},
    }
    assert len(said(declared, database.target, Code.SAME_KEY_TWICE)) == 1
    assert twice(declared, database)


@pytest.mark.parametrize("of_keys", [True, False])
def test_a_clash_that_only_cutting_makes(
    database: Database, monkeypatch: pytest.MonkeyPatch, of_keys: bool
) -> None:
    """Two hashes of eight digits are hardly ever the same, so let them have one."""
    monkeypatch.setattr(names, "_HASH_DIGITS", 1)
    endings = [f"{number:02}" for number in range(40)]
    unique = {"type": "string", "unique": True}
    declared: dict[str, Any] = {"object_types": {"person": {}}}
    if of_keys:
        attributes = {"x" * 40 + ending: unique for ending in endings}
        declared["object_types"]["y" * 30] = {"attributes": attributes}
    else:
        declared["relationship_types"] = {"x" * 61 + ending: relationship() for ending in endings}
    clashing = twice(declared, database)
    assert clashing or (of_keys and database.title != "PostgreSQL")
    assert bool(said(declared, database.target, Code.SAME_KEY_TWICE)) == clashing


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        (
            {
                "object_types": {
                    "a": {"attributes": {"b_c": {"enum": ["x"]}}},
                    "a_b": {"attributes": {"c": {"enum": ["x"]}}},
                }
            },
            "a_b_c_enum",
        ),
        (
            {
                "object_types": {"person": {}, "rel_x": {"attributes": {"y": {"type": "date"}}}},
                "relationship_types": {
                    "x": relationship(attributes={"y": {"type": "date"}}, targets={"sql": "links"})
                },
            },
            None,
        ),
        (
            {
                "object_types": {"person": {}},
                "relationship_types": {
                    "x": relationship(attributes={"y_z": {"type": "date"}}),
                    "x_y": relationship(attributes={"z": {"type": "date"}}),
                },
            },
            "rel_x_y_z_type",
        ),
        (
            {
                "object_types": {
                    "a": {"attributes": {"b_c": {"enum": ["x"]}}},
                    "a_b": {"attributes": {"c": {"type": "string"}}},
                }
            },
            None,
        ),
    ],
)
def test_conditions_share_names_in_mysql_alone(
    database: Database, declared: dict[str, Any], name: str | None
) -> None:
    if database.title != "MySQL" or name is None:
        put(database, declared)
    else:
        (found,) = said(declared, database.target, Code.SAME_KEY_TWICE)
        assert name in found.message


def colliding(chance: random.Random) -> dict[str, Any]:
    parts = ["rel", "x", "y", "inverse", "both", "pkey", "to", "max", "from", "index", "unique", "x" * 50]
    endings = ["", "_inverse", "_both", "_pkey", "_to_max", "_from_max", "_to_index", "_x_unique"]
    names = [
        "_".join(chance.choices(parts, k=chance.randint(1, 2)))[:50] + chance.choice(endings)
        for _ in range(5)
    ]
    object_types: dict[str, Any] = {"person": {}}
    for name in names[:2]:
        attributes = {chance.choice(["x", "y", "x_unique"]): {"type": "string", "unique": True}}
        object_types[name] = {"attributes": attributes, "external": chance.random() < 0.1}
    relationships = {name: chance.choice(shapes(name)) for name in names[2:]}
    return {"object_types": object_types, "relationship_types": relationships}


def shapes(name: str) -> list[dict[str, Any]]:
    return [
        relationship(cardinality="one_to_many"),
        relationship(cardinality="many_to_one", inverse=f"i_{name}"[:63]),
        relationship(symmetric=True),
        relationship(targets={"sql": "rel_x"}),
    ]


def twice(declared: dict[str, Any], database: Database) -> bool:
    """Tell whether two relations of the plan have one name, as that database counts relations."""
    graph = compiled(declared, database.target).graph
    assert graph is not None
    plan = lower(graph, Naming(database.target, has_schemas=True), dialect(database))
    several = (*plan.object_tables, *plan.link_tables, *plan.descriptions)
    made = [each.name for each in several] + [each.name for each in plan.views] + ["edgewise_violation"]
    triggers = [each.name.lower() for each in plan.triggers]
    if len(set(triggers)) < len(triggers):
        return True
    if database.title == "MySQL" and len(set(found := constraints(several))) < len(found):
        return True
    keys = [each for table in several for each in table.constraints if isinstance(each, Key)]
    indexes = [index.name for table in several for index in table.indexes if database.title != "MySQL"]
    relations = [
        *(name.lower() for name in (*made, *indexes)),
        *(key.name.lower() for key in keys if database.target.name == POSTGRESQL.name),
    ]
    return len(set(relations)) < len(relations)


def constraints(tables: Iterable[Table]) -> list[str]:
    """Return what references and conditions are called in MySQL, which has one space for their names."""
    return [
        line.split()[1].lower()
        for table in tables
        for line in spell_table(table, MYSQL).rows
        if line.startswith("CONSTRAINT ") and " UNIQUE " not in line
    ]


def dialect(database: Database) -> Dialect:
    return {"postgresql": POSTGRESQL, "sqlite": SQLITE, "mysql": MYSQL}[database.target.name]


def test_the_endings_of_names_are_those_that_are_made(database: Database) -> None:
    """The short way to tell that there is no clash goes by them."""
    bounds = [{"from": first, "to": second} for first in ("0..1", "1..3") for second in ("0..1", "1..3")]
    flags: list[dict[str, Any]] = [{}, {"acyclic": True}, {"inverse": "back"}]
    outside = {"from": "person", "to": "outside", "cardinality": {"from": "0..2", "to": "0..2"}}
    types = [
        relationship(cardinality=each, **flag, targets={"sql": {"storage": storage}})
        for each in bounds
        for flag in flags
        for storage in ("edge", "column")
        if storage == "edge" or "0..1" in each.values()
    ]
    types += [relationship(cardinality={"from": n, "to": n}, symmetric=True) for n in ("0..1", "1..2")]
    types += [outside, {**outside, "from": "outside", "to": "person"}]
    ends: set[str] = set()
    for each in types:
        unique = {"email": {"type": "string", "unique": True}}
        declared = {
            "object_types": {"person": {"attributes": unique}, "outside": {"external": True}},
            "relationship_types": {"x": each},
        }
        graph = compiled(declared, database.target).graph
        assert graph is not None
        plan = lower(graph, Naming(database.target), dialect(database))
        for table in (*plan.object_tables, *plan.link_tables):
            keys = [key.name for key in table.constraints if isinstance(key, Key)]
            ends |= {table.name, *keys, *(index.name for index in table.indexes)}
        ends |= {each.name for each in (*plan.views, *plan.triggers)}
    made = {name.removeprefix("rel_x").removeprefix("person").removeprefix("_email") for name in ends} - {""}
    assert made <= set(ENDINGS)


# ---- names that a manifest states ----


@pytest.mark.parametrize(
    "table", ["Order Details", "orders-2", "_orders", "Orders", "select", "a$b", "x" * 63]
)
def test_a_stated_table_name(database: Database, table: str) -> None:
    declared = {
        "object_types": {"order": {"targets": {"sql": {"table": table}}}, "person": {}},
        "relationship_types": {
            "placed": {
                "from": "person",
                "to": "order",
                "inverse": "placed_by",
                "targets": {"sql": {"table": "Person Orders"}},
            },
            "placed_twice": {"via": ["placed", "placed_by"], "targets": {"sql": "Twice"}},
        },
    }
    put(database, declared)
    records(database, "person", ["p"])
    records(database, table, ["o"])
    assert insert(database, "Person Orders", from_id="p", to_id="o") is None
    assert pairs(database, "Person Orders_inverse") == [("o", "p")]
    assert pairs(database, "Twice") == []


@pytest.mark.parametrize(
    "table",
    ["sales.order", 'a"b', "a;b", "a\nb", " a", "a ", "1a", "é", "x" * 64, "a'b", "a\\b", "-a", "a%b"],
)
@pytest.mark.parametrize(
    "stated", [lambda table: {"table": table}, lambda table: table], ids=["mapping", "text"]
)
def test_a_table_name_that_cannot_be(database: Database, table: str, stated: Any) -> None:
    declared = {"object_types": {"order": {"targets": {database.target.name: stated(table)}}}}
    (found,) = said(declared, database.target, Code.MALFORMED_KEY)
    assert database.title in found.message
    assert path(found)[:4] == ("object_types", "order", "targets", database.target.name)


def test_a_table_name_of_one_database_alone(postgresql: PostgreSQL, sqlite: SQLite) -> None:
    """What is stated for a database goes before what is stated for all of them."""
    declared = {"object_types": {"order": {"targets": {"sql": "orders", "sqlite": {"table": "purchases"}}}}}
    assert "CREATE TABLE orders (" in ddl(declared, postgresql.target)
    assert "CREATE TABLE purchases (" in ddl(declared, sqlite.target)


@pytest.mark.parametrize("how", ["name", "table"])
def test_names_that_are_the_database_s_own(database: Database, how: str) -> None:
    own = {"PostgreSQL": "pg_class", "SQLite": "sqlite_order"}.get(database.title)
    if own is None:  # MySQL's own names begin with a character that no name here has
        assert MYSQL.reserved_prefix.startswith("#")
        return
    declared = {own: {}} if how == "name" else {"order": {"targets": {"sql": own.upper()}}}
    (found,) = said({"object_types": declared}, database.target, Code.MALFORMED_KEY)
    assert "the database's own" in found.label
    assert said({"object_types": {own: {"external": True}}}, database.target, Code.MALFORMED_KEY) == []


@pytest.mark.parametrize("column", ["xmin", "xmax", "cmin", "cmax", "ctid", "tableoid"])
def test_system_columns_of_postgresql(postgresql: PostgreSQL, sqlite: SQLite, column: str) -> None:
    declared = {"object_types": {"order": {"attributes": {column: {"type": "text"}}}}}
    (found,) = said(declared, postgresql.target, Code.MALFORMED_KEY)
    assert column in found.message
    put(sqlite, declared)


def test_system_columns_of_mysql(mysql: MariaDB, sqlite: SQLite) -> None:
    for column in sorted(MYSQL.system_columns):
        declared = {"object_types": {"order": {"attributes": {column: {"type": "text"}}}}}
        (found,) = said(declared, mysql.target, Code.MALFORMED_KEY)
        assert column in found.message
        with pytest.raises(pymysql.MySQLError, match="Incorrect column name"):
            mysql.load(f"CREATE TABLE t (id bigint, {column} text);")


@pytest.mark.parametrize("count", [1015, 1016, 1598, 1599, 1998, 1999])
def test_more_columns_than_a_table_can_have(database: Database, count: int) -> None:
    """Two are for the ids of a link, so that the limit is the same for all."""
    declared = {
        "object_types": {"order": {"attributes": {f"a{n}": {"type": "boolean"} for n in range(count)}}}
    }
    most = {"PostgreSQL": 1600, "SQLite": 2000, "MySQL": 1017}[database.title]
    found = said(declared, database.target, Code.OVER_THE_LIMIT)
    assert bool(found) == (count + 2 > most)
    if not found:
        put(database, declared)


def test_the_system_columns_are_those_of_the_server(postgresql: PostgreSQL) -> None:
    found = postgresql.rows(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND attnum < 0"
    )
    assert {name for (name,) in found} == POSTGRESQL.system_columns


# ---- what a manifest leaves out ----


def test_what_is_left_out_is_not_there(database: Database) -> None:
    declared = {
        "object_types": {"person": {}, "order": {"targets": {"sql": False}}},
        "relationship_types": {
            "placed": {"from": "person", "to": "order", "inverse": "placed_by"},
            "knows": relationship(),
            "meets": relationship(targets={database.target.name: False}),
            "shares": {"via": ["placed", "placed_by"]},
        },
    }
    sql = ddl(declared, database.target)
    assert [line.split()[2] for line in sql.splitlines() if line.startswith("CREATE TABLE")] == [
        "person",
        "rel_knows",
        "edgewise_object_type",
        "edgewise_relationship_type",
    ]
    assert sql.count("CREATE VIEW") == 1
    graph = compiled(declared, database.target).graph
    assert graph is not None
    types = graph.relationship_types
    described = {name: database.target.describe(graph, {}, types[name]) for name in types}
    assert [name for name, text in described.items() if text == "left out"] == ["meets", "placed", "shares"]
    told = [each.message for each in said(declared, database.target, Code.LOSS)]
    assert told == [
        f"`placed` has no table in {database.title}: `order` is left out",
        f"`shares` has no table in {database.title}: a step of its `via` is left out",
    ]


def test_what_is_asked_for_and_cannot_be_is_a_mistake(database: Database) -> None:
    declared = {
        "object_types": {"person": {}, "order": {"targets": {"sql": False}}},
        "relationship_types": {
            "placed": {"from": "person", "to": "order", "targets": {"sql": {"storage": "edge"}}}
        },
    }
    (found,) = said(declared, database.target, Code.CANNOT_BE_SAID)
    assert "`order` is left out" in found.message


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"cardinality": "many_to_many"}, "it is many to many"),
        ({"cardinality": "one_to_one", "symmetric": True}, "it is symmetric"),
        ({"attributes": {"since": {"type": "date"}}}, "its links have attributes"),
        ({"to": "outside"}, "`outside` is external and has no table"),
        ({"on_delete": {"to": "restrict"}}, "a link in a column goes with its `person`"),
        ({"via": ["other", "other"]}, "nothing is stored for it"),
    ],
)
def test_links_that_cannot_be_kept_in_a_column(database: Database, more: dict[str, Any], reason: str) -> None:
    for family in ("sql", database.target.name):
        knows = {
            "cardinality": "one_to_many",
            **relationship(targets={family: {"storage": "column"}}),
            **more,
        }
        declared = {
            "object_types": {"person": {}, "outside": {"external": True}},
            "relationship_types": {"knows": knows, "other": relationship()},
        }
        if "via" in more:
            del knows["cardinality"]
        (found,) = said(declared, database.target, Code.CANNOT_BE_SAID)
        assert reason in found.message
        assert path(found) == ("relationship_types", "knows", "targets", family, "storage")


@pytest.mark.parametrize("first", ["attribute", "column"])
def test_a_column_that_the_table_has_already(database: Database, first: str) -> None:
    in_column = {"targets": {"sql": {"storage": "column"}}, "cardinality": "one_to_many"}
    person = {"attributes": {"boss_id": {"type": "string"}}} if first == "attribute" else {}
    declared = {
        "object_types": {"person": person, "boss": {}},
        "relationship_types": {
            "leads": relationship(inverse="boss", **in_column),
            **({"pays": {"from": "boss", "to": "person", **in_column}} if first == "column" else {}),
        },
    }
    _, at, other = clash(said(declared, database.target, Code.SAME_KEY_TWICE))
    second = "leads" if first == "attribute" else "pays"
    assert at == ("relationship_types", second, "targets", "sql", "storage")
    assert other[:2] == (
        ("object_types", "person") if first == "attribute" else ("relationship_types", "leads")
    )


def test_names_that_are_edgewise_s_own(database: Database) -> None:
    for name in ("edgewise_object_type", "edgewise_relationship_type", "edgewise_violation"):
        (found,) = said({"object_types": {name: {}}}, database.target, Code.SAME_KEY_TWICE)
        assert "as is one of edgewise's" in found.message
    assert said({"object_types": {"edgewise_user": {}}}, database.target, Code.SAME_KEY_TWICE) == []


def test_clashing_declarations_are_told_of_once(database: Database) -> None:
    """Tables of one name have keys and views of one name as well, which would only repeat it."""
    declared = {
        "object_types": {"person": {}},
        "relationship_types": {
            name: relationship(inverse=f"{name}_of", targets={"sql": "links"}) for name in ("a", "b", "c")
        },
    }
    found = said(declared, database.target, Code.SAME_KEY_TWICE)
    assert [path(each)[1] for each in found] == ["b", "c"]
