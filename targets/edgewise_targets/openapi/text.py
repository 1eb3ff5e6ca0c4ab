"""Text of a manifest inside an OpenAPI description, which is CommonMark."""

from __future__ import annotations

import re

from edgewise.catalog import Deprecation

# What begins markup somewhere in a line, and what begins it at the start of one. Underscores inside a
# word and an ampersand alone mean nothing in CommonMark, so that most texts stay as they were written.
_MARKUP = re.compile(
    r"""[\\`*\[\]<~|]
    | (?<![^\W_])_ | _(?![^\W_])
    | &(?=\#?\w+;)
    | ^[ \t]*(?:[\#>+=-]|\d+[.)])
    | ^[ \t]+""",
    re.VERBOSE | re.MULTILINE,
)


def plain(text: str | None) -> str:
    """Escape a text so that CommonMark shows it as it was written: no tag, no link, no image, no heading.

    A manifest may come from a stranger, and its descriptions end up in somebody's documentation pages.
    """
    return _MARKUP.sub(_escaped, text) if text else ""


def _escaped(match: re.Match[str]) -> str:
    marker = match[0].lstrip(" \t")
    return f"{marker[:-1]}\\{marker[-1]}" if marker else ""


def joined(*texts: str) -> str:
    """Join sentences that are already escaped; empty ones are left out."""
    return " ".join([text if text[-1] in ".!?" else f"{text}." for text in texts if text])


def deprecation(deprecated: Deprecation | None) -> str:
    """Say since when and why something should no longer be used, and what to use instead, escaped."""
    if deprecated is None:
        return ""
    since = f" since {deprecated.since}" if deprecated.since else ""
    reason = f": {deprecated.reason}" if deprecated.reason else ""
    instead = f"Use {deprecated.replaced_by} instead." if deprecated.replaced_by else ""
    return joined(plain(f"Deprecated{since}{reason}"), instead)
