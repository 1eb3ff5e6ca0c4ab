"""What `edgewise` says of a manifest and makes of it, for tests that hold it against a vendor's server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from textwrap import dedent
from typing import Any, NamedTuple

from command import ROOT

from edgewise.compile import check
from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Diagnostic, Severity
from edgewise.place import Source
from edgewise.project import Project
from edgewise.target import Artifact, Target
from edgewise_targets import TARGETS

BY_NAME: Mapping[str, Target] = {target.name: target for target in TARGETS}
OWN_CATALOG = [
    Source(path.name, path.read_text(encoding="utf-8")) for path in sorted((ROOT / "schemas").glob("*.yaml"))
]
NO_OPTIONS: Mapping[str, Any] = {}


class Request(NamedTuple):
    """An entry of `requests.json`, with its body as bytes."""

    method: str
    path: str
    content: bytes
    subject: str


def manifest(text: str) -> list[Source]:
    return [Source("m.yaml", dedent(text))]


def project(target: str, options: Mapping[str, Any]) -> Project:
    return Project("/", ("schemas",), "build", {target: options}, named=True)


def said(sources: Iterable[Source], target: str, options: Mapping[str, Any] = NO_OPTIONS) -> list[Diagnostic]:
    """Return all that `check` says."""
    return list(check([*sources], project(target, options), TARGETS).diagnostics)


def built(
    sources: Iterable[Source], target: str, options: Mapping[str, Any] = NO_OPTIONS
) -> dict[str, bytes]:
    """Return the files that `build` writes, by their paths below the target's folder; no error is allowed."""
    compilation = compile_sources([*sources], project(target, options), TARGETS)
    errors = [each.message for each in compilation.diagnostics if each.severity is Severity.ERROR]
    assert errors == []
    return below(target, compilation.artifacts[target])


def forced(
    sources: Iterable[Source], target: str, options: Mapping[str, Any] = NO_OPTIONS
) -> dict[str, bytes]:
    """Return the files that would be written if nobody minded what `check` says."""
    graph = check([*sources], project(target, options), TARGETS).graph
    assert graph is not None
    return below(target, BY_NAME[target].emit(graph, options))


def below(target: str, artifacts: Iterable[Artifact]) -> dict[str, bytes]:
    return {each.path.removeprefix(f"{target}/"): each.content for each in artifacts}


def requests(files: Mapping[str, bytes]) -> list[Request]:
    """Return the requests in their order."""
    return [
        Request(each["method"], each["path"], files[each["body_file"]], each["for"])
        for each in json.loads(files["requests.json"])
    ]
