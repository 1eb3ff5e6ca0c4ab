"""Keys whose first character has a rule of its own, and keys of any length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise_targets.dialect.keys import KeyRule, suggest

LETTER_FIRST = KeyRule(1, None, "a-zA-Z0-9_", first="a-zA-Z")


@pytest.mark.parametrize("key", ["a", "Z9_", "a" * 10_000])
def test_what_a_rule_allows(key: str) -> None:
    assert LETTER_FIRST.allows(key)


@pytest.mark.parametrize("key", ["", "_a", "1a", "a-b", "é", "a\n"])
def test_what_a_rule_does_not_allow(key: str) -> None:
    assert not LETTER_FIRST.allows(key)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (LETTER_FIRST, "1 or more characters of `a-zA-Z0-9_`, the first of `a-zA-Z`"),
        (KeyRule(2, 32, "a-z0-9_-"), "2 to 32 characters of `a-z0-9_-`"),
        (KeyRule(1, None), "1 or more characters"),
    ],
)
def test_a_rule_in_words(rule: KeyRule, words: str) -> None:
    assert str(rule) == words


@given(
    st.text(max_size=200),
    st.sampled_from([LETTER_FIRST, KeyRule(3, 9, "a-z0-9_", first="a-z_"), KeyRule(1, None)]),
)
def test_what_is_suggested_is_allowed_and_free(key: str, rule: KeyRule) -> None:
    taken: set[str] = set()
    for _ in range(6):
        suggested = suggest(key, rule, taken)
        assert rule.allows(suggested)
        assert suggested not in taken
        taken.add(suggested)
