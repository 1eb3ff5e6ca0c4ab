# ruff: noqa: N999 - a command is loaded by its name, and this is the word for it
"""`edgewise import`: manifests from what a vendor's API lists."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from time import perf_counter

import click

from edgewise.answers import MAX_BYTES, Answer, parsed
from edgewise.cli.options import Settings
from edgewise.cli.outcome import Outcome
from edgewise.cli.speech import say
from edgewise.cli.telling import tell
from edgewise.compile import Compilation
from edgewise.diagnostics import Code, Diagnostic, did_you_mean, quoted_list
from edgewise.manifests import Draft, written
from edgewise.source import cannot_read, shown_path
from edgewise.target import ReadBack
from edgewise_targets import TARGETS, installed

STANDARD_INPUT = "-"


def run(settings: Settings, dialect: str, files: tuple[str, ...], out: str | None) -> int:
    """Write the manifests on standard output or into a new file, and tell of them on standard error."""
    since = perf_counter()
    read_back = _read_back(dialect)
    if files.count(STANDARD_INPUT) > 1:
        raise click.BadParameter("standard input can be read once.", param_hint="FILE")
    answers, said = _answers(settings, files)
    draft: Draft | None = None
    if not said:
        draft, said = read_back(answers)
    if draft is not None:
        said += _put(settings, written(draft), out)
    home = os.path.realpath(settings.folder)
    texts = {answer.source.path: answer.source.text for answer in answers}
    came = Outcome(home, None, (), Compilation(None, tuple(said), texts), len(files))
    return tell(came, settings, sys.stderr, since=since, even_if_clean=out is not None)


def _read_back(dialect: str) -> ReadBack:
    """Return how a dialect's answers are read; targets of packages are looked for where ours do not fit."""
    targets = list(TARGETS)
    if not any(each.name == dialect for each in targets):
        targets += installed({dialect: None})[0]
    readable = {each.name: each.read_back for each in targets if each.read_back is not None}
    if dialect in readable:
        return readable[dialect]
    near = quoted_list(did_you_mean(dialect, readable)) or f"one of {quoted_list(list(readable))}"
    raise click.BadParameter(
        f"nothing is imported from `{dialect}`. Did you mean {near}?", param_hint="DIALECT"
    )


# ---- reading ----


def _answers(settings: Settings, files: Sequence[str]) -> tuple[list[Answer], list[Diagnostic]]:
    answers: list[Answer] = []
    said: list[Diagnostic] = []
    for file in files:
        shown = _shown(settings, file)
        content = _content(settings, file, shown)
        found = parsed(content, shown) if isinstance(content, bytes) else content
        if isinstance(found, Answer):
            answers.append(found)
        else:
            said.append(found)
    return answers, said


def _shown(settings: Settings, file: str) -> str:
    if file == STANDARD_INPUT:
        return "<stdin>"
    return shown_path(settings.path(file), os.path.realpath(settings.folder))


def _content(settings: Settings, file: str, shown: str) -> bytes | Diagnostic:
    """Read one byte more than is allowed at most; a pipe is read too, as `<(curl ...)` is one."""
    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(settings.path(file), "rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        return cannot_read(shown, error)


# ---- writing ----


def _put(settings: Settings, text: str, out: str | None) -> list[Diagnostic]:
    """Print a manifest, or write it into a file that is not there yet, whole or not at all."""
    if out is None:
        say(text)
        return []
    path = settings.path(out)
    try:
        _write_new(path, text)
    except FileExistsError:
        message = f"cannot write {out}: it is there already, and nothing is ever written over"
        return [Diagnostic(Code.CANNOT_WRITE, message, help="name another file, or take this one away")]
    except OSError as error:
        return [
            Diagnostic(Code.CANNOT_WRITE, f"cannot write {out}: {(error.strerror or str(error)).lower()}")
        ]
    return []


def _write_new(path: str, text: str) -> None:
    with open(path, "x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(path)
            raise
