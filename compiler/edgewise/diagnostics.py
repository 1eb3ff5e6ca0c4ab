"""What can be said of a manifest: the one table of codes, and a diagnostic as a plain value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, IntEnum
from typing import NamedTuple

from edgewise.place import Place, Span


class Severity(IntEnum):
    """How much a diagnostic weighs; a larger one weighs more."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The severity as it is printed."""
        return self.name.lower()


class Code(Enum):
    """Every code there is: its number, its slug and the severity it has unless a diagnostic says otherwise.

    A number is never used again for something else. Each has a page, which `edgewise explain CODE` prints.
    """

    YAML_SYNTAX = ("EW101", "yaml-syntax", Severity.ERROR)
    DUPLICATE_KEY = ("EW102", "duplicate-key", Severity.ERROR)
    ALIAS_BUDGET = ("EW103", "alias-budget", Severity.ERROR)
    TAG_NOT_ALLOWED = ("EW104", "tag-not-allowed", Severity.ERROR)
    CHARACTER_NOT_ALLOWED = ("EW105", "character-not-allowed", Severity.ERROR)
    NOT_UTF8 = ("EW106", "not-utf8", Severity.ERROR)
    TOO_LARGE = ("EW107", "too-large", Severity.ERROR)
    NOT_A_REGULAR_FILE = ("EW108", "not-a-regular-file", Severity.ERROR)

    UNKNOWN_KEY = ("EW201", "unknown-key", Severity.ERROR)
    MISSING_KEY = ("EW202", "missing-key", Severity.ERROR)
    WRONG_TYPE = ("EW203", "wrong-type", Severity.ERROR)
    NOT_ALLOWED_VALUE = ("EW204", "not-an-allowed-value", Severity.ERROR)
    MALFORMED_NAME = ("EW205", "malformed-name", Severity.ERROR)
    MALFORMED_BOUNDS = ("EW206", "malformed-bounds", Severity.ERROR)

    UNKNOWN_OBJECT_TYPE = ("EW301", "unknown-object-type", Severity.ERROR)
    UNKNOWN_GROUP = ("EW302", "unknown-group", Severity.ERROR)
    OBJECT_TYPE_TWICE = ("EW303", "object-type-declared-twice", Severity.ERROR)
    RELATIONSHIP_TYPE_TWICE = ("EW304", "relationship-type-declared-twice", Severity.ERROR)
    AMBIGUOUS_WALK = ("EW305", "ambiguous-walk", Severity.ERROR)
    UNKNOWN_STEP = ("EW306", "unknown-step", Severity.ERROR)
    GROUP_TWICE = ("EW307", "group-declared-twice", Severity.ERROR)
    UNKNOWN_REPLACEMENT = ("EW308", "unknown-replacement", Severity.ERROR)

    SYMMETRIC_DOES_NOT_FIT = ("EW401", "symmetric-does-not-fit", Severity.ERROR)
    REFLEXIVE_OR_ACYCLIC_DOES_NOT_FIT = ("EW402", "reflexive-or-acyclic-does-not-fit", Severity.ERROR)
    VIA_CONTRADICTION = ("EW403", "via-contradiction", Severity.ERROR)
    UNSATISFIABLE_BOUNDS = ("EW404", "unsatisfiable-bounds", Severity.ERROR)
    NO_FIRST_RECORD = ("EW405", "no-first-record", Severity.WARNING)
    DERIVATION_GOES_ROUND = ("EW406", "derivation-goes-round", Severity.ERROR)

    NO_CARDINALITY = ("EW501", "no-cardinality", Severity.WARNING)
    NO_DESCRIPTION = ("EW502", "no-description", Severity.WARNING)
    SYNONYMS = ("EW503", "synonyms", Severity.WARNING)
    MISLEADING_NAME = ("EW504", "misleading-name", Severity.WARNING)
    USELESS_SUPPRESSION = ("EW505", "useless-suppression", Severity.WARNING)
    NO_MANIFESTS = ("EW506", "no-manifests", Severity.WARNING)
    DERIVABLE = ("EW507", "derivable", Severity.WARNING)
    NAME_NUMBER = ("EW508", "name-number", Severity.WARNING)
    UNUSED_OBJECT_TYPE = ("EW509", "unused-object-type", Severity.NOTE)
    SMALL_GROUP = ("EW510", "small-group", Severity.WARNING)
    LONG_PATH = ("EW511", "long-path", Severity.WARNING)

    CANNOT_BE_SAID = ("EW601", "cannot-be-said", Severity.ERROR)
    LOSS = ("EW602", "loss", Severity.NOTE)
    MALFORMED_KEY = ("EW603", "malformed-key", Severity.ERROR)
    OVER_THE_LIMIT = ("EW604", "over-the-limit", Severity.ERROR)
    SAME_KEY_TWICE = ("EW605", "same-key-twice", Severity.ERROR)
    VENDOR_NOTICE = ("EW606", "vendor-notice", Severity.NOTE)
    UNDOCUMENTED = ("EW607", "undocumented", Severity.WARNING)
    FILLED_IN = ("EW608", "filled-in", Severity.NOTE)
    ONLY_QUERIED = ("EW609", "only-queried", Severity.NOTE)

    NO_LIST_ANSWER = ("EW701", "no-list-answer", Severity.ERROR)
    PAGE_MISSING = ("EW702", "page-missing", Severity.ERROR)
    CONTRADICTION = ("EW703", "contradiction", Severity.ERROR)
    AMBIGUOUS = ("EW704", "ambiguous", Severity.WARNING)
    NOT_KEPT = ("EW705", "not-kept", Severity.WARNING)
    DECIDED = ("EW706", "decided", Severity.NOTE)

    HOST_NOT_USABLE = ("EW801", "host-not-usable", Severity.ERROR)
    COLLISION = ("EW802", "collision", Severity.ERROR)

    PROJECT_FILE = ("EW901", "project-file", Severity.ERROR)
    CANNOT_READ = ("EW902", "cannot-read", Severity.ERROR)
    CANNOT_WRITE = ("EW903", "cannot-write", Severity.ERROR)
    STALE_OUTPUT = ("EW904", "stale-output", Severity.ERROR)

    def __init__(self, number: str, slug: str, severity: Severity) -> None:
        self.number = number
        self.slug = slug
        self.severity = severity


