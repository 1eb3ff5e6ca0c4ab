"""The way back from Zendesk: what its lists hold, as declarations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edgewise.answers import Answer
from edgewise.diagnostics import Code, Diagnostic, Related, quoted_list
from edgewise.manifests import Declared, Draft
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
from edgewise_targets.zendesk.answers import EXTERNAL_TYPES, OBJECT_TYPES, RELATIONSHIP_TYPES
from edgewise_targets.zendesk.properties import attributes

_BUILT_IN_TYPES = frozenset(EXTERNAL_TYPES)
_ASSIGNED = frozenset(("id", "created_at", "updated_at", "version"))
_KINDS = (
    ListKind(
        "relationship types",
        RELATIONSHIP_TYPES,
        lambda thing: "source" in thing,
        frozenset(("key", "source", "target")),
        _ASSIGNED,
    ),
    ListKind(
        "legacy object types",
        OBJECT_TYPES,
        lambda thing: "schema" in thing,
        frozenset(("key", "schema")),
        _ASSIGNED,
    ),
)
_ENDS = ("source", "target")
MOST_NAMED = 6
"""How many relationship types a doubt names."""
_WORDS = {True: "many", False: "one"}


def read_back(answers: Sequence[Answer]) -> tuple[Draft | None, list[Diagnostic]]:
    """Return what Zendesk's lists of relationship types, and of legacy object types, would have declared."""
    found, said = listings(answers, "Zendesk", _KINDS)
    if found is None:
        return None, said
    for listing in found:
        said += cursor_pages(
            listing, lambda page: bool((page.get("links") or {}).get("next")), ("links", "next")
        )
    links, twice = unique(
        _sound(found[0].things, said), _key, _said_of, lambda thing: f"`{short(thing.data['key'])}`"
    )
    listed, again = unique(
        _objects(found[1].things, said), _key, _said_of, lambda thing: f"`{short(_key(thing))}`"
    )
    said += [*twice, *again]
    links.sort(key=_key)
    objects = _object_names(links, listed)
    given = names({_key(thing): _wish(thing, objects) for thing in links}, "relationship")
    doubts = _one_or_two(links, said)
    declared = {}
    for thing in links:
        name = given[_key(thing)]
        said += renamed(thing, _key(thing), name, "key")
        others = [given[key] for key in doubts.get(_key(thing), ())]
        declared[name] = Declared(_keys(thing, name, objects), _doubt(others))
    remarks = ("From the lists of Zendesk, by `edgewise import zendesk`.",)
    return Draft(_object_types(objects, links, listed, said), declared, {}, remarks), said


# ---- what is on the lists ----


def _key(thing: Listed) -> str:
    return str(thing.data["key"])


def _type(thing: Listed, end: str) -> str:
    """Return the key of the object type at an end, without its brackets."""
    stated = thing.data[end]
    return str(stated[0] if isinstance(stated, list) else stated)


def _is_many(thing: Listed, end: str) -> bool:
    return isinstance(thing.data[end], list)


def _said_of(thing: Listed) -> object:
    return {key: value for key, value in thing.data.items() if key not in _ASSIGNED}


def _sound(things: Sequence[Listed], said: list[Diagnostic]) -> list[Listed]:
    """Leave out what no manifest could hold, and tell of it."""
    sound = []
    for thing in things:
        texts = {"key": _key(thing), **{end: _type(thing, end) for end in _ENDS}}
        broken = next((field for field, text in texts.items() if not can_be_written(text)), None)
        foreign = next((end for end in _ENDS if _is_unknown_built_in(texts[end])), None)
        if broken:
            said.append(not_written(thing, broken, "relationship type"))
        elif foreign:
            message = (
                f"this is left out: `{short(texts[foreign])}` is none of Zendesk's own types that we know"
            )
            said.append(thing.told(Code.NOT_KEPT, message, foreign))
        else:
            sound.append(thing)
    return sound


def _is_unknown_built_in(key: str) -> bool:
    return key.startswith("zen:") and key not in _BUILT_IN_TYPES


def _objects(things: Sequence[Listed], said: list[Diagnostic]) -> list[Listed]:
    sound = []
    for thing in things:
        if can_be_written(_key(thing)):
            sound.append(thing)
        else:
            said.append(not_written(thing, "key", "object type"))
    return sound


