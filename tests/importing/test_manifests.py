"""The manifests that are written: they read back as what they were made of, and as a person writes them."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.document import read_source
from edgewise.manifests import WIDTH, Declared, Draft, scalar, written
from edgewise.source import decoded, find_not_allowed

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.text("ab:#-'\"\\ \n\t,{}[]&*!|>%@`?0.", max_size=12)
    | st.sampled_from(
        ["null", "true", "~", "-", "0x1F", "1e3", ".5", "12", "-1.", "a: b", "a #b", "yes", "<<", "=", ""]
    )
    | st.lists(st.sampled_from(["word", "a:", "#b", "-", "", "\n"]), max_size=60).map(" ".join)
).filter(lambda text: not find_not_allowed(text))
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(-9, 99),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
DECLARED = st.dictionaries(st.sampled_from(["description", "label", "targets", "attributes", "tags"]), VALUES)
NAMES = st.sampled_from(["order", "a", "null", "true", "on", "line_item"])


def read(text: str) -> Any:
    source = decoded(text.encode(), "m.yaml")
    assert not hasattr(source, "code"), source
    documents, said = read_source(source)  # type: ignore[arg-type]
    assert said == [], text
    return documents[0].data if documents else {}


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(NAMES, DECLARED, min_size=1, max_size=3))
def test_what_is_written_reads_back_as_the_same(declared: dict[str, Any]) -> None:
    drafts = {name: Declared(keys, ("Why: # this.",)) for name, keys in declared.items()}
    text = written(Draft({}, drafts, {}, ("Where from.",)))
    assert read(text) == {"relationship_types": declared}
    assert text == written(Draft({}, dict(reversed(drafts.items())), {}, ("Where from.",)))


def test_a_manifest_as_a_person_would_have_written_it() -> None:
    draft = Draft(
        object_types={
            "order": Declared({"targets": {"boom": "Order"}, "description": "A purchase."}),
            "contact": Declared({}, ("Theirs.",)),
            "item": Declared(
                {"attributes": {"state": {"enum": ["open", "on", "null"]}, "note": {"type": "text"}}}
            ),
        },
        relationship_types={
            "placed": Declared(
                {
                    "targets": {"boom": {"role": "Placed, by", "description": False}},
                    "description": "First.\n\n  Then: # that.",
                    "cardinality": "one_to_many",
                    "to": "order",
                    "from": "zen:user",
                },
                ("One remark.", "Another that is so long that it cannot stand on a single line " * 2),
            ),
            "saw": Declared({"from": "a", "to": "b", "description": "It was seen. " * 12 + "So it was."}),
        },
        groups={"work": Declared({})},
        remarks=("From somewhere.",),
    )
    text = written(draft)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text == dedent(
        """\
        # From somewhere.

        object_types:
          # Theirs.
          contact: {}
          item:
            attributes:
              state: {enum: [open, on, "null"]}
              note: {type: text}
          order:
            description: A purchase.
            targets: {boom: Order}

        groups:
          work: {}

        relationship_types:
          # One remark.
          # Another that is so long that it cannot stand on a single line Another that is so long that it
          # cannot stand on a single line
          placed:
            from: zen:user
            to: order
            cardinality: one_to_many
            description: |-
              First.

                Then: # that.
            targets: {boom: {role: "Placed, by", description: false}}
          saw:
            from: a
            to: b
            description: >-
              It was seen. It was seen. It was seen. It was seen. It was seen. It was seen. It was seen. It
              was seen. It was seen. It was seen. It was seen. It was seen. So it was.
        """
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A person placed orders.", "A person placed orders."),
        ("on", "on"),
        ("zen:user", "zen:user"),
        ("null", '"null"'),
        ("True", '"True"'),
        ("12", '"12"'),
        ("1e3", '"1e3"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("ends:", '"ends:"'),
        ("- x", '"- x"'),
        ("", '""'),
        ('say "no"', 'say "no"'),
        ("tab\there", '"tab\\there"'),
        ("漢字", "漢字"),
    ],
)
def test_texts_are_quoted_only_where_they_have_to_be(text: str, line: str) -> None:
    assert scalar(text) == line
    assert read(f"x: {line}") == {"x": text}
