"""Every rule that can be declared, on every database: what breaks it is refused, or found by a query.

Each row has statements that are fine and statements that break its rule. `held` says by what each database
holds it, as the table of rules promises, and `rules.json` has to say the same.
"""

from __future__ import annotations

from typing import Any

import pytest
from bound_rows import BOUND_ROWS, Row
from rule_rows import RULE_ROWS
from sql_database import Database
from sql_scenes import do, loaded, manifest, rule_entries, transacted
from sql_writers import Refused, Writer

ROWS = (*BOUND_ROWS, *RULE_ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[each.called for each in ROWS])
def test_a_rule_is_held_as_the_table_says(database: Database, row: Row) -> None:
    entry = entry_of(database, row)
    held = row.held[database.target.name]
    assert entry["enforced_by"] == held
    with loaded(database, row.more) as writer:
        do(writer, "BEGIN", *row.before, "COMMIT")
        for statements in row.fine:
            assert transacted(writer, statements) is None, statements
        assert database.rows("SELECT * FROM edgewise_violation") == []
        for statements in row.breaking:
            if held == "query":
                do(writer, "BEGIN", *statements.split("; "))
                assert row.listed in [each[2:] for each in listed(writer, row.rule[0])]
                do(writer, "ROLLBACK")
            else:
                refused = transacted(writer, statements)
                assert refused is not None, statements
                assert tells(refused, entry["name"]), refused
        assert database.rows("SELECT * FROM edgewise_violation") == []


def tells(refused: Refused, name: str) -> bool:
    """Tell whether a refusal names the rule; a key or a reference of SQLite names none."""
    is_unnamed = refused.message.startswith(("UNIQUE constraint failed", "FOREIGN KEY constraint failed"))
    return refused.is_rule and (refused.name == name or (refused.name is None and is_unnamed))


def listed(writer: Writer, rule: str) -> list[tuple[Any, ...]]:
    return writer.rows("SELECT * FROM edgewise_violation WHERE rule = ?", rule)


def entry_of(database: Database, row: Row) -> dict[str, Any]:
    found = [
        each
        for each in rule_entries(database, manifest(row.more))
        if (each["rule"], each["end"], each["attribute"]) == row.rule
    ]
    assert len(found) == 1
    return found[0]
