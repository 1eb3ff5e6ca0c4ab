"""The `edgewise` command of this working tree, in a process of its own and in this one."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parent.parent
SOURCE_ROOTS = os.pathsep.join(str(ROOT / part) for part in ("compiler", "targets"))
COMMAND = (sys.executable, "-c", "from edgewise.cli import main; main()")
Done = subprocess.CompletedProcess[str]


def edgewise(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None, umask: int = -1) -> Done:
    """Run the command to its end, whatever it ends with; `env` takes the place of the environment."""
    return subprocess.run(
        (*COMMAND, *arguments),
        cwd=cwd,
        env={**(os.environ if env is None else env), "PYTHONPATH": SOURCE_ROOTS},
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def edgewise_here(*arguments: str, cwd: Path) -> Done:
    """Run the command in this process, which saves a hundred tests the start of a hundred interpreters."""
    from edgewise.cli import run  # noqa: PLC0415 - most tests that use this module do not need it

    said, complained = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complained),
        mock.patch.object(sys, "argv", ["edgewise", *arguments]),
    ):
        try:
            status = run()
        finally:  # what ends with its process otherwise
            gc.enable()
    return subprocess.CompletedProcess(arguments, status, _text(said), _text(complained))


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
