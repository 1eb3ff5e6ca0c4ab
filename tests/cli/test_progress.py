"""What takes long is named on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import signal
import sys
import time

import pytest

from edgewise.cli import progress as module
from edgewise.cli.progress import progress


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.02)


def seen(seconds: float, *, wanted: bool = True) -> bytes:
    """Return what a terminal shows of something that takes a while."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        with progress("compiling", wanted=wanted):
            time.sleep(seconds)
        time.sleep(0.05)
        stream.write("end")
        stream.flush()
        text = b""
        while not text.endswith(b"end"):
            text += os.read(ours, 1_000)
    os.close(ours)
    return text.removesuffix(b"end")


def test_what_takes_long_is_named_and_erased() -> None:
    before = signal.getsignal(signal.SIGALRM)
    assert seen(0.1) == b"\r\x1b[Kcompiling ...\r\x1b[K"
    assert signal.getsignal(signal.SIGALRM) is before


def test_what_is_done_at_once_is_not_named() -> None:
    assert seen(0) == b""


def test_who_wants_quiet_has_it() -> None:
    assert seen(0.1, wanted=False) == b""


def test_what_is_no_terminal_sees_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with progress("compiling"):
        time.sleep(0.05)
    assert capfd.readouterr() == ("", "")
