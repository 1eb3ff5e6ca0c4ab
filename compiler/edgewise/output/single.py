"""One file, written in place of what is there: whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress


def replace_file(path: str, content: bytes) -> None:
    """Let a file hold some bytes; whoever reads it meanwhile sees the old ones or the new ones.

    A link leads to the file that is meant. The permissions of a file that is there stay. Raises OSError,
    and leaves everything as it was then.
    """
    path = os.path.realpath(path)
    mode = _mode(path)
    staged = f"{path}.{os.getpid()}.tmp"
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        with open(descriptor, "wb") as file:
            if mode is not None:
                os.fchmod(descriptor, mode)
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(staged, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(staged)
        raise


def _mode(path: str) -> int | None:
    """Return the permissions of a file, which has to be one that may be written; None where there is none."""
    try:
        with open(path, "r+b") as file:
            return os.fstat(file.fileno()).st_mode & 0o7777
    except FileNotFoundError:
        return None
