"""MySQL 8.0.16 and later, and MariaDB 10.6 and later: one file of DDL that enforces what is declared."""

from __future__ import annotations

from edgewise_targets.mysql.dialect import MYSQL
from edgewise_targets.relational import make_target

TARGET = make_target(MYSQL, "mysql://user:password@host/database", "mariadb://user:password@host/database")
