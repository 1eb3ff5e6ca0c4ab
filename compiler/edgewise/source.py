"""Files to sources: which files are manifests, and their text, read with every care.

Manifests come from strangers too. Only regular files are opened, never a link, a device or a pipe, and
nothing of a file that is refused is ever shown.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence

from edgewise.diagnostics import Code, Diagnostic
from edgewise.place import Source, Span

MAX_BYTES = 2_000_000
"""The size of the largest file that is read, in bytes."""

_SUFFIXES = (".yaml", ".yml")
_OPEN_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What nearly all manifests are made of. A text of nothing else needs no closer look, which takes longer
# than it takes to read it.
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n"

# What a reviewer cannot see, or YAML reads as the end of a line and an editor does not: C0 and C1
# controls, a lone CR, NEL, LS, PS, soft hyphen, zero-width and bidirectional controls, a byte order mark
# within the text, interlinear, shorthand, musical and tag characters, variation selectors' supplement,
# noncharacters.
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_NOT_ALLOWED = re.compile(f"[{_INVISIBLE}]|\r(?!\n)")
find_not_allowed = _NOT_ALLOWED.search
"""Find the first character that a manifest may not hold, written out or as an escape."""


def read(
    root: str, paths: Sequence[str], skipped: Sequence[str] = ()
) -> tuple[list[Source], list[Diagnostic]]:
    """Read every manifest under some paths, each once, sorted by path.

    `paths` and `skipped` (never read, with all below them) are files or folders, relative to the folder
    `root` or absolute. In folders only `*.yaml` and `*.yml` count, and nothing hidden. A path that cannot
    be read itself gives EW902, a file inside a folder that is not to be read EW105 to EW108.
    """
    root = os.path.abspath(root)
    skip = {os.path.normpath(os.path.join(root, path)) for path in skipped}
    diagnostics: list[Diagnostic] = []
    files: set[str] = set()
    for path in (os.path.normpath(os.path.join(root, each)) for each in paths):
        if not any(path == each or path.startswith(f"{each}/") for each in skip):
            files.update(_files(path, root, skip, diagnostics))
    sources = []
    for file in sorted(files, key=os.fsencode):
        found = read_file(file, shown_path(file, root))
        if isinstance(found, Source):
            sources.append(found)
        else:
            diagnostics.append(found)
    return sources, diagnostics


def shown_path(file: str, root: str) -> str:
    """Return a path relative to the project's folder, with escapes for what is no UTF-8."""
    relative = file[len(root) + 1 :] if file.startswith(f"{root}/") else os.path.relpath(file, root)
    return relative if relative.isascii() else os.fsencode(relative).decode("utf-8", "backslashreplace")


def _files(path: str, root: str, skip: set[str], diagnostics: list[Diagnostic]) -> Iterable[str]:
    """Return the manifests that a path names or that lie below it."""
    shown = shown_path(path, root)
    try:
        mode = os.lstat(path).st_mode
        if _goes_through_a_link(path, root):
            reason = "a folder on the way there is a link, and links are never followed"
        elif stat.S_ISDIR(mode):
            return _below(path, root, skip, diagnostics)
        elif not stat.S_ISREG(mode):
            reason = "it is neither a regular file nor a folder"
        elif os.access(path, os.R_OK):
            return (path,)
        else:
            reason = "permission denied"
    except OSError as error:
        diagnostics.append(cannot_read(shown, error))
    else:
        diagnostics.append(Diagnostic(Code.CANNOT_READ, f"cannot read {shown}: {reason}"))
    return ()


def _goes_through_a_link(path: str, root: str) -> bool:
    """Tell whether a folder between the root and a path below it is a link, which may lead anywhere."""
    if not path.startswith(f"{root}/"):
        return False
    below = os.path.dirname(path)[len(root) :]
    return os.path.realpath(root + below) != os.path.realpath(root) + below


def _below(top: str, root: str, skip: set[str], diagnostics: list[Diagnostic]) -> Iterator[str]:
    """Yield the manifests below a folder without ever following a link."""
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                found = [each for each in entries if not each.name.startswith(".") and each.path not in skip]
        except OSError as error:
            diagnostics.append(_cannot_look_into(folder, root, error, named=folder == top))
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            elif entry.name.endswith(_SUFFIXES) or (entry.is_symlink() and _leads_to_folder(entry)):
                yield entry.path


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_dir()
    except OSError:  # it goes round, or ends where nobody may look
        return True


def _cannot_look_into(folder: str, root: str, error: OSError, *, named: bool) -> Diagnostic:
    shown = shown_path(folder, root)
    if named:
        return cannot_read(shown, error)
    message = f"cannot look into this folder: {_reason(error)}"
    return _not_regular(shown, message, "make it readable, or move it out of `sources`")


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
    if not content.translate(None, _PLAIN):
        return Source(shown, text)
    found = find_not_allowed(text)
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
        return _not_regular(
            shown,
            "this is a link",
            "put the file itself there: links are never followed",
        )
    return _not_regular(
        shown, f"cannot be read: {_reason(error)}", "make it readable, or take it out of `sources`"
    )


def _not_regular(
    shown: str, message: str, help_: str = "only regular files are read as manifests"
) -> Diagnostic:
    return Diagnostic(Code.NOT_A_REGULAR_FILE, message, Span(shown, 1, 1, 1, 1), help=help_)


def _not_utf8(error: UnicodeDecodeError, shown: str) -> Diagnostic:
    before = error.object[: error.start].decode("utf-8")
    span = span_at(before, len(before), shown)
    byte = error.object[error.start]
    return Diagnostic(Code.NOT_UTF8, f"byte 0x{byte:02X} is not UTF-8", span, help="save the file as UTF-8")


def _not_allowed(text: str, index: int, shown: str) -> Diagnostic:
    character = text[index]
    more = sum(1 for _ in _NOT_ALLOWED.finditer(text)) - 1
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
