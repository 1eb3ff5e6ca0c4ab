"""How large a table may be in MySQL and MariaDB, and what is told of one that would be larger.

Each limit is the smaller one of the two databases, so that what loads in one loads in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from edgewise.catalog import Attribute, AttributeKind, ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise_targets.relational import Dialect
from edgewise_targets.relational.names import Declaration, Naming, declared
from edgewise_targets.relational.plan import Check, ColumnType, Fits, Key, Table
from edgewise_targets.relational.tables import held, link_table, object_table
from edgewise_targets.relational.triggers import further_tables

MOST_COLUMNS = 1017
_MOST_KEYS = 64
_LARGEST_KEY = 3072
_LARGEST_ROW = 65_535
# Half a page of the usual 16 KiB, and what each row keeps there for itself.
_LARGEST_ROW_OF_A_PAGE = 8126
_ROW_HEADER = 18
# MariaDB keeps the names, comments, defaults and conditions of a table in 65,535 bytes. What it writes beside
# each of them was found by trial, and is a little less than this.
_LARGEST_DEFINITION = 65_000
_OF_A_COLUMN, _OF_A_CONDITION = 20, 8

# What a value has in a row, and in the page of the row; what is kept outside of it leaves a pointer there.
_BYTES: Mapping[AttributeKind, tuple[int, int]] = {
    "text": (10, 21),
    "json": (12, 21),
    "integer": (8, 8),
    "number": (8, 8),
    "boolean": (1, 1),
    "date": (3, 3),
    "datetime": (8, 8),
    "uuid": (36, 36),
}
_POINTER = 21
# Of these, none of them large, a table has room for more than are asked for.
_FEW = 6


def findings(graph: Graph, naming: Naming, dialect: Dialect) -> Iterator[Diagnostic]:
    """Yield what of a graph is larger than the databases take; most is seen to be small at a glance."""
    columns = held(graph, naming)
    longest_id = max([each.id.max_length or 0 for each in graph.object_types.values()], default=0)
    for declaration in declared(graph):
        in_columns = columns.get(declaration.name, ()) if isinstance(declaration, ObjectType) else ()
        for attribute in declaration.attributes:
            if attribute.unique:
                yield from _unique(declaration, attribute, dialect)
        if longest_id > _LARGEST_KEY // 3 or len(in_columns) > _FEW or not _is_small(declaration.attributes):
            for table in _tables(graph, declaration, in_columns, naming, dialect):
                yield from _table(declaration, table, dialect)


def _is_small(attributes: Sequence[Attribute]) -> bool:
    """Tell at a glance that there is room for some attributes, as there is of nearly every declaration."""
    return len(attributes) <= _FEW and not any(map(_is_large, attributes))


def _is_large(attribute: Attribute) -> bool:
    return (
        (attribute.max_length or 0) > _LARGEST_KEY // 4
        or (attribute.has_default and len(str(attribute.default)) > 500)
        or (attribute.kind == "enum" and sum(map(len, attribute.values)) > 500)
    )


def _unique(declaration: Declaration, attribute: Attribute, dialect: Dialect) -> Iterator[Diagnostic]:
    """Find what an index over one attribute cannot be, or does not tell apart."""
    name, kind = f"{declaration.name}.{attribute.name}", attribute.kind
    if kind in {"text", "json"}:
        yield Diagnostic(
            Code.CANNOT_BE_SAID,
            f"`{name}` cannot be unique in {dialect.title}, which has no index over a whole {kind}",
            attribute.place.key("unique"),
            help="`type: string` with a `max_length` can be",
        )
    elif kind == "string":
        message = f"`{name}` loses in {dialect.title}: unique takes no notice of spaces at the end"
        yield Diagnostic(Code.LOSS, message, attribute.place.key())


def _tables(
    graph: Graph,
    declaration: Declaration,
    in_columns: Iterable[RelationshipType],
    naming: Naming,
    dialect: Dialect,
) -> Iterator[Table]:
    if isinstance(declaration, ObjectType):
        if not declaration.external:
            yield object_table(graph, declaration, in_columns, naming, dialect)
    elif not declaration.is_derived:
        if not naming.is_column(declaration):
            yield link_table(graph, declaration, sentences(graph, declaration), naming)
        yield from further_tables(graph, declaration, naming, dialect)


def _table(declaration: Declaration, table: Table, dialect: Dialect) -> Iterator[Diagnostic]:
    """Find the first limit that a table is over, and each index that is too large."""
    yield from _keys(declaration, table, dialect)
    sizes = [_bytes(each.type) for each in table.columns]
    nulls = -(-sum(not each.required for each in table.columns) // 8)
    row, in_page = (
        sum(size for size, _ in sizes) + nulls,
        sum(size for _, size in sizes) + nulls + _ROW_HEADER,
    )
    definition = _definition(table, dialect)
    if row > _LARGEST_ROW:
        what = (
            f"a row of `{table.name}` would have up to {row:,} bytes, and there is room for {_LARGEST_ROW:,}"
        )
        yield _too_large(declaration, what, dialect, "`type: text` takes the place of long strings")
    elif in_page > _LARGEST_ROW_OF_A_PAGE:
        what = (
            f"a row of `{table.name}` would have up to {in_page:,} bytes in its page, and there is room for"
        )
        advice = "strings with a `max_length` of 64 or more, and `type: text`, are kept outside of the page"
        yield _too_large(declaration, f"{what} {_LARGEST_ROW_OF_A_PAGE:,}", dialect, advice)
    elif definition > _LARGEST_DEFINITION:
        what = (
            f"all that is declared of `{table.name}` comes to {definition:,} bytes, and MariaDB keeps 65,535"
        )
        yield _too_large(declaration, what, dialect, "descriptions, defaults and lists of values count")


def _definition(table: Table, dialect: Dialect) -> int:
    size = 0
    for column in table.columns:
        default = "" if column.default is None else dialect.default_of(column)
        size += len(f"{column.name}{default}{dialect.remark(column)}".encode()) + _OF_A_COLUMN
    for each in table.constraints:
        if isinstance(each, Check) and isinstance(each.condition, Fits):
            column = each.condition.column
            condition = dialect.fits(column, dialect.identifier(column.name))
            size += len(f"{each.name}{condition}".encode()) + _OF_A_CONDITION if condition else 0
    return size


def _too_large(declaration: Declaration, what: str, dialect: Dialect, advice: str) -> Diagnostic:
    place = declaration.place.key("attributes") if declaration.attributes else declaration.place.key()
    return Diagnostic(Code.OVER_THE_LIMIT, f"{what} in {dialect.title}", place, help=advice)


def _keys(declaration: Declaration, table: Table, dialect: Dialect) -> Iterator[Diagnostic]:
    keys = [each.columns for each in table.constraints if isinstance(each, Key)]
    keys += [each.columns for each in table.indexes]
    if len(keys) > _MOST_KEYS:
        what = f"`{table.name}` would have {len(keys)} keys and indexes, and there is room for {_MOST_KEYS}"
        yield _too_large(declaration, what, dialect, "the primary key is one, and each `unique` another")
    types = {each.name: each.type for each in table.columns}
    for columns in keys:
        size = sum(_length(types[name]) or _bytes(types[name])[0] for name in columns)
        if size > _LARGEST_KEY and not any(types[name].kind in {"text", "json"} for name in columns):
            what = f"an index over {' and '.join(columns)} of `{table.name}` would have {size:,} bytes"
            yield Diagnostic(
                Code.OVER_THE_LIMIT,
                f"{what}, and there is room for {_LARGEST_KEY:,} in {dialect.title}",
                declaration.place.key(),
                help="a smaller `max_length`: a character of an id takes one byte, any other up to four",
            )


def _bytes(held: ColumnType) -> tuple[int, int]:
    """Return how many bytes a value has at most: in a row, and in the page of the row."""
    if held.kind == "decimal":
        size = _digits(held.precision - held.scale) + _digits(held.scale)
        return size, size
    length = _length(held)
    if length is None:
        return _BYTES[held.kind]
    size = length + (1 if length < 256 else 2)
    return size, size if length < 256 or held.is_id else _POINTER


def _length(held: ColumnType) -> int | None:
    """Return how many bytes the longest text of a type has, None where it is no text of limited length."""
    if held.kind == "enum":
        return 4 * max([len(value) for value in held.values])
    if held.kind != "string" or held.max_length is None:
        return None
    return held.max_length if held.is_id else 4 * held.max_length


def _digits(count: int) -> int:
    """Return the bytes of decimal digits: four for nine of them, and half a byte for each that is over."""
    return 4 * (count // 9) + (count % 9 + 1) // 2
