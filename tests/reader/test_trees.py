"""Random trees from writers that know nothing of the reader: it gives them back, and knows each place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.diagnostics import Code, Diagnostic
from edgewise.document import read_source
from edgewise.place import Source, Span
from edgewise.position import comments, located
from edgewise.source import find_not_allowed

Tree = Any
Path = tuple[str | int, ...]

# Of every kind: YAML's own marks, words that mean something, letters of one, two, three and four bytes.
PIECES = [
    "a",
    "b1",
    "-",
    "- ",
    ":",
    ": ",
    "#",
    " #",
    "# x",
    "'",
    '"',
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a",
    "*a",
    "!",
    "|",
    ">",
]
PIECES += [
    "%",
    "@",
    "`",
    "?",
    "~",
    "<<",
    "null",
    "true",
    "no",
    "12",
    "1.5",
    "0x1",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n ",
    "\t",
    "é",
    "漢",
    "😀",
]
texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
any_texts = texts | st.text(max_size=8).filter(lambda text: not find_not_allowed(text) and "\r" not in text)
integers = st.integers(-(2**63), 2**63 - 1)
fractions = st.decimals(-(10**6), 10**6, places=3).map(float)
scalars = st.none() | st.booleans() | integers | fractions | any_texts
keys = any_texts.filter(lambda text: len(text) < 250)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(keys, trees, max_size=4)
few = settings(max_examples=120, deadline=None)


def read(text: str) -> list[Tree]:
    found, diagnostics = read_source(Source("a.yaml", text))
    assert diagnostics == []
    return [each.data for each in found]


# ---- the trees themselves ----


class Quoting(yaml.SafeDumper):
    """PyYAML's writer, without what the two sides read differently: texts are quoted, fractions decimal."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


def _fraction(dumper: yaml.SafeDumper, number: float) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{number:.3f}")


Quoting.add_representer(str, _text)
Quoting.add_representer(float, _fraction)


@few
@given(documents, st.booleans(), st.integers(10, 100), st.booleans())
def test_what_pyyaml_writes(tree: Tree, flow: bool, width: int, windows: bool) -> None:
    text = yaml.dump(
        tree, Dumper=Quoting, default_flow_style=flow, width=width, allow_unicode=not windows, sort_keys=False
    )
    if find_not_allowed(text):  # its escapes for a line end of YAML's are refused, and rightly so
        return
    assert read(text.replace("\n", "\r\n") if windows else text) == [tree]


@few
@given(documents, st.sampled_from([None, 2]))
def test_what_is_json(tree: Tree, indent: int | None) -> None:
    """JSON is YAML, as long as it does not write a character as two surrogates."""
    assert read(json.dumps(tree, indent=indent, ensure_ascii=False)) == [tree]


@few
@given(st.lists(documents, max_size=4))
def test_several_documents(several: list[Tree]) -> None:
    text = "".join(f"---\n{json.dumps(tree, ensure_ascii=False)}\n" for tree in several)
    assert read(text) == several


@few
@given(documents)
def test_anchors_and_aliases_change_nothing(tree: Tree) -> None:
    """Every collection is written once with an anchor, and used again by its alias."""
    lines = [f"x-{number}: &a{number} {text}" for number, text in enumerate(_shared(tree))]
    found = read("\n".join([*lines, "x: " + (f"*a{len(lines) - 1}" if lines else "{}")]))
    assert found[0]["x"] == (tree if lines else {})


def _shared(tree: Tree) -> list[str]:
    """Write a tree as a list of collections, in which one stands for another by its alias."""
    written: list[str] = []

    def write(part: Tree) -> str:
        if isinstance(part, dict):
            inner = ", ".join(
                f"? {json.dumps(key, ensure_ascii=False)} : {write(each)}" for key, each in part.items()
            )
            written.append(f"{{{inner}}}")
        elif isinstance(part, list):
            written.append(f"[{', '.join(map(write, part))}]")
        else:
            return json.dumps(part, ensure_ascii=False) if not isinstance(part, float) else f"{part:.3f}"
        return f"*a{len(written) - 1} "

    write(tree)
    return written


