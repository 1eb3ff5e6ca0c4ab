"""The same catalog gives the same bytes, whatever the machine, the run and the order of files and keys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
import yaml
from command import ROOT, edgewise

Files = Mapping[str, bytes]
DECLARATIONS = ("object_types", "relationship_types", "groups")
# The one mapping whose own order means something; what is inside of an attribute has none.
ORDERED = "attributes"

ENVIRONMENTS = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 4294967295": {"PYTHONHASHSEED": "4294967295"},
    "no locale": {"LC_ALL": "C"},
    "no locale and no UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "locale of another kind": {"LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"},
    "east of Greenwich": {"TZ": "Pacific/Kiritimati"},
    "west of Greenwich": {"TZ": "America/St_Johns"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "narrow terminal": {"COLUMNS": "20", "TERM": "dumb", "NO_COLOR": "1"},
    "home that is not there": {"HOME": "/nonexistent"},
}


@pytest.fixture(scope="module", params=["schemas", "everything"])
def original(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project: this repository's own catalog, and one that has all that the language has."""
    project = tmp_path_factory.mktemp(request.param) / "project"
    if request.param == "everything":
        return Path(shutil.copytree(Path(__file__).parent / "catalog", project))
    shutil.copytree(ROOT / "schemas", project / "schemas")
    shutil.copy(ROOT / "edgewise.yaml", project)
    return project


@pytest.fixture(scope="module")
def expected(original: Path) -> Files:
    """What the project is built into."""
    files = build(original)
    assert len(files) > 10
    return files


@pytest.fixture
def project(original: Path, tmp_path: Path) -> Path:
    """The same project in a folder of its own, not built yet."""
    return Path(shutil.copytree(original, tmp_path / "another", ignore=shutil.ignore_patterns("build")))


def build(project: Path, env: Mapping[str, str] | None = None, umask: int = -1) -> Files:
    done = edgewise("build", cwd=project, env=env, umask=umask)
    assert done.returncode == 0, done.stdout + done.stderr
    return outputs(project)


def outputs(project: Path) -> Files:
    folder = project / "build"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_second_build_changes_nothing(original: Path, expected: Files) -> None:
    assert build(original) == expected


@pytest.mark.parametrize("env", ENVIRONMENTS.values(), ids=ENVIRONMENTS.keys())
def test_the_environment_changes_nothing(project: Path, expected: Files, env: Mapping[str, str]) -> None:
    assert build(project, {**os.environ, **env}) == expected


def test_no_environment_at_all_changes_nothing(project: Path, expected: Files) -> None:
    assert build(project, {}) == expected


def test_the_umask_changes_nothing(project: Path, expected: Files) -> None:
    assert build(project, umask=0o077) == expected


def test_the_working_directory_changes_nothing(project: Path, expected: Files) -> None:
    for cwd, folder in (
        (project.parent, project.name),
        (Path("/"), str(project)),
        (project / "schemas", ".."),
    ):
        shutil.rmtree(project / "build", ignore_errors=True)
        done = edgewise("-C", folder, "build", cwd=cwd)
        assert done.returncode == 0, done.stdout + done.stderr
        assert outputs(project) == expected


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_documents_and_keys_changes_nothing(
    project: Path, expected: Files, seed: int
) -> None:
    shuffle(project / "schemas", Random(seed))
    assert build(project) == expected


def shuffle(schemas: Path, random: Random) -> None:
    """Deal all declarations of a catalog out to other files and documents, their keys in another order."""
    declarations = [each for path in sorted(schemas.rglob("*.y*ml")) for each in declared(path, random)]
    shutil.rmtree(schemas)
    random.shuffle(declarations)
    while declarations:
        folder = schemas / random.choice(("", "a", "z/y"))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{random.randrange(10**6):06}.{random.choice(('yaml', 'yml'))}"
        documents = random.randint(1, 5)
        taken, declarations = declarations[:documents], declarations[documents:]
        path.write_text("".join(taken), encoding="utf-8")


def declared(path: Path, random: Random) -> list[str]:
    """Return each declaration in a file as a document of its own."""
    return [
        "---\n" + yaml.serialize(document(kind, name, shuffled(body, random)), allow_unicode=True)
        for node in yaml.compose_all(path.read_text(encoding="utf-8"), yaml.SafeLoader)
        if node is not None
        for kind, several in node.value
        if kind.value in DECLARATIONS
        for name, body in several.value
    ]


def document(kind: yaml.Node, name: yaml.Node, body: yaml.Node) -> yaml.Node:
    return mapping([(kind, mapping([(name, body)]))])


def mapping(pairs: list[tuple[yaml.Node, yaml.Node]]) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs)


def shuffled(node: yaml.Node, random: Random, key: str = "") -> yaml.Node:
    """Return a node with the keys of its mappings in another order; scalars stay as they are written."""
    if isinstance(node, yaml.SequenceNode):
        items = [shuffled(each, random) for each in node.value]
        return yaml.SequenceNode(node.tag, items, flow_style=node.flow_style)
    if not isinstance(node, yaml.MappingNode):
        return node
    pairs = [(name, shuffled(value, random, name.value)) for name, value in node.value]
    if key != ORDERED:
        random.shuffle(pairs)
    return mapping(pairs)
