"""Documents to manifests: the shape that the JSON Schema demands, told in the user's words.

One compiled validator passes over all documents; only the faults of those that fail are looked at. What
a fault touches is left out, so that everything else can still be checked in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, islice, takewhile
from typing import Any, NamedTuple, Protocol

import orjson
from jsonschema_rs import Draft202012Validator, ValidationError

from edgewise.diagnostics import Code, Diagnostic, Edit, did_you_mean, quoted_list
from edgewise.document import Document, located
from edgewise.place import Place

MAX_FAULTS = 1_000
"""How many faults of shape are told of one document; one with more is left out as a whole."""
MAX_FAULTS_IN_ALL = 10_000
"""How many are told of all documents; what breaks the schema after that is left out without a word."""

# How many values of one declaration are looked at for faults. The validator finds all of them at once.
_MOST_VALUES = 10_000
_SECTIONS = frozenset(("object_types", "relationship_types", "groups"))
_is_name = re.compile("[a-z][a-z0-9_]{,62}").fullmatch

JsonSchema = Mapping[str, Any]
Path = tuple[str | int, ...]


class Vocabulary(Protocol):
    """What a target adds to the language: the keys of its entries under `targets`."""

    @property
    def name(self) -> str: ...  # noqa: D102 - see `target.Target`
    @property
    def family(self) -> str | None: ...  # noqa: D102
    @property
    def name_key(self) -> str: ...  # noqa: D102
    @property
    def relationship_name_key(self) -> str | None: ...  # noqa: D102
    @property
    def summary(self) -> str: ...  # noqa: D102
    @property
    def object_type_schema(self) -> JsonSchema: ...  # noqa: D102
    @property
    def relationship_type_schema(self) -> JsonSchema: ...  # noqa: D102
    @property
    def options_schema(self) -> JsonSchema: ...  # noqa: D102


class Manifest(NamedTuple):
    """A document that has the right shape, once what has not is left out.

    `unsound` names the declarations, as `("relationship_types", "placed")`, that something was left out of.
    """

    document: Document
    data: Mapping[str, Any]
    unsound: frozenset[tuple[str, str]] = frozenset()


# ---- the schemas ----


def manifest_schema(vocabularies: Sequence[Vocabulary]) -> dict[str, Any]:
    """Return the JSON Schema of the manifest language, with what the targets add to it."""
    schema = _own_schema("manifest.schema.json")
    definitions = schema["$defs"]
    object_types: dict[str, Any] = {}
    relationship_types: dict[str, Any] = {}
    for each in vocabularies:
        name_key = each.relationship_name_key or each.name_key
        for name in filter(None, (each.name, each.family)):
            object_types.setdefault(name, _entry_schema(each, each.object_type_schema, each.name_key))
            relationship_types.setdefault(name, _entry_schema(each, each.relationship_type_schema, name_key))
    definitions["object_type_targets"] |= _targets_schema(object_types)
    definitions["relationship_type_targets"] |= _targets_schema(relationship_types)
    return schema


def _targets_schema(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": "targets", "properties": dict(sorted(entries.items())), "additionalProperties": False}


def project_schema(vocabularies: Sequence[Vocabulary]) -> dict[str, Any]:
    """Return the JSON Schema of the project file, with the options of the targets."""
    schema = _own_schema("project.schema.json")
    schema["properties"]["targets"] |= {
        "title": "targets",
        "properties": {
            each.name: {"title": f"{each.name} options", **each.options_schema, "type": ["object", "null"]}
            for each in vocabularies
        },
        "additionalProperties": False,
    }
    return schema


def _own_schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = orjson.loads(files("edgewise").joinpath(name).read_bytes())
    return schema


def _entry_schema(vocabulary: Vocabulary, entry: JsonSchema, name_key: str) -> dict[str, Any]:
    """Allow the entry as a mapping, its `name_key` alone as text, and false."""
    mapping = {"title": "target entry", **entry, "type": "object", "additionalProperties": False}
    choices: list[Any] = [mapping, {"type": "boolean", "const": False}]
    name_schema = entry.get("properties", {}).get(name_key)
    if name_schema is not None:
        choices.insert(0, name_schema)
    return {"description": f"{vocabulary.summary} `false` leaves it out.", "anyOf": choices}


# ---- the check ----


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
    return not fault.path or (len(fault.path) == 1 and bool({*fault.path, fault.meant} & _SECTIONS))


def _faults(document: Document, schema: JsonSchema, text: bytes) -> Iterator[Fault]:
    """Yield what is wrong in a document, declaration by declaration, as the validator finds all at once."""
    reader = _FaultReader(document, schema)
    is_valid, values = _validator(text).is_valid, _validator_of_values(text)
    for piece in _pieces(document.data):
        if not is_valid(piece):
            room = iter(range(_MOST_VALUES))
            errors = values.iter_errors(_cut(piece, room))
            faults = chain(reader.names(piece), reader.read(errors))
            first = next(faults, None)
            yield first or reader.too_large(piece)
            yield from faults
            if first and next(room, None) is None:
                yield reader.too_large(piece)


def _pieces(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a document's data in parts that are valid, all of them, where the whole is."""
    sections = {name: value for name, value in data.items() if name in _SECTIONS and isinstance(value, dict)}
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


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of shape: the path of what is to be left out, and what is said of it.

    `meant` is the key that an unknown one was probably meant to be; `missing` are keys that are missing.
    """

    path: Path
    diagnostic: Diagnostic
    meant: str = ""
    missing: tuple[str, ...] = ()
    leaves_out: bool = True


def _without(document: Document, faults: Sequence[Fault]) -> Manifest:
    """Leave out what the faults touch; a declaration stays, were it empty, so that its name is known."""
    data = _copy(document.data)
    unsound = set()
    for fault in faults:
        if len(fault.path) >= 2:
            unsound.add((str(fault.path[0]), str(fault.path[1])))
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
    if len(path) == 2 and path[0] in _SECTIONS:
        holder[last] = {}
    else:
        del holder[last]


def _copy(value: Any) -> Any:
    """Copy data so that nothing in it is shared any more, as aliases may have made it."""
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value


# ---- what the faults are, in words ----

_KINDS = {
    "string": "text",
    "boolean": "`true` or `false`",
    "false": "`false`",
    "integer": "a whole number",
    "number": "a number",
    "object": "a mapping",
    "array": "a list",
    "null": "nothing",
}


class _FaultReader:
    """Turns a validator's errors into faults: the branch that was meant first, then the words for it."""

    def __init__(self, document: Document, schema: JsonSchema) -> None:
        self._document = document
        self._schema = schema
        self._words: Mapping[str, Callable[[ValidationError, Path], Iterator[Fault]]] = {
            "additionalProperties": self._unknown_keys,
            "required": self._missing_key,
            "type": self._wrong_type,
            "enum": self._not_allowed,
            "const": self._not_allowed,
            "anyOf": self._branches,
            "oneOf": self._branches,
            "uniqueItems": self._item_twice,
        }

    def read(self, errors: Iterable[ValidationError]) -> Iterator[Fault]:
        for error in errors:
            path = tuple(error.instance_path)
            yield from self._words.get(error.kind.name, self._broken_rule)(error, path)

    # The branch of a choice that was meant is the one whose type fits. Where none fits the value has
    # the wrong type; where the branches only ask for keys, the first says what is usual.
    def _branches(self, error: ValidationError, path: Path) -> Iterator[Fault]:
        kind: Any = error.kind
        branches: list[list[ValidationError]] = kind.context
        if not any(branches):
            if not isinstance(error.instance, dict):
                return  # what is no mapping has no keys either: that is told
            keys = quoted_list([rule["required"][0] for rule in self._rule(error)], "and")
            yield self._fault(
                Code.UNKNOWN_KEY, path, f"{self._thing(error, path)} has both {keys}", leaves_out=False
            )
            return
        fitting = [branch for branch in branches if not any(_is_type(each, path) for each in branch)]
        if not fitting:
            yield self._no_branch(error, path, [kind for branch in branches for kind in _types(branch, path)])
        elif error.kind.name == "oneOf":
            yield self._missing(error, path, [rule["required"][0] for rule in self._rule(error)], "or")
        elif all(each.kind.name == "required" for each in fitting[0]):
            yield self._missing(fitting[0][0], path, [_property(each) for each in fitting[0]], "and")
        else:
            yield from self.read(next((each for each in fitting if not _is_other(each, path)), fitting[0]))

    def _no_branch(self, error: ValidationError, path: Path, types: Sequence[str]) -> Fault:
        choices = self._rule(error)
        if any(choice.get("x-edgewise") == "bounds" for choice in choices):
            return Fault(path, malformed_bounds(error.instance, self._place(*path)))
        words = [word for choice in choices for word in choice.get("enum", ())]
        help_ = f"allowed: {quoted_list(words)}{_mapping_instead(choices)}" if words else ""
        if any(choice.get("const") is False for choice in choices):
            types = ["false" if kind == "boolean" else kind for kind in types]
        return self._of_type(path, types, error.instance, help_)

    def _unknown_keys(self, error: ValidationError, path: Path) -> Iterator[Fault]:
        known = list(self._holder(error).get("properties", {}))
        kind: Any = error.kind
        instance: Any = error.instance
        free = [name for name in known if name not in instance]
        is_targets = self._holder(error).get("title") == "targets"
        code, word = (Code.NOT_ALLOWED_VALUE, "target") if is_targets else (Code.UNKNOWN_KEY, "key")
        for key in kind.unexpected:
            near = did_you_mean(key, free, 1)
            place = self._place(*path).key(key)
            diagnostic = Diagnostic(
                code,
                f"unknown {word} `{_short(key)}` in {self._thing(error, path)}",
                place,
                f"not a {word} here",
                f"did you mean `{near[0]}`?" if near else f"the {word}s here are {quoted_list(known, 'and')}",
                fix=(Edit(place, near[0]),) if near else (),
            )
            yield Fault((*path, key), diagnostic, meant=near[0] if near else "")

    def _missing_key(self, error: ValidationError, path: Path) -> Iterator[Fault]:
        yield self._missing(error, path, [_property(error)], "and")

    def _missing(self, error: ValidationError, path: Path, keys: Sequence[str], word: str) -> Fault:
        listed = quoted_list(keys, word)
        message = f"{self._thing(error, path)} has no {listed}"
        at = self._place(*path[:-1]).key(path[-1]) if path else self._place()
        diagnostic = Diagnostic(Code.MISSING_KEY, message, at, f"needs {listed}")
        is_declaration = len(path) == 2
        return Fault(path, diagnostic, missing=tuple(keys), leaves_out=not is_declaration)

    def _wrong_type(self, error: ValidationError, path: Path) -> Iterator[Fault]:
        holder = self._holder(error)
        if error.instance is None and "oneOf" in holder:
            yield self._missing(error, path, [rule["required"][0] for rule in holder["oneOf"]], "or")
        elif error.instance is None and "anyOf" in holder:
            yield self._missing(error, path, holder["anyOf"][0]["required"], "and")
        else:
            types = _types([error], path)
            yield self._of_type(path, types, error.instance, _type_help(types, error.instance, holder))

    def _of_type(self, path: Path, types: Sequence[str], value: object, help_: str) -> Fault:
        wanted = [_KINDS[kind] for kind in dict.fromkeys(types) if kind != "null" or len(set(types)) == 1]
        listed = " or ".join([", ".join(wanted[:-1]), wanted[-1]] if len(wanted) > 1 else wanted)
        message = f"{self._named(path)} is {_kind(value)}, not {listed}"
        return self._fault(Code.WRONG_TYPE, path, message, f"expected {listed}", help_)

    def _not_allowed(self, error: ValidationError, path: Path) -> Iterator[Fault]:
        kind: Any = error.kind
        allowed = [kind.expected_value] if kind.name == "const" else kind.options
        words = [each if isinstance(each, str) else orjson.dumps(each).decode() for each in allowed]
        near = did_you_mean(error.instance, words, 1) if isinstance(error.instance, str) else []
        listed = f"{quoted_list(words)}{_mapping_instead(self._at(error.schema_path[:-2]))}"
        help_ = f"did you mean `{near[0]}`? Allowed: {listed}" if near else f"allowed: {listed}"
        message = f"{_value(error.instance)} is not allowed for {self._named(path)}"
        yield self._fault(
            Code.NOT_ALLOWED_VALUE, path, message, "", help_, replacement=near[0] if near else ""
        )

    def _item_twice(self, error: ValidationError, path: Path) -> Iterator[Fault]:
        items: Any = error.instance
        number = _second(items)
        message = f"{_value(items[number])} stands in {self._named(path)} for the second time"
        diagnostic = Diagnostic(Code.NOT_ALLOWED_VALUE, message, self._place(*path, number))
        yield Fault(path, diagnostic)

    def names(self, piece: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield the names in a piece, of declarations and attributes, that are not written as names are."""
        for section in _SECTIONS & piece.keys():
            for name, declaration in _mapping(piece[section]).items():
                if not _is_name(name):
                    yield self._malformed_name((section, name), leaves_out=False)
                for attribute in _mapping(_mapping(declaration).get("attributes")):
                    if not _is_name(attribute):
                        yield self._malformed_name((section, name, "attributes", attribute))

    def _malformed_name(self, path: Path, *, leaves_out: bool = True) -> Fault:
        diagnostic = malformed_name(str(path[-1]), self._place(*path[:-1]).key(path[-1]))
        return Fault(path, diagnostic, leaves_out=leaves_out)

    def too_large(self, piece: Mapping[str, Any]) -> Fault:
        """Say of a piece that something is wrong in it behind all that was looked at."""
        path = next(((key, *list(value)[:1]) for key, value in piece.items() if key in _SECTIONS), ())
        message = f"more than {_MOST_VALUES:,} values, and not all of them fit"
        return self._fault(Code.TOO_LARGE, path, message)

    def _broken_rule(self, error: ValidationError, path: Path) -> Iterator[Fault]:
        holder = self._holder(error)
        kind, value = error.kind.name, str(error.instance)
        if holder.get("x-edgewise") == "name":
            yield Fault(path, malformed_name(value, self._place(*path)))
        elif holder.get("x-edgewise") == "bounds":
            yield Fault(path, malformed_bounds(value, self._place(*path)))
        else:
            limit = getattr(error.kind, "limit", None)
            rule = _RULES.get(kind, "does not fit").format(limit)
            if error.instance in ("", []):
                rule = "is empty"
            elif kind == "pattern" and len(value.splitlines()) > 1:
                rule = "has more than one line"
            help_ = _described(holder) if rule == _RULES["pattern"] else ""
            yield self._fault(Code.NOT_ALLOWED_VALUE, path, f"{self._named(path)} {rule}", help_=help_)

    def _fault(
        self,
        code: Code,
        path: Path,
        message: str,
        label: str = "",
        help_: str = "",
        *,
        replacement: str = "",
        leaves_out: bool = True,
    ) -> Fault:
        place = self._place(*path)
        fix = (Edit(place, replacement),) if replacement else ()
        return Fault(path, Diagnostic(code, message, place, label, help_, fix=fix), leaves_out=leaves_out)

    def _place(self, *path: str | int) -> Place:
        return self._document.place(*path)

    def _holder(self, error: ValidationError) -> JsonSchema:
        """Return the part of the schema that holds the keyword which failed."""
        holder: JsonSchema = self._at(error.schema_path[:-1])
        return holder

    def _rule(self, error: ValidationError) -> Any:
        return self._at(error.schema_path)

    def _at(self, path: Sequence[str | int]) -> Any:
        part: Any = self._schema
        for step in path:
            part = part[step]
        return part

    def _thing(self, error: ValidationError, path: Path) -> str:
        """Name the mapping that an error is about, by the nearest title above the keyword that failed."""
        if not path:
            return "this file"
        above = (self._at(error.schema_path[:end]) for end in range(len(error.schema_path) - 1, 0, -1))
        title = next((part["title"] for part in above if isinstance(part, dict) and "title" in part), "")
        return f"`{title}`" if title in {path[-1], ""} else f"{title} `{_short(path[-1])}`"

    def _named(self, path: Path) -> str:
        if not path:
            return "a manifest"
        return (
            f"item {path[-1] + 1} of `{path[-2]}`" if isinstance(path[-1], int) else f"`{_short(path[-1])}`"
        )


_RULES = {
    "minLength": "is empty",
    "maxLength": "is longer than {} characters",
    "minimum": "is less than {}",
    "maximum": "is more than {}",
    "minItems": "has fewer than {} items",
    "maxItems": "has more than {} items",
    "pattern": "is not written as it has to be",
}


def nearest_name(name: str) -> str:
    """Return the name that is nearest to a text and keeps the rule for names; empty where there is none."""
    from unicodedata import normalize  # noqa: PLC0415 - only a mistake pays for it

    plain = re.sub("[\u0300-\u036f]", "", normalize("NFKD", _snake(name).casefold()))
    return re.sub("[^a-z0-9_]+", "_", plain).lstrip("_0123456789")[:63].rstrip("_")


def malformed_name(name: str, place: Place) -> Diagnostic:
    """Say that a name breaks the rule for names, and offer the nearest one that keeps it."""
    near = nearest_name(name)
    return Diagnostic(
        Code.MALFORMED_NAME,
        f"{_value(name)} is not a name",
        place,
        "lower-case letters, digits and underscores, beginning with a letter, at most 63",
        f"`{near}` would do" if near else "names match ^[a-z][a-z0-9_]*$",
    )


def malformed_bounds(value: object, place: Place) -> Diagnostic:
    """Say that bounds are not written as bounds are."""
    message = f"{_value(value)} is not a number of records"
    help_ = 'write `n`, `n..m` or `n..*` with n <= m and m at least 1, as in `0..1`, `1..*`, `2`, `"*"`'
    return Diagnostic(Code.MALFORMED_BOUNDS, message, place, help=help_)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _mapping_instead(choices: Any) -> str:
    """Say which mapping could stand in the place of a word, where there is that choice."""
    keys = (
        [each["properties"] for each in choices if "properties" in each] if isinstance(choices, list) else []
    )
    return f", or a mapping with {quoted_list(list(keys[0]), 'and')}" if keys else ""


def _second(items: Sequence[object]) -> int:
    """Return the number of the item that repeats one before it."""
    seen: set[str] = set()
    for number, item in enumerate(items):
        if repr(item) in seen:
            return number
        seen.add(repr(item))
    return len(items) - 1


def _mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping as it is, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def _is_type(error: ValidationError, path: Path) -> bool:
    return error.kind.name == "type" and tuple(error.instance_path) == path


def _is_other(errors: Iterable[ValidationError], path: Path) -> bool:
    """Tell whether a branch allows some values only, and this is none of them."""
    return any(each.kind.name in {"const", "enum"} and tuple(each.instance_path) == path for each in errors)


def _types(errors: Iterable[ValidationError], path: Path) -> list[str]:
    """Return the types that a value at `path` might have had."""
    kinds: list[Any] = [error.kind for error in errors if _is_type(error, path)]
    return [word for kind in kinds for word in kind.types]


def _property(error: ValidationError) -> str:
    kind: Any = error.kind
    key: str = kind.property
    return key


def _type_help(types: Sequence[str], value: object, holder: JsonSchema) -> str:
    if value in holder.get("properties", {}).get("type", {}).get("enum", ()):
        return f"write `{{type: {value}}}`"
    if (
        "boolean" in types
        and isinstance(value, str)
        and value.lower() in {"yes", "no", "on", "off", "true", "false"}
    ):
        meant = "true" if value.lower() in {"yes", "on", "true"} else "false"
        return f"write `{meant}`: only `true` and `false` are not text"
    if "string" in types and isinstance(value, bool | int | float):
        return "quote it, so that it is text"
    if "integer" in types and isinstance(value, str) and re.fullmatch("[-+]?[0-9]+", value):
        return "take the quotes away"
    return ""


def _described(holder: JsonSchema) -> str:
    description: str = holder.get("description", "")
    return description[:1].lower() + description[1:].rstrip(".")


def _kind(value: object) -> str:
    kinds = {
        dict: "a mapping",
        list: "a list",
        str: "text",
        type(None): "nothing",
        bool: f"`{str(value).lower()}`",
    }
    return kinds.get(type(value), "a number")


def _value(value: object) -> str:
    if value == "":
        return "an empty text"
    return f"`{_short(value)}`" if isinstance(value, str | int | float) else _kind(value)


def _short(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
