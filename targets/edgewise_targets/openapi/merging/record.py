"""What of a host is ours: a record at the root of its description, by section and name.

An entry of the host's is never taken for one of ours because of what it looks like: it has to stand in the
record, under its section and its own name. Whoever takes an entry over takes it out of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

RECORD = "x-edgewise-merged"
PREFIX = "component_prefix"
MAX_BYTES = 10_000_000
"""How large a host may be, with all that is put in."""
SECTIONS = "sections"
_ABOUT = (
    "Put in here by `edgewise merge-openapi`, which replaces all that is listed: change the manifests "
    "instead, or take an entry out of these lists to keep it as your own."
)

Names = frozenset[tuple[str, str]]


class Record(NamedTuple):
    """What is ours: `entries` as pairs of section and name, `sections` that were not there before us.

    A section is `paths`, `tags`, `components` or one below that: `components/schemas`.
    """

    entries: Names = frozenset()
    sections: frozenset[str] = frozenset()


def written_record(names: Mapping[str, Iterable[str]], sections: Iterable[str]) -> dict[str, Any]:
    """Return a record as data."""
    record: dict[str, Any] = {"about": _ABOUT}
    if made := sorted(sections):
        record[SECTIONS] = made
    return record | {section: sorted(several) for section, several in sorted(names.items()) if several}
