"""A relationship type said in two sentences, one from either end, for people who do not read manifests."""

from __future__ import annotations

import re
from functools import lru_cache

from edgewise.catalog import Bounds, End, ObjectType, RelationshipType
from edgewise.graph import Graph

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PREPOSITIONS = frozenset(("at", "for", "from", "in", "into", "of", "on", "to", "under", "with"))
_MOST_OF_A_LABEL = 40
_AUXILIARIES = frozenset(("is", "was", "has", "does"))
_PARTICIPLES = frozenset(("bought", "built", "held", "kept", "made", "paid", "sent", "sold", "told", "won"))
_HAS_MANY = re.compile(r"(?:has|have)_(?:many|one|a|an)(?:_|$)")
_VOWEL_SOUND = re.compile(
    r"(?!uni(?![mn])|us[aeiu]|ut[ei]|eu|one\b)[aeiou]|hour|hono|hones|heir", re.IGNORECASE
)


def sentences(graph: Graph, relationship: RelationshipType) -> tuple[str, str]:
    """Say what each `from` record has, and what each `to` record has.

    "A person placed any number of orders." and "Each order was placed by at most one person."
    """
    if graph.relationship_types.get(relationship.name) is not relationship:
        return _sentences(graph, relationship)  # one that is altered to be said
    known = graph.said.get(relationship.name)
    if known is None:
        known = graph.said[relationship.name] = _sentences(graph, relationship)
    return known


def _sentences(graph: Graph, relationship: RelationshipType) -> tuple[str, str]:
    from_, to = relationship.ends
    from_type, to_type = graph.object_type(from_), graph.object_type(to)
    subject = with_article(from_type.label)
    first = f"{_capital(subject)} {phrase(from_, to.walk, from_type, to_type)} {count(to.bounds, to_type)}."
    if relationship.symmetric:
        return first, "It is the same relationship seen from either end."
    found = count(from_.bounds, from_type)
    if to.walk is None:
        return first, f"Each {to_type.label} is reached by this from {found}."
    return first, f"Each {to_type.label} {phrase(to, from_.walk, to_type, from_type)} {found}."


def limit_sentence(graph: Graph, relationship: RelationshipType, end: End, bounds: Bounds) -> str:
    """Say one limit at an end alone: "Each order was placed by at most one person."."""
    if bounds == end.bounds:
        return sentences(graph, relationship)[end.key == "from"]
    if end.key == "to":
        return sentences(graph, relationship._replace(to=end._replace(bounds=bounds)))[0]
    return sentences(graph, relationship._replace(from_=end._replace(bounds=bounds)))[1]


def no_self_sentence(graph: Graph, relationship: RelationshipType) -> str:
    """Say that no record is related to itself."""
    return f"No {graph.object_type(relationship.to).label} is related to itself by `{relationship.name}`."


def acyclic_sentence(graph: Graph, relationship: RelationshipType) -> str:
    """Say that there are no cycles."""
    label = graph.object_type(relationship.to).label
    return f"Following `{relationship.name}` never leads back to the same {label}."


def phrase(end: End, back: str | None, here: ObjectType, there: ObjectType) -> str:
    """Turn the name of a walk into the verb of a sentence: `placed_by` into "was placed by".

    `back` is the name of the walk the other way round, whose tense it has ("owned by" is what somebody
    "owns"). `here` is the object type one starts from, `there` the one that is reached. A noun is what
    the record here is for the other one ("is parent of"), unless it names the type that is reached ("has").
    """
    return end.stated_label or _phrase(end.walk or "", _is_past(back or ""), _nouns(here), _nouns(there))


def _nouns(object_type: ObjectType) -> tuple[str, str]:
    """Return what a type is called in the names of relationships, one record and several."""
    singular = object_type.name.rpartition(":")[2]
    return singular, object_type.plural.replace(" ", "_")


@lru_cache(maxsize=100_000)  # several targets say the same
def _phrase(name: str, was: bool, here: tuple[str, str], there: tuple[str, str]) -> str:
    words = _verb(name, here, there).split("_")
    said = " ".join(words)
    if not said:
        return "has"
    first, last = words[0], words[-1]
    if first in _AUXILIARIES:
        return f"has as {said[4:]}" if first == "has" and len(words) > 1 else said
    if last == "by":
        return f"{'was' if was else 'is'} {said}"
    if _is_past(first):
        return f"is {said}" if last in _PREPOSITIONS else said
    return said if _is_present(words) else f"is {said}" if last in _PREPOSITIONS else f"is {said} of"


def _verb(name: str, here: tuple[str, str], there: tuple[str, str]) -> str:
    """Take out of a name what the sentence says anyway: "product has many tickets" becomes nothing."""
    for own in here:
        rest = name.removeprefix(f"{own}_")
        if rest != name and _HAS_MANY.match(rest):
            name = rest
    if _HAS_MANY.match(name) or name in there:
        return ""
    for other in there:
        verb = name.removesuffix(f"_{other}")
        if verb != name and _is_present(verb.split("_")):
            return "" if verb == "has" else verb
    return name


def _is_past(name: str) -> bool:
    """Tell whether a name begins with a verb of the past tense, as "placed" or "sold to" do."""
    first = name.split("_", maxsplit=1)[0]
    return first.endswith("ed") or first in _PARTICIPLES


def _is_present(words: list[str]) -> bool:
    """Tell whether words are a verb of the present tense, as "owns" or "lives in" are."""
    first = words[0]
    is_verb = first.endswith("s") and not first.endswith(("ss", "us"))
    return is_verb and (len(words) == 1 or words[-1] in _PREPOSITIONS)


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


@lru_cache(maxsize=10_000)  # the same few nouns stand in all sentences
def with_article(noun: str) -> str:
    """Put "a" or "an" before a noun, as it sounds."""
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def one_line(text: str) -> str:
    """Put a text of a manifest, which may have several lines, into one."""
    return " ".join(text.split())


def clipped(label: str) -> str:
    """Return what people call a type, as far as there is room for it in a message of one line."""
    label = one_line(label)
    return label if len(label) <= _MOST_OF_A_LABEL else f"{label[: _MOST_OF_A_LABEL - 3]}..."


def _many(number: int, object_type: ObjectType) -> str:
    return f"{_number(number)} {object_type.label if number == 1 else object_type.plural}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
