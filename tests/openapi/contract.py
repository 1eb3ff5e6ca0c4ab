"""Manifests compiled to OpenAPI in a test, and ways to look into what came out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.place import Source
from edgewise.project import Project
from edgewise_targets import TARGETS

HERE = Path(__file__).parent
FULL = (HERE / "full.yaml").read_text(encoding="utf-8")
REAL = sorted((HERE.parent.parent / "schemas").rglob("*.yaml"))
BUNDLE = "openapi/openapi.json"
COMMON = "openapi/fragments/common.json"
Json = dict[str, Any]
# What is said of manifests whatever becomes of them: records that need one another to be there, and lint.
_OF_MANIFESTS = ("EW405", "EW5")


@dataclass(frozen=True)
class Api:
    """What came of manifests: graph, what is said of this target, the files by path, as bytes and parsed."""

    read: Graph | None
    said: list[Diagnostic]
    content: Mapping[str, bytes]
    files: Mapping[str, Json]

    @property
    def graph(self) -> Graph:
        assert self.read is not None
        return self.read

    @property
    def bundle(self) -> Json:
        return self.files[BUNDLE]

    @property
    def paths(self) -> Json:
        found: Json = self.bundle["paths"]
        return found

    @property
    def schemas(self) -> Json:
        found: Json = self.bundle["components"]["schemas"]
        return found

    def fragments(self) -> dict[str, Json]:
        """Return the fragments by the name of their relationship type."""
        folder, _, _ = COMMON.rpartition("/")
        return {
            path.removeprefix(f"{folder}/").removesuffix(".json"): file
            for path, file in self.files.items()
            if path.startswith(f"{folder}/") and path != COMMON
        }

    def operations(self) -> Iterator[tuple[str, str, Json]]:
        """Yield every operation with its path and its method."""
        for path, item in self.paths.items():
            for method, operation in item.items():
                if method != "parameters":
                    yield path, method, operation

    def operation(self, name: str) -> Json:
        """Return the operation of an id."""
        (found,) = (each for _, _, each in self.operations() if each["operationId"] == name)
        return found

    def rules(self, name: str) -> list[str]:
        """Return the rules that may refuse an operation, as the examples of its answer 409 have them."""
        answer = self.operation(name)["responses"].get("409")
        if answer is None:
            return []
        content = follow(answer["$ref"], self.bundle)["content"]["application/problem+json"]
        return list(content["examples"])

    def is_valid(self, schema: str, value: object) -> bool:
        """Tell whether a schema of the bundle accepts a value."""
        registry = Registry[Any]().with_resource("bundle", DRAFT202012.create_resource(self.bundle))
        reference = {"$ref": f"bundle#/components/schemas/{schema}"}
        checker = Draft202012Validator.FORMAT_CHECKER
        return Draft202012Validator(reference, registry=registry, format_checker=checker).is_valid(value)


def compiled(*texts: str, named: bool = True, **options: str) -> Api:
    """Compile manifests for this target alone; each text is a file."""
    sources = [Source(f"{number}.yaml", text) for number, text in enumerate(texts)]
    project = Project("/project", ("schemas",), "build", {"openapi": options}, named)
    compilation = compile_sources(sources, project, TARGETS)
    content = dict(compilation.artifacts.get("openapi", ()))
    said = [each for each in compilation.diagnostics if not each.code.number.startswith(_OF_MANIFESTS)]
    return Api(compilation.graph, said, content, {path: json.loads(each) for path, each in content.items()})


def real() -> Api:
    """Compile the catalog of this repository."""
    return compiled(*(path.read_text(encoding="utf-8") for path in REAL))


def related(relationship: str, objects: str = "a: {}, b: {}") -> Api:
    """Compile one relationship type, called `r`, which has to go through."""
    api = compiled(f"object_types: {{{objects}}}\nrelationship_types:\n  r: {{{relationship}}}\n")
    assert api.said == []
    return api


def references(value: object) -> Iterator[str]:
    """Yield every `$ref` in a tree."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def follow(reference: str, document: Json) -> Json:
    """Return what a reference inside one document leads to."""
    found: Any = document
    for key in reference.removeprefix("#/").split("/"):
        found = found[key]
    assert isinstance(found, dict)
    return found
