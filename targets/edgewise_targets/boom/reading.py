"""The way back from Boom: what its lists hold, as declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from edgewise.answers import Answer
from edgewise.diagnostics import Code, Diagnostic
from edgewise.manifests import Declared, Draft
from edgewise_targets.boom.answers import OBJECT_TYPES, RELATIONSHIP_TYPES
from edgewise_targets.dialect.keys import short
from edgewise_targets.dialect.reading import (
    Listed,
    ListKind,
    Wish,
    can_be_written,
    cursor_pages,
    listings,
    names,
    not_written,
    renamed,
    targeted,
    unique,
)

PERSON = "person"
MOST_OF_DESCRIPTION = 1000
_PERSON_ENDS = ("customObjectType",)
_OBJECT_ENDS = ("parentCustomObjectType", "childCustomObjectType")
_ASSIGNED = frozenset(
    ("id", "relationshipTypeId", "customObjectTypeId", "organizationId", "created", "createdAt", "updatedAt")
)
_KINDS = (
    ListKind(
        "relationship types",
        RELATIONSHIP_TYPES,
        lambda thing: "kind" in thing,
        frozenset(
            ("kind", "role", *_PERSON_ENDS, *_OBJECT_ENDS, "cardinality", "description", "bidirectional")
        ),
        _ASSIGNED,
    ),
    ListKind(
        "custom object types",
        OBJECT_TYPES,
        lambda thing: "kind" not in thing and "name" in thing,
        frozenset(("name", "displayName", "description")),
        _ASSIGNED,
    ),
)
_NO_CARDINALITY = "Boom states no cardinality of it."
_BOTH_WAYS = "Boom walks it both ways and has no name for the way back: an `inverse` would be one."


def read_back(answers: Sequence[Answer]) -> tuple[Draft | None, list[Diagnostic]]:
    """Return what Boom's lists of relationship types, and of custom object types, would have declared."""
    found, said = listings(answers, "Boom", _KINDS)
    if found is None:
        return None, said
    for listing in found:
        said += cursor_pages(listing, lambda page: bool(page.get("next_cursor")), ("next_cursor",))
    links = _sound(found[0].things, said)
    links, twice = unique(links, _identity, _said_of, lambda thing: f"`{short(thing.data['role'])}`")
    listed, again = unique(
        _objects(found[1].things, said), _name, _said_of, lambda thing: f"`{short(_name(thing))}`"
    )
    said += [*twice, *again]
    objects = _object_names(links, listed)
    return (
        Draft(
            object_types=_object_types(objects, links, listed, said),
            relationship_types=_relationship_types(objects, links, said),
            groups={},
            remarks=("From the lists of Boom, by `edgewise import boom`.",),
        ),
        said,
    )


# ---- what is on the lists ----


def _ends(thing: Listed) -> tuple[str, ...]:
    """Return the fields that name object types, the parent first."""
    return _PERSON_ENDS if thing.data["kind"] == "person_to_co" else _OBJECT_ENDS


def _identity(thing: Listed) -> tuple[str, ...]:
    return (thing.data["kind"], thing.data["role"], *(thing.data[end] for end in _ends(thing)))


def _name(thing: Listed) -> str:
    return str(thing.data["name"])


def _said_of(thing: Listed) -> object:
    return {key: value for key, value in thing.data.items() if value is not None and key not in _ASSIGNED}


def _sound(things: Sequence[Listed], said: list[Diagnostic]) -> list[Listed]:
    """Leave out what no manifest could hold, and tell of it."""
    sound = []
    for thing in things:
        broken = next(
            (field for field in ("role", *_ends(thing)) if not can_be_written(thing.data[field])), None
        )
        person = next((field for field in _ends(thing) if thing.data[field] == PERSON), None)
        if broken:
            said.append(not_written(thing, broken, "relationship type"))
        elif person:
            said.append(_named_person(thing, person))
        else:
            sound.append(thing)
    return sound


def _objects(things: Sequence[Listed], said: list[Diagnostic]) -> list[Listed]:
    sound = []
    for thing in things:
        if not can_be_written(thing.data["name"]):
            said.append(not_written(thing, "name", "custom object type"))
        elif thing.data["name"] == PERSON:
            said.append(_named_person(thing, "name"))
        else:
            sound.append(thing)
    return sound


