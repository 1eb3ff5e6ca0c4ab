"""A small HTTP server for a vendor, and a client for it. Nothing here knows what edgewise does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qsl, quote, urlsplit


class Received(NamedTuple):
    """A request as a vendor sees it; `body` is parsed JSON, None where there is none."""

    method: str
    path: str
    query: Mapping[str, str]
    authorization: str
    body: Any


class Answer(NamedTuple):
    """A status and a body to be sent as JSON; None sends none."""

    status: int
    body: Any = None


class Refusal(Exception):  # noqa: N818 - an answer like any other, not an error of the server
    """What a vendor does not take: the rule that it breaks, and how it is answered."""

    def __init__(self, rule: str, answer: Answer) -> None:
        super().__init__(rule)
        self.rule = rule
        self.answer = answer


class Vendor(Protocol):
    """Something that answers; `broken` are the rules that were broken so far, in order."""

    broken: list[str]

    def answer(self, received: Received) -> Answer:
        """Answer a request, or raise `Refusal`."""


@contextmanager
def serving(vendor: Vendor) -> Iterator[str]:
    """Serve a vendor at a port of its own; yield the URL."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            answer = self._asked()
            content = b"" if answer.body is None else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _asked(self) -> Answer:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            try:
                body = json.loads(content) if content else None
            except ValueError:
                return Answer(400, {"error": "this is no JSON"})
            authorization = self.headers.get("Authorization", "")
            query = dict(parse_qsl(parts.query))
            try:
                return vendor.answer(Received(self.command, parts.path, query, authorization, body))
            except Refusal as refused:
                vendor.broken.append(refused.rule)
                return refused.answer

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - how the library calls them

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def send(url: str, method: str, path: str, body: Any = None, authorization: str = "") -> Answer:
    """Send one request; `body` is bytes as they are, or data to be sent as JSON."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Authorization": authorization}
    try:
        connection.request(method, quote(path, safe="/:?=&%"), content, headers)
        response = connection.getresponse()
        answered = response.read()
        return Answer(response.status, json.loads(answered) if answered else None)
    finally:
        connection.close()
