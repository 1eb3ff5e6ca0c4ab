"""`edgewise schema`: the shape of manifests as editors understand it."""

from __future__ import annotations

from edgewise.cli.options import Settings
from edgewise.cli.speech import say
from edgewise.target import json_bytes
from edgewise.vocabulary import manifest_schema
from edgewise_targets import TARGETS, installed


def run(settings: Settings) -> int:
    """Print the JSON Schema, with what each target allows under `targets`."""
    plugged, broken = installed()
    say(json_bytes(manifest_schema((*TARGETS, *plugged))).decode())
    if not broken:
        return 0
    from edgewise.cli.telling import tell_alone  # noqa: PLC0415 - it loads the compiler, which is no use here

    return tell_alone(settings, broken)
