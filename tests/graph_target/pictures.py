"""Catalogs to draw, and the real tools that read the pictures.

A tool is started once for all catalogs of a test module, as it takes a second or more to load.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from command import ROOT
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from javascript import FOLDER, node

from edgewise.compile import Compilation
from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Severity
from edgewise.graph import Graph
from edgewise.place import Source
from edgewise.project import Project
from edgewise.source import find_not_allowed
from edgewise_targets import TARGETS
from edgewise_targets.graph import TARGET

# That folder is only on the path where its own tests run.
sys.path.append(str(ROOT / "tests" / "core"))
from any_catalog import catalogs

PROJECT = Project("/project", ("schemas",), "build", {"graph": {}}, named=True)
FULL = (ROOT / "tests" / "graph_target" / "full.yaml").read_text(encoding="utf-8")
REAL = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "schemas").rglob("*.yaml"))]

# What has a meaning in one of the languages, also where it is quoted.
_WORDS = r"""
" ' '' \" \ a\ \n \N \G \E \T \\ & &amp; &lt; &#10; &nbsp; &x; &#0; &#xD800; <b> </a> <b <!-- --> ]]> <?xml?>
<x/> ${x} $x ||| `code` *x* [a](b) # // /* %%{init:{}}%% }{ } { --- null ...@x *.style é 漢字 🙂
"""
HOSTILE = (
    *_WORDS.split(),
    *(
        "|md x|",
        '" } x ||--|| y : "z',
        '"]; evil [label="',
        ">]; evil; a [label=<",
        "'; x: 'y",
        "direction TB",
    ),
    *("<![CDATA[x", "<script>alert(1)</script>", "a < b & c > d", "/* x", "// x", "# x", "* x", "1. x"),
    *(" ", "  a ", "two\nlines", "a\n\n\nb\n", "dos\r\nline", "tab\there", "    code", "\n---\n", "e\u0301"),
)


def compilation(*texts: str) -> Compilation:
    """Compile manifests that have no error."""
    sources = [Source(f"{number}.yaml", text) for number, text in enumerate(texts)]
    done = compile_sources(sources, PROJECT, TARGETS)
    assert [each for each in done.diagnostics if each.severity is Severity.ERROR] == []
    return done


def graph(*texts: str) -> Graph:
    """Return what is declared in manifests, whatever faults rules find in it."""
    sources = [Source(f"{number}.yaml", text) for number, text in enumerate(texts)]
    found = compile_sources(sources, PROJECT, TARGETS).graph
    assert found is not None
    return found


def source_of(data: Any) -> str:
    """Write data as a manifest: JSON is YAML."""
    return json.dumps(data, ensure_ascii=False)


def drawn(language: str, *texts: str) -> str:
    """Compile manifests and draw them."""
    return TARGET.pictures[language](graph(*texts))


# ---- catalogs ----


class Sample(NamedTuple):
    """A catalog, and what it is; that of a random one is its manifest."""

    name: str
    graph: Graph


@cache
def samples() -> Sequence[Sample]:
    """Return the catalogs that every language is tried with: some are the same at each turn, some are not."""
    texts = [*HOSTILE, *some(TEXTS, 60)]
    return (
        Sample("this repository", graph(*REAL)),
        Sample("everything", graph(FULL)),
        Sample("nothing", graph("groups: {}")),
        Sample("texts", graph(source_of(with_texts(texts)))),
        *(Sample(text, graph(text)) for text in map(source_of, some(catalogs(), 40))),
    )


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\\"'<>&;$`|{}[]#%\n"),
    min_size=1,
    max_size=20,
).filter(lambda text: not find_not_allowed(text))


def some(strategy: st.SearchStrategy[Any], number: int) -> list[Any]:
    """Return some examples of a strategy."""
    found: list[Any] = []

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


def with_texts(texts: Sequence[str]) -> dict[str, Any]:
    """Return a catalog with an object type and a relationship type for each text, which is all over them.

    The first few are of as many relationship types of one object type to itself, too.
    """
    objects: dict[str, Any] = {"itself": {}}
    relationships = {}
    for number, text in enumerate(texts):
        label = " ".join(text.split()) or "x"
        told = {
            "description": text,
            "deprecated": {"reason": text},
            "owner": label,
            "tags": [label],
            "label": label,
        }
        attributes = {
            "x": {"description": text, "enum": [label]},
            "y": {"type": "json", "default": text},
        }
        objects[f"t{number}"] = {**told, "plural": label, "attributes": attributes}
        relationships[f"r{number}"] = {
            **told,
            "from": f"t{number}",
            "to": f"t{number // 3}",
            "cardinality": "many_to_many",
            "inverse": {"name": f"s{number}", "description": text, "label": label},
            "role": label,
            "attributes": attributes,
        }
        if number < 20:
            itself = {"from": "itself", "to": "itself", "cardinality": "many_to_many"}
            relationships[f"u{number}"] = {**told, **itself}
    return {"object_types": objects, "relationship_types": relationships}


# ---- tools ----


def asked(script: str, sources: Sequence[str]) -> list[Any]:
    """Give sources to a script of tests/node, and return its answer to each."""
    done = node(FOLDER / script, text=json.dumps(sources))
    assert (done.returncode, done.stderr) == (0, "")
    answers: list[Any] = json.loads(done.stdout)
    assert len(answers) == len(sources)
    return answers
