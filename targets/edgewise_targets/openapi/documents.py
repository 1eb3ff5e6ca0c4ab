"""Print the API: one whole document, and a fragment for each relationship type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from edgewise.target import Artifact, json_bytes
from edgewise_targets.openapi.common import common_components
from edgewise_targets.openapi.model import Api, Contract
from edgewise_targets.openapi.paths import answers_of, paths_of
from edgewise_targets.openapi.references import COMMON, Json, References
from edgewise_targets.openapi.schemas import schemas_of

_GENERATED = "Made by edgewise from the relationship types of a catalog: change those, not this file."
_SECTIONS = ("parameters", "responses", "schemas")
# No text can look like these: in a text, a quote has a backslash before it.
_IN_A_FRAGMENT = f'"$ref": "{COMMON}#'.encode()
_IN_THE_BUNDLE = b'"$ref": "#'

Texts = dict[str, bytes]


def documents(api: Api) -> Iterator[Artifact]:
    """Yield the files.

    Whatever has a name, a path or a component, is printed once and put into its fragment and into the
    bundle, where it stands equally deep. All trees together would take more memory than the files.
    """
    shared = References()
    whole: dict[str, Texts] = {section: {} for section in ("paths", *_SECTIONS)}
    for contract in api.contracts:
        own = {section: _printed(section, part) for section, part in _tree(contract, shared).items()}
        yield Artifact(f"openapi/fragments/{contract.relationship.name}.json", _fragment(own))
        for section, part in own.items():
            whole[section].update(_in_the_bundle(part))
    common = common_components(api.resources, shared)
    yield Artifact(f"openapi/fragments/{COMMON}", json_bytes({"components": common}))
    for section, part in common.items():
        whole[section] |= _printed(section, part)
    yield Artifact("openapi/openapi.json", _bundle(api, whole))


def _tree(contract: Contract, shared: References) -> Mapping[str, Json]:
    return {
        "paths": paths_of(contract, shared),
        "responses": answers_of(contract, shared),
        "schemas": schemas_of(contract, shared),
    }


def _printed(section: str, members: Json) -> Texts:
    """Print members with their names, as deep as they will stand."""
    depth = 2 if section == "paths" else 3
    return {name: _member(name, value, depth) for name, value in members.items()}


def _member(name: str, value: object, depth: int) -> bytes:
    # A name needs no escape: in paths and components there are only letters, digits and `/{}._~-`.
    return b'"%b": %b' % (name.encode(), json_bytes(value)[:-1].replace(b"\n", _line(depth)))


def _in_the_bundle(texts: Texts) -> Iterator[tuple[str, bytes]]:
    for name, text in texts.items():
        yield name, text.replace(_IN_A_FRAGMENT, _IN_THE_BUNDLE)


def _fragment(own: Mapping[str, Texts]) -> bytes:
    return b"".join((*_object([_paths(own), _components(own)], 0), b"\n"))


def _bundle(api: Api, whole: Mapping[str, Texts]) -> bytes:
    head = {
        "openapi": "3.1.0",
        "info": {**api.info, "description": _GENERATED},
        "servers": api.servers,
        "tags": [{"name": name, "description": description} for name, description in api.tags.items()],
    }
    ordered = {section: dict(sorted(part.items())) for section, part in whole.items()}
    members = [[_member(name, value, 1)] for name, value in head.items()]
    return b"".join((*_object([*members, _paths(ordered), _components(ordered)], 0), b"\n"))


def _paths(texts: Mapping[str, Texts]) -> list[bytes]:
    return [b'"paths": ', *_object([[text] for text in texts["paths"].values()], 1)]


def _components(texts: Mapping[str, Texts]) -> list[bytes]:
    sections = [
        [f'"{section}": '.encode(), *_object([[text] for text in texts[section].values()], 2)]
        for section in _SECTIONS
        if section in texts
    ]
    return [b'"components": ', *_object(sections, 1)]


def _object(members: Sequence[list[bytes]], depth: int) -> list[bytes]:
    """Return a JSON object in pieces, which are joined only once: the largest is most of the bundle."""
    if not members:
        return [b"{}"]
    pieces, between = [b"{", _line(depth + 1)], b"," + _line(depth + 1)
    for member in members:
        pieces += member
        pieces.append(between)
    pieces[-1] = _line(depth) + b"}"
    return pieces


@cache
def _line(depth: int) -> bytes:
    return b"\n" + b"  " * depth
