"""Data as the text that a host is written in: blocks of YAML, or JSON as the host lays it out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# What every reader of YAML takes for text without quotes, those of YAML 1.1 too: it begins as a word or a
# path does, and holds nothing that means something anywhere.
_PLAIN = re.compile(r"[A-Za-z/$][A-Za-z0-9 /{}()$.,;'_-]*(?<! )").fullmatch
_WORD = re.compile(r"y|n|yes|no|on|off|true|false|null", re.IGNORECASE).fullmatch
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]").sub


def yaml_lines(value: Any, column: int, step: int) -> Iterator[str]:
    """Yield a mapping or a list as a block that begins at a column, without line ends."""
    margin = " " * column
    if isinstance(value, list):
        for each in value:
            yield from _item(each, column, step)
        return
    for key, each in value.items():
        if isinstance(each, dict | list) and each:
            yield f"{margin}{_scalar(key)}:"
            yield from yaml_lines(each, column + step, step)
        else:
            yield f"{margin}{_scalar(key)}: {_scalar(each)}"


def _item(value: Any, column: int, step: int) -> Iterator[str]:
    dash = f"{' ' * column}- "
    if not isinstance(value, dict | list) or not value:
        yield dash + _scalar(value)
        return
    first, *rest = yaml_lines(value, column + 2, step)
    yield dash + first[column + 2 :]
    yield from rest


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN(value) and not _WORD(value):
        return value
    return _UNSEEN(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


class Layout(NamedTuple):
    """How the host lays out what stands in brackets.

    `margin` is what its lines begin with there, None where all is on one line; `unit` is one step more.
    """

    margin: str | None
    unit: str = "  "
    comma: str = ", "
    colon: str = ": "
    line_end: str = "\n"

    def entries(self, value: Any) -> str:
        """Return the entries of a mapping, or the items of a list, with what stands between them."""
        parts = value if isinstance(value, list) else list(value.items())
        return f",{self.between}".join(map(self._entry, parts))

    @property
    def between(self) -> str:
        """What stands behind a comma."""
        return self.comma[1:] if self.margin is None else f"{self.line_end}{self.margin}"

    def _entry(self, entry: Any) -> str:
        if isinstance(entry, tuple):
            key, value = entry
            return f"{self._dumped(key)}{self.colon}{self._dumped(value)}"
        return self._dumped(entry)

    def _dumped(self, value: Any) -> str:
        if self.margin is None:
            return json.dumps(value, ensure_ascii=False, separators=(self.comma, self.colon))
        return json.dumps(value, ensure_ascii=False, indent=self.unit).replace("\n", self.between)
