"""The databases to prove on: SQLite needs no server."""

from __future__ import annotations

import pytest
from proving import Place


@pytest.fixture(params=["sqlite", "postgresql", "mysql"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each target that can be proven, with a server where it needs one."""
    servers = {"postgresql": "server", "mysql": "mariadb"}
    name = request.param
    return Place(name, request.getfixturevalue(servers[name]) if name in servers else None)
