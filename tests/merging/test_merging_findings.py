"""What a merge refuses: hosts that it cannot use, and names that both have; each with its place."""

from __future__ import annotations

import re

import pytest
from merging_hosts import CATALOG, HOSTS, MERGER, emission, merge, merged, read

from edgewise.diagnostics import Code, Diagnostic
from edgewise.nodes import MAX_DEPTH
from edgewise.place import Source, Span
from edgewise.position import located

HEAD = 'openapi: 3.1.0\ninfo: {title: a, version: "1"}\n'


def refused(host: str, code: Code) -> list[Diagnostic]:
    text, said = merge(host)
    assert text is None
    assert {each.code for each in said} == {code}
    return located(said)


def place(diagnostic: Diagnostic) -> tuple[int, int]:
    assert isinstance(diagnostic.at, Span)
    assert diagnostic.at.file == "host.yaml"
    return diagnostic.at.line, diagnostic.at.column


# ---- hosts ----


@pytest.mark.parametrize(
    ("host", "words", "at"),
    [
        ("", "the host holds no document", (1, 1)),
        ("# nothing\n", "the host holds no document", (1, 1)),
        ("- openapi\n", "the host is no mapping", (1, 1)),
        ("openapi: [3.1.0\n", "this is not YAML", (2, 1)),
        ('{"openapi": "3.1.0", "paths": {}', "this is not YAML", (1, 33)),
        (f"{HEAD}---\n{HEAD}", "the host holds more than one document", (4, 1)),
        ("info: {}\n", "the host does not say which OpenAPI it is", (1, 1)),
        ("openapi: 3.0.3\n", "the host is OpenAPI 3.0.3", (1, 10)),
        ('swagger: "2.0"\n', "the host is OpenAPI 2.0", (1, 10)),
        ("openapi: 4.0.0\n", "the host is OpenAPI 4.0.0", (1, 10)),
        (f"{HEAD}paths:\n", "`paths` is not a mapping", (3, 1)),
        (f"{HEAD}paths: []\n", "`paths` is not a mapping", (3, 1)),
        (f"{HEAD}tags: {{}}\n", "`tags` is not a list", (3, 1)),
        (f"{HEAD}components:\n  schemas: no\n", "`schemas` is not a mapping", (4, 3)),
        (f"{HEAD}x: &a {{b: {{}}}}\npaths: *a\n", "`paths` has an anchor, an alias or a tag", (4, 1)),
        (f"{HEAD}paths: &a {{}}\nx: *a\n", "`paths` has an anchor, an alias or a tag", (3, 1)),
        (f"{HEAD}paths: {{$ref: ./paths.yaml}}\n", "`paths` stands in another file", (3, 1)),
        (f"{HEAD}paths: {{}}\npaths: {{}}\n", "`paths` stands here twice", (4, 1)),
        (f"{HEAD}paths:\n  /a: {{}}\n  '/a': {{}}\n", "`/a` stands here twice", (5, 3)),
        (f"{HEAD}paths: {{}} # a\rb: c\n", "the host holds U+000D", (3, 14)),
        (f"{HEAD}x: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}\n", "more than 64 levels", (3, 67)),
        (f"{HEAD}x: [{'1, ' * 500_001}]\n", "more than 500,000 values", (3, None)),
        (f"{HEAD}x: |\n  no end", "the host ends in the middle of a text", (3, 4)),
        (f"{HEAD}x-edgewise-merged: yes\n", "`x-edgewise-merged` is not as it was written", (3, 1)),
        (f"{HEAD}x-edgewise-merged: {{paths: {{}}}}\n", "`x-edgewise-merged` is not as it was", (3, 1)),
    ],
)
def test_a_host_that_cannot_be_used(host: str, words: str, at: tuple[int, int | None]) -> None:
    (found,) = refused(host, Code.HOST_NOT_USABLE)
    assert found.message.startswith(words)
    line, column = place(found)
    assert (line, column if at[1] else None) == at


def test_json_has_the_same_ceilings() -> None:
    deep = f'{{"openapi": "3.1.0", "x": {"[" * 64}{"]" * 64}}}'
    assert refused(deep, Code.HOST_NOT_USABLE)[0].message == "the host holds more than 64 levels"
    long = f'{{"openapi": "3.1.0", "x": [{", ".join("1" * 500_001)}]}}'
    assert refused(long, Code.HOST_NOT_USABLE)[0].message == "the host holds more than 500,000 values"


def test_a_host_of_3_0_is_told_what_to_do() -> None:
    (found,) = refused(HOSTS["smallest"].replace("3.1.0", "3.0.3"), Code.HOST_NOT_USABLE)
    assert "`openapi: 3.1.0`" in found.help
    assert '`type: [string, "null"]` for `nullable: true`' in found.help


def test_nobody_follows_an_alias_that_grows() -> None:
    bomb = "".join(f"x{n + 1}: &x{n + 1} [{f'*x{n}, ' * 9}]\n" for n in range(60))
    assert merged(f"{HEAD}x0: &x0 [1]\n{bomb}").startswith(f"{HEAD}x0: &x0 [1]\n{bomb}")


def test_an_alias_may_stand_in_what_it_stands_for() -> None:
    host = f"{HEAD}paths:\n  /a: &a\n    get: {{callbacks: {{b: {{c: *a}}}}}}\n    <<: *a\n"
    assert merged(host).startswith(host)


