"""The command line: the only place that prints, writes and exits. One file a command, loaded on demand."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the command that this process was started for, and end the process with its exit status.

    The process ends without taking apart what it made: a run makes many objects and keeps most of them
    until its end, and to free a million one by one would take a tenth of its time. An interrupt that comes
    when all is said and done has nothing left to stop.
    """
    try:
        status = run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # no stream where it was closed before
            stream.flush()
    os._exit(status)


def run() -> int:
    """Run the command that the process was started for, and return its exit status.

    Everything else is imported here, under the eyes of the handler of interrupts.
    """
    gc.disable()
    try:
        return _version() if sys.argv[1:] == ["--version"] else _command()
    except KeyboardInterrupt:
        return 130


def _version() -> int:
    """Answer the most frequent question of scripts without loading a parser for options."""
    from edgewise.cli.speech import complain_of, say_version  # noqa: PLC0415 - see `run`

    try:
        say_version()
    except OSError as error:
        complain_of(error)
        return 2
    return 0


def _command() -> int:
    from edgewise.cli.app import ended  # noqa: PLC0415 - see `run`

    return ended(sys.argv[1:])
