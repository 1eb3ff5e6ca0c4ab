"""What a target is, what it may state about itself, and the few helpers that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import orjson

from edgewise.answers import Answer
from edgewise.catalog import End, EndKey, ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.manifests import Draft
from edgewise.place import Source

if TYPE_CHECKING:
    from jinja2 import Template

Options = Mapping[str, Any]
JsonSchema = Mapping[str, Any]
ReadBack = Callable[[Sequence[Answer]], tuple[Draft | None, list[Diagnostic]]]
Draw = Callable[[Graph], str]


class Artifact(NamedTuple):
    """One file to be written: a path below the output folder, with `/` between its parts, and its bytes."""

    path: str
    content: bytes


class Loss(NamedTuple):
    """One thing that a relationship type states and a target has no words for.

    `kind` is the word that configuration uses for it: `cardinality`, `minimum`, `inverse`, ...
    """

    kind: str
    text: str


# What is lost of what a relationship type states besides its cardinality, by the capability that it needs.
_LOSSES: Mapping[str, Loss] = {
    "inverse": Loss("inverse", "inverse name dropped"),
    "symmetric": Loss("symmetric", "symmetric dropped"),
    "irreflexive": Loss("reflexive", "a record could be related to itself"),
    "acyclic": Loss("acyclic", "acyclic dropped"),
    "attributes": Loss("attributes", "attributes dropped"),
    "on_delete": Loss("on_delete", "on_delete: restrict dropped"),
    "role": Loss("role", "role dropped"),
    "description": Loss("description", "description dropped"),
    "group": Loss("group", "group dropped"),
    "deprecated": Loss("deprecated", "deprecated dropped"),
    "derived": Loss("via", "its steps dropped, as if it were stored"),
}


@dataclass(frozen=True)
class Capabilities:
    """What can be said in a target about a relationship type. Whatever is False is lost there.

    `cardinality` is `bounds` (any numbers), `maximum` (numbers, but no minimum), `words` (one or many
    on either side) or `none`. `ends` says in a sentence which ends can be related.
    """

    cardinality: Literal["bounds", "maximum", "words", "none"] = "none"
    inverse: bool = False
    symmetric: bool = False
    irreflexive: bool = False
    acyclic: bool = False
    attributes: bool = False
    on_delete: bool = False
    role: bool = False
    label: bool = False
    description: bool = False
    group: bool = False
    deprecated: bool = False
    derived: bool = False
    ends: str = "any two object types"

    @cached_property
    def unsayable(self) -> Mapping[str, Loss]:
        """What is lost of a relationship type that states what cannot be said, by the capability it lacks."""
        return {needs: loss for needs, loss in _LOSSES.items() if not getattr(self, needs)}


EVERYTHING = Capabilities(
    cardinality="bounds",
    inverse=True,
    symmetric=True,
    irreflexive=True,
    acyclic=True,
    attributes=True,
    on_delete=True,
    role=True,
    label=True,
    description=True,
    group=True,
    deprecated=True,
    derived=True,
)
"""Of a target in which nothing is lost."""


Outcome = Literal["enforced", "found by query", "cannot be known here", "NOT HELD"]


class Verdict(NamedTuple):
    """What became of a declared rule where somebody tried to break it, and to keep it.

    `name` is what holds the rule there, `rule` the kind that it is of; `end`, `bound` and `attribute` say
    which one it is where there are several. `reason` says why it cannot be known, or what was tried and
    what came of it; it is empty where there is no more to be said.
    """

    relationship_type: str
    rule: str
    end: EndKey | None
    bound: int | None
    attribute: str | None
    sentence: str
    name: str | None
    outcome: Outcome
    reason: str = ""


class Proof(NamedTuple):
    """What became of all rules of a graph in a database; `database` says which, and of which version."""

    database: str
    verdicts: tuple[Verdict, ...]


Checked = Literal["at once", "at the end", "by query"]
"""When a database looks whether a record has all the links that it must have: before it takes the record, at
the end of the transaction, or when somebody asks."""


class NotProven(Exception):  # noqa: N818 - it says what could not be done
    """There is no server, no driver or no right to make a database: the message says it in a sentence."""


class Prover(NamedTuple):
    """How a target proves that what it emits holds what is declared.

    `prove` makes a throw-away database, which it drops in any case, on the server at a URL. `servers` are
    examples of such URLs, one for each way in which they may begin; where there are none, no server is
    needed, and the URL is None. Raises NotProven where that cannot be done.
    """

    prove: Callable[[Graph, Options, str | None], Proof]
    servers: tuple[str, ...] = ()


class Merger(NamedTuple):
    """How what a target emits is put into a file of somebody else's.

    `merge` returns the text of the file with all of it, and with nothing that an earlier merge put there;
    or None, and why that cannot be. Wherever it has put something in, the text holds the word `record`.
    `max_bytes` is the size of the largest file that it takes.
    """

    merge: Callable[[Graph, Options, Source], tuple[str | None, list[Diagnostic]]]
    record: str
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of output, as a value: everything the compiler knows about it stands here.

    `check` yields what the target has to say about a graph, fast, and `emit` its files; `describe` tells
    in a line or a few what becomes of one declaration. They are functions of the graph and the target's
    options in the project file (valid against `options_schema`), and touch neither disk, clock,
    environment nor network. `emit` is only called with declarations for which `check` yielded no error.

    `object_type_schema` and `relationship_type_schema` are the JSON Schemas of the mapping that a
    declaration may state under `targets: {<name>: {...}}`; a plain string there is short for the property
    that holds the target's own name of the type (`name_key`, or `relationship_name_key` where that is
    another) and has to fit it. Every property in them has a `description`.
    `family` is a name that stands for several targets at once (`sql`); what is stated under the
    target's own name goes before what is stated under the family's. Targets of one family have the
    same declaration schemas and the same `name_key`, and what all of them say is told once: they speak
    of themselves by their `title` and say the same but for that.
    `external_types` are object types of the vendor's that may stand as an end without being declared.
    `minimum_checked` is there where records are kept: it says when the minimum of an end is looked at, and
    None where it is not known there.
    `prover` is there where what is emitted can be tried: it alone touches the world outside.
    `read_back` is there where a vendor lists what it has, and makes a draft of manifests of that; `merger`
    where what is emitted has a place in a file of somebody else's. `pictures` draw a graph, or a part of one,
    by the name of the language that the picture is written in.
    """

    name: str
    summary: str
    check: Callable[[Graph, Options], Iterable[Diagnostic]]
    emit: Callable[[Graph, Options], Iterable[Artifact]]
    describe: Callable[[Graph, Options, ObjectType | RelationshipType], str]
    capabilities: Capabilities
    name_key: str
    object_type_schema: JsonSchema
    relationship_type_schema: JsonSchema
    options_schema: JsonSchema = field(
        default_factory=lambda: {"type": "object", "additionalProperties": False}
    )
    relationship_name_key: str | None = None
    family: str | None = None
    title: str = ""
    external_types: tuple[str, ...] = ()
    minimum_checked: Callable[[Graph, Options, RelationshipType, End], Checked | None] | None = None
    prover: Prover | None = None
    read_back: ReadBack | None = None
    pictures: Mapping[str, Draw] = field(default_factory=dict)
    merger: Merger | None = None

    @property
    def override_names(self) -> tuple[str, ...]:
        """The names under which a declaration may state something for this target, the general one first."""
        return (self.name,) if self.family is None else (self.family, self.name)

    def overrides(self, declaration: ObjectType | RelationshipType) -> Mapping[str, Any] | None:
        """Return what a declaration states for this target, as a mapping; None where it is left out."""
        stated: dict[str, Any] = {}
        if not declaration.targets:
            return stated
        is_relationship = isinstance(declaration, RelationshipType)
        name_key = (self.relationship_name_key if is_relationship else None) or self.name_key
        for name in self.override_names:
            entry = declaration.targets.get(name)
            if entry is False:
                return None
            stated |= {name_key: entry} if isinstance(entry, str) else entry or {}
        return stated

    def asked_for(self, declaration: ObjectType | RelationshipType) -> bool:
        """Tell whether a declaration names this target, so that leaving it out would be an error."""
        return any(declaration.targets.get(name) for name in self.override_names)


