"""A relationship type said in two sentences, one from either end, for people who do not read manifests."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from edgewise.catalog import Bounds, End, ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.walk import backwards
from edgewise.wording import PREPOSITIONS, own_words

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PLURALS = {"is": "are", "was": "were", "has": "have", "does": "do", "goes": "go"}
_AUXILIARIES = frozenset({"is", "was", "has", "does"})
# Verbs whose past is also what is done to a thing: "sold", and "is sold to".
_PARTICIPLES = frozenset(
    {
        *("bought", "brought", "built", "caught", "dealt", "fed", "felt", "found", "heard", "held", "kept"),
        *("led", "left", "lent", "lost", "made", "met", "paid", "sent", "shot", "sold", "spent", "taught"),
        *("told", "thought", "understood", "won"),
    }
)
# Verbs that have another word for that.
_PASTS = frozenset(
    {
        *("ate", "became", "began", "broke", "came", "chose", "did", "drew", "drove", "fell", "flew"),
        *("forgot", "gave", "got", "grew", "knew", "ran", "rode", "rose", "sang", "saw", "spoke", "stole"),
        *("swam", "threw", "took", "went", "wore", "wrote"),
    }
)
# Nouns that would be taken for verbs, as they end in an `s`.
_SEVERAL = frozenset(
    {
        *("assignees", "attendees", "authors", "buyers", "contributors", "customers", "employees"),
        *("followers", "friends", "guests", "items", "leaders", "managers", "members", "owners", "parents"),
        *("participants", "parts", "players", "readers", "reviewers", "sellers", "siblings", "students"),
        *("subscribers", "suppliers", "tags", "teachers", "users", "workers", "writers"),
    }
)
_MOST_OF_A_LABEL = 40
_HAS_MANY = re.compile(r"(?:has|have)_(?:many|one|a|an)(?:_|$)")
_VOWEL_SOUND = re.compile(
    r"(?!uni(?![mn])|us[aeiu]|ut[ei]|eu|one\b)[aeiou]|hour|hono|hones|heir", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]+s?\b")


class Phrase(NamedTuple):
    """What joins the two ends in a sentence: a verb, and what follows the records that are reached.

    "placed" stands alone; "has" and "as owner" stand on either side of "at most one user".
    """

    verb: str
    rest: str = ""


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
    # One that is altered to be said has the verbs of the one that is declared.
    declared = graph.relationship_types.get(relationship.name, relationship)
    ahead, back = _phrases(declared, from_type, to_type)
    through, through_back = _through(graph, relationship)
    first = _sentence(with_article(_one(from_type)), ahead, count(to.bounds, to_type), through)
    if relationship.symmetric:
        return first, "It is the same relationship seen from either end."
    found = count(from_.bounds, from_type)
    if to.walk is not None:
        return first, _sentence(f"each {_one(to_type)}", back, found, through_back)
    # The relationship has no name from there: "At most one person placed each order."
    verb = ahead.verb if _is_said_of_one(from_.bounds) else _in_the_plural(ahead.verb)
    return first, _sentence(found, ahead._replace(verb=verb), f"each {_one(to_type)}", "")


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


def _sentence(subject: str, phrase: Phrase, object_: str, through: str) -> str:
    words = " ".join(f"{subject} {phrase.verb} {object_} {phrase.rest}".split())
    return f"{words[:1].upper()}{words[1:].rstrip('.')}{through}."


def _through(graph: Graph, relationship: RelationshipType) -> tuple[str, str]:
    """Say of a derived relationship type what leads from either end to the other."""
    if not relationship.is_derived or relationship.name not in graph.followed:
        return "", ""
    steps = graph.steps(relationship)
    ways = [[step.start.label for step in each] for each in (steps, backwards(steps))]
    ahead, back = ("" if None in way else _quoted([label for label in way if label]) for way in ways)
    return ahead, back


def _quoted(labels: list[str]) -> str:
    *others, last = (f'"{" ".join(label.split())}"' for label in labels)
    if set(others) == {last}:
        return f", through {last} {'twice' if len(labels) == 2 else f'{_number(len(labels))} times'}"
    return f", through {', '.join(others)} and {last}"


def _phrases(
    relationship: RelationshipType, from_type: ObjectType, to_type: ObjectType
) -> tuple[Phrase, Phrase]:
    """Turn the names of both walks into verbs: `placed_by` into "was placed by".

    A noun is what the record here is for the one that is reached ("is parent of"), or it is what that one
    is for the record here ("has ... as owner"), as it seems from how many there are.
    """
    from_, to = relationship.ends
    here, there = own_words(from_type), own_words(to_type)
    ahead, back = from_.walk or "", to.walk or ""
    leads_to_it = back == f"{ahead}_of" or _leads_to_a_noun(to.bounds, from_.bounds, relationship)
    leads_back_to_it = ahead == f"{back}_of" or _leads_to_a_noun(from_.bounds, to.bounds, relationship)
    if relationship.is_self and _is_noun(ahead, here, there):
        leads_back_to_it = leads_to_it  # who has a parent is its child
    return (
        _labelled(from_) or _phrase(ahead, _is_past(back), here, there, leads_to_it),
        _labelled(to) or _phrase(back, _is_past(ahead), there, here, leads_back_to_it),
    )


def _leads_to_a_noun(ahead: Bounds, back: Bounds, relationship: RelationshipType) -> bool:
    """Tell whether a noun is likely to be what is reached: there is one owner, but many are owned."""
    if not relationship.is_self:
        return ahead.is_single
    return ahead.max is not None and (back.max is None or ahead.max < back.max)


def _labelled(end: End) -> Phrase | None:
    """Return what the manifest says that people call a walk, as part of a sentence."""
    words = (end.stated_label or "").split()
    if words[:2] == ["has", "as"]:
        return Phrase("has", " ".join(words[1:]))
    return Phrase(" ".join(words)) if words else None


@lru_cache(maxsize=100_000)  # several targets say the same
def _phrase(name: str, was: bool, here: tuple[str, str], there: tuple[str, str], leads_to_it: bool) -> Phrase:
    """Return the phrase of a name. `was` is whether the walk the other way round tells of the past."""
    words = _verb(name, here, there).split("_")
    said = " ".join(words)
    if not said:
        return Phrase("has")
    first, last = words[0], words[-1]
    if first == "has" and len(words) > 1:
        return Phrase("has", f"as {' '.join(words[1:])}")
    if last == "by" and first not in _AUXILIARIES:
        return Phrase(f"{'was' if was else 'is'} {said}")
    if _is_noun(name, here, there):
        is_there = leads_to_it or last in _SEVERAL
        return Phrase("has", f"as {said}") if is_there else Phrase(f"is {said} of")
    is_active = first in _PASTS or not (_is_past(first) and last in PREPOSITIONS)
    return Phrase(said if is_active and (_is_past(first) or _is_verb(words)) else f"is {said}")


def _is_noun(name: str, here: tuple[str, str], there: tuple[str, str]) -> bool:
    """Tell whether a name is neither a verb nor ends in a preposition, and so has to say what somebody is."""
    words = _verb(name, here, there).split("_")
    return bool(words[0]) and not (
        _is_past(words[0]) or _is_verb(words) or words[-1] in {"by", *PREPOSITIONS}
    )


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
        if verb != name and (_is_present(verb.split("_")) or verb in PREPOSITIONS):
            return "" if verb == "has" else verb
    return name


def _is_past(name: str) -> bool:
    """Tell whether a name begins with a verb of the past tense, as "placed" or "sold to" do."""
    first = name.split("_", maxsplit=1)[0]
    return first.endswith("ed") or first in _PARTICIPLES or first in _PASTS


def _is_verb(words: list[str]) -> bool:
    return words[0] in _AUXILIARIES or _is_present(words)


def _is_present(words: list[str]) -> bool:
    """Tell whether words are a verb of the present tense, as "owns" or "lives in" are."""
    first = words[0]
    is_verb = first.endswith("s") and not first.endswith(("ss", "us")) and words[-1] not in _SEVERAL
    return is_verb and (len(words) == 1 or not PREPOSITIONS.isdisjoint((words[1], words[-1])))


def _in_the_plural(verb: str) -> str:
    """Turn what one does into what several do: "contains" into "contain"."""
    first, space, rest = verb.partition(" ")
    if first in _PLURALS:
        first = _PLURALS[first]
    elif first.endswith("ies") and len(first) > 4:
        first = f"{first[:-3]}y"
    elif first.endswith(("ches", "shes", "sses", "xes", "zzes")):
        first = first[:-2]
    elif first.endswith("s") and not first.endswith(("ss", "us")) and first != "always":
        first = first[:-1]
    return first + space + rest


def count(bounds: Bounds, object_type: ObjectType) -> str:
    """Say how many records of a type there are: "exactly one order", "between two and five orders"."""
    low, high = bounds
    if high is None:
        return f"any number of {_several(object_type)}" if low == 0 else f"at least {_many(low, object_type)}"
    if low == high:
        return f"exactly {_many(low, object_type)}"
    if low == 0:
        return f"at most {_many(high, object_type)}"
    if high < len(_NUMBERS):
        return f"between {_number(low)} and {_many(high, object_type)}"
    return f"between {low:,} and {high:,} {_several(object_type)}"


def _is_said_of_one(bounds: Bounds) -> bool:
    return bounds.max == 1 or (bounds.max is None and bounds.min == 1)


@lru_cache(maxsize=10_000)  # the same few nouns stand in all sentences
def with_article(noun: str) -> str:
    """Put "a" or "an" before a noun, as it sounds."""
    if _ABBREVIATION.match(noun):  # letter by letter
        return f"{'an' if noun[0] in 'AEFHILMNORSX' else 'a'} {noun}"
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def one_line(text: str) -> str:
    """Put a text of a manifest, which may have several lines, into one."""
    return " ".join(text.split())


def clipped(label: str) -> str:
    """Return what people call a type, as far as there is room for it in a message of one line."""
    label = one_line(label)
    return label if len(label) <= _MOST_OF_A_LABEL else f"{label[: _MOST_OF_A_LABEL - 3]}..."


def brief(object_type: ObjectType) -> ObjectType:
    """Return an object type that is called what there is room for in a message of one line."""
    label, plural = clipped(object_type.label), clipped(object_type.plural)
    return object_type._replace(stated_label=label, stated_plural=plural)


def _many(number: int, object_type: ObjectType) -> str:
    return f"{_number(number)} {_one(object_type) if number == 1 else _several(object_type)}"


def _one(object_type: ObjectType) -> str:
    return object_type.label if object_type.label.strip() else object_type.name


def _several(object_type: ObjectType) -> str:
    return object_type.plural if object_type.plural.strip() else _one(object_type)


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
