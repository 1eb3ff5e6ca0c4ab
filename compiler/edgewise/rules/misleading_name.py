"""A name that says where it leads from and to, or how many there are, where that is not so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from edgewise.catalog import End
from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph
from edgewise.walk import Walk, walks_of
from edgewise.wording import Nouns, aliases, nouns

_HAS = re.compile(r"(?:(.+?)_)?(?:has|have)_(many|one)_(?!or_|of_|to_)(.+)")
_COUNTED = re.compile(r"(many|one)_(.+)")
_TO = "_to_"


class _Claim(NamedTuple):
    """What a name says: from what, how many of what. A part that it does not say is empty."""

    start: str
    number: str
    arrival: str


class _Vocabulary(NamedTuple):
    """The nouns of each object type, what it is called at vendors, and the nouns of all."""

    nouns: Mapping[str, Nouns]
    aliases: Mapping[str, frozenset[str]]
    declared: frozenset[str]


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield each relationship type whose name or inverse contradicts what it declares."""
    vocabulary = cache(lambda: _vocabulary(graph))
    for relationship in graph.relationship_types.values():
        names = f"{relationship.name} {relationship.inverse}"
        if not relationship.sound or not ("_to_" in names or "many_" in names or "one_" in names):
            continue
        for walk in walks_of(relationship):
            claim = _claim(walk.name)
            found = None if claim is None else _contradiction(walk, claim, vocabulary())
            if found is not None:
                yield found
                break  # seen from the other end it is the same mistake


def _claim(name: str) -> _Claim | None:
    """Read what a name says; None where it says nothing of the kind, or could be read in two ways."""
    if "many_" in name or "one_" in name:
        counted = _HAS.fullmatch(name)
        if counted is not None:
            return _Claim(counted[1] or "", counted[2], counted[3])
        bare = _COUNTED.fullmatch(name)
        if bare is not None:
            return _Claim("", bare[1], bare[2])
    start, to, arrival = name.partition(_TO)
    return _Claim(start, "", arrival) if to and _TO not in arrival else None


def _vocabulary(graph: Graph) -> _Vocabulary:
    known = {name: nouns(each) for name, each in graph.object_types.items()}
    declared = frozenset(noun for each in known.values() for noun in (each.name, *each.plurals))
    others = {name: frozenset(aliases(each)) for name, each in graph.object_types.items()}
    return _Vocabulary(known, others, declared)


def _contradiction(walk: Walk, claim: _Claim, vocabulary: _Vocabulary) -> Diagnostic | None:
    if claim.start in vocabulary.declared and claim.arrival in vocabulary.declared:
        label = _wrong_ends(walk, claim, vocabulary)
        if label:
            help_ = "swap the ends, or call it by what it relates"
            return _misleading(walk, f"from `{claim.start}` to `{claim.arrival}`", label, help_)
    counts = _HAS.fullmatch(walk.name) or claim.arrival in vocabulary.nouns[walk.arrival.object_type]
    if claim.number and counts and (claim.number == "one") != walk.arrival.bounds.is_single:
        return _misleading(
            walk, claim.number, f"allows {_how_many(walk.arrival)}", "correct the one or the other"
        )
    return None


def _wrong_ends(walk: Walk, claim: _Claim, vocabulary: _Vocabulary) -> str:
    """Say where a walk leads that names two object types; nothing where that may be what it says.

    A first noun that alone does not fit may be a verb: `reply_to_message` may start at a ticket. And where
    both ends are one type, a noun may be a part that somebody plays: `user_to_manager`.
    """
    start, arrival = walk.start.object_type, walk.arrival.object_type
    begins, ends = _fits(claim.start, start, vocabulary), _fits(claim.arrival, arrival, vocabulary)
    turned = _fits(claim.start, arrival, vocabulary) and _fits(claim.arrival, start, vocabulary)
    wrong = not ends and (turned or not begins or start != arrival)
    if not wrong and not (claim.number and not begins and start != arrival):
        return ""
    return f"leads from `{start}` to `{arrival}`"


def _fits(noun: str, object_type: str, vocabulary: _Vocabulary) -> bool:
    """Tell whether a noun may mean an object type: its own, a part of its name, or a vendor's word for it."""
    known = vocabulary.nouns[object_type]
    if noun in known or noun in vocabulary.aliases[object_type]:
        return True
    return any(f"_{noun}_" in f"_{own}_" for own in (known.name, *known.plurals))


def _how_many(end: End) -> str:
    return "at most one" if end.bounds.is_single else "more than one"


def _misleading(walk: Walk, says: str, label: str, help_: str) -> Diagnostic:
    return Diagnostic(
        Code.MISLEADING_NAME, f"`{walk.name}` says {says}, and {label}", walk.place, label, help_
    )
