"""Hosts as people write them, a catalog to merge into them, and ways to look at what comes of that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import yaml

from edgewise.compile import Emission
from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Diagnostic, has_errors
from edgewise.place import Source
from edgewise.project import Project
from edgewise_targets import TARGETS
from edgewise_targets.openapi.merging.record import RECORD

(OPENAPI,) = [each for each in TARGETS if each.merger]
assert OPENAPI.merger is not None
MERGER = OPENAPI.merger

OBJECT_TYPES = "object_types: {person: {plural: people}, order: {}, household: {}}\n"
PLACED = """\
  placed:
    from: person
    to: order
    cardinality: one_to_many
    inverse: placed_by
    attributes: {channel: {enum: [web, "no"], description: "What: the way # it came"}}
"""
LIVES_IN = "  lives_in: {from: person, to: household, cardinality: many_to_one, group: homes}\n"
GROUPS = "groups: {homes: {description: Who lives where.}}\n"
CATALOG = f"{OBJECT_TYPES}{GROUPS}relationship_types:\n{PLACED}{LIVES_IN}"
PART = f"{OBJECT_TYPES}{GROUPS}relationship_types:\n{LIVES_IN}"
NOTHING = OBJECT_TYPES

HOSTS = {
    "smallest": 'openapi: 3.1.0\ninfo: {title: Orders, version: "1"}\n',
    "empty paths": 'openapi: 3.1.0\ninfo: {title: Orders, version: "1"}\npaths: {}   # none yet\n# the end\n',
    "no last line end": 'openapi: 3.1.0\ninfo: {title: Orders, version: "1"}\npaths: {}',
    "comments everywhere": """\
# yaml-language-server: $schema=https://spec.openapis.org/oas/3.1/schema/2022-10-07

openapi: 3.1.0   # the version
info:
  title: Orders
  version: '1'

tags:
  # in this order
  - name: orders      # first
    description: >-
      Folded: and
      # no comment

paths:   # all of them
  # -- orders --
  /orders:
    get:
      operationId: listOrders
      responses: {"200": {description: |
        A list,
        # no comment
        } }
  # /orders/{id}:
  #   get: later

  # -- end of paths --

# Components begin here.
components:

  schemas:   # by name
    Order: &order   # the order
      type: object
    OldOrder: *order

    # nothing more

# The end.
""".replace(
        '{"200": {description: |\n        A list,\n        # no comment\n        } }',
        '{"200": {description: "A list,\n        # no comment"}}',
    ),
    "four columns, CRLF": """\
---
openapi: "3.1.1"
info:
    title: Orders
    version: "1"
paths:
    "/orders":
        get:
            responses:
                '200':
                    description: |+
                        Kept.

components:
    responses:
        Gone:
            description: |
                Text.

    schemas: {}
...
""".replace("\n", "\r\n"),
    "lists at the margin": """\
openapi: 3.1.0
info: {title: Orders, version: "1"}
tags:
- name: person
  description: Ours? No, the host's.
# about the paths
paths:
  /on: {get: {operationId: yes, x-at: 2026-01-31, x-ratio: 1.5e3, responses: {200: {description: no}}}}
x-last: [1, 2]
""",
    "flow": 'openapi: 3.1.0\ninfo: {title: Orders, version: "1"}\npaths: {/a: {get: {responses: {}}},}\n'
    "components: {schemas: {A: {}, # first\n   B: {}}}\ntags: [{name: a}]\n",
    "merge keys": """\
openapi: 3.1.0
info: {title: Orders, version: "1"}
x-shared: &shared
  Old: &old {type: string}
components:
  schemas:
    <<: *shared
    New: *old
""",
    "tight JSON": '{"openapi":"3.1.0","info":{"title":"Orders","version":"1"},"paths":{}}',
    "JSON of Python": json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "\U0001f600 \u2028", "version": "1"},
            "paths": {"/a": {}},
            "tags": [],
        }
    ),
    "JSON with two spaces": json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Orders", "version": "1"},
            "tags": [{"name": "a"}],
            "paths": {},
            "components": {"schemas": {"A": {}}, "responses": {}},
        },
        indent=2,
    )
    + "\n",
    "JSON with tabs": json.dumps(
        {
            "components": {"schemas": {"A": {"type": "string"}}},
            "info": {"title": "Orders", "version": "1"},
            "openapi": "3.1.0",
        },
        indent="\t",
    ),
}
"""By what is special about each."""


@cache
def emission(*manifests: Source) -> Emission | None:
    """Return what the target makes of manifests; None where they do not compile or cannot be taken."""
    project = Project("/nowhere", ("schemas",), "build", {OPENAPI.name: {}}, named=True)
    made = compile_sources(manifests, project, TARGETS)
    return None if has_errors(made.diagnostics) else made.emissions[OPENAPI.name]


def merge(host: str, manifest: str = CATALOG) -> tuple[str | None, Sequence[Diagnostic]]:
    """Merge what a manifest declares into the text of a host."""
    made = emission(Source("schemas/a.yaml", manifest))
    assert made is not None
    return MERGER.merge(made.graph, made.options, Source("host.yaml", host))


def merged(host: str, manifest: str = CATALOG) -> str:
    """Merge where nothing is in the way."""
    text, said = merge(host, manifest)
    assert said == []
    assert text is not None
    return text


def read(text: str) -> Any:
    """Read a host as any program would, but for what words and numbers mean."""
    return json.loads(text) if text.startswith("{") else yaml.load(text, yaml.CBaseLoader)


def less_ours(text: str) -> Any:
    """Read a merged host and take out what its record lists, as somebody would by hand."""
    data = read(text)
    record = data.pop(RECORD, {})
    tags = record.get("tags", [])
    if "tags" in data:
        data["tags"] = [each for each in data["tags"] if each["name"] not in tags]
    for section, names in record.items():
        if section in {"about", "sections", "tags"}:
            continue
        part = data
        for key in section.split("/"):
            part = part[key]
        for name in names:
            del part[name]
    for section in sorted(record.get("sections", []), reverse=True):
        *above, last = section.split("/")
        part = data
        for key in above:
            part = part[key]
        assert part.pop(last) == {}
    return data
