"""What is wrong with the shape of a document, in the user's words.

A JSON Schema validator says which keyword failed where. Here the branch of a choice that was meant is picked
first, and then it is said what is to be written instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from jsonschema_rs import ValidationError

from edgewise.diagnostics import Code, Diagnostic, Edit, did_you_mean, quoted_list
from edgewise.document import Document
from edgewise.place import Place
from edgewise.vocabulary import SECTIONS, JsonSchema

# How many values of one declaration are looked at for faults. The validator finds all of them at once.
MOST_VALUES = 10_000
_is_name = re.compile("[a-z][a-z0-9_]{,62}").fullmatch

Path = tuple[str | int, ...]


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


class FaultReader:
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
        """Yield what the errors of a validator say."""
        for error in errors:
            path = self._path(error)
            if path is not None:
                yield from self._words.get(error.kind.name, self._broken_rule)(error, path)

    def _path(self, error: ValidationError) -> Path | None:
        """Return the path of what an error is about, or None where it cannot be told.

        The validator makes a number of a key that looks like one, and leaves an empty key out.
        """
        part: Any = self._document.data
        path: list[str | int] = []
        for step in error.instance_path:
            key = str(step) if isinstance(part, dict) else step
            if (key not in part) if isinstance(part, dict) else not isinstance(part, list):
                return None
            path.append(key)
            part = part[key]
        return tuple(path)

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
        for section in SECTIONS & piece.keys():
            for name, declaration in _mapping(piece[section]).items():
                if not _is_name(name):
                    yield self._malformed_name((section, name), leaves_out=_looks_like_a_number(name))
                for attribute in _mapping(_mapping(declaration).get("attributes")):
                    if not _is_name(attribute):
                        yield self._malformed_name((section, name, "attributes", attribute))

    def _malformed_name(self, path: Path, *, leaves_out: bool = True) -> Fault:
        diagnostic = malformed_name(str(path[-1]), self._place(*path[:-1]).key(path[-1]))
        return Fault(path, diagnostic, leaves_out=leaves_out)

    def too_large(self, piece: Mapping[str, Any]) -> Fault:
        """Say of a piece that something is wrong in it behind all that was looked at."""
        path = next(((key, *list(value)[:1]) for key, value in piece.items() if key in SECTIONS), ())
        message = f"more than {MOST_VALUES:,} values, and not all of them fit"
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


def _looks_like_a_number(name: str) -> bool:
    """Tell whether a validator's paths cannot be trusted where they lead through a key of this name."""
    return not name.lstrip("+").strip("0123456789")


def _mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping as it is, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def _is_type(error: ValidationError, path: Path) -> bool:
    return error.kind.name == "type" and len(error.instance_path) == len(path)


def _is_other(errors: Iterable[ValidationError], path: Path) -> bool:
    """Tell whether a branch allows some values only, and this is none of them."""
    return any(
        each.kind.name in {"const", "enum"} and len(each.instance_path) == len(path) for each in errors
    )


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
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).splitlines())
    return text if len(text) <= 60 else f"{text[:57]}..."
