"""What can be asked on the command line: every command with its help, and nothing of how it is done."""

from __future__ import annotations

import click

from edgewise.cli.options import Command

_STATUS = "Ends with 0 where all is well, 1 where something is wrong, 2 where the job could not be done."

CHECK = Command(
    "check",
    "Check the manifests, and what each target has to say of them.",
    f"PATHs, files or folders, take the place of the project's sources. Nothing is written. {_STATUS}",
    [click.Argument(["paths"], nargs=-1, metavar="[PATH]...")],
    examples=(
        ("edgewise check", "check the whole catalog, as hooks do"),
        ("edgewise check schemas/sales.yaml", "check one file as if it were all there is"),
        ("edgewise check -v --fail-on warning", "tell notes too, and let warnings fail"),
        ("edgewise check --format json", "the same for programs"),
    ),
)

BUILD = Command(
    "build",
    "Check, then write what every target makes of the catalog.",
    "The outputs are written whole or not at all, and not where there is an error. Files of earlier builds "
    f"that are no longer outputs are removed; nothing else in the folder is touched. {_STATUS}",
    [
        click.Option(
            ["--target", "names"],
            multiple=True,
            metavar="TARGET",
            help="Build this target only; may be repeated.",
        ),
        click.Option(["--out"], metavar="DIR", help="Write there instead.  [default: `out` of the project]"),
        click.Option(
            ["--check", "only_compare"],
            is_flag=True,
            help="Write nothing: tell which files are stale, missing or extra.",
        ),
    ],
    examples=(
        ("edgewise build", "write the outputs of all targets of the project"),
        ("edgewise build --target sqlite --target boom", "write those of two"),
        ("edgewise build --check", "tell whether committed outputs are current"),
    ),
)

PROVE = Command(
    "prove",
    "Prove on a running database that what is declared is held.",
    "Loads what a target emits into a throw-away database, derives from the manifests rows that must be "
    "taken and rows that must be refused, and tries them all. Each rule is `enforced`, `found by query` "
    "(`edgewise_violation` lists what breaks it), one that `cannot be known here`, or NOT HELD. What is "
    "there already on a server is not touched. One writer tries: what only two at once could do is not. "
    f"{_STATUS}",
    [
        click.Option(
            ["--target", "names"],
            multiple=True,
            metavar="TARGET",
            help="Prove this target; may be repeated.  [default: those of the URL, or that need no server]",
        ),
        click.Option(["--url"], metavar="URL", help="The server on which to make the throw-away database."),
    ],
    examples=(
        ("edgewise prove", "on a database in memory"),
        ("edgewise prove --url postgresql://postgres@localhost/postgres", "on a server"),
        ("edgewise prove -v", "tell what is enforced too"),
        ("edgewise prove --format json", "the same for programs"),
    ),
    formats=("text", "json"),
)

EXPLAIN = Command(
    "explain",
    "Explain a code, or what a name of the catalog means.",
    "Of a code, its page: what it says, why, and what to do. Of a relationship or object type: what it "
    "means in sentences, where it is declared, its neighbours, and what each target makes of it.",
    [click.Argument(["what"], metavar="CODE|NAME")],
    examples=(
        ("edgewise explain EW301", "the page of a code"),
        ("edgewise explain unknown-object-type", "the same by its name"),
        ("edgewise explain placed", "a relationship type"),
    ),
)

LIST = Command(
    "list",
    "List the catalog.",
    "Object types, relationship types and groups, sorted by name.",
    [],
    examples=(("edgewise list", "as a table"), ("edgewise list --format json", "for programs")),
    formats=("table", "json"),
)

