"""A catalog of any size to time the compiler on: the same bytes for the same size, on every machine."""

from __future__ import annotations

from pathlib import Path

CARDINALITIES = ("one_to_many", "many_to_one", "many_to_many", "one_to_one")


def write_catalog(folder: Path, relationship_types: int) -> None:
    """Write so many relationship types and a quarter as many object types, one file of 335 bytes each."""
    object_types = max(relationship_types // 4, 1)
    for part in ("objects", "relationships"):
        (folder / "schemas" / part).mkdir(parents=True)
    for number in range(object_types):
        path = folder / "schemas" / "objects" / f"object_{number:06}.yaml"
        path.write_text(_object_type(number), encoding="utf-8")
    for number in range(relationship_types):
        path = folder / "schemas" / "relationships" / f"relation_{number:06}.yaml"
        path.write_text(_relationship_type(number, object_types), encoding="utf-8")


def _object_type(number: int) -> str:
    return f"""\
object_types:
  object_{number:06}:
    description: Object type number {number} of the benchmark catalog.
    plural: objects_{number:06}
    attributes:
      name: {{type: string, required: true, max_length: 80}}
      state: {{enum: [open, paid, shipped]}}
"""


def _relationship_type(number: int, object_types: int) -> str:
    return f"""\
relationship_types:
  relation_{number:06}:
    from: object_{number % object_types:06}
    to: object_{(number * 7 + 3) % object_types:06}
    cardinality: {CARDINALITIES[number % 4]}
    inverse: relation_{number:06}_of
    description: Relationship number {number} of the benchmark catalog.
    attributes:
      channel: {{enum: [web, phone, shop]}}
      since: {{type: date}}
    owner: team-{number % 17}
    tags: [bench, part{number % 9}]
"""
