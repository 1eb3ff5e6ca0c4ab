"""Files to sources: which files are manifests, and their text, read with every care.

Manifests come from strangers too. Only regular files are opened, never a link, a device or a pipe, and
nothing of a file that is refused is ever shown.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence

from edgewise.diagnostics import Code, Diagnostic
from edgewise.place import Source, Span

MAX_BYTES = 2_000_000
"""The size of the largest file that is read, in bytes."""

_SUFFIXES = (".yaml", ".yml")
_OPEN_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

# What a reviewer cannot see, or YAML reads as the end of a line and an editor does not: C0 and C1
# controls, a lone CR, NEL, LS, PS, soft hyphen, zero-width and bidirectional controls, a byte order mark
# within the text, interlinear and tag characters, variation selectors' supplement, noncharacters.
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
find_not_allowed = re.compile(f"[{_INVISIBLE}]|\r(?!\n)").search
"""Find the first character that a manifest may not hold, written out or as an escape."""
_find_not_allowed_in_ascii = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)").search


def read(
    root: str, paths: Sequence[str], skipped: Sequence[str] = ()
) -> tuple[list[Source], list[Diagnostic]]:
    """Read every manifest under some paths, each once, sorted by path.

    `paths` and `skipped` (never read, with all below them) are files or folders, relative to the folder
    `root` or absolute. In folders only `*.yaml` and `*.yml` count, and nothing hidden. A path that cannot
    be read itself gives EW902, a file inside a folder that is not to be read EW105 to EW108.
    """
    diagnostics: list[Diagnostic] = []
    skip = {os.path.normpath(os.path.join(root, path)) for path in skipped}
    files = {os.path.normpath(file) for file in _files(root, paths, skip, diagnostics)}
    sources = []
    for file in sorted(files, key=os.fsencode):
        found = read_file(file, shown_path(file, root))
        if isinstance(found, Source):
            sources.append(found)
        else:
            diagnostics.append(found)
    return sources, diagnostics


def shown_path(file: str, root: str) -> str:
    """Return a path relative to the project's folder, with `/`, and with escapes for what is no UTF-8."""
    relative = (
        os.path.relpath(file, root) if not file.startswith(f"{root}{os.sep}") else file[len(root) + 1 :]
    )
    return os.fsencode(relative).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def _files(root: str, paths: Iterable[str], skip: set[str], diagnostics: list[Diagnostic]) -> Iterator[str]:
    for path in paths:
        full = os.path.normpath(os.path.join(root, path))
        shown = shown_path(full, root)

        def refuse(error: OSError, shown: str = shown) -> None:
            diagnostics.append(cannot_read(shown, error))

        try:
            mode = os.lstat(full).st_mode
        except OSError as error:
            refuse(error)
            continue
        if stat.S_ISDIR(mode):
            yield from _below(full, root, skip, refuse, diagnostics)
        elif stat.S_ISREG(mode) and os.access(full, os.R_OK):
            yield full
        else:
            reason = (
                "permission denied" if stat.S_ISREG(mode) else "it is neither a regular file nor a folder"
            )
            diagnostics.append(Diagnostic(Code.CANNOT_READ, f"cannot read {shown}: {reason}"))


