"""The columns of tables: ids of records, and attributes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from edgewise.catalog import MISSING, Attribute, Id
from edgewise_targets.relational.names import cut
from edgewise_targets.relational.plan import Check, Column, ColumnType, Fits

_FITTING_RULES = {"enum": "enum", "string": "max_length"}


@lru_cache(maxsize=1_000)  # nearly all tables have the same two
def key_column(name: str, id_: Id) -> Column:
    """Return a column with the id of a record."""
    return Column(name, ColumnType(id_.kind, id_.max_length, is_id=True))


def attribute_column(attribute: Attribute) -> Column:
    """Return the column of an attribute."""
    return Column(
        name=attribute.name,
        type=ColumnType(
            attribute.kind, attribute.max_length, attribute.values, attribute.precision, attribute.scale
        ),
        required=attribute.required,
        default=None if attribute.default is MISSING else attribute.default,
        comment=attribute.description,
    )


def fitting(whole: str, columns: Iterable[Column]) -> Iterator[Check]:
    """Yield that values are of their columns' types; a dialect drops what goes without saying."""
    return (Check(fitting_name(whole, each), Fits(each)) for each in columns)


def fitting_name(whole: str, column: Column) -> str:
    """Name the condition that a value is of its column's type."""
    rule = "type" if column.type.is_id else _FITTING_RULES.get(column.type.kind, "type")
    return cut(f"{whole}_{column.name}_{rule}")
