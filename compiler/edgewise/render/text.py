"""Diagnostics for people: the lines they speak of, with marks below, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from edgewise.diagnostics import Diagnostic, Related, Severity
from edgewise.place import Span
from edgewise.render import MAX_BYTES, Report, shortened, summary, visible, visible_character

MOST_OF_A_FAMILY = 50
"""How many diagnostics of one family (`EW3`) are shown; the rest is counted."""

_CONTEXT = 2
_LINE = 120
_MOST_QUOTED = 3
_MOST_NAMED = 8
_LABEL = 200
_MESSAGE = 1_000
_HELP = 2_000
_HELP_LINES = 12
# Kept free for the lines that count what is not shown and for the summary.
_RESERVED = 2_000

_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_FRAME_STYLE = "1;34"
_BOLD = "1"

Lines = Callable[[str], list[str] | None]


def render(report: Report) -> str:
    """Return what a terminal shows: a block for each diagnostic, then one line about all."""
    blocks, left_out = _blocks(report)
    rest = [f"... and {number:,} more {family}xx (--format json has all)" for family, number in left_out]
    closing = [] if report.quiet else [summary(report)]
    paragraphs = [*blocks, *(["\n".join(rest)] if rest else []), *closing]
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _blocks(report: Report) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the blocks to show, in order, and how many of each family have no room."""
    quotes = _Quotes(report)
    shown: dict[int, str] = {}
    families: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    room = MAX_BYTES - _RESERVED
    # The heaviest first, so that no error is left out for the sake of a note before it.
    for number, each in sorted(enumerate(report.diagnostics), key=lambda pair: -pair[1].severity):
        family = each.code.number[:3]
        text = "\n".join(map(str.rstrip, _block(each, quotes))) if families[family] < MOST_OF_A_FAMILY else ""
        size = len(text.encode("utf-8", "backslashreplace")) + 2
        if not text or size > room:
            left_out[family] += 1
            continue
        families[family] += 1
        room -= size
        shown[number] = text
    return [shown[number] for number in sorted(shown)], sorted(left_out.items())


class _Quotes:
    """What blocks ask of a report: paths, colours, and the lines of a file, split once."""

    def __init__(self, report: Report) -> None:
        self.shown = report.shown
        self.colour = report.colour
        self.lines: Lines = cache(lambda file: _lines(report, file))

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text

    def frame(self, text: str) -> str:
        return self.paint(text, _FRAME_STYLE)

    def position(self, span: Span) -> str:
        return f"{self.shown(span.file)}:{span.line}:{span.column}"


def _lines(report: Report, file: str) -> list[str] | None:
    text = report.sources.get(file)
    return None if text is None else text.split("\n")


def _block(diagnostic: Diagnostic, quotes: _Quotes) -> Iterator[str]:
    """Yield the lines of one diagnostic; its parts are set apart by a line with a bar."""
    style = _STYLES[diagnostic.severity]
    at = diagnostic.at
    places = [each for each in (at, *(each.at for each in diagnostic.related)) if isinstance(each, Span)]
    gutter = max((len(str(span.line)) for span in places), default=1)
    bar = f"{' ' * gutter} {quotes.frame('|')}"
    kind = quotes.paint(f"{diagnostic.severity.word}[{diagnostic.code.number}]", style)
    yield f"{kind}: {quotes.paint(visible(shortened(diagnostic.message, _MESSAGE)), _BOLD)}"
    parts: list[list[str]] = []
    if isinstance(at, Span):
        where = f"{' ' * gutter}{quotes.frame('-->')} {quotes.position(at)}   {visible(diagnostic.path)}"
        look = _Look(gutter, "^", style, _CONTEXT)
        parts.append([where.rstrip(), *_quote(at, diagnostic.label, quotes, look)])
    elif diagnostic.label:
        parts.append(_remark("note", shortened(diagnostic.label, _LABEL), gutter, quotes))
    parts += _related(diagnostic.related, gutter, quotes)
    if diagnostic.help:
        found = f" ({quotes.position(diagnostic.help_at)})" if isinstance(diagnostic.help_at, Span) else ""
        parts.append(_remark("help", f"{shortened(diagnostic.help, _HELP)}{found}", gutter, quotes))
    for number, part in enumerate(parts):
        yield from [bar, *part] if number else part


