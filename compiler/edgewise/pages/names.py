"""The pages of EW3xx: names that are taken, and names that lead nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW301": Page(
        what="""
            An end of a relationship type names an object type that no manifest declares.
            However often the same unknown name is used, it is told once, with every place.
            """,
        why="""
            It is nearly always a slip of the fingers. Taken for a new object type, it would
            become a table of its own that nothing else ever refers to.
            """,
        wrong="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: ordr, cardinality: one_to_many}
            """,
        right="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
            """,
        advice="""
            Take the name that is suggested, or declare the object type; `order: {}` is
            enough. Given the PATHs of a few files, `edgewise check` sees only the names in
            those.
            """,
    ),
    "EW302": Page(
        what="A relationship type is in a `group` that no manifest declares.",
        why="A misspelt group would split what belongs together, in every list made from it.",
        wrong="""
            object_types: {person: {}, order: {}}
            groups: {commerce: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many, group: comerce}
            """,
        right="""
            object_types: {person: {}, order: {}}
            groups: {commerce: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many, group: commerce}
            """,
        advice="Take the name that is suggested, or declare the group under `groups`.",
    ),
    "EW303": Page(
        what="Two documents declare an object type of the same name. Both places are shown.",
        why="""
            All manifests are one catalog. Which of the two counts must not hang on the
            order of files.
            """,
        wrong="""
            object_types:
              order: {description: A purchase.}
            ---
            object_types:
              order: {description: Something that somebody is told to do.}
            """,
        right="""
            object_types:
              order: {description: A purchase.}
            ---
            object_types:
              command: {description: Something that somebody is told to do.}
            """,
        advice="Put the two together, or rename one of them.",
    ),
    "EW304": Page(
        what="Two documents declare a relationship type of the same name. Both places are shown.",
        why="""
            A relationship type is declared once, with both ends and both names, so that
            nothing can disagree with itself. The names of all are one space.
            """,
        wrong="""
            object_types: {person: {}, company: {}, team: {}}
            relationship_types:
              works_for: {from: person, to: company, cardinality: many_to_one}
            ---
            relationship_types:
              works_for: {from: person, to: team, cardinality: many_to_one}
            """,
        right="""
            object_types: {person: {}, company: {}, team: {}}
            relationship_types:
              works_for: {from: person, to: company, cardinality: many_to_one}
            ---
            relationship_types:
              works_in: {from: person, to: team, cardinality: many_to_one}
            """,
        advice="""
            Put the two together, or rename one of them. What it is called at its other end
            is no second declaration: that is its `inverse`.
            """,
    ),
    "EW305": Page(
        what="""
            Seen from one object type, two ways to walk have the same name: relationship
            types that leave it and inverses of those that arrive at it count alike.
            """,
        why="""
            A path, a link in an API and a step of `via` name a way by where it starts and
            what it is called. With two of that name, none of them would know which.
            """,
        wrong="""
            object_types: {person: {}, order: {}, invoice: {}}
            relationship_types:
              owner: {from: order, to: person, cardinality: many_to_one, inverse: owns}
              billed_to: {from: invoice, to: person, cardinality: many_to_one, inverse: owns}
            """,
        right="""
            object_types: {person: {}, order: {}, invoice: {}}
            relationship_types:
              owner: {from: order, to: person, cardinality: many_to_one, inverse: owns}
              billed_to: {from: invoice, to: person, cardinality: many_to_one, inverse: pays}
            """,
        advice="""
            Rename one of them. Two different object types may each have a way of the same
            name.
            """,
    ),
    "EW306": Page(
        what="""
            A step of `via` is neither a relationship type that leaves the object type
            reached so far, nor the inverse name of one that arrives there.
            """,
        why="""
            A derived relationship is what its steps lead to. Where a step leads nowhere,
            it has no second end.
            """,
        wrong="""
            object_types: {person: {}, order: {}, product: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
              contains: {from: order, to: product, cardinality: many_to_many}
              bought: {via: [placed, contain]}
            """,
        right="""
            object_types: {person: {}, order: {}, product: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
              contains: {from: order, to: product, cardinality: many_to_many}
              bought: {via: [placed, contains]}
            """,
        advice="""
            Take the name that is suggested. To walk against its direction, a relationship
            type needs an `inverse`, and the step is that name.
            """,
    ),
    "EW307": Page(
        what="Two documents declare a group of the same name. Both places are shown.",
        why="Which of two descriptions counts must not hang on the order of files.",
        wrong="""
            object_types: {person: {}, order: {}}
            groups:
              commerce: {description: Buying and selling.}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many, group: commerce}
            ---
            groups:
              commerce: {description: Shops and stalls.}
            relationship_types:
              returned: {from: person, to: order, cardinality: one_to_many, group: commerce}
            """,
        right="""
            object_types: {person: {}, order: {}}
            groups:
              commerce: {description: Buying and selling.}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many, group: commerce}
              returned: {from: person, to: order, cardinality: one_to_many, group: commerce}
            """,
        advice="Keep one of the two; any file may use it.",
    ),
    "EW308": Page(
        what="""
            `replaced_by` of something deprecated names nothing of its kind: no object type
            where an object type is deprecated, no relationship type where a relationship
            type is.
            """,
        why="Whoever is told to use something else has to find it.",
        wrong="""
            object_types:
              customer: {deprecated: {replaced_by: persn}}
              person: {}
            """,
        right="""
            object_types:
              customer: {deprecated: {replaced_by: person}}
              person: {}
            """,
        advice="Take the name that is suggested, or take `replaced_by` out and say it in `reason`.",
    ),
}
