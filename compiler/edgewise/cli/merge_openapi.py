"""`edgewise merge-openapi`: what the catalog makes of an API, inside of somebody's own description."""

from __future__ import annotations

import os
import sys
from time import perf_counter
from typing import NamedTuple

import click

from edgewise.cli.findings import status
from edgewise.cli.options import Settings
from edgewise.cli.outcome import Outcome, outcome
from edgewise.cli.speech import say
from edgewise.cli.telling import all_told, least_failing, tell
from edgewise.compile import compile as compile_
from edgewise.diagnostics import Code, Diagnostic
from edgewise.output import first_difference
from edgewise.output.single import replace_file
from edgewise.place import Source, Span
from edgewise.render import counted, visible
from edgewise.source import cannot_read, shown_path, span_at
from edgewise.target import Merger
from edgewise_targets import TARGETS

STANDARD_INPUT = "-"
_BYTE_ORDER_MARK = "\ufeff"


class _Merge(NamedTuple):
    """A merge on its way: what was read, as bytes and as text, and the file that what comes of it is for."""

    merger: Merger
    came: Outcome
    settings: Settings
    since: float
    host: str
    out: str | None
    content: bytes
    source: Source

    @property
    def kept_in(self) -> str:
        """The file that is to hold what comes of the merge, as typed."""
        return self.host if self.out is None else self.out

    def tell(self, *said: Diagnostic, text: str | None = None) -> int:
        """Tell on standard error what was found, and return the exit status; `text` is what it speaks of.

        Without one, that is the host.
        """
        texts = {self.source.path: self.source.text}
        if text is not None:
            texts[_shown(self.came, self.settings, self.kept_in)] = text
        return tell(
            self.came,
            self.settings,
            sys.stderr,
            since=self.since,
            further=said,
            texts=texts,
            even_if_clean=False,
        )


def run(settings: Settings, host: str, out: str | None, *, only_compare: bool) -> int:
    """Merge, and print or write what comes of it, or compare it with what is there."""
    since = perf_counter()
    if only_compare and out is None and host == STANDARD_INPUT:
        raise click.BadParameter("name the file to compare with: `-o OUT`.", param_hint="--check")
    name, merger = next((each.name, each.merger) for each in TARGETS if each.merger is not None)
    came = outcome(settings, compile_, names=(name,))
    stopped = status(all_told(came, settings), least_failing(settings))
    if came.project is None or stopped or not came.files:  # no manifests: nobody means to withdraw everything
        return tell(came, settings, sys.stderr, since=since)
    shown = _shown(came, settings, host)
    read = _read(settings, host, shown, merger.max_bytes)
    if isinstance(read, Diagnostic):
        return tell(came, settings, sys.stderr, since=since, further=[read], even_if_clean=False)
    content, source = read
    merge = _Merge(merger, came, settings, since, host, out, content, source)
    emission = came.compilation.emissions[name]
    text, said = merger.merge(emission.graph, emission.options, source)
    if text is None:
        return merge.tell(*said)
    mark = _BYTE_ORDER_MARK if content.startswith(_BYTE_ORDER_MARK.encode()) else ""
    return _end(merge, f"{mark}{text}", only_compare=only_compare)


def _end(merge: _Merge, text: str, *, only_compare: bool) -> int:
    if only_compare:
        return _compare(merge, text.encode())
    if merge.out is not None:
        return _write(merge, merge.out, text.encode())
    ended = merge.tell()
    say(text)
    return ended


# ---- reading ----


def _shown(came: Outcome, settings: Settings, file: str) -> str:
    return "<stdin>" if file == STANDARD_INPUT else shown_path(settings.path(file), came.home)