# ---- where things stand ----

plain = st.sampled_from(["a", "b1", "x y", "é", "漢字", "😀", "don't", "1..*", "x#y", "a:b", "-x", "~x"])
simple_keys = st.sampled_from(["a", "b1", "ключ", "漢", "😀", "x-y", "no", "12"])
placed_scalars = st.tuples(st.sampled_from(["plain", "single", "double", "literal", "empty"]), plain)
placed = st.recursive(
    placed_scalars.map(lambda pair: ("scalar", *pair)),
    lambda inner: (
        st.tuples(st.just("list"), st.booleans(), st.lists(inner, min_size=1, max_size=3))
        | st.tuples(
            st.just("map"), st.booleans(), st.dictionaries(simple_keys, inner, min_size=1, max_size=3)
        )
    ),
    max_leaves=8,
)
placed_documents = st.dictionaries(simple_keys, placed, min_size=1, max_size=3)


class Writer:
    """Writes a tree in block and flow style and remembers what it has written for each key and scalar."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.keys: dict[Path, str] = {}
        self.values: dict[Path, str] = {}

    def mapping(self, tree: dict[str, Tree], path: Path, indent: str) -> None:
        for number, (key, value) in enumerate(tree.items()):
            if number % 2:
                self.lines.append(f"{indent}# {key}: no key")
            self.keys[(*path, key)] = key
            self.entry(f"{indent}{key}:", value, (*path, key), indent)

    def entry(self, head: str, value: Tree, path: Path, indent: str) -> None:
        kind, style, content = value
        if style == "literal" if kind == "scalar" else not style:
            self.block(head, value, path, f"{indent}  ")
        else:
            self.lines.append(f"{head} {self.flow(value, path)} # {content if kind == 'scalar' else 'x'}")

    def block(self, head: str, value: Tree, path: Path, indent: str) -> None:
        kind, _, content = value
        if kind == "scalar":
            self.values[path] = f"|- # comment\n{indent}{content}"
            self.lines += self.values[path].split("\n")
            self.lines[-2] = f"{head} {self.lines[-2]}"
        elif kind == "map":
            self.lines.append(head)
            self.mapping(content, path, indent)
        else:
            self.lines.append(head)
            for number, item in enumerate(content):
                self.entry(f"{indent}-", item, (*path, number), indent)

    def flow(self, value: Tree, path: Path) -> str:
        kind, style, content = value
        if kind == "scalar":
            forms = {"plain": content, "single": f"'{content.replace(chr(39), chr(39) * 2)}'", "empty": ""}
            self.values[path] = forms.get(style, f'"{content}"')
            return self.values[path]
        if kind == "map":
            parts = []
            for key, each in content.items():
                self.keys[(*path, key)] = key
                parts.append(f"{key}: {self.flow(each, (*path, key))}")
            return f"{{{', '.join(parts)}}}"
        items = [self.flow(each, (*path, number)) or "''" for number, each in enumerate(content)]
        self.values |= {(*path, number): "''" for number, item in enumerate(items) if item == "''"}
        return f"[{', '.join(items)}]"


def text_at(text: str, span: Span) -> str:
    """Cut out what a span marks; lines are those of an editor."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    return "\n".join(
        [lines[0][span.column - 1 :], *lines[1:]] if len(lines) > 1 else [lines[0][span.column - 1 :]]
    )


def spans(source: Source, paths: list[Path], *, on_key: bool) -> Iterator[tuple[Path, Span]]:
    (document,), _ = read_source(source)
    places = [document.place(*path[:-1]).key(path[-1]) if on_key else document.place(*path) for path in paths]
    found = located(Diagnostic(Code.NO_CARDINALITY, "", place) for place in places)
    for path, each in zip(paths, found, strict=True):
        assert isinstance(each.at, Span)
        yield path, each.at


