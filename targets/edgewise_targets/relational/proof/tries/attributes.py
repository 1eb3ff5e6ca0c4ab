"""The values that a link may have beside its ids."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.catalog import Attribute
from edgewise_targets.relational.proof.scene import Attempt, Refused, Scene, Try
from edgewise_targets.relational.proof.values import Value, value_of

MOST_VALUES = 50


def enum(scene: Scene) -> Try:
    """Take every value that is listed, or the first of very many, and none that is not."""
    values = _attribute(scene).values
    short, most = min(values, key=len), max(map(len, values))
    # No longer than what is listed, as that could be refused for its length alone; and what only looks or
    # compares like a value.
    wrong = ("?" * most, "", short.swapcase(), f"{short} ")
    return _tried(
        scene, values[:MOST_VALUES], [each for each in wrong if each not in values and len(each) <= most]
    )


def required(scene: Scene) -> Try:
    """Take a value, and not nothing."""
    return _tried(scene, [value_of(_attribute(scene), 0)], [None])


def max_length(scene: Scene) -> Try:
    """Take as many characters as may be, of more than a byte each, and not one more."""
    most = _attribute(scene).max_length or 0
    return _tried(scene, ["é" * most], ["é" * (most + 1), "e" * (most + 1)])


def _attribute(scene: Scene) -> Attribute:
    return next(each for each in scene.relationship.attributes if each.name == scene.rule.attribute)


def _tried(scene: Scene, right: Sequence[Value], wrong: Sequence[Value]) -> Try:
    """Try values in a new link and, where they are wrong, in a changed one too."""
    people, sql, role = scene.population, scene.sql, scene.role("from")
    name = _attribute(scene).name
    link = people.link(role, people.add(role.end.object_type), people.add(role.far.object_type))
    scene.lay()
    refused = Refused(sql.kept(link).table, (name,))
    return scene.tried(
        *(
            Attempt([sql.unlink(link), sql.link(link, {name: each})], scene.accepted(settles=True))
            for each in right
        ),
        *(Attempt([sql.unlink(link), sql.link(link, {name: each})], refused) for each in wrong),
        *(Attempt([sql.update(link, {name: each})], refused) for each in wrong),
    )
