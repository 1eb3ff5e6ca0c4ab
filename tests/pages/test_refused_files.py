"""What git cannot hold, so that no case folder shows it: pipes, loops, files that are closed or too large."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from command import Done, edgewise_here

from edgewise.source import MAX_BYTES


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """A project with one good manifest, and room for what is refused beside it."""
    (tmp_path / "edgewise.yaml").write_text("version: 1\ntargets: {}\n", encoding="utf-8")
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "person.yaml").write_text("object_types: {person: {}}\n", encoding="utf-8")
    return folder


def check(schemas: Path, *arguments: str) -> Done:
    return edgewise_here("check", "--format", "concise", *arguments, cwd=schemas.parent)


def refused(schemas: Path, name: str) -> str:
    """Check that one file is a finding and nothing else is, also no name; return what is said of it."""
    done = check(schemas)
    lines = done.stdout.splitlines()[:-1]
    assert done.returncode == 1, done
    assert [line.split(":")[0] for line in lines] == [f"schemas/{name}"], done.stdout
    assert "EW108" in lines[0] or "EW107" in lines[0]
    return lines[0]


def test_a_pipe_is_refused_and_nobody_waits_for_it(schemas: Path) -> None:
    os.mkfifo(schemas / "pipe.yaml")
    assert "EW108" in refused(schemas, "pipe.yaml")


def test_a_socket_is_refused(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(schemas)  # the path of a socket has little room
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.yaml")
        assert "EW108" in refused(schemas, "socket.yaml")


def test_a_link_to_a_device_is_refused(schemas: Path) -> None:
    (schemas / "zero.yaml").symlink_to("/dev/zero")
    assert "is a link" in refused(schemas, "zero.yaml")


@pytest.mark.parametrize("to", ["itself.yaml", "nowhere.yaml", "/etc/hostname", ".."])
def test_a_link_is_refused_wherever_it_leads(schemas: Path, to: str) -> None:
    (schemas / "itself.yaml").symlink_to(to)
    assert "is a link" in refused(schemas, "itself.yaml")


def test_a_link_to_a_folder_is_refused_and_not_followed(schemas: Path) -> None:
    outside = schemas.parent / "outside"
    outside.mkdir()
    (outside / "order.yaml").write_text("not: [a manifest", encoding="utf-8")
    (schemas / "folder").symlink_to("../outside")
    assert "is a link" in refused(schemas, "folder")


def test_a_folder_that_ends_like_a_manifest_is_a_folder(schemas: Path) -> None:
    (schemas / "more.yaml").mkdir()
    (schemas / "more.yaml" / "order.yaml").write_text("object_types: {order: {}}\n", encoding="utf-8")
    assert check(schemas).returncode == 0


def test_a_file_without_permission_is_a_finding(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever runs the tests may be allowed everything, so the refusal is made where the system would.
    secret = schemas / "secret.yaml"
    secret.write_text("object_types: {secret_name: {}}\n", encoding="utf-8")
    system_open = os.open

    def refusing(path: str, *arguments: int, **keywords: int) -> int:
        if os.fspath(path) == str(secret):
            raise PermissionError(13, "Permission denied", path)
        return system_open(path, *arguments, **keywords)

    monkeypatch.setattr(os, "open", refusing)
    said = refused(schemas, "secret.yaml")
    assert "permission denied" in said
    assert "secret_name" not in said


def test_a_folder_without_permission_is_a_finding(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = schemas / "secret"
    secret.mkdir()
    system_scandir = os.scandir

    def refusing(path: str) -> object:
        if os.fspath(path) == str(secret):
            raise PermissionError(13, "Permission denied", path)
        return system_scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert "permission denied" in refused(schemas, "secret")


@pytest.mark.parametrize(("size", "status"), [(MAX_BYTES, 0), (MAX_BYTES + 1, 1), (10 * MAX_BYTES, 1)])
def test_a_file_may_be_so_large_and_no_larger(schemas: Path, size: int, status: int) -> None:
    text = b"object_types: {order: {}}\n#"
    (schemas / "large.yaml").write_bytes(text + b"x" * (size - len(text)))
    done = check(schemas)
    assert done.returncode == status
    assert ("EW107" in done.stdout) is (status == 1)


def test_a_name_that_is_no_text_is_read_and_shown(schemas: Path) -> None:
    name = os.fsencode(str(schemas)) + b"/caf\xe9.yaml"
    with open(name, "w", encoding="utf-8") as stream:
        stream.write("object_types: {order: {lable: x}}\n")
    done = check(schemas)
    assert done.returncode == 1
    assert done.stdout.startswith(r"schemas/caf\xe9.yaml:1:24:")


@pytest.mark.parametrize("name", ["nowhere", "nowhere.yaml"])
def test_a_source_that_is_not_there_is_no_finding_but_the_end(schemas: Path, name: str) -> None:
    done = check(schemas, name)
    assert done.returncode == 2
    assert "EW902" in done.stdout
    assert name in done.stdout


def test_a_source_that_is_a_pipe_or_a_link_cannot_be_read(schemas: Path) -> None:
    os.mkfifo(schemas.parent / "pipe.yaml")
    (schemas.parent / "link.yaml").symlink_to("schemas/person.yaml")
    for name in ("pipe.yaml", "link.yaml"):
        done = check(schemas, name)
        assert done.returncode == 2
        assert "EW902" in done.stdout
