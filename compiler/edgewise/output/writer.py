"""The writer: stage, flush, rename; and take back what was renamed when that fails."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from edgewise.diagnostics import Code, Diagnostic
from edgewise.output.folder import Folder, Refused, turn
from edgewise.output.plan import MANIFEST, MARKER, OWN, STAGE, Outputs, Plan, by_path, plan, recording

# Up to so many files are flushed one by one, which waits for the disk each time: milliseconds on a real
# one. Above, one `sync` of the whole machine costs less: for 30,000 files the waits would be minutes.
_FEW = 100
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_OURS_ALONE = frozenset((errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY))
_CANNOT_FLUSH = frozenset((errno.EINVAL, errno.ENOTSUP))


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did, as paths below the output folder.

    `healed` tells that an earlier build had died while it renamed, so that the outputs were mixed.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    healed: bool


class _HalfTakenBackError(OSError):
    """What failed could not be taken back either."""


def write(
    root: str, out: str, outputs: Outputs, waiting: Callable[[], None] = lambda: None
) -> Written | list[Diagnostic]:
    """Make the folder `out` of the project at `root` hold the outputs of some targets, or say why it cannot.

    A target of this build without artifacts has no files left afterwards. Other targets' files, and
    whatever else lies in the folder, stay as they are. `waiting` is called when another build is at work
    there. Raises ValueError for artifacts that cannot be files side by side.
    """
    files = by_path(outputs)
    try:
        with turn(root, out, writing=True, waiting=waiting) as folder:
            todo = plan(folder, files, outputs)
            if foreign := todo.paths("foreign"):
                raise Refused(_foreign(folder.name(path)) for path in foreign)
            _carry_out(todo, files, folder)
    except Refused as refused:
        return refused.diagnostics
    except OSError as error:
        return [_cannot_write(error, root, out)]
    written, unchanged = todo.paths("missing", "changed"), todo.paths("unchanged")
    return Written(tuple(written), tuple(unchanged), tuple(todo.obsolete), todo.is_mixed)


def _foreign(shown: str) -> Diagnostic:
    return Diagnostic(
        Code.CANNOT_WRITE,
        f"`{shown}` is in the way: no build wrote it, and its content is another",
        help="move it away, or choose another output folder",
    )


def _cannot_write(error: OSError, root: str, out: str) -> Diagnostic:
    shown = os.path.relpath(error.filename, root) if isinstance(error.filename, str) else out
    reason = (error.strerror or type(error).__name__).lower()
    help_ = "the outputs are as they were before"
    if isinstance(error, _HalfTakenBackError):
        help_ = "some outputs are new and some old: mend the cause, then run `edgewise build` again"
    return Diagnostic(Code.CANNOT_WRITE, f"cannot write `{shown}`: {reason}", help=help_)


def _carry_out(todo: Plan, files: Mapping[str, bytes], folder: Folder) -> None:
    _sweep(folder)
    if todo.is_done:
        return
    try:
        _stage(todo, files, folder)
        with _undisturbed():
            _publish(todo, folder)
    finally:
        with suppress(OSError):
            _sweep(folder)
        with suppress(OSError):  # it is empty where nothing came of the very first build
            os.rmdir(folder.at(OWN))


def _sweep(folder: Folder) -> None:
    """Remove what is staged: by this run, or by one that died before."""
    stage = folder.at(STAGE)
    with suppress(FileNotFoundError):
        for name in os.listdir(stage):
            os.unlink(f"{stage}/{name}")
        os.rmdir(stage)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let whoever wants to stop the program wait until files are renamed, which is a matter of a moment."""
    stopping = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, stopping)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---- staging ----


def _stage(todo: Plan, files: Mapping[str, bytes], folder: Folder) -> None:
    with suppress(FileExistsError):
        os.mkdir(folder.at(OWN))
    os.mkdir(folder.at(STAGE))
    paths = todo.paths("missing", "changed")
    flush = len(paths) <= _FEW
    for number, path in enumerate(paths):
        _put(_staged(folder, number), files[path], folder.at(path), flush=flush)
    _put(_staged(folder, MANIFEST), todo.record, folder.at(MANIFEST), flush=flush)
    _put(_staged(folder, MARKER), recording(todo.ours), folder.at(MARKER), flush=flush)
    if not flush:
        os.sync()