def _related(related: Sequence[Related], gutter: int, quotes: _Quotes) -> Iterator[list[str]]:
    """Yield the other places: quoted where they are few, else in a line each."""
    mark = f"{' ' * gutter}{quotes.frame(':::')}"
    places = [(each.at, each.label) for each in related if isinstance(each.at, Span)]
    if len(places) <= _MOST_QUOTED:
        look = _Look(gutter, "-", _FRAME_STYLE, 0)
        for span, label in places:
            yield [f"{mark} {quotes.position(span)}", *_quote(span, label, quotes, look)]
        return
    named = [
        f"{mark} {quotes.position(span)}   {visible(shortened(label, _LABEL))}".rstrip()
        for span, label in places[:_MOST_NAMED]
    ]
    more = len(places) - len(named)
    yield [*named, f"{mark} and {more:,} more"] if more else named


def _remark(word: str, text: str, gutter: int, quotes: _Quotes) -> list[str]:
    """Return `= help: ...`, with the lines after the first below the text of the first."""
    first, *rest = map(visible, text.split("\n")[:_HELP_LINES])
    below = " " * (gutter + len(word) + 5)
    head = f"{' ' * gutter} {quotes.frame('=')} {quotes.paint(f'{word}:', _BOLD)} {first}"
    return [head, *(f"{below}{line}" for line in rest)]


class _Look(NamedTuple):
    """How wide the numbers of lines are, what the marks look like, how many lines stand before."""

    gutter: int
    mark: str
    style: str
    context: int


def _quote(span: Span, label: str, quotes: _Quotes, look: _Look) -> Iterator[str]:
    """Yield the line of a span with some before it, and the marks and the label below."""
    label = visible(shortened(label, _LABEL))
    bar = quotes.frame("|")
    lines = quotes.lines(span.file)
    if lines is None:
        if label:
            yield f"{' ' * look.gutter} {bar} {label}"
        return
    index = min(span.line, len(lines)) - 1
    line = lines[index].rstrip("\r")
    cut = _window(span, line)
    yield f"{' ' * look.gutter} {bar}"
    for number in range(max(0, index - look.context), index + 1):
        text = _shown_line(lines[number].rstrip("\r"), cut if number == index else 0)
        yield f"{quotes.frame(str(number + 1).rjust(look.gutter))} {bar} {text}".rstrip()
    blanks, marks = _marks(span, line, cut)
    under = quotes.paint(f"{look.mark * marks} {label}".rstrip(), look.style)
    yield f"{' ' * look.gutter} {bar} {' ' * blanks}{under}"


def _window(span: Span, line: str) -> int:
    """Return the first character of a line that is shown: a long line is cut around the span."""
    begin = min(span.column - 1, len(line))
    return begin - _LINE // 3 if len(line) > _LINE and begin > _LINE * 2 // 3 else 0


def _shown_line(line: str, cut: int) -> str:
    left, right = "..." if cut else "", "..." if len(line) > cut + _LINE else ""
    return left + "".join(map(_cell, line[cut : cut + _LINE])) + right


def _marks(span: Span, line: str, cut: int) -> tuple[int, int]:
    """Return how many columns are blank before the marks, and over how many there are marks."""
    begin = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    blanks = 3 * bool(cut) + _width(line[cut:begin])
    return blanks, max(1, _width(line[begin : min(end, cut + _LINE)]))


def _cell(character: str) -> str:
    return "    " if character == "\t" else visible_character(character)


def _width(text: str) -> int:
    """Return how many columns a terminal needs for a text."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_columns(_cell(character)) for character in text)


def _columns(shown: str) -> int:
    """Return the columns of one character as it is shown, which is several where it is an escape."""
    from unicodedata import category, east_asian_width  # noqa: PLC0415 - most texts do without

    if len(shown) > 1:
        return len(shown)
    return 0 if category(shown) in {"Mn", "Me"} else 2 if east_asian_width(shown) in {"W", "F"} else 1
