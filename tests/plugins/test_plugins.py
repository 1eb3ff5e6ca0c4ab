"""Targets of installed packages: the example of docs/targets.md, and what can be wrong with one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from command import ROOT, SOURCE_ROOTS, Done

from edgewise.target import Target

TEXT = (ROOT / "docs" / "targets.md").read_text(encoding="utf-8")
# A paragraph that ends in a colon and names a file, and the block after it.
SHOWN: dict[str, str] = dict(
    re.findall(
        r"`([\w./]+\.\w+)`(?:(?!\n\n|`[\w./]+\.\w+`).)*:\n\n```\w+\n(.*?)^```$",
        TEXT,
        re.MULTILINE | re.DOTALL,
    )
)
MODULE = "edgewise_glossary.py"
MANIFEST = "schemas/shop.yaml"
NO_PLUGIN = "version: 1\ntargets: {sqlite: {}}\n"
BLAND = """\
object_types: {person: {}, order: {}}
relationship_types: {placed: {from: person, to: order, cardinality: one_to_many, inverse: placed_by}}
"""


@dataclass(frozen=True)
class Machine:
    """A folder of installed packages, and a project."""

    packages: Path
    project: Path

    def install(self, package: str, entries: dict[str, str], modules: dict[str, str]) -> None:
        """Install a package as an installer leaves it: its modules, and a folder that says what it offers."""
        info = self.packages / f"{package.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        offers = "".join(f"{name} = {value}\n" for name, value in entries.items())
        (info / "entry_points.txt").write_text(f"[edgewise.targets]\n{offers}")
        for name, text in modules.items():
            (self.packages / name).write_text(text, encoding="utf-8")

    def install_example(self) -> None:
        stated = tomllib.loads(SHOWN["pyproject.toml"])["project"]
        offers = stated["entry-points"]["edgewise.targets"]
        self.install(stated["name"], offers, {MODULE: SHOWN[MODULE]})

    def write(self, path: str, text: str) -> None:
        (self.project / path).write_text(textwrap.dedent(text), encoding="utf-8")

    def run(self, *arguments: str) -> Done:
        """Run the command with the packages installed."""
        done = subprocess.run(
            (sys.executable, "-c", "from edgewise.cli import main; main()", *arguments),
            cwd=self.project,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((SOURCE_ROOTS, str(self.packages)))},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert "bug in edgewise" not in done.stderr
        return done

    @property
    def files(self) -> set[str]:
        """What was built, but for the record of it."""
        out = self.project / "build"
        found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
        return {path for path in found if not path.startswith(".")}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A project of the example's files, where no package is installed yet."""
    machine = Machine(tmp_path / "packages", tmp_path / "project")
    machine.packages.mkdir()
    (machine.project / "schemas").mkdir(parents=True)
    for path in ("edgewise.yaml", MANIFEST):
        machine.write(path, SHOWN[path])
    return machine


# ---- the example ----


def test_every_file_of_the_example_is_used_here() -> None:
    used = {"pyproject.toml", MODULE, "edgewise.yaml", MANIFEST, "build/glossary/glossary.md"}
    assert set(SHOWN) == used
    assert TEXT.count("\n```") == 2 * len(used)


def test_the_page_tells_of_every_field_of_a_target() -> None:
    cells = re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == {
        field.name for field in fields(Target)
    }


def test_a_named_target_checks_emits_and_describes(machine: Machine) -> None:
    machine.install_example()
    built = machine.run("build", "--fail-on", "warning")
    assert (built.returncode, built.stderr) == (0, "")
    assert machine.files == {"sql/sqlite.sql", "sql/sqlite.rules.json", "glossary/glossary.md"}
    page = machine.project / "build" / "glossary" / "glossary.md"
    assert page.read_text(encoding="utf-8") == SHOWN["build/glossary/glossary.md"]
    assert machine.run("build", "--check").returncode == 0
    explained = machine.run("explain", "placed").stdout
    assert "  glossary  the entry `to place an order`\n" in explained
    assert "  glossary  left out\n" in machine.run("explain", "packed").stdout


def test_what_a_named_target_says_counts(machine: Machine) -> None:
    machine.install_example()
    machine.write(MANIFEST, SHOWN[MANIFEST].replace("glossary: false", "glossary: to place an order"))
    done = machine.run("check", "-v", "--format", "concise")
    assert done.returncode == 1
    assert "error[EW605] `packed` and `placed` are both `to place an order` in the glossary" in done.stdout
    assert machine.run("build").returncode == 1
    assert machine.files == set()


def test_the_schema_of_a_named_target_holds_for_manifests_and_options(machine: Machine) -> None:
    machine.install_example()
    machine.write(MANIFEST, SHOWN[MANIFEST].replace("to place an order", "{trem: to place}"))
    assert "did you mean `term`?" in machine.run("check").stdout
    machine.write("edgewise.yaml", SHOWN["edgewise.yaml"].replace("title", "titel"))
    done = machine.run("check")
    assert done.returncode == 2
    assert "did you mean `title`?" in done.stdout


def test_the_target_option_names_it_too(machine: Machine) -> None:
    machine.install_example()
    machine.write("edgewise.yaml", NO_PLUGIN)
    built = machine.run("build", "--target", "glossary")
    assert (built.returncode, machine.files) == (0, {"glossary/glossary.md"})
    page = machine.project / "build" / "glossary" / "glossary.md"
    assert page.read_text(encoding="utf-8").startswith("# Glossary\n")


