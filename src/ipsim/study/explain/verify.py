"""Run an explanation again from what its folder says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from ipsim.study.explain.explaining import explain

if TYPE_CHECKING:
    from ipsim.study.drawing import KeptDraws
    from ipsim.study.simulations import MakesCutSimulation, MakesSimulation, Progress


def explained_again(
    facts: dict[str, Any],
    draws: KeptDraws,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> pd.DataFrame:
    """Return the figures of all runs once more, with the columns of ``indicators.parquet``.

    Parameters
    ----------
    facts
        What ``run.json`` holds.
    draws
        The parameters of the replicates.
    workers, progress, make
        As in `explain`.
    """
    (other,) = (one["scenario"] for one in facts["alternatives"].values())
    again = explain(
        draws.scenario(facts["scenario"]["text"], facts["scenario"]["name"]),
        draws.scenario(other["text"], other["name"]),
        by=facts["by"],
        replicates=len(facts["seeds"]),
        seed=facts["seeds"][0],
        scale=facts["scale"],
        workers=workers,
        progress=progress,
        make=cast("MakesCutSimulation | None", make),
        central=draws.central,
    )
    return again.indicators.astype({"scenario": str, "indicator": str})
