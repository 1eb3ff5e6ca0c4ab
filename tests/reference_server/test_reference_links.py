"""What the reference server tells of links and takes of them, as the document promises."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from served_catalogs import MANIFESTS, Catalog, Served, add_record, catalog

PROBLEM = "application/problem+json"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(params=MANIFESTS)
def each(request: pytest.FixtureRequest) -> Catalog:
    return catalog(request.param)


@pytest.fixture
def full() -> Served:
    return catalog("full").served()


def walked(served: Served, path: str, limit: int) -> list[list[dict[str, Any]]]:
    """Return all pages of links under a path."""
    pages, query = [], f"limit={limit}"
    while len(pages) < 20:
        page = served.client.get(f"{path}?{query}").json()
        pages.append(page["data"])
        if page["next_cursor"] is None:
            return pages
        query = f"limit={limit}&cursor={quote(page['next_cursor'], safe='')}"
    raise AssertionError("the pages do not end")


def test_pages_have_each_link_once(each: Catalog) -> None:
    seen = 0
    for name, (_, template, operation) in each.operations.items():
        if not operation.answers_pages or operation.link.is_derived:
            continue
        served = each.served()
        one = served.ids[operation.link.object_types[operation.end]][0]
        others = served.ids[operation.link.object_types[operation.far]][:1:-1]
        most = each.document["components"]["schemas"][f"{name.removeprefix('list')}Page"]["properties"][
            "data"
        ]
        others = others[: most.get("maxItems", 7)]
        for other in others:
            served.link(operation.link, *((one, other) if operation.end == "from" else (other, one)))
        pages = walked(served, template.replace(f"{{{operation.own}}}", quote(str(one))), 3)
        assert [len(page) for page in pages[:-1]] == [3] * (len(pages) - 1)
        links = [link for page in pages for link in page]
        assert {link[f"{operation.end}_id"] for link in links} == {one}
        assert sorted(link[f"{operation.far}_id"] for link in links) == sorted(others)
        seen += len(pages) > 1
    assert seen >= 5


def test_a_page_has_fifty_links_unless_another_number_is_wanted(full: Served) -> None:
    for number in range(-25, 26):
        assert full.client.put(f"/households/household-1/offers/{number}").status_code == 201
    first = full.client.get("/households/household-1/offers").json()
    (last,) = full.client.get(f"/households/household-1/offers?cursor={first['next_cursor']}").json()["data"]
    assert len(first["data"]) == 50
    assert {link["to_id"] for link in [*first["data"], last]} == set(range(-25, 26))
    assert len(full.client.get("/households/household-1/offers?limit=51").json()["data"]) == 51
    assert full.client.get("/households/household-1/offers?cursor=anything").json()["data"] == []


def test_linking_twice_changes_nothing_the_second_time_and_unlinking_twice_finds_nothing(
    each: Catalog,
) -> None:
    served = each.served()
    removing = {
        (operation.link.relationship_type, operation.end): name
        for name, (method, _, operation) in each.operations.items()
        if method == "DELETE"
    }
    writing = [
        (name, operation) for name, (method, _, operation) in each.operations.items() if method == "PUT"
    ]
    for name, operation in writing:
        one, other = (
            served.ids[operation.link.object_types[end]][number] for number, end in enumerate(("from", "to"))
        )
        first, again = served.call(name, one, other), served.call(name, one, other)
        assert (first.status_code, again.status_code) == (201, 200), (name, first.text)
        assert first.json() == again.json()
        assert (first.json()["from_id"], first.json()["to_id"]) == (one, other)
        # A minimum keeps the last link from going, so that it goes by the database's own hand.
        remove = removing[operation.link.relationship_type, operation.end]
        if "minimum" in json.dumps(list(each.operations[remove][2].refusals)):
            served.database.connection.execute(f"DELETE FROM rel_{operation.link.relationship_type}")
        else:
            gone, missing = served.call(remove, one, other), served.call(remove, one, other)
            assert (gone.status_code, gone.content) == (204, b""), name
            assert (missing.status_code, missing.headers["content-type"]) == (404, PROBLEM)
    assert len(writing) > 15


def test_every_kind_of_value_comes_back_as_the_document_says(full: Served) -> None:
    sent = {
        "note": "Küß ",
        "channel": "phone",
        "text": "a\nb",
        "count": -(2**63),
        "ratio": 1,
        "price": "-999.99",
        "whole": "999",
        "part": "0.5",
        "gift": True,
        "day": "2024-02-29",
        "moment": "2026-01-31t23:30:00.1234567-01:00",
        "token": "123E4567-E89B-12D3-A456-42661417400A",
        "extra": {"a": [None, 1.5, "\u0000"]},
    }
    answer = full.call("linkPersonPlaced", full.ids["person"][0], full.ids["order"][0], **sent)
    assert answer.status_code == 201
    told = sent | {
        "from_id": full.ids["person"][0],
        "to_id": full.ids["order"][0],
        "ratio": 1.0,
        "moment": "2026-02-01T00:30:00.1234567Z",
        "token": sent["token"].lower(),
    }
    assert answer.json() == told
    assert full.call("getOrderPlacedBy", None, full.ids["order"][0]).json() == told


def test_what_is_left_out_has_its_default_or_no_value(full: Served) -> None:
    person, order = full.ids["person"][0], full.ids["order"][0]
    path = f"/people/{person}/placed/{order}"
    assert full.client.put(path, json={"note": "a", "gift": True, "day": "2026-01-31"}).status_code == 201
    again = full.client.put(path, json={"note": "b", "extra": None})
    assert again.status_code == 200
    defaults = {"channel": "web", "price": "1.5", "gift": False}
    assert again.json() == {"from_id": person, "to_id": order, "note": "b", "extra": None, **defaults}


def test_the_one_link_is_replaced(full: Served) -> None:
    club, other, household = *full.ids["club"][:2], full.ids["household"][0]
    path = f"/households/{household}/owned_by"
    assert full.client.get(path).status_code == 404
    assert full.client.put(path, json={"from_id": club}).status_code == 201
    replaced = full.client.put(path, json={"from_id": other})
    assert (replaced.status_code, replaced.json()) == (200, {"from_id": other, "to_id": household})
    assert full.client.get(f"/sports-clubs/{club}/owns").json()["data"] == []


def test_a_symmetric_link_is_the_same_from_either_end(full: Served) -> None:
    low, high = full.ids["person"][:2]
    assert (
        full.client.put(f"/people/{high}/spouse", json={"to_id": low, "since": "2026-01-31"}).status_code
        == 201
    )
    for one, other in ((low, high), (high, low)):
        expected = {"from_id": one, "to_id": other, "since": "2026-01-31"}
        assert full.client.get(f"/people/{one}/spouse").json() == expected
    assert full.client.put(f"/people/{low}/friend/{high}").status_code == 201
    assert full.client.put(f"/people/{high}/friend/{low}").status_code == 200
    assert full.client.delete(f"/people/{high}/friend/{low}").status_code == 204
    assert full.client.delete(f"/people/{low}/friend/{high}").status_code == 404


def test_derived_links_follow_those_they_are_made_of(full: Served) -> None:
    grandparent, parent, one, other = full.ids["person"][:4]
    household, order = full.ids["household"][0], full.ids["order"][0]

    def found(path: str) -> list[Any]:
        return [(each["from_id"], each["to_id"]) for each in full.client.get(path).json()["data"]]

    for older, younger in ((grandparent, parent), (parent, one), (parent, other)):
        assert full.client.put(f"/people/{older}/parent/{younger}").status_code == 201
    assert found(f"/people/{grandparent}/grandparent") == [(grandparent, one), (grandparent, other)]
    assert found(f"/people/{one}/grandchild?limit=1") == [(grandparent, one)]
    assert found(f"/people/{one}/sibling") == [(one, other)]
    assert full.client.delete(f"/people/{parent}/parent/{one}").status_code == 204
    assert found(f"/people/{other}/sibling") == []
    assert full.client.get(f"/orders/{order}/delivered_to").status_code == 404
    assert full.call("linkPersonPlaced", one, order).status_code == 201
    assert full.client.put(f"/people/{one}/lives_in", json={"to_id": household}).status_code == 201
    told = {"from_id": order, "to_id": household}
    assert full.client.get(f"/orders/{order}/delivered_to").json() == told
    refused = full.client.put(f"/orders/{order}/delivered_to", json={"to_id": household})
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET")


def test_an_id_is_whatever_its_type_allows(full: Served) -> None:
    odd = ["a/b", "50%", "%2F", "ä ö", "?x=#1", "a+b", "a\nb", "'; --", "..."]
    for number, id_ in enumerate(odd):
        add_record(full.database, "club", id_, number)
        assert full.client.put(f"/people/person-1/member-of/{quote(id_, safe='')}").status_code == 201
        back = full.client.get(f"/sports-clubs/{quote(id_, safe='')}/joined_by").json()["data"]
        assert back == [{"from_id": "person-1", "to_id": id_}]
    pages = walked(full, "/people/person-1/member-of", 2)
    assert sorted(each["to_id"] for page in pages for each in page) == sorted(odd)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/people/nobody/placed", None),
        ("GET", "/teams/99/captain", None),
        ("PUT", "/people/person-1/member-of/nothing", None),
        ("PUT", "/people/nobody/member-of/club-1", None),
        ("PUT", "/people/person-1/lives_in", {"to_id": "nowhere"}),
        ("DELETE", "/people/person-1/member-of/nothing", None),
        ("GET", "/people/person-1", None),
        ("GET", "/people/person-1/placed/x/y", None),
    ],
)
def test_what_is_not_there_is_not_found(full: Served, method: str, path: str, body: Any) -> None:
    answer = full.client.request(method, path, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)


def test_records_of_other_systems_are_taken_to_be_there(full: Served) -> None:
    assert full.client.get("/tickets/never-seen/Asker").json()["detail"] == "there is no such link"
    assert full.client.put("/tickets/never-seen/Asker", json={"to_id": "person-1"}).status_code == 201
    assert full.client.get("/listings/-7/offered_by").json() == {"data": [], "next_cursor": None}


ORDER = "123e4567-e89b-12d3-a456-426614174000"
PLACED = f"/people/person-1/placed/{ORDER}"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/orders/1/placed_by", b""),
        ("GET", "/orders/{123e4567-e89b-12d3-a456-42661417}/placed_by", b""),
        ("GET", "/teams/one/captain", b""),
        ("GET", "/teams/01/captain", b""),
        ("GET", "/teams/%D9%A1/captain", b""),
        ("GET", f"/teams/{2**63}/captain", b""),
        ("GET", f"/people/{'x' * 256}/placed", b""),
        ("GET", "/people//placed", b""),
        ("GET", "/people/%00/placed", b""),
        ("GET", "/people/%FF/placed", b""),
        ("GET", "/people/person-1/placed?limit=0", b""),
        ("GET", "/people/person-1/placed?limit=101", b""),
        ("GET", "/people/person-1/placed?limit=", b""),
        ("GET", "/people/person-1/placed?limit=1.0", b""),
        ("GET", "/people/person-1/placed?limit=1&limit=2", b""),
        ("GET", "/people/person-1/placed?cursor=", b""),
        ("GET", "/people/person-1/placed?cursor=%FF", b""),
        ("PUT", PLACED, b""),
        ("PUT", PLACED, b"{"),
        ("PUT", PLACED, b"[]"),
        ("PUT", PLACED, b"\xff"),
        ("PUT", PLACED, b"{}"),
        ("PUT", PLACED, b'{"note": "\\ud800"}'),
        ("PUT", PLACED, b'{"note": "a", "ratio": NaN}'),
        ("PUT", PLACED, b'{"note": "a", "ratio": 1e999}'),
        ("PUT", PLACED, b'{"note": "a", "price": "1.5\\n"}'),
        ("PUT", PLACED, b'{"note": "a", "price": "1e1"}'),
        ("PUT", PLACED, b'{"note": "a", "day": "20260131"}'),
        ("PUT", PLACED, b'{"note": "a", "moment": "2026-01-31T12:00:00"}'),
        ("PUT", PLACED, b'{"note": "a", "moment": "0001-01-01T00:00:00+01:00"}'),
        ("PUT", PLACED, b'{"note": "a", "from_id": "person-1"}'),
        ("PUT", PLACED, b'{"note": "a", "text": null}'),
        ("PUT", PLACED, b'{"note": "a", "extra": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        ("PUT", "/people/person-1/lives_in", b'{"to_id": 1}'),
    ],
)
def test_what_does_not_fit_the_document_is_malformed(
    full: Served, method: str, path: str, body: bytes
) -> None:
    answer = full.client.request(method, path, content=body, headers=JSON if body else {})
    assert (answer.status_code, answer.headers["content-type"]) == (400, PROBLEM)
    assert answer.json().keys() == {"title", "status", "detail"}


def test_a_body_of_another_type_is_malformed(full: Served) -> None:
    headers = {"Content-Type": "text/plain"}
    assert full.client.put(PLACED, content=b'{"note": "a"}', headers=headers).status_code == 400
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert full.client.put(PLACED, content=b'{"note": "a"}', headers=headers).status_code == 201