def _needed(it: RelationshipType) -> Iterator[str]:  # noqa: C901 - a list, one statement after the other
    """Yield the capability that each statement needs; without a table, as all targets ask this of all."""
    if it.to.walk is not None:
        yield "inverse"
    if it.symmetric:
        yield "symmetric"
    elif not it.reflexive and it.is_self:
        yield "irreflexive"
    if it.acyclic:
        yield "acyclic"
    if it.attributes:
        yield "attributes"
    if "restrict" in {it.from_.on_delete, it.to.on_delete}:
        yield "on_delete"
    if it.role != it.name:
        yield "role"
    if it.description is not None:
        yield "description"
    if it.group is not None:
        yield "group"
    if it.deprecated is not None:
        yield "deprecated"
    if it.via:
        yield "derived"


def losses(relationship: RelationshipType, capabilities: Capabilities) -> list[Loss]:
    """Compare what a relationship type states with what a target can say; empty when nothing is lost."""
    unsayable = capabilities.unsayable
    lost = [unsayable[each] for each in _needed(relationship) if each in unsayable]
    if capabilities.cardinality == "bounds":
        return lost
    return _cardinality_losses(relationship, capabilities) + lost


def _cardinality_losses(relationship: RelationshipType, capabilities: Capabilities) -> list[Loss]:
    lost: list[Loss] = []
    for end in relationship.ends:
        low, high = end.bounds
        if low:
            lost.append(Loss("minimum", f"minimum {low} on {end.key} dropped"))
        if capabilities.cardinality == "none" and high is not None:
            lost.append(Loss("cardinality", f"maximum {high} on {end.key} dropped"))
        elif capabilities.cardinality == "words" and high is not None and high > 1:
            lost.append(Loss("maximum", f"{end.bounds} on {end.key} widened to many"))
    return lost


def json_bytes(value: object) -> bytes:
    """Dump data as every JSON file here is written: UTF-8, two spaces, keys as given, a final line end."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


@cache
def template(package: str, name: str) -> Template:
    """Load a jinja2 template that lies beside the modules of `package`; a name it does not know is a bug."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only `emit` pays for it

    environment = Environment(
        loader=PackageLoader(package, "."),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - what is made is no markup; each target quotes by its own rules
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def render(package: str, name: str, values: Mapping[str, Any]) -> str:
    """Lay out values with a template of `package`.

    What is laid out is let go at the end: jinja's context of it refers to itself, so that it would stay until
    somebody collects garbage, and nobody does in a run.
    """
    layout = template(package, name)
    context = layout.new_context(dict(values))
    try:
        return "".join(layout.root_render_func(context))
    finally:
        context.parent.clear()
