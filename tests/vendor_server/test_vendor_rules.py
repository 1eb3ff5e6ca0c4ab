"""Each rule of the vendors broken on purpose: the server refuses it, and `check` has said so before.

A row holds a manifest that breaks a rule. Where the compiler gets as far as making requests of it, those
are sent although `check` minds; where it does not, or where no manifest can say such a thing, the request
that does stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import boom_server
import monica_server
import pytest
import zendesk_server
from boom_server import Boom
from compiled import NO_OPTIONS, forced, manifest, requests, said
from monica_database import an_instance
from monica_server import Monica
from pymysql import DataError
from vendor_http import Answer, Vendor, send, serving
from zendesk_server import Zendesk

from edgewise.diagnostics import Severity

LONG = "x" * 256
BOOM_OBJECTS, BOOM_TYPES = "/api/v1/cdp/custom-objects/types", "/api/v1/cdp/relationship-types"
ZENDESK_OBJECTS, ZENDESK_TYPES = "/api/sunshine/objects/types", "/api/sunshine/relationships/types"
WORLD = """
object_types:
  person: {plural: people}
  order: {attributes: {total: {type: integer}}}
  item: {attributes: {name: {type: string}}}
relationship_types:
"""


class Raw(NamedTuple):
    """A request that no manifest becomes."""

    path: str
    body: Any
    method: str = "POST"
    authorization: str | None = None


class Broken(NamedTuple):
    """A rule of a server's, a manifest that breaks it, and the code under which that is told.

    No `code` means that edgewise cannot be brought to do it: no manifest breaks the rule.
    """

    rule: str
    text: str = ""
    code: str = ""
    raw: Raw | None = None
    options: Mapping[str, Any] = NO_OPTIONS


def related(stated: str, ends: str = "from: person, to: order") -> str:
    return f"{WORLD}  r_s: {{{ends}, cardinality: one_to_many, {stated}}}\n"


def person_to_co(**stated: Any) -> Raw:
    body = {"kind": "person_to_co", "role": "placed", "customObjectType": "order", **stated}
    return Raw(BOOM_TYPES, body)


def several(count: int, kind: str, cardinality: str = "one_to_one") -> str:
    objects = [f"  o_{number}: {{attributes: {{a: {{type: text}}}}}}" for number in range(count)]
    types = [f"  r_{number}: {{from: o_0, to: o_1, cardinality: {cardinality}}}" for number in range(count)]
    if kind == "object types":
        types = types[:1]
    return "\n".join(["object_types:", *(objects if kind == "object types" else objects[:2])]) + (
        "\nrelationship_types:\n" + "\n".join(types) + "\n"
    )


BOOM = (
    Broken("name length", related(f"targets: {{boom: {LONG}}}"), "EW603"),
    Broken("name length", related('targets: {boom: ""}'), "EW603"),
    Broken("name length", WORLD.replace("order: {", f"order: {{targets: {{boom: {LONG}}}, "), "EW603"),
    Broken("name length", WORLD.replace("order: {", 'order: {targets: {boom: ""}, '), "EW603"),
    Broken("object type once", WORLD.replace("order: {", "order: {targets: {boom: item}, "), "EW605"),
    Broken(
        "object type first",
        related("", "from: person, to: oder"),
        "EW301",
        person_to_co(customObjectType="oder"),
    ),
    Broken(
        "object type first",
        related("targets: {boom: {bidirectional: true}}", "from: person, to: person"),
        "EW601",
        person_to_co(customObjectType="person"),
    ),
    Broken(
        "description length",
        related('description: ""'),
        "EW204",
        person_to_co(description=""),
    ),
    Broken(
        "description length",
        related(f"description: {'d' * 1001}"),
        "EW204",
        person_to_co(description="d" * 1001),
    ),
    Broken(
        "cardinality word",
        f"{WORLD}  r: {{from: person, to: order, cardinality: ONE_TO_MANI}}\n",
        "EW204",
        person_to_co(cardinality="ONE_TO_MANI"),
    ),
    Broken(
        "bidirectional",
        related("targets: {boom: {bidirectional: both}}"),
        "EW203",
        person_to_co(bidirectional="both"),
    ),
    Broken("known fields", related("targets: {boom: {color: red}}"), "EW201", person_to_co(color="red")),
    Broken(
        "required fields",
        f"{WORLD}  r: {{from: person}}\n",
        "EW202",
        Raw(BOOM_TYPES, {"kind": "person_to_co", "role": "r"}),
    ),
    Broken("kind", raw=person_to_co(kind="person_to_person")),
    Broken("own person", raw=Raw(BOOM_OBJECTS, {"name": "person", "displayName": "person"})),
    Broken("no deletion", raw=Raw(f"{BOOM_TYPES}/rt_1", None, "DELETE")),
    Broken("known routes", raw=Raw("/api/v1/cdp/relationshiptypes", {})),
    Broken("an API key", raw=Raw(BOOM_TYPES, {}, authorization="Bearer another")),
)


def created(**stated: Any) -> Raw:
    return Raw(ZENDESK_TYPES, {"data": {"key": "r_s", "source": "order", "target": "item", **stated}})


def schema(**stated: Any) -> Raw:
    return Raw(ZENDESK_OBJECTS, {"data": {"key": "thing", "schema": stated}})


TEXT = {"type": "string"}
ZENDESK = (
    *(
        Broken("key pattern", related(f'targets: {{zendesk: "{key}"}}'), "EW603")
        for key in ("", "k", "k" * 33, "Key", "a key", "a.key", "zen:user", "schlüssel")
    ),
    Broken("key pattern", WORLD.replace("order: {", f"order: {{targets: {{zendesk: {'k' * 33}}}, "), "EW603"),
    Broken("key pattern", WORLD.replace("order: {", 'order: {targets: {zendesk: "zen:users"}, '), "EW603"),
    Broken(
        "key pattern",
        related("").replace("r_s", "r" * 25).replace("one_to_many", "many_to_many"),
        "EW603",
        options={"many_to_many": "two_types"},
    ),
    Broken(
        "key once",
        f"{related('')}  other: {{from: item, to: order, targets: {{zendesk: r_s}}}}\n",
        "EW605",
    ),
    Broken("key once", WORLD.replace("order: {", "order: {targets: {zendesk: item}, "), "EW605"),
    Broken("different object type", related("", "from: order, to: order"), "EW607"),
    Broken("limit", several(51, "object types"), "EW604"),
    Broken("limit", several(51, "relationship types"), "EW604"),
    Broken(
        "limit",
        several(26, "relationship types", "many_to_many"),
        "EW604",
        options={"many_to_many": "two_types"},
    ),
    Broken("object type first", related("", "from: order, to: itm"), "EW301", created(target="itm")),
    Broken(
        "object type first", related("", 'from: order, to: "zen:users"'), "EW301", created(target="zen:users")
    ),
    Broken(
        "brackets",
        related("", "from: order, to: [item, person]"),
        "EW203",
        created(target=["item", "person"]),
    ),
    Broken("brackets", related("", "from: order, to: []"), "EW203", created(target=[])),
    Broken("property name", WORLD.replace("total:", "_total:"), "EW205", schema(properties={"_total": TEXT})),
    Broken(
        "property type",
        WORLD.replace("integer", "[integer, text]"),
        "EW204",
        schema(properties={"total": {"type": ["integer", "string"]}}),
    ),
    Broken("known fields", related("targets: {zendesk: {color: red}}"), "EW201", created(color="red")),
    Broken("one property", raw=schema(properties={})),
    Broken("required properties", raw=schema(properties={"a": TEXT}, required=["b"])),
    Broken("envelope", raw=Raw(ZENDESK_TYPES, {"key": "r_s", "source": "order", "target": "item"})),
    Broken("no update", raw=Raw(f"{ZENDESK_TYPES}/there", {"data": {}}, "PUT")),
    Broken("records first", raw=Raw(f"{ZENDESK_TYPES}/there", None, "DELETE")),
    Broken("known routes", raw=Raw("/api/sunshine/relations/types", {})),
    Broken("an administrator", raw=Raw(ZENDESK_TYPES, {}, authorization="")),
)


def a_boom(*, coded: bool = False) -> Boom:
    vendor = Boom(coded=coded)
    vendor.object_types = {name: {"name": name, "displayName": name} for name in ("order", "item")}
    return vendor


def a_zendesk() -> Zendesk:
    vendor = Zendesk()
    vendor.types["objects"] = {name: {"key": name} for name in ("order", "item")}
    vendor.types["relationships"] = {"there": {"key": "there"}}
    vendor.records = {"there"}
    return vendor


def refusals(vendor: Vendor, broken: Broken, target: str, authorization: str) -> list[Answer]:
    """Send what breaks a rule; return the answers that refuse it."""
    with serving(vendor) as url:
        if broken.raw is None:
            files = forced(manifest(broken.text), target, broken.options)
            sent = [(each.method, each.path, each.content, authorization) for each in requests(files)]
        else:
            raw = broken.raw
            given = authorization if raw.authorization is None else raw.authorization
            sent = [(raw.method, raw.path, raw.body, given)]
        answers = [send(url, *each) for each in sent]
    return [answer for answer in answers if answer.status >= 400]


def told_before(broken: Broken, target: str) -> bool:
    """Tell whether `check` has a warning or an error for it, under the code that the row names."""
    found = said(manifest(broken.text), target, broken.options)
    serious = {each.code.number for each in found if each.severity >= Severity.WARNING}
    return broken.code in serious


@pytest.mark.parametrize("coded", [False, True])
@pytest.mark.parametrize("broken", BOOM, ids=lambda each: each.rule)
def test_boom_refuses_what_check_has_told(broken: Broken, coded: bool) -> None:
    vendor = a_boom(coded=coded) if broken.raw else Boom(coded=coded)
    answers = refusals(vendor, broken, "boom", boom_server.AUTHORIZATION)
    assert broken.rule in vendor.broken
    assert all(("code" in answer.body["error"]) is coded for answer in answers)
    assert not broken.code or told_before(broken, "boom")


@pytest.mark.parametrize("broken", ZENDESK, ids=lambda each: each.rule)
def test_zendesk_refuses_what_check_has_told(broken: Broken) -> None:
    vendor = a_zendesk() if broken.raw else Zendesk()
    answers = refusals(vendor, broken, "zendesk", zendesk_server.AUTHORIZATION)
    assert broken.rule in vendor.broken
    assert answers
    assert not broken.code or told_before(broken, "zendesk")


def test_every_rule_of_the_servers_is_broken() -> None:
    assert {each.rule for each in BOOM} == boom_server.RULES
    assert {each.rule for each in ZENDESK} == zendesk_server.RULES


@pytest.mark.parametrize(
    ("coded", "error"),
    [
        (False, {"error": "no custom object type oder", "suggestions": ["order"]}),
        (
            True,
            {
                "error": {
                    "code": "object_type_first",
                    "message": "no custom object type oder, did you mean order?",
                }
            },
        ),
    ],
)
def test_what_boom_suggests_check_has_suggested(coded: bool, error: object) -> None:
    broken = Broken("", related("", "from: person, to: oder"), "EW301", person_to_co(customObjectType="oder"))
    (answer,) = refusals(a_boom(coded=coded), broken, "boom", boom_server.AUTHORIZATION)
    assert answer == Answer(404, error)
    (told,) = [each for each in said(manifest(broken.text), "boom") if each.code.number == "EW301"]
    assert "`order`" in told.help


def test_a_second_type_of_one_identity_would_change_the_first_in_silence() -> None:
    text = related("description: One.") + (
        "  other: {from: person, to: order, cardinality: many_to_many, role: r_s, description: Other.}\n"
    )
    vendor = Boom()
    with serving(vendor) as url:
        sent = requests(forced(manifest(text), "boom"))
        answers = [send(url, *each[:3], boom_server.AUTHORIZATION) for each in sent]
    assert [answer.body["created"] for answer in answers[-2:]] == [True, False]
    assert [each["description"] for each in vendor.relationship_types.values()] == ["One."]
    assert told_before(Broken("", text, "EW605"), "boom")


def test_what_is_no_longer_said_stays_at_booms_and_a_note_says_so() -> None:
    vendor = Boom()
    with serving(vendor) as url:
        for stated in ("description: Old.", "targets: {boom: {description: false}}"):
            for each in requests(forced(manifest(related(stated)), "boom")):
                if vendor.object_types.keys() < {"order", "item"} or "relationship" in each.path:
                    send(url, *each[:3], boom_server.AUTHORIZATION)
    assert [each["description"] for each in vendor.relationship_types.values()] == ["Old."]
    notices = [each.message for each in said(manifest(related("")), "boom") if each.code.number == "EW606"]
    assert "nothing can be cleared or deleted" in notices[0]


# ---- Monica ----

CONTACTS = """
object_types: {person: {targets: {monica: contact}}}
groups: {work: }
relationship_types:
"""


def contacts(*stated: str) -> str:
    lines = [
        f"  r_{number}: {{from: person, to: person, cardinality: many_to_many, group: work, {each}}}\n"
        for number, each in enumerate(stated)
    ]
    return CONTACTS + "".join(lines)


@pytest.mark.parametrize(
    ("rule", "raw"),
    [
        ("only reads", Raw(monica_server.PATH, {"name": "a", "name_reverse_relationship": "a"})),
        ("only reads", Raw(f"{monica_server.PATH}/1", {"name": "a"}, "PUT")),
        ("only reads", Raw(f"{monica_server.PATH}/1", None, "DELETE")),
        ("known routes", Raw("/api/relationships/1", None, "GET")),
        ("at most 100 a page", Raw(f"{monica_server.PATH}?limit=101", None, "GET")),
        ("a token", Raw(monica_server.PATH, None, "GET", "")),
    ],
)
def test_monicas_api_reads_and_edgewise_sends_it_nothing(rule: str, raw: Raw) -> None:
    vendor = Monica([])
    assert refusals(vendor, Broken(rule, raw=raw), "monica", monica_server.AUTHORIZATION)
    assert vendor.broken == [rule]
    assert rule in monica_server.RULES
    text = contacts("symmetric: true")
    assert requests(forced(manifest(text), "monica")) == []
    assert [each.code.number for each in said(manifest(text), "monica")].count("EW606") == 2


@pytest.mark.parametrize(
    "stated", [f"symmetric: true, targets: {{monica: {LONG}}}", f"targets: {{monica: {{reverse: {LONG}}}}}"]
)
def test_a_name_that_is_too_long_is_refused_by_monicas_database(stated: str, mariadb: str) -> None:
    text = contacts(stated)
    assert told_before(Broken("", text, "EW603"), "monica")
    sql = forced(manifest(text), "monica")["provision.sql"].decode()
    with an_instance(mariadb, 1) as instance, pytest.raises(DataError):
        instance.run(sql)


def test_a_group_that_is_too_long_is_refused_by_monicas_database(mariadb: str) -> None:
    good = contacts("symmetric: true, targets: {monica: {group: club}}")
    assert told_before(Broken("", good.replace("club", LONG), "EW204"), "monica")
    sql = forced(manifest(good), "monica")["provision.sql"].decode()
    with an_instance(mariadb, 1) as instance, pytest.raises(DataError):
        instance.run(sql.replace("club", LONG))


def test_the_second_of_two_of_one_name_would_not_be_there(mariadb: str) -> None:
    text = contacts("targets: {monica: {reverse: helped}}", "symmetric: true, targets: {monica: Helped}")
    assert told_before(Broken("", text, "EW605"), "monica")
    with an_instance(mariadb, 1) as instance:
        instance.run(forced(manifest(text), "monica")["provision.sql"].decode())
        assert instance.added(1) == [("r_0", "helped", "work", 1), ("helped", "r_0", "work", 1)]


def test_a_missing_reverse_and_one_that_a_default_does_not_have_make_no_way_back(mariadb: str) -> None:
    dangling = contacts("description: No way back.")
    other = contacts("targets: {monica: {name: boss, reverse: subordonate}}")
    assert told_before(Broken("", dangling, "EW607"), "monica")
    assert told_before(Broken("", other, "EW605"), "monica")
    with an_instance(mariadb, 1) as instance:
        for text in (dangling, other):
            instance.run(forced(manifest(text), "monica")["provision.sql"].decode())
        vendor = Monica(instance.of_account(1))
    assert vendor.relate("ann", "r_0", "ben") == [("ann", "r_0", "ben")]
    assert vendor.relate("ann", "boss", "ben")[1] == ("ben", "subordinate", "ann")


def test_the_servers_share_nothing_with_the_targets() -> None:
    for module in (boom_server, zendesk_server, monica_server):
        assert module.__file__ is not None
        with open(module.__file__, encoding="utf-8") as file:
            assert "edgewise" not in file.read()


def test_what_is_no_json_is_refused() -> None:
    with serving(Boom()) as url:
        assert send(url, "POST", BOOM_TYPES, b"{", boom_server.AUTHORIZATION).status == 400
