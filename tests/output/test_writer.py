"""What a build leaves in the output folder, and what it never touches."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from folders import MANIFEST, MARKER, artifacts_lying, lying, outputs

from edgewise.diagnostics import Diagnostic
from edgewise.output import Outputs, Written, write

ONE = outputs(sqlite={"sqlite/schema.sql": "one\n"}, boom={"boom/a.json": "a\n", "boom/deep/b.json": "b\n"})
TWO = outputs(sqlite={"sqlite/schema.sql": "two\n"}, boom={"boom/a.json": "a\n", "boom/c.json": "c\n"})


def build(root: Path, wanted: Outputs, out: str = "build") -> Written:
    done = write(str(root), out, wanted)
    assert isinstance(done, Written), done
    return done


def refusal(root: Path, wanted: Outputs = ONE, out: str = "build") -> list[str]:
    done = write(str(root), out, wanted)
    assert isinstance(done, list)
    assert {each.code.number for each in done} == {"EW903"}
    return [each.message for each in done]


def test_a_build_writes_files_and_says_whose_they_are(tmp_path: Path) -> None:
    done = build(tmp_path, ONE)
    paths = ("boom/a.json", "boom/deep/b.json", "sqlite/schema.sql")
    assert done == Written(paths, (), (), {"boom": 2, "sqlite": 1}, healed=False)
    record = lying(tmp_path / "build").pop(MANIFEST)
    assert lying(tmp_path / "build") == {
        MANIFEST: record,
        "boom/a.json": "a\n",
        "boom/deep/b.json": "b\n",
        "sqlite/schema.sql": "one\n",
    }
    assert json.loads(record) == {
        "version": 1,
        "targets": {
            "boom": {
                "boom/a.json": sha256(b"a\n").hexdigest(),
                "boom/deep/b.json": sha256(b"b\n").hexdigest(),
            },
            "sqlite": {"sqlite/schema.sql": sha256(b"one\n").hexdigest()},
        },
    }


def test_the_next_build_replaces_removes_and_leaves_alone(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    done = build(tmp_path, TWO)
    assert done == Written(
        ("boom/c.json", "sqlite/schema.sql"),
        ("boom/a.json",),
        ("boom/deep/b.json",),
        {"boom": 2, "sqlite": 1},
        healed=False,
    )
    assert artifacts_lying(tmp_path / "build") == {
        "boom/a.json": "a\n",
        "boom/c.json": "c\n",
        "sqlite/schema.sql": "two\n",
    }


def test_the_record_depends_on_the_outputs_alone(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    build(tmp_path / "x", ONE)
    build(tmp_path / "x", TWO)
    build(tmp_path / "y", dict(reversed(TWO.items())))
    assert lying(tmp_path / "x") == lying(tmp_path / "y")


def test_unchanged_files_keep_their_time_stamps(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    for path in (tmp_path / "build").rglob("*"):
        os.utime(path, (1, 1))
    assert build(tmp_path, ONE).written == ()
    assert {path.stat().st_mtime for path in (tmp_path / "build").rglob("*")} == {1.0}
    build(tmp_path, TWO)
    assert (tmp_path / "build/boom/a.json").stat().st_mtime == 1.0
    assert (tmp_path / "build/sqlite/schema.sql").stat().st_mtime > 1.0


def test_other_targets_and_other_files_stay(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    (tmp_path / "build/boom/deep/mine.txt").write_text("mine")
    (tmp_path / "build/notes.md").write_text("mine")
    done = build(tmp_path, outputs(boom={}))
    assert done.removed == ("boom/a.json", "boom/deep/b.json")
    assert artifacts_lying(tmp_path / "build") == {
        "boom/deep/mine.txt": "mine",
        "notes.md": "mine",
        "sqlite/schema.sql": "one\n",
    }
    build(tmp_path, outputs(sqlite={}))
    assert artifacts_lying(tmp_path / "build") == {"boom/deep/mine.txt": "mine", "notes.md": "mine"}


def test_a_file_that_goes_over_to_another_target_stays_when_its_first_is_built_again(tmp_path: Path) -> None:
    build(tmp_path, outputs(a={"shared/x": "x"}, b={}))
    build(tmp_path, outputs(b={"shared/x": "x"}))
    assert build(tmp_path, outputs(a={})).removed == ()
    assert artifacts_lying(tmp_path / "build") == {"shared/x": "x"}


def test_a_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    build(tmp_path, outputs(a={"x": "file", "y/deep/z": "below"}))
    build(tmp_path, outputs(a={"x/deep/z": "below", "y": "file"}))
    assert artifacts_lying(tmp_path / "build") == {"x/deep/z": "below", "y": "file"}


def test_a_folder_with_a_strangers_file_does_not_become_a_file(tmp_path: Path) -> None:
    build(tmp_path, outputs(a={"y/z": "below"}))
    (tmp_path / "build/y/mine").write_text("mine")
    before = lying(tmp_path)
    assert refusal(tmp_path, outputs(a={"y": "file"})) == ["cannot write `build/y`: is a directory"]
    assert lying(tmp_path) == before


def test_an_edited_output_is_written_again(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    (tmp_path / "build/boom/a.json").write_text("edited")
    assert build(tmp_path, ONE).written == ("boom/a.json",)


def test_a_strangers_file_in_the_way_is_refused_unless_it_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "build/boom").mkdir(parents=True)
    (tmp_path / "build/boom/a.json").write_text("a\n")
    (tmp_path / "build/sqlite").mkdir()
    (tmp_path / "build/sqlite/schema.sql").write_text("mine\n")
    before = lying(tmp_path)
    assert refusal(tmp_path) == [
        "`build/sqlite/schema.sql` is in the way: no build wrote it, and its content is another"
    ]
    assert lying(tmp_path) == before
    (tmp_path / "build/sqlite/schema.sql").unlink()
    assert build(tmp_path, ONE).unchanged == ("boom/a.json",)


@pytest.mark.parametrize("out", ["../elsewhere", "/elsewhere", ".", "build/../..", ""])
def test_output_stays_below_the_project(tmp_path: Path, out: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    assert refusal(project, out=out) == [f"the output folder `{out}` does not lie below the project's folder"]
    assert lying(tmp_path) == {"project/": ""}


@pytest.mark.parametrize(
    "link", ["gen", "gen/build", "gen/build/boom", "gen/build/boom/a.json", "gen/build/.edgewise"]
)
def test_no_link_is_followed(tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.json").write_text("a\n")
    path = tmp_path / "project" / link
    path.parent.mkdir(parents=True)
    path.symlink_to(elsewhere / "a.json" if path.suffix == ".json" else elsewhere)
    (message,) = refusal(tmp_path / "project", out="gen/build")
    assert message.startswith(f"`{link}` is a link")
    assert lying(elsewhere) == {"a.json": "a\n"}


def test_nothing_is_removed_through_a_link(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "build/boom/deep").rename(elsewhere)
    (tmp_path / "build/boom/deep").symlink_to(elsewhere)
    assert build(tmp_path, TWO).removed == ()
    assert (tmp_path / "build/boom/deep").is_symlink()
    assert lying(elsewhere) == {"b.json": "b\n"}


def test_a_stage_that_is_a_link_is_not_swept(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("mine")
    (tmp_path / "build/.edgewise/stage").symlink_to(tmp_path / "mine")
    assert refusal(tmp_path, TWO) == ["`build/.edgewise/stage` is a link, where a folder has to be"]
    assert lying(tmp_path / "mine") == {"file": "mine"}


def test_a_removed_output_that_became_a_link_stays(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    (tmp_path / "build/boom/deep/b.json").unlink()
    (tmp_path / "build/boom/deep/b.json").symlink_to("../a.json")
    assert build(tmp_path, TWO).removed == ()
    assert (tmp_path / "build/boom/deep/b.json").is_symlink()


@pytest.mark.parametrize(
    ("path", "kind"), [("build", "not a regular file"), ("build/boom/a.json", "not a regular file")]
)
def test_pipes_are_neither_read_nor_replaced(tmp_path: Path, path: str, kind: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(tmp_path / path)
    (message,) = refusal(tmp_path)
    assert message.startswith(f"`{path}` is {kind}")


@pytest.mark.parametrize(("path", "needed"), [("build", "a folder"), ("build/boom", "a folder")])
def test_a_file_where_a_folder_has_to_be(tmp_path: Path, path: str, needed: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("mine")
    assert refusal(tmp_path) == [f"`{path}` is a file, where {needed} has to be"]


def test_a_folder_where_a_file_has_to_be(tmp_path: Path) -> None:
    (tmp_path / "build/boom/a.json").mkdir(parents=True)
    assert refusal(tmp_path) == ["`build/boom/a.json` is a folder, where a file has to be"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        "./a",
        "a/.",
        "a b",
        "a\n",
        "é",
        "a:b",
        ".edgewise/x",
        ".Edgewise/x",
    ],
)
def test_a_path_that_could_lead_elsewhere_is_a_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        write(str(tmp_path), "build", outputs(a={path: ""}))
    assert lying(tmp_path) == {}


@pytest.mark.parametrize(
    "wanted",
    [
        outputs(a={"x": "1"}, b={"x": "1"}),
        outputs(a={"x": "1", "X": "2"}),
        outputs(a={"x/a": "1", "X/b": "2"}),
        outputs(a={"x": "1", "x/y": "2"}),
        outputs(a={"X": "1", "x/y": "2"}),
    ],
)
def test_two_artifacts_for_one_file_are_a_bug(tmp_path: Path, wanted: Outputs) -> None:
    with pytest.raises(ValueError, match="one file"):
        write(str(tmp_path), "build", wanted)


def test_hidden_files_of_a_target_are_files_like_others(tmp_path: Path) -> None:
    build(tmp_path, outputs(a={".hidden/..x": "1", "a/.edgewise/y": "2"}))
    assert (tmp_path / "build/.hidden/..x").read_text() == "1"


def test_a_record_with_the_marks_of_a_merge_still_says_what_is_ours(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    record = tmp_path / "build" / MANIFEST
    ours, theirs = record.read_text(), record.read_text().replace("boom/a.json", "boom/theirs.json")
    record.write_text(f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n")
    (tmp_path / "build/boom/theirs.json").write_text("theirs")
    assert build(tmp_path, TWO).removed == ("boom/deep/b.json", "boom/theirs.json")
    assert json.loads(record.read_text())["targets"].keys() == {"boom", "sqlite"}


@pytest.mark.parametrize(
    "path", ["../precious", "x/../../precious", "/etc/precious", ".edgewise/manifest.json"]
)
def test_a_forged_record_leads_nowhere(tmp_path: Path, path: str) -> None:
    (tmp_path / "precious").write_text("precious")
    build(tmp_path, ONE)
    record = tmp_path / "build" / MANIFEST
    record.write_text(record.read_text().replace("boom/deep/b.json", path))
    assert build(tmp_path, TWO).removed == ()
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe", b"[" * 100_000, b'{"targets": null}'])
def test_a_broken_record_is_written_anew(tmp_path: Path, junk: bytes) -> None:
    build(tmp_path, ONE)
    whole = lying(tmp_path)
    (tmp_path / "build" / MANIFEST).write_bytes(junk)
    assert build(tmp_path, ONE).written == ()
    assert lying(tmp_path) == whole


def test_leftovers_of_a_crash_are_swept(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    whole = lying(tmp_path)
    (tmp_path / "build/.edgewise/stage").mkdir()
    (tmp_path / "build/.edgewise/stage/17").write_text("half")
    assert not build(tmp_path, ONE).healed
    assert lying(tmp_path) == whole


def test_a_build_that_died_while_it_renamed_is_healed(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    whole = lying(tmp_path)
    (tmp_path / "build" / MARKER).write_text((tmp_path / "build" / MANIFEST).read_text())
    assert build(tmp_path, ONE).healed
    assert lying(tmp_path) == whole


def test_many_files_are_flushed_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(os, "sync", lambda: flushed.append("all"))
    monkeypatch.setattr(os, "fsync", lambda _: flushed.append("one"))
    build(tmp_path, outputs(a={f"x/{number}": "" for number in range(500)}))
    assert flushed.count("all") >= 1
    assert flushed.count("one") < 10


def test_builds_take_turns(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    descriptor = os.open(tmp_path / "build", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    waits = threading.Event()
    done: list[Written | list[Diagnostic]] = []
    second = threading.Thread(target=lambda: done.append(write(str(tmp_path), "build", TWO, waits.set)))
    second.start()
    assert waits.wait(10)
    assert artifacts_lying(tmp_path / "build")["sqlite/schema.sql"] == "one\n"
    os.close(descriptor)
    second.join(10)
    assert isinstance(done[0], Written)
    assert artifacts_lying(tmp_path / "build")["sqlite/schema.sql"] == "two\n"


def test_a_folder_that_is_made_anew_while_a_build_waits_is_written(tmp_path: Path) -> None:
    build(tmp_path, ONE)
    descriptor = os.open(tmp_path / "build", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)

    def replace_folder() -> None:
        (tmp_path / "build").rename(tmp_path / "old")
        os.close(descriptor)

    assert isinstance(write(str(tmp_path), "build", TWO, replace_folder), Written)
    assert artifacts_lying(tmp_path / "build")["sqlite/schema.sql"] == "two\n"
    assert artifacts_lying(tmp_path / "old")["sqlite/schema.sql"] == "one\n"


MANY_BUILDS = """
import sys
from edgewise.output import write, Written
from edgewise.target import Artifact
root, name = sys.argv[1:]
for _ in range(15):
    paths = [f"{folder}/{name if number % 3 else 'x'}{number}" for folder in "ab" for number in range(9)]
    files = [Artifact(path, name.encode()) for path in paths]
    done = write(root, "build", {"t": files})
    assert isinstance(done, Written), done
    assert not done.healed
