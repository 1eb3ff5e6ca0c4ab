"""Every request of whole catalogs, in order, sent to servers that know the vendors' pages alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import boom_server
import monica_server
import pytest
import zendesk_server
from boom_server import Boom
from compiled import OWN_CATALOG, Request, built, manifest, requests
from monica_database import an_instance
from monica_server import Monica
from vendor_http import Answer, Vendor, send, serving
from zendesk_server import Zendesk

# Whatever a dialect may have to say, at least once.
EVERYTHING = """
object_types:
  person:
    {description: Somebody., plural: people, targets: {boom: person, monica: contact, zendesk: "zen:user"}}
  company:
    label: firm
    plural: firms
    description: An employer.
    id: {type: integer}
    attributes:
      name: {type: string, max_length: 80, required: true, description: The name.}
      notes: {type: text}
      staff: {type: integer, default: 1}
      rating: {type: number}
      revenue: {type: decimal, precision: 20, scale: 0}
      listed: {type: boolean, default: false}
      founded: {type: date}
      seen_at: {type: datetime}
      token: {type: uuid, unique: true}
      data: {type: json}
      size: {enum: [small, large]}
    targets: {boom: Company Ltd., zendesk: {key: company-2}}
  project: {external: true}
  internal_only: {targets: {boom: false, zendesk: false, monica: false}}
groups: {work: {description: At work.}, odd: }
relationship_types:
  employs:
    from: company
    to: person
    cardinality: {from: 1..2, to: 3..*}
    inverse: {name: works_for, label: works for, description: Where they work.}
    role: employer
    label: employs people
    group: work
    attributes: {since: {type: date, required: true}, level: {enum: [junior, senior]}}
    on_delete: {from: cascade, to: restrict}
    deprecated: {replaced_by: hires}
    targets: {boom: {bidirectional: false}, zendesk: employees}
  hires:
    from: company
    to: person
    cardinality: many_to_many
    inverse: hired_by
    targets: {zendesk: {inverse_key: staff}}
  owns:
    from: company
    to: company
    cardinality: one_to_many
    acyclic: true
    inverse: owned_by
    targets: {zendesk: false}
  runs: {from: company, to: project, cardinality: one_to_one, description: Runs it.}
  funds: {from: project, to: company, targets: {boom: {description: false}}}
  handles: {from: "zen:group", to: project, cardinality: many_to_many}
  guards: {from: company, to: internal_only, cardinality: one_to_many}
  asked: {from: person, to: project, cardinality: many_to_one, targets: {boom: {role: Asked for!}}}
  knows: {from: person, to: person, symmetric: true, cardinality: many_to_many, group: odd}
  leads:
    from: person
    to: person
    cardinality: one_to_many
    inverse: led_by
    targets: {monica: {delible: false}}
  owns_through: {via: [owns, owns], targets: {zendesk: false}}
  boss_of_boss: {via: [leads, leads], inverse: boss_of_boss_of, group: work}
"""
# Two people in Zendesk are two of a type that its page speaks of as different ones.
WITHOUT_SELF = EVERYTHING.replace(
    "  boss_of_boss: {", "  boss_of_boss: {targets: {zendesk: false}, "
).replace("symmetric: true, cardinality", "symmetric: true, targets: {zendesk: false}, cardinality")
WITHOUT_SELF = WITHOUT_SELF.replace(
    "targets: {monica: {delible: false}}", "targets: {zendesk: false, monica: {delible: false}}"
)
CATALOGS = {"own": OWN_CATALOG, "everything": manifest(WITHOUT_SELF)}


@pytest.fixture(params=CATALOGS)
def catalog(request: pytest.FixtureRequest) -> Any:
    """The sources of a catalog."""
    return CATALOGS[request.param]


def send_all(url: str, several: list[Request], authorization: str) -> list[Answer]:
    return [send(url, each.method, each.path, each.content, authorization) for each in several]


def boom_list(url: str) -> list[dict[str, Any]]:
    """Return all pages of Boom's relationship types."""
    path, found, cursor = "/api/v1/cdp/relationship-types", [], ""
    while cursor is not None:
        answer = send(
            url, "GET", f"{path}?cursor={cursor}" if cursor else path, None, boom_server.AUTHORIZATION
        )
        found += answer.body["data"]
        cursor = answer.body["next_cursor"]
    return found


