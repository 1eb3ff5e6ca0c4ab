"""Manifests written in a test, what the dialects make of them, and the JSON Schemas of what vendors take."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from jsonschema import Draft202012Validator

from edgewise.compile import Compilation
from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Diagnostic, Severity
from edgewise.place import Source, Span
from edgewise.position import located
from edgewise.project import Project
from edgewise.target import Target
from edgewise_targets import TARGETS
from edgewise_targets.boom import TARGET as BOOM
from edgewise_targets.monica import TARGET as MONICA
from edgewise_targets.zendesk import TARGET as ZENDESK

DIALECTS = (BOOM, ZENDESK, MONICA)
SCHEMAS = Path(__file__).parent / "schemas"
NO_OPTIONS: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Built:
    """What came of a manifest: what is said of it but lint, located, and the emitted JSON files, parsed."""

    diagnostics: list[Diagnostic]
    files: dict[str, Any]
    content: dict[str, bytes]

    def said(self, number: str) -> list[Diagnostic]:
        """Return what is said under a code."""
        return [each for each in self.diagnostics if each.code.number == number]

    def only(self, number: str) -> Diagnostic:
        """Return the one thing that is said under a code."""
        (found,) = self.said(number)
        return found

    @property
    def at_least_warnings(self) -> list[str]:
        """The messages of errors and warnings."""
        return [each.message for each in self.diagnostics if each.severity >= Severity.WARNING]

    def body(self, target: str, name: str) -> Any:
        """Return the body of a relationship type's request."""
        return self.files[f"{target}/relationship-types/{name}.json"]

    def report(self, target: str) -> dict[str, Any]:
        """Return the report's entries by relationship type."""
        return {
            entry["relationship_type"]: {
                key: each for key, each in entry.items() if key != "relationship_type"
            }
            for entry in self.files[f"{target}/report.json"]
        }

    def losses(self, target: str, name: str) -> list[str]:
        """Return the kinds of what a relationship type lost."""
        return [loss["kind"] for loss in self.report(target)[name].get("losses", ())]


def run(
    sources: Iterable[Source], *targets: Target, options: Mapping[str, Any] = NO_OPTIONS, named: bool = True
) -> Compilation:
    """Compile sources for some targets, all of which get the same options; all of ours are known."""
    project = Project("/project", ("schemas",), "build", {target.name: options for target in targets}, named)
    known = {target.name: target for target in (*TARGETS, *targets)}
    return compile_sources(tuple(sources), project, tuple(known.values()))


def build(text: str, *targets: Target, options: Mapping[str, Any] = NO_OPTIONS, named: bool = True) -> Built:
    """Compile one manifest, called `m.yaml`; its text may be indented."""
    compilation = run([Source("m.yaml", dedent(text))], *(targets or DIALECTS), options=options, named=named)
    content = {
        artifact.path: artifact.content
        for artifacts in compilation.artifacts.values()
        for artifact in artifacts
    }
    files = {path: json.loads(each) for path, each in content.items() if path.endswith(".json")}
    said = [each for each in compilation.diagnostics if not each.code.number.startswith("EW5")]
    return Built(located(said), files, content)


def marked(text: str, diagnostic: Diagnostic) -> str:
    """Return `line: marked text` of the place that a diagnostic points at."""
    at = diagnostic.at
    assert isinstance(at, Span)
    line = dedent(text).splitlines()[at.line - 1]
    return f"{at.line}: {line[at.column - 1 : at.end_column - 1]}"


@cache
def validator(name: str) -> Draft202012Validator:
    """Return a validator for one of the schemas beside this file."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def invalid(files: Mapping[str, Any]) -> list[str]:
    """Say which files are not what their vendor, or this project, has promised."""
    return [
        f"{path}: {error.message}"
        for path, body in files.items()
        for error in validator(schema_of(path)).iter_errors(body)
    ]


def schema_of(path: str) -> str:
    """Return the schema that an emitted file has to fit: `boom-relationship-type` for one of Boom's."""
    target, _, rest = path.partition("/")
    folder, _, _ = rest.partition("/")
    return f"{target}-{folder.removesuffix('s')}" if "/" in rest else rest.removesuffix(".json")


def person(*targets: str) -> str:
    """Return the declaration of a person that is a target's own."""
    own = {"boom": "person", "monica": "contact", "zendesk": '"zen:user"'}
    entries = ", ".join(f"{name}: {own[name]}" for name in targets or own)
    return f"person: {{plural: people, targets: {{{entries}}}}}"
