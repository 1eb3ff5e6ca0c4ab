"""What others make of the documents: a linter's verdict, and clients whose types say one or many.

One test a tool, each over both catalogs, so that nothing is generated twice.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from contract import COMMON, FULL, REAL, Api, compiled
from javascript import Done, node, tool

ROOT = Path(__file__).parent.parent.parent
LICENSE = {"name": "Apache 2.0", "identifier": "Apache-2.0"}
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true"}


def catalogs() -> dict[str, Api]:
    """Compile both catalogs, by a name for each."""
    texts = [path.read_text(encoding="utf-8") for path in REAL]
    made = {"full": compiled(FULL, license=LICENSE), "real": compiled(*texts, license=LICENSE)}
    for api in made.values():
        assert len(api.fragments()) > 10
    return made


def written(api: Api, folder: Path) -> list[Path]:
    """Write the bundle, and each fragment with the head that a host would have; return their paths."""
    folder.mkdir()
    (folder / "common.json").write_bytes(api.content[COMMON])
    head = {key: api.bundle[key] for key in ("openapi", "info", "servers")}
    documents = {"bundle": api.bundle} | {f"of_{k}": head | each for k, each in api.fragments().items()}
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    return [folder / f"{name}.json" for name in documents]


def linted(*documents: Path) -> Done:
    """Lint documents by the rules of this repository."""
    linter = tool("@redocly/cli", "bin/cli.js")
    options = ("--config", ROOT / "redocly.yaml", "--format", "checkstyle")
    return node(linter, "lint", *documents, *options, cwd=ROOT, env=os.environ | QUIET)


def test_redocly_finds_nothing_in_bundles_and_fragments(tmp_path: Path) -> None:
    documents = [path for name, api in catalogs().items() for path in written(api, tmp_path / name)]
    done = linted(*documents)
    assert done.returncode == 0, done.stdout
    assert done.stderr.count("validated in") == len(documents)


def test_redocly_does_look_at_examples_and_at_the_shared_file(tmp_path: Path) -> None:
    api = catalogs()["full"]
    api.bundle["components"]["schemas"]["SpouseLink"]["examples"] = [{"from_id": 1}]
    common = api.files[COMMON] | {"components": api.files[COMMON]["components"] | {"parameters": {}}}
    bundle, fragment, *_ = written(api, tmp_path / "full")
    (tmp_path / "full" / "common.json").write_text(json.dumps(common), encoding="utf-8")
    done = linted(bundle, fragment)
    assert done.returncode == 1
    assert set(re.findall('source="([^"]+)"', done.stdout)) >= {
        "no-invalid-schema-examples",
        "no-unresolved-refs",
    }


class View(NamedTuple):
    """One way to walk, as a client sees it: what reads it, and whether the manifest says many."""

    operation: str
    link: str
    is_many: bool


def views(api: Api) -> Iterator[View]:
    """Yield each way to walk of a catalog: one or many from the manifest, the names from the document."""
    readers = {
        (note["relationship_type"], note["end"]): operation["operationId"]
        for _, method, operation in api.operations()
        if method == "get" and (note := operation["x-edgewise"])
    }
    links = {
        schema["x-edgewise"]["relationship_type"]: name
        for name, schema in api.schemas.items()
        if "from" in schema.get("x-edgewise", {})
    }
    for relationship in api.graph.relationship_types.values():
        if relationship.name not in links:
            continue
        ends = relationship.ends[:1] if relationship.symmetric else relationship.ends
        for start, arrival in zip(ends, reversed(relationship.ends), strict=False):
            if start.walk is not None:
                operation = readers.pop((relationship.name, start.key))
                yield View(operation, links[relationship.name], arrival.bounds.max != 1)
    assert readers == {}


def typescript(api: Api, module: str, *, right: bool) -> str:
    """Return a program that says of each way to walk, on a line each, that it gives one link or many."""
    lines = [
        f'import type {{ components, operations }} from "./{module}";',
        "type Is<A> = <T>() => T extends A ? 1 : 2;",
        "type Same<A, B> = Is<A> extends Is<B> ? true : false;",
        'type Body<T> = { responses: { 200: { content: { "application/json": T } } } };',
        "type Read<K extends keyof operations> = operations[K] extends Body<infer T> ? T : never;",
        'type Schema<K extends keyof components["schemas"]> = components["schemas"][K];',
    ]
    for number, (operation, link, is_many) in enumerate(views(api)):
        seen, said = f'Read<"{operation}">', f'Schema<"{link}">'
        if is_many is right:
            said = f"{{ data: {said}[]; next_cursor: string | null }}"
        lines.append(f"export const view{number}: Same<{seen}, {said}> = true;")
    return "\n".join(lines) + "\n"


def test_the_types_of_typescript_say_one_or_many(tmp_path: Path) -> None:
    expected = []
    for name, api in catalogs().items():
        (tmp_path / f"{name}.json").write_bytes(api.content["openapi/openapi.json"])
        generator = tool("openapi-typescript", "bin/cli.js")
        done = node(generator, tmp_path / f"{name}.json", "--output", tmp_path / f"{name}.ts")
        assert done.returncode == 0, done.stderr
        (tmp_path / f"right_{name}.ts").write_text(typescript(api, name, right=True))
        wrong = typescript(api, name, right=False)
        (tmp_path / f"wrong_{name}.ts").write_text(wrong)
        expected += [
            f"wrong_{name}.ts({number},14): error TS2322: Type 'true' is not assignable to type 'false'."
            for number, line in enumerate(wrong.splitlines(), start=1)
            if line.startswith("export const")
        ]
    compiler = tool("typescript", "bin/tsc")
    done = node(compiler, "--strict", "--noEmit", *sorted(tmp_path.glob("*.ts")), cwd=tmp_path)
    assert done.stdout.splitlines() == expected
    assert len(expected) > 50


def python(api: Api, client: Path, *, right: bool) -> str:
    """Return a program that says the same as `typescript` does, of a client in Python."""
    lines = ["from typing import Any, assert_type"]
    body = ["def view(anything: Any) -> None:"]
    modules = {path.stem: path for path in client.glob("api/*/*.py")}
    for number, (operation, link, is_many) in enumerate(views(api)):
        page = f"{operation.removeprefix('list')}Page" if operation.startswith("list") else link
        path = modules[snake(operation)]
        lines += [
            f"from {client.name}.api.{path.parent.name} import {path.stem} as read{number}",
            f"from {client.name}.models import {link}, {page}, Problem",
        ]
        body += [f"    seen{number} = read{number}.sync(anything, client=anything)"]
        seen = f"assert_type(seen{number}, {link} | Problem | None)"
        if is_many:
            body += [f"    assert isinstance(seen{number}, {page})"]
            seen = f"assert_type(seen{number}.data, list[{link}])"
        body += [f"    {seen if right else seen.replace(link, f'list[{link}]', 1)}"]
    return "\n".join([*lines, *body]) + "\n"


def snake(operation: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in operation)


def test_the_types_of_a_client_in_python_say_one_or_many(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("post_hooks: []\n")
    expected = []
    for name, api in catalogs().items():
        (tmp_path / f"{name}.json").write_bytes(api.content["openapi/openapi.json"])
        client = tmp_path / f"{name}_client"
        run(
            *("openapi_python_client", "generate", "--path", f"{name}.json", "--meta", "none"),
            *("--config", "config.yaml", "--output-path", client.name, "--fail-on-warning"),
            cwd=tmp_path,
        )
        (tmp_path / f"right_{name}.py").write_text(python(api, client, right=True))
        wrong = python(api, client, right=False)
        (tmp_path / f"wrong_{name}.py").write_text(wrong)
        expected += [
            f"wrong_{name}.py:{number}"
            for number, line in enumerate(wrong.splitlines(), start=1)
            if "assert_type(" in line
        ]
    done = run(
        *("mypy", "--strict", "--config-file=", "--cache-dir", os.devnull, "--no-error-summary"),
        *("--hide-error-context", "--no-color-output", "."),
        cwd=tmp_path,
        ends_with=1,
    )
    assert sorted(line.partition(": error")[0] for line in done.splitlines()) == sorted(expected)
    assert len(expected) > 50


def run(*arguments: str, cwd: Path, ends_with: int = 0) -> str:
    """Run a module of Python and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == ends_with, done.stdout + done.stderr
    return done.stdout
