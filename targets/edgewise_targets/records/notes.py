"""What a manifest says of a relationship type, for machines: what `x-edgewise` holds."""

from __future__ import annotations

from typing import Any

from edgewise.catalog import RelationshipType


def note_of(relationship: RelationshipType) -> dict[str, Any]:
    """Tell what the manifest says of a relationship type; what goes without saying is left out."""
    note: dict[str, Any] = {"relationship_type": relationship.name}
    for end in relationship.ends:
        note[end.key] = {"object_type": end.object_type, "bounds": str(end.bounds)}
        if end.on_delete != "cascade":
            note[end.key]["on_delete"] = end.on_delete
    if relationship.role != relationship.name:
        note["role"] = relationship.role
    if relationship.is_derived:
        note["via"] = relationship.via
    flags = ("symmetric", "reflexive", "acyclic")
    return note | {flag: True for flag in flags if getattr(relationship, flag)}
