"""A city at the end of 2015: as many enterprises, patents and money as its profile says."""

import numpy as np
import pytest

from ipsim.city.enterprise import ALIVE
from ipsim.city.founding import LARGEST_RATIO, pareto
from ipsim.city.patent import DESIGN, IN_FORCE, INVENTION, PENDING, UTILITY_MODEL
from ipsim.simulation import Simulation
from tests.simulation.small import CITIES, ran, small

SCALE = 0.1


@pytest.fixture(scope="module", params=CITIES)
def founded(request: pytest.FixtureRequest) -> Simulation:
    return ran(small(request.param), 0, SCALE)


def test_enterprises_and_revenue(founded: Simulation) -> None:
    profile, table = founded.scenario.city, founded.city.enterprises
    alive = table.status == ALIVE
    assert alive.sum() == round(profile.enterprises.value * SCALE)
    revenue = 4.0 * table.sales[alive].sum() / SCALE / 1000.0
    assert revenue == pytest.approx(profile.revenue_billion_rmb.value, rel=0.01)
    for k, industry in enumerate(profile.industries):
        mine = table.sales[alive & (table.industry == k)].sum()
        assert mine / table.sales[alive].sum() == pytest.approx(industry.share.value, abs=0.01)


def test_research_is_what_the_profile_says(founded: Simulation) -> None:
    profile, table = founded.scenario.city, founded.city.enterprises
    assert table.research.sum() / table.sales.sum() == pytest.approx(profile.rd_intensity.value, rel=0.1)
    assert 0 < table.researches.sum() < (table.status == ALIVE).sum()


def test_patents_in_force(founded: Simulation) -> None:
    patents = founded.city.patents[: founded.city.clock[0].patents]
    stocks = founded.scenario.city.patents
    for kind, stock in (
        (INVENTION, stocks.inventions_in_force),
        (UTILITY_MODEL, stocks.utility_models_in_force),
        (DESIGN, stocks.designs_in_force),
    ):
        held = ((patents.kind == kind) & (patents.stage == IN_FORCE)).sum() / SCALE
        assert held == pytest.approx(stock.value, rel=0.01)
    assert (patents.stage == PENDING).any()
    assert (patents.filed < 0).all()


def test_books_of_owners_agree_with_the_ledger(founded: Simulation) -> None:
    city = founded.city
    used = city.patents[: city.clock[0].patents]
    for kind, name in ((INVENTION, "inventions"), (UTILITY_MODEL, "utility_models"), (DESIGN, "designs")):
        mine = (used.kind == kind) & (used.stage == IN_FORCE) & (used.owner_kind == 0)
        assert city.enterprises[name].sum() == mine.sum()
    flows = used.flow[(used.in_use == 1) & (used.stage == IN_FORCE)].sum()
    assert city.enterprises.protected_flow.sum() == pytest.approx(flows, rel=1e-9)


def test_firm_sizes_have_the_tail_of_the_profile() -> None:
    u = (np.arange(200_000) + 0.5) / 200_000
    sizes = pareto(u, 1.06)
    assert sizes.min() >= 1.0 and sizes.max() <= LARGEST_RATIO
    big = np.sort(sizes)[-20_000:-2_000]
    rank = np.arange(20_000, 2_000, -1)
    slope = np.polyfit(np.log(big), np.log(rank), 1)[0]
    assert slope == pytest.approx(-1.06, abs=0.1)
