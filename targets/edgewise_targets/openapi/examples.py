"""Examples of problems, each valid against its own schema; those of ids and values are in `records`."""

from __future__ import annotations

from edgewise_targets.openapi.model import Refusal
from edgewise_targets.openapi.references import Json


def problem(title: str, status: int, detail: str) -> Json:
    """Return a problem that is of no relationship type."""
    return {"title": title, "status": status, "detail": detail}


def refused(relationship: str, refusal: Refusal) -> Json:
    """Return the problem with which a rule refuses."""
    return {
        "title": "Conflict",
        "status": 409,
        "relationship_type": relationship,
        "rule": refusal.rule,
        "sentence": refusal.sentence,
    }
