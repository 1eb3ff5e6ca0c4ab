"""How a run can end, in a process of its own: closed pipes, full disks, poor terminals, interrupts, bugs."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from catalogs import CLEAN, UNKNOWN, project
from command import COMMAND, SOURCE_ROOTS, edgewise

ENVIRONMENT = {**os.environ, "PYTHONPATH": SOURCE_ROOTS}
MAIN = "from edgewise.cli import main; main()"


def python(folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with something done to it before."""
    return subprocess.run(
        [sys.executable, "-c", f"{code}\n{MAIN}", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "ends"),
    [(["check"], 1), (["schema"], 0), (["--help"], 0), (["--version"], 0), (["explain", "EW101"], 0)],
)
def test_a_closed_pipe_is_a_quiet_end(tmp_path: Path, arguments: list[str], ends: int) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as nobody:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=project(tmp_path, UNKNOWN),
            env=ENVIRONMENT,
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (ends, b"")


def test_a_build_that_nobody_listens_to_is_a_build(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    command = f"{sys.executable} -c '{MAIN}' build 2>&- >&-"
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=ENVIRONMENT, check=False)
    assert done.returncode == 0
    assert edgewise("build", "--check", cwd=folder).returncode == 0


def test_what_belongs_on_a_closed_stream_goes_nowhere_else(tmp_path: Path) -> None:
    folder = project(tmp_path, UNKNOWN)
    for arguments in ("build", "chek", "explain nothing-like-it"):
        command = f"{sys.executable} -c '{MAIN}' {arguments} 2>&-"
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, check=False
        )
        assert done.returncode == (1 if arguments == "build" else 2)
        assert done.stdout == b""


@pytest.mark.parametrize("arguments", [["check"], ["schema"], ["--help"], ["--version"]])
def test_standard_output_that_is_full_is_told(tmp_path: Path, arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=project(tmp_path, CLEAN),
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"edgewise: standard output: no space left on device\n"


@pytest.mark.parametrize(
    "poor",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["encoding", "locale"],
)
def test_what_a_terminal_cannot_show_is_escaped(tmp_path: Path, poor: dict[str, str]) -> None:
    folder = project(tmp_path, {"schemas/größe.yaml": "object_types: {größe: {}}\n"})
    done = edgewise("check", cwd=folder, env={**os.environ, **poor})
    assert done.returncode == 1
    assert done.stdout.isascii()
    assert r" --> schemas/gr\xf6\xdfe.yaml:1:16" in done.stdout
    as_json = edgewise("check", "--format", "json", cwd=folder, env={**os.environ, **poor})
    assert r"schemas/gr\u00f6\u00dfe.yaml" in as_json.stdout


def test_a_path_that_is_no_text_is_told_as_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [*(os.fsencode(part) for part in COMMAND), b"check", b"\xff\x1b[31m.yaml"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout.startswith(rb"error[EW902]: cannot read \xff\x1b[31m.yaml: no such file")


def test_a_bug_says_so_and_asks_for_a_report(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    break_it = "import edgewise.compile\nedgewise.compile.check = lambda *_: {}['key']"
    done = python(folder, break_it, "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "edgewise: this is a bug in edgewise, not a mistake of yours.\n"
        "  KeyError: 'key'\n"
        "Please report it, with what the same command says with --debug.\n"
    )
    debugged = python(folder, break_it, "check", "--debug")
    assert debugged.returncode == 2
    assert debugged.stderr.startswith("Traceback (most recent call last):\n")
    assert debugged.stderr.endswith(done.stderr)


def test_what_the_machine_refuses_is_no_bug(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    refuse = "import edgewise.compile\ndef refuse(*_): raise {}\nedgewise.compile.check = refuse"
    done = python(folder, refuse.format("OSError(5, 'Input/output error', 'disk')"), "check")
    assert (done.returncode, done.stderr) == (2, "edgewise: disk: input/output error\n")
    done = python(folder, refuse.format("MemoryError()"), "check")
    assert (done.returncode, done.stderr) == (2, "edgewise: there is not enough memory\n")


INTERRUPT_AT_IMPORT = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
"""


@pytest.mark.parametrize("module", ["edgewise.cli.app", "click", "edgewise.compile", "yaml", "orjson"])
def test_an_interrupt_while_modules_are_loaded(tmp_path: Path, module: str) -> None:
    done = python(project(tmp_path, CLEAN), INTERRUPT_AT_IMPORT.format(module=module), "check")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


INTERRUPT_AT_CALL = """
import os, signal
from edgewise.output import writer
real = writer.{function}
def interrupted(*arguments, **more):
    done = real(*arguments, **more)
    os.kill(os.getpid(), signal.{signal})
    return done
writer.{function} = interrupted
"""


@pytest.mark.parametrize("stop", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("function", ["_put", "_stage", "_keep", "_rename", "_replace", "_flush"])
def test_an_interrupt_leaves_the_old_outputs_or_the_new_ones(
    tmp_path: Path, function: str, stop: str
) -> None:
    folder = project(tmp_path, CLEAN)
    assert edgewise("build", cwd=folder).returncode == 0
    built = {path: path.read_bytes() for path in (folder / "build").rglob("*") if path.is_file()}
    changed = (folder / "schemas/placed.yaml").read_text().replace("one_to_many", "many_to_many")
    (folder / "schemas/placed.yaml").write_text(changed)
    done = python(folder, INTERRUPT_AT_CALL.format(function=function, signal=stop), "build")
    assert done.returncode == (130 if stop == "SIGINT" else -signal.SIGTERM)
    assert (done.stdout, done.stderr.strip()) == ("", "")
    if function in {"_put", "_stage", "_flush"}:  # they come before anything is renamed
        assert all(path.read_bytes() == content for path, content in built.items())
    else:
        assert edgewise("build", "--check", cwd=folder).returncode == 0
    again = edgewise("build", cwd=folder)
    assert (again.returncode, again.stderr) == (0, "")
    assert edgewise("build", "--check", cwd=folder).returncode == 0
    assert not (folder / "build/.edgewise/stage").exists()


def test_an_interrupt_at_any_time(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    for tenths in range(1, 8):
        with subprocess.Popen(
            [*COMMAND, "build"], cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE
        ) as running:
            time.sleep(tenths / 20)
            running.send_signal(signal.SIGINT)
            _, said = running.communicate()
        # Before the program has begun, the interpreter has its own way to end.
        assert running.returncode in {0, 130, -signal.SIGINT}
        if running.returncode != -signal.SIGINT:
            assert said.strip() == b""
        # The folder itself may have been made by then, with nothing in it.
        there = any(path.is_file() for path in (folder / "build").rglob("*.sql"))
        assert not there or edgewise("build", "--check", cwd=folder).returncode == 0


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "edgewise", "check", "--frmat"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: edgewise check ")


def test_the_shell_completes_commands_and_options(tmp_path: Path) -> None:
    def completed(words: str) -> list[str]:
        asked = {
            "_EDGEWISE_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        }
        done = edgewise(cwd=tmp_path, env={**os.environ, **asked})
        assert (done.returncode, done.stderr) == (0, "")
        return re.findall(r"^plain,(.+)$", done.stdout, re.MULTILINE)

    assert completed("edgewise bu") == ["build"]
    assert completed("edgewise check --fail-on w") == ["warning"]
    assert "--out" in completed("edgewise build --o")
