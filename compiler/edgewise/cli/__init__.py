"""The command line: the only place that prints, writes and exits. One file a command, loaded on demand."""

from __future__ import annotations

import gc
import signal
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command that this process was started for, and end with its exit status.

    Everything else is imported here, under the eyes of the handler of interrupts. Collecting garbage is
    switched off, also at the end: a run makes many objects and keeps most of them until it ends, soon.
    An interrupt that comes when all is said and done has nothing left to stop.
    """
    gc.disable()
    try:
        status = _version() if sys.argv[1:] == ["--version"] else _run()
    except KeyboardInterrupt:
        status = 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.freeze()
    sys.exit(status)


def _version() -> int:
    """Answer the most frequent question of scripts without loading a parser for options."""
    from edgewise.cli.speech import complain_of, say_version  # noqa: PLC0415 - see `main`

    try:
        say_version()
    except OSError as error:
        complain_of(error)
        return 2
    return 0


def _run() -> NoReturn:
    from edgewise.cli.app import EDGEWISE  # noqa: PLC0415 - see `main`

    EDGEWISE.main(sys.argv[1:])
