"""The pages of EW1xx: what keeps a file from being read."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW101": Page(
        what="""
            The file is not YAML. The mark stands where reading stopped; the mistake is
            there or a little before it.
            """,
        why="""
            Nothing of the file can be trusted then, so none of it is used. As it may
            declare any name, nothing is said of names and of the graph until it reads.
            """,
        wrong="""
            object_types:
              order:
                description: Bought: what somebody paid for.
            """,
        right="""
            object_types:
              order:
                description: "Bought: what somebody paid for."
            """,
        advice="""
            Look at the indentation, and quote a text that holds `: ` or ` #` or begins
            with one of `* & ! @ % { [ > |` or a backtick.
            """,
    ),
    "EW102": Page(
        what="A mapping has one key twice. Both places are shown.",
        why="""
            YAML readers silently keep one of the two, often the last, so that what
            somebody wrote and somebody else reviewed would be gone.
            """,
        wrong="""
            object_types:
              order: {description: A purchase.}
              person: {description: Somebody we do business with.}
              order: {plural: purchases}
            """,
        right="""
            object_types:
              order: {description: A purchase., plural: purchases}
              person: {description: Somebody we do business with.}
            """,
        advice="""
            Put the two together, or rename one. A key that `<<` merges in may stand
            again: the mapping's own value goes before the merged one.
            """,
    ),
    "EW103": Page(
        what="""
            An alias (`*name`) stands inside of what it stands for, or the aliases of the file
            stand for more than 200,000 values, 2,000,000 characters or 64 levels in all.
            """,
        why="""
            A few hundred bytes of aliases in aliases can stand for gigabytes, and one
            in itself for something without end. Manifests come from strangers too.
            """,
        wrong="""
            object_types:
              order: &order
                description: A purchase.
                x-like: {order: *order}
            """,
        right="""
            object_types:
              order:
                description: A purchase.
                attributes: &money {total: {type: decimal}}
              refund: {attributes: *money}
            """,
        advice="Write out what the alias stands for. Ordinary use never comes near the limits.",
    ),
    "EW104": Page(
        what="""
            A value carries a tag, such as `!include` or `!!python/object`, that is none of
            YAML's own for plain data; or one of those that the value does not fit.
            """,
        why="""
            Tags ask a program to build something other than data, or to read another file.
            edgewise never does, so such a value would not mean what it looks like.
            """,
        wrong="""
            object_types:
              order:
                description: !include order.txt
            """,
        right="""
            object_types:
              order:
                description: A purchase.
            """,
        advice="""
            Take the tag out and write the value itself. `!!str`, `!!int`, `!!float`,
            `!!bool`, `!!null`, `!!map` and `!!seq` may stand where they fit; quotes say
            the same as `!!str`.
            """,
    ),
    "EW105": Page(
        what="""
            The file holds a character that cannot be seen: a control, a zero-width or
            bidirectional mark, a byte order mark within the text, or one of the characters
            that end a line for YAML but not for an editor. It is shown by its number, also
            where it is written as an escape.
            """,
        why="""
            What a reviewer reads has to be what is compiled. Behind such a character a
            comment can hide a key that counts, and a name can look like another.
            """,
        wrong="""
            object_types:
              order:
                description: "A purchase\\u200b."
            """,
        right="""
            object_types:
              order:
                description: "A purchase."
            """,
        advice="""
            Delete the character at the marked place; it often comes along when text is
            pasted. Tabs, line feeds and CR LF line ends are fine.
            """,
    ),
    "EW106": Page(
        what="The file holds a byte that is not UTF-8. It is shown with its line and column.",
        why="""
            Read under another encoding, the same file would say something else: `é` in
            Latin-1 is one byte, which UTF-8 has no character for.
            """,
        advice="""
            Save the file as UTF-8 (`iconv -f latin1 -t utf-8` turns it over). A byte order
            mark at the very start is allowed, UTF-16 is not.
            """,
    ),
    "EW107": Page(
        what="""
            The file is over 2,000,000 bytes, holds more than 200,000 values, nests mappings
            and lists more than 64 levels deep, or has a key of more than 255 characters, a
            number that needs more than 64 bits, or more mistakes than are worth telling.
            """,
        why="""
            A compiler that runs on everybody's pull requests has to end in bounded time and
            memory, whatever it is given.
            """,
        advice="""
            Split the file: the declarations of one catalog may stand in any number of files
            and folders. Quote a number that is really text.
            """,
    ),
    "EW108": Page(
        what="""
            Below the folders with manifests there is something that is no regular, readable
            file: a link, a pipe, a device, or a file or folder without permission to read.
            """,
        why="""
            A link can lead out of the project, and a pipe can make a run wait for ever.
            Left out in silence, a manifest would be missing from the catalog.
            """,
        advice="""
            Put the file itself in the place of the link, or make it readable. Folders and
            files whose names begin with a dot are never read, and nobody is told of them.
            """,
    ),
}
