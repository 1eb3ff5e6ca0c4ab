"""`edgewise explain`: the page of a code, or what is behind a name of the catalog."""

from __future__ import annotations

import re

from edgewise.cli.options import Settings
from edgewise.cli.speech import complain, say
from edgewise.diagnostics import Code, did_you_mean, quoted_list

_IS_NUMBER = re.compile(r"ew[0-9]+", re.IGNORECASE).fullmatch
_NO_SUCH = 2


def run(settings: Settings, what: str) -> int:
    """Explain a code at once; look for anything that may be a name in the catalog first."""
    code = next((each for each in Code if what.lower() in {each.number.lower(), each.slug}), None)
    if _IS_NUMBER(what):
        return _unknown_code(what) if code is None else _explain_code(code)
    if code is not None and "-" in what:
        return _explain_code(code)
    from edgewise.cli.meaning import explain_name  # noqa: PLC0415 - a code needs no catalog

    # A slug of one word may be a name as well.
    besides = [each.slug for each in Code]
    return explain_name(settings, what, besides, None if code is None else lambda: _explain_code(code))


def _explain_code(code: Code) -> int:
    from edgewise.pages import page  # noqa: PLC0415 - a name needs no pages

    say(page(code.number) or f"# {code.number} {code.slug} ({code.severity.word})\n")
    return 0


def _unknown_code(what: str) -> int:
    near = quoted_list(did_you_mean(what, [each.number for each in Code]))
    complain(f"edgewise: there is no code `{what}`.{near and f' Did you mean {near}?'}\n")
    return _NO_SUCH
