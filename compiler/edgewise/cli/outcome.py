"""What the commands that look at a catalog begin with: the project, its manifests, what comes of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import click

from edgewise.cli.options import Settings
from edgewise.cli.progress import progress
from edgewise.compile import Compilation
from edgewise.diagnostics import Code, Diagnostic, did_you_mean, quoted_list
from edgewise.place import Place, Source
from edgewise.project import FILE_NAME, Project, load
from edgewise.render import counted
from edgewise.source import read
from edgewise.target import Target
from edgewise_targets import TARGETS, installed

Stage = Callable[[Sequence[Source], Project, Sequence[Target], Sequence[Diagnostic]], Compilation]
"""`check` or `compile`."""


_KEPT: list[Compilation] = []
"""What came of the run: kept until the process ends, which frees it all at once and not piece by piece."""


class Outcome(NamedTuple):
    """What came of a run. `project` is None where its file is at fault; `files` counts the manifests.

    `home` is the absolute path of the folder that the files of spans are relative to.
    """

    home: str
    project: Project | None
    targets: tuple[Target, ...]
    compilation: Compilation
    files: int


def outcome(
    settings: Settings,
    stage: Stage,
    paths: Sequence[str] = (),
    names: Sequence[str] = (),
    out: str | None = None,
) -> Outcome:
    """Load the project, read its manifests and put them through a stage.

    `paths` take the place of the project's sources, `names` of its targets and `out` of its output folder.
    """
    project, mistakes, targets = _load(settings, names)
    if project is None:
        return Outcome(_home(settings), None, targets, Compilation(None, tuple(mistakes), {}), 0)
    if names:
        named = {each.name: project.targets.get(each.name, {}) for each in targets if each.name in names}
        project = replace(project, targets=named, named=True)
    skipped = (project.out, os.path.basename(settings.config or FILE_NAME))
    if out is not None:
        project = replace(project, out=os.path.relpath(_real(settings.path(out)), project.root))
    sources, found = read(project.root, _paths(settings, project, paths), (*skipped, _below(project.out)))
    if not sources and not found:
        found = [_no_manifests(paths or project.sources)]
    with progress(f"compiling {counted(len(sources), 'manifest')}", wanted=not settings.quiet):
        compilation = stage(sources, project, targets, found)
    _KEPT[:] = [compilation]
    refused = {each.at.file for each in found if each.at is not None and not isinstance(each.at, Place)}
    return Outcome(project.root, project, targets, compilation, len(sources) + len(refused))


def _real(path: str) -> str:
    """Resolve links on the way to a path, but not the path itself: the writer looks at that."""
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def _below(out: str) -> str:
    """Return what lies in an output folder; one outside is refused later, and no reason to read nothing."""
    return out if out.partition(os.sep)[0] not in {os.curdir, os.pardir} else FILE_NAME


def _paths(settings: Settings, project: Project, paths: Sequence[str]) -> list[str]:
    if paths:
        return [_real(settings.path(path)) for path in paths]
    if os.path.lexists(os.path.join(_home(settings), os.path.basename(settings.config or FILE_NAME))):
        return list(project.sources)
    # Nobody named the default folder, so that it may be missing.
    return [path for path in project.sources if os.path.lexists(os.path.join(project.root, path))]


def _no_manifests(paths: Sequence[str]) -> Diagnostic:
    message = f"there are no manifests below {quoted_list(paths)}"
    return Diagnostic(Code.NO_MANIFESTS, message, help="a manifest is a file that ends in `.yaml` or `.yml`")


def _load(
    settings: Settings, names: Sequence[str]
) -> tuple[Project | None, list[Diagnostic], tuple[Target, ...]]:
    """Load the project; a target that does not come with edgewise is looked for among installed packages."""
    project, mistakes = load(settings.folder, settings.config, TARGETS)
    named = dict.fromkeys(names) | _named_in_vain(mistakes)
    foreign = {name: at for name, at in named.items() if not _has(TARGETS, name)}
    if not foreign:
        return project, mistakes, TARGETS
    more, broken = installed(foreign)
    if broken:
        return None, broken, TARGETS
    targets = (*TARGETS, *more)
    _refuse_unknown(names, targets)
    if project is None:
        project, mistakes = load(settings.folder, settings.config, targets)
    return project, mistakes, targets


def _named_in_vain(mistakes: Sequence[Diagnostic]) -> dict[str, Place | None]:
    """Return the targets that there is something wrong with in the project file, as unknown ones are."""
    places = [each.at for each in mistakes if isinstance(each.at, Place)]
    return {str(at.path[1]): at for at in places if len(at.path) == 2 and at.path[0] == "targets"}


def _refuse_unknown(names: Sequence[str], targets: Sequence[Target]) -> None:
    for name in names:
        if not _has(targets, name):
            near = quoted_list(did_you_mean(name, [each.name for each in targets]))
            hint = f"Did you mean {near}?" if near else "`edgewise targets` lists them."
            raise click.BadParameter(f"there is no target `{name}`. {hint}", param_hint="--target")


def _has(targets: Sequence[Target], name: str) -> bool:
    return any(each.name == name for each in targets)


def _home(settings: Settings) -> str:
    """Return the folder of the project file, or of the working directory where there is none."""
    if settings.config is not None:
        return os.path.dirname(os.path.realpath(settings.path(settings.config)))
    folder = start = os.path.realpath(settings.folder)
    while not os.path.lexists(os.path.join(folder, FILE_NAME)):
        if folder == os.path.dirname(folder):
            return start
        folder = os.path.dirname(folder)
    return folder
