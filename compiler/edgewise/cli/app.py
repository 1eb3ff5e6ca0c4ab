"""The command as a whole: finds the one that is asked for, and sees to an orderly end in any case."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from traceback import format_exception

import click

from edgewise.cli.commands import COMMANDS
from edgewise.cli.options import CONTEXT, Helpful, common_options, epilog
from edgewise.cli.speech import complain, complain_of

COULD_NOT = 2
INTERRUPTED = 130
HELP = "Relationship types as code: YAML manifests in, SQL, OpenAPI and the payloads of vendors' APIs out."
EXAMPLES = (
    ("edgewise check", "check all manifests of the project"),
    ("edgewise build", "write the outputs of all its targets"),
    ("edgewise explain EW301", "tell what a code means"),
)
BUG = """\
edgewise: this is a bug in edgewise, not a mistake of yours.
  {kind}: {message}
Please report it, with what the same command says with --debug.
"""


class Edgewise(Helpful, click.Group):
    """All commands, those that are used most first."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands, those that are used most first."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, or else those that may have been meant."""
        name = args[0]
        if name not in self.commands and not name.startswith("-") and not ctx.resilient_parsing:
            from edgewise.diagnostics import did_you_mean, quoted_list  # noqa: PLC0415 - a mistake pays for it

            near = quoted_list(did_you_mean(name, self.commands))
            ctx.fail(f"There is no command `{name}`.{near and f' Did you mean {near}?'}")
        return super().resolve_command(ctx, args)


def ended(arguments: Sequence[str]) -> int:
    """Run a command line to its end, whatever end that is, and return the exit status.

    A traceback is shown only where that is asked for.
    """
    try:
        return int(EDGEWISE.main(list(arguments), prog_name="edgewise", standalone_mode=False) or 0)
    except click.UsageError as error:
        shown = StringIO()
        error.show(shown)
        complain(shown.getvalue())
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where a bug ends
        if "--debug" in arguments:
            complain("".join(format_exception(error)))
        _tell_failure(error)
    return COULD_NOT


def _tell_failure(error: Exception) -> None:
    if isinstance(error, OSError):
        complain_of(error)
    elif isinstance(error, MemoryError):
        complain("edgewise: there is not enough memory\n")
    else:
        complain(BUG.format(kind=type(error).__name__, message=error))


EDGEWISE = Edgewise(
    "edgewise",
    commands=COMMANDS,
    params=common_options(),
    help=HELP,
    epilog=epilog(EXAMPLES),
    context_settings=CONTEXT,
)
