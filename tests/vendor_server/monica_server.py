"""Monica's relationship types, by its page: an API that reads, fed from an account's rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from vendor_http import Answer, Received, Refusal

PATH = "/api/relationshiptypes"
AUTHORIZATION = "Bearer a-token"
NOW = "2026-01-01T00:00:00Z"
RULES = frozenset(("a token", "known routes", "only reads", "at most 100 a page"))


class Row(NamedTuple):
    """A row of `relationship_types`."""

    id: int
    account_id: int
    name: str
    name_reverse_relationship: str
    relationship_type_group_id: int
    delible: bool


class Monica:
    """One account of an instance."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.broken: list[str] = []
        self.rows = sorted(rows)

    def answer(self, received: Received) -> Answer:
        if not received.authorization.startswith("Bearer "):
            raise refused("a token", 401)
        path = received.path.rstrip("/")
        one = re.fullmatch(rf"{PATH}/([0-9]+)", path)
        if path != PATH and one is None:
            raise refused("known routes", 404)
        if received.method != "GET":
            raise refused("only reads", 405)
        if one is None:
            return self.list(int(received.query.get("page", 1)), int(received.query.get("limit", 15)))
        found = [each for each in self.rows if each.id == int(one[1])]
        if not found:
            raise refused("known routes", 404)
        return Answer(200, {"data": shown(found[0])})

    def list(self, page: int, size: int) -> Answer:
        if size > 100:
            raise refused("at most 100 a page", 400)
        start, last = (page - 1) * size, max(1, -(-len(self.rows) // size))
        several = self.rows[start : start + size]
        links = {
            "first": f"{PATH}?page=1",
            "last": f"{PATH}?page={last}",
            "prev": f"{PATH}?page={page - 1}" if page > 1 else None,
            "next": f"{PATH}?page={page + 1}" if page < last else None,
        }
        meta = {
            "current_page": page,
            "from": start + 1 if several else None,
            "last_page": last,
            "path": PATH,
            "per_page": size,
            "to": start + len(several) if several else None,
            "total": len(self.rows),
        }
        return Answer(200, {"data": [shown(each) for each in several], "links": links, "meta": meta})

    def relate(self, one: str, name: str, other: str) -> list[tuple[str, str, str]]:
        """Relate two contacts, and back where the reverse is found by its name; else not, silently."""
        (found,) = [each for each in self.rows if each.name.casefold() == name.casefold()]
        wanted = found.name_reverse_relationship.casefold()
        back = [each for each in self.rows if each.name.casefold() == wanted]
        return [(one, found.name, other), *((other, each.name, one) for each in back)]


def shown(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "object": "relationshiptype",
        "name": row.name,
        "name_reverse_relationship": row.name_reverse_relationship,
        "relationship_type_group_id": row.relationship_type_group_id,
        "delible": row.delible,
        "account": {"id": row.account_id},
        "created_at": NOW,
        "updated_at": NOW,
    }


def refused(rule: str, status: int) -> Refusal:
    return Refusal(rule, Answer(status, {"error": {"message": rule, "error_code": status}}))
