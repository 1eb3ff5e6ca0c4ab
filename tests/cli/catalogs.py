"""Projects to run commands on, written in a few lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

PEOPLE = """
    object_types:
      person: {description: Somebody we know., plural: people}
      order:
        attributes: {total: {type: decimal, required: true}, state: {enum: [open, paid], default: open}}
    """
PLACED = """
    groups: {commerce: {description: Buying and selling.}}
    relationship_types:
      placed:
        from: person
        to: order
        cardinality: one_to_many
        inverse: placed_by
        group: commerce
        description: A person placed many orders.
    """
CLEAN = {"schemas/people.yaml": PEOPLE, "schemas/placed.yaml": PLACED}
UNKNOWN = {"schemas/people.yaml": PEOPLE, "schemas/placed.yaml": PLACED.replace("to: order", "to: ordr")}
# Nothing says how many: a warning.
UNCOUNTED = {**CLEAN, "schemas/likes.yaml": "relationship_types: {likes: {from: person, to: order}}"}
ONE_TARGET = "version: 1\ntargets: {sqlite: {}}\n"


def project(folder: Path, files: dict[str, str], config: str | None = ONE_TARGET) -> Path:
    """Write a project; without `config` it has no project file."""
    folder.mkdir(parents=True, exist_ok=True)
    if config is not None:
        (folder / "edgewise.yaml").write_text(config)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"))
    return folder
