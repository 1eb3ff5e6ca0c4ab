"""Any catalog into any host: what is the host's stays to the byte, and what is withdrawn was never there."""

from __future__ import annotations

import json
import sys
from random import Random
from typing import Any

import yaml
from command import ROOT
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from merging_hosts import CATALOG, HOSTS, MERGER, NOTHING, PART, emission, less_ours, merged, read

from edgewise.diagnostics import Code
from edgewise.place import Source

sys.path.append(str(ROOT / "tests" / "core"))
from any_catalog import catalogs, source

slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
some = settings(max_examples=40, deadline=None, suppress_health_check=slow)
many = settings(max_examples=150, deadline=None, suppress_health_check=slow)
randoms = st.randoms(use_true_random=False)


# ---- any catalog ----


def put(host: str, catalog: Any) -> str | None:
    made = emission(source(catalog))
    if made is None:
        return None
    text, said = MERGER.merge(made.graph, made.options, Source("host.yaml", host))
    assert (text is None) == bool(said)
    assert {each.code for each in said} <= {Code.COLLISION}
    return text


@some
@given(catalogs(), st.sampled_from(sorted(HOSTS)), randoms)
def test_any_catalog_comes_and_goes(catalog: Any, name: str, random: Random) -> None:
    host = HOSTS[name]
    whole = put(host, catalog)
    assume(whole is not None)
    assert whole is not None
    assert put(whole, catalog) == whole
    assert less_ours(whole) == read(host)
    kept = {name: each for name, each in catalog["relationship_types"].items() if random.random() < 0.5}
    fewer = {**catalog, "relationship_types": kept}
    expected = put(host, fewer)
    assume(expected is not None)
    assert put(whole, fewer) == expected
    assert put(whole, {**catalog, "relationship_types": {}}) == host


# ---- any host ----

KEYS = st.sampled_from(["Order", "on", "a b", "200", "x: y", "# no", "é", "-", "", "null", "{id}", "<<x"])
TEXTS = st.sampled_from(
    ["", "plain", "two\nlines", "ends\n", "ends\n\n", "\nbegins", "# no comment", "a: b", "  x", "no", "1.50"]
) | st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=9)
VALUES = st.recursive(
    TEXTS | st.sampled_from([None, True, 7, 2.5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
PATHS = st.dictionaries(
    st.sampled_from(["/a", "/b/{id}", "/people"]), st.dictionaries(KEYS, VALUES, max_size=2), max_size=3
)
SCHEMAS = st.dictionaries(KEYS.filter(bool), VALUES, max_size=3)


@st.composite
def described(draw: st.DrawFn) -> dict[str, Any]:
    """Give descriptions as data, with anything in them and in any order."""
    parts: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": draw(TEXTS), "version": "1"}}
    for key, strategy in (
        ("paths", PATHS),
        ("components", st.dictionaries(st.sampled_from(["schemas", "responses", "x-a"]), SCHEMAS)),
        ("tags", st.lists(st.fixed_dictionaries({"name": TEXTS, "x": VALUES}), max_size=2)),
        ("x-other", VALUES),
    ):
        if draw(st.booleans()):
            parts[key] = draw(strategy)
    return {key: parts[key] for key in draw(st.permutations(list(parts)))}


@st.composite
def hosts(draw: st.DrawFn) -> str:
    """Give the texts of hosts: YAML or JSON, laid out in any way that their libraries know."""
    data = draw(described())
    if draw(st.booleans()):
        spaces = draw(st.sampled_from([None, 0, 1, 2, 4, "\t"]))
        separators = draw(st.sampled_from([None, (",", ":")]))
        return json.dumps(data, indent=spaces, separators=separators, ensure_ascii=draw(st.booleans()))
    text: str = yaml.dump(
        data,
        sort_keys=False,
        indent=draw(st.sampled_from([2, 3, 4])),
        width=draw(st.sampled_from([20, 80, 1000])),
        default_flow_style=draw(st.sampled_from([False, False, False, None, True])),
        default_style=draw(st.sampled_from([None, None, "'", '"', "|", ">"])),
        allow_unicode=True,
        explicit_start=draw(st.booleans()),
        explicit_end=draw(st.booleans()),
    )
    text = remarked(text, draw(st.randoms(use_true_random=False)))
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def remarked(text: str, random: Random) -> str:
    """Put comments and blank lines where they mean nothing."""
    lines = text.splitlines(keepends=True)
    for _ in range(random.randrange(6)):
        number = random.randint(0, len(lines))
        remark = random.choice(["\n", "# a\n", "  # b: c\n", "    # - d\n", "# {\n", "      # ]\n"])
        tried = [*lines[:number], remark, *lines[number:]]
        try:
            if loaded("".join(tried)) == loaded(text):
                lines = tried
        except (yaml.YAMLError, ValueError):
            continue
    return "".join(lines)


def loaded(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)


def is_read(text: str) -> bool:
    try:
        read(text)
    except (yaml.YAMLError, ValueError):
        return False
    return True


def ends_in_a_text(host: str) -> bool:
    """Tell whether more lines would make its last text another one; a merge refuses that."""
    return not host.endswith("\n") and less_ours(f"{host}\n") != read(host)


@many
@given(hosts())
def test_any_host_stays_as_it_is(host: str) -> None:
    assume(is_read(host) and not ends_in_a_text(host))
    whole = merged(host)
    assert less_ours(whole) == read(host)
    assert merged(whole) == whole
    assert merged(whole, PART) == merged(host, PART)
    assert merged(whole, NOTHING) == host


@many
@given(hosts(), st.integers(0, 10**6), st.sampled_from(["", "\n", "]", '"', "- ", "x", "\t", "&a ", "# "]))
def test_any_text_gives_a_text_or_a_reason(host: str, place: int, planted: str) -> None:
    """A slip of the fingers anywhere, before a merge or after it, raises nothing."""
    assume(is_read(host) and not ends_in_a_text(host))
    for text in (host, merged(host)):
        at = place % (len(text) + 1)
        for broken in (text[:at] + planted + text[at:], text[:at] + text[at + 3 :]):
            made = emission(Source("a.yaml", CATALOG))
            assert made is not None
            again, said = MERGER.merge(made.graph, made.options, Source("host.yaml", broken))
            assert (again is None) == bool(said)
            assert {each.code for each in said} <= {Code.COLLISION, Code.HOST_NOT_USABLE}
