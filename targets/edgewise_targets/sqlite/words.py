"""The words that SQLite may not take as a name without quotes."""

from __future__ import annotations

# All keywords that `sqlite3_keyword_name()` tells, from SQLite 3.40 to 3.54. Some of them pass without
# quotes today; its own tools quote them all, as which of them pass changes from version to version.
RESERVED_WORDS = frozenset(
    """
    abort action add after all alter always analyze and as asc attach autoincrement before begin between
    by cascade case cast check collate column commit conflict constraint create cross current current_date
    current_time current_timestamp database default deferrable deferred delete desc detach distinct do
    drop each else end escape except exclude exclusive exists explain fail filter first following for
    foreign from full generated glob group groups having if ignore immediate in index indexed initially
    inner insert instead intersect into is isnull join key last left like limit match materialized natural
    no not nothing notnull null nulls of offset on or order others outer over partition plan pragma
    preceding primary query raise range recursive references regexp reindex release rename replace
    restrict returning right rollback row rows savepoint select set table temp temporary then ties to
    transaction trigger unbounded union unique update using vacuum values view virtual when where window
    with without
    """.split()  # noqa: SIM905 - a paragraph of words, not a page with one a line
)
