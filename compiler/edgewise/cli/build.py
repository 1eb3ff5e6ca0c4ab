"""`edgewise build`: check, emit, and write the outputs or compare them with what is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

from edgewise.cli.findings import status
from edgewise.cli.options import Settings
from edgewise.cli.outcome import Outcome, outcome
from edgewise.cli.progress import progress
from edgewise.cli.speech import complain, say
from edgewise.cli.telling import all_told, facts, least_failing, seen_from, tell
from edgewise.compile import compile as compile_
from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.output import Outputs, Written, compare, write
from edgewise.project import Project
from edgewise.render import counted


class _Build(NamedTuple):
    """A build that got as far as having outputs; `since` is when it began, `out` the folder as typed."""

    came: Outcome
    project: Project
    outputs: Outputs
    settings: Settings
    since: float

    @property
    def out(self) -> str:
        return seen_from(self.settings, f"{self.project.root}/{self.project.out}")

    @property
    def is_silent(self) -> bool:
        return self.settings.quiet or self.settings.format == "json"

    def wait(self) -> None:
        """Tell whoever looks on why nothing happens."""
        if sys.stderr is not None and sys.stderr.isatty():
            complain(f"waiting for another build in {self.out} to end\n")


def run(settings: Settings, names: tuple[str, ...], out: str | None, *, only_compare: bool) -> int:
    """Build, and tell what was found on standard error and what was done on standard output."""
    since = perf_counter()
    came = outcome(settings, compile_, names=names, out=out)
    stopped = status(all_told(came, settings), least_failing(settings))
    if came.project is None or stopped or not came.files:
        return tell(came, settings, sys.stderr, since=since, even_if_clean=False)
    # A target that cannot take this catalog has no outputs, so that those of earlier builds go.
    outputs = {name: came.compilation.emissions.get(name, ()) for name in came.project.targets}
    finish = _compare if only_compare else _write
    return finish(_Build(came, came.project, outputs, settings, since))


def _write(build: _Build) -> int:
    with progress(f"writing to {build.out}", wanted=not build.settings.quiet):
        done = write(build.project.root, build.project.out, build.outputs, build.wait)
    further = done if isinstance(done, list) else [_healed()] if done.healed else []
    ended = tell(
        build.came, build.settings, sys.stderr, since=build.since, further=further, even_if_clean=False
    )
    if isinstance(done, Written) and not build.is_silent:
        say("".join(f"{line}\n" for line in _summary(build, done)))
    return ended


def _compare(build: _Build) -> int:
    with progress(f"comparing with {build.out}", wanted=not build.settings.quiet):
        different, texts, number = compare(build.project.root, build.project.out, build.outputs, build.wait)
    ended = tell(
        build.came,
        build.settings,
        sys.stderr,
        since=build.since,
        further=different,
        texts=texts,
        even_if_clean=False,
    )
    if not different and not build.is_silent:
        say(f"{counted(number, 'file')} in {build.out}: all current ({perf_counter() - build.since:.2f} s)\n")
    return ended


def _healed() -> Diagnostic:
    message = "an earlier build died while it wrote; what was mixed is whole again"
    return Diagnostic(Code.STALE_OUTPUT, message, stated_severity=Severity.WARNING)


def _summary(build: _Build, done: Written) -> Iterator[str]:
    """Say what was compiled into what, and what had to be written for it."""
    compiled = facts(build.came, (), perf_counter() - build.since)
    types = (
        counted(compiled.object_types, "object type"),
        counted(compiled.relationship_types, "relationship type"),
    )
    yield f"{types[0]} and {types[1]} from {counted(compiled.files, 'manifest')}"
    width = max(map(len, build.outputs), default=0)
    for name in build.outputs:
        yield f"  {name.ljust(width)}  {counted(done.numbers.get(name, 0), 'file')}"
    numbers = ((done.written, "written"), (done.unchanged, "unchanged"), (done.removed, "removed"))
    what = ", ".join(f"{len(paths):,} {word}" for paths, word in numbers if paths) or "nothing to write"
    yield f"{build.out}: {what} ({compiled.seconds:.2f} s)"
