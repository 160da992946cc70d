"""Graphs of entries that lead to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def cycles(requires: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The cycles of a prerequisite graph, one for each group of nodes that cannot be ordered."""
    graph = defaultdict(list, {node: list(needed) for node, needed in requires.items()})
    found = []
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle = list(reversed(error.args[1]))
            found.append(cycle)
            graph[cycle[0]] = [key for key in graph[cycle[0]] if key not in cycle]
        else:
            return found
