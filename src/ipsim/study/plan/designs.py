"""Designs: which combinations of the factors' values a study runs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipsim.study.plan.factors import Factor
from ipsim.study.plan.points import Point, Points, point_of

OPTIONS: dict[str, dict[str, tuple[int, int, int | None]]] = {
    "list": {},
    "factorial": {"levels": (2, 1000, 5)},
    "latin-hypercube": {"points": (1, 1_000_000, None)},
    "sobol": {"points": (2, 1_048_576, None)},
    "morris": {"trajectories": (2, 100_000, 10), "levels": (2, 100, 4)},
    "one-at-a-time": {"levels": (2, 1000, 2)},
    "search": {},
}
"""By kind of design the options that are numbers: lowest, highest, default (None: has to be given)."""


@dataclass(frozen=True)
class Design:
    """How points are chosen.

    Attributes
    ----------
    kind
        One of `OPTIONS`.
    options
        Its numbers, with defaults filled in.
    listed
        The points of a list, as they stand in the file.
    """

    kind: str
    options: Mapping[str, int] = field(default_factory=dict[str, int])
    listed: tuple[Point, ...] = ()

    def points(self, factors: Sequence[Factor], seed: int) -> Sequence[Point]:
        """Return the points, equal for equal seeds; a search has none of its own."""
        if self.kind in ("list", "search"):
            return self.listed
        if self.kind == "factorial":
            grids = [factor.grid(self.options["levels"]) for factor in factors]
            return [point_of(factors, values) for values in itertools.product(*grids)]
        if self.kind == "one-at-a-time":
            return _one_at_a_time(factors, self.options["levels"])
        return Points(factors, self.sample(len(factors), seed))

    def sample(self, dimensions: int, seed: int) -> NDArray[np.float64]:
        """Return places in the unit cube, shape (points, dimensions), in the order analyses expect.

        Sobol samples hold blocks of ``dimensions + 2`` points (Saltelli 2010, without second order),
        Morris samples trajectories of ``dimensions + 1`` (Morris 1991).

        Raises
        ------
        ValueError
            If the design is no sample of the unit cube.
        """
        if self.kind == "latin-hypercube":
            from scipy.stats import qmc

            return qmc.LatinHypercube(dimensions, rng=seed).random(self.options["points"])
        if self.kind == "sobol":
            from SALib.sample import sobol

            return sobol.sample(
                problem(dimensions), self.options["points"], calc_second_order=False, seed=seed
            )
        if self.kind == "morris":
            from SALib.sample import morris

            options = self.options
            return morris.sample(
                problem(dimensions), options["trajectories"], num_levels=options["levels"], seed=seed
            )
        raise ValueError(f"a {self.kind} design is no sample of the unit cube")


def problem(dimensions: int) -> dict[str, Any]:
    """Return the unit cube as SALib describes it."""
    return {
        "num_vars": dimensions,
        "names": [f"x{place}" for place in range(dimensions)],
        "bounds": [[0.0, 1.0]] * dimensions,
    }


def _one_at_a_time(factors: Sequence[Factor], levels: int) -> list[Point]:
    """Return the scenario as it is, then each factor at each of its values, the others as they are."""
    points = [Point({}, {})]
    for factor in factors:
        points += [Point(factor.changes(value), {factor.name: value}) for value in factor.grid(levels)]
    return points
