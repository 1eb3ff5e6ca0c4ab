"""The pages of EW9xx: the project file, and the disk."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.pages.page import Page

PAGES: Mapping[str, Page] = {
    "EW901": Page(
        what="""
            Something is wrong with the project file `edgewise.yaml`: its YAML, a key, a path, a
            code. Or a target that it names is there, from an installed package, and cannot be used.
            """,
        why="""
            It says where manifests are and where output goes. Half understood, the right
            files could be compiled into the wrong place, so that nothing is done at all.
            """,
        wrong="""
            version: 1
            sources: [../schemas]
            targets: {postgres: {}}
            """,
        right="""
            version: 1
            sources: [schemas]
            targets: {postgresql: {}}
            """,
        of="project file",
        advice="""
            The keys are `version`, `sources`, `out`, `targets` and `lint`. All paths lie
            below the folder of the file; `edgewise targets` lists the targets.
            """,
    ),
    "EW902": Page(
        what="""
            A file or folder that is named on the command line, in `sources` or with
            `--config` is not there or cannot be read.
            """,
        why="""
            What was asked for cannot be looked at, so that no verdict on it could be right.
            A file that is merely found in a folder is a finding instead (EW108).
            """,
        advice="""
            Look at the spelling, and at the folder the command was started in: paths in
            `sources` begin at the folder of `edgewise.yaml`, those on the command line
            where you stand.
            """,
    ),
    "EW903": Page(
        what="""
            The output could not be written: no permission, no space, a folder outside of the
            project, or something in the way that no build wrote. Where it says nothing else,
            the old output is as it was.
            """,
        why="""
            Output is whole or not at all, and what somebody wrote by hand is never replaced.
            All of it is put on the disk first and only then moved to its place.
            """,
        advice="""
            Make the output folder and the one above it writable, or name another with
            `--out`. Move away what stands where a file has to go.
            """,
    ),
    "EW904": Page(
        what="""
            With `build --check`: what is on the disk is not what the manifests compile to.
            Stale, missing and extra files are listed, with the first line that differs. As a
            warning of `build`: an earlier build died while it wrote, and this one has mended
            what it left.
            """,
        why="""
            Where output is committed, it is what is deployed. A manifest that was changed
            without it has no effect, and the next build would mix two changes in one.
            """,
        advice="Run `edgewise build` and commit what it writes.",
    ),
}
