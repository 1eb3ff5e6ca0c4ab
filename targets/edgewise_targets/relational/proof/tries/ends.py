"""The records at either end of a link: they are there, and what becomes of the link when one of them goes."""

from __future__ import annotations

from edgewise.catalog import EndKey
from edgewise_targets.relational.proof.population import Link, Record
from edgewise_targets.relational.proof.scene import Attempt, Refused, Scene, Try
from edgewise_targets.relational.proof.statements import Step


def references(scene: Scene) -> Try:
    """Link a record with one that is not there: by a new link, by a change of one, in a new row."""
    people, sql, key = scene.population, scene.sql, _end(scene)
    role = scene.role(key)
    # The ids have to be in the order that a symmetric relationship asks for.
    before = people.unmade(role.end.object_type) if key == "from" else None
    link = _link(scene)
    scene.lay()
    missing = before or people.unmade(role.end.object_type)
    wrong = link._replace(from_=missing) if key == "from" else link._replace(to=missing)
    kept = sql.kept(link)
    refused = Refused(kept.table)
    if kept.holder is None:
        attempts = [[sql.unlink(link), sql.link(wrong)], [sql.move(link, wrong)]]
    elif kept.holder == key:
        # The link is a part of the record: where there is none, there is nothing to be linked.
        return scene.tried(Attempt([sql.link(wrong)], scene.accepted(unlinked=(key, missing))))
    else:
        attempts = [[sql.link(wrong)], _new_row(scene, missing)]
    return scene.tried(*(Attempt(steps, refused) for steps in attempts))


def on_delete(scene: Scene) -> Try:
    """Delete a record with a link: either it goes and the link with it, or it does not."""
    key = _end(scene)
    link = _link(scene, spared=_other(key))
    scene.lay()
    if link.at(_other(key)) in scene.removal(link.at(key), keep=key).records:
        # What else relates the two would have the other deleted first, and the link with it.
        scene = scene.anew()
        link = _link(scene, spared=_other(key))
        for each in (key, _other(key)):
            scene.population.complete(apart=link.at(each))
        scene.lay()
    kept, relationship = scene.sql.kept(link), scene.relationship
    end = relationship.from_ if key == "from" else relationship.to
    if kept.holder != key and (end.on_delete == "restrict" or kept.is_required):
        refused = Attempt(scene.removal(link.at(key), keep=key).steps, Refused(kept.table))
        return scene.tried(refused, _gone(scene, link, key, keep=None))
    return scene.tried(_gone(scene, link, key, keep=key))


def _gone(scene: Scene, link: Link, key: EndKey, keep: EndKey | None) -> Attempt:
    """Delete the record at an end of a link: the other stays, unless it cannot be without the link."""
    removal = scene.removal(link.at(key), keep)
    other = link.at(_other(key))
    there = () if other in removal.records else (other,)
    settles = scene.is_legal_without(removal)
    return Attempt(removal.steps, scene.accepted(*there, settles=settles, unlinked=(key, link.at(key))))


def _end(scene: Scene) -> EndKey:
    return "to" if scene.rule.end == "to" else "from"


def _other(key: EndKey) -> EndKey:
    return "from" if key == "to" else "to"


def _link(scene: Scene, spared: EndKey | None = None) -> Link:
    """Link two records; the one at the end that is `spared` has links enough to lose this one."""
    people, role = scene.population, scene.role("from")
    record, other = people.add(role.end.object_type), people.add(role.far.object_type)
    link = people.link(role, record, other)
    if spared is not None:
        loser = scene.role(spared)
        for _ in range(people.least(loser)):
            if people.has_room(loser, link.at(spared)):
                people.link(loser, link.at(spared), people.add(loser.far.object_type))
    return link


def _new_row(scene: Scene, missing: Record) -> list[Step]:
    """Return the steps that insert a record whose row says that it is linked with one that is not there."""
    people = scene.population
    role = people.reverse(scene.role(_end(scene)))
    record = people.add(role.end.object_type)
    link = people.link(role, record, missing)
    people.complete(lone=record)
    return scene.since(in_row=link)
