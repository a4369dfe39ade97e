"""Which set of parameters each replicate used: chosen by its seed, kept with the result, read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipsim.scenario.errors import Fault
from ipsim.study.errors import FolderError

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.scenario.calibrated import Ensemble
    from ipsim.study.results import Result

PARAMETERS = "parameters.csv"
PARAMETER_COLUMNS = ["replicate", "key", "value"]


def members_of(scenario: Scenario, seeds: Sequence[int], central: bool = False) -> tuple[int, ...]:
    """Return the member of the ensemble that each replicate uses; empty where all use the central set.

    A scenario that was drawn already keeps its member.
    """
    if scenario.member is not None:
        return (scenario.member,) * len(seeds)
    if central or not len(scenario.ensemble):
        return ()
    return tuple(scenario.ensemble.member_of(seed) for seed in seeds)


def check_one_ensemble(base: Scenario, other: Scenario) -> list[Fault]:
    """Return a fault if two scenarios draw from different ensembles: member by member they are no pairs."""
    here, there = base.ensemble, other.ensemble
    if here.hash == there.hash or not (base.drawn_keys and other.drawn_keys):
        return []
    message = f"{there.short}, but {base.name} draws from {here.short}; give both one ensemble"
    return [Fault(other.name, 0, "calibration.ensemble", message)]


def write_parameters(folder: Path, results: Sequence[Result]) -> None:
    """Write ``parameters.csv``, unless all replicates used the central set."""
    if any(one.members for one in results):
        parameter_table(results).to_csv(folder / PARAMETERS, index=False)


def parameter_table(results: Sequence[Result]) -> pd.DataFrame:
    """Return what differs between replicates, with the columns of ``parameters.csv``.

    Parameters
    ----------
    results
        Results with the same seeds; replicate ``r`` of each used the same member.
    """
    drawn = [one for one in results if one.is_drawn]
    keys = dict.fromkeys(key for one in drawn for key in one.scenario.drawn_keys)
    rows: list[tuple[int, str, float]] = []
    for replicate, member in enumerate(drawn[0].members if drawn else (), start=1):
        values = drawn[0].scenario.ensemble.values(member)
        rows += [(replicate, key, values[key]) for key in keys]
    return pd.DataFrame(rows, columns=pd.Index(PARAMETER_COLUMNS))


def parameter_facts(results: Sequence[Result]) -> dict[str, Any]:
    """Return which ensemble results are of, and which of its members, ready for JSON."""
    one = next((one for one in results if one.members), results[0])
    members = list(one.members)
    return {"ensemble": one.scenario.ensemble.hash, "members": members, "central": not members}


class KeptDraws:
    """What a result folder says of the parameters of its replicates, to make them again.

    Nothing is asked of the ensemble that ships: it may be another one by now.
    """

    def __init__(self, folder: Path, facts: Mapping[str, Any]) -> None:
        """Read them.

        Raises
        ------
        FolderError
            When the table is missing or not of these replicates.
        """
        told = facts.get("parameters") or {"central": True}
        self._hash = str(told.get("ensemble", ""))
        self._seeds: list[int] = facts["seeds"]
        table = None if told["central"] else _read(folder / PARAMETERS, len(self._seeds))
        self._table = None if table is None or table.empty else table

    @property
    def central(self) -> bool:
        """Whether every replicate has the values of the text."""
        return self._table is None

    def scenario(self, text: str, name: str) -> Scenario:
        """Return the scenario of a text, which draws for each seed what the replicate of the seed used."""
        from ipsim.scenario import load_text
        from ipsim.scenario.calibrated import UNCALIBRATED

        written = load_text(text, name, UNCALIBRATED)
        if self._table is None:
            return written
        return load_text(text, name, self._ensemble(written, self._table))

    def _ensemble(self, written: Scenario, table: pd.DataFrame) -> Ensemble:
        """Return an ensemble in which the member of each seed is what its replicate used."""
        from ipsim.scenario.calibrated import Ensemble

        # Seeds follow on one another, so that their places round a table of as many rows are all different.
        rows = table.to_numpy(dtype=np.float64)
        members = np.empty_like(rows)
        members[[(seed - 1) % len(rows) for seed in self._seeds]] = rows
        keys = tuple(str(key) for key in table.columns)
        central = np.array([written.parameter(key) for key in keys])
        return Ensemble(keys, central, members, self._hash)


def _read(path: Path, replicates: int) -> pd.DataFrame:
    """Return value by replicate and key."""
    try:
        # As text, which Python reads to the last bit in every version of pandas.
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table = table.assign(replicate=table["replicate"].map(int), value=table["value"].map(float))
        values = table.pivot(index="replicate", columns="key", values="value")
        if len(values) not in (0, replicates) or values.isna().to_numpy().any():
            raise ValueError(f"{path.name} does not hold each parameter of {replicates} replicates")
    except (OSError, ValueError, KeyError) as error:
        raise FolderError(f"the result in {path.parent} can't be read: {error}") from error
    return values
