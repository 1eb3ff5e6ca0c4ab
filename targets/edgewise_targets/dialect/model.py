"""A dialect as a value, and what it makes of one declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.target import Capabilities, JsonSchema, Loss, Options, ReadBack
from edgewise_targets.dialect.keys import KeyRule

Stated = Mapping[str, Any]
NO_OPTIONS: JsonSchema = {"type": "object", "additionalProperties": False}


def name_schema(description: str, *examples: str) -> dict[str, Any]:
    """Return the JSON Schema of a vendor's name in a manifest; whether the vendor takes it is told later."""
    schema = {"type": "string", "pattern": "^[^\\t\\n\\r]*$", "description": description}
    return {**schema, "examples": [*examples]} if examples else schema


class Request(NamedTuple):
    """One thing that the vendor is to have.

    `key` is the vendor's name of it, which has to fit the dialect's rule, and `named_by` the property
    under `targets` that gives another one; where `of_inverse` is true the key comes from the inverse
    unless it is stated. No two things of a kind may share an `identity`. `file` names the file of the
    body, without folder and ending. `path` is where the body is posted, None where the vendor's API
    takes none.
    """

    key: str
    identity: tuple[str, ...]
    body: Mapping[str, Any]
    file: str
    path: str | None
    named_by: str
    of_inverse: bool = False


class Sent(NamedTuple):
    """What a declaration becomes: nothing at all where the vendor has it already.

    The generic comparison finds what a relationship type loses. `spared` are the kinds of loss that do
    not happen to this one after all, `lost` what it loses besides; `findings` is what else there is to say.
    """

    requests: tuple[Request, ...] = ()
    lost: tuple[Loss, ...] = ()
    spared: frozenset[str] = frozenset()
    findings: tuple[Diagnostic, ...] = ()


class LeftOut(NamedTuple):
    """Why a relationship type is not sent, as the end of a sentence; `wished` where the manifest says so."""

    reason: str
    help: str = ""
    wished: bool = False


class Thing(NamedTuple):
    """An object type that the vendor has not already, what is stated of it, and the vendor's key for it."""

    object_type: ObjectType
    stated: Stated
    key: str


class Link(NamedTuple):
    """A relationship type both of whose ends the vendor knows, by the keys `from_` and `to`.

    `stated` is what the manifest says of it under `targets`, `options` what the project file says.
    """

    relationship: RelationshipType
    stated: Stated
    from_: str
    to: str
    graph: Graph
    options: Options


@dataclass(frozen=True, slots=True)
class Dialect:
    """All that is known of one vendor's relationship types.

    `own_types` are the keys of object types that the vendor has from the start; `object_request` is
    None where it has no others. `object_limit` and `relationship_limit` are how many an account may
    have. `notices` is what everybody who uses the dialect should know, told once a build. `read_back`
    is the way back from what the vendor lists, as `Target` has it.
    """

    name: str
    vendor: str
    summary: str
    capabilities: Capabilities
    name_key: str
    object_type_schema: JsonSchema
    relationship_type_schema: JsonSchema
    own_types: frozenset[str]
    object_request: Callable[[Thing], Sent] | None
    relationship_requests: Callable[[Link], Sent | LeftOut]
    relationship_key: KeyRule
    object_key: KeyRule
    object_limit: int | None = None
    relationship_limit: int | None = None
    notices: tuple[str, ...] = ()
    external_types: tuple[str, ...] = ()
    relationship_name_key: str | None = None
    options_schema: JsonSchema = field(default_factory=lambda: NO_OPTIONS)
    read_back: ReadBack | None = None


def stated_place(declaration: ObjectType | RelationshipType, dialect: str, *properties: str) -> Place | None:
    """Return where one of the properties is stated under `targets`, or all of them as a plain string."""
    entry = declaration.targets.get(dialect)
    if isinstance(entry, Mapping):
        found = [each for each in properties if each in entry]
        return declaration.place.value("targets", dialect, found[0]) if found else None
    return declaration.place.value("targets", dialect) if isinstance(entry, str) else None
