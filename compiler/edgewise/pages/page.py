"""What a page of a code is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one code, in Markdown; indentation and blank lines around each part do not count.

    `what` is what the diagnostic says, `why` what would go wrong without it, `advice` what to do. `wrong`
    and `right` are two examples in YAML, empty where no text can show it: each is a manifest of its own,
    or a project file where `of` says so. `targets` are those that have to run for it to be said.
    """

    what: str
    why: str
    advice: str
    wrong: str = ""
    right: str = ""
    of: Literal["manifest", "project file"] = "manifest"
    targets: tuple[str, ...] = ()
