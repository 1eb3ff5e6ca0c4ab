"""README.md, held to what it says: its example is compiled, its tables and links are looked up."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import ROOT, Done, edgewise

from edgewise.cli.commands import COMMANDS
from edgewise.output import MANIFEST
from edgewise_targets import TARGETS

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    *(f"docs/{path.name}" for path in sorted(ROOT.glob("docs/*.md"))),
)
# A file that a paragraph begins with which a block follows: the path, the language, what stands in the file.
QUOTED = re.findall(
    r"\n\n(?:and )?`([\w./-]+)`(?:(?!\n\n).)*:\n\n```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
)
SESSIONS: dict[str, str] = dict(
    re.findall(r"^```console\n\$ (edgewise [^\n]*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
)
MISSPELT, MENDED = "to: ordr\n", "to: order\n"


def quoted(language: str) -> tuple[str, str]:
    """Return the one file of which the README shows something in a language, and what it shows."""
    ((path, shown),) = ((path, shown) for path, of, shown in QUOTED if of == language)
    return path, shown


def timeless(said: str) -> str:
    return re.sub(r"\(\d+\.\d\d s\)", "(0.00 s)", said)


@pytest.fixture(scope="module")
def checked(shop: Path) -> Done:
    """What came of the misspelt manifest, before it is mended."""
    return edgewise("check", cwd=shop)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of the example, as it is shown."""
    folder = tmp_path_factory.mktemp("shop")
    path, manifest = quoted("yaml")
    (folder / path).parent.mkdir()
    (folder / path).write_text(manifest, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def mended(shop: Path, checked: Done) -> Path:
    """The project once the misspelling is mended; asking for `checked` puts that before."""
    manifest = shop / quoted("yaml")[0]
    text = manifest.read_text(encoding="utf-8")
    assert text.count(MISSPELT) == 1
    manifest.write_text(text.replace(MISSPELT, MENDED), encoding="utf-8")
    return shop


@pytest.fixture(scope="module")
def built(mended: Path) -> Done:
    return edgewise("build", cwd=mended)


# ---- the example ----


def test_all_sessions_are_run_here() -> None:
    assert set(SESSIONS) == {"edgewise check", "edgewise build", "edgewise explain placed"}


def test_check_says_what_is_shown(checked: Done) -> None:
    assert (checked.returncode, checked.stderr) == (1, "")
    assert timeless(checked.stdout) == timeless(SESSIONS["edgewise check"])


def test_build_says_what_is_shown(built: Done) -> None:
    assert (built.returncode, built.stderr) == (0, "")
    assert timeless(built.stdout) == timeless(SESSIONS["edgewise build"])


def test_explain_begins_as_is_shown(mended: Path) -> None:
    done = edgewise("explain", "placed", cwd=mended)
    assert (done.returncode, done.stderr) == (0, "")
    shown = SESSIONS["edgewise explain placed"]
    assert shown.count("\n") > 3
    assert done.stdout.startswith(shown)
    # And it goes on to say what each target makes of it.
    said = done.stdout.partition("\ntargets\n")[2]
    assert re.findall(r"^  (\w+) ", said, re.MULTILINE) == [target.name for target in TARGETS]


def test_the_sql_stands_in_its_file(built: Done, mended: Path) -> None:
    path, shown = quoted("sql")
    assert shown in (mended / path).read_text(encoding="utf-8")


def test_the_json_is_its_file(built: Done, mended: Path) -> None:
    path, shown = quoted("json")
    assert (mended / path).read_text(encoding="utf-8") == shown
    assert json.loads(shown)["role"] == "placed"


# ---- the table of targets ----


def test_the_table_has_every_target_and_no_other() -> None:
    assert list(table()) == [target.name for target in TARGETS]


def test_the_table_tells_the_files_of_each_target(built: Done, mended: Path) -> None:
    recorded = json.loads((mended / "build" / MANIFEST).read_bytes())["targets"]
    assert set(recorded) == set(table())
    for target, places in table().items():
        named = {
            path: [
                place for place in places if path == place or (place[-1] == "/" and path.startswith(place))
            ]
            for path in recorded[target]
        }
        assert [path for path, found in named.items() if not found] == [], target
        assert {place for found in named.values() for place in found} == set(places), target


def table() -> dict[str, list[str]]:
    """Return the places that the table names of each target."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", README, re.MULTILINE)
    return {name: re.findall(r"`([^`]+)`", places) for name, places in rows}


# ---- what else it names ----


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(((?!https?://)[^)#]+)(#[^)]*)?\)", text)
    assert [link for link, _ in links if not (ROOT / page).parent.joinpath(link).is_file()] == []
    assert links or page != "README.md"


def test_the_hooks_are_those_that_are_offered() -> None:
    (shown,) = re.findall(r"^```yaml\n(repos:\n.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (repository,) = yaml.safe_load(shown)["repos"]
    offered: list[dict[str, Any]] = yaml.safe_load(
        (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    )
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in offered]


def test_every_command_exists() -> None:
    named = set(re.findall(r"(?:`|^\$ )edgewise ([a-z-]+)", README, re.MULTILINE))
    assert {"check", "build", "explain", "schema"} <= named <= {str(command.name) for command in COMMANDS}


def test_every_goal_of_make_exists() -> None:
    goals = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"^\$ make (\w+)", README, re.MULTILINE))
    assert {"build", "test"} <= named <= goals


def test_the_version_of_python_is_the_one_asked_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert f"Python {asked.removeprefix('>=')} or later" in README
