"""Write the graph in GraphML, as `networkx.read_graphml(path, force_multigraph=True)` takes it.

What is not stated has no `data`; lists, for which GraphML has no type, are JSON in a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from edgewise_targets.graph.network import Edge, Network, Values

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by edgewise from a catalog: change that, not this file. -->
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"""
_TYPES = {bool: "boolean", int: "int"}
# A carriage return that is no reference is read as a line feed.
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))


def print_graphml(network: Network) -> str:
    """Return the whole file."""
    return "\n".join(
        (
            _HEAD,
            *_keys("node", network.nodes.values()),
            *_keys("edge", (edge.values for edge in network.edges)),
            '  <graph id="catalog" edgedefault="directed">',
            *(_print_node(name, values) for name, values in network.nodes.items()),
            *map(_print_edge, network.edges),
            "  </graph>\n</graphml>\n",
        )
    )


def _keys(kind: str, several: Iterable[Values]) -> Iterator[str]:
    """Declare the names and types of what is stated of nodes or edges."""
    types: dict[str, type | None] = {}
    for values in several:
        for name, value in values.items():
            if types.setdefault(name, None) is None and value is not None:
                types[name] = type(value)
    for name, each in types.items():
        if each is None:
            continue
        type_ = _TYPES.get(each, "string")
        yield f'  <key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>'


def _print_node(name: str, values: Values) -> str:
    return f'    <node id="{name}">\n{_data("node", values)}    </node>'


def _print_edge(edge: Edge) -> str:
    head = f'<edge id="{edge.key}" source="{edge.source}" target="{edge.target}">'
    return f"    {head}\n{_data('edge', edge.values)}    </edge>"


def _data(kind: str, values: Values) -> str:
    return "".join(
        f'      <data key="{kind}_{name}">{_text(value)}</data>\n'
        for name, value in values.items()
        if value is not None
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = orjson.dumps(value).decode() if isinstance(value, list) else str(value)
    for plain, written in _ESCAPES:
        text = text.replace(plain, written)
    return text
