"""Loosely named places: a word says that it hurts somewhere in there, so its regions are one node.

For a drawing from words the network is told again with each loosely named place as one region: it
is lit when a cause lights any of its regions.  A painted drawing has no such places.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tautband.body.drawing import Drawing
from tautband.body.regions import RegionTable
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.network import Floats, Network

# A region belongs to the place that holds at least this share of it.
HOLDS = 0.5
MOST_LEAK = 0.3


@dataclass(frozen=True, eq=False)
class Naming:
    """How the regions of the table become nodes of the network: node n stands for ``nodes[n]``."""

    nodes: tuple[tuple[int, ...], ...]
    network: Network

    def largest(self, values: Floats) -> Floats:
        """The largest value (R,) among the regions of each node."""
        return np.array([values[list(node)].max() for node in self.nodes])

    def smallest(self, values: Floats) -> Floats:
        """The smallest value (R,) among the regions of each node."""
        return np.array([values[list(node)].min() for node in self.nodes])


def naming_of(drawing: Drawing, knowledge: Knowledge) -> Naming:
    """The nodes of a drawing: its loosely named places, and every other region by itself."""
    groups = _groups(drawing, knowledge.atlas.table)
    if not groups:
        singles = tuple((region,) for region in range(len(knowledge.atlas.table)))
        return Naming(singles, knowledge.network)
    taken = {region for group in groups for region in group}
    rest = [(region,) for region in range(len(knowledge.atlas.table)) if region not in taken]
    nodes = (*groups, *rest)
    return Naming(nodes, _merged(knowledge, nodes))


def _groups(drawing: Drawing, table: RegionTable) -> list[tuple[int, ...]]:
    """Regions of each loosely named place that names more than one."""
    groups = []
    for place in drawing.places():
        share = table.sums(table.surface.area * place) / table.areas
        regions = tuple(np.flatnonzero(share >= HOLDS).tolist())
        if len(regions) > 1:
            groups.append(regions)
    return groups


def _merged(knowledge: Knowledge, nodes: Sequence[tuple[int, ...]]) -> Network:
    network, links = knowledge.network, knowledge.links
    first = np.array([node[0] for node in nodes])
    told, leak = links[:, :, first].copy(), network.leak[first].copy()
    for number, node in enumerate(nodes):
        if len(node) > 1:
            told[:, :, number] = 1 - np.prod(1 - links[:, :, list(node)], axis=2)
            leak[number] = min(1 - float(np.prod(1 - network.leak[list(node)])), MOST_LEAK)
    cause, variant, node_number = np.nonzero(told)
    return network.relinked(leak, cause, variant, node_number, told[cause, variant, node_number])
