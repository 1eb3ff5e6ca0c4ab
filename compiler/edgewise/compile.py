"""The whole way, top to bottom: sources in, diagnostics and artifacts out. Nothing here reads or writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from edgewise.assemble import assemble
from edgewise.diagnostics import Code, Diagnostic, Severity, has_errors
from edgewise.document import read_documents
from edgewise.graph import Graph, Subject, resolve
from edgewise.place import Place, Source
from edgewise.project import Project
from edgewise.rules import OF_THE_WHOLE, RULES, no_first_record
from edgewise.shape import check_shape
from edgewise.suppress import suppress
from edgewise.target import Artifact, Options, Target
from edgewise.vocabulary import manifest_schema

# A file that was refused may have declared any name: what else would be said could be noise.
_REFUSALS = frozenset(
    (
        Code.YAML_SYNTAX,
        Code.ALIAS_BUDGET,
        Code.CHARACTER_NOT_ALLOWED,
        Code.NOT_UTF8,
        Code.TOO_LARGE,
        Code.NOT_A_REGULAR_FILE,
        Code.CANNOT_READ,
    )
)


@dataclass(frozen=True, slots=True)
class Emission:
    """What a target makes of a graph: the artifacts come one by one, and are made anew at each turn.

    All of a large catalog together take more memory than everything else.
    """

    target: Target
    graph: Graph
    options: Options

    def __iter__(self) -> Iterator[Artifact]:
        return iter(self.target.emit(self.graph, self.options))


@dataclass(frozen=True)
class Compilation:
    """What came of a run: `graph` is None where not all manifests could be read.

    `diagnostics` are as they were found: unsorted, and with places still to be located. `emissions` are
    by target, and empty where there is an error. `sources` maps each path to its text.
    """

    graph: Graph | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    emissions: Mapping[str, Emission] = field(default_factory=dict)

    @cached_property
    def artifacts(self) -> Mapping[str, tuple[Artifact, ...]]:
        """All artifacts by target, at once."""
        return {name: tuple(emission) for name, emission in self.emissions.items()}


def check(
    sources: Sequence[Source],
    project: Project,
    targets: Sequence[Target],
    found: Sequence[Diagnostic] = (),
) -> Compilation:
    """Say all that can be said of some sources; `found` is what was said while they were read from disk."""
    return _compile(sources, project, targets, found, emit=False)


def compile(  # noqa: A001 - the word for it
    sources: Sequence[Source],
    project: Project,
    targets: Sequence[Target],
    found: Sequence[Diagnostic] = (),
) -> Compilation:
    """Check the sources and, unless there is an error, have every target of the project emit."""
    return _compile(sources, project, targets, found, emit=True)


def _compile(
    sources: Sequence[Source],
    project: Project,
    targets: Sequence[Target],
    found: Sequence[Diagnostic],
    *,
    emit: bool,
) -> Compilation:
    texts = {source.path: source.text for source in sources}
    documents, unread = read_documents(sources)
    manifests, misshapen = check_shape(documents, manifest_schema(targets))
    catalog, undeclared = assemble(manifests, [name for each in targets for name in each.external_types])
    diagnostics = [*found, *unread, *misshapen, *undeclared]
    if len(manifests) < len(documents) or any(each.code in _REFUSALS for each in diagnostics):
        return Compilation(None, tuple(suppress(diagnostics, sources)), texts)

    graph = resolve(catalog)
    diagnostics += (diagnostic for rule in RULES for diagnostic in rule(graph))
    if not has_errors(diagnostics):
        diagnostics += (diagnostic for rule in OF_THE_WHOLE for diagnostic in rule(graph))
    running = [target for target in targets if target.name in project.targets]
    diagnostics += no_first_record.check(graph, [(each, project.targets[each.name]) for each in running])
    graphs = {}
    sound = graph.without(_unsound(graph))
    said_by: list[tuple[Target, Diagnostic]] = []
    for target in running:
        said, graphs[target.name] = _ask(target, sound, project)
        said_by += ((target, each) for each in said)
    diagnostics += _told_once(said_by)

    emissions: dict[str, Emission] = {}
    if emit and not has_errors(diagnostics):
        for target in running:
            taken = graphs[target.name]
            if taken is not None:
                emissions[target.name] = Emission(target, taken, project.targets[target.name])
    return Compilation(graph, tuple(suppress(diagnostics, sources)), texts, emissions)


def _ask(target: Target, graph: Graph, project: Project) -> tuple[list[Diagnostic], Graph | None]:
    """Return what a target has to say, and the graph that it can take (None: none at all).

    A target that the project does not name is no reason to fail: what it cannot take is left out with a
    warning, a declaration where the mistake lies in one, else the whole target.
    """
    said = list(target.check(graph, project.targets[target.name]))
    errors = [each for each in said if each.severity is Severity.ERROR]
    if project.named or not errors:
        return said, graph
    said = [each.weighing(min(each.severity, Severity.WARNING)) for each in said]
    subjects = [each.at.subject if isinstance(each.at, Place) else None for each in errors]
    if any(subject is None for subject in subjects):
        return said, None
    return said, graph.without(subject for subject in subjects if subject is not None)


def _told_once(said_by: Iterable[tuple[Target, Diagnostic]]) -> list[Diagnostic]:
    """Tell once what several targets of a family say, of all of them: "in PostgreSQL and SQLite"."""
    told: list[Diagnostic] = []
    first: dict[object, int] = {}
    titles: dict[int, list[str]] = {}
    for target, each in said_by:
        if target.family is not None and target.title in each.message:
            alike = (target.family, each.code, each.at, each.message.replace(target.title, ""))
            number = first.setdefault(alike, len(told))
            titles.setdefault(number, []).append(target.title)
            if number < len(told):
                continue
        told.append(each)
    for number, several in titles.items():
        if len(several) > 1:
            together = f"{', '.join(several[:-1])} and {several[-1]}"
            told[number] = told[number]._replace(message=told[number].message.replace(several[0], together))
    return told


def _unsound(graph: Graph) -> list[Subject]:
    return [("relationship_types", name) for name, each in graph.relationship_types.items() if not each.sound]
