"""What a run leaves: tidy tables, the check of accounts, and what is needed to repeat it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.study.drawing import parameter_table, write_parameters
from ipsim.study.folders import written_whole
from ipsim.study.manifest import run_facts, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipsim.scenario import Scenario
    from ipsim.study.simulations import Replicate

INDICATOR_COLUMNS = ["scenario", "replicate", "year", "indicator", "value", "unit"]
CHAIN_KEYS = ["industry", "stage"]


@dataclass(frozen=True)
class Result:
    """Replicates of one scenario.

    Attributes
    ----------
    scenario
        What was simulated.
    seeds
        One seed for each replicate, in order.
    scale
        Share of the city's enterprises that was simulated.
    indicators
        Columns ``scenario, replicate, year, indicator, value, unit``; replicates count from 1 and values
        are those of the whole city, whatever the scale.
    accounts
        By check: ``relative_error``, the worst of all replicates, and ``ok``.
    chain
        The industry chain in the last quarter, one row for each industry and stage, mean over replicates.
    duration
        Seconds from start to end.
    members
        Number of the set of calibrated parameters of each replicate; empty where all used the central set.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    scale: float
    indicators: pd.DataFrame
    accounts: dict[str, dict[str, Any]]
    chain: pd.DataFrame
    duration: float
    members: tuple[int, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """Whether parameters differ between replicates, so that bands hold doubt about them as well."""
        return len(set(self.members)) > 1 and bool(self.scenario.drawn_keys)

    @property
    def parameters(self) -> pd.DataFrame:
        """What differs between replicates, with the columns of ``parameters.csv``."""
        return parameter_table([self])

    @property
    def replicates(self) -> int:
        """Number of replicates."""
        return len(self.seeds)

    def save(self, folder: str | Path, lang: str = "en", force: bool = False) -> Path:
        """Write the result as a folder, whole or not at all.

        Parameters
        ----------
        folder
            Where to; made with its parents.
        lang
            Language of report and figures, ``en`` or ``zh``.
        force
            Replace a result that is already there.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        FolderError
            When something is there already, or it can't be written.
        """
        from ipsim.report import prepare, write_figures, write_report

        with written_whole(folder, force) as inside:
            write_tables(inside, self.indicators)
            write_parameters(inside, [self])
            write_json(inside / "run.json", {"kind": "run", **run_facts(self)})
            source = prepare(self, lang)
            write_figures(source, inside / "figures", lang)
            write_report(source, inside, lang)
        return Path(folder)


def write_tables(folder: Path, indicators: pd.DataFrame) -> None:
    """Write the indicators as CSV and as Parquet."""
    indicators.to_csv(folder / "indicators.csv", index=False)
    indicators.to_parquet(folder / "indicators.parquet", index=False, compression="zstd")


def gather(
    scenario: Scenario,
    scale: float,
    replicates: Sequence[Replicate],
    duration: float,
    members: tuple[int, ...] = (),
) -> Result:
    """Make a result of finished replicates; ``members`` are those of `members_of`."""
    return Result(
        scenario=scenario,
        seeds=tuple(replicate.seed for replicate in replicates),
        scale=scale,
        indicators=_tidy(scenario.name, replicates),
        accounts=_worst_accounts(replicates),
        chain=_mean_chain(replicates),
        duration=duration,
        members=members,
    )


def _tidy(name: str, replicates: Sequence[Replicate]) -> pd.DataFrame:
    from ipsim.indicators.catalogue import indicator

    rows = [
        (name, number, year, key, value)
        for number, replicate in enumerate(replicates, start=1)
        for (year, key), value in replicate.indicators.items()
    ]
    table = pd.DataFrame(rows, columns=pd.Index(INDICATOR_COLUMNS[:-1]))
    units = {key: indicator(key).unit for key in table["indicator"].unique()}
    table["unit"] = table["indicator"].map(units)
    return table.astype({"value": "float64"})


def _worst_accounts(replicates: Sequence[Replicate]) -> dict[str, dict[str, Any]]:
    names = dict.fromkeys(name for replicate in replicates for name in replicate.accounts)
    return {
        name: {
            "relative_error": max(
                float(replicate.accounts[name]["relative_error"]) for replicate in replicates
            ),
            "ok": all(bool(replicate.accounts[name]["ok"]) for replicate in replicates),
        }
        for name in names
    }


def _mean_chain(replicates: Sequence[Replicate]) -> pd.DataFrame:
    table = pd.DataFrame([row for replicate in replicates for row in replicate.chain])
    if table.empty:
        return table
    return table.groupby(CHAIN_KEYS, sort=False, as_index=False).mean(numeric_only=True)
