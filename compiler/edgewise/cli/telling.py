"""Telling what was found: chosen, located, put in order and rendered, on the stream where it belongs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from time import perf_counter
from typing import TextIO

from edgewise.cli.findings import in_order, shown, status, told
from edgewise.cli.options import Settings
from edgewise.cli.outcome import Outcome
from edgewise.cli.speech import is_coloured, print_on
from edgewise.compile import Compilation
from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.place import Place, Span
from edgewise.position import located
from edgewise.render import Facts, Report, visible


def tell(
    outcome: Outcome,
    settings: Settings,
    stream: TextIO,
    *,
    since: float,
    further: Sequence[Diagnostic] = (),
    texts: Mapping[str, str] | None = None,
    even_if_clean: bool = True,
) -> int:
    """Tell what was found, and return the exit status that it comes to.

    `further` are diagnostics besides those of the compilation, `texts` what those quote. `since` is the
    time, of `perf_counter`, at which the run began.
    """
    found = all_told(outcome, settings, further)
    fail_on = least_failing(settings)
    visible = shown(found, fail_on, quiet=settings.quiet, verbose=settings.verbose)
    if visible or even_if_clean or settings.format == "json":
        report = Report(
            diagnostics=tuple(in_order(located(visible))),
            sources={**outcome.compilation.sources, **_texts(visible), **(texts or {})},
            facts=facts(outcome, found, perf_counter() - since),
            home=outcome.home,
            here=os.path.realpath(settings.folder),
            colour=is_coloured(settings.color, stream, os.environ),
            quiet=settings.quiet,
        )
        print_on(stream, import_module(f"edgewise.render.{settings.format}").render(report))
    return status(found, fail_on)


def tell_alone(settings: Settings, found: Sequence[Diagnostic]) -> int:
    """Tell on standard error what was found without looking at a catalog, and return the exit status."""
    came = Outcome(settings.folder, None, (), Compilation(None, tuple(found), {}), 0)
    return tell(came, settings._replace(format="text"), sys.stderr, since=perf_counter())


def all_told(outcome: Outcome, settings: Settings, further: Sequence[Diagnostic] = ()) -> list[Diagnostic]:
    """Return what was found but for what is switched off, on the command line or in the project."""
    project = outcome.project
    choices = [(settings.select, settings.ignore)]
    if project is not None:
        choices.append((project.select, project.ignore))
    return told((*outcome.compilation.diagnostics, *further), *choices)


def least_failing(settings: Settings) -> Severity:
    """Return the least severity that makes the command fail."""
    return Severity[settings.fail_on.upper()]


def seen_from(settings: Settings, path: str) -> str:
    """Return a path as one would type it where the command stands."""
    return os.path.relpath(path, os.path.realpath(settings.folder))


def shown_span(outcome: Outcome, settings: Settings, place: Place) -> str:
    """Return where a declaration stands, as editors take it: `schemas/sales.yaml:12:3`."""
    (found,) = located([Diagnostic(Code.NO_DESCRIPTION, "", place.key())])
    if not isinstance(found.at, Span):
        return place.source.path
    file = seen_from(settings, os.path.join(outcome.home, found.at.file))
    return f"{visible(file)}:{found.at.line}:{found.at.column}"


def _texts(diagnostics: Iterable[Diagnostic]) -> dict[str, str]:
    """Return the texts of what diagnostics speak of that is no manifest: the project file."""
    return {each.at.source.path: each.at.source.text for each in diagnostics if isinstance(each.at, Place)}


def facts(outcome: Outcome, found: Sequence[Diagnostic], seconds: float) -> Facts:
    """Count what was found, and in how much."""
    graph = outcome.compilation.graph
    severities = [each.severity for each in found]
    return Facts(
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.NOTE),
        files=outcome.files,
        object_types=0 if graph is None else sum(not each.built_in for each in graph.object_types.values()),
        relationship_types=0 if graph is None else len(graph.relationship_types),
        seconds=seconds,
    )
