"""What a build has to do, found by comparing the output folder with what it is to hold."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal, NamedTuple

from edgewise.output.folder import (
    Folder,
    Refused,
    existing,
    folders_of,
    holds,
    in_the_way,
    read_bytes,
    status_of,
)
from edgewise.target import Artifact, json_bytes

OWN = ".edgewise"
"""The folder below the output folder that is ours alone."""
MANIFEST = f"{OWN}/manifest.json"
MARKER = f"{OWN}/unfinished.json"
STAGE = f"{OWN}/stage"

Outputs = Mapping[str, Iterable[Artifact]]
"""The artifacts of a build by the name of their target; each is asked for once, and then let go of."""

_PART = re.compile(r"(?!\.\.?\Z)[A-Za-z0-9._-]+\Z").match
_RECORDED = re.compile(r'^\s*"([^"\n]+)": (?:\{|"([0-9a-f]{64})")', re.MULTILINE)


class Owner(NamedTuple):
    """Whose a file is, and the SHA-256 of its content in hexadecimal."""

    target: str
    sha256: str


Record = dict[str, Owner]
State = Literal["missing", "changed", "foreign", "unchanged"]


class Plan(NamedTuple):
    """What there is to do: sorted paths below the output folder.

    A `foreign` file is in the way of one of ours: it has another content, and no build of ours wrote it.
    `obsolete` are files of earlier builds to be removed, `deserted` the folders that then may be empty, the
    inner before the outer, `new_folders` those to be made, the outer before the inner.
    `record` is the content of the manifest afterwards, and `is_recorded` tells whether it is that already.
    `ours` are all files that are ours before, meanwhile and afterwards. `is_mixed` tells that an earlier
    build died while it renamed.
    """

    states: Mapping[str, State]
    obsolete: list[str]
    deserted: list[str]
    new_folders: list[str]
    record: bytes
    ours: Record
    is_recorded: bool
    is_mixed: bool

    def paths(self, *states: State) -> list[str]:
        """Return the files that are in one of some states."""
        return [path for path, state in self.states.items() if state in states]

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to do."""
        clean = self.is_recorded and not self.is_mixed and not self.obsolete
        return clean and not self.paths("missing", "changed", "foreign")


class Content(NamedTuple):
    """What a file is to hold: whose it is, and whether the output folder has it already."""

    owner: Owner
    is_there: bool


Contents = Mapping[str, Content]


def take(outputs: Outputs, folder: Folder, keep: Callable[[str, bytes], None]) -> Contents:
    """Look at every artifact, let `keep` have those that are not there yet, and return all by path, sorted.

    Artifacts come one by one, and nothing of them stays in memory: together they may be larger than all
    the rest. Raises ValueError, as it is a bug of a target, where two of them could not be files side by
    side on every disk, or a path could lead elsewhere.
    """
    contents: dict[str, Content] = {}
    ways: dict[str, bool] = {}
    for target, artifacts in outputs.items():
        for path, content in artifacts:
            if not _is_safe(path):
                raise ValueError(f"not a path for an artifact: {path!r}")
            if path in contents:
                raise ValueError(f"two artifacts would be one file: {path!r}")
            is_there = _is_way(folder, path.rpartition("/")[0], ways) and _has(folder, path, content)
            if not is_there:
                keep(path, content)
            contents[path] = Content(Owner(target, hashlib.sha256(content).hexdigest()), is_there)
    _stand_side_by_side(contents)
    return dict(sorted(contents.items()))


def _is_way(folder: Folder, path: str, known: dict[str, bool]) -> bool:
    """Tell whether there is a folder at a path and no link on the way to it."""
    if path not in known:
        status = status_of(folder.at(path)) if path else None
        is_folder = not path or (status is not None and stat.S_ISDIR(status.st_mode))
        known[path] = is_folder and (not path or _is_way(folder, path.rpartition("/")[0], known))
    return known[path]


