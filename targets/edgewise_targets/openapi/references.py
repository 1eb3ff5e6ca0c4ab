"""References from one part of a document to another, or to the file that all fragments share."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
COMMON = "common.json"


def local(section: str, name: str) -> Json:
    """Refer to a component of the document in which the reference stands."""
    return {"$ref": f"#/components/{section}/{name}"}


def holds_reference(value: object) -> bool:
    """Tell whether tools would take a part of a value for a reference, and open what it names.

    They look for `$ref` everywhere, even where the specification says that a value is only data.
    """
    if isinstance(value, dict):
        return "$ref" in value or any(map(holds_reference, value.values()))
    return isinstance(value, list) and any(map(holds_reference, value))


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