class Related(NamedTuple):
    """A second place that a diagnostic speaks of, and what is to be seen there."""

    at: Place | Span
    label: str


class Edit(NamedTuple):
    """Replace what stands at `at` by `text`."""

    at: Place | Span
    text: str


class Diagnostic(NamedTuple):
    """One mistake, or one thing worth knowing, told once.

    `message` is one line without file names or positions; `label` stands under the marked text;
    `help` says what to do, and `help_at` is where that can be found. `fix` holds the edits that mend it,
    where that is certain enough to offer. `severity` is the code's own unless the maker says otherwise.
    `path` is the dotted semantic path (`relationship_types.placed.to`), known once the place is located.
    """

    code: Code
    message: str
    at: Place | Span | None = None
    label: str = ""
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: tuple[Edit, ...] = ()
    path: str = ""
    help_at: Place | Span | None = None
    stated_severity: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How much this one weighs."""
        return self.stated_severity or self.code.severity

    def weighing(self, severity: Severity) -> Diagnostic:
        """Return the same diagnostic with another severity."""
        return self._replace(stated_severity=severity)


OFF_BY_DEFAULT = frozenset((Code.NO_DESCRIPTION,))
"""Codes that are only told where a project or a command selects them."""


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of them is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def did_you_mean(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the names nearest to a misspelt one, the nearest first; empty when none is near.

    Near is one slip of the fingers for every three letters: a letter more, less, other or swapped.
    """
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake pays for it
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    word = word[:100]
    slips = max(1, len(word) // 3)
    found = process.extract(
        word, sorted(known), scorer=OSA.distance, processor=str.lower, score_cutoff=slips, limit=most
    )
    return [name for name, _, _ in found]


def quoted_list(names: Sequence[str], word: str = "or") -> str:
    """Join names as a sentence does: `a`, `b` or `c`, in backticks."""
    ticked = [f"`{name}`" for name in names]
    if len(ticked) < 2:
        return "".join(ticked)
    return f"{', '.join(ticked[:-1])} {word} {ticked[-1]}"
