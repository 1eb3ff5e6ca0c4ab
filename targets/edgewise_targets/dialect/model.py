"""A dialect as a value, and what it makes of one declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.target import Artifact, Capabilities, JsonSchema, Loss, Options, ReadBack
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

    `makes` is for what is not of the declaration's own kind: the object type that stands between the ends
    of a relationship type, or a part of something, such as a field, whose key and number nobody checks.
    `within` are the wholes of which the vendor takes only so many parts, each with the kind of part.
    """

    key: str
    identity: tuple[str, ...]
    body: Mapping[str, Any]
    file: str
    path: str | None
    named_by: str
    of_inverse: bool = False
    makes: Literal["object", "relationship", "part", ""] = ""
    within: tuple[tuple[str, str], ...] = ()


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
    """An object type that the vendor has not already, what is stated of it, and the vendor's key for it.

    `neighbours` makes, when first asked, the vendor's keys of all that each object type is related with.
    """

    object_type: ObjectType
    stated: Stated
    key: str
    neighbours: Callable[[], Mapping[str, frozenset[str]]]

    @property
    def related(self) -> frozenset[str]:
        """The vendor's keys of the object types at the other ends of its relationship types."""
        return self.neighbours().get(self.object_type.name, frozenset())


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
    have, `part_limits` how many parts of each kind a whole may. Where `only_named` is true an object type
    is the vendor's only if it says under `targets` which one it is. `notices` is what everybody who uses
    the dialect should know, told once a build. `own_losses` are the kinds of loss that the generic
    comparison does not know; `also` makes what there is to write besides the bodies, of all that is sent.
    `read_back` is the way back from what the vendor lists, as `Target` has it.
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
    part_limits: Mapping[str, int] = field(default_factory=dict)
    only_named: bool = False
    notices: tuple[str, ...] = ()
    external_types: tuple[str, ...] = ()
    relationship_name_key: str | None = None
    options_schema: JsonSchema = field(default_factory=lambda: NO_OPTIONS)
    own_losses: frozenset[str] = frozenset()
    also: Callable[[Sequence[Request]], Iterable[Artifact]] | None = None
    read_back: ReadBack | None = None


def stated_place(declaration: ObjectType | RelationshipType, dialect: str, *properties: str) -> Place | None:
    """Return where one of the properties is stated under `targets`, or all of them as a plain string."""
    entry = declaration.targets.get(dialect)
    if isinstance(entry, Mapping):
        found = [each for each in properties if each in entry]
        return declaration.place.value("targets", dialect, found[0]) if found else None
    return declaration.place.value("targets", dialect) if isinstance(entry, str) else None
