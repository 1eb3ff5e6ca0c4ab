"""`edgewise graph`: the catalog or a part of it as the source of a picture."""

from __future__ import annotations

import sys
from collections.abc import Collection
from time import perf_counter
from typing import NoReturn

import click

from edgewise.cli.findings import status
from edgewise.cli.options import Settings
from edgewise.cli.outcome import outcome
from edgewise.cli.speech import say
from edgewise.cli.telling import all_told, least_failing, tell
from edgewise.compile import check
from edgewise.diagnostics import did_you_mean, quoted_list
from edgewise.excerpt import around, kept, of_group
from edgewise.graph import Graph
from edgewise.render import visible
from edgewise.target import Target
from edgewise_targets import TARGETS

_DEPTH = 1


def run(settings: Settings, focus: str | None, depth: int | None, group: str | None) -> int:
    """Draw what is asked for; with errors, which standard error tells, it is what is left of the catalog."""
    if depth is not None and focus is None:
        raise click.UsageError("--depth says how far from what --focus names: give that too.")
    since = perf_counter()
    came = outcome(settings, check)
    ended = status(all_told(came, settings), least_failing(settings))
    if ended:
        tell(came, settings._replace(format="text"), sys.stderr, since=since)
    graph = came.compilation.graph
    if graph is not None:
        artist, language = _artist(settings.format)
        whole = kept(graph, lambda each: artist.overrides(each) is not None)
        part = _part(whole, focus, _DEPTH if depth is None else depth, group)
        say(artist.pictures[language](part))
    return ended


def _artist(language: str) -> tuple[Target, str]:
    """Return the target that draws in a language, the first of its languages where none was named."""
    artists = [each for each in TARGETS if each.pictures]
    for each in artists:
        if language in each.pictures:
            return each, language
    return artists[0], next(iter(artists[0].pictures))


def _part(graph: Graph, focus: str | None, depth: int, group: str | None) -> Graph:
    if group is not None and group not in graph.groups:
        _refuse("--group", f"there is no group `{visible(group)}`.", group, graph.groups)
    if focus is None:
        return graph if group is None else of_group(graph, group)
    known = graph.object_types.keys() | graph.relationship_types.keys()
    if focus not in known:
        _refuse("--focus", f"nothing in the picture is called `{visible(focus)}`.", focus, known)
    return around(graph, focus, depth, group)


def _refuse(option: str, message: str, name: str, known: Collection[str]) -> NoReturn:
    near = quoted_list(did_you_mean(name, known))
    raise click.BadParameter(f"{message}{near and f' Did you mean {near}?'}", param_hint=option)
