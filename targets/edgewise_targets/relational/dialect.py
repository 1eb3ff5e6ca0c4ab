"""How one database says what the relational plan holds: a dialect is a value, in a folder of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise_targets.relational.names import Naming
from edgewise_targets.relational.plan import Column, Plan, Table

FAMILY = "sql"
"""The name under which a manifest states something for all databases."""

_is_plain = re.compile(r"[a-z_][a-z0-9_]*").fullmatch


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """All that is known of one database.

    Words and names: `reserved_words` cannot stand as a name without quotes; no table may have a name that
    begins with `reserved_prefix`, no column one of `system_columns`, and no table more columns than
    `most_columns`. Where `keys_are_relations` is true,
    a primary or unique key shares its names with tables and views.

    Spelling: `type_of` gives the type of a column, `default_of` its default as SQL; `fits` gives the
    condition that its type leaves open, of a column whose name it is handed in quotes where needed, and
    None where there is none. `comments` makes the paragraphs about a thing safe for the place that the
    template has for them. `bytewise` follows a text column that is compared by order. `options` stands
    behind the closing parenthesis of a table, and `remark` behind a column. `view_comments` are for the
    place that the template has for those of views, `comments` where it is None. `notes` are what who loads
    a plan should know beforehand, a line each.

    `literal` gives a text as an expression on one line, `integer` and `varying` are the types to cast a
    number and a text to. `quote` stands on either side of a quoted name.

    Rules: where `defers` is true, a trigger can wait for the end of the transaction. `locks` is how two
    writers are kept from counting at once: by the `record` that is counted, by a row of a `table` for that
    purpose alone, or not at all (None), where there is only ever one writer.

    Not `checks_set_null`: no CHECK may name a column that the database empties of itself. Not `alters`: no
    reference can be added to a table that is there, and none needs to be, as it may name one that is not.
    Not `indexes_are_relations`: an index shares its name with none but those of its table.
    `constraints_share_names`: no two references or conditions have one name, whatever their tables.
    Not `names_primary_keys`: each is called PRIMARY. `has_schemas`: a table may be put into a schema.

    `skips_rows`: a statement may be told to pass over rows that break a rule, after what triggers did before.

    `references_need` is the statement that has foreign keys enforced, where they are not from the start.
    `longest_message` is how many characters a trigger may say, `most_branches` how many queries a union may
    have.

    `text_kinds` are the kinds of attribute that are kept as text though two texts may mean the same value.
    `findings` are what only this database has to say of a graph, before anything is made of it.
    """

    name: str
    title: str
    summary: str
    reserved_words: frozenset[str]
    reserved_prefix: str
    system_columns: frozenset[str]
    most_columns: int
    keys_are_relations: bool
    text_kinds: frozenset[str]
    type_of: Callable[[Column], str]
    default_of: Callable[[Column], str]
    fits: Callable[[Column, str], str | None]
    comments: Callable[[Sequence[str]], Sequence[str]]
    bytewise: str
    options: Callable[[Table], str]
    literal: Callable[[str], str]
    integer: str
    varying: str
    defers: bool
    locks: Literal["record", "table"] | None
    notes: Callable[[Plan], Sequence[str]]
    quote: str = '"'
    checks_set_null: bool = True
    alters: bool = True
    indexes_are_relations: bool = True
    names_primary_keys: bool = True
    skips_rows: bool = False
    has_schemas: bool = False
    references_need: str | None = None
    longest_message: int | None = None
    most_branches: int = 400
    constraints_share_names: bool = False
    remark: Callable[[Column], str] = lambda _: ""
    view_comments: Callable[[Sequence[str]], Sequence[str]] | None = None
    findings: Callable[[Graph, Naming, Dialect], Iterable[Diagnostic]] = lambda *_: ()

    @lru_cache(maxsize=20_000)  # noqa: B019 - there are few dialects, and tables stand in many places
    def identifier(self, name: str) -> str:
        """Return a name as it stands in SQL: in quotes only where the database would misread it.

        A dot stands between a schema and what is in it.
        """
        return ".".join([self.quoted(part) for part in name.split(".")])

    def quoted(self, name: str) -> str:
        """Return what `identifier` does, of a name that stands in one place and in no schema."""
        if _is_plain(name) and name not in self.reserved_words:
            return name
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def primary_key(self, name: str) -> str:
        """Return what the database calls a primary key of this name."""
        return name if self.names_primary_keys else "PRIMARY"

    @lru_cache(maxsize=1_000)  # noqa: B019 - there are few dialects, and nearly all tables have the same keys
    def identifiers(self, names: tuple[str, ...]) -> str:
        """Return several names, a comma between them."""
        return ", ".join([self.identifier(name) for name in names])


def one_line(text: str) -> str:
    r"""Return a text without line breaks, control and formatting characters, each run of them one space.

    Only so may a text stand in a comment of one line: a line break would end the comment, and what
    follows (`\! command`, `.shell command`) would be run by the client that loads the file.
    """
    shown = text if text.isprintable() else "".join([each if each.isprintable() else " " for each in text])
    return " ".join(shown.split())
