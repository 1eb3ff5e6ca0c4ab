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
}
