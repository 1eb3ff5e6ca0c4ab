"""SQLite 3.37 and later: one file of DDL with STRICT tables that enforces what is declared."""

from __future__ import annotations

from edgewise_targets.relational import make_target
from edgewise_targets.sqlite.dialect import SQLITE

TARGET = make_target(SQLITE)
