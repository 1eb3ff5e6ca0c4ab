"""The targets that come with edgewise, in the order in which they run, and those of installed plug-ins."""

from __future__ import annotations

from edgewise.target import Target
from edgewise_targets.boom import TARGET as BOOM
from edgewise_targets.graph import TARGET as GRAPH
from edgewise_targets.monica import TARGET as MONICA
from edgewise_targets.openapi import TARGET as OPENAPI
from edgewise_targets.postgresql import TARGET as POSTGRESQL
from edgewise_targets.sqlite import TARGET as SQLITE
from edgewise_targets.zendesk import TARGET as ZENDESK

TARGETS: tuple[Target, ...] = (POSTGRESQL, SQLITE, OPENAPI, BOOM, ZENDESK, MONICA, GRAPH)


def installed() -> tuple[Target, ...]:
    """Return the targets that installed packages offer under the entry point `edgewise.targets`, by name.

    Looking for them takes longer than compiling a small catalog, and they only run where a project names
    them: ask only then.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - see above

    found: list[Target] = [each.load() for each in entry_points(group="edgewise.targets")]
    return tuple(sorted(found, key=lambda target: target.name))
