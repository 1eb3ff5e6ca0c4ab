"""The pages of EW4xx: what a relationship type says of itself and cannot keep."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW401": Page(
        what="""
            A relationship type is `symmetric`, the same seen from both ends, but its ends
            are not alike: two object types, two different bounds, or an `inverse`. Of a
            derived type it is the steps that lead to other bounds from either end.
            """,
        why="""
            A symmetric link is stored once and found from either end. That only works where
            both ends are of one type, allow the same number and give it the same name.
            """,
        wrong="""
            object_types: {person: {}}
            relationship_types:
              spouse:
                {from: person, to: person, cardinality: one_to_one, symmetric: true, inverse: married_to}
            """,
        right="""
            object_types: {person: {}}
            relationship_types:
              spouse: {from: person, to: person, cardinality: one_to_one, symmetric: true}
            """,
        advice="""
            Make the ends alike, or take `symmetric` out and name the other direction with
            `inverse` (`parent` and `child`).
            """,
    ),
    "EW402": Page(
        what="""
            `reflexive` or `acyclic` stands on a relationship type that leads from one object
            type to another; or `acyclic` together with `reflexive` or `symmetric`, or on a
            derived type whose steps are the same from either end.
            """,
        why="""
            Only a record of the same type can be the record itself, or lead back to it. And
            a link to itself, or one that counts in both directions, is a cycle already.
            """,
        wrong="""
            object_types: {part: {}, product: {}}
            relationship_types:
              part_of: {from: part, to: product, cardinality: many_to_one, acyclic: true}
            """,
        right="""
            object_types: {part: {}, product: {}}
            relationship_types:
              part_of: {from: part, to: part, cardinality: many_to_one, acyclic: true}
              built_into: {from: part, to: product, cardinality: many_to_one}
            """,
        advice="Take out the word that does not fit.",
    ),
    "EW403": Page(
        what="""
            A derived relationship type states an end or a cardinality that is not what its
            steps, the names under `via`, lead to. Or it has attributes or restricts what is
            deleted, although nothing is stored for it that could. A warning tells of steps that
            only ever lead back to the record where one began.
            """,
        why="""
            The ends of a derived type are those of its first and last step, and how many
            records it leads to follows from how many each step does. A database has a view
            of it, not a table, so that nothing else could make it true.
            """,
        wrong="""
            object_types: {person: {plural: people}, order: {}, product: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
              contains: {from: order, to: product, cardinality: many_to_many}
              bought: {via: [placed, contains], cardinality: many_to_one}
            """,
        right="""
            object_types: {person: {plural: people}, order: {}, product: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
              contains: {from: order, to: product, cardinality: many_to_many}
              bought: {via: [placed, contains]}
            """,
        advice="""
            Leave out what follows from the steps, or state what they lead to; the message
            has both. Wider bounds than theirs may stand there, and theirs count. Else other
            steps are meant.
            """,
    ),
    "EW404": Page(
        what="""
            Bounds that cannot all hold. Put together, some relationship types ask for more
            records of an object type than there are, however many there are; or each record
            needs another one by an `acyclic` relationship type, without end.
            """,
        why="""
            Each bound alone is fine, and a database enforces each. Together they allow an
            empty table and nothing else: whoever wants to store a record finds out late, and
            not why. The explanation is as short as there is one, and every other change that
            it names was tried: with it the bounds can hold.
            """,
        wrong="""
            object_types: {team: {}, player: {}, coach: {plural: coaches}}
            relationship_types:
              plays_for: {from: player, to: team, cardinality: {from: 2..*, to: 0..1}, inverse: has}
              trains: {from: coach, to: player, cardinality: {from: 1..*, to: 0..1}, inverse: trained_by}
              leads: {from: coach, to: team, cardinality: {from: 0..1, to: 1..3}, inverse: led_by}
            """,
        right="""
            object_types: {team: {}, player: {}, coach: {plural: coaches}}
            relationship_types:
              plays_for: {from: player, to: team, cardinality: {from: 2..*, to: 0..1}, inverse: has}
              trains: {from: coach, to: player, cardinality: {from: 1..*, to: 0..1}, inverse: trained_by}
              leads: {from: coach, to: team, cardinality: {from: 0..1, to: 0..3}, inverse: led_by}
            """,
        advice="""
            Make one of the changes that are named, the one that the world is like. In the
            example every team has two players and every player a coach of their own, so that
            there are twice as many coaches as teams; but every coach leads a team, which has
            no other coach. Very large catalogs made of little else but bounds may be said not
            to have been decided in time; that is a warning.
            """,
    ),
    "EW405": Page(
        what="""
            Records that need one another to be there first: each must have a link to another
            one, in a circle, so that none of them can be the first.
            """,
        why="""
            A database that looks at once whether a record has all that it must have refuses
            every one of them. One that can defer looks at the end of the transaction. One
            that cannot, and does not enforce the minimum at all, tells on request what is
            missing. The help says which of the project's databases does what.
            """,
        wrong="""
            object_types: {person: {plural: people}, household: {}}
            relationship_types:
              lives_in: {from: person, to: household, cardinality: {from: 1..*, to: 1}}
            """,
        right="""
            object_types: {person: {plural: people}, household: {}}
            relationship_types:
              lives_in: {from: person, to: household, cardinality: {from: "*", to: 1}}
            """,
        advice="""
            Let one of the minimums be 0, where a record may well be without the other one for
            a while. Where that is never so, make the records and their links in one
            transaction of a database that can defer, and suppress the warning with a reason.
            """,
    ),
    "EW406": Page(
        what="Derived relationship types need one another, or themselves, to know what they are.",
        why="""
            `via` composes what is known already. A circle of definitions has no beginning,
            so that neither its ends nor its cardinality can be found.
            """,
        wrong="""
            object_types: {person: {}}
            relationship_types:
              ancestor: {from: person, to: person, via: [ancestor, ancestor]}
            """,
        right="""
            object_types: {person: {}}
            relationship_types:
              parent: {from: person, to: person, cardinality: {from: "*", to: 0..2}}
              grandparent: {from: person, to: person, via: [parent, parent]}
            """,
        advice="""
            Derive at least one of them from stored relationship types alone. A relationship
            of any length, such as ancestor, cannot be derived: its length has to be known.
            """,
    ),
}
