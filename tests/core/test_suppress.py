"""Comments that keep a finding from being told: which line they mean, and what is said of them."""

from __future__ import annotations

import pytest

from edgewise.compile import check
from edgewise.diagnostics import Code
from edgewise.place import Source, Span
from edgewise.position import located
from edgewise.project import Project

PROJECT = Project("/nowhere", ("schemas",), "build", {}, named=True)
HEAD = "object_types: {a: {description: A.}}\nrelationship_types:\n"
NO_CARDINALITY = "{from: a, to: a, description: R.}"


def said(*texts: str) -> list[tuple[str, int]]:
    """Return code and line of all that is said of some files."""
    sources = [Source(f"{number}.yaml", text) for number, text in enumerate(texts)]
    found = []
    for each in located(check(sources, PROJECT, ()).diagnostics):
        assert isinstance(each.at, Span)
        found.append((each.code.number, each.at.line))
    return sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        f"  r: {NO_CARDINALITY} # edgewise: ignore[EW501] it is so\n",
        f"  r: {NO_CARDINALITY} #edgewise:ignore[EW501] it is so\n",
        f"  r: {NO_CARDINALITY} # edgewise: ignore[EW502 , EW501] it is so # really\n".replace(
            "description: R.", ""
        ),
        f"  # edgewise: ignore[EW501] it is so\n  r: {NO_CARDINALITY}\n",
        f"# edgewise: ignore[EW501] it is so\n\n  # more\n\n  r: {NO_CARDINALITY}\n",
        f"  r: # edgewise: ignore[EW501] it is so\n    {NO_CARDINALITY}\n",
        "  r: # edgewise: ignore[EW501] it is so\n    from: a\n    to: a\n    description: |-\n      # no\n",
        f"  ? r # edgewise: ignore[EW501] it is so\n  : {NO_CARDINALITY}\n",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_finding_that_is_not_told(text: str, line_end: str) -> None:
    assert said((HEAD + text).replace("\n", line_end)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"  r: {NO_CARDINALITY}\n  # edgewise: ignore[EW501] too late\n", [("EW501", 3), ("EW505", 4)]),
        (f"  r: {NO_CARDINALITY} # edgewise: ignore[EW503] another\n", [("EW501", 3), ("EW505", 3)]),
        (f"  r: {NO_CARDINALITY} # edgewise: ignore[EW501]\n", [("EW501", 3), ("EW505", 3)]),
        (f"  r: {NO_CARDINALITY} # edgewise: ignore EW501 why\n", [("EW501", 3), ("EW505", 3)]),
        (f"  r: {NO_CARDINALITY} # edgewise: ignore[501] why\n", [("EW501", 3), ("EW505", 3)]),
        (f"  r: {NO_CARDINALITY} # edgewise: ignore[] why\n", [("EW501", 3), ("EW505", 3)]),
        (f"  r: {NO_CARDINALITY} # see edgewise: ignore[EW501] why\n", [("EW501", 3)]),
        (
            f"  r: {NO_CARDINALITY.replace('R.', chr(39) + '# edgewise: ignore[EW501] why' + chr(39))}\n",
            [("EW501", 3)],
        ),
        (
            f"  r: {NO_CARDINALITY} # edgewise: ignore[EW501,EW502] one of two\n",
            [("EW505", 3)],
        ),
        (
            f"  # edgewise: ignore[EW501] all of them\n  r: {NO_CARDINALITY}\n  s: {NO_CARDINALITY}\n",
            [("EW501", 5)],
        ),
    ],
)
def test_comments_that_do_not_mean_it(text: str, expected: list[tuple[str, int]]) -> None:
    assert said(HEAD + text) == expected


def test_an_error_is_told_whatever_a_comment_says() -> None:
    text = f"{HEAD}  r: {{from: b, to: a, description: R.}} # edgewise: ignore[EW301] never mind\n"
    assert said(text) == [("EW301", 3)]


@pytest.mark.parametrize(
    "mistake", ["x: [1,\n", "unknown: 1\n", "x-a: 1\nx-a: 2\n", "object_types: {b: 5}\n", "a: !x 1\n"]
)
def test_where_there_is_an_error_no_comment_is_called_useless(mistake: str) -> None:
    """It may have kept what the comment suppresses from being found."""
    suppressed = f"{HEAD}  r: {NO_CARDINALITY} # edgewise: ignore[EW501] it is so\n"
    useless = (
        "relationship_types:\n  s: {from: a, to: a, cardinality: one_to_one} # edgewise: ignore[EW501] x\n"
    )
    assert said(suppressed, useless) == [("EW502", 2), ("EW505", 2)]
    assert "EW505" not in {code for code, _ in said(suppressed, useless, mistake)}


def test_a_comment_means_its_own_file() -> None:
    first = f"{HEAD}  r: {NO_CARDINALITY} # edgewise: ignore[EW501] it is so\n"
    second = f"#\nrelationship_types:\n  s: {NO_CARDINALITY}\n"
    assert said(first, second) == [("EW501", 3)]


def test_a_suppressed_note_does_not_hide_what_is_said_elsewhere() -> None:
    """Two files with one finding each on the same line, one of them suppressed."""
    text = f"{HEAD}  r: {NO_CARDINALITY} # edgewise: ignore[EW501] it is so\n"
    other = f"relationship_types:\n\n  s: {NO_CARDINALITY}\n"
    found = check([Source("0.yaml", text), Source("1.yaml", other)], PROJECT, ()).diagnostics
    assert [each.code for each in found] == [Code.NO_CARDINALITY]
