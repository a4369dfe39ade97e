"""Cities whose figures are known functions of the parameters, and calibrations of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ipsim.scenario import Scenario
from ipsim.study.calibration.aims import Aim
from ipsim.study.calibration.parameters import FreeParameter, Parameters
from ipsim.study.calibration.prior import Prior
from ipsim.study.calibration.runs import Tables
from ipsim.study.calibration.waves import Calibrated, Plan, calibrate

Array = NDArray[np.float64]

PLAN = Plan(first=150, further=(80,), last=80, members=60, central=8, particles=300)
TRUTH = np.array([0.9, -0.6, 0.3, 1.0])
"""Scores of the truth; nothing speaks of the third."""

PARAMETERS = Parameters(
    (
        FreeParameter("assumptions.blocking", 0.0, 0.5, 1.0),
        FreeParameter("assumptions.learning_growth", 0.1, 1.0, 10.0),
        FreeParameter("assumptions.sales_deviation", 0.0, 2.0, 3.0),
    ),
    {"jinhua": (FreeParameter("city.patents.stock_growth", 10.0, 20.0, 40.0),)},
)


def aim(name: str, value: float, **other: Any) -> Aim:
    """Return an aim of Jinhua, sure to 5 %."""
    use = other.pop("use", "fit")
    ends: dict[str, Any] = {"low": other.pop("low", value), "high": other.pop("high", value)}
    said: dict[str, Any] = {
        "year": 2019,
        "error": 0.03,
        "discrepancy": 0.04,
        "known": 2019,
        "source": "made up",
    } | other
    return Aim(
        key=f"jinhua:{name}:2019", cities=("jinhua",), indicator=name, value=value, use=use, **ends, **said
    )


def figures(scores: Array) -> dict[str, Array]:
    """Return what a city gives at scores: three figures of three parameters, none of the third."""
    a, b, _, d = scores.T
    return {
        "invention_applications": 1000.0 * np.exp(0.4 * a + 0.2 * b),
        "patent_grants_total": 500.0 * np.exp(0.4 * b - 0.1 * a + 0.05 * b**2),
        "inventions_in_force": 2000.0 * np.exp(0.3 * d + 0.1 * a),
        "rd_intensity": 3.0 * np.exp(0.2 * a + 0.2 * d),
    }


def aims_at_truth(**changed: float) -> list[Aim]:
    """Return aims at the figures of the truth; R&D intensity is a test."""
    true = {name: float(value[0]) for name, value in figures(TRUTH[None, :]).items()} | changed
    return [aim(name, value, use="test" if name == "rd_intensity" else "fit") for name, value in true.items()]


def table(found: Mapping[str, Array]) -> pd.DataFrame:
    """Return figures of 2019 as runs give them."""
    columns = pd.MultiIndex.from_tuples([(2019, name) for name in found])
    return pd.DataFrame(np.column_stack(list(found.values())), columns=columns)


class Runs:
    """Runs draws: the known figures and two per cent of luck."""

    def __init__(self) -> None:
        self.draws: list[int] = []

    def __call__(self, values: Array) -> Tables:
        rng = np.random.default_rng(len(self.draws))
        self.draws.append(len(values))
        exact = figures(PARAMETERS.scores(values))
        return {
            "jinhua": table(
                {name: one * np.exp(0.02 * rng.standard_normal(len(one))) for name, one in exact.items()}
            )
        }


def calibrated(aims: list[Aim] | None = None, prior: Prior | None = None) -> Calibrated:
    """Return the calibration to the truth, or to other aims."""
    return calibrate(
        PARAMETERS, prior or Prior(len(PARAMETERS)), aims_at_truth() if aims is None else aims, Runs(), PLAN
    )


class Town:
    """A simulation whose filings follow the stock's growth and one assumption, with some luck."""

    def __init__(self, scenario: Scenario, *, seed: int, scale: float | None) -> None:
        self.scenario, self.seed = scenario, seed

    def run(self, progress: Any = None) -> Any:
        from ipsim.indicators.catalogue import INDICATORS

        growth = self.scenario.city.patents.stock_growth.value
        blocking = self.scenario.assumptions["blocking"]
        luck = np.random.default_rng(self.seed).standard_normal()
        level = 6000.0 * float(np.exp(4.0 * (growth - 0.17) + blocking + 0.02 * luck))
        self.accounts, self.chain = {"money": {"relative_error": 0.0, "ok": True}}, []
        self.indicators = {
            (year, name): level * 1.05 ** (year - 2016) for year in range(2016, 2024) for name in INDICATORS
        }
        return self
