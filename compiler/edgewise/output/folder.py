"""The output folder: the way there, the lock on it, and what lies in it."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from edgewise.diagnostics import Code, Diagnostic

_PIECE = 1 << 16
_OPEN_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Refused(Exception):  # noqa: N818 - it ends a run of the writer and never leaves this package
    """What is in the way of a build, as diagnostics."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        super().__init__()
        self.diagnostics = list(diagnostics)


class Folder(NamedTuple):
    """The output folder: its path, and what people call it, which is its path in the project."""

    path: str
    shown: str

    def at(self, path: str) -> str:
        """Return the full path of what lies below."""
        return f"{self.path}/{path}"

    def name(self, path: str) -> str:
        """Return the path of what lies below as people are to see it."""
        return f"{self.shown}/{path}"


@contextmanager
def turn(root: str, out: str, *, writing: bool, waiting: Callable[[], None]) -> Iterator[Folder]:
    """Hold the output folder, which a writer alone makes where there is none, until the end of the block.

    Writers take turns, and no reader sees a writer's half. `waiting` is called when it is not one's turn.
    """
    made: list[str] = []
    path = _way(root, out, made if writing else None)
    descriptor = _locked(path, fcntl.LOCK_EX if writing else fcntl.LOCK_SH, waiting)
    try:
        # The folder may have been removed, or made anew, while this run waited for its turn.
        while not _is_still(descriptor, path):
            _way(root, out, made if writing else None)
            os.close(descriptor)
            descriptor = _locked(path, fcntl.LOCK_EX if writing else fcntl.LOCK_SH, waiting)
        yield Folder(path, "/".join(_parts(out)))
    finally:
        for folder in reversed(made):
            with suppress(OSError):
                os.rmdir(folder)
        with suppress(OSError):  # only the lock hangs on it, and nothing that was said is to be lost
            os.close(descriptor)


def _parts(out: str) -> list[str]:
    return os.path.normpath(out).split(os.sep)


def _way(root: str, out: str, made: list[str] | None) -> str:
    """Return the path of the output folder; no part of the way may be a link or lie outside the project."""
    parts = _parts(out)
    if os.path.isabs(out) or parts[0] in {os.pardir, os.curdir}:
        message = f"the output folder `{out}` does not lie below the project's folder"
        raise Refused([Diagnostic(Code.CANNOT_WRITE, message, help="name a folder below it")])
    path = root
    for number, part in enumerate(parts):
        path = os.path.join(path, part)
        if made is not None:
            with suppress(FileExistsError):
                os.mkdir(path)
                made.append(path)
        mode = os.lstat(path).st_mode
        if not stat.S_ISDIR(mode):
            raise Refused([in_the_way("/".join(parts[: number + 1]), mode, "a folder")])
    return path


def _locked(path: str, kind: int, waiting: Callable[[], None]) -> int:
    descriptor = os.open(path, _OPEN_FLAGS | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, kind)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _is_still(descriptor: int, path: str) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    return False


def in_the_way(shown: str, mode: int, needed: str) -> Diagnostic:
    """Refuse what stands where a file or folder of ours has to be."""
    kind = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "not a regular file"
    found = "a file" if stat.S_ISREG(mode) else kind
    message = f"`{shown}` is {found}, where {needed} has to be"
    return Diagnostic(Code.CANNOT_WRITE, message, help="move it away, or choose another output folder")


def read_bytes(path: str) -> bytes:
    """Read a file without following a link."""
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        parts = []
        while part := os.read(descriptor, _PIECE):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def holds(path: str, content: bytes) -> bool:
    """Tell whether a file has a content, without ever having a large one in memory twice."""
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        position = 0
        while part := os.read(descriptor, _PIECE):
            if part != content[position : position + len(part)]:
                return False
            position += len(part)
        return position == len(content)
    finally:
        os.close(descriptor)


def status_of(path: str) -> os.stat_result | None:
    """Return what the system knows of a path, links not followed; None where there is nothing."""
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def folders_of(paths: Iterable[str]) -> list[str]:
    """Return every folder that some relative paths lie in, the outer before the inner."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(found)


def existing(
    folder: Folder, paths: Iterable[str], needed: Collection[str], leaving: Collection[str] = ()
) -> set[str]:
    """Return which of some folders (outer first) are there.

    Raises Refused for whatever else stands where a needed folder has to be: through a link we would write
    elsewhere. Regular files of `leaving` make room.
    """
    found = {""}
    refused = []
    for path in paths:
        status = status_of(folder.at(path)) if path.rpartition("/")[0] in found else None
        if status is None:
            continue
        if stat.S_ISDIR(status.st_mode):
            found.add(path)
        elif path in needed and not (path in leaving and stat.S_ISREG(status.st_mode)):
            refused.append(in_the_way(folder.name(path), status.st_mode, "a folder"))
    if refused:
        raise Refused(refused)
    return found
