"""`edgewise prove`: what is declared, tried on a running database."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from time import perf_counter
from typing import Any, get_args

import click

from edgewise.cli.findings import CLEAN, COULD_NOT, FOUND, status
from edgewise.cli.options import Settings
from edgewise.cli.outcome import Outcome as Came
from edgewise.cli.outcome import outcome
from edgewise.cli.progress import progress
from edgewise.cli.speech import complain, is_coloured, say
from edgewise.cli.telling import all_told, least_failing, tell
from edgewise.compile import compile as compile_
from edgewise.diagnostics import quoted_list
from edgewise.render import counted, visible
from edgewise.target import NotProven, Outcome, Proof, Target, Verdict, json_bytes
from edgewise_targets import TARGETS

MOST_OF_AN_OUTCOME = 50
"""How many rules of one outcome are shown, unless all are asked for; the rest is counted."""

_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_STYLES: Mapping[Outcome, str] = {
    "enforced": "32",
    "found by query": "36",
    "cannot be known here": "33",
    "NOT HELD": "1;31",
}

Timed = tuple[Proof, float]
"""A proof, and how many seconds it took."""


def run(settings: Settings, names: tuple[str, ...], url: str | None) -> int:
    """Prove targets one after the other, and tell what became of their rules on standard output."""
    since = perf_counter()
    wanted = names or _meant(url)
    came = outcome(settings, compile_, names=wanted)
    if came.project is None or status(all_told(came, settings), least_failing(settings)):
        return tell(came, settings._replace(format="text"), sys.stderr, since=since)
    targets = [each for each in came.targets if each.name in wanted]
    for target in targets:
        _refuse(target, url)
    if url is not None and not any(each.prover and each.prover.servers for each in targets):
        raise click.BadParameter("the database is in memory and needs no server.", param_hint="--url")
    with _ended_in_order():
        proofs, complaints = _prove(came, targets, url, settings)
    _tell(proofs, settings)
    for each in complaints:
        complain(f"edgewise: {each}\n")
    if complaints:
        return COULD_NOT
    return FOUND if any(_is_broken(each) for each, _ in proofs.values()) else CLEAN


def _meant(url: str | None) -> tuple[str, ...]:
    """Return the targets that need not be named: those of a URL, or else those that need no server."""
    found = tuple(each.name for each in TARGETS if each.prover and _takes(each.prover.servers, url))
    if found:
        return found
    examples = quoted_list(
        [each.prover.servers[0] for each in TARGETS if each.prover and each.prover.servers]
    )
    raise click.BadParameter(f"no target takes such a URL; they look like {examples}.", param_hint="--url")


def _takes(servers: Sequence[str], url: str | None) -> bool:
    if url is None:
        return not servers
    return any(url.partition("://")[0] == each.partition("://")[0] for each in servers)


def _refuse(target: Target, url: str | None) -> None:
    """Refuse a target that cannot be proven, or not at this URL."""
    if target.prover is None:
        provable = quoted_list([each.name for each in TARGETS if each.prover])
        message = f"there is nothing to try of `{target.name}`; it can be one of {provable}."
        raise click.BadParameter(message, param_hint="--target")
    servers = target.prover.servers
    if servers and not _takes(servers, url):
        message = f"`{target.name}` needs the URL of a server, such as `{servers[0]}`."
        raise click.BadParameter(message, param_hint="--url")


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a request to end the process be as an interrupt: what was made on a server is dropped first."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _prove(
    came: Came, targets: Sequence[Target], url: str | None, settings: Settings
) -> tuple[dict[str, Timed], list[str]]:
    proofs: dict[str, Timed] = {}
    complaints: list[str] = []
    for target in targets:
        emission, since = came.compilation.emissions[target.name], perf_counter()
        if target.prover is None:
            continue
        try:
            with progress(f"proving {target.name}", wanted=not settings.quiet):
                at = url if target.prover.servers else None
                proof = target.prover.prove(emission.graph, emission.options, at)
            proofs[target.name] = proof, perf_counter() - since
        except NotProven as reason:
            complaints.append(str(reason))
    return proofs, complaints


def _is_broken(proof: Proof) -> bool:
    return any(each.outcome == "NOT HELD" for each in proof.verdicts)


def _tell(proofs: Mapping[str, Timed], settings: Settings) -> None:
    if settings.format == "json":
        say(json_bytes(_as_data(proofs)).decode())
        return
    colour = is_coloured(settings.color, sys.stdout, os.environ)
    blocks = ["\n".join(_lines(*each, settings, colour=colour)) for each in proofs.values()]
    say("".join(f"{block}\n" for block in "\n\n".join(filter(None, blocks)).splitlines()))


def _lines(proof: Proof, seconds: float, settings: Settings, *, colour: bool) -> Iterator[str]:
    shown, hidden = _shown(proof.verdicts, settings)
    if settings.quiet and not shown:
        return
    yield visible(proof.database)
    width = max((len(_name(each)) for each in shown), default=0)
    for name, verdicts in groupby(shown, key=lambda each: each.relationship_type):
        yield f"  {name}"
        for each in verdicts:
            outcome_ = _styled(each.outcome.ljust(len("cannot be known here")), each.outcome, colour=colour)
            lead = f"    {outcome_}  {_name(each).ljust(width)}  "
            yield f"{lead}{visible(each.sentence)}".rstrip()
            if each.reason:
                yield f"{' ' * (28 + width)}{visible(each.reason)}"
    yield from (f"  ... and {number:,} more {each} (-v shows them)" for each, number in hidden.items())
    if not settings.quiet:
        yield f"{_summary(proof.verdicts, settings)} ({seconds:.2f} s)"


def _shown(verdicts: Sequence[Verdict], settings: Settings) -> tuple[list[Verdict], Counter[Outcome]]:
    """Return the verdicts to show, and how many of each outcome are left out of what there is no room for."""
    told = [each for each in verdicts if _is_told(each, settings)]
    if settings.verbose:
        return told, Counter()
    number: Counter[Outcome] = Counter()
    shown = []
    for each in told:
        number[each.outcome] += 1
        if number[each.outcome] <= MOST_OF_AN_OUTCOME:
            shown.append(each)
    return shown, number - Counter(dict.fromkeys(number, MOST_OF_AN_OUTCOME))


def _is_told(verdict: Verdict, settings: Settings) -> bool:
    if settings.quiet:
        return verdict.outcome == "NOT HELD"
    return settings.verbose or verdict.outcome != "enforced"


def _name(verdict: Verdict) -> str:
    return " ".join(filter(None, (verdict.rule, verdict.end, verdict.attribute)))


def _styled(text: str, of: Outcome, *, colour: bool) -> str:
    return f"\x1b[{_STYLES[of]}m{text}\x1b[0m" if colour else text


def _summary(verdicts: Sequence[Verdict], settings: Settings) -> str:
    """Say what became of how many rules: `36 rules of 12 relationship types: 30 enforced, ...`."""
    number = Counter(each.outcome for each in verdicts)
    types = len({each.relationship_type for each in verdicts})
    said = {each: f"{number[each]:,} {each}" for each in _OUTCOMES}
    if number["enforced"] and not settings.verbose:
        said["enforced"] += " (-v shows them)"
    outcomes = ", ".join(said.values())
    return f"{counted(len(verdicts), 'rule')} of {counted(types, 'relationship type')}: {outcomes}"


def _as_data(proofs: Mapping[str, Timed]) -> dict[str, Any]:
    verdicts = [each for proof, _ in proofs.values() for each in proof.verdicts]
    number = Counter(each.outcome for each in verdicts)
    return {
        "version": 1,
        "databases": {name: proof.database for name, (proof, _) in proofs.items()},
        "rules": [
            {"target": name, **each._asdict()}
            for name, (proof, _) in proofs.items()
            for each in proof.verdicts
        ],
        "summary": {
            "rules": len(verdicts),
            "relationship_types": len({each.relationship_type for each in verdicts}),
            **{each.lower().replace(" ", "_"): number[each] for each in _OUTCOMES},
        },
    }
