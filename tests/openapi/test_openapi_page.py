"""The page about the target shows real output: every JSON on it is a part of what its catalog makes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from contract import Api, compiled

PAGE = (Path(__file__).parent.parent.parent / "docs" / "openapi.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def parts(value: object) -> Iterator[object]:
    yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(each)


def shown() -> Api:
    api = compiled(blocks("yaml")[0])
    assert api.said == []
    return api


def test_what_is_shown_is_what_is_made() -> None:
    made = list(parts(shown().bundle))
    examples = blocks("json")
    assert len(examples) >= 2
    for example in examples:
        assert json.loads(example) in made


def test_the_operations_of_the_table_are_those_there_are() -> None:
    named = set(re.findall(r"`((?:list|link|unlink|get|set|unset)[A-Z]\w+)`", PAGE))
    assert named == {operation["operationId"] for _, _, operation in shown().operations()}
