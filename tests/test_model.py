"""The city as a Mesa model."""

import gc
import weakref

import networkx as nx
import pytest

import ipsim
from ipsim.city.enterprise import ALIVE
from ipsim.engine.networks import CompressedRows
from ipsim.mechanisms.filing import trifles_wanted
from ipsim.mechanisms.research import affordable
from tests.simulation.small import SCALE, differences, ran, small


@pytest.fixture(scope="module")
def model() -> ipsim.CityModel:
    """A city after a year; tests that share it leave it as it is."""
    city = ipsim.CityModel(small(), 1, SCALE)
    for _ in range(4):
        city.step()
    return city


def test_agents_of_every_kind(model: ipsim.CityModel) -> None:
    alive = int((model.city.enterprises.status == ALIVE).sum())
    assert len(model.agents_by_type[ipsim.Enterprise]) == alive
    assert len(model.agents_by_type[ipsim.University]) == len(model.scenario.city.universities)
    assert len(model.agents_by_type[ipsim.Bank]) == len(model.city.banks)
    assert len(model.agents_by_type[ipsim.EnforcementBody]) == 3
    assert len(model.agents_by_type[ipsim.ServiceAgency]) == len(model.city.agencies)
    assert len(model.agents) == sum(len(agents) for agents in model.agents_by_type.values())
    assert len(set(model.agents.get("unique_id"))) == len(model.agents)


def test_time(model: ipsim.CityModel) -> None:
    assert (model.quarter, model.steps, model.year, model.running) == (4, 4, 2017, True)
    assert model.indicators[(2016, "patent_applications_total")] > 0


def test_running_ends_with_the_scenario() -> None:
    city = ipsim.CityModel(small(end=2016), 1, SCALE)
    city.run_model()
    assert city.quarter == 4 and not city.running


def test_attributes_read_and_write_the_row(model: ipsim.CityModel) -> None:
    enterprise = next(iter(model.agents_by_type[ipsim.Enterprise]))
    row = enterprise.row
    assert enterprise.cash == model.city.enterprises.cash[row]
    before = enterprise.knowledge
    enterprise.knowledge = 1.25
    assert model.city.enterprises.knowledge[row] == 1.25
    enterprise.knowledge = before
    assert "million RMB" in (ipsim.Enterprise.__doc__ or "")


def test_single_rules_for_an_agent(model: ipsim.CityModel) -> None:
    enterprise = next(iter(model.agents_by_type[ipsim.Enterprise]))
    parameters = model.city.parameters[0]
    expected = max(0.0, parameters.cash_for_research * enterprise.cash)
    assert enterprise.call(affordable, parameters) == expected
    assert enterprise.call(trifles_wanted, 0) >= 0.0


def test_a_gift_to_an_agent_does_not_break_the_accounts() -> None:
    city = ipsim.CityModel(small(), 1, SCALE)
    next(iter(city.agents_by_type[ipsim.Enterprise])).cash += 10.0
    next(iter(city.agents_by_type[ipsim.Bank])).cash += 10.0
    city.step()
    assert differences(ran(small(), 1).city, city.city, "enterprises")


def test_founders_and_closed_enterprises_come_and_go() -> None:
    city = ipsim.CityModel(small(), 1, 4 * SCALE)
    before = set(city.agents_by_type[ipsim.Enterprise])
    for _ in range(4):
        city.step()
    after = set(city.agents_by_type[ipsim.Enterprise])
    assert before - after and after - before
    assert {agent.status for agent in after} == {ALIVE}


def test_the_chain_goes_to_networkx_and_back(model: ipsim.CityModel) -> None:
    graph = model.chain.to_networkx()
    assert isinstance(graph, nx.DiGraph)
    links = {(i, int(j)) for i, row in enumerate(model.city.suppliers) for j in row if j >= 0}
    assert set(graph.edges) == links and len(links) > 100
    assert CompressedRows.from_networkx(graph).to_networkx().edges == graph.edges


@pytest.mark.parametrize("asked", [False, True])
def test_a_dropped_model_is_freed(asked: bool) -> None:
    city = ipsim.CityModel(small(), 1, SCALE)
    city.step()
    if asked:
        assert len(city.agents) > 100
    gone = weakref.ref(city)
    del city
    gc.collect()
    assert gone() is None


def test_a_name_that_is_no_mechanism(model: ipsim.CityModel) -> None:
    enterprise = next(iter(model.agents_by_type[ipsim.Enterprise]))
    with pytest.raises(ValueError, match=r"no mechanism 'reserch'; there are .*research"):
        enterprise.act("reserch")
    with pytest.raises(ValueError, match="'staffing' is not done by"):
        enterprise.act("staffing")
