"""The writer: stage, flush, rename; and take back what was renamed when that fails."""

from __future__ import annotations

import errno
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from edgewise.diagnostics import Code, Diagnostic
from edgewise.output.folder import Folder, Refused, existing, turn
from edgewise.output.plan import MANIFEST, MARKER, OWN, STAGE, Outputs, Plan, plan, recording, take

# Up to so many files are flushed one by one, which waits for the disk each time: milliseconds on a real
# one. Above, one `sync` of the whole machine costs less: for 30,000 files the waits would be minutes.
_FEW = 100
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_OURS_ALONE = frozenset((errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY))
_CANNOT_FLUSH = frozenset((errno.EINVAL, errno.ENOTSUP))


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did, as paths below the output folder; `numbers` is how many files each target has.

    `healed` tells that an earlier build had died while it renamed, so that the outputs were mixed.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    numbers: Mapping[str, int]
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
    try:
        with turn(root, out, writing=True, waiting=waiting) as folder, _stage(folder) as stage:
            files = take(outputs, folder, stage.put)
            todo = plan(folder, files, outputs.keys())
            if foreign := todo.paths("foreign"):
                raise Refused(_foreign(folder.name(path)) for path in foreign)
            if not todo.is_done:
                stage.finish(todo)
                with _undisturbed():
                    _publish(todo, stage)
    except Refused as refused:
        return refused.diagnostics
    except OSError as error:
        return [_cannot_write(error, root, out)]
    owners = Counter(content.owner.target for content in files.values())
    written, unchanged = todo.paths("missing", "changed"), todo.paths("unchanged")
    return Written(tuple(written), tuple(unchanged), tuple(todo.obsolete), owners, todo.is_mixed)


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


class _Stage:
    """New files on their way into the output folder, each under the number of its turn."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._numbers: dict[str, int] = {}

    def at(self, what: int | str) -> str:
        """Return the full path of something that is staged, or kept, under a name of its own."""
        return self.folder.at(f"{STAGE}/{str(what).rpartition('/')[2]}")

    def of(self, path: str) -> str:
        """Return the full path of what is staged for a path of the output folder."""
        return self.at(self._numbers[path])

    def put(self, path: str, content: bytes) -> None:
        """Stage the content of one file."""
        if not self._numbers:
            self._open()
        self._numbers[path] = len(self._numbers)
        _put(self.of(path), content, self.folder.at(path))

    def finish(self, todo: Plan) -> None:
        """Stage the record of the build and the marker, and see that all that is staged is on the disk."""
        if not self._numbers:
            self._open()
        _put(self.at(MANIFEST), todo.record, self.folder.at(MANIFEST))
        _put(self.at(MARKER), recording(todo.ours), self.folder.at(MARKER))
        _flush([*map(self.of, self._numbers), self.at(MANIFEST), self.at(MARKER)])

    def _open(self) -> None:
        with suppress(FileExistsError):
            os.mkdir(self.folder.at(OWN))
        os.mkdir(self.folder.at(STAGE))


@contextmanager
def _stage(folder: Folder) -> Iterator[_Stage]:
    """Stage in a folder that is empty before and gone afterwards, whatever happens in between."""
    existing(folder, own := [OWN, STAGE], own)  # nothing is swept through a link
    _sweep(folder)
    try:
        yield _Stage(folder)
    finally:
        with suppress(OSError):
            _sweep(folder)
        with suppress(OSError):  # it is empty where nothing came of the very first build
            os.rmdir(folder.at(OWN))


def _put(path: str, content: bytes, meant: str) -> None:
    """Write a new file; what fails is said of the file that it is meant for."""
    try:
        descriptor = os.open(path, _FLAGS, 0o666)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
    except OSError as error:
        raise OSError(error.errno, error.strerror, meant) from error


# ---- renaming ----


def _publish(todo: Plan, stage: _Stage) -> None:
    folder, undo = stage.folder, list[Callable[[], None]]()
    try:
        _rename(stage.at(MARKER), folder.at(MARKER))
        undo.append(partial(os.unlink, folder.at(MARKER)))
        _flush([folder.at(OWN)])
        _replace(todo, stage, undo)
        _flush({os.path.dirname(folder.at(path)) for path in _touched(todo)})
        _rename(stage.at(MANIFEST), folder.at(MANIFEST))
    except OSError as error:
        _take_back(undo, error)
        raise
    try:
        os.unlink(folder.at(MARKER))
        _flush([folder.at(OWN)])
    except OSError as error:
        raise _HalfTakenBackError(error.errno, error.strerror, folder.at(MARKER)) from error


def _replace(todo: Plan, stage: _Stage, undo: list[Callable[[], None]]) -> None:
    """Remove and rename everything, and note how each step is taken back."""
    folder = stage.folder
    for number, path in enumerate(todo.obsolete):
        kept = stage.at(f"old{number}")
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
            kept = stage.at(f"kept{number}")
            _keep(full, kept)
            undo.append(partial(os.rename, kept, full))
            _rename(stage.of(path), full)
        else:
            _rename(stage.of(path), full)
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


def _flush(paths: Iterable[str]) -> None:
    """Make sure that some files or folders would outlive a power cut."""
    there = sorted(filter(os.path.lexists, paths))
    if len(there) > _FEW:
        os.sync()
        return
    for path in there:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _CANNOT_FLUSH:  # some disks flush no folders, and need not
                raise
        finally:
            os.close(descriptor)
