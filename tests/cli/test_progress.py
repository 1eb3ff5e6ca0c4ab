"""What takes long is named on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import signal
import sys
import time
from collections.abc import Iterator
from typing import TextIO

import pytest

from edgewise.cli import progress as module
from edgewise.cli.progress import progress


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal as standard error; gives the end where somebody looks at it."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr(module, "_SECONDS", 0.02)
        yield ours
    os.close(ours)


def seen(terminal: int, stream: TextIO) -> bytes:
    stream.write("end")
    stream.flush()
    text = b""
    while not text.endswith(b"end"):
        text += os.read(terminal, 1_000)
    return text.removesuffix(b"end")


def test_what_takes_long_is_named_and_erased(terminal: int) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with progress("compiling"):
        time.sleep(0.1)
    assert seen(terminal, sys.stderr) == b"\r\x1b[Kcompiling ...\r\x1b[K"
    assert signal.getsignal(signal.SIGALRM) is before


def test_what_is_done_at_once_is_not_named(terminal: int) -> None:
    with progress("compiling"):
        pass
    time.sleep(0.05)
    assert seen(terminal, sys.stderr) == b""


def test_who_wants_quiet_has_it(terminal: int) -> None:
    with progress("compiling", wanted=False):
        time.sleep(0.05)
    assert seen(terminal, sys.stderr) == b""


def test_what_is_no_terminal_sees_nothing(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.02)
    with progress("compiling"):
        time.sleep(0.05)
    assert capfd.readouterr() == ("", "")
