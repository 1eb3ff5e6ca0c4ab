"""The hooks of `.pre-commit-hooks.yaml`, run by the real pre-commit from a clone of this working tree."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import ROOT, edgewise

GIT = {
    **{
        f"GIT_{role}_{part}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for part in ("NAME", "EMAIL")
    },
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
PROJECT = "version: 1\ntargets: {postgresql: {}, openapi: {title: Shop, version: '1.0'}}\n"
PEOPLE = "object_types:\n  person: {plural: people}\n  order: {}\n"
PLACED = """\
relationship_types:
  placed: {from: person, to: order, cardinality: one_to_many, inverse: placed_by}
"""
HOOKS = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks: [{{id: edgewise-check}}, {{id: edgewise-build-check}}]
"""


@dataclass(frozen=True)
class Project:
    """A repository with a catalog, its outputs and the hooks; `env` is what git and pre-commit run in."""

    folder: Path
    env: dict[str, str]

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run("git", *arguments, cwd=self.folder, env=self.env)

    def build(self) -> None:
        built = edgewise("build", cwd=self.folder)
        assert built.returncode == 0, built.stdout + built.stderr

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Commit everything there is, as somebody would who has the hooks."""
        self.git("add", "--all").check_returncode()
        return self.git("commit", "--message", "A change of the catalog")

    @property
    def commits(self) -> int:
        return int(self.git("rev-list", "--all", "--count").stdout)


def run(*command: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with no settings of the user's, and with room for what pre-commit installs."""
    return {**os.environ, **GIT, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit"))}


@pytest.fixture(scope="module")
def hooks(env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The configuration that takes the hooks from a repository holding the working tree as it is now."""
    clone = tmp_path_factory.mktemp("clone")
    there = ("git", f"--git-dir={clone}", f"--work-tree={ROOT}")
    for arguments in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "As it is")):
        run(*there, *arguments, cwd=ROOT, env=env).check_returncode()
    revision = run(*there, "rev-parse", "HEAD", cwd=ROOT, env=env).stdout.strip()
    return HOOKS.format(repository=clone, revision=revision)


@pytest.fixture
def project(hooks: str, env: dict[str, str], tmp_path: Path) -> Project:
    """A project whose catalog, outputs and hooks have gone through a first commit."""
    project = Project(tmp_path, env)
    project.git("init", "--quiet").check_returncode()
    project.write(".pre-commit-config.yaml", hooks)
    project.write("edgewise.yaml", PROJECT)
    project.write("schemas/people.yaml", PEOPLE)
    project.write("schemas/placed.yaml", PLACED)
    project.build()
    run(sys.executable, "-m", "pre_commit", "install", cwd=tmp_path, env=env).check_returncode()
    first = project.commit()
    assert first.returncode == 0, first.stdout + first.stderr
    assert project.commits == 1
    return project


def test_a_good_change_passes(project: Project) -> None:
    project.write("schemas/placed.yaml", PLACED.replace("one_to_many", "many_to_many"))
    project.build()
    done = project.commit()
    assert done.returncode == 0, done.stdout + done.stderr
    assert (done.stdout + done.stderr).count("Passed") == 2
    assert project.commits == 2


def test_a_bad_manifest_blocks_the_commit(project: Project) -> None:
    project.write("schemas/placed.yaml", PLACED.replace("to: order", "to: ordr"))
    blocked = project.commit()
    assert blocked.returncode == 1
    said = blocked.stdout + blocked.stderr
    assert "error[EW301]" in said
    assert "schemas/placed.yaml:2:" in said
    assert "did you mean `order`" in said
    assert project.commits == 1


def test_a_removed_manifest_that_is_needed_blocks_the_commit(project: Project) -> None:
    (project.folder / "schemas" / "people.yaml").unlink()
    blocked = project.commit()
    assert blocked.returncode == 1
    said = blocked.stdout + blocked.stderr
    assert "error[EW301]" in said
    assert said.count("Failed") == 2
    assert project.commits == 1


def test_outputs_that_the_manifests_have_left_behind_block_the_commit(project: Project) -> None:
    project.write("schemas/placed.yaml", PLACED.replace("one_to_many", "many_to_many"))
    blocked = project.commit()
    assert blocked.returncode == 1
    assert "sql/postgresql.sql" in blocked.stdout + blocked.stderr
    assert project.commits == 1
    project.build()
    assert project.commit().returncode == 0


@pytest.mark.parametrize("text", ["-- by hand\n", None], ids=["changed", "removed"])
def test_an_output_touched_by_hand_blocks_the_commit(project: Project, text: str | None) -> None:
    output = project.folder / "build" / "sql" / "postgresql.sql"
    output.unlink()
    if text is not None:
        output.write_text(text, encoding="utf-8")
    blocked = project.commit()
    assert blocked.returncode == 1
    said = blocked.stdout + blocked.stderr
    assert "sql/postgresql.sql" in said
    assert (said.count("Passed"), said.count("Failed")) == (1, 1)
    assert project.commits == 1


@pytest.mark.parametrize(
    ("command", "file"),
    [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")],
)
def test_both_files_are_what_pre_commit_expects(command: str, file: str, env: dict[str, str]) -> None:
    done = run(sys.executable, "-m", "pre_commit", command, file, cwd=ROOT, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
