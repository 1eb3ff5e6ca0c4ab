"""The API as plain values, all of it decided: what the bundle and the fragments are printed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from edgewise.catalog import End, EndKey, ObjectType, RelationshipType

Rule = Literal["maximum", "minimum", "cycle", "self"]
Method = Literal["get", "put", "delete"]
Answer = Literal["page", "link", "stored link", "nothing"]
Note = Mapping[str, Any]


class Refusal(NamedTuple):
    """A rule that may refuse a change, and its sentence.

    `end` is the key of the bound that the rule comes from and `bound` its number; both are None for a
    rule that is no bound, and `end` for a symmetric relationship, whose bounds are one.
    """

    key: str
    rule: Rule
    end: EndKey | None
    bound: int | None
    sentence: str


Refusals = tuple[Refusal, ...]


class Resource(NamedTuple):
    """An object type as the API calls it.

    `segment` stands in paths (`people`), `parameter` holds the id of a record there (`person_id`);
    `id_schema` names the schema of ids and the component of that parameter (`PersonId`), and
    `other_id` the component for the id of a second record of the same type in one path.
    `one` is what people call a record, with its article. `examples` are two ids.
    """

    object_type: ObjectType
    name: str
    segment: str
    tag: str
    parameter: str
    id_schema: str
    other_id: str
    one: str
    examples: tuple[str | int, str | int]


class Route(NamedTuple):
    """One way to walk as the API calls it.

    `segment` ends the path (`/people/{person_id}/placed`). Names begin with `link` where they are about
    the relationship type (`Placed`), with `name` where they are about this way (`PersonPlaced`).
    `is_many` tells whether one record may have more than one such link.
    """

    relationship: RelationshipType
    start: End
    arrival: End
    resource: Resource
    destination: Resource
    segment: str
    link: str
    name: str
    tag: str
    is_many: bool

    @property
    def path(self) -> str:
        """Where the links of one record are."""
        return f"/{self.resource.segment}/{{{self.resource.parameter}}}/{self.segment}"

    @property
    def other_parameter(self) -> str:
        """The path parameter for the record at the other end: another one where both are of one type."""
        prefix = "other_" if self.relationship.is_self else ""
        return prefix + self.destination.parameter

    @property
    def other_component(self) -> str:
        """The name of the component that defines that parameter."""
        destination = self.destination
        return destination.other_id if self.relationship.is_self else destination.id_schema


class Operation(NamedTuple):
    """One operation. `refusals` are the rules that it may break, `body` the schema of what it takes."""

    method: Method
    id: str
    summary: str
    answer: Answer
    refusals: Refusals = ()
    body: str | None = None
    needs_body: bool = False


class PathItem(NamedTuple):
    """The operations at one path. `parameters` are names of shared components."""

    path: str
    parameters: tuple[str, ...]
    operations: tuple[Operation, ...]


class Record(NamedTuple):
    """A closed object: ids of records by property, then the attributes of the relationship type.

    `examples` holds an id for each of those properties.
    """

    name: str
    description: str
    ids: tuple[tuple[str, Resource], ...]
    examples: dict[str, str | int]
    required: tuple[str, ...]
    note: Note


class Walkway(NamedTuple):
    """Everything the API has for one way to walk; `sentence` says how many links one record has."""

    route: Route
    paths: tuple[PathItem, ...]
    description: str
    sentence: str
    note: Note


class Contract(NamedTuple):
    """Everything the API has for one relationship type. `link` names the schema and the answer of a link."""

    relationship: RelationshipType
    link: str
    records: tuple[Record, ...]
    walkways: tuple[Walkway, ...]

    @property
    def has_single_links(self) -> bool:
        """Whether a link ever comes alone, and not only on pages."""
        return not self.relationship.is_derived or not all(each.route.is_many for each in self.walkways)


@dataclass(frozen=True, slots=True)
class Api:
    """The whole. `resources` may be more than are related; `info` and `servers` are as OpenAPI has them.

    `tags` are descriptions by tag. `contracts` come one by one, to be printed at once: ten thousand of
    them take more memory than all the rest.
    """

    info: Mapping[str, Any]
    servers: Sequence[Mapping[str, Any]]
    resources: tuple[Resource, ...]
    contracts: Iterator[Contract]
    tags: Mapping[str, str]
