"""What an answer of the database means for a rule. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.target import Outcome, Verdict
from edgewise_targets.relational.proof.connection import Refusal, RefusalKind
from edgewise_targets.relational.proof.rule import Rule, RuleKey
from edgewise_targets.relational.proof.scene import Attempt, Refused

# How a database refuses what breaks a rule where it cannot say the name of what refuses.
_KINDS: Mapping[str, RefusalKind] = {
    "max": "key",
    "min": "null",
    "required": "null",
    "max_length": "length",
    "references": "reference",
    "on_delete": "reference",
}
_OUTCOMES: Mapping[str, Outcome] = {"query": "found by query", "none": "cannot be known here"}


def is_by(refusal: Refusal, rule: Rule, wanted: Refused) -> bool:
    """Tell whether it is this rule that refused something, as far as the database tells."""
    if refusal.name is not None:
        return refusal.name == rule.name or refusal.name in wanted.also
    table = wanted.table and wanted.table.rpartition(".")[2]
    return (
        refusal.kind == _KINDS.get(rule.rule)
        and (None in {refusal.table, table} or refusal.table == table)
        and refusal.columns in {(), wanted.columns}
    )


def held(rule: Rule) -> Verdict:
    """Say that a rule is what it says it is."""
    return _verdict(rule, _OUTCOMES.get(rule.enforced_by, "enforced"), rule.reason or "")


def unknown(rule: Rule, reason: str) -> Verdict:
    """Say that a rule could not be tried."""
    return _verdict(rule, "cannot be known here", reason)


def by_itself(rule: Rule, reason: str) -> Verdict:
    """Say that nothing can break a rule."""
    return _verdict(rule, "enforced", reason)


def not_held(rule: Rule, reason: str) -> Verdict:
    """Say that a rule is not held."""
    return _verdict(rule, "NOT HELD", reason)


def not_told(key: RuleKey) -> Verdict:
    """Say that a rule is declared, and the target does not speak of it."""
    name, kind, end, attribute = key
    return Verdict(
        name, kind, end, None, attribute, "", None, "NOT HELD", "declared, but not among the rules"
    )


def told(attempt: Attempt) -> str:
    """Say what was tried."""
    return ", ".join(step.words for step in attempt.steps)


def _verdict(rule: Rule, outcome: Outcome, reason: str) -> Verdict:
    return Verdict(
        rule.relationship_type,
        rule.rule,
        rule.end,
        rule.bound,
        rule.attribute,
        rule.sentence,
        rule.name,
        outcome,
        reason,
    )