GRAPH = Command(
    "graph",
    "Draw the catalog, or a part of it.",
    "The source of a picture goes to standard output: Mermaid, Graphviz (dot) or D2; or the graph itself "
    "for programs, as GraphML or JSON. What states `graph: false` among its targets is left out. "
    f"{_STATUS}",
    [
        click.Option(
            ["--focus"],
            metavar="NAME",
            help="Draw only what is near to an object type, or to both ends of a relationship type.",
        ),
        click.Option(
            ["--depth"],
            type=click.IntRange(min=0),
            metavar="N",
            help="How many relationship types away that is at most; 0 is itself alone.  [default: 1]",
        ),
        click.Option(["--group"], metavar="GROUP", help="Draw only the relationship types of this group."),
    ],
    examples=(
        ("edgewise graph", "the whole catalog, for pages that draw Mermaid"),
        ("edgewise graph --format dot | dot -Tsvg > catalog.svg", "a picture by Graphviz"),
        ("edgewise graph --focus order --depth 2", "what is at most two steps from orders"),
        ("edgewise graph --group commerce --format graphml", "a part of it, for programs"),
    ),
    formats=("mermaid", "dot", "d2", "graphml", "json"),
)

TARGETS = Command(
    "targets",
    "List the targets, and what each can express.",
    "Those that come with edgewise, and those of installed packages. No project is needed.",
    [],
    examples=(("edgewise targets", "as a table"), ("edgewise targets --format json", "for programs")),
    formats=("table", "json"),
)

SCHEMA = Command(
    "schema",
    "Print the JSON Schema of manifests, for editors.",
    "Editors that speak the YAML language server protocol complete and explain every key with it. Write "
    "`# yaml-language-server: $schema=manifest.schema.json` into the first line of a manifest.",
    [],
    examples=(("edgewise schema > manifest.schema.json", "keep it beside the manifests"),),
)

IMPORT = Command(
    "import",
    "Write manifests from what a vendor's API lists.",
    "DIALECT is `boom`, `zendesk` or `monica`. Each FILE holds what the API answered when it was asked for "
    "a list, as JSON; `-` is standard input. Give all pages, in any order, and further lists with them: "
    "Boom's custom object types, Zendesk's legacy object types, Monica's relationship type groups. What "
    "cannot be kept or was decided is told on standard error and remarked in the manifests; nothing is "
    f"written where a FILE is no such list. {_STATUS}",
    [
        click.Argument(["dialect"], metavar="DIALECT"),
        click.Argument(["files"], nargs=-1, required=True, metavar="FILE..."),
        click.Option(
            ["-o", "out"], metavar="OUT", help="Write a new file instead of standard output, never over one."
        ),
    ],
    examples=(
        ("edgewise import monica page1.json page2.json", "print the manifests of two pages"),
        ("edgewise import zendesk types.json -o schemas/zendesk.yaml", "write them into a new file"),
        ("curl --fail ... | edgewise import boom -", "what an API answers right now"),
    ),
)

MERGE_OPENAPI = Command(
    "merge-openapi",
    "Put the relationship types into your own OpenAPI description.",
    "HOST is an OpenAPI 3.1 description of yours, in YAML or JSON; `-` is standard input. The paths and "
    "components of the catalog are put behind those that are there, and a list of them at the end, "
    "`x-edgewise-merged`: the next merge replaces what is listed, and takes out what the catalog no longer "
    "has. "
    "Everything else stays as it is, to the byte. Where both have the same path, component or operationId "
    f"that is told, and nothing is written. {_STATUS}",
    [
        click.Argument(["host"], metavar="HOST"),
        click.Option(
            ["-o", "out"],
            metavar="OUT",
            help="Write there instead: HOST itself, what an earlier merge wrote, or a new file.",
        ),
        click.Option(
            ["--check", "only_compare"],
            is_flag=True,
            help="Write nothing: tell whether OUT, or else HOST, is other than the merge would make it.",
        ),
    ],
    examples=(
        ("edgewise merge-openapi openapi.yaml -o openapi.yaml", "keep a description current in its place"),
        ("edgewise merge-openapi --check openapi.yaml", "tell whether it is current, as hooks do"),
        ("edgewise merge-openapi api.json -o public/api.json", "keep what is written by hand apart"),
    ),
)

COMMANDS = (CHECK, BUILD, PROVE, EXPLAIN, LIST, GRAPH, IMPORT, MERGE_OPENAPI, TARGETS, SCHEMA)
