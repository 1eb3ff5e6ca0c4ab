"""References from one part of a document to another, or to the file that all fragments share."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


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
    """References to what all relationship types share, each made once, wherever it stands.

    Every tree is built once and printed twice, in the bundle and as a fragment. These references alone
    differ between the two: `point_to` turns all of them, where building the trees again would take
    longer than everything else.
    """

    def __init__(self) -> None:
        self._made: dict[str, dict[str, Json]] = {"parameters": {}, "responses": {}, "schemas": {}}

    def __call__(self, section: str, name: str) -> Json:
        """Return the reference to a shared component; it leads nowhere before `point_to`."""
        return self._made[section].setdefault(name, {})

    def used(self, section: str) -> list[str]:
        """Return the names of what is referred to in a section, sorted."""
        return sorted(self._made[section])

    def point_to(self, document: str) -> None:
        """Make all references lead to the components of a document; empty is the one they stand in."""
        for section, references in self._made.items():
            for name, reference in references.items():
                reference["$ref"] = f"{document}#/components/{section}/{name}"
