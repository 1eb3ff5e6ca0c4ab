"""`edgewise merge-openapi` as somebody types it: what goes where, what is written, and what it ends with."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, SOURCE_ROOTS, Done, edgewise_here
from merging_hosts import CATALOG, HOSTS, NOTHING, merged

HOST = HOSTS["comments everywhere"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "a.yaml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "api.yaml").write_text(HOST, encoding="utf-8")
    return tmp_path


def merge(project: Path, *arguments: str) -> Done:
    return edgewise_here("merge-openapi", *arguments, cwd=project)


def test_without_out_it_goes_to_standard_output(project: Path) -> None:
    done = merge(project, "api.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, merged(HOST), "")
    assert (project / "api.yaml").read_text() == HOST


def test_a_host_comes_from_standard_input_too(project: Path) -> None:
    done = subprocess.run(
        (*COMMAND, "merge-openapi", "-"),
        cwd=project,
        env={**os.environ, "PYTHONPATH": SOURCE_ROOTS},
        input=HOST,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, merged(HOST), "")
    assert merge(project, "-", "--check").returncode == 2


def test_in_its_place(project: Path) -> None:
    os.chmod(project / "api.yaml", 0o640)
    done = merge(project, "api.yaml", "-o", "api.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"api\.yaml: written, with 2 relationship types \(.* s\)\n", done.stdout)
    assert (project / "api.yaml").read_text() == merged(HOST)
    assert (project / "api.yaml").stat().st_mode & 0o777 == 0o640
    before = (project / "api.yaml").stat()
    done = merge(project, "api.yaml", "-o", "./api.yaml")
    assert done.stdout.startswith("./api.yaml: current, ")
    assert (project / "api.yaml").stat() == before
    (project / "schemas" / "a.yaml").write_text(NOTHING)
    assert merge(project, "api.yaml", "-o", "api.yaml").returncode == 0
    assert (project / "api.yaml").read_text() == HOST
    assert sorted(os.listdir(project)) == ["api.yaml", "schemas"]


def test_a_link_is_followed_and_stays_one(project: Path) -> None:
    (project / "link.yaml").symlink_to("api.yaml")
    assert merge(project, "link.yaml", "-o", "link.yaml").returncode == 0
    assert (project / "link.yaml").is_symlink()
    assert (project / "api.yaml").read_text() == merged(HOST)


def test_another_file_is_written_over_only_where_a_merge_wrote_it(project: Path) -> None:
    assert merge(project, "api.yaml", "-o", "out.yaml").returncode == 0
    assert (project / "out.yaml").read_text() == merged(HOST)
    (project / "api.yaml").write_text(HOST.replace("Orders", "More orders"))
    assert merge(project, "api.yaml", "-o", "out.yaml").returncode == 0
    assert "More orders" in (project / "out.yaml").read_text()
    (project / "out.yaml").write_text("mine\n")
    done = merge(project, "api.yaml", "-o", "out.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error[EW903]: cannot write out.yaml: it is there already, and neither ")
    assert (project / "out.yaml").read_text() == "mine\n"
    assert merge(project, "api.yaml", "-o", "no/out.yaml").returncode == 2


def test_a_file_that_may_not_be_written_is_not(project: Path) -> None:
    if os.geteuid() == 0:
        os.mkdir(project / "out.yaml")  # the superuser may write to any file
    else:
        (project / "out.yaml").write_text(merged(HOST))
        os.chmod(project / "out.yaml", 0o440)
    (project / "schemas" / "a.yaml").write_text(NOTHING)
    assert merge(project, "api.yaml", "-o", "out.yaml").returncode == 2
    assert sorted(os.listdir(project)) == ["api.yaml", "out.yaml", "schemas"]


def test_check_writes_nothing_and_tells(project: Path) -> None:
    done = merge(project, "--check", "api.yaml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error[EW904]: `api.yaml` is not what the merge would make it\n  --> api.y")
    assert "has to be:   - name: homes" in done.stderr
    assert "= help: run `edgewise merge-openapi api.yaml -o api.yaml`" in done.stderr
    assert (project / "api.yaml").read_text() == HOST
    missing = merge(project, "--check", "api.yaml", "-o", "out.yaml")
    assert missing.returncode == 1
    assert missing.stderr.startswith("error[EW904]: `out.yaml` is missing\n")
    assert "-o out.yaml`" in missing.stderr
    (project / "api.yaml").write_text(merged(HOST))
    for arguments in (("api.yaml",), ("api.yaml", "-o", "api.yaml")):
        done = merge(project, "--check", *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("api.yaml: current, ")
    assert merge(project, "--check", "-q", "api.yaml").stdout == ""


def test_with_an_error_nothing_is_written(project: Path) -> None:
    (project / "api.yaml").write_text(HOST + "webhooks: {a: {get: {operationId: listPersonPlaced}}}\n")
    before = (project / "api.yaml").read_text()
    done = merge(project, "api.yaml", "-o", "api.yaml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error[EW802]: `placed` cannot be put in: the host has the operationId ")
    assert re.search(r"^ *--> api\.yaml:\d+:\d+$", done.stderr, re.MULTILINE)
    assert re.search(r"^ *::: schemas/a\.yaml:\d+:3$", done.stderr, re.MULTILINE)
    assert (project / "api.yaml").read_text() == before
    (project / "schemas" / "a.yaml").write_text(CATALOG.replace("to: order", "to: ordr"))
    done = merge(project, "api.yaml")
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[EW301]" in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"openapi: 3.1.0\ninfo: \xff\n", "the host is not UTF-8: byte 0xFF\n --> api.yaml:2:7\n"),
        (b"openapi: 3.1.0\n" + b"#" * 10_000_000, "the host is larger than 10,000,000 bytes\n --> api.yaml"),
        (b"openapi: 3.0.0\n", "the host is OpenAPI 3.0.0"),
    ],
)
def test_a_host_that_cannot_be_used(project: Path, content: bytes, words: str) -> None:
    (project / "api.yaml").write_bytes(content)
    done = merge(project, "api.yaml", "-o", "api.yaml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error[EW801]: {words}")
    assert (project / "api.yaml").read_bytes() == content


def test_a_host_that_is_not_there(project: Path) -> None:
    done = merge(project, "none.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error[EW902]: cannot read none.yaml: no such file or directory")
    assert merge(project, "schemas").returncode == 2


@pytest.mark.parametrize("name", ["four columns, CRLF", "JSON with tabs"])
def test_bytes_are_kept(project: Path, name: str) -> None:
    """A byte order mark, line ends of another system, characters that no manifest may hold."""
    content = b"\xef\xbb\xbf" + HOSTS[name].replace("Orders", "Orders \u200d\u202e").encode()
    (project / "api.yaml").write_bytes(content)
    assert merge(project, "api.yaml", "-o", "api.yaml").returncode == 0
    assert (project / "api.yaml").read_bytes() == b"\xef\xbb\xbf" + merged(content.decode()[1:]).encode()
    (project / "schemas" / "a.yaml").write_text(NOTHING)
    assert merge(project, "api.yaml", "-o", "api.yaml").returncode == 0
    assert (project / "api.yaml").read_bytes() == content


def test_where_the_command_stands_is_no_matter(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "edgewise.yaml").write_text("version: 1\n")
    os.rename(project / "api.yaml", project / "docs" / "api.yaml")
    done = edgewise_here("merge-openapi", "--check", "api.yaml", cwd=project / "docs")
    assert done.returncode == 1
    assert " --> api.yaml:" in done.stderr


def test_a_folder_without_manifests_takes_nothing_out(project: Path) -> None:
    (project / "api.yaml").write_text(merged(HOST))
    os.unlink(project / "schemas" / "a.yaml")
    done = merge(project, "api.yaml", "-o", "api.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("warning[EW506]")
    assert (project / "api.yaml").read_text() == merged(HOST)
