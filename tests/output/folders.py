"""Artifacts in short, and what lies in a folder."""

from __future__ import annotations

from pathlib import Path

from edgewise.output import Outputs
from edgewise.target import Artifact

MANIFEST = ".edgewise/manifest.json"
MARKER = ".edgewise/unfinished.json"


def outputs(**targets: dict[str, str]) -> Outputs:
    """Return artifacts by target, from texts by path."""
    return {
        target: tuple(Artifact(path, text.encode()) for path, text in files.items())
        for target, files in targets.items()
    }


def lying(folder: Path) -> dict[str, str]:
    """Return the texts of all files below a folder by path, and empty folders with a `/` behind them."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                found[f"{name}/"] = ""
        else:
            found[name] = path.read_text()
    return found


def artifacts_lying(folder: Path) -> dict[str, str]:
    """Return the same without what the writer keeps for itself."""
    return {path: text for path, text in lying(folder).items() if not path.startswith(".edgewise")}
