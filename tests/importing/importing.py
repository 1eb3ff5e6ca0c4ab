"""Vendors' lists as data, what is read back from them, and what that builds to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edgewise.answers import Answer, parsed
from edgewise.compile import Compilation
from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Diagnostic, Severity
from edgewise.document import read_source
from edgewise.manifests import Draft, written
from edgewise.place import Source, Span
from edgewise.position import located
from edgewise.project import Project
from edgewise.source import decoded
from edgewise.target import Target
from edgewise_targets.boom import TARGET as BOOM
from edgewise_targets.monica import TARGET as MONICA
from edgewise_targets.zendesk import TARGET as ZENDESK

DIALECTS = (BOOM, ZENDESK, MONICA)
NO_OPTIONS: Mapping[str, Any] = {}
Json = Any


@dataclass(frozen=True)
class Imported:
    """What came of some answers: what is said, located, and the manifest, empty where there is none."""

    diagnostics: list[Diagnostic]
    text: str

    @property
    def data(self) -> Json:
        """What the manifest holds, as the compiler's own reader has it."""
        source = decoded(self.text.encode(), "imported.yaml")
        assert isinstance(source, Source), source
        documents, said = read_source(source)
        assert said == []
        return documents[0].data if documents else {}

    def said(self, number: str) -> list[str]:
        """Return the messages under a code."""
        return [each.message for each in self.diagnostics if each.code.number == number]

    @property
    def codes(self) -> list[str]:
        """The codes of all that is said, sorted."""
        return sorted(each.code.number for each in self.diagnostics)


def answer(data: Json, file: str = "answer.json") -> Answer:
    found = parsed(json.dumps(data, ensure_ascii=False, indent=1).encode(), file)
    assert isinstance(found, Answer), found
    return found


def read_back(target: Target, *lists: Json) -> Imported:
    """Import some answers, each as a file of its own."""
    assert target.read_back is not None
    answers = [answer(data, f"{number}.json") for number, data in enumerate(lists, 1)]
    draft, said = target.read_back(answers)
    return Imported(located(said), text_of(draft))


def text_of(draft: Draft | None) -> str:
    return "" if draft is None else written(draft)


def compiled(text: str, *targets: Target, options: Mapping[str, Any] = NO_OPTIONS) -> Compilation:
    """Compile one manifest for some targets, all of which the project names."""
    project = Project("/project", ("schemas",), "build", {each.name: options for each in targets}, named=True)
    source = decoded(text.encode(), "imported.yaml")
    assert isinstance(source, Source), source
    return compile_sources([source], project, DIALECTS)


def built(text: str, target: Target, options: Mapping[str, Any] = NO_OPTIONS) -> dict[str, Json]:
    """Return what a manifest builds to, by path below the target's folder; it must not have an error."""
    compilation = compiled(text, target, options=options)
    errors = [each.message for each in compilation.diagnostics if each.severity is Severity.ERROR]
    assert errors == [], text
    prefix = f"{target.name}/"
    return {
        each.path.removeprefix(prefix): json.loads(each.content)
        for each in compilation.artifacts.get(target.name, ())
        if each.path.endswith(".json")
    }


def bodies(files: Mapping[str, Json], folder: str = "relationship-types") -> list[Json]:
    return [body for path, body in sorted(files.items()) if path.startswith(f"{folder}/")]


def marked(text: str, diagnostic: Diagnostic) -> str:
    """Return the text that a diagnostic points at."""
    assert isinstance(diagnostic.at, Span)
    line = text.splitlines()[diagnostic.at.line - 1]
    return line[diagnostic.at.column - 1 : diagnostic.at.end_column - 1]


def in_any_order(things: Iterable[Json]) -> list[str]:
    return sorted(json.dumps(each, sort_keys=True) for each in things)


def pages(things: Sequence[Json], size: int) -> list[list[Json]]:
    return [list(things[start : start + size]) for start in range(0, len(things), size)] or [[]]


# ---- envelopes ----


def boom_pages(things: Sequence[Json], size: int = 1000) -> list[Json]:
    several = pages(things, size)
    return [
        {"data": page, "next_cursor": None if number == len(several) else f"c{number}"}
        for number, page in enumerate(several, 1)
    ]


def monica_pages(things: Sequence[Json], size: int = 15) -> list[Json]:
    several = pages(things, size)
    return [
        {
            "data": page,
            "links": {"first": "?page=1", "last": f"?page={len(several)}", "prev": None, "next": None},
            "meta": {
                "current_page": number,
                "last_page": len(several),
                "per_page": size,
                "total": len(things),
            },
        }
        for number, page in enumerate(several, 1)
    ]


def monica_row(number: int, name: str, reverse: str | None, group: int | None = 1, **more: Json) -> Json:
    return {
        "id": number,
        "object": "relationshiptype",
        "name": name,
        "name_reverse_relationship": reverse,
        "relationship_type_group_id": group,
        "delible": True,
        "account": {"id": 1},
        "created_at": "2018-03-25T23:59:54Z",
        "updated_at": "2018-03-25T23:59:54Z",
        **more,
    }


def monica_group(number: int, name: str) -> Json:
    delible = name not in MONICA_GROUPS
    return {"id": number, "object": "relationshiptypegroup", "name": name, "delible": delible}


MONICA_GROUPS = ("love", "family", "friend", "work")
_DEFAULTS = (
    *("partner/partner/1", "spouse/spouse/1", "date/date/1", "lover/lover/1"),
    *("inlovewith/lovedby/1", "lovedby/inlovewith/1", "ex/ex/1", "parent/child/2", "child/parent/2"),
    *("sibling/sibling/2", "grandparent/grandchild/2", "grandchild/grandparent/2", "uncle/nephew/2"),
    *("nephew/uncle/2", "cousin/cousin/2", "godfather/godson/2", "godson/godfather/2", "friend/friend/3"),
    *("bestfriend/bestfriend/3", "colleague/colleague/4", "boss/subordinate/4", "subordinate/boss/4"),
    *("mentor/protege/4", "protege/mentor/4", "ex_husband/ex_husband/1", "stepparent/stepchild/2"),
    "stepchild/stepparent/2",
)


def monica_defaults() -> list[Json]:
    """Return the rows of an account that nobody has changed."""
    parts = [each.split("/") for each in _DEFAULTS]
    return [
        monica_row(number, name, reverse, int(group), delible=False)
        for number, (name, reverse, group) in enumerate(parts, 1)
    ]


def as_emitted(row: Json, groups: Sequence[str] = MONICA_GROUPS) -> Json:
    """Return a row of Monica's list without what the server assigns, its group by name."""
    return {
        "name": row["name"],
        "name_reverse_relationship": row["name_reverse_relationship"],
        "relationship_type_group": groups[row["relationship_type_group_id"] - 1],
        "delible": row["delible"],
    }
