"""Print the API: one whole document, and a fragment for each relationship type."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from edgewise.target import Artifact, json_bytes
from edgewise_targets.openapi.common import common_components
from edgewise_targets.openapi.model import Api, Contract
from edgewise_targets.openapi.paths import answers_of, paths_of
from edgewise_targets.openapi.references import Json, References
from edgewise_targets.openapi.schemas import schemas_of

_GENERATED = "Made by edgewise from the relationship types of a catalog: change those, not this file."


def documents(api: Api) -> Iterator[Artifact]:
    """Yield the files; the bundle is made of the same trees as the fragments."""
    shared = References()
    fragments = deque((each.relationship.name, _fragment(each, shared)) for each in api.contracts)
    common = common_components(api.resources, shared)
    shared.point_to("")
    yield Artifact("openapi/openapi.json", json_bytes(_bundle(api, common, fragments)))
    yield Artifact("openapi/fragments/common.json", json_bytes({"components": common}))
    shared.point_to("common.json")
    while fragments:  # each is let go of as it is printed: together they are as large as the files
        name, fragment = fragments.popleft()
        yield Artifact(f"openapi/fragments/{name}.json", json_bytes(fragment))


def _fragment(contract: Contract, shared: References) -> Json:
    components = {"responses": answers_of(contract, shared), "schemas": schemas_of(contract, shared)}
    return {"paths": paths_of(contract, shared), "components": components}


def _bundle(api: Api, common: Json, fragments: Iterable[tuple[str, Json]]) -> Json:
    paths: Json = {}
    components = {section: dict(shared) for section, shared in common.items()}
    for _, fragment in fragments:
        paths |= fragment["paths"]
        for section, own in fragment["components"].items():
            components[section] |= own
    return {
        "openapi": "3.1.0",
        "info": {**api.info, "description": _GENERATED},
        "servers": api.servers,
        "tags": [{"name": name, "description": description} for name, description in api.tags.items()],
        "paths": dict(sorted(paths.items())),
        "components": {section: dict(sorted(part.items())) for section, part in components.items()},
    }
