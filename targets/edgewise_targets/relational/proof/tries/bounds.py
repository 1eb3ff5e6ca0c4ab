"""At most and at least so many links: a record that has just as many, and then one more or one less."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise_targets.relational.proof.population import Record, Role, pair
from edgewise_targets.relational.proof.scene import Attempt, Refused, Scene, Try
from edgewise_targets.relational.proof.statements import Step


def counted(scene: Scene) -> Role:
    """Return the role of the records whose links the rule counts: those across from its end."""
    return scene.role("to" if scene.rule.end == "from" else "from")


def full(scene: Scene, role: Role, number: int) -> tuple[Record, list[Record]]:
    """Return a record with so many links, and those that it is linked with.

    Half of those have lower ids, so that it stands at either end of a symmetric relationship.
    """
    people = scene.population
    others = [people.add(role.far.object_type) for _ in range(number - number // 2)]
    record = people.add(role.end.object_type)
    others += [people.add(role.far.object_type) for _ in range(number // 2)]
    for other in others:
        people.link(role, record, other)
    return record, others


def maximum(scene: Scene) -> Try:
    """Fill a record up, then give it one link more: a new one, another one's, one in a new row.

    One in place of another is no more than it had.
    """
    people, sql, role = scene.population, scene.sql, counted(scene)
    record, others = full(scene, role, scene.rule.bound or 0)
    spare, owner = people.add(role.far.object_type), people.add(role.end.object_type)
    spare_link = people.link(role, owner, spare)
    scene.lay()
    first, surplus = pair(role, record, others[0]), pair(role, record, spare)
    kept = sql.layout.links[scene.relationship.name]
    if kept.holder == role.end.key:
        return scene.tried(*_second_rows(scene, record, spare))
    refused = _refused(scene, role)
    room = scene.room(people.reverse(role), spare)
    attempts = [Attempt([*room, sql.link(surplus)], refused)]
    if kept.holder is None:
        exchanges = ([sql.unlink(first), *room, sql.link(surplus)], [*room, sql.move(first, surplus)])
        attempts += [
            Attempt([sql.move(spare_link, surplus)], refused),
            *(Attempt(steps, scene.accepted(record)) for steps in exchanges),
        ]
    else:
        fresh = people.add(role.far.object_type)
        in_row = people.link(role, record, fresh)
        people.complete(lone=fresh)
        attempts.append(Attempt(scene.since(in_row), refused))
    return scene.tried(*attempts)


def _refused(scene: Scene, role: Role) -> Refused:
    kept = scene.sql.layout.links[scene.relationship.name]
    if scene.relationship.symmetric:
        return Refused(None, ("member_id",))
    return Refused(kept.table, (kept.column(role.end.key),))


def _second_rows(scene: Scene, record: Record, spare: Record) -> Iterator[Attempt]:
    """Try to have a second link where the record itself holds one: it would need a second row."""
    people, role = scene.population, counted(scene)
    room, surplus = scene.room(people.reverse(role), spare), pair(role, record, spare)
    yield Attempt([*room, scene.sql.link(surplus)], scene.accepted(record))
    again = people.add(record.object_type)
    in_row = people.link(role, again, people.add(role.far.object_type))
    people.complete(lone=again)
    refused = Refused(scene.sql.layout.tables[record.object_type], ("id",))
    yield Attempt(scene.since(in_row, as_if=record), refused)


def minimum(scene: Scene) -> Try:
    """Give a record as few links as may be, then take one away; and let one come without any.

    That one may have another id before the transaction ends, and still has none.
    """
    people, role = scene.population, counted(scene)
    record, others = full(scene, role, scene.rule.bound or 0)
    heir, _ = full(scene, role, scene.rule.bound or 0)
    for each in (record, heir):
        people.close(role, each)
    scene.lay()
    losses = list(_losses(scene, record, others[0], heir))
    lone = people.add(role.end.object_type)
    people.close(role, lone)
    people.complete(lone=lone)
    coming = scene.since()
    if scene.rule.enforced_by == "query":
        listed = scene.listed(record, len(others) - 1), scene.listed(lone, 0)
        return scene.tried(Attempt(losses[0], listed[0]), Attempt(coming, listed[1]))
    kept = scene.sql.layout.links[role.relationship.name]
    if role.is_in_row:
        refused = Refused(kept.table, (kept.column(role.far.key),))
        return scene.tried(*(Attempt(steps, refused) for steps in (*losses, coming)))
    renamed = [*coming, scene.sql.rename(lone, people.unmade(lone.object_type))]
    return scene.tried(*(Attempt(steps, Refused(kept.table)) for steps in (*losses, coming, renamed)))


def _losses(scene: Scene, record: Record, other: Record, heir: Record) -> Iterator[list[Step]]:
    """Yield the ways to take a link from a record: to end it, to give it to an heir, to end who holds it."""
    sql, role = scene.sql, counted(scene)
    link = pair(role, record, other)
    kept = sql.kept(link)
    is_held_there = kept.holder == role.far.key
    if not (is_held_there and kept.is_required):
        yield [sql.unlink(link)]
    if is_held_there:
        yield scene.removal(other).steps
    if kept.holder is None or is_held_there:
        given = pair(role, heir, other)
        yield [*scene.room(role, heir), sql.link(given) if is_held_there else sql.move(link, given)]