def _read(settings: Settings, file: str, shown: str, most: int) -> tuple[bytes, Source] | Diagnostic:
    """Read one byte more than is allowed at most; a pipe is read too."""
    try:
        if file == STANDARD_INPUT:
            content = sys.stdin.buffer.read(most + 1)
        else:
            with open(settings.path(file), "rb") as opened:
                content = opened.read(most + 1)
    except OSError as error:
        return cannot_read(shown, error)
    source = _decoded(content, shown, most)
    return source if isinstance(source, Diagnostic) else (content, source)


def _decoded(content: bytes, shown: str, most: int) -> Source | Diagnostic:
    """Return a host's text; it is somebody else's, and may hold characters that no manifest may."""
    if len(content) > most:
        message = f"the host is larger than {most:,} bytes"
        help_ = "keep its paths and schemas in files of their own, which it refers to"
        return Diagnostic(Code.HOST_NOT_USABLE, message, Span(shown, 1, 1, 1, 1), help=help_)
    try:
        return Source(shown, content.removeprefix(_BYTE_ORDER_MARK.encode()).decode())
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        at = span_at(before, len(before), shown)
        message = f"the host is not UTF-8: byte 0x{error.object[error.start]:02X}"
        return Diagnostic(Code.HOST_NOT_USABLE, message, at, help="save the file as UTF-8")


# ---- writing ----


def _write(merge: _Merge, out: str, content: bytes) -> int:
    """Write what comes of the merge where that overwrites nothing that is somebody's own."""
    there = _there(merge)
    if isinstance(there, Diagnostic):
        return merge.tell(there)
    if there is not None and not _may_replace(merge, there, content):
        message = f"cannot write {out}: it is there already, and neither HOST nor what a merge wrote"
        help_ = "name HOST itself or another file, or take this one away"
        return merge.tell(Diagnostic(Code.CANNOT_WRITE, message, help=help_))
    if there != content:
        try:
            replace_file(merge.settings.path(out), content)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            return merge.tell(Diagnostic(Code.CANNOT_WRITE, f"cannot write {out}: {reason}"))
    return _done(merge, "current" if there == content else "written")


def _there(merge: _Merge) -> bytes | Diagnostic | None:
    """Return what the file holds that is to hold what comes of the merge; None where there is none."""
    path = merge.settings.path(merge.kept_in)
    if not os.path.lexists(path):
        return None
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        return cannot_read(_shown(merge.came, merge.settings, merge.kept_in), error)


def _may_replace(merge: _Merge, there: bytes, content: bytes) -> bool:
    """Tell whether a file is the host, or was written by a merge: those have a record of it, or need none."""
    return there in {merge.content, content} or merge.merger.record.encode() in there


def _compare(merge: _Merge, content: bytes) -> int:
    there = _there(merge) if merge.kept_in != STANDARD_INPUT else None
    if isinstance(there, Diagnostic):
        return merge.tell(there)
    if there == content:
        return _done(merge, "current")
    words = "is missing" if there is None else "is not what the merge would make it"
    options = "" if merge.out is None else f" -o {merge.out}"
    help_ = f"run `edgewise merge-openapi {merge.host}{options or f' -o {merge.host}'}`"
    message = f"`{merge.kept_in}` {words}"
    if there is None:
        return merge.tell(Diagnostic(Code.STALE_OUTPUT, message, help=help_))
    lines = tuple(text.decode("utf-8", "backslashreplace").split("\n") for text in (there, content))
    at, label = first_difference(_shown(merge.came, merge.settings, merge.kept_in), *lines)
    return merge.tell(Diagnostic(Code.STALE_OUTPUT, message, at, label, help_), text="\n".join(lines[0]))


def _done(merge: _Merge, word: str) -> int:
    ended = merge.tell()
    if not merge.settings.quiet and merge.settings.format != "json":
        graph = merge.came.compilation.graph
        number = 0 if graph is None else len(graph.relationship_types)
        seconds = perf_counter() - merge.since
        types = counted(number, "relationship type")
        say(f"{visible(merge.kept_in)}: {word}, with {types} ({seconds:.2f} s)\n")
    return ended
