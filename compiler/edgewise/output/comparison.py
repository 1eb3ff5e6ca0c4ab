"""What a build would change, as diagnostics, without changing it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from edgewise.diagnostics import Code, Diagnostic
from edgewise.output.folder import Folder, Refused, read_bytes, status_of, turn
from edgewise.output.plan import MANIFEST, Outputs, Plan, plan, take
from edgewise.place import Span

_HELP = "run `edgewise build`"
# So many stale files are quoted; of the others only the place is told.
_MOST_TEXTS = 50
_LABEL = 160

Texts = dict[str, str]


class Comparison(NamedTuple):
    """What a build would change: as diagnostics, with the texts of the files that they quote, by path.

    `number` is how many files there have to be.
    """

    diagnostics: list[Diagnostic]
    texts: Texts
    number: int = 0


def compare(root: str, out: str, outputs: Outputs, waiting: Callable[[], None] = lambda: None) -> Comparison:
    """Say what `write` would change; writes nothing.

    Stale, missing and extra files are EW904, what is in the way EW903, what cannot be read EW902.
    """
    if not os.path.lexists(os.path.join(root, out)):
        number = sum(1 for artifacts in outputs.values() for _ in artifacts)
        message = f"there is no output folder `{out}`, where {number:,} files have to be"
        return Comparison(_helped([_stale(message)] if number else []), {}, number)
    try:
        with turn(root, out, writing=False, waiting=waiting) as folder:
            stale = _Stale(folder)
            files = take(outputs, folder, stale.keep)
            found = plan(folder, files, outputs.keys())
            return Comparison(_helped(list(_differences(folder, found, stale))), stale.texts, len(files))
    except Refused as refused:
        return Comparison(refused.diagnostics, {})
    except OSError as error:
        shown = os.path.relpath(error.filename, root) if isinstance(error.filename, str) else out
        reason = (error.strerror or type(error).__name__).lower()
        return Comparison([Diagnostic(Code.CANNOT_READ, f"cannot read `{shown}`: {reason}")], {})


def _helped(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Say what to do, once: it is the same for all of them."""
    return [each._replace(help=_HELP) for each in diagnostics[:1]] + diagnostics[1:]


def _differences(folder: Folder, found: Plan, stale: _Stale) -> Iterator[Diagnostic]:
    if found.is_mixed:
        yield _stale("an earlier build died while it wrote: some outputs are new and some old")
    for path in found.paths("missing"):
        yield _stale(f"`{folder.name(path)}` is missing")
    for path in found.obsolete:
        yield _stale(f"`{folder.name(path)}` is no longer an output")
    changed = found.paths("changed", "foreign")
    yield from (stale.found[path] for path in changed)
    if not (found.is_recorded or changed or found.obsolete or found.paths("missing")):
        message = f"the record of the build, `{folder.name(MANIFEST)}`, is missing or stale"
        yield _stale(message)


class _Stale:
    """Files that hold something else than they have to: told at once, so that no content is kept."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.found: dict[str, Diagnostic] = {}
        self.texts: Texts = {}

    def keep(self, path: str, content: bytes) -> None:
        """Tell where a file first differs from the content that it has to have, if there is such a file."""
        status = status_of(self._folder.at(path))
        if status is None or not stat.S_ISREG(status.st_mode):
            return
        name = self._folder.name(path)
        there, wanted = (
            text.decode("utf-8", "backslashreplace").split("\n")
            for text in (read_bytes(self._folder.at(path)), content)
        )
        if len(self.texts) < _MOST_TEXTS:
            self.texts[name] = "\n".join(there)
        self.found[path] = _differing(name, there, wanted)


def _differing(name: str, there: list[str], wanted: list[str]) -> Diagnostic:
    return _stale(f"`{name}` is stale", *first_difference(name, there, wanted))


def first_difference(name: str, there: list[str], wanted: list[str]) -> tuple[Span, str]:
    """Return the first of a file's lines that is another than the one wanted, and what it has to be."""
    pairs = enumerate(zip_longest(there, wanted))
    number = next((number for number, (old, new) in pairs if old != new), 0)
    old, new = (lines[number] if number < len(lines) else None for lines in (there, wanted))
    indent = len(old or "") - len((old or "").lstrip())
    span = Span(name, number + 1, indent + 1, number + 1, len(old or "") + 1)
    label = "the file has to end here" if new is None else f"has to be: {new[:_LABEL]}"
    return span, label


def _stale(message: str, span: Span | None = None, label: str = "") -> Diagnostic:
    return Diagnostic(Code.STALE_OUTPUT, message, span, label)
