"""Which two records a link may relate: none with itself, each pair once, never round."""

from __future__ import annotations

from edgewise_targets.relational.proof.population import Link, Record, pair
from edgewise_targets.relational.proof.scene import Attempt, Refused, Scene, Try
from edgewise_targets.relational.proof.statements import Step


def no_self(scene: Scene) -> Try:
    """Link a record with itself: by a new link, by a change of one, in a new row."""
    sql = scene.sql
    record, link = _linked(scene)
    to_itself = Link(link.relationship, record, record)
    leaving, arriving = (scene.room(scene.role(end.key), record) for end in scene.relationship.ends)
    attempts = [Attempt([*leaving, *arriving, sql.link(to_itself)], Refused())]
    if sql.kept(link).holder is None:
        attempts.append(Attempt([*arriving, sql.move(link, to_itself)], Refused()))
    else:
        attempts.append(Attempt(_new_row(scene), Refused()))
    return scene.tried(*attempts)


def _linked(scene: Scene) -> tuple[Record, Link]:
    """Lay two records and a link from one to the other; return it, and the one that it comes from."""
    people, role = scene.population, scene.role("from")
    record, other = people.add(role.end.object_type), people.add(role.far.object_type)
    link = people.link(role, record, other)
    scene.lay()
    return record, link


def _new_row(scene: Scene) -> list[Step]:
    """Return the steps that insert a record whose row says that it is linked with itself."""
    people, role = scene.population, scene.role("from")
    record = people.add(role.end.object_type)
    to_itself = people.link(role, record, record)
    people.complete(lone=record)
    return scene.since(in_row=to_itself)


def symmetric(scene: Scene) -> Try:
    """Have a link the wrong way round, new or by a change of one, and one of a record with itself."""
    people, sql, role = scene.population, scene.sql, scene.role("from")
    record, link = _linked(scene)
    backwards = Link(link.relationship, link.to, link.from_)
    attempts = [
        Attempt([sql.unlink(link), sql.link(backwards)], Refused()),
        Attempt([sql.move(link, backwards)], Refused()),
        Attempt([sql.unlink(link), sql.link(link)], scene.accepted(settles=True)),
    ]
    to_itself = pair(role, record, record)
    wanted = scene.accepted() if scene.relationship.reflexive else Refused()
    attempts.append(Attempt([*scene.room(people.reverse(role), record), sql.link(to_itself)], wanted))
    return scene.tried(*attempts)


def acyclic(scene: Scene) -> Try:
    """Close circles of one, two and three links, and one by a change of a link."""
    people, sql, role = scene.population, scene.sql, scene.role("from")
    a, b, c, d = (people.add(role.end.object_type) for _ in range(4))
    first, second = people.link(role, a, b), people.link(role, b, c)
    scene.lay()

    def link(start: Record, end: Record) -> Link:
        return Link(scene.relationship.name, start, end)

    # What a CHECK refuses never gets as far as the trigger.
    itself = Attempt([sql.link(link(d, d))], Refused(also=scene.names_of("no_self")))
    back = Attempt([sql.unlink(second), sql.link(link(b, a))], Refused())
    round_ = Attempt([sql.link(link(c, a))], Refused())
    on = Attempt([sql.link(link(c, d))], scene.accepted(a, d, settles=True))
    attempts = [itself, back, round_, on]
    if sql.kept(first).holder is None:
        attempts.append(Attempt([sql.link(link(c, d)), sql.move(link(c, d), link(c, a))], Refused()))
    return scene.tried(*attempts)
