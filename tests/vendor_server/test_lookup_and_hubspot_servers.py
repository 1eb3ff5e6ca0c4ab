"""Whole catalogs, in order, sent to servers that know Zendesk's and HubSpot's pages alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import hubspot_server
import lookup_server
import pytest
from compiled import OWN_CATALOG, Request, built, manifest, requests
from hubspot_server import HubSpot
from lookup_server import ZendeskLookup
from vendor_http import Answer, send, serving

from edgewise.place import Source

LOOKUPS = """
object_types:
  person: {description: Somebody., plural: people, targets: {zendesk_lookup: "zen:user"}}
  firm: {targets: {zendesk_lookup: "zen:organization"}}
  case: {targets: {zendesk_lookup: {key: "zen:ticket"}}}
  product:
    label: thing
    plural: things
    description: What is sold.
    id: {type: integer}
    attributes:
      name: {type: string, max_length: 80, required: true, description: The name.}
      external_id: {type: string}
      notes: {type: text}
      stock: {type: integer, default: 1}
      rating: {type: number}
      price: {type: decimal, precision: 20, scale: 0}
      listed: {type: boolean, default: false}
      made: {type: date}
      seen_at: {type: datetime}
      token: {type: uuid, unique: true}
      data: {type: json}
      size: {enum: [small, large], required: true}
    targets: {zendesk_lookup: Product_2}
  part: {external: true}
  hidden: {targets: {zendesk_lookup: false}}
relationship_types:
  bought_by: {from: product, to: person, cardinality: many_to_one, label: was bought by, description: Who.}
  contains: {from: product, to: part, cardinality: one_to_many, inverse: {name: part_of, label: part of}}
  replaces: {from: product, to: product, cardinality: one_to_one, inverse: replaced_by}
  under: {from: product, to: product, cardinality: many_to_one, acyclic: true}
  read_in: {from: product, to: "zen:article", cardinality: many_to_one}
  branded: {from: "zen:brand", to: product, cardinality: one_to_many, targets: {zendesk_lookup: _brand}}
  about: {from: case, to: product, cardinality: many_to_one, description: What it is about.}
  likes: {from: person, to: product, cardinality: many_to_one, description: The dearest.}
  sells: {from: firm, to: product, cardinality: {from: 0..*, to: 0..1}, description: The most.}
  works_for: {from: person, to: firm, cardinality: many_to_one}
  stocks:
    from: firm
    to: product
    cardinality: many_to_many
    attributes: {since: {type: date, required: true}, level: {enum: [low, high]}}
    description: What it has.
  beside: {from: product, to: product, cardinality: many_to_many, symmetric: true}
  talked: {from: "zen:chat", to: product, cardinality: many_to_one}
  guards: {from: product, to: hidden, cardinality: one_to_many}
  through: {via: [contains, part_of]}
"""
# What HubSpot gives a number to is limited once its number is stated in `%s`, label by label.
HUBSPOT = """
object_types:
  person: {plural: people, targets: {hubspot: contact}}
  firm: {targets: {hubspot: company}}
  sale: {targets: {hubspot: deal}}
  plea: {targets: {hubspot: {name: ticket}}}
  pet: {targets: {hubspot: 2-3465404}}
  car:
    label: Car
    plural: Cars
    description: What is driven.
    id: {type: integer}
    attributes:
      vin: {type: string, required: true, unique: true, description: The number.}
      notes: {type: text}
      doors: {type: integer, default: 4}
      rating: {type: number}
      price: {type: decimal, precision: 20, scale: 0, unique: true}
      sold: {type: boolean, default: false}
      made: {type: date}
      seen_at: {type: datetime}
      token: {type: uuid, unique: true}
      data: {type: json}
      size: {enum: [small, large], required: true}
    targets: {hubspot: Cars_2}
  wheel: {external: true, targets: {hubspot: wheel}}
  nothing: {}
