"""Yearly figures against one another."""

import pytest

from ipsim.simulation import Simulation
from tests.simulation.small import SCALE, small


def test_weighted_patents_are_grants_of_inventions_and_models_times_their_mean_merit() -> None:
    figures = Simulation(small(end=2017), 3, SCALE).run().indicators
    for year in (2016, 2017):
        granted = figures[year, "invention_grants"] + figures[year, "utility_model_grants"]
        weighted = figures[year, "quality_weighted_patents"]
        assert granted > weighted > 0
        assert weighted == pytest.approx(granted * figures[year, "mean_quality_granted"] / 100, rel=1e-12)
