"""`edgewise schema`: the shape of manifests as editors understand it."""

from __future__ import annotations

from edgewise.cli.options import Settings
from edgewise.cli.speech import say
from edgewise.target import json_bytes
from edgewise.vocabulary import manifest_schema
from edgewise_targets import TARGETS, installed


def run(settings: Settings) -> int:  # noqa: ARG001 - every command is called alike
    """Print the JSON Schema, with what each target allows under `targets`."""
    say(json_bytes(manifest_schema((*TARGETS, *installed()))).decode())
    return 0