relationship_types:
  employs: {from: firm, to: person, cardinality: {from: 0..2, to: 3..*}, inverse: works_for%(employs)s}
  heads: {from: person, to: firm, cardinality: one_to_one%(heads)s}
  manages:
    {from: person, to: person, cardinality: one_to_many, inverse: {name: led_by, label: Led by}%(manages)s}
  married: {from: person, to: person, cardinality: one_to_one, symmetric: true%(married)s}
  refers: {from: person, to: person, cardinality: many_to_many}
  drives: {from: person, to: car, cardinality: many_to_one, label: is at the wheel of%(drives)s}
  rolls_on: {from: car, to: wheel, cardinality: {from: 0..1, to: 0..10000}%(rolls_on)s}
  carries: {from: car, to: pet, cardinality: many_to_many, inverse: carried_in}
  about: {from: plea, to: sale, cardinality: many_to_many, targets: {hubspot: {name: _about, label: About}}}
  guards: {from: pet, to: nothing, cardinality: many_to_many}
"""
LIMITED = ("employs", "heads", "manages", "married", "drives", "rolls_on")
# Of each that is limited, in whose direction: the property that states the number, and where it is looked up.
DIRECTIONS = {
    "employs": {"inverse_type_id": "contact/company"},
    "heads": {"type_id": "contact/company", "inverse_type_id": "company/contact"},
    "manages": {"inverse_type_id": "contact/contact"},
    "married": {"type_id": "contact/contact"},
    "drives": {"type_id": "contact/p_Cars_2"},
    "rolls_on": {"type_id": "p_Cars_2/p_wheel", "inverse_type_id": "p_wheel/p_Cars_2"},
}
SHOWN = {
    ("employs", "inverse_type_id"): "works for",
    ("manages", "inverse_type_id"): "Led by",
    ("drives", "type_id"): "is at the wheel of",
    **{(name, each): name.replace("_", " ") for name in ("heads", "rolls_on") for each in DIRECTIONS[name]},
    ("married", "type_id"): "married",
}
HUBSPOT_FIRST = HUBSPOT % dict.fromkeys(LIMITED, "")


def send_all(url: str, several: Sequence[Request], authorization: str) -> list[Answer]:
    return [send(url, each.method, each.path, each.content, authorization) for each in several]


def bare(request: Request) -> dict[str, Any]:
    """Return a body of Zendesk's without its envelope."""
    (body,) = json.loads(request.content).values()
    assert isinstance(body, dict)
    return body


@pytest.mark.parametrize("mode", ["junction", "refuse"])
@pytest.mark.parametrize("catalog", [OWN_CATALOG, manifest(LOOKUPS)], ids=["own", "everything"])
def test_zendesk_takes_every_custom_object_and_field_once(catalog: list[Source], mode: str) -> None:
    several = requests(built(catalog, "zendesk_lookup", {"many_to_many": mode}))
    vendor = ZendeskLookup()
    with serving(vendor) as url:
        answers = send_all(url, several, lookup_server.AUTHORIZATION)
        assert [answer.body for answer in answers if answer.status != 201] == []
        assert vendor.broken == []
        assert len({each.subject for each in several if each.subject.startswith("relationship")}) >= 4
        for path in sorted({each.path for each in several}):
            (listed,) = send(url, "GET", path, None, lookup_server.AUTHORIZATION).body.values()
            sent = [bare(each) for each in several if each.path == path]
            assert [{key: one[key] for key in body} for one, body in zip(listed, sent, strict=True)] == sent
        again = [each for each in several if each.path != "/api/v2/ticket_fields"]
        answers = send_all(url, again, lookup_server.AUTHORIZATION)
        assert {answer.status for answer in answers} == {422}
    assert set(vendor.broken) == {"object key once", "field key once"}


def test_every_kind_of_field_was_among_them() -> None:
    sent = requests(built(manifest(LOOKUPS), "zendesk_lookup"))
    assert {each.path for each in sent} >= {
        f"/api/v2/{name}_fields" for name in ("ticket", "user", "organization")
    }
    fields = [bare(each) for each in sent]
    targets = {each["relationship_target_type"] for each in fields if each.get("type") == "lookup"}
    assert targets == {
        *(f"zen:{name}" for name in ("user", "organization", "article", "brand")),
        "zen:custom_object:Product_2",
    }


