"""The targets that come with edgewise, in the order in which they run, and those of installed plug-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from edgewise.diagnostics import Code, Diagnostic, quoted_list
from edgewise.place import Place
from edgewise.target import Target
from edgewise_targets.boom import TARGET as BOOM
from edgewise_targets.graph import TARGET as GRAPH
from edgewise_targets.hubspot import TARGET as HUBSPOT
from edgewise_targets.json_schema import TARGET as JSON_SCHEMA
from edgewise_targets.monica import TARGET as MONICA
from edgewise_targets.mysql import TARGET as MYSQL
from edgewise_targets.openapi import TARGET as OPENAPI
from edgewise_targets.postgresql import TARGET as POSTGRESQL
from edgewise_targets.sqlite import TARGET as SQLITE
from edgewise_targets.zendesk import TARGET as ZENDESK
from edgewise_targets.zendesk_lookup import TARGET as ZENDESK_LOOKUP

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

TARGETS: tuple[Target, ...] = (
    POSTGRESQL,
    SQLITE,
    MYSQL,
    OPENAPI,
    JSON_SCHEMA,
    BOOM,
    ZENDESK,
    ZENDESK_LOOKUP,
    MONICA,
    HUBSPOT,
    GRAPH,
)


def installed(
    named: Mapping[str, Place | None] | None = None,
) -> tuple[list[Target], list[Diagnostic]]:
    """Return the targets that installed packages offer under the entry point `edgewise.targets`, by name.

    `named` are those that are wanted, with the place where each is; nothing of any other is loaded. What
    cannot be used is told instead (EW901). Looking for them takes longer than compiling a small catalog,
    and they only run where a project names them: ask only then.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - see above

    offers: dict[str, list[EntryPoint]] = {}
    for each in entry_points(group="edgewise.targets"):
        if named is None or each.name in named:
            offers.setdefault(each.name, []).append(each)
    targets: list[Target] = []
    broken: list[Diagnostic] = []
    for name, several in sorted(offers.items()):
        found = _loaded(name, several)
        if isinstance(found, Target):
            targets.append(found)
        else:
            broken.append(_unusable(name, several, found, named[name] if named else None))
    return targets, broken


def _loaded(name: str, offers: Sequence[EntryPoint]) -> Target | str:
    """Return the target that is offered under a name, or the reason why it cannot be used."""
    if any(name == each.name for each in TARGETS):
        return "a target of that name comes with edgewise"
    if len(offers) > 1:
        return "more than one package offers it"
    try:
        found = offers[0].load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code may do anything
        return " ".join(f"{type(error).__name__}: {error}".split())
    if not isinstance(found, Target):
        return f"`{offers[0].value}` is no `Target` but a `{type(found).__name__}`"
    return found if found.name == name else f"it calls itself `{found.name}`"


def _unusable(name: str, offers: Sequence[EntryPoint], reason: str, at: Place | None) -> Diagnostic:
    packages = sorted(each.dist.name if each.dist else each.value for each in offers)
    return Diagnostic(
        Code.PROJECT_FILE,
        f"the installed target `{name}` cannot be used: {reason}",
        at,
        help=f"mend or uninstall {quoted_list(packages)}",
    )