"""


def test_builds_at_once_leave_the_whole_of_one(tmp_path: Path) -> None:
    path = os.pathsep.join(entry for entry in sys.path if entry)
    running = [
        subprocess.Popen([sys.executable, "-c", MANY_BUILDS, str(tmp_path), name], env={"PYTHONPATH": path})
        for name in ("first", "second", "third")
    ]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    found = artifacts_lying(tmp_path / "build")
    (name,) = set(found.values())
    assert set(found) == {
        f"{folder}/{name if number % 3 else 'x'}{number}" for folder in "ab" for number in range(9)
    }


TOO_LARGE = """
import resource, sys
from edgewise.output import write
from edgewise.target import Artifact
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
(said,) = write(sys.argv[1], "build", {"t": [Artifact("t/small", b"x"), Artifact("t/large", b"x" * 100_000)]})
print(said.message, "|", said.help)
"""


@pytest.mark.parametrize("before", [ONE, None])
def test_a_file_that_the_system_does_not_take_leaves_things_as_they_were(
    tmp_path: Path, before: Outputs | None
) -> None:
    if before:
        build(tmp_path, before)
    lay = lying(tmp_path)
    path = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, "-c", TOO_LARGE, str(tmp_path)],
        env={"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (
        done.stdout == "cannot write `build/t/large`: file too large | the outputs are as they were before\n"
    )
    assert done.stderr == ""
    assert lying(tmp_path) == lay
