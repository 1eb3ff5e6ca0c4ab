"""Relationship types as code: manifests in, SQL, OpenAPI and API payloads out.

The public names are loaded on first use, so that `edgewise --version` starts at once. `edgewise.compile`
is the module with the two functions that do the work, `check` and `compile`.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "Artifact": "edgewise.target",
    "Catalog": "edgewise.catalog",
    "Compilation": "edgewise.compile",
    "Diagnostic": "edgewise.diagnostics",
    "Graph": "edgewise.graph",
    "Project": "edgewise.project",
    "Source": "edgewise.place",
    "Target": "edgewise.target",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - all of them are names


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
