"""The pages of EW5xx: what is allowed and yet likely not meant."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW501": Page(
        what="A relationship type has no `cardinality`, so that it allows any number on both sides.",
        why="""
            How many there may be is what databases enforce and APIs are shaped by. Any
            number is seldom what is meant, and tightening it later is work.
            """,
        wrong="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: order}
            """,
        right="""
            object_types: {person: {}, order: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
            """,
        advice="State it; `cardinality: many_to_many` where any number is meant.",
    ),
    "EW502": Page(
        what="An object type or a relationship type has no `description`.",
        why="""
            The description goes into the database's comments, the API's documentation and
            the vendors' forms. Whoever reads it there may know nothing of the manifest.
            """,
        wrong="""
            object_types:
              order: {}
            """,
        right="""
            object_types:
              order: {description: A purchase that somebody has paid for.}
            """,
        advice="Say in a sentence what it is.",
    ),
    "EW503": Page(
        what="""
            Two stored relationship types have the same ends, cardinality and group, and their
            names differ little: by number, order of words, words like `has` and `many`, the
            nouns of their ends, or one letter inside of a long word. Also where one of them
            is declared from the other end (`placed` and `placed_by`, `orders` and `customer`).
            """,
        why="""
            They are often one relationship that two people declared. Its links are then
            stored in two places, and half of them are missing wherever somebody looks.
            """,
        wrong="""
            object_types: {person: {}, order: {}}
            relationship_types:
              orders: {from: person, to: order, cardinality: one_to_many}
              has_order: {from: person, to: order, cardinality: one_to_many}
              placed: {from: person, to: order, cardinality: many_to_many}
              placed_by: {from: order, to: person, cardinality: many_to_many}
            """,
        right="""
            object_types: {person: {}, order: {}}
            relationship_types:
              orders: {from: person, to: order, cardinality: one_to_many}
              placed: {from: person, to: order, cardinality: many_to_many, inverse: placed_by}
            """,
        advice="""
            Keep one, and say with `inverse` what it is called from the other end. Where two
            are meant, give them names that tell them apart, or two groups; one that is
            `deprecated` is not compared. Names are read as English.
            """,
    ),
    "EW504": Page(
        what="""
            A name or an inverse contradicts what is declared: `ticket_to_account` that leads
            from account to ticket or to another object type, `has_many_tickets` that is at
            most one, `has_one_owner` that is several.
            """,
        why="""
            Who uses the API or the database reads the name, not the manifest. One of the two
            is wrong, and the name is what people will believe.
            """,
        wrong="""
            object_types: {account: {}, ticket: {}, person: {}}
            relationship_types:
              ticket_to_account: {from: account, to: ticket, cardinality: one_to_many}
              account_has_many_owners: {from: account, to: person, cardinality: many_to_one}
            """,
        right="""
            object_types: {account: {}, ticket: {}, person: {}}
            relationship_types:
              ticket_to_account: {from: ticket, to: account, cardinality: many_to_one}
              account_has_one_owner: {from: account, to: person, cardinality: many_to_one}
            """,
        advice="""
            Swap the ends, correct the cardinality, or rename it. Names are read as English,
            and of ends only where both nouns are object types of the catalog. A vendor's name
            that cannot be changed goes under `targets`, or is answered in place.
            """,
    ),
    "EW505": Page(
        what="""
            A comment asks not to be told of something that there is nothing of; or it names
            no code, or gives no reason.
            """,
        why="""
            Left standing, it would hide the next mistake of that kind on its line. An
            exception without a reason is one that nobody dares to take out.
            """,
        wrong="""
            object_types: {person: {}, order: {}}
            relationship_types:
              # edgewise: ignore[EW501] the vendor states none
              placed: {from: person, to: order, cardinality: one_to_many}
            """,
        right="""
            object_types: {person: {}, order: {}}
            relationship_types:
              # edgewise: ignore[EW501] the vendor states none
              placed: {from: person, to: order}
            """,
        advice="""
            Take the comment out, or correct it. It belongs at the end of the line of the
            finding, or on a line of its own before it. Errors cannot be ignored.
            """,
    ),
    "EW506": Page(
        what="No manifest was found: below `sources` there is no file that ends in `.yaml` or `.yml`.",
        why="""
            An empty catalog is allowed, and compiles to nothing. Where files are expected,
            that everything is well would be the wrong news.
            """,
        advice="""
            Look at `sources` in `edgewise.yaml` (default `schemas`), and at the folder the
            command was started in. Hidden folders and the output folder are never read.
            """,
    ),
    "EW507": Page(
        what="""
            A relationship type is stated that follows from others: two derived types walk the
            same steps, perhaps backwards; a stored type has the ends and cardinality of a
            derived one (a note where that is at most one); or, also a note, it leads where two
            steps to exactly one record lead too, as the tenant of an order is mostly the
            tenant of its customer.
            """,
        why="""
            What is stored twice can differ, and nothing says which of the two holds. What
            is derived twice is one thing under two names.
            """,
        wrong="""
            object_types: {order: {}, person: {}, company: {}}
            relationship_types:
              customer: {from: order, to: person, cardinality: {from: "*", to: 1}}
              employer: {from: person, to: company, cardinality: {from: "*", to: 1}}
              customers_employer: {from: order, to: company, via: [customer, employer]}
              billed_company: {from: order, to: company, cardinality: {from: "*", to: 1}}
            """,
        right="""
            object_types: {order: {}, person: {}, company: {}}
            relationship_types:
              customer: {from: order, to: person, cardinality: {from: "*", to: 1}}
              employer: {from: person, to: company, cardinality: {from: "*", to: 1}}
              billed_company: {from: order, to: company, via: [customer, employer]}
            """,
        advice="""
            Keep one of the two, or declare the stored one with `via`. Where it need not be
            the same record, say so: `# edgewise: ignore[EW507] they may bill another one`.
            Where the cardinality tells nothing, many to many or a type related to itself,
            stored types are only compared with derived ones that have the same name but for
            its form.
            """,
    ),
    "EW508": Page(
        what="""
            A name or an inverse is the noun of the object type that it leads to, in the
            plural where there is at most one, or in the singular where there may be several.
            """,
        why="""
            APIs and code are named after it: `order.customers` that holds one customer, or
            `customer.order` that is a list, misleads everybody who uses it. Or the name is
            right, and the cardinality is the wrong way round.
            """,
        wrong="""
            object_types: {customer: {}, order: {}}
            relationship_types:
              order: {from: customer, to: order, cardinality: one_to_many, inverse: customers}
            """,
        right="""
            object_types: {customer: {}, order: {}}
            relationship_types:
              orders: {from: customer, to: order, cardinality: one_to_many, inverse: customer}
            """,
        advice="""
            Change the number of the noun, or the cardinality. Plurals are those of English, or
            the `plural` of the object type; a noun that has none states itself there
            (`equipment`). After a verb the singular may stand for several (`has_order`), as is
            usual in graph databases. Where all names are in the singular, whatever they lead
            to, as in FHIR, ignore this code in the project file.
            """,
    ),
    "EW509": Page(
        what="""
            No relationship type has this object type at an end. Object types that are
            `deprecated`, and those of vendors, do not count.
            """,
        why="""
            Often something was forgotten, or the object type is a leftover. It is a note, as
            its records may be wanted all the same, and `edgewise check PATH` sees only a part
            of the catalog.
            """,
        wrong="""
            object_types: {customer: {}, order: {}, invoice: {}}
            relationship_types:
              orders: {from: customer, to: order, cardinality: one_to_many}
            """,
        right="""
            object_types: {customer: {}, order: {}, invoice: {}}
            relationship_types:
              orders: {from: customer, to: order, cardinality: one_to_many}
              billed_with: {from: order, to: invoice, cardinality: one_to_one}
            """,
        advice="Relate it to something, take it out, or leave it as it is.",
    ),
    "EW510": Page(
        what="A group has no members; or, as a note, it has one.",
        why="""
            A group puts together what belongs together, in pictures and at vendors. An empty
            one is a leftover, or a `group` was forgotten.
            """,
        wrong="""
            object_types: {customer: {}, order: {}}
            groups: {shop: {}}
            relationship_types:
              orders: {from: customer, to: order, cardinality: one_to_many}
            """,
        right="""
            object_types: {customer: {}, order: {}}
            groups: {shop: {}}
            relationship_types:
              orders: {from: customer, to: order, cardinality: one_to_many, group: shop}
              returned: {from: customer, to: order, cardinality: one_to_many, group: shop}
            """,
        advice="""
            Take the group out, or put in what belongs there. `edgewise check PATH` sees only
            a part of the catalog, and a group's members may be in another.
            """,
    ),
    "EW511": Page(
        what="""
            A derived relationship type goes through more than three stored ones, one after
            the other, and Boom is a target. Steps that are derived themselves are followed
            down to what is stored.
            """,
        why="""
            A segment of Boom follows three relationships at most. What is derived over more
            cannot be asked there, but by links of its own that somebody has to write.
            """,
        wrong="""
            object_types: {person: {}, order: {}, line_item: {}, product: {}, maker: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
              contains: {from: order, to: line_item, cardinality: one_to_many}
              sells: {from: line_item, to: product, cardinality: many_to_one}
              made_by: {from: product, to: maker, cardinality: many_to_one}
              bought_from: {from: person, to: maker, via: [placed, contains, sells, made_by]}
            """,
        right="""
            object_types: {person: {}, order: {}, line_item: {}, product: {}, maker: {}}
            relationship_types:
              placed: {from: person, to: order, cardinality: one_to_many}
              contains: {from: order, to: line_item, cardinality: one_to_many}
              sells: {from: line_item, to: product, cardinality: many_to_one}
              made_by: {from: product, to: maker, cardinality: many_to_one}
              bought: {from: person, to: product, via: [placed, contains, sells]}
            """,
        advice="""
            Derive it in fewer steps; or write its links to Boom, where it is registered like
            a stored one; or leave it out there with `targets: {boom: false}`.
            """,
        targets=("boom",),
    ),
}
