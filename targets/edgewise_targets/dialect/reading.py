"""The way back, as far as dialects share it: answers to lists, and a vendor's names to names that fit.

A dialect's own `reading` says what becomes of one thing on a list. An answer that is no list is told from
one here, a page that is missing is found, and what nobody reads is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import Any, NamedTuple

from edgewise.answers import Answer, misfits, no_list
from edgewise.diagnostics import Code, Diagnostic, Related, quoted_list
from edgewise.place import Place
from edgewise.source import find_not_allowed
from edgewise.target import JsonSchema
from edgewise_targets.dialect.keys import short

LONGEST_NAME = 63
_IS_NAME = re.compile(rf"[a-z][a-z0-9_]{{,{LONGEST_NAME - 1}}}").fullmatch
_BEFORE_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LINE_BREAKS = frozenset("\t\n\r")


class Listed(NamedTuple):
    """One thing on a list, and where it stands there."""

    data: Mapping[str, Any]
    at: Place

    def told(self, code: Code, message: str, *path: str, label: str = "", help_: str = "") -> Diagnostic:
        """Say something of it, or of what stands at `path` in it."""
        return Diagnostic(code, message, self.at.value(*path), label, help_)


class ListKind(NamedTuple):
    """A kind of list that a vendor's API gives.

    `name` is what stands on it (`relationship types`), `schema` the JSON Schema of an answer. `is_of` tells
    of the first thing on a list whether it is of this kind. `read` are the fields that the way back makes
    something of, `assigned` those that the server gives and that say nothing.
    """

    name: str
    schema: JsonSchema
    is_of: Callable[[Mapping[str, Any]], bool]
    read: frozenset[str]
    assigned: frozenset[str]


class Listing(NamedTuple):
    """All pages of one kind of list, and what stands on them."""

    pages: list[Answer]
    things: list[Listed]


def listings(
    answers: Sequence[Answer], vendor: str, kinds: Sequence[ListKind]
) -> tuple[list[Listing] | None, list[Diagnostic]]:
    """Sort answers by the kind of list that they are; None where one is no list, which is told."""
    found = [Listing([], []) for _ in kinds]
    refused: list[Diagnostic] = []
    for answer in answers:
        said = _no_list(answer, vendor)
        number = 0 if said else _kind(answer, kinds)
        said = said or misfits(answer, kinds[number].schema, f"{vendor}'s list of {kinds[number].name}")
        if said:
            refused += said
            continue
        found[number].pages.append(answer)
        things = enumerate(answer.data["data"])
        found[number].things.extend(Listed(data, answer.place("data", each)) for each, data in things)
    if refused:
        return None, refused
    return found, [each for pair in zip(kinds, found, strict=True) for each in _not_read(*pair)]


def _kind(answer: Answer, kinds: Sequence[ListKind]) -> int:
    """Return the number of the kind that an answer is of: the first where nothing tells."""
    things = answer.data.get("data") if isinstance(answer.data, dict) else None
    first = things[0] if isinstance(things, list) and things else None
    if not isinstance(first, dict):
        return 0
    return next((number for number, kind in enumerate(kinds) if kind.is_of(first)), 0)


def _not_read(kind: ListKind, listing: Listing) -> Iterator[Diagnostic]:
    """Tell of each field that nobody reads, at its first place."""
    first: dict[str, Listed] = {}
    times: Counter[str] = Counter()
    for thing in listing.things:
        for field in thing.data.keys() - kind.read - kind.assigned:
            first.setdefault(field, thing)
            times[field] += 1
    for field in sorted(first):
        where = "" if times[field] == 1 else f" ({times[field]:,} of the {kind.name} have it)"
        message = f"`{short(field)}` is not kept: no manifest can say it{where}"
        yield first[field].told(Code.NOT_KEPT, message, field)


# ---- answers that are no list ----


def _no_list(answer: Answer, vendor: str) -> list[Diagnostic]:
    data = answer.data
    if isinstance(data, list):
        help_ = "give the answer as it came, with what stands around the list: it tells of further pages"
        return [no_list("this is a bare list, and no answer of an API", answer.place(), help_=help_)]
    if not isinstance(data, dict):
        return [no_list("an answer of an API is an object", answer.place())]
    if isinstance(data.get("data"), list):
        return []
    if isinstance(data.get("data"), dict):
        message = f"{vendor} answered with one thing, and not with a list"
        return [
            no_list(message, answer.place("data"), help_="ask for the list: the same path without the id")
        ]
    return _error_answer(answer, vendor)


def _error_answer(answer: Answer, vendor: str) -> list[Diagnostic]:
    """Recognise errors: a text, an object with a code, a list of such, or a message alone."""
    for field in ("error", "errors", "message"):
        said = answer.data.get(field)
        if isinstance(said, list) and said:
            said = said[0]
        words = _error_words(said)
        if words:
            message = f"{vendor} answered with an error, and not with a list: {short(words)}"
            return [no_list(message, answer.place(field), help_=_suggested(answer.data))]
    return []


def _error_words(said: Any) -> str:
    if isinstance(said, str):
        return said
    if not isinstance(said, Mapping):
        return ""
    parts = [said.get(key) for key in ("code", "error_code", "title", "message", "detail")]
    return ": ".join(str(part) for part in parts if isinstance(part, str | int))


def _suggested(data: Mapping[str, Any]) -> str:
    suggestions = data.get("suggestions")
    names = [each for each in suggestions if isinstance(each, str)] if isinstance(suggestions, list) else []
    return f"it suggests {quoted_list([short(each) for each in names[:8]])}" if names else ""


# ---- pages ----


def cursor_pages(
    listing: Listing, has_next: Callable[[Any], bool], field: tuple[str, ...]
) -> list[Diagnostic]:
    """Tell where every page of a list names a next one, so that the last is missing."""
    pages = listing.pages
    if not pages or not all(has_next(page.data) for page in pages):
        return []
    which = "this page names" if len(pages) == 1 else f"each of the {len(pages)} pages names"
    return [missing_page(f"{which} a next one: the last page is missing", pages[-1].place(*field))]


def numbered_pages(listing: Listing) -> list[Diagnostic]:
    """Tell which pages are missing by the numbers under `meta`, or how many things, where no page is."""
    metas = [page.data["meta"] for page in listing.pages if page.data.get("meta")]
    last = max((meta.get("last_page") or 0 for meta in metas), default=0)
    there = {meta.get("current_page") for meta in metas}
    total = max((meta.get("total") or 0 for meta in metas), default=0)
    held = len({thing.data.get("id", thing.at) for thing in listing.things})
    at = listing.pages[-1].place("meta") if metas else None
    gone = last - sum(isinstance(number, int) and 1 <= number <= last for number in there)
    if gone > 0 and at:
        numbers = [str(each) for each in islice((n for n in range(1, last + 1) if n not in there), 8)]
        which = f"{', '.join(numbers)}{', ...' if gone > len(numbers) else ''}"
        message = f"{'page' if gone == 1 else 'pages'} {which} of {last:,} missing"
        return [missing_page(f"{message}: {held:,} of {total:,} are there", at.value("last_page"))]
    if total > held and at:
        return [missing_page(f"the list says that it holds {total:,}, and holds {held:,}", at.value("total"))]
    return []


def missing_page(message: str, at: Place) -> Diagnostic:
    """Say that a list is not whole."""
    return Diagnostic(
        Code.PAGE_MISSING, message, at, help="give the answers of all pages, one file each, in any order"
    )


# ---- names ----


def can_be_written(text: str, *, one_line: bool = True) -> bool:
    """Tell whether a manifest may hold a text: what a reviewer cannot see is not allowed there."""
    return not find_not_allowed(text) and not (one_line and _LINE_BREAKS & set(text))


def not_written(thing: Listed, field: str, vendor_kind: str) -> Diagnostic:
    """Say that something is left out for a character in one of its names."""
    message = f"this {vendor_kind} is left out: a manifest cannot hold a character in its `{field}`"
    return thing.told(Code.NOT_KEPT, message, field, help_="rename it with the vendor, and ask again")


def fitted(text: str, fallback: str) -> str:
    """Return the name that is nearest to a vendor's, by the rules of the language."""
    if _IS_NAME(text):
        return text
    plain = unicodedata.normalize("NFKD", _BEFORE_CAPITAL.sub("_", text)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    if not name[:1].isalpha():
        name = f"{fallback}_{name}".rstrip("_")
    return name[:LONGEST_NAME].rstrip("_")


class Wish(NamedTuple):
    """What the vendor calls a thing, and longer names that tell it from others that are called so."""

    own: str
    longer: tuple[str, ...] = ()


def names(wishes: Mapping[Any, Wish], fallback: str, taken: Iterable[str] = ()) -> dict[Any, str]:
    """Give each thing a name of its own that fits the language, whatever order the things are in.

    One that the vendor's own name fits keeps it. Where several would share a name, none of them gets it.
    """
    used = set(taken)
    given: dict[Any, str] = {}
    open_ = dict(wishes)
    for level in range(1 + max((len(wish.longer) for wish in wishes.values()), default=0)):
        wanted: dict[str, list[Any]] = {}
        for key, wish in open_.items():
            texts = (wish.own, *wish.longer)
            wanted.setdefault(fitted(texts[min(level, len(texts) - 1)], fallback), []).append(key)
        for name, keys in wanted.items():
            exact = [key for key in keys if open_[key].own == name]
            alone = exact if len(exact) == 1 else keys
            if len(alone) == 1 and name not in used:
                given[alone[0]] = name
        used.update(given.values())
        open_ = {key: wish for key, wish in open_.items() if key not in given}
    for key in sorted(open_, key=lambda key: (open_[key], str(key))):
        base = fitted(open_[key].own, fallback)[: LONGEST_NAME - 8]
        given[key] = next(name for n in count(2) if (name := f"{base}_{n}") not in used)
        used.add(given[key])
    return given


def renamed(thing: Listed, own: str, name: str, *path: str) -> list[Diagnostic]:
    """Tell where a vendor's name became another one."""
    if own == name:
        return []
    message = f"`{short(own)}` becomes `{name}`"
    return [thing.told(Code.DECIDED, message, *path, help_="the vendor's own name stands under `targets`")]


def unique(
    things: Iterable[Listed],
    identity: Callable[[Listed], Hashable],
    same: Callable[[Listed], object],
    what: Callable[[Listed], str],
) -> tuple[list[Listed], list[Diagnostic]]:
    """Leave out what stands on a list again: in silence where it is the same in everything that counts."""
    first: dict[Hashable, Listed] = {}
    said: list[Diagnostic] = []
    for thing in things:
        other = first.setdefault(identity(thing), thing)
        if other is thing or same(other) == same(thing):
            continue
        said.append(_twice(thing, other, what(thing)))
    return list(first.values()), said


def _twice(thing: Listed, other: Listed, what: str) -> Diagnostic:
    return Diagnostic(
        Code.CONTRADICTION,
        f"{what} is listed twice: the first is kept",
        thing.at,
        "again",
        related=(Related(other.at, "this is the first"),),
    )


def targeted(dialect: str, name_key: str, stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry under `targets`, short where only the name is stated; nothing for nothing."""
    if not stated:
        return {}
    entry = stated[name_key] if stated.keys() == {name_key} else dict(stated)
    return {"targets": {dialect: entry}}
