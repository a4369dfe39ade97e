"""An explanation of a difference: its runs, its tables, and what is needed to repeat it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.study.drawing import parameter_facts, write_parameters
from ipsim.study.explain.account import (
    Account,
    account_of,
    account_tables,
    lever_table,
    pathway_table,
)
from ipsim.study.explain.design import Design
from ipsim.study.explain.figures import Figures
from ipsim.study.folders import written_whole
from ipsim.study.manifest import run_facts, scenario_facts, write_json
from ipsim.study.plan.outcomes import Outcome

if TYPE_CHECKING:
    from ipsim.study.comparison.compare import Comparison
    from ipsim.study.explain.players import Player


@dataclass(frozen=True)
class Explanation:
    """What an effect is made of: shares of the levers, and what came through each mechanism.

    Attributes
    ----------
    comparison
        Base and alternative, as `ipsim.compare` gives them.
    design
        What differs, and the runs that were made of it.
    figures
        The yearly figures of all runs.
    outcomes
        What words and picture are about; the tables hold every indicator and year as well.
    years
        The years that were asked for; none where each outcome has its own.
    duration
        Seconds from start to end.
    """

    comparison: Comparison
    design: Design
    figures: Figures
    outcomes: tuple[Outcome, ...]
    years: tuple[int, ...]
    duration: float

    @property
    def players(self) -> tuple[Player, ...]:
        """The levers that changed, then ``assumptions`` and ``city`` where these changed as well."""
        return self.design.change.players

    @property
    def mechanisms(self) -> tuple[str, ...]:
        """The mechanisms through which these levers act, in the order of a quarter."""
        return self.design.change.mechanisms

    def account(self, outcome: Outcome) -> Account:
        """Return how the effect on one outcome is made up.

        Raises
        ------
        ValueError
            When its indicator or one of its years was not simulated.
        """
        return account_of(outcome, self.design.parts(self.figures.of(outcome)))

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts of `outcomes`."""
        return tuple(self.account(outcome) for outcome in self.outcomes)

    @cached_property
    def levers(self) -> pd.DataFrame:
        """What each lever brought, with the columns of ``levers.csv``; `outcomes` over years come first."""
        tables = [levers for levers, _ in self._over_years]
        return pd.concat([*tables, lever_table(*self._all)], ignore_index=True)

    @cached_property
    def pathways(self) -> pd.DataFrame:
        """What came through each mechanism, with the columns of ``pathways.csv``."""
        tables = [paths for _, paths in self._over_years]
        return pd.concat([*tables, pathway_table(*self._all)], ignore_index=True)

    @cached_property
    def _all(self) -> tuple[Figures, Any]:
        return self.figures, self.design.parts(self.figures.each)

    @cached_property
    def _over_years(self) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
        return [account_tables(account) for account in self.accounts if len(account.outcome.years) > 1]

    @property
    def indicators(self) -> pd.DataFrame:
        """The figures of all runs, as in ``indicators.parquet``; ``scenario`` says which run."""
        return self.figures.table(self.design.runs())

    @property
    def runs(self) -> int:
        """How many runs it rests on."""
        return len(self.design.runs())

    def save(self, folder: str | Path, lang: str = "en", force: bool = False) -> Path:
        """Write the explanation as a folder, whole or not at all; see `Result.save`."""
        from ipsim.report.explanation import write_explanation

        with written_whole(folder, force) as inside:
            self.levers.to_csv(inside / "levers.csv", index=False)
            self.pathways.to_csv(inside / "pathways.csv", index=False)
            self.indicators.to_parquet(inside / "indicators.parquet", index=False, compression="zstd")
            write_parameters(inside, list(self.comparison.results.values()))
            write_json(inside / "run.json", self._facts())
            write_explanation(self, inside, lang)
        return Path(folder)

    def _facts(self) -> dict[str, Any]:
        ((name, other),) = self.comparison.alternatives.items()
        runs = dict.fromkeys(run for run, _ in self.design.runs())
        return {
            "kind": "explain",
            **run_facts(self.comparison.base),
            "parameters": parameter_facts(list(self.comparison.results.values())),
            "duration_seconds": round(self.duration, 3),
            "alternatives": {name: {"scenario": scenario_facts(other), "accounts": other.accounts}},
            "indicators": [outcome.indicator for outcome in self.outcomes],
            "years": list(self.years),
            "by": self.design.change.by,
            "levers": {player.name: list(player.keys) for player in self.players},
            "mechanisms": list(self.mechanisms),
            "exact": self.design.is_exact,
            "runs": {run.label: {"levers": sorted(run.members), "cut": sorted(run.cut)} for run in runs},
        }
