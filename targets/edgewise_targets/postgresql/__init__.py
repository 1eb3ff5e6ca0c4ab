"""PostgreSQL 14 and later: one file of DDL that enforces what is declared."""

from __future__ import annotations

from edgewise_targets.postgresql.dialect import POSTGRESQL
from edgewise_targets.relational import make_target

TARGET = make_target(
    POSTGRESQL, "postgresql://user:password@host/database", "postgres://user:password@host/database"
)
