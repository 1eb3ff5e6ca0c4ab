"""What a build would change, as diagnostics, without changing it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from edgewise.diagnostics import Code, Diagnostic
from edgewise.output.folder import Folder, Refused, read_bytes, turn
from edgewise.output.plan import MANIFEST, Outputs, Plan, by_path, plan
from edgewise.place import Span

_HELP = "run `edgewise build`"
# So many stale files are quoted; of the others only the place is told.
_MOST_TEXTS = 50
_LABEL = 160

Texts = dict[str, str]


def compare(
    root: str, out: str, outputs: Outputs, waiting: Callable[[], None] = lambda: None
) -> tuple[list[Diagnostic], Texts]:
    """Say what `write` would change, with the texts of the files that are quoted, by path; writes nothing.

    Stale, missing and extra files are EW904, what is in the way EW903, what cannot be read EW902.
    """
    files = by_path(outputs)
    if not os.path.lexists(os.path.join(root, out)):
        message = f"there is no output folder `{out}`, where {len(files):,} files have to be"
        return _helped([_stale(message)] if files else []), {}
    try:
        with turn(root, out, writing=False, waiting=waiting) as folder:
            found = plan(folder, files, outputs)
            texts: Texts = {}
            return _helped(list(_differences(folder, files, found, texts))), texts
    except Refused as refused:
        return refused.diagnostics, {}
    except OSError as error:
        shown = os.path.relpath(error.filename, root) if isinstance(error.filename, str) else out
        reason = (error.strerror or type(error).__name__).lower()
        return [Diagnostic(Code.CANNOT_READ, f"cannot read `{shown}`: {reason}")], {}


def _helped(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Say what to do, once: it is the same for all of them."""
    return [replace(each, help=_HELP) for each in diagnostics[:1]] + diagnostics[1:]


def _differences(
    folder: Folder, files: Mapping[str, bytes], found: Plan, texts: Texts
) -> Iterator[Diagnostic]:
    if found.is_mixed:
        yield _stale("an earlier build died while it wrote: some outputs are new and some old")
    for path in found.paths("missing"):
        yield _stale(f"`{folder.name(path)}` is missing")
    for path in found.obsolete:
        yield _stale(f"`{folder.name(path)}` is no longer an output")
    stale = found.paths("changed", "foreign")
    for path in stale:
        yield _stale_file(folder, path, files[path], texts)
    if not (found.is_recorded or stale or found.obsolete or found.paths("missing")):
        message = f"the record of the build, `{folder.name(MANIFEST)}`, is missing or stale"
        yield _stale(message)


def _stale_file(folder: Folder, path: str, content: bytes, texts: Texts) -> Diagnostic:
    name = folder.name(path)
    there, wanted = (
        text.decode("utf-8", "backslashreplace").split("\n")
        for text in (read_bytes(folder.at(path)), content)
    )
    if len(texts) < _MOST_TEXTS:
        texts[name] = "\n".join(there)
    pairs = enumerate(zip_longest(there, wanted))
    number = next((number for number, (old, new) in pairs if old != new), 0)
    old, new = (lines[number] if number < len(lines) else None for lines in (there, wanted))
    indent = len(old or "") - len((old or "").lstrip())
    span = Span(name, number + 1, indent + 1, number + 1, len(old or "") + 1)
    label = "the file has to end here" if new is None else f"has to be: {new[:_LABEL]}"
    return _stale(f"`{name}` is stale", span, label)


def _stale(message: str, span: Span | None = None, label: str = "") -> Diagnostic:
    return Diagnostic(Code.STALE_OUTPUT, message, span, label)
