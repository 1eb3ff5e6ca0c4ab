"""The pages of EW7xx: what `edgewise import` finds in what vendors' APIs list."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW701": Page(
        what="""
            A FILE of `edgewise import` is not what the vendor's API answers when it is asked for a
            list: it is empty, no JSON, too large, an error answer, one thing instead of a list, or
            a list with something in it that the vendor does not promise.
            """,
        why="""
            What is half understood could become manifests that say something else. Nothing is
            written until every FILE is a list.
            """,
        advice="""
            Ask again, with `curl --fail`, and give the answer as it came, with what stands
            around the list. `edgewise import --help` names the lists that are read.
            """,
    ),
    "EW702": Page(
        what="""
            A list goes on where the answers that were given end: each names a next page, or their
            numbers have a gap, or there are fewer things than the list says.
            """,
        why="""
            What is on the missing page would be missing in the manifests too, and a reverse that
            stands there looks as if there were none. The manifests are made of what is there.
            """,
        advice="""
            Give the answers of all pages, each as a FILE of its own and in any order; ask Monica
            with `?limit=100`, so that there are fewer.
            """,
    ),
    "EW703": Page(
        what="""
            A list contradicts itself: a reverse that is not on it, two relationship types that are
            not each other's reverse, one that is its own reverse and not the one that every
            account has, or one name twice.
            """,
        why="""
            Monica finds a reverse by its name and silently makes no relationship back where there
            is none. One declaration holds both ends, so that it cannot say such a thing.
            """,
        advice="""
            Read the comment in the manifest: it says what was made of it. Where a page is missing
            (EW702), give it first. Else put it right with the vendor, or in the manifest.
            """,
    ),
    "EW704": Page(
        what="""
            A list can be understood in more than one way: two of Zendesk's types from one to many,
            one either way, may be one many-to-many relationship, as one of its pages says it.
            """,
        why="""
            The list holds nothing that tells. Kept as they are they build to the same list; made
            one they would be a better model, if they are one.
            """,
        advice="""
            Look at the records, decide, and change the manifest: one declaration with
            `cardinality: many_to_many` and an `inverse`, and `zendesk: {many_to_many: two_types}`
            in the project file where it is to stay two types there.
            """,
    ),
    "EW705": Page(
        what="""
            A list holds what no manifest can say: a field without a counterpart, a name with
            characters that nobody can see, a property of no known type, the number of a group
            that has no name here.
            """,
        why="""
            Building from the manifests makes something without it. That should be known before
            the vendor's account is no longer there.
            """,
        advice="""
            Keep the answers. Give further lists where the message names one; put what is lost and
            worth keeping into a description or a key that begins with `x-`.
            """,
    ),
    "EW706": Page(
        what="""
            Something was decided on the way from a list to manifests: a name that fits the
            language for one that does not, a spelling, the group that a number stands for.
            """,
        why="""
            It is what a reviewer of the manifests would ask. What the vendor calls it stands under
            `targets`, so that it builds to the same.
            """,
        advice="Nothing, if it is what you want; else change the manifest, it is yours.",
    ),
}
