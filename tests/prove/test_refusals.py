"""What databases say when they refuse something, those that the tests do not run too; files taken apart."""

from __future__ import annotations

import pytest

from edgewise_targets.mysql import connection as mysql
from edgewise_targets.relational.proof.connection import Refusal
from edgewise_targets.relational.proof.judge import is_by
from edgewise_targets.relational.proof.rule import Rule
from edgewise_targets.relational.proof.scene import Refused
from edgewise_targets.sqlite import connection as sqlite


@pytest.mark.parametrize(
    ("number", "message", "kind", "name", "columns"),
    [
        (1062, "Duplicate entry 'p1' for key 'rel_placed_from_max'", "key", "rel_placed_from_max", ()),
        (1062, "Duplicate entry 'a-b' for key 'rel_placed.PRIMARY'", "key", "PRIMARY", ()),  # MySQL 8.0.19
        (4025, "CONSTRAINT `rel_r_no_self` failed for `d`.`rel_r`", "check", "rel_r_no_self", ()),
        (3819, "Check constraint 'rel_r_no_self' is violated.", "check", "rel_r_no_self", ()),  # MySQL 8
        (
            1452,
            (
                "Cannot add or update a child row: a foreign key constraint fails (`d`.`rel_r`, "
                "CONSTRAINT `rel_r_to_references` FOREIGN KEY (`to_id`) REFERENCES `order` (`id`))"
            ),
            "reference",
            "rel_r_to_references",
            (),
        ),
        (1048, "Column 'placed_by_id' cannot be null", "null", None, ("placed_by_id",)),
        (1364, "Field 'placed_by_id' doesn't have a default value", "null", None, ("placed_by_id",)),
        (1406, "Data too long for column 'note' at row 1", "length", None, ("note",)),
        (1644, "rel_r_to_max: A person has at most two: dogs.", "trigger", "rel_r_to_max", ()),
        (1146, "Table 'd.rel_r' doesn't exist", "other", None, ()),
    ],
)
def test_mysql_and_mariadb(
    number: int, message: str, kind: str, name: str | None, columns: tuple[str, ...]
) -> None:
    assert mysql._read(number, message) == Refusal(kind, message, name, None, columns)


@pytest.mark.parametrize(
    ("message", "kind", "name", "table", "columns"),
    [
        ("CHECK constraint failed: rel_r_no_self", "check", "rel_r_no_self", None, ()),
        ("UNIQUE constraint failed: rel_r.to_id", "key", None, "rel_r", ("to_id",)),
        ("UNIQUE constraint failed: rel_r.from_id, rel_r.to_id", "key", None, "rel_r", ("from_id", "to_id")),
        ("NOT NULL constraint failed: order.placed_by_id", "null", None, "order", ("placed_by_id",)),
        ("FOREIGN KEY constraint failed", "reference", None, None, ()),
        ("rel_r_to_max: A person has at most two: dogs.", "trigger", "rel_r_to_max", None, ()),
        ("database or disk is full", "other", None, None, ()),
    ],
)
def test_sqlite(
    message: str, kind: str, name: str | None, table: str | None, columns: tuple[str, ...]
) -> None:
    assert sqlite._read(message) == Refusal(kind, message, name, table, columns)


MAXIMUM = Rule("r", "max", "from", 1, None, "", "constraint", "rel_r_from_max")


@pytest.mark.parametrize(
    ("refusal", "is_so"),
    [
        (Refusal("key", "", "rel_r_from_max"), True),
        (Refusal("key", "", "rel_r_to_max"), False),
        (Refusal("trigger", "", "rel_r_both"), True),  # one that is as good
        (Refusal("key", "", None, "rel_r", ("to_id",)), True),
        (Refusal("key", "", None, "rel_r", ("from_id",)), False),
        (Refusal("key", "", None, "rel_s", ("to_id",)), False),
        (Refusal("key", ""), True),
        (Refusal("reference", ""), False),
        (Refusal("other", "no such table"), False),
    ],
)
def test_whether_it_is_the_rule_that_refuses(refusal: Refusal, is_so: bool) -> None:
    assert is_by(refusal, MAXIMUM, Refused("sales.rel_r", ("to_id",), ("rel_r_both",))) is is_so


def test_a_file_is_taken_apart_as_the_client_does() -> None:
    text = (
        "-- A remark that ends so;\n"
        "CREATE TABLE a (\n  -- has many; dogs;\n  id int\n);\n"
        "DELIMITER //\n"
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW\nBEGIN\n  SET NEW.id = 1;\nEND//\n"
        "DELIMITER ;\n"
        "INSERT INTO a VALUES ('x;\\ny');\n"
    )
    assert list(mysql.statements(text)) == [
        "-- A remark that ends so;\nCREATE TABLE a (\n  -- has many; dogs;\n  id int\n)",
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW\nBEGIN\n  SET NEW.id = 1;\nEND",
        "INSERT INTO a VALUES ('x;\\ny')",
    ]


def test_a_url_of_mysql() -> None:
    url = "mysql://us%40er:p%2Fw@db.example:3307/any?unix_socket=/run/my%20sql.sock"
    assert mysql._read_url(url) == {
        "host": "db.example",
        "port": 3307,
        "user": "us@er",
        "password": "p/w",
        "unix_socket": "/run/my sql.sock",
        "charset": "utf8mb4",
        "autocommit": True,
    }
