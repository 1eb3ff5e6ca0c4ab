"""The project file: where manifests are, where output goes, which targets run, what is told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edgewise.diagnostics import Code, Diagnostic
from edgewise.document import Document, read_source
from edgewise.place import Place, Source
from edgewise.shape import check_shape
from edgewise.source import read_file
from edgewise.vocabulary import Vocabulary, project_schema

FILE_NAME = "edgewise.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file says, with the defaults for what it does not.

    `root` is the absolute path of its folder, all other paths are relative to it. `targets` maps the
    targets that run, in order, to their options; `named` tells whether the file names them, so that each
    has to be able to take the catalog. `select` and `ignore` are codes or prefixes of codes.
    """

    root: str
    sources: tuple[str, ...]
    out: str
    targets: Mapping[str, Mapping[str, Any]]
    named: bool
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def load(
    folder: str, config: str | None, targets: Sequence[Vocabulary]
) -> tuple[Project | None, list[Diagnostic]]:
    """Load the project of a folder: `config`, else the nearest `edgewise.yaml` at or above it, else defaults.

    Gives no project where there is anything wrong with the file (EW901) or it cannot be read (EW902).
    """
    path = os.path.join(folder, config) if config is not None else _nearest(folder)
    if path is None:
        return _project(os.path.realpath(folder), {}, targets), []
    # The file itself may not be a link, which could lead to any file, and make any folder the project's.
    path = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    found = read_file(path, os.path.basename(path))
    if isinstance(found, Diagnostic):
        code = Code.CANNOT_READ if found.code is Code.NOT_A_REGULAR_FILE else Code.PROJECT_FILE
        message = f"cannot read {path}: {found.message.removeprefix('cannot be read: ')}"
        return None, [found._replace(code=code, message=message)]
    data, diagnostics = _data(found, targets)
    if diagnostics:
        return None, diagnostics
    project = _project(os.path.dirname(path), data, targets)
    diagnostics = list(_mistakes(project, Place(found, 0, ())))
    return (None, diagnostics) if diagnostics else (project, [])


def _nearest(folder: str) -> str | None:
    above = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(above, FILE_NAME)):
        if above == os.path.dirname(above):
            return None
        above = os.path.dirname(above)
    return os.path.join(above, FILE_NAME)


def _data(source: Source, targets: Sequence[Vocabulary]) -> tuple[Mapping[str, Any], list[Diagnostic]]:
    documents, diagnostics = read_source(source)
    if len(documents) > 1:
        message = "a project file is one YAML document"
        diagnostics.append(Diagnostic(Code.PROJECT_FILE, message, documents[1].place()))
    if not diagnostics and documents:
        _, diagnostics = check_shape(documents, project_schema(targets))
    return _first(documents), [each._replace(code=Code.PROJECT_FILE) for each in diagnostics]


def _first(documents: Sequence[Document]) -> Mapping[str, Any]:
    return documents[0].data if documents else {}


def _project(root: str, data: Mapping[str, Any], targets: Sequence[Vocabulary]) -> Project:
    named = "targets" in data
    stated: Mapping[str, Any] = (data.get("targets") or {}) if named else {each.name: {} for each in targets}
    lint = data.get("lint") or {}
    return Project(
        root=root,
        sources=tuple(os.path.normpath(path) for path in data.get("sources", ("schemas",))),
        out=os.path.normpath(data.get("out", "build")),
        targets={each.name: stated[each.name] or {} for each in targets if each.name in stated},
        named=named,
        select=tuple(lint.get("select", ())),
        ignore=tuple(lint.get("ignore", ())),
    )


def _mistakes(project: Project, file: Place) -> Iterator[Diagnostic]:
    for number, source in enumerate(project.sources):
        if _leaves(source):
            yield _outside(source, file.value("sources", number))
        elif source == project.out or source.startswith(f"{project.out}{os.sep}"):
            message = f"`{source}` lies in the output folder `{project.out}`, which is never read"
            yield Diagnostic(
                Code.PROJECT_FILE, message, file.value("sources", number), help="move one of the two"
            )
    if _leaves(project.out) or project.out == ".":
        yield _outside(project.out, file.value("out"))
    numbers = [code.number for code in Code]
    for key in ("select", "ignore"):
        for number, prefix in enumerate(getattr(project, key)):
            if not any(code.startswith(prefix) for code in numbers):
                message = f"there is no code `{prefix}`"
                yield Diagnostic(Code.PROJECT_FILE, message, file.value("lint", key, number))


def _leaves(path: str) -> bool:
    return os.path.isabs(path) or path.split(os.sep, maxsplit=1)[0] == ".."


def _outside(path: str, place: Place) -> Diagnostic:
    message = f"`{path}` does not lie below the folder of the project file"
    help_ = "name a folder below it, relative to it"
    return Diagnostic(Code.PROJECT_FILE, message, place, help=help_)
