"""What holds for every kind of agent and every other table."""

import numpy as np
import pytest

import ipsim
from ipsim.city import bodies, enterprise, government, patent, state
from ipsim.city.founding import SLOTS
from ipsim.engine.faces import Face
from ipsim.engine.records import FLAG, FLOAT, Record
from ipsim.model import CityModel
from tests.simulation.small import SCALE, ran, small

MODULES = (enterprise, patent, bodies, government, state)
RECORDS = {
    record.name: record
    for module in MODULES
    for record in vars(module).values()
    if isinstance(record, Record)
}
TABLES = {
    "enterprises": enterprise.ENTERPRISE,
    "patents": patent.PATENT,
    "universities": bodies.UNIVERSITY_RECORD,
    "banks": bodies.BANK,
    "agencies": bodies.AGENCY,
    "bodies": bodies.BODY,
    "cases": bodies.CASE,
    "industries": bodies.INDUSTRY,
    "fund": government.FUND,
    "centre": government.CENTRE,
    "clock": government.CLOCK,
    "news": government.NEWS,
    "tally": government.TALLY,
    "spending": government.SPENDING,
    "policy": state.POLICY,
    "parameters": state.PARAMETERS,
}
LARGEST_STATE = 700  #: bytes an enterprise, apart from patents


@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
def test_every_field_is_declared_completely(record: Record) -> None:
    for field in record:
        assert field.name.isidentifier() and field.name == field.name.lower()
        assert field.unit.strip(), field.name
        assert field.meaning.strip(), field.name
        assert np.dtype(field.dtype).kind in "fi", field.name
        if field.dtype == FLAG:
            assert -128 <= field.initial < 128


@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
def test_a_fresh_table_has_the_initial_values(record: Record) -> None:
    table = record.table(3)
    for field in record:
        assert (table[field.name] == field.initial).all(), field.name
        assert np.isfinite(table[field.name]).all()


def test_every_record_is_a_table_of_the_city() -> None:
    assert {record.name for record in TABLES.values()} == set(RECORDS)
    city = ran(small(), 0).city
    for name, record in TABLES.items():
        assert getattr(city, name).dtype == record.dtype, name


def test_no_number_of_a_run_city_is_lost() -> None:
    city = ran(small(), 8).city
    for name, record in TABLES.items():
        for field in record:
            if field.dtype == FLOAT:
                assert np.isfinite(getattr(city, name)[field.name]).all(), f"{name}.{field.name}"


def test_an_enterprise_takes_at_most_700_bytes() -> None:
    city = ran(small(), 0).city
    rows = len(city.enterprises)
    by_row = [table for table in city if len(table) in (rows, rows + 1, rows * SLOTS)]
    assert sum(table.nbytes for table in by_row) / rows <= LARGEST_STATE
    assert len(by_row) >= 6  # its row, links both ways, its place in the list of its industry


@pytest.mark.parametrize("kind", CityModel.kinds)
def test_every_kind_of_agent_is_public_and_documented(kind: type[Face]) -> None:
    assert getattr(ipsim, kind.__name__) is kind
    for field in kind.record:
        assert f"{field.name}\n        {field.meaning} ({field.unit})" in (kind.__doc__ or "")
    assert "key" in [field.name for field in kind.record]
    assert TABLES[kind.over] is kind.record


@pytest.mark.parametrize("kind", CityModel.kinds)
def test_every_field_of_an_agent_can_be_read_and_written(kind: type[Face]) -> None:
    model = CityModel(small(), 1, SCALE)
    agent = next(iter(model.agents_by_type[kind]))
    for field in kind.record:
        if field.name != "key":
            setattr(agent, field.name, 1)
            assert getattr(agent, field.name) == 1
            assert getattr(model.city, kind.over)[field.name][agent.row] == 1


@pytest.mark.parametrize("kind", CityModel.kinds)
def test_keys_are_stable_and_each_agents_own(kind: type[Face]) -> None:
    city = ran(small(), 6).city
    assert len(set(getattr(city, kind.over).key.tolist())) == len(getattr(city, kind.over))


def test_patents_have_keys_of_their_own() -> None:
    city = ran(small(), 8).city
    used = city.patents[: city.clock[0].patents]
    assert len(set(used.key.tolist())) == len(used)