def test_a_field_waits_for_the_object_that_it_stands_on_and_for_the_one_that_it_looks_up() -> None:
    several = requests(built(manifest(LOOKUPS), "zendesk_lookup"))
    vendor = ZendeskLookup()
    with serving(vendor) as url:
        statuses = {answer.status for answer in send_all(url, several[::-1], lookup_server.AUTHORIZATION)}
    assert statuses == {201, 404}
    assert set(vendor.broken) == {"object first", "target there"}


def numbers(url: str) -> dict[str, str]:
    """Look the numbers of all labels that are to be limited up; return what of a manifest states them."""
    found = {}
    for name, directions in DIRECTIONS.items():
        stated = []
        for key, ends in directions.items():
            path = f"/crm/v4/associations/{ends}/labels"
            listed = send(url, "GET", path, None, hubspot_server.AUTHORIZATION).body["results"]
            (number,) = [each["typeId"] for each in listed if each["label"] == SHOWN[name, key]]
            stated.append(f"{key}: {number}")
        found[name] = f", targets: {{hubspot: {{{', '.join(stated)}}}}}"
    return found


def test_hubspot_takes_the_catalog_of_the_repository() -> None:
    several = requests(built(OWN_CATALOG, "hubspot"))
    vendor = HubSpot()
    with serving(vendor) as url:
        answers = send_all(url, several, hubspot_server.AUTHORIZATION)
    assert several
    assert {answer.status for answer in answers} == {200}
    assert vendor.broken == []


def test_hubspot_takes_labels_then_limits_by_the_numbers_that_it_has_given_them() -> None:
    several = requests(built(manifest(HUBSPOT_FIRST), "hubspot"))
    assert not [each for each in several if "configurations" in each.path]
    first = HubSpot("2-3465404")
    with serving(first) as url:
        answers = send_all(url, several, hubspot_server.AUTHORIZATION)
        assert [answer.body for answer in answers if answer.status >= 400] == []
        stated = HUBSPOT % numbers(url)
        again = requests(built(manifest(stated), "hubspot"))
        limits = [each for each in again if "configurations" in each.path]
        assert {answer.status for answer in send_all(url, limits, hubspot_server.AUTHORIZATION)} == {201}
        assert first.broken == []
        rest = [each for each in again if each not in limits]
        assert rest == several
        assert {answer.status for answer in send_all(url, rest, hubspot_server.AUTHORIZATION)} == {409}
    assert set(first.broken) == {"object name once", "label name once"}
    assert sorted(first.limits.values()) == [1, 1, 1, 1, 1, 1, 2, 10_000]
    # An account that is new gives the same numbers here, and takes everything in one order.
    second = HubSpot("2-3465404")
    with serving(second) as url:
        answers = send_all(url, again, hubspot_server.AUTHORIZATION)
        assert [answer.body for answer in answers if answer.status >= 400] == []
    assert (second.broken, second.limits, second.labels) == ([], first.limits, first.labels)


def test_each_side_of_a_pair_is_read_as_the_catalog_says() -> None:
    vendor = HubSpot("2-3465404")
    with serving(vendor) as url:
        send_all(url, requests(built(manifest(HUBSPOT_FIRST), "hubspot")), hubspot_server.AUTHORIZATION)
    shown = {(each.name, each.from_, each.to): each.text for each in vendor.labels}
    assert shown["employs", "0-2", "0-1"] == "employs"
    assert shown["employs", "0-1", "0-2"] == "works for"
    assert [each.text for each in vendor.labels if each.name == "manages"] == ["manages", "Led by"]
    assert [each.text for each in vendor.labels if each.name == "married"] == ["married"]
    assert shown["_about", "0-5", "0-3"] == shown["_about", "0-3", "0-5"] == "About"


def test_a_label_waits_for_the_custom_objects_that_it_is_between() -> None:
    several = requests(built(manifest(HUBSPOT_FIRST), "hubspot"))
    vendor = HubSpot("2-3465404")
    with serving(vendor) as url:
        statuses = {answer.status for answer in send_all(url, several[::-1], hubspot_server.AUTHORIZATION)}
    assert statuses == {200, 201, 404}
    assert set(vendor.broken) == {"object type first"}