@pytest.mark.parametrize("config", [NO_PLUGIN, "version: 1\n"])
def test_a_target_that_is_not_named_does_not_run(machine: Machine, config: str) -> None:
    """Nor is its package loaded: that it is installed changes nothing."""
    machine.install("loud", {"loud": "loud:TARGET"}, {"loud.py": "raise SystemExit('loaded')\n"})
    machine.install_example()
    machine.write("edgewise.yaml", config)
    machine.write(MANIFEST, BLAND)
    assert machine.run("build").returncode == 0
    assert "sql/sqlite.sql" in machine.files
    assert "glossary/glossary.md" not in machine.files
    assert "glossary" not in machine.run("explain", "placed").stdout
    machine.write(MANIFEST, SHOWN[MANIFEST])
    refused = machine.run("check")
    assert refused.returncode == 1
    assert "unknown target `glossary`" in refused.stdout


def test_only_the_package_that_is_named_is_loaded(machine: Machine) -> None:
    machine.install("loud", {"loud": "loud:TARGET"}, {"loud.py": "raise SystemExit('loaded')\n"})
    machine.install_example()
    assert machine.run("build").returncode == 0


def test_a_target_that_is_not_installed_is_told(machine: Machine) -> None:
    done = machine.run("check")
    assert done.returncode == 2
    assert "error[EW901]: unknown target `glossary`" in done.stdout
    assert " --> edgewise.yaml:4:3 " in done.stdout
    machine.write("edgewise.yaml", NO_PLUGIN)
    assert machine.run("build", "--target", "glossary").returncode == 2


# ---- the commands that list them ----


def test_targets_lists_those_that_are_installed(machine: Machine) -> None:
    machine.install_example()
    assert "\nglossary (installed, runs where a project names it)\n" in machine.run("targets").stdout
    listed = json.loads(machine.run("targets", "--format", "json").stdout)["targets"]
    assert [each["name"] for each in listed if each["installed"]] == ["glossary"]
    assert len(listed) > 1


def test_the_schema_for_editors_has_those_that_are_installed(machine: Machine) -> None:
    machine.install_example()
    definitions = json.loads(machine.run("schema").stdout)["$defs"]
    assert "glossary" in definitions["relationship_type_targets"]["properties"]


# ---- those that cannot be used ----

BROKEN = {
    "no module": ({}, "ModuleNotFoundError: No module named 'broken'"),
    "no such name": (
        {"broken.py": "OTHER = 1\n"},
        "AttributeError: module 'broken' has no attribute 'TARGET'",
    ),
    "no Python": ({"broken.py": "TARGET =\n"}, "SyntaxError: invalid syntax"),
    "an error of several lines": ({"broken.py": "raise RuntimeError('a\\n b')\n"}, "RuntimeError: a b"),
    "an end": ({"broken.py": "raise SystemExit(0)\n"}, "SystemExit: 0"),
    "no target": ({"broken.py": "TARGET = {}\n"}, "`broken:TARGET` is no `Target` but a `dict`"),
    "another name": ({"broken.py": SHOWN[MODULE]}, "it calls itself `glossary`"),
}


@pytest.mark.parametrize(("modules", "reason"), BROKEN.values(), ids=BROKEN)
def test_one_that_cannot_be_used_is_told_where_it_is_named(
    machine: Machine, modules: dict[str, str], reason: str
) -> None:
    machine.install("edgewise-broken", {"broken": "broken:TARGET"}, modules)
    machine.write("edgewise.yaml", "version: 1\ntargets:\n  sqlite: {}\n  broken: {}\n")
    done = machine.run("check")
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith(f"error[EW901]: the installed target `broken` cannot be used: {reason}")
    assert " --> edgewise.yaml:4:3   targets.broken\n" in done.stdout
    assert "= help: mend or uninstall `edgewise-broken`\n" in done.stdout
    assert machine.run("build").returncode == 2
    assert machine.files == set()


def test_one_that_cannot_be_used_is_told_where_an_option_names_it(machine: Machine) -> None:
    machine.install("edgewise-broken", {"broken": "broken:TARGET"}, {})
    machine.write("edgewise.yaml", NO_PLUGIN)
    machine.write(MANIFEST, BLAND)
    done = machine.run("build", "--target", "broken")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error[EW901]: the installed target `broken` cannot be used: ")
    assert machine.run("build").returncode == 0


@pytest.mark.parametrize("command", ["targets", "schema"])
def test_listing_tells_it_after_all_the_others(machine: Machine, command: str) -> None:
    machine.install("edgewise-broken", {"broken": "broken:TARGET"}, {})
    machine.install_example()
    done = machine.run(command)
    assert done.returncode == 2
    assert "glossary" in done.stdout
    assert "broken" not in done.stdout
    assert done.stderr.startswith("error[EW901]: the installed target `broken` cannot be used: ")


def test_a_name_that_two_packages_offer_is_nobodys(machine: Machine) -> None:
    machine.install_example()
    machine.install("another", {"glossary": "edgewise_glossary:TARGET"}, {})
    done = machine.run("check")
    assert done.returncode == 2
    assert "`glossary` cannot be used: more than one package offers it\n" in done.stdout
    assert "mend or uninstall `another` or `edgewise-glossary`\n" in done.stdout


def test_no_package_takes_the_place_of_a_target_that_comes_with_edgewise(machine: Machine) -> None:
    machine.install("taker", {"sqlite": "edgewise_glossary:TARGET"}, {})
    machine.install_example()
    assert machine.run("build").returncode == 0
    assert "CREATE TABLE" in (machine.project / "build" / "sql" / "sqlite.sql").read_text(encoding="utf-8")
    done = machine.run("targets")
    assert done.returncode == 2
    assert "`sqlite` cannot be used: a target of that name comes with edgewise" in done.stderr
