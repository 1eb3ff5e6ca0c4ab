"""Documents to manifests: the shape that the JSON Schema demands, told in the user's words.

One compiled validator passes over all documents; only the faults of those that fail are looked at. What
a fault touches is left out, so that everything else can still be checked in the same run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice, takewhile
from typing import Any, NamedTuple

import orjson
from jsonschema_rs import Draft202012Validator

from edgewise.diagnostics import Diagnostic
from edgewise.document import Document
from edgewise.fault import MOST_VALUES, Fault, FaultReader, Path
from edgewise.position import located
from edgewise.vocabulary import SECTIONS, JsonSchema

MAX_FAULTS = 1_000
"""How many faults of shape are told of one document; one with more is left out as a whole."""
MAX_FAULTS_IN_ALL = 10_000
"""How many are told of all documents; what breaks the schema after that is left out without a word."""


class Manifest(NamedTuple):
    """A document that has the right shape, once what has not is left out.

    `unsound` names the declarations, as `("relationship_types", "placed")`, that something was left out of.
    """

    document: Document
    data: Mapping[str, Any]
    unsound: frozenset[tuple[str, str]] = frozenset()


def check_shape(documents: Iterable[Document], schema: JsonSchema) -> tuple[list[Manifest], list[Diagnostic]]:
    """Check documents against a schema; what breaks it is told and left out of the manifests.

    A document that may declare names which could not be read is left out as a whole.
    """
    text = orjson.dumps(schema)
    is_valid = _validator(text).is_valid
    manifests: list[Manifest] = []
    diagnostics: list[Diagnostic] = []
    for document in documents:
        if is_valid(document.data):
            if document.whole:
                manifests.append(Manifest(document, document.data))
        elif len(diagnostics) < MAX_FAULTS_IN_ALL:
            faults = list(islice(_faults(document, schema, text), MAX_FAULTS + 1))
            said = [fault.diagnostic for fault in _once(faults[:MAX_FAULTS])]
            diagnostics += _written_once(said) if "*" in document.source.text else said
            if document.whole and _names_are_known(faults):
                manifests.append(_without(document, faults))
    return manifests, diagnostics


@cache
def _validator(schema: bytes) -> Draft202012Validator:
    return Draft202012Validator(schema.decode())


@cache
def _validator_of_values(schema: bytes) -> Draft202012Validator:
    """Return the validator without `propertyNames`, whose errors each hold a copy of the whole mapping."""
    return Draft202012Validator(_without_names(orjson.loads(schema)))


def _without_names(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _without_names(part) for key, part in schema.items() if key != "propertyNames"}
    return [_without_names(part) for part in schema] if isinstance(schema, list) else schema


def _names_are_known(faults: Sequence[Fault]) -> bool:
    return len(faults) <= MAX_FAULTS and not any(map(_hides_names, faults))


def _hides_names(fault: Fault) -> bool:
    """Tell whether names may be declared where a fault is: in a section that is no mapping, or misspelt."""
    return not fault.path or (len(fault.path) == 1 and bool({*fault.path, fault.meant} & SECTIONS))


def _faults(document: Document, schema: JsonSchema, text: bytes) -> Iterator[Fault]:
    """Yield what is wrong in a document, declaration by declaration, as the validator finds all at once."""
    reader = FaultReader(document, schema)
    is_valid, values = _validator(text).is_valid, _validator_of_values(text)
    for piece in _pieces(document.data):
        if not is_valid(piece):
            room = iter(range(MOST_VALUES))
            errors = values.iter_errors(_cut(piece, room))
            faults = chain(reader.names(piece), reader.read(errors))
            first = next(faults, None)
            yield first or reader.too_large(piece)
            yield from faults
            if first and next(room, None) is None:
                yield reader.too_large(piece)


def _pieces(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a document's data in parts that are valid, all of them, where the whole is."""
    sections = {name: value for name, value in data.items() if name in SECTIONS and isinstance(value, dict)}
    yield {name: {} if name in sections else value for name, value in data.items()}
    for section, declared in sections.items():
        for name, declaration in declared.items():
            yield {section: {name: declaration}}


def _cut(value: Any, room: Iterator[int]) -> Any:
    """Copy data as long as there is room for another value."""
    if isinstance(value, dict):
        return {key: _cut(each, room) for (key, each), _ in zip(value.items(), room, strict=False)}
    if isinstance(value, list):
        return [_cut(each, room) for each, _ in zip(value, room, strict=False)]
    return value


def _once(faults: Sequence[Fault]) -> Iterator[Fault]:
    """Leave out what another fault explains: a missing key that is there misspelt, a second one beside it."""
    misspelt = {(fault.path[:-1], fault.meant) for fault in faults if fault.meant}
    told: set[Path] = set()
    for fault in faults:
        if fault.missing:
            missing = [key for key in fault.missing if (fault.path, key) not in misspelt]
            if not missing or fault.path in told:
                continue
            told.add(fault.path)
        yield fault


def _written_once(diagnostics: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    """Leave out what is said again of the same text, which an alias puts in several places."""
    first: dict[object, Diagnostic] = {}
    for diagnostic, found in zip(diagnostics, located(diagnostics), strict=True):
        first.setdefault((diagnostic.code, found.at), diagnostic)
    return first.values()


def _without(document: Document, faults: Sequence[Fault]) -> Manifest:
    """Leave out what the faults touch; a declaration stays, were it empty, so that its name is known."""
    data = {key: dict(value) if isinstance(value, dict) else value for key, value in document.data.items()}
    unsound = {(str(fault.path[0]), str(fault.path[1])) for fault in faults if len(fault.path) >= 2}
    for section, name in unsound:
        if name in data[section]:
            data[section][name] = _copy(data[section][name])
    for fault in faults:
        if fault.leaves_out:
            _leave_out(data, fault.path)
    return Manifest(document, data, frozenset(unsound))


def _leave_out(data: dict[str, Any], path: Path) -> None:
    """Leave out what a path leads to; of a list, all: what is left of it would mean something else."""
    *above, last = list(takewhile(lambda part: isinstance(part, str), path)) or [""]
    holder: Any = data
    for part in above:
        holder = holder.get(part) if isinstance(holder, dict) else None
    if not isinstance(holder, dict) or last not in holder:
        return  # what holds it was left out before
    if len(path) == 2 and path[0] in SECTIONS:
        holder[last] = {}
    else:
        del holder[last]


def _copy(value: Any) -> Any:
    """Copy data so that nothing in it is shared any more, as aliases may have made it."""
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value