def _below(
    folder: str,
    root: str,
    skip: set[str],
    refuse: Callable[[OSError], None],
    diagnostics: list[Diagnostic],
) -> Iterator[str]:
    """Yield the manifests below a folder without ever following a link."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        refuse(error)
        return
    for entry in found:
        if entry.name.startswith(".") or entry.path in skip:
            continue
        if entry.is_dir(follow_symlinks=False):

            def report(error: OSError, shown: str = shown_path(entry.path, root)) -> None:
                message = f"cannot look into this folder: {_reason(error)}"
                diagnostics.append(
                    _not_regular(shown, message, "make it readable, or move it out of `sources`")
                )

            yield from _below(entry.path, root, skip, report, diagnostics)
        elif entry.name.endswith(_SUFFIXES) or (entry.is_symlink() and entry.is_dir()):
            yield entry.path


def read_file(file: str, shown: str) -> Source | Diagnostic:
    """Read one file, or say why it is refused; `shown` is its path as people are to see it."""
    try:
        descriptor = os.open(file, _OPEN_FLAGS)
    except OSError as error:
        return _refused(file, shown, error)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return _not_regular(shown, "is not a regular file")
        content = _content(descriptor, min(status.st_size, MAX_BYTES) + 1)
    except OSError as error:
        return _refused(file, shown, error)
    finally:
        os.close(descriptor)
    return decoded(content, shown)


def _content(descriptor: int, size: int) -> bytes:
    """Read up to one byte more than is allowed; usually one call, as the size is known."""
    content = os.read(descriptor, size)
    if len(content) < size:
        return content
    parts = [content]
    while sum(map(len, parts)) <= MAX_BYTES and (more := os.read(descriptor, MAX_BYTES + 1)):
        parts.append(more)
    return b"".join(parts)


def decoded(content: bytes, shown: str) -> Source | Diagnostic:
    """Turn a file's bytes into a source, or say which rule of the text they break."""
    if len(content) > MAX_BYTES:
        message = f"file is larger than {MAX_BYTES:,} bytes"
        help_ = "split it: declarations of one catalog may stand in any number of files"
        return Diagnostic(Code.TOO_LARGE, message, Span(shown, 1, 1, 1, 1), help=help_)
    try:
        text = content.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(error, shown)
    found = (_find_not_allowed_in_ascii if text.isascii() else find_not_allowed)(text)
    return Source(shown, text) if found is None else _not_allowed(text, found.start(), shown)


def span_at(text: str, index: int, file: str, length: int = 1) -> Span:
    """Return the span of `length` characters from `index` on, on one line."""
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(file, line, column, line, column + length)


def character_name(character: str) -> str:
    """Name a character that cannot be shown: `U+202E`."""
    return f"U+{ord(character):04X}"


def cannot_read(shown: str, error: OSError) -> Diagnostic:
    """Say that a file or folder that was asked for cannot be read."""
    return Diagnostic(Code.CANNOT_READ, f"cannot read {shown}: {_reason(error)}")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _refused(file: str, shown: str, error: OSError) -> Diagnostic:
    if os.path.islink(file):
        return _not_regular(shown, "is a link", "put the file itself there: links are never followed")
    return _not_regular(
        shown, f"cannot be read: {_reason(error)}", "make it readable, or take it out of `sources`"
    )


def _not_regular(
    shown: str, message: str, help_: str = "only regular files are read as manifests"
) -> Diagnostic:
    return Diagnostic(Code.NOT_A_REGULAR_FILE, message, Span(shown, 1, 1, 1, 1), help=help_)


def _not_utf8(error: UnicodeDecodeError, shown: str) -> Diagnostic:
    before = error.object[: error.start].decode("utf-8")
    span = span_at(before.removeprefix("\ufeff"), len(before.removeprefix("\ufeff")), shown)
    byte = error.object[error.start]
    return Diagnostic(Code.NOT_UTF8, f"byte 0x{byte:02X} is not UTF-8", span, help="save the file as UTF-8")


def _not_allowed(text: str, index: int, shown: str) -> Diagnostic:
    character = text[index]
    more = sum(1 for _ in re.finditer(f"[{_INVISIBLE}]|\r(?!\n)", text)) - 1
    message = f"character {character_name(character)} is not allowed"
    if character == "\r":
        message = "a carriage return without a line feed is not allowed"
    return Diagnostic(
        Code.CHARACTER_NOT_ALLOWED,
        f"{message} (and {more} more in this file)" if more else message,
        span_at(text, index, shown),
        "cannot be seen here, or reads as a line end",
        "take it out: what a reviewer reads has to be what is compiled",
    )
