"""The relationship types that every account of Monica has, as of version 2.15 of the software.

The document of the API is older: it lists 24 of these 27 and spells `subordinate` as `subordonate`.
"""

from __future__ import annotations

from types import MappingProxyType

GROUPS = ("love", "family", "friend", "work")
"""The groups that Monica shows on a contact."""

_OWN_REVERSE = (
    "partner",
    "spouse",
    "date",
    "lover",
    "ex",
    "ex_husband",
    "sibling",
    "cousin",
    "friend",
    "bestfriend",
    "colleague",
)
_PAIRS = (
    ("inlovewith", "lovedby"),
    ("parent", "child"),
    ("grandparent", "grandchild"),
    ("uncle", "nephew"),
    ("godfather", "godson"),
    ("stepparent", "stepchild"),
    ("boss", "subordinate"),
    ("mentor", "protege"),
)

REVERSES = MappingProxyType(
    {
        **{name: name for name in _OWN_REVERSE},
        **dict(_PAIRS),
        **{reverse: name for name, reverse in _PAIRS},
    }
)
"""The name of each default row, and that of its reverse."""