# ---- object types ----


def _object_names(links: Sequence[Listed], listed: Sequence[Listed]) -> dict[str, str]:
    """Return the name that each object type gets; Zendesk's own stand as they are."""
    keys = {_type(thing, end) for thing in links for end in _ENDS} | {_key(thing) for thing in listed}
    own = sorted(keys - _BUILT_IN_TYPES)
    taken = [key.replace(":", "_") for key in _BUILT_IN_TYPES]
    given = names({key: Wish(key, (f"{key}_type",)) for key in own}, "type", taken)
    return given | {key: key for key in keys & _BUILT_IN_TYPES}


def _object_types(
    objects: Mapping[str, str], links: Sequence[Listed], listed: Sequence[Listed], said: list[Diagnostic]
) -> dict[str, Declared]:
    first = {_type(thing, end): (thing, end) for thing in reversed(links) for end in reversed(_ENDS)}
    first |= {_key(thing): (thing, "key") for thing in listed}
    stated = {_key(thing): attributes(thing, said) for thing in listed}
    declared = {}
    for own, name in objects.items():
        if own in _BUILT_IN_TYPES:
            continue
        thing, field = first[own]
        said += renamed(thing, own, name, field)
        keys = {"attributes": stated[own]} if stated.get(own) else {}
        is_unlisted = bool(listed) and own not in stated
        remarks = ("Not among the legacy object types listed.",) if is_unlisted else ()
        declared[name] = Declared(
            keys | targeted("zendesk", "key", {} if own == name else {"key": own}), remarks
        )
    return declared


# ---- relationship types ----


def _wish(thing: Listed, objects: Mapping[str, str]) -> Wish:
    from_, to = (objects[_type(thing, end)] for end in _ENDS)
    return Wish(_key(thing), (f"{_key(thing)}_{to}", f"{from_}_{_key(thing)}_{to}"))


def _keys(thing: Listed, name: str, objects: Mapping[str, str]) -> dict[str, Any]:
    source, target = (_WORDS[_is_many(thing, end)] for end in _ENDS)
    keys = {
        "from": objects[_type(thing, "source")],
        "to": objects[_type(thing, "target")],
        "cardinality": f"{source}_to_{target}",
    }
    return keys | targeted("zendesk", "key", {} if _key(thing) == name else {"key": _key(thing)})


def _one_or_two(links: Sequence[Listed], said: list[Diagnostic]) -> dict[str, list[str]]:
    """Tell where types from one to many either way may be one many-to-many, once for two object types.

    One of Zendesk's pages says many to many so. Returned are the keys of some of the others, by key.
    """
    ways: dict[tuple[str, str], list[Listed]] = {}
    for thing in links:
        if _is_many(thing, "target") and not _is_many(thing, "source"):
            ways.setdefault((_type(thing, "source"), _type(thing, "target")), []).append(thing)
    doubts: dict[str, list[str]] = {}
    for (source, target), things in ways.items():
        others = ways.get((target, source), [])
        for thing in things:
            named = [_key(other) for other in others[: MOST_NAMED + 1] if other is not thing]
            if named:
                doubts[_key(thing)] = named[:MOST_NAMED]
        if source < target and others:
            said.append(_ambiguous([*things, *others]))
        elif source == target and len(things) > 1:
            said.append(_ambiguous(things))
    return doubts


def _ambiguous(things: Sequence[Listed]) -> Diagnostic:
    first, *others = things
    keys = quoted_list([_key(thing) for thing in things[:MOST_NAMED]], "and")
    more = f" and {len(things) - MOST_NAMED:,} more" if len(things) > MOST_NAMED else ""
    return Diagnostic(
        Code.AMBIGUOUS,
        f"{keys}{more} run from one to many either way: they may be one many-to-many relationship",
        first.at,
        help="they are kept apart; where they are one, declare one `many_to_many` with an `inverse`",
        related=tuple(Related(other.at, "the other way") for other in others),
    )


def _doubt(others: Sequence[str]) -> tuple[str, ...]:
    if not others:
        return ()
    return (
        f"With {quoted_list(others)} it may be one many-to-many relationship: Zendesk's list does not tell.",
    )
