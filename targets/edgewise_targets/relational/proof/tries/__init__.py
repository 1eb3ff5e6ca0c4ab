"""How each kind of rule is tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from edgewise_targets.relational.proof.scene import Scene, Try
from edgewise_targets.relational.proof.tries.attributes import enum, max_length, required
from edgewise_targets.relational.proof.tries.bounds import maximum, minimum
from edgewise_targets.relational.proof.tries.derived import derived_acyclic, derived_symmetric
from edgewise_targets.relational.proof.tries.ends import on_delete, references
from edgewise_targets.relational.proof.tries.pairs import acyclic, no_self, symmetric

TRIES: Mapping[str, Callable[[Scene], Try]] = {
    "max": maximum,
    "min": minimum,
    "no_self": no_self,
    "acyclic": acyclic,
    "symmetric": symmetric,
    "enum": enum,
    "required": required,
    "max_length": max_length,
    "references": references,
    "on_delete": on_delete,
}
OF_DERIVED: Mapping[str, Callable[[Scene], Try]] = {
    "acyclic": derived_acyclic,
    "symmetric": derived_symmetric,
}

__all__ = ["OF_DERIVED", "TRIES"]
