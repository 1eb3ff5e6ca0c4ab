"""What is checked on the graph, one rule a file, in the order of the language's own list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.rules import (
    ambiguous_walk,
    dangling_reference,
    derivable,
    derivation_round,
    identifier_clash,
    misleading_name,
    name_number,
    no_cardinality,
    no_description,
    reflexive_or_acyclic,
    small_group,
    symmetric,
    synonyms,
    unsatisfiable_bounds,
    unused_object_type,
    via_contradiction,
)

Rule = Callable[[Graph], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    dangling_reference.check,
    ambiguous_walk.check,
    identifier_clash.check,
    symmetric.check,
    reflexive_or_acyclic.check,
    via_contradiction.check,
    derivation_round.check,
    unsatisfiable_bounds.check,
    no_cardinality.check,
    no_description.check,
    synonyms.check,
    misleading_name.check,
    name_number.check,
)

OF_THE_WHOLE: tuple[Rule, ...] = (derivable.check, unused_object_type.check, small_group.check)
"""Rules that hold all against all: only where there is no error, as that may be what makes a difference."""
