"""The order of stages, as ARCHITECTURE.md has it: a module imports only from stages before its own.

Every import counts: those inside of functions and those behind `TYPE_CHECKING` too, which would hide a cycle.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from command import ROOT

STAGES = (
    "place",
    "diagnostics",
    "source",
    "nodes",
    "document",
    "position",
    "vocabulary",
    "fault",
    "shape",
    "catalog",
    "attributes",
    "assemble",
    "walk",
    "population",
    "graph",
    "wording",
    "excerpt",
    "sentences",
    "answers",
    "manifests",
    "target",
    "rules",
    "suppress",
    "project",
    "compile",
    "output",
    "pages",
    "render",
    "cli",
    "__main__",
)
# What targets share; they may import from it, and from nothing else that is a target's.
SHARED = ("relational", "dialect", "records")
# The one place for each library: whatever it can do wrong is dealt with there.
OWNERS = {
    "yaml": {"nodes"},
    "jsonschema": set(),
    "jsonschema_rs": {"answers", "fault", "shape"},
    "networkx": {"graph", "population", "walk", "rules"},
    "jinja2": {"target"},
    "click": {"cli"},
}

Modules = Mapping[str, frozenset[str]]


@pytest.fixture(scope="module")
def modules() -> Modules:
    """Every module of both packages, with all it imports."""
    found = {
        module_name(path, folder): path.read_text(encoding="utf-8")
        for folder in (ROOT / "compiler", ROOT / "targets")
        for path in folder.rglob("*.py")
    }
    return {name: frozenset(imports(name, text, found)) for name, text in found.items()}


def module_name(path: Path, folder: Path) -> str:
    return ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")


def imports(module: str, text: str, known: Mapping[str, str]) -> Iterator[str]:
    """Yield what a module imports; `from package import name` is `package.name` where that is a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            assert node.module is not None
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else node.module


def part(module: str) -> str:
    """Return the stage or the target that a module belongs to; nothing for a package itself."""
    return [*module.split("."), ""][1]


def of(package: str, modules: Modules) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the modules of a package, but not the package itself, and what each imports of that package."""
    for module, imported in modules.items():
        if module.startswith(f"{package}."):
            yield module, frozenset(each for each in imported if each.split(".")[0] == package)


def backwards(modules: Modules) -> list[str]:
    """Find what the compiler's modules import from a later stage."""
    return [
        f"{module} imports {each}"
        for module, imported in of("edgewise", modules)
        for each in sorted(imported)
        if part(each) and STAGES.index(part(each)) > STAGES.index(part(module))
    ]


def sideways(modules: Modules) -> list[str]:
    """Find what targets import from one another, and shared parts from targets."""
    return [
        f"{module} imports {each}"
        for module, imported in of("edgewise_targets", modules)
        for each in sorted(imported)
        if part(each) != part(module) and (part(each) not in SHARED or part(module) in SHARED)
    ]


def upwards(modules: Modules) -> list[str]:
    """Find what targets import from a stage of the compiler that comes after `target`."""
    return [
        f"{module} imports {each}"
        for module, imported in modules.items()
        if module.split(".")[0] == "edgewise_targets"
        for each in sorted(imported)
        if each.startswith("edgewise.") and STAGES.index(part(each)) > STAGES.index("target")
    ]


def strays(modules: Modules) -> list[str]:
    """Find libraries that are imported outside of the stage that keeps them."""
    return [
        f"{module} imports {each}"
        for module, imported in modules.items()
        for each in sorted(imported)
        if part(module) not in OWNERS.get(each.split(".")[0], {part(module)})
    ]


def test_every_module_belongs_to_a_stage(modules: Modules) -> None:
    assert {part(module) for module, _ in of("edgewise", modules)} == set(STAGES)


def test_modules_import_only_from_stages_before_theirs(modules: Modules) -> None:
    assert backwards(modules) == []


def test_targets_never_import_sideways_or_upwards(modules: Modules) -> None:
    assert sideways(modules) == []
    assert upwards(modules) == []


def test_only_the_command_knows_the_targets(modules: Modules) -> None:
    knowing = {
        part(module)
        for module, imported in of_any("edgewise", modules)
        if any(each.split(".")[0] == "edgewise_targets" for each in imported)
    }
    assert knowing == {"cli"}


def of_any(package: str, modules: Modules) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield a package and its modules, with everything they import."""
    yield from ((module, imported) for module, imported in modules.items() if module.split(".")[0] == package)


def test_each_library_is_kept_in_one_place(modules: Modules) -> None:
    assert strays(modules) == []


def test_no_import_goes_round(modules: Modules) -> None:
    try:
        TopologicalSorter(modules).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def planted(module: str, text: str) -> Modules:
    """Return a small world with one module in it that imports what it should not."""
    known = {"edgewise.graph": "", "edgewise.cli": "", "edgewise_targets.zendesk.plan": "", module: text}
    return {name: frozenset(imports(name, text, known)) for name, text in known.items()}


@pytest.mark.parametrize(
    ("finder", "module", "text"),
    [
        (backwards, "edgewise.walk", "from edgewise import graph"),
        (backwards, "edgewise.walk", "if TYPE_CHECKING:\n    from edgewise.graph import Graph"),
        (backwards, "edgewise.walk", "def steps():\n    import edgewise.graph"),
        (sideways, "edgewise_targets.boom.lower", "from edgewise_targets.zendesk.plan import lower"),
        (sideways, "edgewise_targets.relational.plan", "from edgewise_targets.zendesk import plan"),
        (upwards, "edgewise_targets.boom.lower", "from edgewise.cli import main"),
        (strays, "edgewise.catalog", "import yaml"),
        (strays, "edgewise_targets.boom.lower", "from networkx import DiGraph"),
    ],
)
def test_a_wrong_import_is_found(finder: object, module: str, text: str) -> None:
    assert callable(finder)
    assert len(finder(planted(module, text))) == 1
