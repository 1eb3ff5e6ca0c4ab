"""The one table of codes, held to the code that raises them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from command import ROOT

from edgewise.diagnostics import Code


def uses() -> Iterator[str]:
    """Yield the names of the codes that some module raises; their own table does not count."""
    table = ROOT / "compiler" / "edgewise" / "diagnostics.py"
    for path in {path for folder in ("compiler", "targets") for path in (ROOT / folder).rglob("*.py")} - {
        table
    }:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "Code"
            ):
                yield node.attr


def test_every_code_is_raised_and_every_code_raised_exists() -> None:
    assert set(uses()) == {code.name for code in Code}


def test_no_number_and_no_slug_is_taken_twice() -> None:
    for part in ("number", "slug"):
        counted = Counter(getattr(code, part) for code in Code)
        assert [each for each, times in counted.items() if times > 1] == []


def test_numbers_and_slugs_have_their_form() -> None:
    assert [code for code in Code if not re.fullmatch(r"EW[1-9]\d\d", code.number)] == []
    assert [code for code in Code if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.slug)] == []
