"""Requests to files: one body a file, the order in which to send them, and a report of what was lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.target import Artifact, Loss, json_bytes
from edgewise_targets.dialect.lowering import Lowering, known_by, lost
from edgewise_targets.dialect.model import Dialect, LeftOut, Sent

OBJECT_TYPES = "object-types"
RELATIONSHIP_TYPES = "relationship-types"


def artifacts(lowering: Lowering, dialect: Dialect) -> Iterator[Artifact]:
    """Yield every body, `requests.json` and `report.json`, all below the dialect's own folder."""
    to_send: list[dict[str, Any]] = []
    outcomes: tuple[tuple[ObjectType | RelationshipType, Sent, str, str], ...] = (
        *((each, sent, OBJECT_TYPES, "object_types") for each, sent in lowering.object_types),
        *((each, sent, RELATIONSHIP_TYPES, "relationship_types") for each, sent in lowering.sent),
    )
    for declaration, sent, folder, section in outcomes:
        for request in sent.requests:
            file = f"{folder}/{request.file}.json"
            yield Artifact(f"{dialect.name}/{file}", json_bytes(request.body))
            if request.path is not None:
                subject = f"{section}.{declaration.name}"
                to_send.append({"method": "POST", "path": request.path, "body_file": file, "for": subject})
    yield Artifact(f"{dialect.name}/requests.json", json_bytes(to_send))
    report = [_entry(each, outcome, lowering, dialect) for each, outcome in lowering.relationship_types]
    yield Artifact(f"{dialect.name}/report.json", json_bytes(report))
    if dialect.also is not None:
        yield from dialect.also([request for _, sent in lowering.sent for request in sent.requests])


def _entry(
    relationship: RelationshipType, outcome: Sent | LeftOut, lowering: Lowering, dialect: Dialect
) -> dict[str, Any]:
    if isinstance(outcome, LeftOut):
        return {"relationship_type": relationship.name, "verdict": "left out", "reason": outcome.reason}
    accepted = lowering.accepts(relationship).accepted
    losses = [_loss(loss, accepted) for loss in lost(relationship, outcome, dialect)]
    if not losses:
        return {"relationship_type": relationship.name, "verdict": "exact"}
    return {"relationship_type": relationship.name, "verdict": "lossy", "losses": losses}


def _loss(loss: Loss, accepted: frozenset[str]) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": loss.kind, "text": loss.text}
    return entry | {"accepted": True} if loss.kind in accepted else entry


def in_words(lowering: Lowering, dialect: Dialect, declaration: ObjectType | RelationshipType) -> str:
    """Say what becomes of one declaration, in a line."""
    if isinstance(declaration, ObjectType):
        return _object_type_in_words(lowering, dialect, declaration)
    outcome = dict(_by_name(lowering))[declaration.name]
    if isinstance(outcome, LeftOut):
        return f"left out: {outcome.reason}"
    keys = " and ".join(known_by(request) for request in outcome.requests if request.makes != "part")
    accepted = lowering.accepts(declaration).accepted
    losses = [
        f"{loss.text} (accepted)" if loss.kind in accepted else loss.text
        for loss in lost(declaration, outcome, dialect)
    ]
    return f"{keys}, without: {', '.join(losses)}" if losses else f"{keys}, exact"


def _object_type_in_words(lowering: Lowering, dialect: Dialect, object_type: ObjectType) -> str:
    key = lowering.keys.get(object_type.name)
    if key is None:
        return "left out"
    if key in dialect.own_types:
        return f"{dialect.vendor}'s own `{key}`"
    return "not sent" if dialect.object_request is None else f"`{key}`"


def _by_name(lowering: Lowering) -> Iterator[tuple[str, Sent | LeftOut]]:
    return ((each.name, outcome) for each, outcome in lowering.relationship_types)
