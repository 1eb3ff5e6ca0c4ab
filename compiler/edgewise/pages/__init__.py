"""The page of every diagnostic code: what it says, why it matters, a wrong and a right example, what to do.

`edgewise explain CODE` prints one, and the documentation is made of all of them. The pages are data, by
family; here they are laid out. Nothing else imports this package, so that only who asks pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import dedent, fill

from edgewise.diagnostics import OFF_BY_DEFAULT, Code, Severity
from edgewise.pages import environment, graph, importing, lint, merging, names, reading, shape, targets
from edgewise.pages.page import Page

__all__ = ["PAGES", "Page", "handbook", "page"]

_FAMILIES: tuple[tuple[str, Mapping[str, Page]], ...] = (
    ("Reading YAML", reading.PAGES),
    ("The shape of a manifest", shape.PAGES),
    ("Names and references", names.PAGES),
    ("Cardinality and graph", graph.PAGES),
    ("Lint", lint.PAGES),
    ("Targets", targets.PAGES),
    ("Importing", importing.PAGES),
    ("Merging", merging.PAGES),
    ("Project and environment", environment.PAGES),
)
_WIDTH = 88
_NUMBERED = {number: each for _, pages in _FAMILIES for number, each in pages.items()}

PAGES: Mapping[Code, Page] = {code: _NUMBERED[code.number] for code in Code if code.number in _NUMBERED}
"""The page of each code, in the order of the codes."""


def page(number: str) -> str | None:
    """Return the page of a code (`EW301`) as Markdown for terminals too; None where there is no such code."""
    code = next((code for code in PAGES if code.number == number), None)
    return None if code is None else _laid_out(code, "#")


def handbook() -> str:
    """Return all pages as one Markdown document, with a table of the codes before them."""
    return "\n".join(_handbook())


def _handbook() -> Iterator[str]:
    yield _INTRODUCTION
    yield "| code | says | severity |"
    yield "|---|---|---|"
    yield from (f"| [{code.number}](#{_anchor(code)}) | {code.slug} | {_severity(code)} |" for code in PAGES)
    for title, pages in _FAMILIES:
        yield f"\n## {title}\n"
        yield "\n".join(_laid_out(code, "###") for code in PAGES if code.number in pages).rstrip("\n")
    yield ""


def _laid_out(code: Code, heading: str) -> str:
    page = PAGES[code]
    parts = [
        f"{heading} {_title(code)}",
        _prose(page.what),
        _prose(f"Why it matters: {page.why.strip()}"),
        _example("Wrong", page, page.wrong),
        _example("Right", page, page.right),
        _prose(f"What to do: {page.advice.strip()}"),
        _prose(_silencing(code)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _example(word: str, page: Page, text: str) -> str:
    where = " (`edgewise.yaml`)" if page.of == "project file" else ""
    return f"{word}{where}:\n\n```yaml\n{dedent(text).strip()}\n```" if text else ""


def _silencing(code: Code) -> str:
    """Say how not to be told, which is nobody's choice with an error."""
    if code in OFF_BY_DEFAULT:
        return f"Off by default; `lint: {{select: [{code.number}]}}` in `edgewise.yaml` turns it on."
    if code.severity is Severity.ERROR:
        return ""
    return f"Not to be told of it: `lint: {{ignore: [{code.number}]}}` in `edgewise.yaml`."


def _title(code: Code) -> str:
    return f"{code.number} {code.slug} ({_severity(code)})"


def _severity(code: Code) -> str:
    return f"{code.severity.word}, off by default" if code in OFF_BY_DEFAULT else code.severity.word


def _anchor(code: Code) -> str:
    """Return the anchor that a Markdown viewer makes of the heading."""
    kept = [char for char in _title(code).lower() if char.isalnum() or char in " -_"]
    return "".join(kept).replace(" ", "-")


def _prose(text: str) -> str:
    """Fill a paragraph anew, without a line break inside of what stands in backticks."""
    words = re.sub(r"`[^`]*`", lambda match: match[0].replace(" ", "\0"), text).split()
    filled = fill(" ".join(words), _WIDTH, break_long_words=False, break_on_hyphens=False)
    return filled.replace("\0", " ")


_INTRODUCTION = """\
# Diagnostics

Everything that edgewise can say about a manifest, by code. `edgewise explain EW301` prints one of these
pages in a terminal. A code is never used again for something else.

- An *error* keeps anything from being written and makes the exit status 1; where a command could not do its
  job at all (EW901 to EW903) it is 2. A *warning* is always shown, a *note* with `-v`; both make the exit
  status 1 only where `--fail-on` says so.
- One mistake is told once, and one run tells all of them. While a file cannot be read as YAML, nothing is
  said of names and of the graph: that file may declare them.
- A warning or a note can be answered where it stands, with a reason:
  `# edgewise: ignore[EW501] the vendor has no word for it`, at the end of the line that it is about or on a
  line of its own before it. An error cannot be ignored.
- An error of a target (EW6xx) is only a warning as long as the project file does not name that target: what
  the target cannot take is then left out of its output.

This page is made from the program; change it there.
"""
