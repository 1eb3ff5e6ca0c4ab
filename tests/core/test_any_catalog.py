"""Random catalogs: order means nothing, nothing raises, the gate lets the sound ones pass."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import jsonschema
import pytest
from any_catalog import Data, catalogs, paths, scattered, shuffled, source, spoil
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgewise import compile as pipeline
from edgewise.assemble import assemble
from edgewise.catalog import Catalog
from edgewise.compile import check
from edgewise.diagnostics import Code, Severity, has_errors
from edgewise.document import read_documents
from edgewise.graph import Graph, resolve
from edgewise.place import Place, Source, Span
from edgewise.position import located
from edgewise.project import Project
from edgewise.shape import check_shape
from edgewise.vocabulary import manifest_schema
from edgewise_targets import TARGETS

SCHEMA = manifest_schema(TARGETS)
PROJECT = Project("/nowhere", ("schemas",), "build", {each.name: {} for each in TARGETS}, named=False)
EXTERNAL = [name for each in TARGETS for name in each.external_types]
slow = (HealthCheck.too_slow, HealthCheck.data_too_large)
few = settings(max_examples=40, deadline=None, suppress_health_check=slow)
often = settings(max_examples=150, deadline=None, suppress_health_check=slow)
randoms = st.randoms(use_true_random=False)


def catalog_of(sources: Sequence[Source]) -> Catalog:
    documents, diagnostics = read_documents(sources)
    manifests, misshapen = check_shape(documents, SCHEMA)
    catalog, twice = assemble(manifests, EXTERNAL)
    assert [*diagnostics, *misshapen, *twice] == []
    return catalog


def meaning(value: Any) -> Any:
    """Leave out where a thing is written, and the order in which keys are."""
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple):
        return tuple(map(meaning, value))
    return sorted((key, meaning(each)) for key, each in value.items()) if isinstance(value, dict) else value


# ---- order ----


@few
@given(catalogs(), randoms)
def test_the_order_of_files_documents_and_keys_means_nothing(catalog: Data, random: Random) -> None:
    first = catalog_of([source(catalog)])
    second = catalog_of(scattered(catalog, random))
    for part in ("object_types", "relationship_types", "groups"):
        assert list(getattr(first, part)) == list(getattr(second, part)) == sorted(getattr(first, part))
        assert repr(meaning(getattr(first, part))) == repr(meaning(getattr(second, part)))
    assert first.external_types == second.external_types
    assert resolve(first).hash == resolve(second).hash


@few
@given(catalogs(), randoms)
def test_the_order_changes_no_byte_of_what_is_emitted(catalog: Data, random: Random) -> None:
    first = pipeline.compile([source(catalog)], PROJECT, TARGETS)
    second = pipeline.compile(scattered(catalog, random), PROJECT, TARGETS)
    assert sorted(each.message for each in first.diagnostics) == sorted(
        each.message for each in second.diagnostics
    )
    assert emitted(first.artifacts) == emitted(second.artifacts)


def emitted(artifacts: Any) -> dict[str, bytes]:
    return {each.path: bytes(each.content) for several in artifacts.values() for each in several}


@few
@given(catalogs(), randoms)
def test_what_a_catalog_means_has_its_own_hash(catalog: Data, random: Random) -> None:
    """Whatever is changed in a declaration, and still allowed, changes the hash, but for `x-` keys."""
    graph = resolve(catalog_of([source(catalog)]))
    changed = spoil(catalog, random)
    compilation = check([source(changed)], PROJECT, ())
    if (
        compilation.graph is None
        or has_errors(compilation.diagnostics)
        or resolved(changed) == resolved(catalog)
    ):
        return
    assert compilation.graph.hash != graph.hash


def resolved(catalog: Data) -> str:
    """Write what a catalog means, with the defaults for what is not stated."""
    compilation = check([source(catalog)], PROJECT, ())
    graph = compilation.graph
    assert graph is not None
    return repr([meaning(part) for part in (graph.object_types, graph.relationship_types, graph.groups)])


# ---- the gate ----


def agree(data: Data) -> bool:
    documents, diagnostics = read_documents([source(data)])
    assert diagnostics == []
    manifests, faults = check_shape(documents, SCHEMA)
    valid = jsonschema.Draft202012Validator(SCHEMA).is_valid(data)
    assert valid is (faults == [])
    assert len(manifests) <= 1
    return valid


@often
@given(catalogs())
def test_both_validators_let_what_is_sound_pass(catalog: Data) -> None:
    assert agree(catalog)


@often
@given(catalogs(), randoms, st.integers(1, 4))
def test_both_validators_agree_about_what_is_spoilt(catalog: Data, random: Random, times: int) -> None:
    for _ in range(times):
        catalog = spoil(catalog, random)
    if isinstance(catalog, dict) and not any(
        str(part).endswith("\n") for path in paths(catalog) for part in path
    ):
        agree(catalog)


# ---- nothing raises ----


@often
@given(catalogs(), randoms, st.integers(0, 5))
def test_every_catalog_gets_a_verdict_with_places(catalog: Data, random: Random, times: int) -> None:
    spoilt: Data = catalog
    for _ in range(times):
        spoilt = spoil(spoilt, random)
    written = source(spoilt)
    compilation = pipeline.compile([written], PROJECT, TARGETS)
    for each in located(compilation.diagnostics):
        # A loss names every kind of loss there is, however many: that hangs on the target, not on the input.
        assert len(each.message) <= (400 if each.code is Code.LOSS else 300), each.message
        assert "\n" not in each.message
        assert isinstance(each.at, Span) or each.code.number.startswith("EW6")
        if isinstance(each.at, Span):
            assert (each.at.line, each.at.end_line) == (1, 1)
            assert each.at.end_column <= len(written.text) + 1
    if has_errors(compilation.diagnostics):
        assert compilation.artifacts == {}
    if compilation.graph is not None:
        walk_through(compilation.graph)


def walk_through(graph: Graph) -> None:
    """Ask a graph all that rules and targets may ask it."""
    assert len(graph.hash) == 64
    for relationship in graph.relationship_types.values():
        assert all(graph.object_type(end) is graph.object_types[end.object_type] for end in relationship.ends)
        steps = graph.steps(relationship) if relationship.is_derived else ()
        assert [step.name for step in steps] == list(relationship.via)
        without = graph.without([("relationship_types", relationship.name)])
        assert all(
            step.relationship.name in without.relationship_types
            for each in without.derived
            for step in without.steps(each)
        )
    for name in graph.object_types:
        assert name not in graph.without([("object_types", name)]).object_types


@often
@given(catalogs(), randoms)
def test_one_mistake_of_shape_never_hides_or_makes_another(catalog: Data, random: Random) -> None:
    """What is found in a sound catalog is still found, in what is left, when one declaration is spoilt."""
    before = check([source(catalog)], PROJECT, ())
    section = random.choice(["object_types", "relationship_types"])
    if not catalog[section]:
        return
    name = random.choice(list(catalog[section]))
    broken = {**(catalog[section][name] or {}), "unknown_key": 1}
    after = check([source({**catalog, section: {**catalog[section], name: broken}})], PROJECT, ())
    new = {(each.code, each.message) for each in after.diagnostics} - {
        (each.code, each.message) for each in before.diagnostics
    }
    assert [code for code, _ in new] == [Code.UNKNOWN_KEY]


@pytest.mark.parametrize("named", [True, False])
def test_what_is_sound_for_all_targets_emits_for_all(named: bool) -> None:
    project = Project("/nowhere", ("schemas",), "build", PROJECT.targets, named=named)
    catalog = {
        "object_types": {"person": {}, "order": {}},
        "relationship_types": {
            "placed": {"from": "person", "to": "order", "cardinality": "one_to_many", "inverse": "placed_by"}
        },
    }
    compilation = pipeline.compile([source(shuffled(catalog, Random(1)))], project, TARGETS)
    errors = [each for each in compilation.diagnostics if each.severity is Severity.ERROR]
    assert bool(compilation.artifacts) is (errors == [])
