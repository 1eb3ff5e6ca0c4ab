"""Each rule of Zendesk's lookups and of HubSpot broken on purpose: refused, and told by `check` before.

What only an account knows, `check` cannot tell: such rows name no code, as those that no manifest becomes.
"""

from __future__ import annotations

from typing import Any

import hubspot_server
import lookup_server
import pytest
from compiled import manifest, said
from hubspot_server import HubSpot
from lookup_server import ZendeskLookup
from test_vendor_rules import Broken, Raw, refusals, told_before

OBJECTS = "/api/v2/custom_objects"
FIELDS = f"{OBJECTS}/order/fields"
WORLD = """
object_types:
  person: {plural: people, targets: {zendesk_lookup: "zen:user", hubspot: contact}}
  order: {attributes: {total: {type: integer}}, targets: {hubspot: order}}
  item: {attributes: {name: {type: string}}, targets: {hubspot: item}}
relationship_types:
"""


def related(stated: str = "", ends: str = "from: order, to: person", cardinality: str = "many_to_one") -> str:
    return f"{WORLD}  r_s: {{{ends}, cardinality: {cardinality}, {stated}}}\n"


def with_attributes(*stated: str) -> str:
    return related().replace("{total: {type: integer}}", f"{{{', '.join(stated)}}}")


def of_order(stated: str) -> str:
    return related().replace("order: {", f"order: {{{stated}, ")


def several(objects: int, types: int, attributes: int = 0) -> str:
    fields = ", ".join(f"a_{number}: {{type: text}}" for number in range(attributes))
    declared = [f"  o_{number}: {{attributes: {{{fields}}}}}\n" for number in range(objects)]
    related = [f"  r_{number}: {{from: o_0, to: o_1, cardinality: many_to_one}}\n" for number in range(types)]
    return f"object_types:\n{''.join(declared)}relationship_types:\n{''.join(related)}"


def custom_object(**stated: Any) -> Raw:
    body = {"key": "thing", "title": "Thing", "title_pluralized": "Things", **stated}
    return Raw(OBJECTS, {"custom_object": body})


def field(path: str = FIELDS, envelope: str = "custom_object_field", **stated: Any) -> Raw:
    return Raw(path, {envelope: {"key": "note", "title": "Note", "type": "text", **stated}})


def lookup(target: str, path: str = FIELDS, envelope: str = "custom_object_field") -> Raw:
    return field(path, envelope, type="lookup", relationship_target_type=target)


