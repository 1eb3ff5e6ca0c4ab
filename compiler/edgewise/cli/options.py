"""The options that every command has, and what they come to."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

import click

from edgewise.cli.speech import say, say_version

FORMATS = ("text", "concise", "json")
_KEY = "edgewise"
_HELP = "Show this help."


class Settings(NamedTuple):
    """How a command is to be run. `folder` is the absolute path of where it stands.

    `config` is the project file that was named, `select` and `ignore` hold codes or prefixes of codes,
    `fail_on` is the least severity that makes a run fail.
    """

    folder: str
    config: str | None = None
    format: str = "text"
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    fail_on: str = "error"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    debug: bool = False

    def path(self, path: str) -> str:
        """Return the absolute path of what was named relative to where the command stands."""
        return os.path.normpath(os.path.join(self.folder, path))


def _loaded(name: str) -> ModuleType:
    """Import a module with interrupts held back: a library in C that is stopped half loaded may crash."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        return import_module(name)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def settings() -> Settings:
    """Return the settings of the command that runs, from the options before and after its name."""
    given = dict(click.get_current_context().meta.get(_KEY, {}))
    folder = os.path.abspath(given.pop("folder", "."))
    if not os.path.isdir(folder):
        raise click.BadParameter(f"there is no folder `{folder}`.", param_hint="-C")
    return Settings(folder, **given)


class Helpful(click.Command):
    """A command whose help is printed as everything else is, also where nobody listens."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the option that shows the help."""
        names = self.get_help_option_names(ctx)
        return click.Option(
            names, is_flag=True, is_eager=True, expose_value=False, callback=_show_help, help=_HELP
        )


class Command(Helpful):
    """A command: what it is asked, and where it is done: by `run` of the module of its name, loaded then.

    `examples` are command lines, each with what it does.
    """

    def __init__(
        self,
        name: str,
        summary: str,
        more: str,
        parameters: Sequence[click.Parameter],
        *,
        examples: Sequence[tuple[str, str]],
        formats: Sequence[str] = FORMATS,
    ) -> None:
        super().__init__(
            name,
            callback=self._run,
            params=[*parameters, *common_options(formats)],
            short_help=summary,
            help=f"{summary}\n\n{more}",
            epilog=epilog(examples),
            context_settings=CONTEXT,
        )

    def _run(self, **parameters: Any) -> int:
        module = (self.name or "").replace("-", "_")
        status: int = _loaded(f"edgewise.cli.{module}").run(settings(), **parameters)
        return status


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def epilog(examples: Sequence[tuple[str, str]]) -> str:
    """Lay out examples below the options of a command's help."""
    blocks = [f"\b\n  # {meaning}\n  {example}" for example, meaning in examples]
    return "\n\n".join(["Examples:", *blocks])


def common_options(formats: Sequence[str] = FORMATS) -> list[click.Parameter]:
    """Return the options that all commands have; what they are given is found in `settings`."""

    def option(*names: str, callback: Any = _remember, **more: Any) -> click.Option:
        return click.Option(names, expose_value=False, callback=callback, **more)

    def choice(*words: str) -> click.Choice[str]:
        return click.Choice(words)

    return [
        option("-C", "folder", metavar="DIR", help="Run as if started in DIR."),
        option("--config", metavar="FILE", help="The project file.  [default: the nearest edgewise.yaml]"),
        option("--format", type=choice(*formats), help=f"How things are told.  [default: {formats[0]}]"),
        option("--color", type=choice("auto", "always", "never"), help="Use colours.  [default: auto]"),
        option("-q", "--quiet", is_flag=True, help="Tell nothing but what makes the command fail."),
        option("-v", "--verbose", is_flag=True, help="Tell notes too."),
        option(
            "--fail-on",
            type=choice("error", "warning", "note"),
            help="The least that makes the command fail.  [default: error]",
        ),
        option(
            "--select", multiple=True, metavar="CODES", help="Tell these findings also where they are off."
        ),
        option("--ignore", multiple=True, metavar="CODES", help="Do not tell these warnings and notes."),
        option(
            "--debug", is_flag=True, help="Show a traceback when something goes wrong in edgewise itself."
        ),
        option("--version", is_flag=True, is_eager=True, callback=_show_version, help="Show the version."),
    ]


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep what an option is given, before the name of the command or behind it, where it counts more."""
    if not value:
        return
    given = context.meta.setdefault(_KEY, {})
    name = str(parameter.name)
    given[name] = (*given.get(name, ()), *_prefixes(value)) if name in {"select", "ignore"} else value


def _prefixes(values: tuple[str, ...]) -> list[str]:
    """Read lists of codes and prefixes of codes, separated by commas."""
    from edgewise.diagnostics import Code, did_you_mean, quoted_list  # noqa: PLC0415 - few runs name codes

    prefixes = [prefix.strip().upper() for value in values for prefix in value.split(",")]
    numbers = [code.number for code in Code]
    for prefix in prefixes:
        if not prefix or not any(number.startswith(prefix) for number in numbers):
            near = quoted_list(did_you_mean(prefix, numbers))
            raise click.BadParameter(f"there is no code `{prefix}`.{near and f' Did you mean {near}?'}")
    return prefixes


def _show_help(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        say(f"{context.get_help()}\n")
        context.exit()


def _show_version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        say_version()
        context.exit()
