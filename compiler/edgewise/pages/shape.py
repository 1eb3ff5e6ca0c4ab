"""The pages of EW2xx: what a manifest may hold, and in which form."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW201": Page(
        what="""
            A key stands where the language has no such key, or where it does not go with
            what stands beside it: `max_length` on an attribute that is no string, `type`
            and `enum` on the same attribute.
            """,
        why="""
            A key that nobody knows has no effect. Passed over, a misspelt `cardinality`
            would quietly allow any number of records on both sides.
            """,
        wrong="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many, invrese: placed_by}
            """,
        right="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many, inverse: placed_by}
            """,
        advice="""
            Take the key that is suggested, or one of those listed. Notes of your own go
            under keys that begin with `x-`, which are ignored at the top of a file and in
            any declaration.
            """,
    ),
    "EW202": Page(
        what="""
            A key is missing that has to be there: `from` and `to` of a relationship type
            without `via`, one of the two bounds of a `cardinality`, `type` or `enum` of an
            attribute, `name` of an `inverse`.
            """,
        why="Without it there is no telling what is meant, and nothing is ever guessed.",
        wrong="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, cardinality: one_to_many}
            """,
        right="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
            """,
        advice="""
            Add the key. Where it is there but misspelt, only the misspelt one is told
            (EW201).
            """,
    ),
    "EW203": Page(
        what="""
            A value is of another kind than its place asks for: a text where there should be
            a list, a number where there should be a text. A `default` that is not one of
            the values of its attribute is this too.
            """,
        why="""
            Only `true` and `false` are booleans here. `yes`, `no`, `on` and `off` are text,
            as they look, so that a country code or a switch is never taken for the other.
            """,
        wrong="""
            object_types:
              order:
                attributes:
                  total: {type: decimal, required: yes}
            """,
        right="""
            object_types:
              order:
                attributes:
                  total: {type: decimal, required: true}
            """,
        advice="""
            Write the kind of value that is asked for. Quote a text that looks like a number
            or like `true`, `false` or `null`.
            """,
    ),
    "EW204": Page(
        what="""
            A value is of the right kind but not one that is allowed: a word that is not in
            the list, an empty text, one that is too long, a list with an item twice, a
            target that does not exist.
            """,
        why="A word that means nothing to the compiler would silently do nothing.",
        wrong="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_mny}
            """,
        right="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
            """,
        advice="""
            Take one of the values that are listed. `edgewise targets` lists the names that
            may stand under `targets`.
            """,
    ),
    "EW205": Page(
        what="""
            The name of an object type, relationship type, group or attribute is not made of
            lower-case letters, digits and underscores, does not begin with a letter, is
            longer than 63 characters, or is kept for a column that every table has (`id`;
            on links `from_id`, `to_id` and `slot`).
            """,
        why="""
            The name becomes a table, a path and a key in systems with different rules. What
            all of them take never has to be changed for one of them.
            """,
        wrong="""
            object_types:
              Line-Item: {}
            """,
        right="""
            object_types:
              line_item:
                label: Line-Item
            """,
        advice="""
            Take the name that is suggested. What people see is `label`, and what another
            system calls it goes under `targets`.
            """,
    ),
    "EW206": Page(
        what="""
            A bound of a `cardinality` is not written as one: `n`, `n..m`, `n..*` or `"*"`,
            with n at most m and m at least 1.
            """,
        why="A range that ends before it begins, or allows nothing, can hold for no record.",
        wrong="""
            object_types: {team: {}, player: {}}
            relationship_types:
              fields: {from: team, to: player, cardinality: {from: 0..1, to: 16..11}}
            """,
        right="""
            object_types: {team: {}, player: {}}
            relationship_types:
              fields: {from: team, to: player, cardinality: {from: 0..1, to: 11..16}}
            """,
        advice="""
            Write the smaller number first. A single number means exactly so many. `to` is
            how many `to` records each `from` record has, `from` the other way round. Quote
            a lone `"*"`, which YAML would read as an alias.
            """,
    ),
}
