"""Printing: what a stream cannot show is escaped, and one that nobody reads any more is no reason to fail."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from edgewise import __version__


def say(text: str) -> None:
    """Print a text on standard output."""
    print_on(sys.stdout, text)


def print_on(stream: TextIO | None, text: str) -> None:
    """Print a text; whether somebody listens is no matter, and there is no stream where it was closed before.

    Raises OSError where the stream cannot be written for another reason, such as a full disk.
    """
    if not text or stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        silence(stream)
    except OSError as error:
        silence(stream)
        name = "standard error" if stream is sys.stderr else "standard output"
        raise OSError(error.errno, error.strerror, name) from error


def complain(text: str) -> None:
    """Print a text on standard error, as far as that is possible."""
    with suppress(OSError):
        print_on(sys.stderr, text)


def complain_of(error: OSError) -> None:
    """Say that the machine does not do what it is asked."""
    where = f"{error.filename}: " if error.filename else ""
    complain(f"edgewise: {where}{(error.strerror or str(error)).lower()}\n")


def say_version() -> None:
    """Print the version of the program."""
    say(f"edgewise {__version__}\n")


def silence(stream: TextIO) -> None:
    """Lead what is still to come nowhere, so that the interpreter does not complain at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def is_coloured(choice: str, stream: TextIO | None, environment: Mapping[str, str]) -> bool:
    """Decide about colour: the option first, then NO_COLOR and FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream is not None and stream.isatty() and environment.get("TERM") != "dumb"
