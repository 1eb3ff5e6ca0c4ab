"""Artifacts to files: the whole set of them, or none.

Everything is staged below the output folder and flushed, then renamed into place, and last of all the
record of the build, `.edgewise/manifest.json`, which says whose each file is. While files are renamed a
marker lies beside it, so that a run that dies in between is seen and mended by the next one. What fails
without dying is taken back, file by file. A file that no build of ours wrote is never replaced or removed.
"""

from __future__ import annotations

from edgewise.output.comparison import Comparison, compare, first_difference
from edgewise.output.plan import MANIFEST, Outputs
from edgewise.output.writer import Written, write

__all__ = ["MANIFEST", "Comparison", "Outputs", "Written", "compare", "first_difference", "write"]
