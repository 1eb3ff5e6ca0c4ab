"""Renderers: what was found, as people and programs read it. One format a file, each with `render(report)`.

A renderer is a pure function: it reads no file, asks no clock and knows no rule.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from edgewise.diagnostics import Diagnostic, Severity
from edgewise.source import find_not_allowed

MAX_BYTES = 64_000
"""The most that `text` and `concise` ever say, in bytes."""


@dataclass(frozen=True, slots=True)
class Facts:
    """How much was found in how much: all of it, also what is not shown. `seconds` is what it took."""

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    files: int = 0
    object_types: int = 0
    relationship_types: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be said: located diagnostics in their order, and what they speak of.

    `sources` is the text of each file by the name that spans have for it; one that is not there is not
    quoted. `home` is the absolute path of the folder that those names begin at, `here` that of the one
    where the reader stands.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    facts: Facts
    home: str = "/"
    here: str = "/"
    colour: bool = False
    quiet: bool = False

    def shown(self, file: str) -> str:
        """Return the path of a file as the reader would type it."""
        return visible(posixpath.relpath(posixpath.join(self.home, file), self.here))


def summary(report: Report) -> str:
    """Say how much was found, in one line: `2 errors, 1 warning in 14 files (0.09 s)`."""
    facts = report.facts
    counts = ((facts.errors, "error"), (facts.warnings, "warning"), (facts.notes, "note"))
    found = ", ".join(counted(number, word) for number, word in counts if number) or "no findings"
    shown_notes = sum(each.severity is Severity.NOTE for each in report.diagnostics)
    hidden = " (-v shows them)" if facts.notes > shown_notes else ""
    where = f" in {counted(facts.files, 'file')}" if facts.files else ""
    return f"{found}{hidden}{where} ({facts.seconds:.2f} s)"


def counted(number: int, word: str) -> str:
    """Put a number before a word: `1 file`, `2 files`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def visible(text: str) -> str:
    """Write as an escape whatever a terminal would obey, reorder or not show."""
    return text if text.isascii() and text.isprintable() else "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """Return a character as it is, or as an escape (U+202E as backslash, `u202e`) where it cannot be seen."""
    if character.isprintable() and not find_not_allowed(character):
        return character
    return character.encode("unicode_escape").decode("ascii")


def shortened(text: str, most: int) -> str:
    """Cut what is longer than anybody reads; `most` counts characters."""
    return text if len(text) <= most else f"{text[: most - 3]}..."
