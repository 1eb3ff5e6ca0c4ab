"""docs/pictures.md, held to what it says: its example is drawn, its tables are looked up."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command import ROOT, edgewise_here

from edgewise_targets import TARGETS

PAGE = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
((MANIFEST, SHOP),) = re.findall(r"^`([\w/.]+)`:\n\n```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SESSIONS: list[tuple[str, str]] = re.findall(
    r"^```console\n\$ edgewise ([^\n]*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / MANIFEST
    path.parent.mkdir()
    path.write_text(SHOP, encoding="utf-8")
    return tmp_path


def test_every_command_says_what_is_shown(shop: Path) -> None:
    assert len(SESSIONS) == PAGE.count("\n$ ") == 3
    for command, shown in SESSIONS:
        done = edgewise_here(*command.split(), cwd=shop)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == shown, command


def test_the_picture_is_what_mermaid_is_given() -> None:
    (source,) = re.findall(r"^```mermaid\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert source == dict(SESSIONS)["graph"]


def test_every_language_is_told_of() -> None:
    told = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert told == [language for target in TARGETS for language in target.pictures]


def test_the_version_of_the_shape_is_shown() -> None:
    shown = json.loads(next(said for command, said in SESSIONS if command.endswith("json")))
    assert shown["version"] == 1
