"""The names by which a vendor knows things: those allowed, a shorter one for one that is not, file names."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

_PLAIN_FILE_NAME = re.compile(r"[a-z0-9_-]{1,100}").fullmatch
_EDGES = "_-"
_READABLE = 80


@dataclass(frozen=True)
class KeyRule:
    """How long a vendor's key is, of which characters, and which of them may begin it: None for any."""

    shortest: int
    longest: int | None
    characters: str | None = None
    first: str | None = None

    @cached_property
    def allows(self) -> Callable[[str], object]:
        """A function that tells of a key whether the vendor takes it."""
        one = "." if self.characters is None else f"[{self.characters}]"
        begins = "" if self.first is None else f"(?=[{self.first}])"
        return re.compile(f"{begins}{one}{{{self.shortest},{self.longest or ''}}}", re.DOTALL).fullmatch

    def __str__(self) -> str:
        long = f"{self.shortest} or more" if self.longest is None else f"{self.shortest} to {self.longest}"
        of = "" if self.characters is None else f" of `{self.characters}`"
        begins = "" if self.first is None else f", the first of `{self.first}`"
        return f"{long} characters{of}{begins}"


def short(key: str) -> str:
    """Return a key as a message shows it: a manifest may state one of any length."""
    return key if len(key) <= 80 else f"{key[:79]}…"


def suggest(key: str, rule: KeyRule, taken: Container[str]) -> str:
    """Return a key that the rule allows, as near to `key` as can be read, and none of those `taken`."""
    longest = rule.longest or _READABLE
    base = (
        key if rule.characters is None else re.sub(f"[^{rule.characters}]+", "_", key.lower()).strip(_EDGES)
    )
    if rule.first is not None:
        base = re.sub(f"^[^{rule.first}]+", "", base)
    base = _abbreviated(base[: 4 * longest] or "type", longest)[:longest].rstrip(_EDGES)
    if len(base) < rule.shortest:
        base = f"{base}_type"[:longest]
    # Where many keys begin alike, counting them off would take quadratic time.
    tails = chain(("", "_2", "_3", "_4"), (f"_{_digest(f'{key} {number}')[:8]}" for number in count()))
    candidates = (f"{base[: longest - len(tail)]}{tail}" for tail in tails)
    return next(each for each in candidates if each not in taken)


def _digest(text: str) -> str:
    import hashlib  # noqa: PLC0415 - loading it takes long, and it is needed rarely

    return hashlib.sha256(text.encode()).hexdigest()


def _abbreviated(key: str, longest: int) -> str:
    """Take the vowels out of one word after another, the longest first, until the key is short enough."""
    words = key.split("_")
    for word in sorted(words, key=len, reverse=True):
        if len("_".join(words)) <= longest:
            break
        words[words.index(word)] = word[:1] + re.sub(r"[aeiou]", "", word[1:])
    return "_".join(words)


def file_name(name: str) -> str:
    """Return a file name, without ending, for a vendor's name of any spelling.

    No two names share one, not even where a file system folds case: what is more than a plain word
    gets a part of its SHA-256 behind a dot, which no plain word has.
    """
    if _PLAIN_FILE_NAME(name):
        return name
    readable = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-")[:80]
    return f"{readable or 'name'}.{_digest(name)[:12]}"
