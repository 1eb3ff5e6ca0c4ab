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