@few
@given(placed_documents, st.booleans())
def test_every_key_and_every_scalar_stands_where_it_is_said_to(tree: Tree, windows: bool) -> None:
    writer = Writer()
    writer.mapping(tree, (), "")
    text = "\n".join([*writer.lines, ""])
    source = Source("a.yaml", text.replace("\n", "\r\n") if windows else text)
    for path, span in spans(source, list(writer.keys), on_key=True):
        assert text_at(text, span) == writer.keys[path]
    for path, span in spans(source, list(writer.values), on_key=False):
        # What is nothing has no length, and its key says more; an item of a list has none.
        nothing = path[-1] if isinstance(path[-1], str) else ""
        assert text_at(text, span).rstrip("\n") == (writer.values[path] or nothing)


def test_what_merges_and_aliases_bring_in_stands_where_it_is_written() -> None:
    text = "x-a: &a {k: 1, l: 2}\nb: {<<: *a, l: 3}\nc: &c [x, y]\nd: *c\n"
    source = Source("a.yaml", text)
    wanted: dict[Path, tuple[int, int]] = {("b", "k"): (1, 13), ("b", "l"): (2, 16), ("d", 1): (3, 11)}
    assert {path: (at.line, at.column) for path, at in spans(source, list(wanted), on_key=False)} == wanted


def test_what_is_not_written_stands_at_the_nearest_key_above_it() -> None:
    source = Source("a.yaml", "a:\n  b: {c: 1}\n")
    paths: list[Path] = [("a", "b", "x", "y"), ("a", "z"), ("q",)]
    found = [(at.line, at.column, at.end_column) for _, at in spans(source, paths, on_key=False)]
    assert found == [(2, 3, 4), (1, 1, 2), (1, 1, 2)]


def test_each_document_has_places_of_its_own() -> None:
    source = Source("a.yaml", "---\n---\na: 1\n--- \nb: 2\n")
    several, _ = read_source(source)
    found = located(Diagnostic(Code.NO_CARDINALITY, "", each.place("a")) for each in several)
    assert [each.at for each in found] == [Span("a.yaml", 3, 4, 3, 5), Span("a.yaml", 5, 1, 5, 2)]


# ---- comments ----


@few
@given(placed_documents, st.booleans())
def test_comments_are_what_the_writer_wrote_as_comments(tree: Tree, windows: bool) -> None:
    writer = Writer()
    writer.mapping(tree, (), "")
    text = "\n".join(writer.lines)
    source = Source("a.yaml", text.replace("\n", "\r\n") if windows else text)
    found = list(comments(source))
    assert len(found) == sum(" # " in line or line.lstrip().startswith("# ") for line in writer.lines)
    for span, comment in found:
        assert comment.startswith("# ")
        assert text_at(text, span) == comment
        assert span.line == span.end_line
        assert text.split("\n")[span.line - 1].endswith(comment)


@few
@given(documents, st.booleans(), st.integers(10, 60))
def test_no_comment_is_found_where_there_is_none(tree: Tree, flow: bool, width: int) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, width=width, allow_unicode=True)
    assert list(comments(Source("a.yaml", text))) == []


def test_comments_beside_scalars_that_look_like_some() -> None:
    text = """\
# 1
a: 'x # y' # 2
b: "# z"   # 3
c: | # 4
  # no

  # no
# 5
d: x#y
e: [a, # 6
  'b # c', d] #7
"""
    assert [comment for _, comment in comments(Source("a.yaml", text))] == [
        *("# 1", "# 2", "# 3", "# 4", "# 5", "# 6", "#7")
    ]


def test_what_is_no_yaml_has_no_comments() -> None:
    assert list(comments(Source("a.yaml", "# 1\na: 'x # y\n"))) == []
    assert list(comments(Source("a.yaml", "# 1\n" + "[" * 100_000))) == []
