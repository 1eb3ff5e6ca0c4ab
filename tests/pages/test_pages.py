"""The page of every code: there is one, its examples do what it says, and the documentation is made of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from command import ROOT, SOURCE_ROOTS

from edgewise.compile import Compilation, check
from edgewise.diagnostics import OFF_BY_DEFAULT, Code, Severity
from edgewise.document import MAX_KEY
from edgewise.nodes import MAX_DEPTH, MAX_NODES
from edgewise.pages import PAGES, Page, handbook, page
from edgewise.place import Source
from edgewise.project import Project, load
from edgewise.source import MAX_BYTES, decoded
from edgewise.target import Target
from edgewise_targets import TARGETS

HANDBOOK = ROOT / "docs" / "diagnostics.md"


def with_examples(of: str) -> list[Code]:
    return [code for code, page in PAGES.items() if page.wrong and page.of == of]


def compiled(text: str, page: Page) -> Compilation:
    """Check the text of one manifest as any command does, with the targets that its page names."""
    targets = [target for target in TARGETS if target.name in page.targets]
    assert {target.name for target in targets} == set(page.targets)
    return check([source(text)], project(targets), targets)


def source(text: str, path: str = "schemas/example.yaml") -> Source:
    found = decoded(dedent(text).encode(), path)
    assert isinstance(found, Source), found
    return found


def project(targets: list[Target]) -> Project:
    return Project("/nowhere", ("schemas",), "build", {target.name: {} for target in targets}, named=True)


def codes(compilation: Compilation, least: Severity) -> list[Code]:
    """Return what is said and weighs so much, as far as it is told unasked."""
    return [
        each.code
        for each in compilation.diagnostics
        if each.severity >= least and each.code not in OFF_BY_DEFAULT
    ]


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert list(PAGES) == list(Code)
    assert all(page(code.number) for code in Code)


@pytest.mark.parametrize("number", ["EW999", "EW1", "ew101", "", "yaml-syntax"])
def test_what_is_no_code_has_no_page(number: str) -> None:
    assert page(number) is None


@pytest.mark.parametrize("code", Code, ids=lambda code: code.number)
def test_a_page_has_every_part_and_fits_a_terminal(code: Code) -> None:
    lines = (page(code.number) or "").splitlines()
    assert lines[0].startswith(f"# {code.number} {code.slug} ({code.severity.word}")
    parts = re.findall(r"^(Why it matters|Wrong|Right|What to do)\b", "\n".join(lines), re.MULTILINE)
    examples = ["Wrong", "Right"] if PAGES[code].wrong else []
    assert parts == ["Why it matters", *examples, "What to do"]
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("code", with_examples("manifest"), ids=lambda code: code.number)
def test_the_wrong_example_is_that_mistake_and_no_other(code: Code) -> None:
    compilation = compiled(PAGES[code].wrong, PAGES[code])
    assert code in {each.code for each in compilation.diagnostics}
    assert set(codes(compilation, least=max(code.severity, Severity.WARNING))) <= {code}


@pytest.mark.parametrize("code", with_examples("manifest"), ids=lambda code: code.number)
def test_the_right_example_is_without_a_mistake(code: Code) -> None:
    compilation = compiled(PAGES[code].right, PAGES[code])
    assert code not in {each.code for each in compilation.diagnostics}
    assert codes(compilation, least=Severity.WARNING) == []


@pytest.mark.parametrize("code", with_examples("project file"), ids=lambda code: code.number)
def test_the_examples_of_project_files(code: Code, tmp_path: Path) -> None:
    for text, found in ((PAGES[code].wrong, {code}), (PAGES[code].right, set())):
        (tmp_path / "edgewise.yaml").write_text(dedent(text), encoding="utf-8")
        _, diagnostics = load(str(tmp_path), None, TARGETS)
        assert {each.code for each in diagnostics} == found


def test_the_limits_on_the_pages_are_those_of_the_reader() -> None:
    for number, limits in (
        ("EW107", (MAX_BYTES, MAX_NODES, MAX_DEPTH, MAX_KEY)),
        ("EW103", (MAX_BYTES, MAX_NODES, MAX_DEPTH)),
    ):
        words = (page(number) or "").split()
        assert {f"{limit:,}" for limit in limits} <= set(words)


def test_the_documentation_is_made_of_the_pages() -> None:
    if os.environ.get("UPDATE") == "1":
        HANDBOOK.write_text(handbook(), encoding="utf-8")
    assert HANDBOOK.read_text(encoding="utf-8") == handbook()


def test_the_links_of_the_documentation_lead_to_its_headings() -> None:
    headings = re.findall(r"^### (.*)$", handbook(), re.MULTILINE)
    anchors = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    assert re.findall(r"\]\(#([^)]*)\)", handbook()) == anchors
    assert len(anchors) == len(Code)


def test_a_check_does_not_pay_for_the_pages(tmp_path: Path) -> None:
    run = "\n".join(
        [
            "import sys",
            "from edgewise.cli import run",
            "try: run()",
            "finally: print('edgewise.pages' in sys.modules)",
        ]
    )
    for arguments, paid in ((["check"], False), (["explain", "EW301"], True)):
        done = subprocess.run(
            (sys.executable, "-c", run, *arguments),
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": SOURCE_ROOTS},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stdout.splitlines()[-1] == str(paid), done.stderr