LOOKUPS = (
    *(
        Broken("object key", related().replace("hubspot: order", f'zendesk_lookup: "{key}"'), "EW603")
        for key in ("", "12", "an-order", "an order", "zen:users", "bestellungÄ")
    ),
    Broken("object key", related("targets: {zendesk_lookup: a-b}", cardinality="many_to_many"), "EW603"),
    Broken(
        "object key once", related("targets: {zendesk_lookup: item}", cardinality="many_to_many"), "EW605"
    ),
    Broken("object limit", several(51, 1), "EW604"),
    Broken("object first", related(ends="from: oder, to: person"), "EW301", field(f"{OBJECTS}/oder/fields")),
    Broken("title", of_order('label: ""'), "EW204", custom_object(title="")),
    Broken("title", of_order('plural: ""'), "EW204", custom_object(title_pluralized="")),
    Broken("title", related('label: ""'), "EW204", field(title="")),
    *(
        Broken("field key", related(f'targets: {{zendesk_lookup: "{key}"}}'), "EW603")
        for key in ("", "12", "a-b", "a b", "standard::name")
    ),
    Broken("field key", with_attributes("a-b: {type: text}"), "EW205", field(key="a-b")),
    Broken("field key once", related("targets: {zendesk_lookup: total}"), "EW605"),
    Broken(
        "field key once",
        related("targets: {zendesk_lookup: x}", "from: person, to: order")
        + "  s: {from: person, to: item, cardinality: many_to_one, targets: {zendesk_lookup: x}}\n",
        "EW605",
    ),
    Broken("field limit", several(2, 1, 100), "EW604"),
    Broken("lookup limit", several(2, 11), "EW604"),
    Broken("field type", with_attributes("a: {type: texts}"), "EW204", field(type="texts")),
    Broken("options", with_attributes("a: {enum: []}"), "EW204", field(type="dropdown")),
    Broken(
        "options",
        with_attributes("a: {enum: [b, b]}"),
        "EW204",
        field(type="dropdown", custom_field_options=[{"name": "b", "value": "b"}] * 2),
    ),
    Broken("options", raw=field(custom_field_options=[{"name": "b", "value": "b"}])),
    Broken("regexp", raw=field(type="regexp")),
    Broken("target there", related(ends="from: order, to: itm"), "EW301", lookup("zen:custom_object:itm")),
    Broken("target there", related(ends='from: order, to: "zen:users"'), "EW301", lookup("zen:users")),
    Broken(
        "target there",
        related("targets: {zendesk_lookup: x}", 'from: order, to: "zen:group"'),
        "EW601",
        lookup("zen:group"),
    ),
    *(
        Broken(
            "target of the holder",
            related("targets: {zendesk_lookup: x}", f'from: "zen:{holder}", to: "zen:brand"'),
            "EW601",
            Raw(
                f"/api/v2/{holder}_fields",
                {
                    f"{holder}_field": {
                        **({} if holder == "ticket" else {"key": "x"}),
                        "title": "X",
                        "type": "lookup",
                        "relationship_target_type": "zen:brand",
                    }
                },
            ),
        )
        for holder in ("ticket", "user", "organization")
    ),
    Broken("known fields", related("targets: {zendesk_lookup: {color: red}}"), "EW201", field(color="red")),
    Broken("known fields", raw=field("/api/v2/ticket_fields", "ticket_field")),
    Broken("required fields", raw=Raw(OBJECTS, {"custom_object": {"key": "a", "title": "A"}})),
    Broken("required fields", raw=field(type="lookup")),
    Broken("envelope", raw=Raw(OBJECTS, {"key": "a", "title": "A", "title_pluralized": "As"})),
    Broken("envelope", raw=field("/api/v2/user_fields", "custom_object_field")),
    Broken("known routes", raw=Raw("/api/v2/brand_fields", {})),
    Broken("known routes", raw=Raw(FIELDS, {}, "PUT")),
    Broken("an administrator", raw=Raw(OBJECTS, {}, authorization="")),
    Broken(
        "at most 2000 options",
        with_attributes(f"a: {{enum: [{', '.join(f'v{number}' for number in range(2001))}]}}"),
        "EW604",
    ),
)

SCHEMAS = "/crm/v3/schemas"
LABELS = "/crm/v4/associations/contact/company/labels"
LIMITS = "/crm/v4/associations/definitions/configurations/contact/company/batch/create"
NAME = {"name": "name", "label": "Name", "type": "string", "fieldType": "text"}


def hubspot_object(**stated: Any) -> Raw:
    body = {
        "name": "thing",
        "labels": {"singular": "Thing", "plural": "Things"},
        "primaryDisplayProperty": "name",
        "requiredProperties": [],
        "properties": [NAME],
        "associatedObjects": ["CONTACT"],
        **stated,
    }
    return Raw(SCHEMAS, body)


def has_property(**stated: Any) -> Raw:
    return hubspot_object(properties=[NAME, {**NAME, "name": "other", **stated}])


def label(**stated: Any) -> Raw:
    return Raw(LABELS, {"name": "employs", "label": "Employs", **stated})


def limit(**stated: Any) -> Raw:
    entry = {"category": "USER_DEFINED", "typeId": hubspot_server.FIRST_NUMBER, "maxToObjectIds": 1}
    return Raw(LIMITS, {"inputs": [{**entry, **stated}]})


def labels(count: int) -> str:
    ends = ("from: person, to: order", "from: order, to: person")
    return WORLD + "".join(
        f"  r_{number}: {{{ends[number % 2]}, cardinality: many_to_many}}\n" for number in range(count)
    )