# ---- collisions ----


@pytest.mark.parametrize(
    ("host", "words", "at"),
    [
        (
            "paths:\n  /people/{person_id}/placed: {post: {}}\n",
            "the path `/people/{person_id}/placed`",
            (4, 3),
        ),
        (
            "paths:\n  /people/{id}/placed: {}\n",
            "`/people/{id}/placed`, the same path as `/people/{person_id}/placed`,",
            (4, 3),
        ),
        ("components:\n  schemas:\n    PlacedLink: {}\n", "the schema `PlacedLink`", (5, 5)),
        (
            "webhooks:\n  a: {post: {operationId: listPersonPlaced}}\n",
            "the operationId `listPersonPlaced`",
            (4, 27),
        ),
        (
            "paths:\n  /a: {get: {callbacks: {b: {c: {put: {operationId: listPersonPlaced}}}}}}\n",
            "the operationId `listPersonPlaced`",
            (4, 53),
        ),
        (
            "x: &a {get: {operationId: listPersonPlaced}}\npaths:\n  /a: *a\n",
            "the operationId `listPersonPlaced`",
            (3, 27),
        ),
        (
            "x: &a {PlacedLink: {}}\ncomponents:\n  schemas:\n    <<: *a\n    B: {}\n",
            "the schema `PlacedLink`",
            (3, 8),
        ),
    ],
)
def test_a_collision_has_both_places(host: str, words: str, at: tuple[int, int]) -> None:
    (found,) = refused(HEAD + host, Code.COLLISION)
    assert found.message == f"`placed` cannot be put in: the host has {words} of its own"
    assert place(found) == at
    (there,) = [each for each in found.related if each.label == "`placed` is declared here"]
    assert isinstance(there.at, Span)
    line = CATALOG.splitlines().index("  placed:") + 1
    assert (there.at.file, there.at.line, there.at.column) == ("schemas/a.yaml", line, 3)


def test_what_collides_several_times_is_told_once_for_each_declaration() -> None:
    paths = "".join(f"  /people/{{id}}/{name}: {{}}\n" for name in ("placed", "lives_in"))
    schemas = "components:\n  schemas:\n    PlacedLink: {}\n    PersonId: {}\n    Problem: {}\n"
    found = refused(f"{HEAD}paths:\n{paths}{schemas}", Code.COLLISION)
    assert [each.message.partition(" cannot")[0] for each in found] == [
        "what all relationship types share",
        "`lives_in`",
        "`person`",
        "`placed`",
    ]
    assert found[3].message.endswith("of its own, and 1 more")
    assert [each.label for each in found[3].related] == [
        "the schema `PlacedLink`",
        "`placed` is declared here",
    ]


def test_what_is_ours_collides_with_nothing() -> None:
    text = merged(HOSTS["smallest"])
    assert merge(text.replace("listPersonPlaced", "listed"))[1] == []


def test_a_tag_of_the_hosts_is_no_collision() -> None:
    text = merged(f"{HEAD}tags: [{{name: person}}]\n")
    assert [each["name"] for each in read(text)["tags"]] == ["person", "homes", "order"]


def test_a_prefix_keeps_components_apart() -> None:
    host = f"{HEAD}components:\n  schemas:\n    Problem: {{}}\n    PlacedLink: {{}}\n"
    for found in refused(host, Code.COLLISION):
        assert "set `component_prefix`" in found.help
    made = emission(Source("schemas/a.yaml", CATALOG))
    assert made is not None
    text, said = MERGER.merge(made.graph, {"component_prefix": "Link"}, Source("host.yaml", host))
    assert said == []
    assert text is not None
    schemas = read(text)["components"]["schemas"]
    assert {"Problem", "LinkProblem", "PlacedLink", "LinkPlacedLink"} <= set(schemas)
    used = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert used
    assert used <= {name for name in schemas if name.startswith("Link")}
    # Without it all of that is gone again, and the host has the same names as before.
    assert merge(text)[1] != []
    text, said = MERGER.merge(made.graph, {"component_prefix": "L"}, Source("host.yaml", text))
    assert text is not None
    assert not any(name.startswith("Link") for name in read(text)["components"]["schemas"])


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("paths:\n  /people/{id}/placed: {}\n", "{openapi: {path: ...}}"),
        (
            "webhooks:\n  a: {post: {operationId: listPersonPlaced}}\n",
            "give the host's operation another one",
        ),
    ],
)
def test_the_help_is_what_would_help(host: str, words: str) -> None:
    assert words in refused(HEAD + host, Code.COLLISION)[0].help


def test_what_the_next_merge_could_not_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgewise_targets.openapi.merging.outline.MAX_VALUES", 300)
    (found,) = refused(HOSTS["smallest"], Code.HOST_NOT_USABLE)
    assert found.message.startswith("what comes of it would be too large for a host: more than 300 values")
    monkeypatch.undo()
    monkeypatch.setattr("edgewise_targets.openapi.merging.merge.MAX_BYTES", 3_000)
    (found,) = refused(HOSTS["smallest"], Code.HOST_NOT_USABLE)
    assert found.message.endswith("more than 3,000 bytes")
