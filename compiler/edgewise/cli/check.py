"""`edgewise check`: all that can be said of the manifests, and nothing written."""

from __future__ import annotations

import sys
from time import perf_counter

from edgewise.cli.options import Settings
from edgewise.cli.outcome import outcome
from edgewise.cli.telling import tell
from edgewise.compile import check


def run(settings: Settings, paths: tuple[str, ...]) -> int:
    """Check, and tell what was found on standard output."""
    since = perf_counter()
    return tell(outcome(settings, check, paths), settings, sys.stdout, since=since)
