"""A twin of a founded city: its tables as objects."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ipsim.city.patent import FIRM
from ipsim.simulation import Simulation

from .bodies import Agency, Bank, Body, Fund, Industry
from .enterprise import Enterprise
from .model import TwinModel
from .patent import Office, Patent
from .public import News
from .university import University

FLAGS = ("exporter", "researches", "high_tech", "copy_known")
PATENT_FLAGS = (
    "in_use", "trifle", "abroad", "rapid", "joint", "licensed", "transferred", "pledged", "high_value",
)  # fmt: skip
STATE = ("stage", "filed", "granted", "due", "key", "owner_kind")


def as_dict(row: Any) -> dict[str, Any]:
    """Return a row as Python numbers by name."""
    return dict(zip(row.dtype.names, row.item(), strict=True))


def twin_of(simulation: Simulation) -> TwinModel:
    """Return a twin of a simulation that was founded and has not run yet.

    Raises
    ------
    ValueError
        If it has run.
    """
    if simulation.quarter != 0:
        raise ValueError("a twin starts with the first quarter")
    city, scenario = simulation.city, simulation.scenario
    model = TwinModel(scenario, simulation.seed, simulation.scale)
    model.parameters = SimpleNamespace(**as_dict(city.parameters[0]))
    clock = as_dict(city.clock[0])
    for name in ("mean_sales", "capability", "entry_rate", "exit_rate", "funding_cost", "appetite"):
        setattr(model, name, clock[name])
    model.firm_shares = city.firm_shares.tolist()
    model.industries = [Industry(k, as_dict(row)) for k, row in enumerate(city.industries)]
    model.agencies = [Agency(model, k, as_dict(row)) for k, row in enumerate(city.agencies)]
    model.banks = [Bank(model, k, as_dict(row)) for k, row in enumerate(city.banks)]
    model.bodies = [Body(model, k, as_dict(row)) for k, row in enumerate(city.bodies)]
    model.universities = [University(model, k, as_dict(row)) for k, row in enumerate(city.universities)]
    model.fund = Fund(model, as_dict(city.fund[0]))
    model.office = Office(model, float(city.centre[0].waiting))
    model.news = News(as_dict(city.news[0]))
    model.register = [make_enterprise(model, k, as_dict(r)) for k, r in enumerate(city.enterprises)]
    link(model, simulation)
    used = city.patents[: city.clock[0].patents]
    model.patents = [make_patent(model, as_dict(row)) for row in used]
    model.cases = []
    model.columns_of = {
        name: [(field, table.dtype[field]) for field in table.dtype.names]
        for name, table in city._asdict().items()
        if table.dtype.names
    }
    return model


def make_enterprise(model: TwinModel, place: int, state: dict[str, Any]) -> Enterprise:
    """Make an enterprise from its row."""
    state["industry"] = model.industries[state["industry"]]
    state["bank"] = model.banks[state["bank"]]
    del state["copies"]  # a link, made when all are there
    state.update({name: bool(state[name]) for name in FLAGS})
    return Enterprise(model, place, state)


def make_patent(model: TwinModel, state: dict[str, Any]) -> Patent:
    """Make a patent from its row."""
    owners = model.register if state["owner_kind"] == FIRM else model.universities
    patent = Patent(
        model,
        owners[state["owner"]],
        state["kind"],
        state["quality"],
        state["flow"],
        model.industries[state["industry"]],
        model.agencies[state["agency"]],
    )
    vars(patent).update({name: state[name] for name in STATE})
    vars(patent).update({name: bool(state[name]) for name in PATENT_FLAGS})
    return patent


def link(model: TwinModel, simulation: Simulation) -> None:
    """Make links between enterprises and between industries."""
    city = simulation.city
    for enterprise, slots in zip(model.register, city.suppliers.tolist(), strict=True):
        enterprise.suppliers = [model.register[j] if j >= 0 else None for j in slots]
    for enterprise, j in zip(model.register, city.enterprises.copies.tolist(), strict=True):
        enterprise.copies = model.register[j] if j >= 0 else None
    for k, industry in enumerate(model.industries):
        industry.buys_from = [model.industries[j] for j in city.supply_lists[k, : city.supply_counts[k]]]
        industry.stage_shares = city.stage_shares[k].tolist()
        industry.export_share = float(city.export_shares[k])
        largest = int(city.industries.largest[k])
        industry.largest = model.register[largest] if largest >= 0 else None
