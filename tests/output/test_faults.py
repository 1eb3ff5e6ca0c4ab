"""The writer when the machine fails it: at the first system call, the second, and on until it runs through.

Afterwards the outputs are the old ones or the new ones, or the next command says that they are mixed and
heals them.
"""

from __future__ import annotations

import errno
import os
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from folders import MANIFEST, MARKER, artifacts_lying, lying, outputs

from edgewise.diagnostics import Code
from edgewise.output import Outputs, Written, compare, comparison, folder, write, writer

# All ways in which the writer asks something of the machine.
LOOKING = ("close", "fstat", "listdir", "lstat", "open", "read")
CHANGING = ("fsync", "link", "mkdir", "rename", "rmdir", "sync", "unlink", "write")
CALLS = frozenset((*LOOKING, *CHANGING))
OLD = outputs(
    a={
        "a/changed": "old",
        "a/same": "same",
        "a/gone/x": "x",
        "a/gone/y": "y",
        "a/file": "f",
        "a/folder/z": "z",
    }
)
NEW = outputs(
    a={
        "a/changed": "new\n" * 9,
        "a/same": "same",
        "a/new": "new",
        "a/more/new": "new",
        "a/folder": "now a file",
    }
    | {"a/file/below": "now a folder"}
)
THIRD = outputs(a={"a/changed": "third", "a/other/third": "third", "a/more/new": "third"})


class Machine:
    """The `os` module, with a fault at one of the calls, or from one of them on."""

    def __init__(
        self, fault: Callable[[str, tuple[Any, ...]], None], number: int, *, lasting: bool = False
    ) -> None:
        self.fault, self.number, self.lasting = fault, number, lasting
        self.calls = 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in CALLS:
            return real

        def call(*arguments: Any, **more: Any) -> Any:
            self.calls += 1
            if self.calls == self.number or (self.lasting and self.calls > self.number):
                self.fault(name, arguments)
            return real(*arguments, **more)

        return call


