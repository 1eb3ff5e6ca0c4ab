"""The pages of EW6xx: what a target cannot take, and what becomes of it there."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW601": Page(
        what="""
            A relationship type asks for a target by name and cannot be said there: Boom, for
            one, has no relationship between two persons.
            """,
        why="""
            Whoever writes a target's name beside a relationship type counts on its being
            there. One that asks for no target is left out with a note (EW602) instead.
            """,
        wrong="""
            object_types: {person: {}}
            relationship_types:
              knows: {from: person, to: person, cardinality: many_to_many, targets: {boom: friend_of}}
            """,
        right="""
            object_types: {person: {}}
            relationship_types:
              knows: {from: person, to: person, cardinality: many_to_many, targets: {boom: false}}
            """,
        targets=("boom",),
        advice="""
            Say `false` for that target, or change what it cannot take. `edgewise targets`
            shows what each can express.
            """,
    ),
    "EW602": Page(
        what="""
            A target has no words for something that a relationship type states, so that it is
            lost there; or it has none for the relationship type at all, and leaves it out.
            """,
        why="""
            The same declaration goes to systems that can say more and less. What one of them
            will not hold to has to be known to whoever relies on it.
            """,
        wrong="""
            object_types: {product: {}, recall: {}}
            relationship_types:
              recalled: {from: product, to: recall, cardinality: {from: 1..3, to: 0..1}}
            """,
        right="""
            object_types: {product: {}, recall: {}}
            relationship_types:
              recalled: {from: product, to: recall, cardinality: many_to_one}
            """,
        targets=("zendesk",),
        advice="""
            Mostly nothing: keep the exact declaration for the targets that can say it. Where
            the loss cannot be accepted, leave the type out there with `targets: {zendesk: false}`.
            For an API, `losses: error` among the target's options makes every loss an error, and
            `allow: [description]` names the kinds that are accepted.
            """,
    ),
    "EW603": Page(
        what="""
            The key or name that something would have in a target is too long there, or holds
            a character that the target does not take. A name that fits is suggested.
            """,
        why="""
            The vendor would refuse it. Cut in silence, two names could become one, and an
            application would look for a key that is not there.
            """,
        wrong="""
            object_types: {product: {}, customer: {}}
            relationship_types:
              product_was_recommended_to_customer:
                {from: product, to: customer, cardinality: many_to_many}
            """,
        right="""
            object_types: {product: {}, customer: {}}
            relationship_types:
              product_was_recommended_to_customer:
                from: product
                to: customer
                cardinality: many_to_many
                targets: {zendesk: {key: product_recommended}}
            """,
        targets=("zendesk",),
        advice="State a key of its own for that target under `targets`; the name here may stay.",
    ),
    "EW604": Page(
        what="""
            The catalog makes more of something than a target takes, such as Zendesk's 50 object
            types and 50 relationship types an account. It says how many are too many.
            """,
        why="The vendor would take the first fifty and refuse the rest, half way through.",
        advice="""
            Leave out there what it does not need: `targets: {zendesk: false}` on an object type
            or a relationship type.
            """,
    ),
    "EW605": Page(
        what="""
            Two things would have one key, name, path or table in a target. Both are shown.
            """,
        why="One of the two would take the other's place, or the vendor would refuse it.",
        wrong="""
            object_types:
              product: {targets: {zendesk: item}}
              service: {targets: {zendesk: item}}
            """,
        right="""
            object_types:
              product: {targets: {zendesk: item}}
              service: {targets: {zendesk: service_item}}
            """,
        targets=("zendesk",),
        advice="""
            Give one of them another name there, under `targets`. An object type of your own
            may not be called like a built-in one written with an underscore (`zen_user`
            beside `zen:user`): rename it.
            """,
    ),
    "EW606": Page(
        what="""
            Something about the vendor that is true of any catalog: that its API cannot delete,
            say, or that it will be switched off.
            """,
        why="""
            It decides what the output is worth, and it does not stand on the page where one
            looks for how to make a call.
            """,
        advice="Read it once, then switch it off.",
    ),
    "EW607": Page(
        what="""
            Something that the vendor's documentation does not speak of, or that is known to
            fail there in silence, such as a relationship type of Monica's without a reverse.
            """,
        why="It may work today and not tomorrow, or look as if it worked.",
        wrong="""
            object_types:
              person: {targets: {monica: contact}}
            relationship_types:
              mentor: {from: person, to: person, cardinality: many_to_many, group: work}
            groups: {work: {}}
            """,
        right="""
            object_types:
              person: {targets: {monica: contact}}
            relationship_types:
              mentor: {from: person, to: person, cardinality: many_to_many, group: work, inverse: protege}
            groups: {work: {}}
            """,
        targets=("monica",),
        advice="State what is missing, try it with the vendor first, or leave it out with `false`.",
    ),
    "EW608": Page(
        what="""
            A target demands something that is not declared, and it was filled in: a text
            property `name` where Zendesk wants at least one, a group where Monica needs one.
            """,
        why="What is in the output and in no manifest should surprise nobody.",
        wrong="""
            object_types:
              product: {}
            """,
        right="""
            object_types:
              product:
                attributes: {name: {type: string, required: true}}
            """,
        targets=("zendesk",),
        advice="Declare it yourself, if what was filled in is not what you want.",
    ),
    "EW609": Page(
        what="""
            A rule that a database cannot enforce: it takes data that break the rule, and the view
            `edgewise_violation` lists what breaks it.
            """,
        why="""
            A minimum holds only at the end of a transaction, as records come before their links, and
            only PostgreSQL can wait for that. Whoever relies on the rule has to know where to ask.
            """,
        wrong="""
            object_types: {person: {}, household: {}}
            relationship_types:
              lives_in: {from: person, to: household, cardinality: {from: 1..*, to: 0..1}}
            """,
        right="""
            object_types: {person: {}, household: {}}
            relationship_types:
              lives_in: {from: person, to: household, cardinality: many_to_one}
            """,
        targets=("sqlite",),
        advice="""
            Ask the view regularly, enforce the rule in the application, or keep the data in a database
            that can wait. A minimum of one may also be kept in a column: `storage: column`.
            """,
    ),
}
