"""How much a loss weighs: what the project and a relationship type say of what is lost in a dialect."""

from __future__ import annotations

from typing import Any, NamedTuple

from edgewise.diagnostics import Severity
from edgewise.target import Capabilities, JsonSchema, Options

COMMON_KINDS = frozenset(
    ("cardinality", "minimum", "maximum", *(loss.kind for loss in Capabilities().unsayable.values()))
)
"""The kinds of loss that the generic comparison finds."""

_SEVERITIES = {severity.word: severity for severity in Severity}


class Tolerance(NamedTuple):
    """How much a loss weighs, and the kinds that are accepted, of which nothing is told."""

    severity: Severity = Severity.NOTE
    accepted: frozenset[str] = frozenset()


def tolerance(stated: Options, otherwise: Tolerance) -> Tolerance:
    """Return what is stated under `losses` and `allow`; the kinds accepted are added to those so far."""
    return Tolerance(
        _SEVERITIES.get(stated.get("losses", ""), otherwise.severity),
        otherwise.accepted.union(stated.get("allow", ())),
    )


def with_tolerance(schema: JsonSchema, more_kinds: frozenset[str]) -> dict[str, Any]:
    """Add `losses` and `allow` to the JSON Schema of a mapping."""
    properties = {
        "losses": {
            "enum": list(_SEVERITIES),
            "description": "What a loss is told as: `note`, `warning` or `error`. Default: `note`.",
        },
        "allow": {
            "type": "array",
            "items": {"enum": sorted(COMMON_KINDS | more_kinds)},
            "uniqueItems": True,
            "description": "The kinds of loss that are accepted, and then not told.",
        },
    }
    return {**schema, "properties": {**schema.get("properties", {}), **properties}}
