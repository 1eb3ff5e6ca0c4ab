"""A relationship type said in two sentences, one from either end, for people who do not read manifests."""

from __future__ import annotations

import re

from edgewise.catalog import Bounds, End, ObjectType, RelationshipType
from edgewise.graph import Graph

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PREPOSITIONS = frozenset(("at", "for", "from", "in", "into", "of", "on", "to", "under", "with"))
_VERBS = frozenset(
    ("is", "was", "has", "does", "made", "bought", "sold", "wrote", "sent", "got", "paid", "built")
)
_VOWEL_SOUND = re.compile(r"(?!uni|us[ei]|eu|one\b)[aeiou]", re.IGNORECASE)
_HAS = re.compile(r"has_(?:many|one|a|an)_")


def sentences(graph: Graph, relationship: RelationshipType) -> tuple[str, str]:
    """Say what each `from` record has, and what each `to` record has.

    "A person placed any number of orders." and "Each order was placed by at most one person."
    """
    from_, to = relationship.ends
    from_type, to_type = graph.object_type(from_), graph.object_type(to)
    subject = with_article(from_type.label)
    first = f"{_capital(subject)} {phrase(from_, from_type)} {count(to.bounds, to_type)}."
    if relationship.symmetric:
        return first, "It is the same relationship seen from either end."
    found = count(from_.bounds, from_type)
    if to.walk is None:
        return first, f"Each {to_type.label} is reached by this from {found}."
    return first, f"Each {to_type.label} {phrase(to, to_type)} {found}."


def phrase(end: End, object_type: ObjectType) -> str:
    """Turn the name of a walk into the verb of a sentence: `placed_by` into "was placed by"."""
    if end.stated_label:
        return end.stated_label
    name = (end.walk or "").removeprefix(f"{object_type.identifier}_")
    if _HAS.match(name):
        return "has"
    words = name.split("_")
    first, last = words[0], words[-1]
    said = " ".join(words)
    if first in _VERBS:
        return said
    if last == "by":
        return f"was {said}"
    if first.endswith("ed"):
        return f"is {said}" if last in _PREPOSITIONS else said
    if last in _PREPOSITIONS and not first.endswith("s"):
        return f"is {said}"
    if (
        first.endswith("s")
        and not first.endswith(("ss", "us"))
        and (len(words) == 1 or last in _PREPOSITIONS)
    ):
        return said
    return f"is {said} of"


def count(bounds: Bounds, object_type: ObjectType) -> str:
    """Say how many records of a type there are: "exactly one order", "between two and five orders"."""
    low, high = bounds
    if high is None:
        return f"any number of {object_type.plural}" if low == 0 else f"at least {_many(low, object_type)}"
    if low == high:
        return f"exactly {_many(low, object_type)}"
    if low == 0:
        return f"at most {_many(high, object_type)}"
    return f"between {_number(low)} and {_many(high, object_type)}"


def with_article(noun: str) -> str:
    """Put "a" or "an" before a noun, as it sounds."""
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def _many(number: int, object_type: ObjectType) -> str:
    return f"{_number(number)} {object_type.label if number == 1 else object_type.plural}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