@pytest.mark.parametrize("coded", [False, True])
def test_boom_takes_everything_and_takes_it_again(catalog: Any, coded: bool) -> None:
    several = requests(built(catalog, "boom"))
    vendor = Boom(coded=coded)
    with serving(vendor) as url:
        answers = send_all(url, several, boom_server.AUTHORIZATION)
        assert {answer.status for answer in answers} == {200}
        assert vendor.broken == []
        registered = [each for each in several if each.subject.startswith("relationship")]
        assert len(registered) > 5
        assert all(answer.body["created"] for answer in answers[-len(registered) :])
        listed = boom_list(url)
        again = send_all(url, registered, boom_server.AUTHORIZATION)
        assert not any(answer.body["created"] for answer in again)
        assert boom_list(url) == listed
    for each, sent in zip(listed, registered, strict=True):
        body = json.loads(sent.content)
        assert {key: each[key] for key in body} == body


@pytest.mark.parametrize(
    ("catalog", "mode"),
    [
        ("own", "brackets"),
        ("own", "two_types"),
        ("own", "refuse"),
        ("everything", "brackets"),
        ("everything", "two_types"),
    ],
)
def test_zendesk_takes_everything_once(catalog: str, mode: str) -> None:
    several = requests(built(CATALOGS[catalog], "zendesk", {"many_to_many": mode}))
    vendor = Zendesk()
    with serving(vendor) as url:
        answers = send_all(url, several, zendesk_server.AUTHORIZATION)
        assert [answer.body for answer in answers if answer.status != 201] == []
        assert vendor.broken == []
        for each in ("objects", "relationships"):
            path = f"/api/sunshine/{each}/types"
            listed = send(url, "GET", path, None, zendesk_server.AUTHORIZATION).body["data"]
            sent = [json.loads(request.content)["data"] for request in several if request.path == path]
            assert [{key: one[key] for key in body} for one, body in zip(listed, sent, strict=True)] == sent
        again = send_all(url, several, zendesk_server.AUTHORIZATION)
        assert {answer.status for answer in again} == {409}


@pytest.mark.parametrize("target", ["boom", "zendesk"])
@pytest.mark.parametrize("coded", [False, True])
def test_the_order_matters(target: str, coded: bool) -> None:
    several = requests(built(CATALOGS["everything"], target))
    vendor: Vendor = Boom(coded=coded) if target == "boom" else Zendesk()
    authorization = (boom_server if target == "boom" else zendesk_server).AUTHORIZATION
    with serving(vendor) as url:
        statuses = {answer.status for answer in send_all(url, several[::-1], authorization)}
    assert 404 in statuses
    assert set(vendor.broken) == {"object type first"}


def monica_rows(url: str, size: int) -> list[dict[str, Any]]:
    """Return all pages of Monica's relationship types."""
    found, page, last = [], 1, 1
    while page <= last:
        path = f"{monica_server.PATH}/?page={page}&limit={size}"
        answer = send(url, "GET", path, None, monica_server.AUTHORIZATION)
        assert answer.status == 200
        found += answer.body["data"]
        last = answer.body["meta"]["last_page"]
        assert answer.body["meta"]["total"] >= len(found)
        page += 1
    return found


def emitted_rows(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [json.loads(each) for path, each in files.items() if path.startswith("relationship-types/")]


def test_monica_lists_every_row_once_its_database_has_them(catalog: Any, mariadb: str) -> None:
    files = built(catalog, "monica")
    emitted = emitted_rows(files)
    assert requests(files) == []
    with an_instance(mariadb, 3, 8) as instance:
        instance.run(f"{files['provision.sql'].decode()}DO 1")
        rows = instance.of_account(8)
        groups = dict(instance.rows("SELECT id, name FROM relationship_type_groups WHERE account_id = 8"))
    vendor = Monica(rows)
    with serving(vendor) as url:
        listed = monica_rows(url, 15)
        assert listed == monica_rows(url, 100)
        one = send(url, "GET", f"{monica_server.PATH}/{rows[-1].id}", None, monica_server.AUTHORIZATION)
        assert one.body["data"] == listed[-1]
        sent = [send(url, "POST", monica_server.PATH, row, monica_server.AUTHORIZATION) for row in emitted]
        assert {answer.status for answer in sent} == {405}
    there = {
        row["name"]: {**row, "relationship_type_group": groups[row["relationship_type_group_id"]]}
        for row in listed
    }
    assert len(there) == len(listed)
    for row in emitted:
        found = there[row["name"]]
        assert {key: found[key] for key in row} == row
        way, back = vendor.relate("ann", row["name"], "ben")
        assert (way[1], back) == (row["name"], ("ben", row["name_reverse_relationship"], "ann"))


def test_a_row_without_a_reverse_gives_no_way_back(mariadb: str) -> None:
    text = WITHOUT_SELF.replace("    inverse: led_by\n", "")
    with an_instance(mariadb, 1) as instance:
        instance.run(built(manifest(text), "monica")["provision.sql"].decode())
        vendor = Monica(instance.of_account(1))
    assert vendor.relate("ann", "leads", "ben") == [("ann", "leads", "ben")]
