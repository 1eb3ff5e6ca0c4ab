"""What a merge makes of hosts as people write them: what is theirs stays, what is ours comes and goes."""

from __future__ import annotations

import re
from difflib import ndiff

import pytest
import yaml
from command import ROOT
from merging_hosts import CATALOG, HOSTS, NOTHING, PART, less_ours, merge, merged, read
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from edgewise.diagnostics import Code
from edgewise_targets.openapi.merging.record import RECORD

ALTERED = {HOSTS["empty paths"]: ["paths: {}   # none yet"]}
FULL = (ROOT / "tests/openapi/full.yaml").read_text(encoding="utf-8")
any_host = pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)


@any_host
def test_what_is_put_in_is_there_and_the_rest_means_what_it_did(host: str) -> None:
    text = merged(host)
    assert {"/people/{person_id}/placed", "/people/{person_id}/lives_in"} <= set(read(text)["paths"])
    assert {"PlacedLink", "Problem", "PersonId"} <= set(read(text)["components"]["schemas"])
    assert less_ours(text) == read(host)


@any_host
def test_no_line_of_a_host_is_changed_and_none_changes_its_place(host: str) -> None:
    text = merged(host)
    gone = [line[2:] for line in ndiff(host.splitlines(), text.splitlines()) if line.startswith("- ")]
    # But those that end in a bracket which something is put into, or are the last before one more entry.
    assert [
        line for line in gone if line.rstrip(",")[-1] not in "]}" and f"{line},\n" not in text
    ] == ALTERED.get(host, [])


@any_host
def test_twice_is_once(host: str) -> None:
    once = merged(host)
    assert merged(once) == once


@any_host
def test_what_is_withdrawn_was_never_there(host: str) -> None:
    assert merged(merged(host), PART) == merged(host, PART)
    assert merged(merged(host, PART)) == merged(host)


@any_host
def test_of_an_empty_catalog_nothing_is_left(host: str) -> None:
    assert merged(host, NOTHING) == host
    assert merged(merged(host), NOTHING) == host


@any_host
def test_every_reference_leads_somewhere(host: str) -> None:
    text = merged(host)
    assert "common.json" not in text
    sections = read(text)["components"]
    for name in re.findall(r'"#/components/(\w+/\w+)"', text):
        section, _, key = name.partition("/")
        assert key in sections[section]


VALID = ("smallest", "empty paths", "no last line end", "merge keys", "tight JSON", "JSON with two spaces")


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize("manifest", [CATALOG, FULL], ids=["small", "every feature"])
def test_what_comes_of_a_valid_description_is_valid(name: str, manifest: str) -> None:
    data = yaml.load(HOSTS[name], yaml.CSafeLoader)
    validate({"paths": {}, **data}, cls=OpenAPIV31SpecValidator)
    text = merged(HOSTS[name], manifest)
    validate(yaml.load(text, yaml.CSafeLoader), cls=OpenAPIV31SpecValidator)
    assert merged(text, manifest) == text
    assert merged(text, NOTHING) == HOSTS[name]


@pytest.mark.parametrize("name", ["four columns, CRLF", "no last line end", "JSON with tabs", "tight JSON"])
def test_what_is_ours_is_laid_out_as_the_host_is(name: str) -> None:
    host, text = HOSTS[name], merged(HOSTS[name])
    assert text.endswith("\n") == host.endswith("\n")
    assert ("\r\n" in text) == ("\r\n" in host)
    assert "\n" not in text.replace("\r\n", "") or "\r" not in host
    if name == "four columns, CRLF":
        assert "\r\n    /people/{person_id}/placed:\r\n        parameters:\r\n" in text
    if name == "JSON with tabs":
        assert '\n\t"paths": {\n\t\t"/' in text
        assert "  " not in text
    if name == "tight JSON":
        assert "\n" not in text
        assert '{"get":{"tags":["' in text or '"get":{"' in text


def test_entries_stand_behind_the_comments_that_belong_to_a_section() -> None:
    text = merged(HOSTS["comments everywhere"])
    paths = text.index("  /households") if "  /households" in text else text.index("  /orders/{order_id}")
    assert text.index("# -- end of paths --") < paths < text.index("# Components begin here.")
    assert text.index("# nothing more") < text.index("    PlacedLink:") < text.index("# The end.")
    assert text.index("# The end.") < text.index(RECORD)


