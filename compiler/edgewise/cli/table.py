"""Text in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def table(rows: Iterable[Sequence[str]], indent: str = "") -> Iterator[str]:
    """Yield a line for each row, its cells below one another; rows have the same number of cells."""
    several = list(rows)
    widths = [max(map(len, column)) for column in zip(*several, strict=True)]
    for row in several:
        yield (
            indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        ).rstrip()
