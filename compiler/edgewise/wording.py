"""What a name says, read as English: its words, the number of a noun, and whose noun it is.

`sentences` makes sentences of names, and rules hold names against what is declared, with these notions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from edgewise.catalog import ObjectType

PREPOSITIONS = frozenset(
    (
        *("about", "after", "against", "at", "before", "for", "from", "in", "into", "near", "of", "on"),
        *("over", "through", "to", "under", "with", "within", "without"),
    )
)
# Nouns whose singular stands for several of them too, where nobody has stated a plural.
_UNCOUNTABLE = frozenset(
    (
        *("advice", "content", "correspondence", "data", "equipment", "evidence", "feedback", "furniture"),
        *("hardware", "history", "information", "inventory", "knowledge", "livestock", "luggage", "mail"),
        *("media", "merchandise", "metadata", "people", "personnel", "children", "research", "software"),
        *("staff", "stock", "traffic", "training", "work"),
    )
)
_AUXILIARIES = frozenset(("is", "are", "was", "were"))
# What says how many, which the cardinality says, or nothing at all.
_EMPTY = frozenset(("has", "have", "many", "one", "several", "a", "an", "the"))
_LINKS = PREPOSITIONS | {"by"}
_LETTERS_OF_SEE = 3
_NO_PLURAL = ("ss", "us", "is")


class Nouns(NamedTuple):
    """What an object type is called in names: one of it, and several.

    `singular` is None where the name itself may mean several.
    """

    name: str
    singular: str | None
    plurals: tuple[str, ...]

    def __contains__(self, noun: object) -> bool:
        """Tell whether it is called so."""
        return noun == self.name or noun in self.plurals


def own_words(object_type: ObjectType) -> tuple[str, str]:
    """Return what a type is called in the names of relationships, one record and several."""
    singular = object_type.name.rpartition(":")[2]
    return singular, object_type.plural.replace(" ", "_")


def nouns(object_type: ObjectType) -> Nouns:
    """Return the nouns of an object type."""
    return _nouns(object_type.name.rpartition(":")[2], object_type.stated_plural)


@lru_cache(maxsize=10_000)  # several rules ask
def _nouns(name: str, stated_plural: str | None) -> Nouns:
    if stated_plural is None:
        is_counted = not (_looks_plural(name) or name.rpartition("_")[2] in _UNCOUNTABLE)
        return Nouns(name, name if is_counted else None, plurals(name))
    stated = _as_name(stated_plural)
    return Nouns(name, None, ()) if stated == name else Nouns(name, name, (stated, *plurals(name)))


def plurals(noun: str) -> tuple[str, ...]:
    """Return the regular plurals of an English noun: `orders`, or `categorys` and `categories`."""
    if noun.endswith("y"):
        return f"{noun}s", f"{noun[:-1]}ies"
    return (f"{noun}s", f"{noun}es") if noun.endswith(("s", "x", "z", "ch", "sh")) else (f"{noun}s",)


def aliases(object_type: ObjectType) -> Iterator[str]:
    """Yield what an object type is called at vendors, as `user` for `zen:user`, one of it and several."""
    for entry in object_type.targets.values():
        for name in entry.values() if isinstance(entry, dict) else (entry,):
            if isinstance(name, str):
                alias = _as_name(name.rpartition(":")[2])
                yield from (alias, *plurals(alias))


def _looks_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith(_NO_PLURAL)


def _as_name(text: str) -> str:
    return re.sub(r"\W+", "_", text.lower())


@lru_cache(maxsize=10_000)  # the same few words stand in all names
def stem(word: str) -> str:
    """Return a word without the ending that number and tense give it: `owns` and `owned` are `own`."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith("s"):
        word = word if word.endswith(_NO_PLURAL) else word[:-1]
    elif word.endswith("ed") and not word.endswith("eed"):
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _LETTERS_OF_SEE else word


Words = tuple[str, ...]


def meaning(name: str, here: Nouns, there: Nouns) -> Words:
    """Return the stems of what a walk says besides the nouns of its ends, which the manifest says too.

    Empty where a name says no more than where it leads, as `orders`, `has_order` and `user_has_many_orders`
    do. The order of the words counts where a preposition stands among them.
    """
    words = tuple(word for word in name.split("_") if word and word not in _EMPTY)
    if words and words[0] in _AUXILIARIES and words[-1] in _LINKS:
        words = words[1:]
    bare = _without(_without(words, there), here)
    if bare == ("to",) and words[0] != "to" and words[-1] != "to":  # `ticket_to_account`
        return ()
    stems = tuple(map(stem, bare))
    return tuple(sorted(stems)) if _LINKS.isdisjoint(stems) else stems


def _without(words: Words, of: Nouns) -> Words:
    """Take the first of an object type's nouns out of some words."""
    for noun in (of.name, *of.plurals):
        parts = tuple(noun.split("_"))
        if parts[0] in words:
            for start in range(len(words) - len(parts) + 1):
                if words[start : start + len(parts)] == parts:
                    return words[:start] + words[start + len(parts) :]
    return words
