"""What each command loads: start-up is paid at every commit and every save."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from catalogs import CLEAN, UNKNOWN, project
from command import SOURCE_ROOTS

OURS = ("edgewise", "edgewise_targets")
LIBRARIES = ("click", "jinja2", "jsonschema", "jsonschema_rs", "networkx", "orjson", "rapidfuzz", "yaml")
RUN = """
import sys
from edgewise.cli import run
try:
    sys.exit(run())
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


def loaded(folder: Path, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SOURCE_ROOTS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return set(done.stderr.split())


def ours(modules: set[str]) -> set[str]:
    return {module for module in modules if module.partition(".")[0] in OURS}


def libraries(modules: set[str]) -> set[str]:
    return modules.intersection(LIBRARIES)


def test_the_version_loads_next_to_nothing(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "--version")
    assert ours(modules) == {"edgewise", "edgewise.cli", "edgewise.cli.speech"}
    assert libraries(modules) == set()
    assert "argparse" not in modules


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["build", "-h"]])
def test_help_loads_the_parser_of_options_and_no_compiler(tmp_path: Path, arguments: list[str]) -> None:
    modules = loaded(tmp_path, *arguments)
    assert ours(modules) == {
        "edgewise",
        "edgewise.cli",
        "edgewise.cli.app",
        "edgewise.cli.commands",
        "edgewise.cli.options",
        "edgewise.cli.speech",
    }
    assert libraries(modules) == {"click"}


def test_a_check_loads_no_graph_library_no_templates_and_no_pages(tmp_path: Path) -> None:
    modules = loaded(project(tmp_path, CLEAN), "check")
    assert libraries(modules) == {"click", "jsonschema_rs", "orjson", "yaml"}
    assert ours(modules).isdisjoint({"edgewise.pages", "edgewise.output", "edgewise.cli.build"})
    assert {module for module in modules if module.startswith("edgewise.render.")} == {"edgewise.render.text"}


def test_a_check_that_finds_something_loads_what_tells_it(tmp_path: Path) -> None:
    modules = loaded(project(tmp_path, UNKNOWN), "check", "--format", "json")
    assert libraries(modules) == {"click", "jsonschema_rs", "orjson", "rapidfuzz", "yaml"}
    assert {module for module in modules if module.startswith("edgewise.render.")} == {"edgewise.render.json"}


def test_explaining_a_code_loads_its_page_and_no_compiler(tmp_path: Path) -> None:
    modules = loaded(tmp_path, "explain", "EW301")
    assert libraries(modules) == {"click"}
    assert {
        module for module in ours(modules) if not module.startswith(("edgewise.pages", "edgewise.cli"))
    } == {
        "edgewise",
        "edgewise.diagnostics",
        "edgewise.place",
    }


def test_explaining_a_name_loads_the_graph_library_and_no_pages(tmp_path: Path) -> None:
    modules = loaded(project(tmp_path, CLEAN), "explain", "placed")
    assert libraries(modules) == {"click", "jsonschema_rs", "networkx", "orjson", "yaml"}
    assert "edgewise.pages" not in modules
