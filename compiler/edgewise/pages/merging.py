"""The pages of EW8xx: what `edgewise merge-openapi` finds in a description that is somebody's own."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW801": Page(
        what="""
            HOST of `edgewise merge-openapi` cannot take the relationship types: it is no YAML or
            JSON, too large or too deep, no OpenAPI 3.1, its `paths` or
            `components` are no mappings of their own, or its record of what was put in is damaged.
            """,
        why="""
            What is put in must not change what is there already. Where a section has an anchor
            it would stand elsewhere too, where a key stands twice only one of the two counts,
            and without the record nobody knows what is to be replaced.
            """,
        advice="""
            Do what the message says. A description that is OpenAPI 3.0 has to become 3.1 first:
            `openapi: 3.1.0`, and a list of types for `nullable`. `x-edgewise-merged` comes back with
            the last version of the file that had it; or take it out with all that it lists.
            """,
    ),
    "EW802": Page(
        what="""
            HOST of `edgewise merge-openapi` has a path, a component or an operationId of its own
            under a name that a relationship type needs. Two paths are the same where only the
            names of their parameters differ: `/people/{id}/placed` and `/people/{person_id}/placed`.
            """,
        why="""
            One of the two would be gone, or the description would not be valid. What the host
            has is never replaced, only what an earlier merge put in and `x-edgewise-merged` lists.
            """,
        advice="""
            Take it out of the host where it is the same; else name one of the two otherwise. What is
            put in gets other paths with `targets: {openapi: {path: ...}}`, and other components with
            `openapi: {component_prefix: Link}` in the project file. A relationship type that the
            host says itself is left out with `targets: {openapi: false}`.
            """,
    ),
}
