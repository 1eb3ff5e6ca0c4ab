"""`edgewise import` as somebody types it: what goes where, and what it ends with."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, ROOT, SOURCE_ROOTS, edgewise, edgewise_here
from importing import in_any_order, monica_defaults, monica_pages

BOOM = {
    "data": [{"kind": "person_to_co", "role": "placed", "customObjectType": "order"}],
    "next_cursor": None,
}


def put(folder: Path, name: str, data: object) -> str:
    (folder / name).write_text(json.dumps(data), encoding="utf-8")
    return name


def pages(folder: Path) -> list[str]:
    several = enumerate(monica_pages(monica_defaults()), 1)
    return [put(folder, f"page{number}.json", page) for number, page in several]


def test_manifests_go_to_standard_output_and_findings_to_standard_error(tmp_path: Path) -> None:
    done = edgewise_here(
        "import", "boom", put(tmp_path, "a.json", {**BOOM, "next_cursor": "c"}), cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stdout.startswith("# From the lists of Boom, by `edgewise import boom`.\n\nobject_types:\n")
    assert done.stderr.startswith(
        "error[EW702]: this page names a next one: the last page is missing\n --> a.json:1:"
    )


def test_a_list_without_anything_to_say_is_silent(tmp_path: Path) -> None:
    done = edgewise_here("import", "boom", put(tmp_path, "a.json", BOOM), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_imported_builds_to_the_list(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    done = edgewise_here("import", "monica", *pages(tmp_path), "-o", "schemas/monica.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("no findings in 2 files")
    assert edgewise_here("build", "--target", "monica", cwd=tmp_path).returncode == 0
    built = [
        json.loads(path.read_text()) for path in (tmp_path / "build/monica/relationship-types").glob("*.json")
    ]
    assert [each["name"] for each in built] != []
    assert in_any_order(
        [each["name"], each["name_reverse_relationship"], each["delible"]] for each in built
    ) == (
        in_any_order(
            [each["name"], each["name_reverse_relationship"], each["delible"]] for each in monica_defaults()
        )
    )


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    (tmp_path / "out.yaml").write_text("mine")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
    for out in ("out.yaml", "link.yaml"):
        done = edgewise_here("import", "boom", put(tmp_path, "a.json", BOOM), "-o", out, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"error[EW903]: cannot write {out}: it is there already")
    assert (tmp_path / "out.yaml").read_text() == "mine"
    assert not (tmp_path / "nowhere.yaml").exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = edgewise_here("import", "boom", put(tmp_path, "a.json", BOOM), "-o", "no/out.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error[EW903]: cannot write no/out.yaml: no such file or directory")


@pytest.mark.parametrize(
    ("name", "content", "status", "message"),
    [
        ("empty.json", b"", 1, "error[EW701]: this is empty"),
        ("page.html", b"<html>", 1, "error[EW701]: this is not JSON: "),
        ("error.json", b'{"error": "no"}', 1, "error[EW701]: Boom answered with an error"),
        ("gone.json", None, 2, "error[EW902]: cannot read gone.json: no such file or directory"),
        (".", None, 2, "error[EW902]: cannot read .: is a directory"),
    ],
)
def test_bad_input_is_told_and_nothing_is_made(
    tmp_path: Path, name: str, content: bytes | None, status: int, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    good = put(tmp_path, "good.json", BOOM)
    done = edgewise_here("import", "boom", good, name, "-o", "out.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith(message)
    assert not (tmp_path / "out.yaml").exists()


def test_standard_input_is_a_file_like_any_other(tmp_path: Path) -> None:
    first, second = monica_pages(monica_defaults())
    put(tmp_path, "first.json", first)
    done = subprocess.run(
        (*COMMAND, "import", "monica", "first.json", "-"),
        cwd=tmp_path,
        env={"PYTHONPATH": SOURCE_ROOTS},
        input=json.dumps(second),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    both = edgewise_here("import", "monica", *pages(tmp_path), cwd=tmp_path)
    assert done.stdout == both.stdout


def test_standard_input_is_read_once(tmp_path: Path) -> None:
    done = edgewise_here("import", "boom", "-", "-", cwd=tmp_path)
    assert done.returncode == 2
    assert "standard input can be read once" in done.stderr


@pytest.mark.parametrize(
    ("dialect", "meant"), [("monika", "`monica`"), ("sqlite", "one of `boom`"), ("x", "one of `boom`")]
)
def test_what_nothing_is_imported_from(tmp_path: Path, dialect: str, meant: str) -> None:
    done = edgewise_here("import", dialect, put(tmp_path, "a.json", BOOM), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"nothing is imported from `{dialect}`. Did you mean {meant}" in done.stderr


def test_findings_for_programs(tmp_path: Path) -> None:
    wrong = put(tmp_path, "a.json", {"data": [{"kind": "person_to_co", "role": "x"}]})
    done = edgewise_here("import", "boom", wrong, "--format", "json", cwd=tmp_path)
    report = json.loads(done.stderr)
    (said,) = report["diagnostics"]
    assert (said["code"], said["path"], said["span"]["file"]) == ("EW701", "data.0", "a.json")


def test_notes_are_told_with_v_and_warnings_may_fail(tmp_path: Path) -> None:
    odd = {**BOOM, "data": [{**BOOM["data"][0], "role": "Placed", "weight": 1}]}  # type: ignore[index,dict-item]
    name = put(tmp_path, "a.json", odd)
    assert "EW706" not in edgewise_here("import", "boom", name, cwd=tmp_path).stderr
    assert "EW706" in edgewise_here("import", "boom", name, "-v", cwd=tmp_path).stderr
    assert edgewise_here("import", "boom", name, cwd=tmp_path).returncode == 0
    assert edgewise_here("import", "boom", name, "--fail-on", "warning", cwd=tmp_path).returncode == 1
    assert edgewise_here("import", "boom", name, "--ignore", "EW7", cwd=tmp_path).stderr == ""


def test_paths_begin_where_the_command_is_run_as_if(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", "a.json", BOOM)
    done = edgewise("-C", "in", "import", "boom", "a.json", "-o", "out.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "in" / "out.yaml").exists()


def test_the_help_has_examples(tmp_path: Path) -> None:
    done = edgewise_here("import", "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "edgewise import monica page1.json page2.json" in done.stdout


# ---- answers that are kept, and manifests: these are cases, so that what they build to is kept too ----

ANSWERS = Path(__file__).parent / "answers"
CASES = ROOT / "tests" / "cases"
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("case", "files"),
    [
        ("monica/imported-defaults", ["monica-defaults-1.json", "monica-defaults-2.json"]),
        ("zendesk/imported", ["zendesk-types.json", "zendesk-object-types.json"]),
        ("boom/imported", ["boom-page.json"]),
    ],
)
def test_the_imported_cases_are_what_is_imported(case: str, files: list[str]) -> None:
    dialect = case.partition("/")[0]
    manifest = CASES / case / "input" / "schemas" / "imported.yaml"
    said = edgewise_here("import", dialect, *files, cwd=ANSWERS).stdout
    if os.environ.get("UPDATE") == "1":
        manifest.write_text(said, encoding="utf-8")
    assert manifest.read_text(encoding="utf-8") == said


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    ((path, answer), (out, manifest)) = re.findall(
        r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
    (command,) = re.findall(r"^\$ edgewise (.*)$", PAGE, re.MULTILINE)
    (tmp_path / path).write_text(answer, encoding="utf-8")
    (tmp_path / out).parent.mkdir()
    assert edgewise_here(*command.split(), cwd=tmp_path).returncode == 0
    assert (tmp_path / out).read_text(encoding="utf-8") == manifest