def killed(name: str, arguments: tuple[Any, ...]) -> None:
    if name == "write":  # what was being written is torn
        os.write(arguments[0], arguments[1][: len(arguments[1]) // 2])
    os._exit(77)


def failing(number: int) -> Callable[[str, tuple[Any, ...]], None]:
    def fail(name: str, arguments: tuple[Any, ...]) -> None:
        # What only looks does not run out of space, and what removes does not either.
        if number == errno.ENOSPC and name not in {"link", "mkdir", "open", "rename", "write", "fsync"}:
            return
        if name == "close":  # it is closed all the same
            os.close(arguments[0])
        raise OSError(number, os.strerror(number))

    return fail


def on(machine: Machine, root: Path, wanted: Outputs) -> Any:
    """Build on a machine with a fault."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (comparison, folder, writer):
            patch.setattr(module, "os", machine)
        return write(str(root), "build", wanted)


def in_child(machine: Machine, root: Path, wanted: Outputs) -> bool:
    """Build in a process of its own; tell whether it lived to the end."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # a test runner may have threads; the child has none
        child = os.fork()
    if child == 0:
        try:
            done = on(machine, root, wanted)
            os._exit(0 if isinstance(done, Written) else 1)
        finally:
            os._exit(2)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, 77}, status
    return status == 0


def project(path: Path, wanted: Outputs | None) -> Path:
    path.mkdir()
    if wanted is not None:
        assert isinstance(write(str(path), "build", wanted), Written)
    return path


def whole(path: Path, wanted: Outputs | None) -> dict[str, str]:
    return lying(project(path, wanted) / "build")


def without_leftovers(root: Path) -> dict[str, str]:
    """Return what lies in the output folder but for what is staged there, which nobody takes for output."""
    found = lying(root / "build")
    return {
        path: text for path, text in found.items() if path == MANIFEST or not path.startswith(".edgewise/")
    }


def is_said_to_be_mixed(root: Path, wanted: Outputs) -> bool:
    said, *_ = compare(str(root), "build", wanted)
    return any(each.code is Code.STALE_OUTPUT and "died" in each.message for each in said)


def expect_old_new_or_seen(
    root: Path, before: dict[str, str], after: dict[str, str], wanted: Outputs
) -> bool:
    """Check that nothing is half done unseen, then build again; tell whether there was something to heal."""
    marked = (root / "build" / MARKER).exists()
    if marked:
        assert is_said_to_be_mixed(root, wanted)
    else:
        assert artifacts_lying(root / "build") in (
            {path: text for path, text in each.items() if not path.startswith(".edgewise")}
            for each in (before, after)
        )
    done = write(str(root), "build", wanted)
    assert isinstance(done, Written), done
    assert done.healed == marked
    assert lying(root / "build") == after
    return marked


@pytest.fixture(params=["few", "many"])
def flushing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flush one by one, and all at once, as if these were many files."""
    if request.param == "many":
        monkeypatch.setattr(writer, "_FEW", 0)


@pytest.mark.usefixtures("flushing")
@pytest.mark.parametrize("old", [None, OLD], ids=["first", "next"])
def test_killed_at_any_call(tmp_path: Path, old: Outputs | None) -> None:
    before, after = whole(tmp_path / "before", old), whole(tmp_path / "after", NEW)
    healed = number = 0
    while True:
        number += 1
        root = project(tmp_path / str(number), old)
        lived = in_child(Machine(killed, number), root, NEW)
        healed += expect_old_new_or_seen(root, before, after, NEW)
        if lived:
            break
    assert number > 40
    assert healed > 5


def test_killed_twice_with_other_outputs_each_time(tmp_path: Path) -> None:
    after = whole(tmp_path / "after", THIRD)
    mixed = project(tmp_path / "mixed", OLD)
    number = 1
    while not (mixed / "build" / MARKER).exists() or "a/new" not in lying(mixed / "build"):
        number += 1
        in_child(Machine(killed, number), mixed, NEW)
    for again in range(1, 200):
        root = tmp_path / str(again)
        shutil.copytree(mixed, root)
        lived = in_child(Machine(killed, again), root, THIRD)
        assert lived or is_said_to_be_mixed(root, THIRD) or without_leftovers(root) == after
        assert isinstance(write(str(root), "build", THIRD), Written)
        assert lying(root / "build") == after
        if lived:
            return
    pytest.fail("it never ran through")


@pytest.mark.parametrize("old", [None, OLD], ids=["first", "next"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_failed_at_any_call(tmp_path: Path, fault: int, old: Outputs | None) -> None:
    before, after = whole(tmp_path / "before", old), whole(tmp_path / "after", NEW)
    taken_back = number = 0
    while True:
        number += 1
        root = project(tmp_path / str(number), old)
        machine = Machine(failing(fault), number)
        done = on(machine, root, NEW)
        if machine.calls < number:
            assert isinstance(done, Written)
            break
        if isinstance(done, list):
            (said,) = done
            assert said.code is Code.CANNOT_WRITE
            assert said.message.startswith("cannot write `build")
            assert said.message.endswith(os.strerror(fault).lower())
            if "as they were" in said.help:
                taken_back += 1
                assert not (root / "build" / MARKER).exists()
                assert without_leftovers(root) == before
        else:
            assert without_leftovers(root) == after
        expect_old_new_or_seen(root, before, after, NEW)
    assert number > 40
    assert taken_back > 20


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO])
def test_failing_from_any_call_on(tmp_path: Path, fault: int) -> None:
    before, after = whole(tmp_path / "before", OLD), whole(tmp_path / "after", NEW)
    number = 0
    while True:
        number += 1
        root = project(tmp_path / str(number), OLD)
        machine = Machine(failing(fault), number, lasting=True)
        done = on(machine, root, NEW)
        if machine.calls < number:
            break
        if isinstance(done, list) and "as they were" in done[0].help:
            assert without_leftovers(root) == before
        elif isinstance(done, list):
            assert "some outputs are new and some old" in done[0].help
        expect_old_new_or_seen(root, before, after, NEW)
    assert number > 40


def test_a_disk_without_hard_links(tmp_path: Path) -> None:
    after = whole(tmp_path / "after", NEW)
    root = project(tmp_path / "root", OLD)

    def no_links(name: str, _: tuple[Any, ...]) -> None:
        if name == "link":
            raise OSError(errno.EPERM, "no hard links here")

    assert isinstance(on(Machine(no_links, 1, lasting=True), root, NEW), Written)
    assert lying(root / "build") == after


def test_a_disk_that_flushes_no_folders(tmp_path: Path) -> None:
    root = project(tmp_path / "root", OLD)

    def no_flush(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "fsync" and os.path.isdir(f"/proc/self/fd/{arguments[0]}"):
            raise OSError(errno.EINVAL, "not a file")

    assert isinstance(on(Machine(no_flush, 1, lasting=True), root, NEW), Written)
