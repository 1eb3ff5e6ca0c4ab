"""The files as such: valid, complete, the same objects in both forms, the same bytes for the same catalog."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from contract import BUNDLE, COMMON, FULL, Api, Json, compiled, follow, real, references
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

CATALOGS = {"full": lambda: compiled(FULL), "real": real}


@pytest.fixture(scope="module", params=CATALOGS)
def api(request: pytest.FixtureRequest) -> Api:
    made: Api = CATALOGS[request.param]()
    assert made.said == []
    assert len(made.fragments()) > 10
    return made


def test_the_bundle_is_a_valid_document(api: Api) -> None:
    validate(api.bundle, cls=OpenAPIV31SpecValidator)


def test_each_fragment_is_a_valid_document_as_soon_as_it_has_a_head(api: Api, tmp_path: Path) -> None:
    (tmp_path / "common.json").write_bytes(api.content[COMMON])
    for name, fragment in api.fragments().items():
        assert set(fragment) == {"paths", "components"}
        whole = {"openapi": "3.1.0", "info": {"title": name, "version": "1"}, **fragment}
        base = (tmp_path / f"{name}.json").as_uri()
        validate(whole, base_uri=base, cls=OpenAPIV31SpecValidator)


def test_the_validator_does_see_into_the_shared_file(tmp_path: Path) -> None:
    (tmp_path / "common.json").write_text('{"components": {"parameters": {"AId": {"in": "path"}}}}')
    fragment = compiled(
        "object_types: {a: {}, b: {}}\nrelationship_types: {r: {from: a, to: b}}"
    ).fragments()["r"]
    whole = {"openapi": "3.1.0", "info": {"title": "r", "version": "1"}, **fragment}
    with pytest.raises((OpenAPIValidationError, LookupError)):
        validate(whole, base_uri=(tmp_path / "r.json").as_uri(), cls=OpenAPIV31SpecValidator)


def test_every_reference_leads_somewhere_in_its_own_files(api: Api) -> None:
    documents = {"": api.bundle, "common.json": api.files[COMMON]}
    for reference in {*references(api.bundle), *references(api.files[COMMON])}:
        assert reference.startswith("#/components/")
    for reference in references(api.bundle):
        assert follow(reference, api.bundle)
    for reference in references(api.files[COMMON]):
        assert follow(reference, api.files[COMMON])
    for fragment in api.fragments().values():
        for reference in references(fragment):
            document, _, path = reference.partition("#")
            assert follow(f"#{path}", {**documents, "": fragment}[document])


def test_every_component_is_referred_to(api: Api) -> None:
    used = set(references(api.bundle))
    for section, components in api.bundle["components"].items():
        assert {f"#/components/{section}/{name}" for name in components} <= used


def test_both_forms_carry_the_same_objects(api: Api) -> None:
    paths: Json = {}
    components: Json = {section: dict(part) for section, part in api.files[COMMON]["components"].items()}
    for fragment in api.fragments().values():
        own = pointed_to_the_bundle(fragment)
        assert not paths.keys() & own["paths"].keys()
        paths |= own["paths"]
        for section, part in own["components"].items():
            assert not components[section].keys() & part.keys()
            components[section] |= part
    assert paths == api.paths
    assert components == api.bundle["components"]


def pointed_to_the_bundle(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: each.removeprefix("common.json") if key == "$ref" else pointed_to_the_bundle(each)
            for key, each in value.items()
        }
    return [pointed_to_the_bundle(each) for each in value] if isinstance(value, list) else value


def test_operation_ids_are_unique(api: Api) -> None:
    counted = Counter(operation["operationId"] for _, _, operation in api.operations())
    assert counted.most_common(1)[0][1] == 1


def test_tags_are_declared_once_and_used(api: Api) -> None:
    declared = [tag["name"] for tag in api.bundle["tags"]]
    assert declared == sorted(set(declared))
    assert {tag for _, _, operation in api.operations() for tag in operation["tags"]} == set(declared)


def test_every_operation_and_schema_says_what_it_comes_from(api: Api) -> None:
    for _, _, operation in api.operations():
        assert set(operation["x-edgewise"]) == {"relationship_type", "end", "bounds"}
    assert {name for name, schema in api.schemas.items() if "x-edgewise" not in schema} == {
        "NextCursor",
        "Problem",
    }


def test_maps_are_sorted_and_files_end_in_a_line_end(api: Api) -> None:
    for path, file in api.files.items():
        assert api.content[path] == json.dumps(file, indent=2, ensure_ascii=False).encode() + b"\n"
        for sorted_map in (file.get("paths", {}), *file["components"].values()):
            assert list(sorted_map) == sorted(sorted_map)


def test_no_variants_are_made_of_closed_objects(api: Api) -> None:
    assert not {"allOf", "anyOf"} & set(keys(api.bundle))


def keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for each in value.values() for key in keys(each))]
    return [key for each in value for key in keys(each)] if isinstance(value, list) else []


def test_order_of_files_and_of_declarations_changes_no_byte() -> None:
    manifest = yaml.safe_load(FULL)
    pieces = [
        json.dumps({section: {name: declaration}})
        for section, declarations in manifest.items()
        if not section.startswith("x-")
        for name, declaration in declarations.items()
    ]
    assert compiled(*reversed(pieces)).content == compiled(FULL).content


def digest(api: Api) -> str:
    return hashlib.sha256(repr(sorted(api.content.items())).encode()).hexdigest()


@pytest.mark.parametrize("seed", ["0", "1", "12345"])
def test_the_hash_seed_changes_no_byte(seed: str) -> None:
    script = "from test_openapi_documents import *; print(digest(compiled(FULL)))"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == digest(compiled(FULL))


def test_title_and_version() -> None:
    assert compiled(FULL).bundle["info"] | {"description": ""} == {
        "title": "Relationships",
        "version": "1",
        "description": "",
    }
    info = compiled(FULL, title="Orders API", version="1.0").bundle["info"]
    assert (info["title"], info["version"]) == ("Orders API", "1.0")


def test_a_catalog_without_links_is_a_document_too() -> None:
    api = compiled("object_types: {a: {}}")
    validate(api.bundle, cls=OpenAPIV31SpecValidator)
    assert set(api.files) == {BUNDLE, COMMON}
    assert api.paths == {}
