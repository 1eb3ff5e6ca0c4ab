"""What a proof asks of a database, the same of each. Those that there are lie in the folders of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, Protocol

from edgewise_targets.relational.proof.values import Value

RefusalKind = Literal["key", "reference", "check", "null", "length", "trigger", "other"]


class Refusal(NamedTuple):
    """Why a database did not take a statement.

    `name` is that of the constraint or trigger, `table` and `columns` are what it is about: as far as the
    database tells them. `message` is what it says.
    """

    kind: RefusalKind
    message: str
    name: str | None = None
    table: str | None = None
    columns: tuple[str, ...] = ()


class Connection(Protocol):
    """A throw-away database. Statements have `?` for each value."""

    @property
    def title(self) -> str:
        """Which database it is, and of which version."""

    def load(self, sql: str) -> None:
        """Run a whole file. Raises NotProven where the database does not take it."""

    def rows(self, query: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return what it finds, if it is a query."""

    def refusal(self, statement: str, values: Sequence[Value] = ()) -> Refusal | None:
        """Run a statement; tell why it was refused, or nothing if it was not."""

    def begin(self) -> None:
        """Begin a transaction."""
        self.rows("BEGIN")

    def undo(self) -> None:
        """Take back the whole transaction."""
        self.rows("ROLLBACK")

    def mark(self) -> None:
        """Remember how things are now."""
        self.rows("SAVEPOINT tried")

    def back(self) -> None:
        """Take back what came since they were remembered last, and forget how they were."""
        self.rows("ROLLBACK TO SAVEPOINT tried")
        self.keep()

    def keep(self) -> None:
        """Forget how they were when they were remembered last."""
        self.rows("RELEASE SAVEPOINT tried")

    def settle(self, name: str | None = None) -> Refusal | None:
        """Check what is left to the end of a transaction, or only what a rule of that name left to it."""
