"""Rules of derived relationship types: nothing is stored for them, so that their steps have to break them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from edgewise.graph import Graph
from edgewise.walk import Walk
from edgewise_targets.relational.proof.population import OutOfReach, Record, Role
from edgewise_targets.relational.proof.scene import Attempt, HoldsByItself, Scene, Try


def derived_symmetric(scene: Scene) -> Try:
    """Walk the steps there and back, and then from elsewhere without a way back."""
    roles = _roles(scene)
    if _read_the_same(scene, roles):
        raise HoldsByItself("its steps read the same from either end, so that every pair has its reverse")
    if not _are_acyclic(roles):
        start, end = _ends(scene)
        _walk(scene, roles, start, end)
        _walk(scene, roles, end, start)
    scene.lay()
    start, end = _ends(scene)
    _walk(scene, roles, start, end)
    scene.population.complete()
    if start in _reached(scene, roles, end):
        raise OutOfReach("the bounds of its steps lead every way back")
    return scene.tried(Attempt(scene.since(), scene.listed(start)))


def derived_acyclic(scene: Scene) -> Try:
    """Walk the steps one way, and then from elsewhere there and back."""
    roles = _roles(scene)
    if _are_acyclic(roles):
        raise HoldsByItself("all its steps are links of one relationship type, which is acyclic itself")
    start, end = _ends(scene)
    _walk(scene, roles, start, end)
    scene.lay()
    if start in _reached(scene, roles, end):
        raise OutOfReach("the bounds of its steps lead every way back")
    start, end = _ends(scene)
    _walk(scene, roles, start, end)
    _walk(scene, roles, end, start)
    scene.population.complete()
    return scene.tried(Attempt(scene.since(), scene.listed(start)))


def _ends(scene: Scene) -> tuple[Record, Record]:
    type_ = scene.relationship.from_.object_type
    return scene.population.add(type_), scene.population.add(type_)


def _roles(scene: Scene) -> list[Role]:
    """Return the role in which each record on the way takes part in the link to the next."""
    walks = stored_walks(scene.sql.graph, scene.sql.graph.steps(scene.relationship))
    roles = scene.population.roles
    return [
        next(
            each
            for each in roles[walk.start.object_type]
            if each.relationship.name == walk.relationship.name
            and (each.relationship.symmetric or each.end.key == walk.start.key)
        )
        for walk in walks
    ]


def stored_walks(graph: Graph, walks: Sequence[Walk]) -> Iterator[Walk]:
    """Yield the walks over stored relationship types that walks come to."""
    for walk in walks:
        if not walk.relationship.is_derived:
            yield walk
            continue
        steps = graph.steps(walk.relationship)
        if walk.start.key == "to":
            steps = tuple(Walk(each.name, each.relationship, each.arrival) for each in reversed(steps))
        yield from stored_walks(graph, steps)


def _read_the_same(scene: Scene, roles: Sequence[Role]) -> bool:
    """Tell whether the steps walked backwards are the steps.

    That decides it: a way over records that are all different is the freest that there is, and has its
    reverse only if the steps themselves do.
    """
    return list(roles) == [scene.population.reverse(role) for role in reversed(roles)]


def _are_acyclic(roles: Sequence[Role]) -> bool:
    """Tell whether the steps all lead the same way along one relationship type that never comes back."""
    return len(set(roles)) == 1 and roles[0].relationship.acyclic


def _walk(scene: Scene, roles: Sequence[Role], start: Record, end: Record) -> None:
    """Link records into a way from one to another, all those between new."""
    people = scene.population
    between = [people.add(role.far.object_type) for role in roles[:-1]]
    for role, (here, there) in zip(roles, pairwise([start, *between, end]), strict=True):
        if not (people.has_room(role, here) and people.has_room(people.reverse(role), there)):
            raise OutOfReach("the bounds of its steps leave no room for data that break it")
        people.link(role, here, there)


def _reached(scene: Scene, roles: Sequence[Role], start: Record) -> set[Record]:
    """Return the records that the steps lead to from one."""
    here = {start}
    for role in roles:
        links = [link for link in scene.population.links if link.relationship == role.relationship.name]
        pairs = [(link.at(role.end.key), link.at(role.far.key)) for link in links]
        if role.relationship.symmetric:
            pairs += [(there, here_) for here_, there in pairs]
        here = {there for near, there in pairs if near in here}
    return here