def test_tags_are_added_to_a_list_of_tags_alone() -> None:
    assert "tags" not in read(merged(HOSTS["smallest"]))
    tags = read(merged(HOSTS["lists at the margin"]))["tags"]
    assert [each["name"] for each in tags] == ["person", "homes", "order"]
    assert tags[0]["description"] == "Ours? No, the host's."


# ---- what people do to a merged host ----


def test_what_was_edited_by_hand_is_replaced() -> None:
    host = HOSTS["comments everywhere"]
    edited = merged(host).replace("listPersonPlaced", "mine")
    assert edited != merged(host)
    assert merged(edited) == merged(host)


def test_a_host_may_be_laid_out_anew_with_what_is_ours_in_it() -> None:
    text = merged(HOSTS["smallest"])
    formatted = re.sub(r'"(#[^"]*|200|404)"', r"'\1'", text).replace(
        "required:\n        - title\n        - status", "required: [title, status]"
    )
    assert formatted != text
    assert merged(formatted) == formatted
    assert merged(formatted, NOTHING) == HOSTS["smallest"]
    assert read(merged(formatted, PART)) == read(merged(HOSTS["smallest"], PART))


def test_a_number_for_a_text_is_no_mere_layout() -> None:
    text = merged(HOSTS["smallest"])
    edited = text.replace('"0..1"', "0.1", 1)
    assert merged(edited) == text


def test_what_somebody_adds_between_ours_stays() -> None:
    host = HOSTS["smallest"]
    text = merged(host)
    lines = text.splitlines(keepends=True)
    paths = next(
        number for number, line in enumerate(lines) if line.startswith("  /people/{person_id}/placed")
    )
    schemas = lines.index("  schemas:\n")
    lines.insert(schemas + 1, "    Mine: {type: string}  # my own\n")
    lines.insert(paths, "  # my own path\n  /mine: {}\n")
    edited = "".join(lines)
    again = merged(edited)
    assert merged(again) == again
    for left in (merged(again, NOTHING), merged(edited, NOTHING)):
        assert left == host + (
            "paths:\n  # my own path\n  /mine: {}\n"
            "components:\n  schemas:\n    Mine: {type: string}  # my own\n"
        )


def test_a_copy_under_another_name_is_the_hosts() -> None:
    text = merged(HOSTS["smallest"])
    entry = re.search(r"  /people/\{person_id\}/lives_in:\n(?:    .*\n)+", text)
    assert entry is not None
    copied = re.sub("operationId: .*", "operationId: mine", entry[0]).replace("/lives_in", "/stays_in")
    copied = re.sub(r"operationId: mine", lambda _: f"operationId: mine{next(numbers)}", copied)
    edited = text.replace(entry[0], entry[0] + copied)
    left = merged(edited, NOTHING)
    assert left == HOSTS["smallest"] + "paths:\n" + copied


numbers = iter(range(100))


def test_an_entry_is_taken_over_by_taking_it_out_of_the_record() -> None:
    text = merged(HOSTS["smallest"], PART)
    edited = text.replace("    - /people/{person_id}/lives_in\n", "")
    _, said = merge(edited, PART)
    assert [each.code for each in said] == [Code.COLLISION]
    assert list(read(merged(edited, NOTHING))["paths"]) == ["/people/{person_id}/lives_in"]


def test_a_comment_between_what_is_ours_stays_somewhere() -> None:
    text = merged(HOSTS["smallest"])
    edited = text.replace("  schemas:\n", "  schemas:   # by name\n    # ours\n")
    assert edited.count("#") == text.count("#") + 2
    for manifest in (NOTHING, PART):
        left = merged(edited, manifest)
        assert "# by name" in left
        assert "# ours" in left


def test_a_section_that_only_we_filled_stays_where_it_was_not_ours() -> None:
    text = merged(HOSTS["smallest"].replace("\n", "\npaths:\n  /mine: {}\n", 1))
    assert read(merged(text.replace("  /mine: {}\n", ""), NOTHING))["paths"] == {}


def test_the_last_line_may_be_ours() -> None:
    text = merged(HOSTS["smallest"]).removesuffix("\n")
    assert merged(text) == text
    assert merged(text, NOTHING) == HOSTS["smallest"].removesuffix("\n")


def test_the_catalog_is_merged_whole() -> None:
    record = read(merged(HOSTS["smallest"], CATALOG))[RECORD]
    assert set(record) == {
        "about",
        "sections",
        "paths",
        "components/parameters",
        "components/responses",
        "components/schemas",
    }
