"""Links between agents as compressed rows (CSR), and to and from NetworkX."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ipsim.engine.rules import loop

if TYPE_CHECKING:
    import networkx as nx


class CompressedRows(NamedTuple):
    """Directed links: those of row ``i`` are ``targets[starts[i]:starts[i + 1]]``."""

    starts: NDArray[np.int32]
    targets: NDArray[np.int32]

    def of(self, i: int) -> NDArray[np.int32]:
        """Return the targets of row ``i``."""
        return self.targets[self.starts[i] : self.starts[i + 1]]

    def to_networkx(self) -> nx.DiGraph[int]:
        """Return the same links as a NetworkX graph, every row a node."""
        import networkx as nx

        graph: nx.DiGraph[int] = nx.DiGraph()
        rows = len(self.starts) - 1
        graph.add_nodes_from(range(rows))
        sources = np.repeat(np.arange(rows), np.diff(self.starts))
        graph.add_edges_from(zip(sources.tolist(), self.targets.tolist(), strict=True))
        return graph

    @classmethod
    def from_networkx(cls, graph: nx.DiGraph[int]) -> CompressedRows:
        """Return the links of a graph whose nodes are 0 to n - 1.

        Raises
        ------
        ValueError
            If the nodes are not the whole numbers 0 to n - 1.
        """
        rows = graph.number_of_nodes()
        if set(graph.nodes) != set(range(rows)):
            raise ValueError("nodes must be the whole numbers 0 to n - 1")
        lists = [sorted(graph.successors(i)) for i in range(rows)]
        starts = np.zeros(rows + 1, np.int32)
        starts[1:] = np.cumsum([len(targets) for targets in lists])
        flat = [t for targets in lists for t in targets]
        return cls(starts, np.array(flat, np.int32))


@loop
def reverse_slots(
    slots: NDArray[np.int32],
    starts: NDArray[np.int32],
    targets: NDArray[np.int32],
    filled: NDArray[np.int32],
) -> None:
    """Fill ``starts, targets`` with the reverse of ``slots``.

    ``slots[i]`` lists up to k rows that ``i`` points to, -1 where there is none.
    ``targets`` must have room for ``slots.size`` links, ``filled`` for a number a row.
    """
    rows, width = slots.shape
    starts[:] = 0
    for i in range(rows):
        for s in range(width):
            if slots[i, s] >= 0:
                starts[slots[i, s] + 1] += 1
    for i in range(rows):
        starts[i + 1] += starts[i]
    filled[:] = 0
    for i in range(rows):
        for s in range(width):
            j = slots[i, s]
            if j >= 0:
                targets[starts[j] + filled[j]] = i
                filled[j] += 1


def from_slots(slots: NDArray[np.int32]) -> CompressedRows:
    """Return the links of a table of slots (-1: none) as compressed rows."""
    used = slots >= 0
    starts = np.zeros(len(slots) + 1, np.int32)
    starts[1:] = np.cumsum(used.sum(axis=1))
    return CompressedRows(starts, slots[used].astype(np.int32))
