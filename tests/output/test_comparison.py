"""What `build --check` says of an output folder, and that it leaves no trace there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from folders import MANIFEST, MARKER, lying, outputs

from edgewise.diagnostics import Diagnostic
from edgewise.output import Outputs, Written, compare, write
from edgewise.place import Span

BUILT = outputs(a={"a/x": "one\n  two\nthree\n", "a/y": "y\n"}, b={"b/z": "z\n"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert isinstance(write(str(tmp_path), "build", BUILT), Written)
    return tmp_path


def said(root: Path, wanted: Outputs = BUILT) -> list[Diagnostic]:
    """Compare, and make sure that nothing was touched by it."""
    before = {path: path.lstat().st_mtime_ns for path in root.rglob("*")}
    diagnostics, *_ = compare(str(root), "build", wanted)
    assert {path: path.lstat().st_mtime_ns for path in root.rglob("*")} == before
    return diagnostics


def messages(root: Path, wanted: Outputs = BUILT) -> list[str]:
    found = said(root, wanted)
    assert {each.code.number for each in found} <= {"EW904"}
    return [each.message for each in found]


def test_nothing_is_said_of_what_is_current(project: Path) -> None:
    assert said(project) == []
    assert said(project, {"b": BUILT["b"]}) == []


def test_a_folder_that_is_not_there_is_one_finding(tmp_path: Path) -> None:
    assert messages(tmp_path) == ["there is no output folder `build`, where 3 files have to be"]
    assert said(tmp_path, outputs(a={})) == []
    assert lying(tmp_path) == {}


def test_missing_and_extra_files_are_named(project: Path) -> None:
    (project / "build/a/y").unlink()
    assert messages(project, outputs(a={"a/x": "one\n  two\nthree\n", "a/y": "y\n"}, b={})) == [
        "`build/a/y` is missing",
        "`build/b/z` is no longer an output",
    ]


def test_what_to_do_is_said_once(project: Path) -> None:
    (project / "build/a/y").unlink()
    (project / "build/b/z").unlink()
    assert [each.help for each in said(project)] == ["run `edgewise build`", ""]


def test_files_of_other_targets_are_not_looked_at(project: Path) -> None:
    (project / "build/a/y").unlink()
    (project / "build/notes").write_text("mine")
    assert messages(project, {"b": BUILT["b"]}) == []


@pytest.mark.parametrize(
    ("text", "line", "columns", "label"),
    [
        ("one\n  2\nthree\n", 2, (3, 4), "has to be:   two"),
        ("one\n  two\n", 3, (1, 1), "has to be: three"),
        ("one\n  two\nthree", 4, (1, 1), "has to be: "),
        ("one\n  two\nthree\nfour\n", 4, (1, 5), "has to be: "),
        ("one\n  two\nthree\n\n", 5, (1, 1), "the file has to end here"),
        ("", 1, (1, 1), "has to be: one"),
        ("one\r\n  two\r\nthree\r\n", 1, (1, 5), "has to be: one"),
    ],
)
def test_a_stale_file_is_quoted_where_it_first_differs(
    project: Path, text: str, line: int, columns: tuple[int, int], label: str
) -> None:
    (project / "build/a/x").write_bytes(text.encode())
    diagnostics, texts, _ = compare(str(project), "build", BUILT)
    (found,) = diagnostics
    assert found.message == "`build/a/x` is stale"
    assert found.at == Span("build/a/x", line, columns[0], line, columns[1])
    assert found.label == label
    assert texts == {"build/a/x": text}


def test_a_stale_file_that_is_no_text_is_quoted_with_escapes(project: Path) -> None:
    (project / "build/a/y").write_bytes(b"\xff\n")
    _, texts, _ = compare(str(project), "build", BUILT)
    assert texts == {"build/a/y": "\\xff\n"}


def test_not_all_texts_are_kept_but_all_places_are_told(tmp_path: Path) -> None:
    many = outputs(a={f"a/{number}": "new" for number in range(200)})
    old = outputs(a={f"a/{number}": "old" for number in range(200)})
    assert isinstance(write(str(tmp_path), "build", old), Written)
    diagnostics, texts, _ = compare(str(tmp_path), "build", many)
    assert len([each for each in diagnostics if isinstance(each.at, Span)]) == 200
    assert len(texts) == 50


def test_a_file_that_no_build_wrote_is_stale_too(tmp_path: Path) -> None:
    (tmp_path / "build/b").mkdir(parents=True)
    (tmp_path / "build/b/z").write_text("mine\n")
    assert messages(tmp_path, outputs(b={"b/z": "z\n"})) == ["`build/b/z` is stale"]


@pytest.mark.parametrize("record", [None, "{}", '{"version": 1, "targets": {"b": {}}}\n'])
def test_a_record_that_is_missing_or_stale_is_said_when_nothing_else_is(
    project: Path, record: str | None
) -> None:
    if record is None:
        (project / "build" / MANIFEST).unlink()
    else:
        (project / "build" / MANIFEST).write_text(record)
    assert messages(project) == [
        "the record of the build, `build/.edgewise/manifest.json`, is missing or stale"
    ]


def test_a_build_that_died_halfway_is_said(project: Path) -> None:
    (project / "build" / MARKER).write_text("{}")
    assert messages(project) == ["an earlier build died while it wrote: some outputs are new and some old"]


def test_what_is_in_the_way_of_a_build_is_said(project: Path) -> None:
    (project / "build/a/y").unlink()
    (project / "build/a/y").symlink_to("x")
    (found,) = said(project)
    assert (found.code.number, found.message) == ("EW903", "`build/a/y` is a link, where a file has to be")


def test_what_cannot_be_read_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str, *arguments: int) -> int:
        if path.endswith("a/y"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *arguments)

    monkeypatch.setattr(os, "open", refuse)
    diagnostics, *_ = compare(str(project), "build", BUILT)
    assert [(each.code.number, each.message) for each in diagnostics] == [
        ("EW902", "cannot read `build/a/y`: permission denied")
    ]
