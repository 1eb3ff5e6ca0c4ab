"""`edgewise targets`: what can be made of a catalog, and what of a relationship type is kept in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from edgewise.cli.options import Settings
from edgewise.cli.speech import say
from edgewise.cli.table import table
from edgewise.target import Capabilities, Target, json_bytes
from edgewise_targets import TARGETS, installed

_BOUNDS = {
    "bounds": "any bounds",
    "maximum": "a maximum, no minimum",
    "words": "one or many on either side",
    "none": "nothing of how many",
}
_FLAGS = tuple(field.name for field in fields(Capabilities) if field.type == "bool")


def run(settings: Settings) -> int:
    """Tell of each target what it is and what it can express."""
    plugged, broken = installed()
    targets = (*TARGETS, *plugged)
    if settings.format == "json":
        say(
            json_bytes(
                {"version": 1, "targets": [_as_data(each, each in plugged) for each in targets]}
            ).decode()
        )
    else:
        say(
            "\n".join(line for each in targets for line in (*_lines(each, each in plugged), "")).rstrip()
            + "\n"
        )
    if not broken:
        return 0
    from edgewise.cli.telling import tell_alone  # noqa: PLC0415 - it loads the compiler, which is no use here

    return tell_alone(settings, broken)


def _lines(target: Target, is_plugged: bool) -> Iterator[str]:
    can = target.capabilities
    kept = [name.replace("_", " ") for name in _FLAGS if getattr(can, name)]
    lost = [name.replace("_", " ") for name in _FLAGS if not getattr(can, name)]
    yield f"{target.name}{' (installed, runs where a project names it)' if is_plugged else ''}"
    yield from table(
        [
            ("", target.summary),
            ("relates", can.ends),
            ("says", _BOUNDS[can.cardinality]),
            ("keeps", ", ".join(kept) or "nothing else"),
            ("drops", ", ".join(lost) or "nothing"),
        ],
        "  ",
    )


def _as_data(target: Target, is_plugged: bool) -> dict[str, Any]:
    return {
        "name": target.name,
        "summary": target.summary,
        "installed": is_plugged,
        "family": target.family,
        "external_types": target.external_types,
        "capabilities": asdict(target.capabilities),
    }