def _staged(folder: Folder, what: int | str) -> str:
    return folder.at(f"{STAGE}/{str(what).rpartition('/')[2]}")


def _put(path: str, content: bytes, meant: str, *, flush: bool) -> None:
    """Write a new file; what fails is said of the file that it is meant for."""
    try:
        descriptor = os.open(path, _FLAGS, 0o666)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if flush:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise OSError(error.errno, error.strerror, meant) from error


# ---- renaming ----


def _publish(todo: Plan, folder: Folder) -> None:
    undo: list[Callable[[], None]] = []
    try:
        _rename(_staged(folder, MARKER), folder.at(MARKER))
        undo.append(partial(os.unlink, folder.at(MARKER)))
        _flush([folder.at(OWN)])
        _replace(todo, folder, undo)
        _flush({os.path.dirname(folder.at(path)) for path in _touched(todo)})
        _rename(_staged(folder, MANIFEST), folder.at(MANIFEST))
    except OSError as error:
        _take_back(undo, error)
        raise
    try:
        os.unlink(folder.at(MARKER))
        _flush([folder.at(OWN)])
    except OSError as error:
        raise _HalfTakenBackError(error.errno, error.strerror, folder.at(MARKER)) from error


def _replace(todo: Plan, folder: Folder, undo: list[Callable[[], None]]) -> None:
    """Remove and rename everything, and note how each step is taken back."""
    for number, path in enumerate(todo.obsolete):
        kept = _staged(folder, f"old{number}")
        _rename(folder.at(path), kept)
        undo.append(partial(os.rename, kept, folder.at(path)))
    for path in todo.deserted:
        if _removed(folder.at(path)):
            undo.append(partial(os.mkdir, folder.at(path)))  # noqa: PERF401 - noted before the next may fail
    for path in todo.new_folders:
        os.mkdir(folder.at(path))
        undo.append(partial(os.rmdir, folder.at(path)))
    for number, path in enumerate(todo.paths("missing", "changed")):
        full = folder.at(path)
        if todo.states[path] == "changed":
            kept = _staged(folder, f"kept{number}")
            _keep(full, kept)
            undo.append(partial(os.rename, kept, full))
            _rename(_staged(folder, number), full)
        else:
            _rename(_staged(folder, number), full)
            undo.append(partial(os.unlink, full))


def _touched(todo: Plan) -> Iterable[str]:
    """Return what has another entry in its folder than before."""
    return [*todo.paths("missing", "changed"), *todo.obsolete, *todo.new_folders, *todo.deserted]


def _keep(path: str, kept: str) -> None:
    """Keep a file that is about to be replaced, without leaving a moment in which it is not there."""
    try:
        os.link(path, kept, follow_symlinks=False)
    except OSError:  # a disk without hard links, or a file of another user's
        _rename(path, kept)


def _rename(path: str, to: str) -> None:
    try:
        os.rename(path, to)
    except OSError as error:
        named = path if f"/{STAGE}/" in to else to
        raise OSError(error.errno, error.strerror, named) from error


def _removed(path: str) -> bool:
    """Remove a folder unless there is something of somebody else's in it."""
    try:
        os.rmdir(path)
    except OSError as error:
        if error.errno not in _NOT_OURS_ALONE:
            raise
        return False
    return True


def _take_back(undo: list[Callable[[], None]], error: OSError) -> None:
    try:
        for step in reversed(undo):
            step()
    except OSError:
        raise _HalfTakenBackError(error.errno, error.strerror, error.filename) from error


def _flush(folders: Iterable[str]) -> None:
    """Make sure that what was renamed in some folders would outlive a power cut."""
    there = sorted(filter(os.path.isdir, folders))
    if len(there) > _FEW:
        os.sync()
        return
    for folder in there:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _CANNOT_FLUSH:  # some disks flush no folders, and need not
                raise
        finally:
            os.close(descriptor)
