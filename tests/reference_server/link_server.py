"""A server for any OpenAPI document of ours, over a SQLite database from our DDL for the same catalog.

It is written from the document and holds no rule of links itself: the database refuses, and this says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from link_database import LinkDatabase, RefusedError
from served_document import Json, Operation, Path, paths_of
from served_values import MalformedError, Schemas, from_text, kept, parsed
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

_TITLES = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
PROBLEM = "application/problem+json"
NO_SUCH_LINK = "there is no such link"


class Problem(Exception):  # noqa: N818 - what RFC 9457 calls it
    """What an answer says that went wrong."""

    def __init__(self, status: int, headers: Mapping[str, str] | None = None, **members: str) -> None:
        self.response = JSONResponse(
            {"title": _TITLES[status], "status": status, **members},
            status,
            headers,
            media_type=PROBLEM,
        )


def application(document: Json, database: LinkDatabase) -> Router:
    """Return the server of a document; it tells the document itself under `/openapi.json`."""

    def told(_: Request) -> Response:
        return JSONResponse(document)

    return Router([Route("/openapi.json", told)], redirect_slashes=False, default=links(document, database))


def links(document: Json, database: LinkDatabase) -> ASGIApp:
    """Return what answers at the paths of a document."""
    paths, schemas = paths_of(document), Schemas(document)

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            method, operation, texts = routed(paths, request)
            ids, query = parameters(schemas, operation, texts, request)
            body = sent(schemas, operation, await request.body(), request.headers.get("content-type"))
            response = Answers(database, operation, ids, query, body).by(method)
        except Problem as problem:
            response = problem.response
        except MalformedError as error:
            response = Problem(400, detail=str(error)).response
        except RefusedError as refused:
            response = JSONResponse(operation.refusals[refused.key], 409, media_type=PROBLEM)
        await response(scope, receive, send)

    return answering


def routed(paths: list[Path], request: Request) -> tuple[str, Operation, dict[str, str]]:
    """Return the operation that a request is for, and the texts of its path's parameters.

    The path is taken apart as it was sent: an escaped slash is part of an id and ends no segment.
    """
    try:
        sent = [unquote_to_bytes(each).decode() for each in request.scope["raw_path"].split(b"/")[1:]]
    except UnicodeDecodeError as error:
        raise MalformedError("the path is not UTF-8") from error
    for path in paths:
        texts = path.values(tuple(sent))
        if texts is not None:
            if request.method not in path.operations:
                raise Problem(405, {"Allow": ", ".join(sorted(path.operations))})
            return request.method, path.operations[request.method], texts
    raise Problem(404, detail="there is no such path")


def parameters(
    schemas: Schemas, operation: Operation, texts: Mapping[str, str], request: Request
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the parameters in the path and those in the query, each as its schema wants it."""
    try:
        pairs = parse_qsl(request.scope["query_string"].decode(), True, errors="strict")
    except UnicodeDecodeError as error:
        raise MalformedError("the query is not UTF-8") from error
    values: dict[str, dict[str, Any]] = {"path": {}, "query": {}}
    for parameter in operation.parameters:
        name, schema = parameter["name"], parameter["schema"]
        stated = [texts[name]] if parameter["in"] == "path" else [text for key, text in pairs if key == name]
        if len(stated) > 1:
            raise MalformedError(f"{name} is stated more than once")
        for text in stated:
            values[parameter["in"]][name] = checked(schemas, schema, text, name)
    return values["path"], values["query"]


def checked(schemas: Schemas, schema: Json, text: str, name: str) -> Any:
    """Return what a parameter's text stands for, as the database keeps it; refuse what its schema refuses."""
    followed = schemas.followed(schema)
    value = from_text(text, followed.get("type"))
    schemas.check(schema, value, name)
    return kept(value, followed)


def sent(schemas: Schemas, operation: Operation, body: bytes, media_type: str | None) -> dict[str, Any]:
    """Return what was sent of a link: nothing where the operation takes nothing."""
    if operation.body is None or not (body or operation.needs_body):
        return {}
    if (media_type or "").split(";")[0].strip().lower() != "application/json":
        raise MalformedError("the body is not of the type application/json")
    value = parsed(body)
    schemas.check({"$ref": operation.body}, value, "the body")
    return dict(value)


class Answers:
    """What is answered to one request that fits the document."""

    def __init__(
        self,
        database: LinkDatabase,
        operation: Operation,
        ids: Mapping[str, Any],
        query: Mapping[str, Any],
        body: dict[str, Any],
    ) -> None:
        self.database, self.operation, self.query, self.body = database, operation, query, body
        self.own = ids[operation.own]
        self.other = ids[operation.other] if operation.other else None

    def by(self, method: str) -> Response:
        """Return the answer for a method; one of these is all that the document has."""
        self._require(self.operation.end, self.own)
        if self.other is not None:
            self._require(self.operation.far, self.other)
        return {"GET": self._get, "PUT": self._put, "DELETE": self._delete}[method]()

    def _require(self, end: str, id_: str | int) -> None:
        object_type = self.operation.link.object_types[end]
        if not self.database.has_record(object_type, id_):
            raise Problem(404, detail=f"there is no such {object_type}: {id_}")

    def _get(self) -> Response:
        if self.operation.answers_pages:
            limit = self.query.get("limit", self._default("limit"))
            data, after = self.database.page(self.operation, self.own, limit, self.query.get("cursor"))
            return JSONResponse({"data": data, "next_cursor": after})
        found = self.database.link(self.operation, self.own)
        if found is None:
            raise Problem(404, detail=NO_SUCH_LINK)
        return JSONResponse(found)

    def _default(self, name: str) -> Any:
        return next(each["schema"]["default"] for each in self.operation.parameters if each["name"] == name)

    def _put(self) -> Response:
        other = self.other
        if other is None:
            key = f"{self.operation.far}_id"
            other = kept(self.body.pop(key), self.operation.link.properties[key])
            self._require(self.operation.far, other)
        link, is_new = self.database.put(self.operation, self.own, other, self.body)
        return JSONResponse(link, 201 if is_new else 200)

    def _delete(self) -> Response:
        if not self.database.remove(self.operation, self.own, self.other):
            raise Problem(404, detail=NO_SUCH_LINK)
        return Response(status_code=204)
