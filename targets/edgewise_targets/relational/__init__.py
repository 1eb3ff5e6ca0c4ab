"""What the databases share: a dialect is a value, and this is what makes a target of it.

A graph is lowered to the relational plan (`lower`, `plan`), which a dialect spells (`dialect`, `spell`) and
its template lays out. `names` is what things are called, `findings` what there is to say beforehand.
"""

from __future__ import annotations

from edgewise_targets.relational.dialect import Dialect, one_line
from edgewise_targets.relational.make import make_target

__all__ = ["Dialect", "make_target", "one_line"]
