"""Where something is written: the text it came from, a position in it, and the path that leads there."""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """One file that was read.

    `path` is relative to the project's folder, with `/` between its parts, whatever the machine.
    """

    path: str
    text: str


class Span(NamedTuple):
    """A stretch of one file. Lines and columns count from 1, in characters; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A key or a value inside one YAML document, named by the keys that lead to it.

    It costs nothing to make and says no line or column: those are found from the text, by
    `position.located`, for the few places that somebody is told about.
    """

    source: Source
    document: int
    path: tuple[str | int, ...]
    on_key: bool = False

    def value(self, *path: str | int) -> Place:
        """Return the place of the value that `path` leads to from here."""
        return Place(self.source, self.document, self.path + path)

    def key(self, *path: str | int) -> Place:
        """Return the place of the key that `path` leads to from here."""
        return Place(self.source, self.document, self.path + path, on_key=True)

    @property
    def subject(self) -> tuple[str, str] | None:
        """The declaration this lies in, as `("relationship_types", "placed")`, or None outside of one."""
        if len(self.path) < 2:
            return None
        return str(self.path[0]), str(self.path[1])

    @property
    def dotted(self) -> str:
        """The path as people write it: `relationship_types.placed.to`."""
        return ".".join(str(part) for part in self.path)
