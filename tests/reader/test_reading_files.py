"""Which files are read, on a real file system: every manifest once, no link, no device, nothing outside."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from edgewise.diagnostics import Diagnostic
from edgewise.place import Source, Span
from edgewise.source import MAX_BYTES, decoded, read

NOBODY = 65534


def found(root: Path, *paths: str, skipped: tuple[str, ...] = ()) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the paths of what is read, and code and place (or words) of what is not."""
    sources, diagnostics = read(str(root), paths or (".",), skipped)
    return [each.path for each in sources], sorted(map(told, diagnostics))


def told(diagnostic: Diagnostic) -> tuple[str, str]:
    at = diagnostic.at
    return diagnostic.code.number, f"{at.file}: {diagnostic.message}" if isinstance(
        at, Span
    ) else diagnostic.message


def where(refused: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return code and place of what is refused, without the words about it, sorted."""
    return sorted((code, words.removeprefix("cannot read ").partition(":")[0]) for code, words in refused)


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"x-name: {name!r}\n", encoding="utf-8")


# ---- what is found ----


def test_yaml_files_below_a_folder_sorted_by_bytes(tmp_path: Path) -> None:
    names = [
        "b/a.yaml",
        "b.yaml",
        "B.yml",
        "b-c.yaml",
        "b/é.yaml",
        "b/z.yaml",
        "b/\U00010000.yaml",
        "b/\uffee.yaml",
    ]
    write(tmp_path, *names, "b/readme.md", "b/yaml", "b/x.yaml.bak", "b/x.json", "b/y.YAML")
    assert found(tmp_path) == (sorted(names, key=os.fsencode), [])


def test_hidden_files_and_folders_are_never_read(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", ".b.yaml", ".git/c.yaml", "d/.e/f.yaml", "d/..g.yaml")
    assert found(tmp_path) == (["a.yaml"], [])


def test_folders_may_be_called_like_files(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml/b.yml/c.yaml")
    assert found(tmp_path) == (["a.yaml/b.yml/c.yaml"], [])


def test_what_is_skipped_is_skipped_with_all_below(tmp_path: Path) -> None:
    write(tmp_path, "edgewise.yaml", "a.yaml", "build/b.yaml", "build/c/d.yaml", "builds/e.yaml")
    skipped = ("edgewise.yaml", "build")
    assert found(tmp_path, skipped=skipped) == (["a.yaml", "builds/e.yaml"], [])
    assert found(tmp_path, "build/c", "build/b.yaml", "./edgewise.yaml", skipped=skipped) == ([], [])
    assert found(tmp_path, str(tmp_path), skipped=(str(tmp_path / "build"),)) == (
        ["a.yaml", "builds/e.yaml", "edgewise.yaml"],
        [],
    )


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ".hidden/b.yaml")
    assert found(tmp_path, "a.txt", ".hidden") == ([".hidden/b.yaml", "a.txt"], [])


def test_every_file_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b.yaml", "a/c/d.yaml")
    named = ("a", "./a/", "a/b.yaml", "a/../a/b.yaml", str(tmp_path / "a/c"), "a//c/d.yaml", "a/c/./d.yaml")
    assert found(tmp_path, *named) == (["a/b.yaml", "a/c/d.yaml"], [])


def test_paths_outside_of_the_root_are_read_where_somebody_asks_for_them(tmp_path: Path) -> None:
    write(tmp_path, "a/b.yaml", "c/d.yaml")
    assert found(tmp_path / "a", "../c", str(tmp_path / "a")) == (["b.yaml", "../c/d.yaml"], [])


def test_an_empty_folder_and_no_path_at_all(tmp_path: Path) -> None:
    assert found(tmp_path) == ([], [])
    assert read(str(tmp_path), ()) == ([], [])


@pytest.mark.parametrize("root", ["/", "."])
def test_any_root(tmp_path: Path, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a/b.yaml")
    monkeypatch.chdir(tmp_path)
    below = tmp_path if root == "/" else Path()
    sources, diagnostics = read(root, (str(below / "a"),))
    assert ([each.path for each in sources], diagnostics) == ([str(below / "a/b.yaml").removeprefix("/")], [])


@pytest.mark.parametrize(
    "name", [b"a\nb.yaml", b"a\x1b[31m.yaml", b"-rf.yaml", b"a b'\".yaml", b"a\xff.yaml", b"~.yaml"]
)
def test_names_of_all_kinds(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_bytes(b"a: \x80")
    (diagnostic,) = read(str(tmp_path), (".",))[1]
    shown = name.decode("utf-8", "backslashreplace")
    assert diagnostic.at == Span(shown, 1, 4, 1, 5)
    shown.encode()  # whoever writes it anywhere can


def test_a_tree_that_is_deeper_than_python_goes(tmp_path: Path) -> None:
    folders = [f"{tmp_path}/top{'/a' * depth}" for depth in range(1_200)]
    for folder in folders:
        os.mkdir(folder)
    file = f"{folders[-1]}/b.yaml"
    os.close(os.open(file, os.O_CREAT))
    try:
        assert found(tmp_path) == ([file.removeprefix(f"{tmp_path}/")], [])
    finally:
        os.unlink(
            file
        )  # one by one, as nobody could remove it otherwise: `rmtree` goes no deeper than Python
        for folder in reversed(folders):
            os.rmdir(folder)


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: 1\n" * 1_000)

    class Smaller:
        st_mode = os.stat(tmp_path / "a.yaml").st_mode
        st_size = 10

    monkeypatch.setattr(os, "fstat", lambda _: Smaller)
    sources, diagnostics = read(str(tmp_path), (".",))
    assert diagnostics == []
    assert sources == [Source("a.yaml", "a: 1\n" * 1_000)]


def test_size_is_looked_at_before_the_file(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(1 << 40)  # of holes: it takes no room
    (tmp_path / "b.yaml").write_bytes(b"#" * MAX_BYTES)
    (tmp_path / "c.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    too_large = f"file is larger than {MAX_BYTES:,} bytes"
    assert found(tmp_path) == (
        ["b.yaml"],
        [("EW107", f"a.yaml: {too_large}"), ("EW107", f"c.yaml: {too_large}")],
    )


# ---- links ----


def test_no_link_in_a_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "root/a.yaml", "root/sub/b.yaml", "outside/secret.yaml", "outside/secret.txt")
    links = {
        "inside.yaml": "a.yaml",
        "outside.yaml": "../outside/secret.yaml",
        "text.yaml": "../outside/secret.txt",
        "nowhere.yaml": "nowhere",
        "round.yaml": "round.yaml",
        "folder": "sub",
        "folder-outside": "../outside",
        "up": "..",
        "here": ".",
        "round": "round",
        "sub/up": "../..",
    }
    for name, target in links.items():
        (tmp_path / "root" / name).symlink_to(target)
    (tmp_path / "root/nowhere").symlink_to("nothing")  # it leads to no folder, and is called like no manifest
    (tmp_path / "root/text").symlink_to("../outside/secret.txt")
    read_, refused = found(tmp_path / "root")
    assert read_ == ["a.yaml", "sub/b.yaml"]
    assert where(refused) == sorted(("EW108", name) for name in links)


def test_a_link_that_is_named_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.yaml")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to("../outside")
    (root / "link.yaml").symlink_to("../outside/secret.yaml")
    read_, refused = found(root, "link", "link.yaml")
    assert read_ == []
    assert [code for code, _ in refused] == ["EW902", "EW902"]


def test_a_path_that_goes_through_a_link_is_not_followed(tmp_path: Path) -> None:
    """The project file comes from strangers too: `sources: [link/etc]` must not leave the project."""
    write(tmp_path, "outside/a/secret.yaml")
    root = tmp_path / "root"
    (root / "b").mkdir(parents=True)
    (root / "link").symlink_to("../outside")
    (root / "b/link").symlink_to("../../outside/a")
    (root / "b/here").symlink_to("../b")
    paths = (
        "link/a",
        "link/a/secret.yaml",
        "b/link/secret.yaml",
        "b/here/link/secret.yaml",
        str(root / "link/a"),
    )
    read_, refused = found(root, *paths)
    assert read_ == []
    assert {code for code, _ in refused} == {"EW902"}
    assert len(refused) == len(paths)
    assert all("is a link" in words for _, words in refused)


def test_links_above_the_root_are_of_no_concern(tmp_path: Path) -> None:
    write(tmp_path, "real/top/a/b.yaml")
    (tmp_path / "link").symlink_to("real")
    assert found(tmp_path / "link/top", "a") == (["a/b.yaml"], [])
    assert found(tmp_path / "link/top", "a/b.yaml", str(tmp_path / "link/top/a")) == (["a/b.yaml"], [])


# ---- what is no file ----


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder that anybody may enter, with a path that is short enough for a socket."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        os.chmod(name, 0o755)
        yield Path(name).resolve()


def test_pipes_and_sockets_are_refused_and_nobody_waits_for_them(short_path: Path) -> None:
    os.mkfifo(short_path / "pipe.yaml")
    os.mkfifo(short_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(short_path / "socket.yaml"))
        read_, refused = found(short_path)
        assert read_ == []
        assert [code for code, _ in refused] == ["EW108", "EW108"]
        read_, refused = found(short_path, "pipe", "pipe.yaml", "socket.yaml", "/dev/null", "/dev/zero")
        assert read_ == []
        assert {words.partition(": ")[2] for _, words in refused} == {
            "it is neither a regular file nor a folder"
        }
        assert len(refused) == 5


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    assert found(tmp_path, "b", "a.yaml", "a.yaml/c", "d" * 300) == (
        ["a.yaml"],
        [
            ("EW902", "cannot read a.yaml/c: not a directory"),
            ("EW902", "cannot read b: no such file or directory"),
            ("EW902", f"cannot read {'d' * 300}: file name too long"),
        ],
    )


def as_anybody(function: Callable[[], Any]) -> Any:
    """Call a function without the rights that root has, in a process of its own where that is necessary."""
    if os.geteuid() != 0:
        return function()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writer, json.dumps(function()).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        text = answer.read()
    assert os.waitpid(child, 0)[1] == 0
    return json.loads(text)


def test_what_nobody_may_read(short_path: Path) -> None:
    write(short_path, "a.yaml", "b.yaml", "closed/c.yaml", "listed/d.yaml", "entered/e.yaml")
    (short_path / "link").symlink_to("closed/c.yaml")
    modes = {"b.yaml": 0o000, "closed": 0o000, "listed": 0o444, "entered": 0o111}
    for name, mode in modes.items():
        os.chmod(short_path / name, mode)
    try:
        in_folder = as_anybody(lambda: found(short_path))
        named = as_anybody(lambda: found(short_path, *modes, "a.yaml", "closed/c.yaml", "entered/e.yaml"))
    finally:
        for name in modes:
            os.chmod(short_path / name, 0o755)
    assert in_folder[0] == ["a.yaml"]
    denied = ["b.yaml", "closed", "entered", "link", "listed/d.yaml"]
    assert where(in_folder[1]) == [("EW108", name) for name in denied]
    assert named[0] == ["a.yaml", "entered/e.yaml"]
    denied = ["b.yaml", "closed", "closed/c.yaml", "entered"]
    assert where(named[1]) == [("EW108", "listed/d.yaml"), *(("EW902", name) for name in denied)]


def test_nothing_of_a_file_that_is_refused_is_shown(tmp_path: Path) -> None:
    secret = "top-secret-0123456789"
    for content in (f"{secret}\x00", f"{secret}\r{secret}", f"a: {secret}\u202e"):
        diagnostic = decoded(content.encode(), "a.yaml")
        assert isinstance(diagnostic, Diagnostic)
        assert secret not in repr(diagnostic)
    diagnostic = decoded(secret.encode() + b"\xff", "a.yaml")
    assert secret not in repr(diagnostic)
