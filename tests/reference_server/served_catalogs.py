"""Both catalogs compiled to what a server needs, the document and the database, with records in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from urllib.parse import quote

from command import ROOT
from httpx2 import Response
from link_database import LinkDatabase
from link_server import application
from served_document import Json, Link, Operation, follow, links_of, paths_of
from starlette.testclient import TestClient

from edgewise.compile import compile as compile_sources
from edgewise.place import Source
from edgewise.project import Project
from edgewise_targets import TARGETS

MANIFESTS = {
    "full": [ROOT / "tests" / "openapi" / "full.yaml"],
    "own": sorted((ROOT / "schemas").rglob("*.yaml")),
}
# As many as the largest bound of the catalogs, and some who are not linked.
RECORDS = 16
# What a column of an object type needs, where any short text will not do.
_VALUES = {"placed_at": "2026-01-31T12:00:00Z", "total": "1.5", "unit_price": "1.5"}


@dataclass(frozen=True)
class Catalog:
    """What the compiler made of a catalog, as a server gets it: three files."""

    document: Json
    ddl: str
    rules: str

    @cached_property
    def operations(self) -> dict[str, tuple[str, str, Operation]]:
        """The method, the path and the rest of each operation, by its id."""
        return {
            operation.id: (method, "/" + "/".join(path.segments), operation)
            for path in paths_of(self.document)
            for method, operation in path.operations.items()
        }

    @cached_property
    def ids(self) -> dict[str, list[Any]]:
        """The ids of the records that are there, by object type; the first are the document's examples."""
        ends = [(link, end) for link in links_of(self.document).values() for end in ("from", "to")]
        return {link.object_types[end]: _ids(link.properties[f"{end}_id"]) for link, end in ends}

    def served(self) -> Served:
        """Serve it from a new database with records of each object type."""
        database = LinkDatabase(self.ddl, self.rules)
        for object_type, ids in self.ids.items():
            for number, id_ in enumerate(ids):
                add_record(database, object_type, id_, number)
        return Served(self, database, TestClient(application(self.document, database)))


@cache
def catalog(name: str) -> Catalog:
    """Compile one of the catalogs, by its name, for this document and this database alone."""
    sources = [Source(path.name, path.read_text(encoding="utf-8")) for path in MANIFESTS[name]]
    project = Project("/project", ("schemas",), "build", {"openapi": {}, "sqlite": {}}, True)
    artifacts = compile_sources(sources, project, TARGETS).artifacts
    made = {path: content.decode() for target in ("openapi", "sqlite") for path, content in artifacts[target]}
    document = json.loads(made["openapi/openapi.json"])
    return Catalog(document, made["sql/sqlite.sql"], made["sql/sqlite.rules.json"])


def _ids(schema: Json) -> list[Any]:
    first = schema["examples"][0]
    if isinstance(first, int):
        return [first + number for number in range(RECORDS)]
    if schema.get("format") == "uuid":
        return [f"{first[:24]}{int(first[24:]) + number:012}" for number in range(RECORDS)]
    return [f"{first[:-1]}{number + 1}" for number in range(RECORDS)]


def add_record(database: LinkDatabase, object_type: str, id_: str | int, number: int) -> None:
    """Add a record with an id and with what its table does not go without; none where there is no table."""
    table = database.records[object_type]
    if table is None:
        return
    columns = database.connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    values = {
        name: _VALUES.get(name, f"{name[0]}{number}")
        for _, name, _, not_null, default, _ in columns
        if not_null and default is None
    } | {"id": id_}
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    database.connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [*values.values()])


@dataclass(frozen=True)
class Served:
    """A catalog that is served, and a client."""

    catalog: Catalog
    database: LinkDatabase
    client: TestClient

    @property
    def ids(self) -> dict[str, list[Any]]:
        return self.catalog.ids

    def call(self, name: str, from_id: Any, to_id: Any, **changes: Any) -> Response:
        """Call an operation for a pair of records, whichever of them its path begins with.

        What has to be sent is taken from the document's example, but for what is changed.
        """
        method, template, operation = self.catalog.operations[name]
        pair = {"from": from_id, "to": to_id}
        path = template.replace(f"{{{operation.own}}}", quote(str(pair[operation.end]), safe=""))
        path = path.replace(f"{{{operation.other}}}", quote(str(pair[operation.far]), safe=""))
        if operation.body is None:
            return self.client.request(method, path)
        body = dict(follow(self.catalog.document, {"$ref": operation.body})["examples"][0]) | changes
        if operation.other is None:
            body[f"{operation.far}_id"] = pair[operation.far]
        return self.client.request(method, path, json=body)

    def linking(self, link: Link) -> str:
        """Return an operation that links two records, one that replaces nothing where there is one."""
        writing = [
            (operation.other is None, name)
            for name, (method, _, operation) in self.catalog.operations.items()
            if method == "PUT" and operation.link.relationship_type == link.relationship_type
        ]
        return min(writing)[1]

    def link(self, link: Link, from_id: Any, to_id: Any) -> None:
        """Link two records that were not linked."""
        answer = self.call(self.linking(link), from_id, to_id)
        assert answer.status_code == 201, answer.text
