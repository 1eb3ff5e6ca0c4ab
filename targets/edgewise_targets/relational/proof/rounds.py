"""A round of tries in one transaction, which is taken back at the end: what is legal first, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from edgewise.target import Verdict
from edgewise_targets.relational.limits import VIOLATIONS
from edgewise_targets.relational.proof import judge
from edgewise_targets.relational.proof.connection import Connection, Refusal
from edgewise_targets.relational.proof.preparation import Prepared
from edgewise_targets.relational.proof.rule import RuleKey
from edgewise_targets.relational.proof.scene import Accepted, Attempt, Listed, Refused, Try
from edgewise_targets.relational.proof.statements import Step
from edgewise_targets.relational.questions import VIOLATION_COLUMNS

Faults = dict[RuleKey, str]
"""What was found wrong with a rule, the first of it."""

_QUERY = f"SELECT {VIOLATION_COLUMNS} FROM {VIOLATIONS}"  # noqa: S608 - both are ours


def run_round(prepared: Sequence[Prepared], connection: Connection) -> Iterator[Verdict]:
    """Yield what becomes of each rule, in order."""
    faults = _faults([each for each in prepared if isinstance(each, Try)], connection)
    for each in prepared:
        if isinstance(each, Verdict):
            yield each
        elif each.rule.key in faults:
            yield judge.not_held(each.rule, faults[each.rule.key])
        else:
            yield judge.held(each.rule)


def _faults(tries: Sequence[Try], connection: Connection) -> Faults:
    if not tries:
        return {}
    connection.begin()
    try:
        faults = _lay(tries, connection)
        laid = [each for each in tries if each.rule.key not in faults]
        refusal = connection.settle()
        if refusal is None:
            _attempt(laid, connection, faults)
            return faults
    finally:
        connection.undo()
    if len(laid) == 1:
        return faults | {laid[0].rule.key: f"what is legal is refused at the end: {refusal.message}"}
    # One of them is at fault: which one shows when they are tried apart.
    half = len(laid) // 2
    return faults | _faults(laid[:half], connection) | _faults(laid[half:], connection)


def _lay(tries: Iterable[Try], connection: Connection) -> Faults:
    """Lay what is legal, and return which of it is refused."""
    faults: Faults = {}
    for each in tries:
        connection.mark()
        refused = _refused(each.base, connection)
        if refused is None:
            connection.keep()
        else:
            connection.back()
            step, refusal = refused
            faults[each.rule.key] = f"what is legal is refused: {step.words}: {refusal.message}"
    return faults


def _refused(steps: Iterable[Step], connection: Connection) -> tuple[Step, Refusal] | None:
    """Return the first step that is refused, and why."""
    for step in steps:
        refusal = connection.refusal(step.statement, step.values)
        if refusal is not None:
            return step, refusal
    return None


def _attempt(tries: Sequence[Try], connection: Connection, faults: Faults) -> None:
    """Make all attempts: those that are only to be listed last, as they stay until the list is asked for."""
    for row in _listed(connection):
        for key in _concerned(row, tries):
            faults.setdefault(key, f"{VIOLATIONS} lists what breaks no rule: {row[2]} {row[3]}")
    later: list[tuple[RuleKey, Attempt, Listed]] = []
    for each in tries:
        for attempt in each.attempts:
            if isinstance(attempt.wanted, Listed):
                later.append((each.rule.key, attempt, attempt.wanted))
                continue
            connection.mark()
            fault = _fault(each, attempt, connection)
            connection.back()
            if fault is not None:
                faults.setdefault(each.rule.key, fault)
    _list(later, connection, faults)


def _concerned(row: Sequence[Any], tries: Iterable[Try]) -> list[RuleKey]:
    """Return the rules that a row of legal data speaks against; more than one where it names none of them."""
    same_type = [each for each in tries if each.rule.relationship_type == row[0]]
    named = [each for each in same_type if each.rule.rule == row[1]]
    record = (row[2], row[3])
    return [each.rule.key for each in named or same_type if each.concerns is None or record in each.concerns]


def _fault(tried: Try, attempt: Attempt, connection: Connection) -> str | None:
    refused = _refused(attempt.steps, connection)
    if isinstance(attempt.wanted, Accepted):
        return _not_accepted(attempt, attempt.wanted, refused, connection)
    if isinstance(attempt.wanted, Refused):
        refusal = refused[1] if refused else connection.settle(tried.rule.name) or connection.settle()
        if refusal is None:
            return f"accepted: {judge.told(attempt)}"
        if not judge.is_by(refusal, tried.rule, attempt.wanted):
            return f"refused, but not by this rule: {judge.told(attempt)}: {refusal.message}"
    return None


def _not_accepted(
    attempt: Attempt, wanted: Accepted, refused: tuple[Step, Refusal] | None, connection: Connection
) -> str | None:
    if refused is not None:
        return f"refused though it is legal: {judge.told(attempt)}: {refused[1].message}"
    for question in wanted.questions:
        ((found,),) = connection.rows(question.statement, question.values)
        if found != question.right:
            return f"{judge.told(attempt)}: then there are {found}, not {question.right}, of {question.words}"
    refusal = connection.settle() if wanted.settles else None
    if refusal is not None:
        return f"refused at the end though it is legal: {judge.told(attempt)}: {refusal.message}"
    return None


def _list(later: Sequence[tuple[RuleKey, Attempt, Listed]], connection: Connection, faults: Faults) -> None:
    """Break rules that are not enforced, and see that each of that is listed."""
    taken = []
    for key, attempt, wanted in later:
        connection.mark()
        refused = _refused(attempt.steps, connection)
        if refused is None:
            connection.keep()
            taken.append((key, attempt, wanted))
        else:
            connection.back()
            faults.setdefault(
                key, f"refused, and not only listed: {judge.told(attempt)}: {refused[1].message}"
            )
    listed = set(_listed(connection)) if taken else set()
    for key, attempt, wanted in taken:
        if wanted.row not in listed:
            faults.setdefault(key, f"not listed in {VIOLATIONS}: {judge.told(attempt)}")


def _listed(connection: Connection) -> list[tuple[Any, ...]]:
    return connection.rows(_QUERY)