def _named_person(thing: Listed, field: str) -> Diagnostic:
    message = "this is left out: a custom object type called `person` cannot be told from Boom's own person"
    return thing.told(Code.NOT_KEPT, message, field)


# ---- object types ----


def _object_names(links: Sequence[Listed], listed: Sequence[Listed]) -> dict[str, str]:
    """Return the name that each custom object type gets; the person's is its own."""
    own = {thing.data[end] for thing in links for end in _ends(thing)} | {_name(thing) for thing in listed}
    return names({name: Wish(name, (f"{name}_type",)) for name in sorted(own)}, "type", taken=(PERSON,))


def _object_types(
    objects: Mapping[str, str], links: Sequence[Listed], listed: Sequence[Listed], said: list[Diagnostic]
) -> dict[str, Declared]:
    first = {thing.data[end]: (thing, end) for thing in reversed(links) for end in reversed(_ends(thing))}
    first |= {_name(thing): (thing, "name") for thing in listed}
    stated = {_name(thing): _object_keys(thing, objects, said) for thing in listed}
    declared = {}
    for own, name in objects.items():
        thing, field = first[own]
        said += renamed(thing, own, name, field)
        keys = stated.get(own, {}) | targeted("boom", "name", {} if own == name else {"name": own})
        is_unlisted = bool(listed) and own not in stated
        declared[name] = Declared(keys, ("Not among the custom object types listed.",) if is_unlisted else ())
    if any(thing.data["kind"] == "person_to_co" for thing in links):
        declared[PERSON] = Declared({}, ("Boom's own person.",))
    return declared


def _object_keys(thing: Listed, objects: Mapping[str, str], said: list[Diagnostic]) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    label = thing.data.get("displayName")
    if label and label != objects[_name(thing)].replace("_", " "):
        if can_be_written(label) and len(label) <= 255:
            keys["label"] = label
        else:
            said.append(_unwritten(thing, "displayName"))
    if description := _description(thing, said):
        keys["description"] = description
    return keys


# ---- relationship types ----


def _relationship_types(
    objects: Mapping[str, str], links: Sequence[Listed], said: list[Diagnostic]
) -> dict[str, Declared]:
    given = names({_identity(thing): _wish(thing, objects) for thing in links}, "relationship")
    declared = {}
    for thing in links:
        name = given[_identity(thing)]
        said += renamed(thing, thing.data["role"], name, "role")
        declared[name] = _relationship_type(thing, name, objects, said)
    return declared


def _wish(thing: Listed, objects: Mapping[str, str]) -> Wish:
    """Return the role, and where several have it the role with the names of the ends."""
    role, ends = thing.data["role"], [objects[thing.data[end]] for end in _ends(thing)]
    from_ = ends[0] if len(ends) == 2 else PERSON
    return Wish(role, (f"{role}_{ends[-1]}", f"{from_}_{role}_{ends[-1]}"))


def _relationship_type(
    thing: Listed, name: str, objects: Mapping[str, str], said: list[Diagnostic]
) -> Declared:
    data = thing.data
    ends = [objects[data[end]] for end in _ends(thing)]
    stated = {} if data["role"] == name else {"role": data["role"]}
    keys = {"from": ends[0] if len(ends) == 2 else PERSON, "to": ends[-1]}
    if data.get("cardinality"):
        keys["cardinality"] = data["cardinality"].lower()
    if data.get("bidirectional"):
        stated["bidirectional"] = True
    description = _description(thing, said)
    if description:
        keys["description"] = description
    else:
        stated["description"] = False
    return Declared(keys | targeted("boom", "role", stated), tuple(_remarks(data)))


def _remarks(data: Mapping[str, Any]) -> Iterator[str]:
    if not data.get("cardinality"):
        yield _NO_CARDINALITY
    if data.get("bidirectional"):
        yield _BOTH_WAYS


def _description(thing: Listed, said: list[Diagnostic]) -> str | None:
    """Return the description, unless no manifest could hold it, which is told."""
    text: str | None = thing.data.get("description")
    if not text or (len(text) <= MOST_OF_DESCRIPTION and can_be_written(text, one_line=False)):
        return text
    said.append(_unwritten(thing, "description"))
    return None


def _unwritten(thing: Listed, field: str) -> Diagnostic:
    message = f"the `{field}` is left out: it is too long for a manifest, or holds what cannot be seen there"
    return thing.told(Code.NOT_KEPT, message, field)
