"""Progress: what takes long is named, on a terminal only and not before one would begin to wonder."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SECONDS = 0.3
_ERASE = "\r\x1b[K"


@contextmanager
def progress(what: str, *, wanted: bool = True) -> Iterator[None]:
    """Name what is done within the block on standard error once it takes long, and erase that at its end."""
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    said = False

    def say(*_: object) -> None:
        nonlocal said
        said = True
        # Not through the stream, which this signal may have interrupted in the middle of its work.
        _write(f"{_ERASE}{what} ...")

    before = signal.signal(signal.SIGALRM, say)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if said:
            _write(_ERASE)


def _write(text: str) -> None:
    with suppress(OSError):
        os.write(sys.stderr.fileno(), text.encode())
