"""The rows as SQL, for an account's own database: Monica's API creates no relationship types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edgewise.target import Artifact, render
from edgewise_targets.dialect import Request
from edgewise_targets.monica.defaults import GROUPS, REVERSES


class Group(NamedTuple):
    """A group to be found or created; all fields are SQL."""

    name: str
    delible: str


class Row(NamedTuple):
    """A row to be found or created; all fields are SQL."""

    name: str
    reverse: str
    group: str
    delible: str


def compared(name: str) -> str:
    """Return a name as Monica's database compares it: without regard to case, accents and spaces behind."""
    if not name.isascii():
        parts = unicodedata.normalize("NFKD", name)
        name = "".join(part for part in parts if not unicodedata.combining(part))
    return name.casefold().rstrip(" ")


def provision(requests: Sequence[Request]) -> Iterator[Artifact]:
    """Yield `monica/provision.sql`; what every account has already is not in it."""
    if not requests:
        return
    rows = [each.body for each in requests if compared(each.key) not in REVERSES]
    groups = {compared(row["relationship_type_group"]): row["relationship_type_group"] for row in rows}
    values = {
        "groups": [Group(quoted(groups[key]), truth(key not in GROUPS)) for key in sorted(groups)],
        "rows": [
            Row(
                quoted(row["name"]),
                quoted(row["name_reverse_relationship"]),
                quoted(row["relationship_type_group"]),
                truth(row["delible"]),
            )
            for row in rows
        ],
    }
    text = render("edgewise_targets.monica", "provision.sql.jinja", values)
    yield Artifact("monica/provision.sql", text.encode())


def quoted(text: str) -> str:
    """Return a text as SQL; in hexadecimal where a server's mode decides what a backslash means."""
    if "\\" in text:
        return f"_utf8mb4 X'{text.encode().hex()}'"
    return "'" + text.replace("'", "''") + "'"


def truth(value: bool) -> str:
    """Return a boolean as SQL."""
    return "1" if value else "0"
