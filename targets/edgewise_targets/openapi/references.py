"""References from one part of a document to another, or to the file that all fragments share."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
COMMON = "common.json"


def local(section: str, name: str) -> Json:
    """Refer to a component of the document in which the reference stands."""
    return {"$ref": f"#/components/{section}/{name}"}


class References:
    """References to what all relationship types share, and which of it is referred to."""

    def __init__(self) -> None:
        self._made: dict[str, dict[str, Json]] = {"parameters": {}, "responses": {}, "schemas": {}}

    def __call__(self, section: str, name: str) -> Json:
        """Return the reference to a shared component, as it stands in a fragment."""
        made = self._made[section]
        if name not in made:
            made[name] = {"$ref": f"{COMMON}#/components/{section}/{name}"}
        return made[name]

    def used(self, section: str) -> list[str]:
        """Return the names of what is referred to in a section, sorted."""
        return sorted(self._made[section])
