"""Manifests to the catalog: every declaration as a value, each name once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from edgewise.attributes import RESERVED_ON_LINKS, RESERVED_ON_RECORDS, Say, read_attributes
from edgewise.catalog import (
    ANY_NUMBER,
    AT_MOST_ONE,
    Bounds,
    Catalog,
    Deletion,
    Deprecation,
    End,
    Group,
    Id,
    ObjectType,
    RelationshipType,
)
from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.fault import malformed_bounds
from edgewise.place import Place
from edgewise.shape import Manifest

Section = Literal["object_types", "relationship_types", "groups"]

_WORDS: Mapping[str, tuple[Bounds, Bounds]] = {
    "one_to_one": (AT_MOST_ONE, AT_MOST_ONE),
    "one_to_many": (AT_MOST_ONE, ANY_NUMBER),
    "many_to_one": (ANY_NUMBER, AT_MOST_ONE),
    "many_to_many": (ANY_NUMBER, ANY_NUMBER),
}
_DEFAULT_ID = Id("string", 255)
_TWICE: Mapping[Section, tuple[Code, str]] = {
    "object_types": (Code.OBJECT_TYPE_TWICE, "object type"),
    "relationship_types": (Code.RELATIONSHIP_TYPE_TWICE, "relationship type"),
    "groups": (Code.GROUP_TWICE, "group"),
}


def assemble(
    manifests: Iterable[Manifest], external_types: Iterable[str]
) -> tuple[Catalog, list[Diagnostic]]:
    """Bring all declarations together; of two with one name the first counts and both are told.

    `external_types` are names that may stand as an end without being declared (`zen:user`).
    """
    diagnostics: list[Diagnostic] = []
    say = diagnostics.append
    object_types: dict[str, ObjectType] = {}
    relationship_types: dict[str, RelationshipType] = {}
    groups: dict[str, Group] = {}
    for manifest in manifests:
        for name, data, place, sound in _declarations(manifest, "object_types"):
            if _is_new(object_types.get(name), name, place, "object_types", say):
                object_types[name] = _object_type(name, data, place, sound, say)
        for name, data, place, sound in _declarations(manifest, "relationship_types"):
            if _is_new(relationship_types.get(name), name, place, "relationship_types", say):
                relationship_types[name] = _relationship_type(name, data, place, sound, say)
        for name, data, place, _ in _declarations(manifest, "groups"):
            if _is_new(groups.get(name), name, place, "groups", say):
                groups[name] = Group(name, data.get("description"), place)
    external = frozenset(external_types)
    for name, place in _used(external, relationship_types.values()):
        object_types.setdefault(name, _external(name, place))
    catalog = Catalog(
        object_types={name: object_types[name] for name in sorted(object_types)},
        relationship_types={name: relationship_types[name] for name in sorted(relationship_types)},
        groups={name: groups[name] for name in sorted(groups)},
        external_types=tuple(sorted(external)),
    )
    return catalog, diagnostics


def _declarations(
    manifest: Manifest, section: Section
) -> Iterable[tuple[str, Mapping[str, Any], Place, bool]]:
    """Return name, data, place and soundness of what a section declares."""
    declared = manifest.data.get(section)
    if not declared:
        return ()
    source, number, unsound = manifest.document.source, manifest.document.number, manifest.unsound
    return [
        (
            name,
            data or {},
            Place(source, number, (section, name), on_key=True),
            (section, name) not in unsound,
        )
        for name, data in declared.items()
    ]


def _is_new(
    first: ObjectType | RelationshipType | Group | None, name: str, place: Place, section: Section, say: Say
) -> bool:
    if first is None:
        return True
    code, word = _TWICE[section]
    message = f"{word} `{name}` is declared twice"
    related = (Related(first.place, "first here"),)
    say(Diagnostic(code, message, place, "and here", "merge the two, or rename one", related))
    return False


def _object_type(name: str, data: Mapping[str, Any], place: Place, sound: bool, say: Say) -> ObjectType:
    attributes = read_attributes(data.get("attributes"), place.value("attributes"), RESERVED_ON_RECORDS, say)
    return ObjectType(
        name=name,
        description=data.get("description"),
        stated_label=data.get("label"),
        stated_plural=data.get("plural"),
        id=_id(data["id"], place, say) if "id" in data else _DEFAULT_ID,
        attributes=attributes,
        external=data.get("external", False),
        deprecated=_deprecated(data.get("deprecated")),
        owner=data.get("owner"),
        tags=tuple(data.get("tags", ())),
        renamed_from=data.get("renamed_from"),
        targets=data.get("targets") or {},
        built_in=False,
        sound=sound,
        place=place,
    )


def _id(data: Mapping[str, Any], place: Place, say: Say) -> Id:
    kind = data.get("type", "string")
    if kind == "string":
        return Id(kind, data.get("max_length", 255))
    if "max_length" in data:
        message = f"`max_length` is only for keys of type `string`; this one is `{kind}`"
        say(Diagnostic(Code.UNKNOWN_KEY, message, place.key("id", "max_length"), help="take it out"))
    return Id(kind, None)


def _external(name: str, place: Place) -> ObjectType:
    return ObjectType(
        name=name,
        description=None,
        stated_label=None,
        stated_plural=None,
        id=_DEFAULT_ID,
        attributes=(),
        external=True,
        deprecated=None,
        owner=None,
        tags=(),
        renamed_from=None,
        targets={},
        built_in=True,
        sound=True,
        place=place,
    )


def _used(external: frozenset[str], relationships: Iterable[RelationshipType]) -> Iterator[tuple[str, Place]]:
    for relationship in relationships:
        for end in relationship.ends:
            if end.object_type in external:
                yield end.object_type, relationship.place.value(end.key)


def _relationship_type(
    name: str, data: Mapping[str, Any], place: Place, sound: bool, say: Say
) -> RelationshipType:
    bounds = _cardinality(data.get("cardinality", "many_to_many"), place, say)
    from_bounds, to_bounds = (each or ANY_NUMBER for each in bounds)
    from_deletion, to_deletion = _on_delete(data.get("on_delete", "cascade"))
    inverse = data.get("inverse") or {}
    if isinstance(inverse, str):
        inverse = {"name": inverse}
    return RelationshipType(
        name=name,
        from_=End("from", data.get("from", ""), from_bounds, name, data.get("label"), from_deletion),
        to=End("to", data.get("to", ""), to_bounds, inverse.get("name"), inverse.get("label"), to_deletion),
        stated_cardinality="cardinality" in data,
        inverse_description=inverse.get("description"),
        symmetric=data.get("symmetric", False),
        reflexive=data.get("reflexive", False),
        acyclic=data.get("acyclic", False),
        via=tuple(data.get("via", ())),
        role=data.get("role", name),
        description=data.get("description"),
        group=data.get("group"),
        attributes=read_attributes(data.get("attributes"), place.value("attributes"), RESERVED_ON_LINKS, say),
        deprecated=_deprecated(data.get("deprecated")),
        owner=data.get("owner"),
        tags=tuple(data.get("tags", ())),
        renamed_from=data.get("renamed_from"),
        targets=data.get("targets") or {},
        sound=sound and None not in bounds,
        place=place,
    )


def _cardinality(
    stated: str | Mapping[str, Any], place: Place, say: Say
) -> tuple[Bounds | None, Bounds | None]:
    """Return what is stated of `from` and of `to`, None where it is no number of records."""
    if isinstance(stated, str):
        return _WORDS[stated]
    found = []
    for key in ("from", "to"):
        bounds = parse_bounds(str(stated.get(key, "*")))
        if bounds is None:
            say(malformed_bounds(stated[key], place.value("cardinality", key)))
        found.append(bounds)
    return found[0], found[1]


@lru_cache(maxsize=1_000)
def parse_bounds(text: str) -> Bounds | None:
    """Return the bounds that `n`, `n..m`, `n..*` or `*` stand for; None where n > m or nothing is allowed."""
    if text == "*":
        return ANY_NUMBER
    low, _, high = text.partition("..")
    if high == "*":
        return Bounds(int(low), None)
    bounds = Bounds(int(low), int(high or low))
    return bounds if bounds.max and bounds.min <= bounds.max else None


def _on_delete(stated: Deletion | Mapping[str, Deletion]) -> tuple[Deletion, Deletion]:
    if isinstance(stated, str):
        return stated, stated
    return stated.get("from", "cascade"), stated.get("to", "cascade")


def _deprecated(data: Mapping[str, Any] | None) -> Deprecation | None:
    if data is None:
        return None
    return Deprecation(data.get("since"), data.get("reason"), data.get("replaced_by"))
