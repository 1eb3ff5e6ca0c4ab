"""For each rule that a document lists on an operation: a scene that breaks it, and the legal neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from httpx2 import Response
from served_catalogs import Catalog
from served_document import Operation

Pair = tuple[Any, Any]


class Scene(NamedTuple):
    """Links that are there, each from one record to another, and the two for which an operation is called."""

    before: list[Pair]
    pair: Pair


class Rule(NamedTuple):
    """A rule that an operation lists: how it is broken, and what is legal though it comes close.

    `keys` are the problems that may come back: two where a link is the last of both of its records, and
    neither can have another. `legal` is None where bounds admit nothing of the kind.
    """

    name: str
    keys: frozenset[str]
    broken: Scene
    legal: Scene | None


class Bounds(NamedTuple):
    least: int
    most: int | None


def play(catalog: Catalog, name: str, scene: Scene) -> Response:
    """Call an operation in a scene, on a server of its own."""
    served = catalog.served()
    _, _, operation = catalog.operations[name]
    for pair in scene.before:
        served.link(operation.link, *pair)
    return served.call(name, *scene.pair)


def rules_of(catalog: Catalog) -> Iterator[Rule]:
    """Yield each rule of each operation of a document."""
    for method, _, operation in catalog.operations.values():
        for key in operation.refusals:
            yield _rule(catalog, method, operation, key)


def bounds_of(catalog: Catalog, operation: Operation) -> dict[str, Bounds]:
    """Return how many records of each end a record of the other one has."""
    for schema in catalog.document["components"]["schemas"].values():
        note = schema.get("x-edgewise", {})
        if "from" in note and note["relationship_type"] == operation.link.relationship_type:
            return {end: _bounds(note[end]["bounds"]) for end in ("from", "to")}
    raise LookupError(operation.id)


def _bounds(text: str) -> Bounds:
    found = re.fullmatch(r"(\d+)(?:\.\.(\d+|\*))?", text)
    assert found is not None
    most = found[2] or found[1]
    return Bounds(int(found[1]), None if most == "*" else int(most))


def _rule(catalog: Catalog, method: str, operation: Operation, key: str) -> Rule:
    kind, _, end = key.partition("_")
    if kind in {"cycle", "self"}:
        broken, legal = _around(catalog, operation, kind)
        return Rule(operation.id, frozenset([key]), broken, legal)
    bounds = bounds_of(catalog, operation)
    # What a bound of one end says is of the records at the other; a symmetric one says it of either.
    end = end or "to"
    cast = _Cast(catalog, operation, "from" if end == "to" else "to")
    if kind == "maximum":
        return Rule(operation.id, frozenset([key]), *cast.too_many(bounds[end].most or 0))
    if method == "PUT":
        return Rule(operation.id, frozenset([key]), *cast.replaced(bounds[end]))
    mine, others = bounds[end], bounds[cast.end]
    if others.most == others.least:
        keys = frozenset(each for each in operation.refusals if each.startswith("minimum"))
        return Rule(operation.id, keys, cast.removed(mine.least, 0), None)
    spare = mine.most is None or mine.most > mine.least
    legal = cast.removed(mine.least + 1, others.least) if spare else None
    return Rule(operation.id, frozenset([key]), cast.removed(mine.least, others.least), legal)


def _around(catalog: Catalog, operation: Operation, kind: str) -> tuple[Scene, Scene]:
    a, b, c, d, *_ = catalog.ids[operation.link.object_types["from"]]
    if kind == "self":
        return Scene([], (a, a)), Scene([], (a, b))
    chain = [(a, b), (b, c)]
    return Scene(chain, (c, a)), Scene(chain, (c, d))


class _Cast:
    """Whose links are counted, at one end, and whom they lead to at the other."""

    def __init__(self, catalog: Catalog, operation: Operation, end: str) -> None:
        ids, link = catalog.ids, operation.link
        self.end, self.is_symmetric = end, link.is_symmetric
        self.counted = ids[link.object_types[end]]
        # From the back, so that nobody meets themselves where both ends are of one type.
        self.others = ids[link.object_types["from" if end == "to" else "to"]][::-1]

    def _pair(self, counted: int, other: int) -> Pair:
        one, two = self.counted[counted], self.others[other]
        return (one, two) if self.end == "from" else (two, one)

    def _several(self, many: int) -> list[Pair]:
        return [self._pair(0, number) for number in range(many)]

    def too_many(self, most: int) -> tuple[Scene, Scene]:
        """One more than the most, and the last that is allowed."""
        return self._one_more(most), self._one_more(most - 1)

    def _one_more(self, many: int) -> Scene:
        pair = self._pair(0, many)
        # Whose path it is may have a link to give away, so that only the other one can have too many.
        return Scene(self._several(many), pair[::-1] if self.is_symmetric else pair)

    def replaced(self, bounds: Bounds) -> tuple[Scene, Scene | None]:
        """The first of them gets another in place of who is counted, who has the least or one more."""
        pair = self._pair(1, 0)
        spare = bounds.most is None or bounds.most > bounds.least
        legal = Scene(self._several(bounds.least + 1), pair) if spare else None
        return Scene(self._several(bounds.least), pair), legal

    def removed(self, many: int, others_least: int) -> Scene:
        """One of so many goes, who has links enough without the one that is counted."""
        spare = [self._pair(1 + number, 0) for number in range(others_least)]
        return Scene([*self._several(many), *spare], self._pair(0, 0))
