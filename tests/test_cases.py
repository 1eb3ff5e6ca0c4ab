"""A test is a folder, `cases/<topic>/<case>/`: see the README.md there. UPDATE=1 writes what is expected."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from command import edgewise_here

CASES = Path(__file__).parent / "cases"
PARTS = {"input", "output", "diagnostics.txt"}
# Where the command keeps its own record of what it has written.
RECORDS = ".edgewise"
TIME = re.compile(r" \(\d+\.\d+ s\)$", re.MULTILINE)

Files = Mapping[str, str]


def found_cases() -> list[Path]:
    return sorted(case for topic in CASES.iterdir() if topic.is_dir() for case in topic.iterdir())


@pytest.mark.parametrize("case", found_cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, tmp_path: Path) -> None:
    assert case.is_dir(), f"{case} is not a folder"
    assert {part.name for part in case.iterdir()} <= PARTS
    project = Path(shutil.copytree(case / "input", tmp_path / "project", symlinks=True))
    diagnostics = check(project)
    files = build(project, status(diagnostics))
    if os.environ.get("UPDATE") == "1":
        update(case, diagnostics, files)
    assert (case / "diagnostics.txt").is_file(), "UPDATE=1 writes what is expected"
    assert diagnostics == (case / "diagnostics.txt").read_text(encoding="utf-8")
    assert files == texts(case / "output")


def test_nothing_but_topics_lies_among_the_cases() -> None:
    assert {entry.name for entry in CASES.iterdir() if not entry.is_dir()} == {"README.md"}
    assert [topic.name for topic in CASES.iterdir() if topic.is_dir() and not any(topic.iterdir())] == []


def check(project: Path) -> str:
    """Return all that is said of a project; whether it is checked or built, it is the same."""
    done = edgewise_here("check", "-v", "--color", "never", "--format", "text", cwd=project)
    assert done.stderr == ""
    said = TIME.sub("", done.stdout)
    assert done.returncode == status(said)
    return said


def build(project: Path, expected: int) -> Files:
    """Return the files that are emitted from a project; where there is an error, nothing is written."""
    before = texts(project)
    done = edgewise_here("build", cwd=project)
    assert done.returncode == expected, done.stdout + done.stderr
    after = texts(project)
    if expected:
        assert after == before
    shutil.rmtree(project / "build" / RECORDS, ignore_errors=True)
    return texts(project / "build")


def status(diagnostics: str) -> int:
    """Tell from what is said what the command has to end with."""
    errors = re.findall(r"^error\[(EW\d)", diagnostics, re.MULTILINE)
    return 2 if "EW9" in errors else 1 if errors else 0


def texts(folder: Path) -> Files:
    """Return every file below a folder; there is none where the folder is not there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "backslashreplace")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def update(case: Path, diagnostics: str, files: Files) -> None:
    (case / "diagnostics.txt").write_text(diagnostics, encoding="utf-8")
    shutil.rmtree(case / "output", ignore_errors=True)
    for name, text in files.items():
        path = case / "output" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