def _has(folder: Folder, path: str, content: bytes) -> bool:
    status = status_of(folder.at(path))
    if status is None or not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
        return False
    return holds(folder.at(path), content)


def _stand_side_by_side(paths: Collection[str]) -> None:
    folders = folders_of(paths)
    if len({path.lower() for path in (*folders, *paths)}) < len(folders) + len(paths):
        raise ValueError("two artifacts would be one file, or one would be the folder of another")


def _is_safe(path: str) -> bool:
    parts = path.split("/")
    return all(map(_PART, parts)) and parts[0].lower() != OWN


def plan(folder: Folder, files: Contents, targets: Collection[str]) -> Plan:
    """Find what there is to do for files of some targets; raises Refused for links, devices and the like."""
    there = existing(folder, own := [OWN, STAGE], own)
    recorded, halfway = (_content(folder, path, there) for path in (MANIFEST, MARKER))
    before = _read_record(recorded)
    owned = before | _read_record(halfway)
    gone = {path for path, owner in owned.items() if owner.target in targets and path not in files}
    needed = folders_of(files)
    there |= existing(folder, folders_of([*files, *gone]), set(needed), gone)
    after = {path: owner for path, owner in before.items() if owner.target not in targets}
    after |= {path: content.owner for path, content in files.items()}
    record = recording(after)
    # Of what is gone already, an earlier build that died halfway may have left the folders.
    deserted = there.intersection(folders_of(gone)).difference(needed)
    return Plan(
        states=_states(folder, files, there, owned, deserted),
        obsolete=[path for path in sorted(gone) if _is_file(folder, path, there)],
        deserted=sorted(deserted, reverse=True),
        new_folders=[path for path in needed if path not in there],
        record=record,
        ours=owned | after,
        is_recorded=recorded == record,
        is_mixed=halfway is not None,
    )


def _states(
    folder: Folder, files: Contents, there: set[str], owned: Record, deserted: set[str]
) -> dict[str, State]:
    states: dict[str, State] = {}
    refused = []
    for path, content in files.items():
        status = _status(folder, path, there)
        if status is None or (stat.S_ISDIR(status.st_mode) and path in deserted):
            states[path] = "missing"
        elif not stat.S_ISREG(status.st_mode):
            refused.append(in_the_way(folder.name(path), status.st_mode, "a file"))
        elif content.is_there:
            states[path] = "unchanged"
        else:
            states[path] = "changed" if path in owned else "foreign"
    if refused:
        raise Refused(refused)
    return states


def _status(folder: Folder, path: str, there: set[str]) -> os.stat_result | None:
    return status_of(folder.at(path)) if path.rpartition("/")[0] in there else None


def _is_file(folder: Folder, path: str, there: set[str]) -> bool:
    status = _status(folder, path, there)
    return status is not None and stat.S_ISREG(status.st_mode)


# ---- the record of a build ----


def recording(record: Record) -> bytes:
    """Return a record as it is written: what depends on the outputs alone, sorted."""
    targets: dict[str, dict[str, str]] = {owner.target: {} for owner in sorted(record.values())}
    for path, owner in sorted(record.items()):
        targets[owner.target][path] = owner.sha256
    return json_bytes({"version": 1, "targets": targets})


def _content(folder: Folder, path: str, there: set[str]) -> bytes | None:
    """Return what an earlier build recorded at a path, None where there is nothing."""
    status = _status(folder, path, there)
    if status is None:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise Refused([in_the_way(folder.name(path), status.st_mode, "a file")])
    return read_bytes(folder.at(path))


def _read_record(content: bytes | None) -> Record:
    """Read a record line by line, so that one with the marks of a merge conflict still says what is ours."""
    record: Record = {}
    target = ""
    for name, sha256 in _RECORDED.findall((content or b"").decode("utf-8", "replace")):
        if not sha256:
            target = name
        elif _is_safe(name):
            record[name] = Owner(target, sha256)
    return record