HUBSPOT = (
    *(
        Broken("object name", related().replace("hubspot: order", f'hubspot: "{name}"'), "EW603")
        for name in ("", "2cars", "_cars", "my-cars", "my cars", "Schlüssel")
    ),
    Broken("object name once", related().replace("hubspot: order", "hubspot: item"), "EW605"),
    Broken(
        "object labels",
        of_order('label: ""'),
        "EW204",
        hubspot_object(labels={"singular": "", "plural": "Things"}),
    ),
    Broken(
        "object labels",
        of_order('plural: ""'),
        "EW204",
        hubspot_object(labels={"singular": "Thing", "plural": ""}),
    ),
    Broken(
        "object type first",
        related(ends="from: oder, to: person"),
        "EW301",
        Raw("/crm/v4/associations/p_oder/contact/labels", label().body),
    ),
    Broken("object type first", raw=hubspot_object(associatedObjects=["2-1"])),
    Broken("object type first", related().replace("hubspot: order", "hubspot: 2-1")),
    *(
        Broken("property name", with_attributes(f"{name}: {{type: text}}"), "EW205", has_property(name=name))
        for name in ("_total", "Total", "2nd", "a-b")
    ),
    Broken(
        "property name once",
        with_attributes("a: {type: text}", "a: {type: date}"),
        "EW102",
        has_property(name="name"),
    ),
    Broken("property type", with_attributes("a: {type: texts}"), "EW204", has_property(type="texts")),
    Broken("property type", raw=has_property(type="number")),
    Broken(
        "options",
        with_attributes("a: {enum: []}"),
        "EW204",
        has_property(type="enumeration", fieldType="select", options=[]),
    ),
    Broken(
        "options",
        with_attributes("a: {enum: [b, b]}"),
        "EW204",
        has_property(type="enumeration", fieldType="select", options=[{"label": "b", "value": "b"}] * 2),
    ),
    Broken("options", raw=has_property(options=[{"label": "b", "value": "b"}])),
    *(
        Broken("properties named are there", raw=hubspot_object(**{of: there}))
        for of, there in (
            ("primaryDisplayProperty", "other"),
            ("requiredProperties", ["other"]),
            ("searchableProperties", ["name", "other"]),
        )
    ),
    *(
        Broken("label name", related(f'targets: {{hubspot: "{name}"}}'), "EW603")
        for name in ("", "1st", "a-b", "-a")
    ),
    Broken(
        "label name once",
        related("targets: {hubspot: r_t}") + "  r_t: {from: person, to: order, cardinality: many_to_many}\n",
        "EW605",
    ),
    Broken("label text", related('label: ""'), "EW204", label(label="")),
    Broken("label text", related('inverse: {name: t, label: ""}'), "EW204", label(inverseLabel="")),
    Broken("label limit", labels(51), "EW604"),
    Broken("a number of the direction", related("targets: {hubspot: {type_id: 999}}")),
    Broken("a number of the direction", raw=limit(typeId=hubspot_server.FIRST_NUMBER + 1)),
    Broken("a number of the direction", raw=limit(category="HUBSPOT_DEFINED")),
    Broken(
        "a number of the direction", related("targets: {hubspot: {type_id: 0}}"), "EW204", limit(typeId=0)
    ),
    Broken("limit range", related(cardinality="{from: 0..*, to: 0..0}"), "EW206", limit(maxToObjectIds=0)),
    Broken("limit range", raw=limit(maxToObjectIds=10_001)),
    Broken("known fields", related("targets: {hubspot: {color: red}}"), "EW201", label(color="red")),
    Broken("required fields", raw=Raw(LABELS, {"label": "Employs"})),
    Broken("required fields", raw=Raw(SCHEMAS, {"name": "thing"})),
    Broken("required fields", raw=hubspot_object(properties=[])),
    Broken("known routes", raw=Raw("/crm/v4/associations/contact/company/label", {})),
    Broken("known routes", raw=Raw(LIMITS, {}, "PUT")),
    Broken("a token", raw=Raw(SCHEMAS, {}, authorization="Bearer another")),
    Broken("property name once", with_attributes("name: {type: integer}"), "EW605"),
    Broken(
        "ten unique",
        with_attributes(*(f"a_{number}: {{type: string, unique: true}}" for number in range(11))),
        "EW604",
    ),
)


