"""The commands as somebody types them: what they say where, write, and end with."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from catalogs import CLEAN, ONE_TARGET, PEOPLE, UNCOUNTED, UNKNOWN, project
from command import Done, edgewise_here

from edgewise.output import MANIFEST

# More than Zendesk takes.
MANY = "object_types:\n" + "".join(f"  t{number}: {{}}\n" for number in range(60))


def run(folder: Path, *arguments: str) -> Done:
    """Run a command and take the times out of what it says."""
    done = edgewise_here(*arguments, cwd=folder)
    done.stdout = re.sub(r"\d+\.\d\d s\)", "0.00 s)", done.stdout)
    done.stderr = re.sub(r"\d+\.\d\d s\)", "0.00 s)", done.stderr)
    return done


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# ---- check ----


def test_check_says_what_it_finds_on_standard_output(tmp_path: Path) -> None:
    done = run(project(tmp_path, UNKNOWN), "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "error[EW301]: unknown object type `ordr`\n"
        " --> schemas/placed.yaml:5:9   relationship_types.placed.to\n"
        "  |\n"
        "3 |   placed:\n"
        "4 |     from: person\n"
        "5 |     to: ordr\n"
        "  |         ^^^^ not declared in this catalog\n"
        "  |\n"
        "  = help: did you mean `order`? (schemas/people.yaml:3:3)\n"
        "\n"
        "1 error in 2 files (0.00 s)\n"
    )


def test_check_of_a_clean_catalog(tmp_path: Path) -> None:
    done = run(project(tmp_path, CLEAN), "check", "--ignore", "EW510,EW602")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "no findings in 2 files (0.00 s)\n"


def test_check_writes_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    before = files(folder)
    run(folder, "check")
    assert files(folder) == before


def test_notes_are_counted_and_shown_on_request(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    assert "note[" not in run(folder, "check").stdout
    assert "(-v shows them)" in run(folder, "check").stdout
    verbose = run(folder, "check", "-v")
    assert verbose.returncode == 0
    assert "note[EW602]: " in verbose.stdout
    assert "(-v shows them)" not in verbose.stdout


def test_what_fails_is_a_choice(tmp_path: Path) -> None:
    folder = project(tmp_path, UNCOUNTED)
    assert run(folder, "check").returncode == 0
    assert run(folder, "check", "--fail-on", "warning").returncode == 1
    assert run(folder, "check", "--fail-on", "warning", "--ignore", "EW501").returncode == 0
    noted = run(folder, "check", "--fail-on", "note", "--ignore", "EW5")
    assert noted.returncode == 1
    assert "note[EW602]" in noted.stdout


def test_quiet_says_what_fails_and_nothing_else(tmp_path: Path) -> None:
    folder = project(tmp_path, UNCOUNTED)
    assert run(folder, "check", "-q").stdout == ""
    assert run(folder, "check", "-q", "--fail-on", "warning").stdout.startswith("warning[EW501]")


def test_the_project_file_chooses_what_is_told_and_the_command_line_has_the_last_word(tmp_path: Path) -> None:
    config = f"{ONE_TARGET}lint: {{ignore: [EW501], select: [EW502]}}\n"
    folder = project(tmp_path, UNCOUNTED, config)
    said = run(folder, "check", "--format", "concise").stdout
    assert "EW501" not in said
    assert "EW502" in said
    said = run(folder, "check", "--format", "concise", "--select", "ew501,", "--ignore", "EW502", "-C", ".")
    assert said.returncode == 2
    said = run(folder, "check", "--format", "concise", "--select", "ew501", "--ignore", "EW502")
    assert "EW501" in said.stdout
    assert "EW502" not in said.stdout


def test_paths_take_the_place_of_the_sources(tmp_path: Path) -> None:
    folder = project(tmp_path, UNKNOWN)
    done = run(folder, "check", "schemas/people.yaml")
    assert (done.returncode, done.stdout) == (0, "no findings in 1 file (0.00 s)\n")
    assert run(folder, "check", "schemas/people.yaml", "schemas/placed.yaml").returncode == 1
    assert run(folder / "schemas", "check", "people.yaml").returncode == 0


def test_paths_are_shown_as_seen_from_where_one_stands(tmp_path: Path) -> None:
    folder = project(tmp_path / "a" / "project", UNKNOWN)
    (folder / "deep" / "er").mkdir(parents=True)
    assert " --> ../../schemas/placed.yaml:5:9 " in run(folder / "deep" / "er", "check").stdout
    assert " --> schemas/placed.yaml:5:9 " in run(tmp_path, "check", "-C", "a/project").stdout
    assert " --> schemas/placed.yaml:5:9 " in run(tmp_path, "-C", "a/project", "check").stdout
    config = str(folder / "edgewise.yaml")
    assert " --> a/project/schemas/placed.yaml:5:9 " in run(tmp_path, "check", "--config", config).stdout


def test_a_path_that_cannot_be_read_is_no_finding_but_a_failure(tmp_path: Path) -> None:
    done = run(project(tmp_path, CLEAN), "check", "schemas/nowhere.yaml")
    assert done.returncode == 2
    assert done.stdout.startswith(
        "error[EW902]: cannot read schemas/nowhere.yaml: no such file or directory\n"
    )


def test_a_broken_project_file_is_shown(tmp_path: Path) -> None:
    done = run(project(tmp_path, CLEAN, "version: 1\nsorces: [x]\n"), "check")
    assert done.returncode == 2
    assert " --> edgewise.yaml:2:1   sorces\n" in done.stdout
    assert "2 | sorces: [x]\n  | ^^^^^^ " in done.stdout
    assert done.stdout.endswith("1 error (0.00 s)\n")


def test_a_broken_project_file_is_shown_from_below(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN, "version: 2\n")
    assert " --> ../edgewise.yaml:1:10 " in run(folder / "schemas", "check").stdout
    done = run(tmp_path, "-C", "schemas", "check", "--config", "../edgewise.yaml")
    assert " --> ../edgewise.yaml:1:10 " in done.stdout


def test_no_manifests_at_all_are_a_warning(tmp_path: Path) -> None:
    done = run(tmp_path, "check")
    assert done.returncode == 0
    assert done.stdout.startswith("warning[EW506]: there are no manifests below `schemas`\n")
    assert run(tmp_path, "check", "--fail-on", "warning").returncode == 1
    (tmp_path / "schemas").mkdir()
    assert run(tmp_path, "check").stdout == done.stdout


def test_sources_that_a_project_file_stands_for_have_to_be_there(tmp_path: Path) -> None:
    done = run(project(tmp_path, {}), "check")
    assert done.returncode == 2
    assert done.stdout.startswith("error[EW902]: cannot read schemas: ")


def test_refused_files_count_as_files(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    (folder / "schemas" / "latin.yaml").write_bytes(b"\xff")
    assert run(folder, "check").stdout.endswith("1 error in 3 files (0.00 s)\n")


def test_the_forms_of_a_report(tmp_path: Path) -> None:
    folder = project(tmp_path, UNKNOWN)
    concise = run(folder, "check", "--format", "concise").stdout
    assert concise == (
        "schemas/placed.yaml:5:9: error[EW301] unknown object type `ordr`\n1 error in 2 files (0.00 s)\n"
    )
    said = json.loads(run(folder, "--format", "json", "check").stdout)
    assert [each["path"] for each in said["diagnostics"]] == ["relationship_types.placed.to"]
    assert said["summary"] == {
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "files": 2,
        "object_types": 2,
        "relationship_types": 0,
    }
    assert "\x1b[1;31merror[EW301]\x1b[0m" in run(folder, "check", "--color", "always").stdout


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": "", "FORCE_COLOR": "3"}, True),
    ],
)
def test_the_environment_decides_about_colour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    folder = project(tmp_path, UNKNOWN)
    assert ("\x1b[" in run(folder, "check").stdout) is coloured
    assert "\x1b[" not in run(folder, "check", "--color", "never").stdout


# ---- build ----


def test_build_writes_and_says_what_it_did(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN, "version: 1\ntargets: {sqlite: {}, graph: {}}\n")
    done = run(folder, "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"2 object types and 1 relationship type from 2 manifests\n"
        r"  sqlite  \d+ files?\n"
        r"  graph   2 files\n"
        r"build: \d+ written \(0\.00 s\)\n",
        done.stdout,
    )
    assert {"graph/catalog.mmd", MANIFEST} < files(folder / "build")
    again = run(folder, "build")
    assert re.search(r"^build: \d+ unchanged \(0\.00 s\)$", again.stdout, re.MULTILINE)


def test_nothing_is_written_when_there_is_an_error(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    run(folder, "build")
    before = {path: path.stat().st_mtime_ns for path in (folder / "build").rglob("*")}
    project(tmp_path, UNKNOWN)
    done = run(folder, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error[EW301]: unknown object type `ordr`\n")
    assert {path: path.stat().st_mtime_ns for path in (folder / "build").rglob("*")} == before


def test_nothing_is_written_when_a_warning_fails(tmp_path: Path) -> None:
    folder = project(tmp_path, UNCOUNTED)
    assert run(folder, "build", "--fail-on", "warning").returncode == 1
    assert not (folder / "build").exists()
    done = run(folder, "build")
    assert done.returncode == 0
    assert done.stderr.startswith("warning[EW501]: ")
    assert done.stdout.startswith("2 object types and 2 relationship types")


def test_build_of_some_targets_leaves_the_others_alone(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN, None)
    run(folder, "build", "--target", "sqlite", "--target", "graph")
    assert {name.partition("/")[0] for name in files(folder / "build")} == {"sql", "graph", ".edgewise"}
    (folder / "schemas" / "likes.yaml").write_text("relationship_types: {likes: {from: person, to: order}}")
    sqlite = (folder / "build/sql/sqlite.sql").read_text()
    run(folder, "build", "--target", "graph")
    assert "likes" in (folder / "build/graph/catalog.mmd").read_text()
    assert (folder / "build/sql/sqlite.sql").read_text() == sqlite


def test_a_target_that_is_asked_for_has_to_take_the_catalog(tmp_path: Path) -> None:
    folder = project(tmp_path, {**CLEAN, "schemas/many.yaml": MANY}, None)
    unasked = run(folder, "check")
    assert unasked.returncode == 0
    assert "warning[EW604]" in unasked.stdout
    asked = run(folder, "build", "--target", "zendesk")
    assert asked.returncode == 1
    assert "error[EW604]" in asked.stderr


def test_an_unknown_target_is_a_mistake_of_usage(tmp_path: Path) -> None:
    done = run(project(tmp_path, CLEAN), "build", "--target", "sqlit")
    assert done.returncode == 2
    assert "there is no target `sqlit`. Did you mean `sqlite`?" in done.stderr
    assert "`edgewise targets` lists them" in run(tmp_path, "build", "--target", "xyzzy").stderr


def test_another_output_folder(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    done = run(folder, "build", "--out", "gen/deep")
    assert re.search(r"^gen/deep: ", done.stdout, re.MULTILINE)
    assert (folder / "gen/deep/sql/sqlite.sql").exists()
    assert run(folder / "schemas", "build", "--out", "../other").returncode == 0
    assert (folder / "other/sql/sqlite.sql").exists()


def test_outputs_are_not_read_as_manifests(tmp_path: Path) -> None:
    config = "version: 1\nsources: [.]\nout: gen\ntargets: {graph: {}}\n"
    folder = project(tmp_path, {**CLEAN, "gen/x.yaml": "]", "other/x.yaml": "]"}, config)
    done = run(folder, "build", "--out", "other")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("out", ["..", "../elsewhere", "."])
def test_output_never_leaves_the_project(tmp_path: Path, out: str) -> None:
    folder = project(tmp_path / "project", CLEAN)
    done = run(folder, "build", "--out", out)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error[EW903]: the output folder ")
    assert files(tmp_path) == {f"project/{name}" for name in ("edgewise.yaml", *CLEAN)}


def test_a_project_behind_a_link_is_a_project(tmp_path: Path) -> None:
    project(tmp_path / "real", CLEAN)
    (tmp_path / "link").symlink_to("real")
    assert run(tmp_path, "-C", "link", "build").returncode == 0
    assert run(tmp_path, "-C", "link", "build", "--out", "gen").returncode == 0
    assert run(tmp_path / "link", "check", "schemas").returncode == 0
    assert run(tmp_path, "--config", "link/edgewise.yaml", "check", "link/schemas").returncode == 0


def test_what_is_in_the_way_is_no_finding_but_a_failure(tmp_path: Path) -> None:
    folder = project(tmp_path, {**CLEAN, "build/sql/sqlite.sql": "mine"})
    done = run(folder, "build")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error[EW903]: `build/sql/sqlite.sql` is in the way")


def test_a_mixed_set_is_healed_with_a_warning(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    run(folder, "build")
    (folder / "build/.edgewise/unfinished.json").write_text((folder / "build" / MANIFEST).read_text())
    checked = run(folder, "build", "--check")
    assert checked.returncode == 1
    assert checked.stderr.startswith("error[EW904]: an earlier build died while it wrote")
    done = run(folder, "build")
    assert done.returncode == 0
    assert done.stderr.startswith("warning[EW904]: an earlier build died while it wrote")
    assert run(folder, "build", "--check").returncode == 0


def test_a_target_that_cannot_take_the_catalog_any_more_keeps_no_outputs(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN, None)
    run(folder, "build")
    assert any(name.startswith("zendesk/") for name in files(folder / "build"))
    (folder / "schemas" / "many.yaml").write_text(MANY)
    done = run(folder, "build")
    assert done.returncode == 0
    assert "warning[EW604]" in done.stderr
    assert not any(name.startswith("zendesk/") for name in files(folder / "build"))


def test_no_manifests_build_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, "build")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("warning[EW506]")
    assert files(tmp_path) == set()


def test_a_build_for_programs_says_json_and_nothing_else(tmp_path: Path) -> None:
    done = run(project(tmp_path, CLEAN), "build", "--format", "json")
    assert done.stdout == ""
    assert json.loads(done.stderr)["summary"]["relationship_types"] == 1


def test_a_quiet_build_says_nothing(tmp_path: Path) -> None:
    done = run(project(tmp_path, CLEAN), "build", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# ---- build --check ----


def test_build_check_says_what_is_stale_and_writes_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    before = run(folder, "build", "--check")
    assert before.returncode == 1
    assert before.stderr.startswith("error[EW904]: there is no output folder `build`")
    assert not (folder / "build").exists()
    run(folder, "build")
    clean = run(folder, "build", "--check")
    assert (clean.returncode, clean.stderr) == (0, "")
    assert re.fullmatch(r"\d+ files? in build: all current \(0\.00 s\)\n", clean.stdout)
    schema = folder / "build/sql/sqlite.sql"
    lines = schema.read_text().splitlines(keepends=True)
    schema.write_text("".join([*lines[:2], "edited\n", *lines[3:]]))
    stale = run(folder, "build", "--check")
    assert (stale.returncode, stale.stdout) == (1, "")
    assert "error[EW904]: `build/sql/sqlite.sql` is stale\n --> build/sql/sqlite.sql:3:1\n" in stale.stderr
    assert f"3 | edited\n  | ^^^^^^ has to be: {lines[2]}" in stale.stderr
    assert schema.read_text().splitlines()[2] == "edited"


def test_build_check_looks_at_the_targets_of_this_build_only(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN, None)
    run(folder, "build")
    (folder / "build/sql/sqlite.sql").unlink()
    assert run(folder, "build", "--check", "--target", "graph").returncode == 0
    assert run(folder, "build", "--check", "--target", "sqlite").returncode == 1


def test_build_check_fails_on_an_error_first(tmp_path: Path) -> None:
    done = run(project(tmp_path, UNKNOWN), "build", "--check")
    assert done.returncode == 1
    assert "EW301" in done.stderr
    assert "EW904" not in done.stderr


# ---- explain ----


@pytest.mark.parametrize("word", ["EW301", "ew301", "unknown-object-type", "Unknown-Object-Type"])
def test_a_code_is_explained_by_its_page(tmp_path: Path, word: str) -> None:
    done = run(tmp_path, "explain", word)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# EW301 unknown-object-type (error)\n")


def test_a_relationship_type_is_explained(tmp_path: Path) -> None:
    likes = "relationship_types:\n  likes: {from: person, to: person, cardinality: many_to_many}\n"
    folder = project(tmp_path, {**CLEAN, "schemas/likes.yaml": likes})
    done = run(folder, "explain", "placed")
    assert (done.returncode, done.stderr) == (0, "")
    head, *rest = done.stdout.split("\n\n")
    assert head == "placed: relationship type, declared at schemas/placed.yaml:3:3"
    assert rest[0] == (
        "  A person placed any number of orders.\n  Each order was placed by at most one person."
    )
    assert rest[1] == (
        "  from         person, 0..1 for each order; `placed` leads to order\n"
        "  to           order, 0..* for each person; `placed_by` leads to person\n"
        "  cardinality  one_to_many\n"
        "  group        commerce\n"
        "  description  A person placed many orders."
    )
    assert rest[2] == "neighbours\n  likes  person -> person"
    assert rest[3].startswith("targets\n  sqlite  ")


def test_an_object_type_is_explained(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    said = run(folder / "schemas", "explain", "order").stdout
    head, about, neighbours, targets = said.split("\n\n")
    assert head == "order: object type, declared at people.yaml:3:3"
    assert about == (
        "  called      order, orders\n"
        "  id          string, at most 255 characters\n"
        "  attributes  total: decimal, required\n"
        "              state: one of open, paid, default open"
    )
    assert neighbours == "neighbours\n  placed  person -> order"
    assert targets.startswith("targets\n  sqlite  ")


def test_a_name_of_two_things_is_explained_twice(tmp_path: Path) -> None:
    both = "relationship_types:\n  order: {from: person, to: order, cardinality: one_to_one}\n"
    said = run(project(tmp_path, {**CLEAN, "schemas/both.yaml": both}), "explain", "order").stdout
    assert "order: relationship type, declared at schemas/both.yaml:2:3\n" in said
    assert "\n\norder: object type, declared at schemas/people.yaml:3:3\n" in said


def test_a_name_goes_before_a_slug_that_is_the_same_word(tmp_path: Path) -> None:
    folder = project(tmp_path, CLEAN)
    assert run(folder, "explain", "loss").stdout.startswith("# EW602 loss (note)\n")
    (folder / "schemas/loss.yaml").write_text("object_types: {loss: {}}\n")
    assert run(folder, "explain", "loss").stdout.startswith(
        "loss: object type, declared at schemas/loss.yaml:1:"
    )


def test_a_type_that_a_target_brings_along_is_explained(tmp_path: Path) -> None:
    ticket = "relationship_types: {asks: {from: person, to: 'zen:ticket', cardinality: one_to_many}}"
    folder = project(tmp_path, {**CLEAN, "schemas/asks.yaml": ticket}, None)
    said = run(folder, "explain", "zen:ticket").stdout
    assert said.startswith("zen:ticket: object type that a target brings along\n")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("plced", "nothing is called `plced`. Did you mean `placed`?"),
        ("persn", "nothing is called `persn`. Did you mean `person`?"),
        ("ambigous-walk", "nothing is called `ambigous-walk`. Did you mean `ambiguous-walk`?"),
        ("EW331", "there is no code `EW331`. Did you mean"),
        ("xyzzy", "nothing is called `xyzzy`.\n"),
    ],
)
def test_what_is_unknown_is_corrected(tmp_path: Path, word: str, said: str) -> None:
    done = run(project(tmp_path, CLEAN), "explain", word)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_explaining_in_a_catalog_with_errors(tmp_path: Path) -> None:
    folder = project(tmp_path, UNKNOWN)
    done = run(folder, "explain", "person")
    assert done.returncode == 0
    assert done.stdout.startswith("person: object type")
    assert done.stderr == "edgewise: the catalog has 1 error; `edgewise check` tells more\n"
    (folder / "schemas/broken.yaml").write_text("]")
    done = run(folder, "explain", "person")
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[EW101]" in done.stderr


# ---- list, targets, schema ----


def test_the_list_is_a_table(tmp_path: Path) -> None:
    done = run(project(tmp_path, CLEAN), "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "2 object types\n"
        "  order\n"
        "  person  Somebody we know.\n"
        "\n"
        "1 relationship type\n"
        "  name    from -> to       from : to    inverse    group\n"
        "  placed  person -> order  0..1 : 0..*  placed_by  commerce\n"
        "\n"
        "1 group\n"
        "  commerce  Buying and selling.\n"
    )


def test_the_list_for_programs(tmp_path: Path) -> None:
    said = json.loads(run(project(tmp_path, CLEAN), "list", "--format", "json").stdout)
    assert [each["name"] for each in said["object_types"]] == ["order", "person"]
    (placed,) = said["relationship_types"]
    assert placed["from"] == {"object_type": "person", "bounds": "0..1", "on_delete": "cascade"}
    assert (placed["inverse"], placed["cardinality"], placed["group"]) == (
        "placed_by",
        "one_to_many",
        "commerce",
    )
    (total, state) = said["object_types"][0]["attributes"]
    assert (total["type"], total["required"], "default" in total) == ("decimal", True, False)
    assert (state["values"], state["default"]) == (["open", "paid"], "open")


def test_the_list_of_an_empty_folder(tmp_path: Path) -> None:
    done = run(tmp_path, "list")
    assert done.returncode == 0
    assert done.stdout.startswith("0 object types\n")


def test_a_list_with_errors_is_what_is_left_and_says_so(tmp_path: Path) -> None:
    done = run(project(tmp_path, UNKNOWN), "list")
    assert done.returncode == 1
    assert "0 relationship types" in done.stdout
    assert "error[EW301]" in done.stderr


def test_the_targets_are_listed_without_a_project(tmp_path: Path) -> None:
    done = run(tmp_path, "targets")
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("postgresql", "sqlite", "mysql", "openapi", "boom", "zendesk", "monica", "graph"):
        assert re.search(rf"^{name}$", done.stdout, re.MULTILINE)
    said = json.loads(run(tmp_path, "targets", "--format", "json").stdout)
    zendesk = next(each for each in said["targets"] if each["name"] == "zendesk")
    assert "zen:user" in zendesk["external_types"]
    assert zendesk["capabilities"]["cardinality"] == "words"


def test_the_schema_is_printed(tmp_path: Path) -> None:
    done = run(tmp_path, "schema")
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert "relationship_types" in said["properties"]
    assert "zendesk" in done.stdout


# ---- usage ----


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "There is no command `chek`. Did you mean `check`?"),
        (["frobnicate"], "There is no command `frobnicate`.\n"),
        (["check", "--fomat", "json"], "Did you mean"),
        (["check", "--format", "jsn"], "'jsn' is not one of 'text', 'concise', 'json'"),
        (["list", "--format", "text"], "'text' is not one of 'table', 'json'"),
        (["check", "--ignore", "EW999"], "there is no code `EW999`"),
        (["check", "--select", "XY"], "there is no code `XY`"),
        (["-C", "nowhere", "check"], "there is no folder `"),
        (["explain"], "Missing argument"),
        ([], "Usage: edgewise [OPTIONS] COMMAND"),
    ],
)
def test_mistakes_of_usage_end_with_2_and_a_hint(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize("command", ["", "check", "build", "explain", "list", "targets", "schema"])
def test_every_command_has_help_with_examples(tmp_path: Path, command: str) -> None:
    done = run(tmp_path, *filter(None, [command]), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(rf"^    # .+\n    edgewise {command}", done.stdout, re.MULTILINE)
    assert done.stdout == run(tmp_path, *filter(None, [command]), "-h").stdout


def test_the_examples_of_the_help_are_commands(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        {**CLEAN, "schemas/sales.yaml": PEOPLE.replace("person", "human").replace("order", "sale")},
        None,
    )
    (folder / "schemas" / "placed.yaml").write_text((folder / "schemas/placed.yaml").read_text())
    for command in ("check", "build", "explain", "list", "targets", "schema"):
        shown = run(tmp_path, command, "--help").stdout
        for example in re.findall(r"^    edgewise (.+)$", shown, re.MULTILINE):
            done = run(folder, *example.partition(" >")[0].split())
            assert done.returncode in {0, 1}, (example, done.stderr)
            assert "Usage" not in done.stderr


def test_the_version_is_said_by_every_command(tmp_path: Path) -> None:
    assert re.fullmatch(r"edgewise \d+\.\d+\.\d+\n", run(tmp_path, "--version").stdout)
    for arguments in (["-q", "--version"], ["check", "--version"]):
        assert run(tmp_path, *arguments).stdout == run(tmp_path, "--version").stdout


def test_settings_before_the_command_hold_and_those_behind_it_count_more(tmp_path: Path) -> None:
    folder = project(tmp_path, UNCOUNTED)
    assert run(folder, "--fail-on", "warning", "check").returncode == 1
    assert run(folder, "--fail-on", "warning", "check", "--fail-on", "error").returncode == 0
    said = run(folder, "--ignore", "EW5", "check", "--ignore", "EW6").stdout
    assert said == "no findings in 3 files (0.00 s)\n"


def test_the_working_directory_stays(tmp_path: Path) -> None:
    before = os.getcwd()
    run(project(tmp_path / "x", CLEAN), "-C", str(tmp_path / "x"), "build")
    assert os.getcwd() == before
