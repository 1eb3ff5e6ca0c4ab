"""The emitted SQL passes a linter, with the configuration at the top of the repository."""

from __future__ import annotations

import re

import pytest
import sqlfluff
from command import ROOT
from sql_database import ddl

from edgewise.target import Target
from edgewise_targets.mysql import TARGET as MYSQL
from edgewise_targets.postgresql import TARGET as POSTGRESQL
from edgewise_targets.sqlite import TARGET as SQLITE

RULES = (ROOT / "tests" / "cases" / "sql" / "rules" / "input" / "schemas" / "rules.yaml").read_text("utf-8")
LINTED = [
    pytest.param(POSTGRESQL, "postgres", id="postgresql"),
    pytest.param(SQLITE, "sqlite", id="sqlite"),
    pytest.param(MYSQL, "mariadb", id="mysql"),
]
# Of MySQL the linter knows neither how a view is indented, nor that `external` became a reserved word.
NOT_KNOWN = {"mariadb": {"LT02", "RF06"}}


@pytest.mark.parametrize(("target", "dialect"), LINTED)
def test_the_linter_has_nothing_to_say(target: Target, dialect: str) -> None:
    # DELIMITER is for the client, and the linter cannot read what stands between two of them.
    sql = re.sub(r"^DELIMITER //$.*^DELIMITER ;\n\n", "", ddl(RULES, target), flags=re.DOTALL | re.MULTILINE)
    told = sqlfluff.lint(sql, dialect=dialect, config_path=str(ROOT / ".sqlfluff"))
    found = [each for each in told if each["code"] not in NOT_KNOWN.get(dialect, ())]
    assert [f"{each['start_line_no']}: {each['code']} {each['description']}" for each in found] == []


def test_the_linter_would_speak() -> None:
    spoiled = ddl(RULES, SQLITE).replace("CREATE TABLE person", "create table person")
    assert sqlfluff.lint(spoiled, dialect="sqlite", config_path=str(ROOT / ".sqlfluff"))
