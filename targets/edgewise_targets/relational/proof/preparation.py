"""From rules to tries, in rounds of as many as can be in one database at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from edgewise.graph import Graph
from edgewise.target import Verdict
from edgewise_targets.relational.proof import judge
from edgewise_targets.relational.proof.population import OutOfReach, OutOfValues, Population, Roles
from edgewise_targets.relational.proof.rule import Rule, RuleKey
from edgewise_targets.relational.proof.scene import HoldsByItself, Scene, Try
from edgewise_targets.relational.proof.statements import Statements
from edgewise_targets.relational.proof.tries import OF_DERIVED, TRIES

MOST_AT_ONCE = 5_000
"""How many rules are tried in one transaction."""

Prepared = Try | Verdict


@dataclass
class Preparation:
    """What tries are prepared with: `names` has what holds each rule, `declared` the rules of the manifests.

    All that is prepared between two calls of `begin_anew` has records of its own.
    """

    graph: Graph
    roles: Roles
    sql: Statements
    names: Mapping[RuleKey, str | None]
    declared: frozenset[RuleKey]
    _numbers: Counter[str] = field(default_factory=Counter)

    def begin_anew(self) -> None:
        """Forget which records there are."""
        self._numbers.clear()

    def prepare(self, rule: Rule) -> Prepared:
        """Return how a rule is tried, or what is to be said of one that cannot be.

        Raises OutOfValues where that is only so because of the tries that were prepared before.
        """
        if rule.key not in self.declared:
            return judge.not_held(rule, "among the rules, but not declared")
        if rule.enforced_by == "none":
            return judge.held(rule)
        relationship = self.graph.relationship_types[rule.relationship_type]
        is_first = not self._numbers
        people = Population(self.graph, self.roles, self._numbers)
        try:
            how = (OF_DERIVED if relationship.is_derived else TRIES)[rule.rule]
            return how(Scene(rule, relationship, people, self.sql, self.names))
        except HoldsByItself as reason:
            return judge.by_itself(rule, str(reason))
        except OutOfReach as reason:
            if isinstance(reason, OutOfValues) and not is_first:
                raise
            return judge.unknown(rule, f"not tried: {reason}")


def in_rounds(rules: Iterable[Rule], preparation: Preparation) -> Iterator[list[Prepared]]:
    """Yield what is prepared for the rules, those together that can be tried together."""
    round_: list[Prepared] = []
    for rule in rules:
        try:
            prepared = preparation.prepare(rule)
        except OutOfValues:
            yield round_
            round_ = []
            preparation.begin_anew()
            prepared = preparation.prepare(rule)
        round_.append(prepared)
        if len(round_) == MOST_AT_ONCE:
            yield round_
            round_ = []
            preparation.begin_anew()
    yield round_