# What a manifest can break, while `check` says nothing yet; the code is the one that would tell of it.
def a_zendesk() -> ZendeskLookup:
    vendor = ZendeskLookup()
    vendor.objects = {"order": {"key": "order"}}
    vendor.fields[f"{lookup_server.CUSTOM}order"] = []
    return vendor


def a_hubspot() -> HubSpot:
    vendor = HubSpot()
    first = hubspot_server.FIRST_NUMBER
    vendor.labels = [hubspot_server.Label("0-1", "0-2", "there", first, "There")]
    return vendor


@pytest.mark.parametrize("broken", LOOKUPS, ids=lambda each: each.rule)
def test_zendesk_refuses(broken: Broken) -> None:
    vendor = a_zendesk() if broken.raw else ZendeskLookup()
    assert refusals(vendor, broken, "zendesk_lookup", lookup_server.AUTHORIZATION)
    assert broken.rule in vendor.broken


@pytest.mark.parametrize("broken", HUBSPOT, ids=lambda each: each.rule)
def test_hubspot_refuses(broken: Broken) -> None:
    vendor = a_hubspot() if broken.raw else HubSpot()
    assert refusals(vendor, broken, "hubspot", hubspot_server.AUTHORIZATION)
    assert broken.rule in vendor.broken


@pytest.mark.parametrize("broken", [each for each in LOOKUPS if each.code], ids=lambda each: each.rule)
def test_check_has_told_of_zendesk(broken: Broken) -> None:
    assert told_before(broken, "zendesk_lookup")


@pytest.mark.parametrize("broken", [each for each in HUBSPOT if each.code], ids=lambda each: each.rule)
def test_check_has_told_of_hubspot(broken: Broken) -> None:
    assert told_before(broken, "hubspot")


@pytest.mark.parametrize("key", ["label", "inverse_label"])
def test_an_empty_label_is_told_and_never_sent(key: str) -> None:
    assert told_before(
        Broken("label text", related(f'targets: {{hubspot: {{{key}: ""}}}}'), "EW204"), "hubspot"
    )


def test_every_rule_of_the_servers_is_broken() -> None:
    assert {each.rule for each in LOOKUPS} == lookup_server.RULES
    assert {each.rule for each in HUBSPOT} == hubspot_server.RULES


def test_what_is_refused_is_refused_for_one_thing_alone() -> None:
    for raw in (custom_object(), field(), lookup("zen:brand")):
        assert not refusals(a_zendesk(), Broken("", raw=raw), "zendesk_lookup", lookup_server.AUTHORIZATION)
    for raw in (hubspot_object(), has_property(), label(), limit()):
        assert not refusals(a_hubspot(), Broken("", raw=raw), "hubspot", hubspot_server.AUTHORIZATION)
    good = Broken("", related())
    assert not refusals(ZendeskLookup(), good, "zendesk_lookup", lookup_server.AUTHORIZATION)
    assert not refusals(HubSpot(), good, "hubspot", hubspot_server.AUTHORIZATION)


def test_a_maximum_over_hubspots_highest_is_not_sent_and_told() -> None:
    text = related("targets: {hubspot: {type_id: 17}}", cardinality="{from: 0..*, to: 0..10001}")
    assert not refusals(HubSpot(), Broken("", text), "hubspot", hubspot_server.AUTHORIZATION)
    lost = [each.message for each in said(manifest(text), "hubspot") if each.code.number == "EW602"]
    assert "maximum 10001 on to dropped" in lost[-1]


def test_the_servers_share_nothing_with_the_targets() -> None:
    for module in (lookup_server, hubspot_server):
        assert module.__file__ is not None
        with open(module.__file__, encoding="utf-8") as file:
            assert "edgewise" not in file.read()
