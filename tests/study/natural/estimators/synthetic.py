"""Panels whose true effects are known."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ipsim.study.natural.estimators import Estimate


def staggered(
    seed: int,
    *,
    units: int = 36,
    times: int = 10,
    starts: tuple[int, ...] = (4, 7),
    effect: float = 1.0,
    growth: float = 0.0,
    noise: float = 0.5,
    drop: float = 0.0,
) -> pd.DataFrame:
    """Make a panel in which a third of units each starts at two times and a third never.

    The effect of a treated observation is ``effect + growth * (time - first)``; a unit that starts early has
    a higher level and all units have errors that last (an AR(1) with 0.5).
    """
    draws = np.random.default_rng(seed)
    first = np.resize([*starts, np.nan], units).astype(float)
    error = np.zeros((units, times))
    error[:, 0] = draws.normal(size=units) * noise
    for t in range(1, times):
        error[:, t] = 0.5 * error[:, t - 1] + noise * draws.normal(size=units)
    common = draws.normal(size=times).cumsum()
    level = draws.normal(size=units) + np.where(np.isnan(first), 0.0, 1.0)
    grid = pd.MultiIndex.from_product([range(units), range(times)], names=["unit", "time"])
    frame = grid.to_frame(index=False)
    frame["first"] = first[frame["unit"]]
    frame["treated"] = frame["first"].notna().astype(int)
    frame["cluster"] = frame["unit"]
    since = (frame["time"] - frame["first"]).to_numpy()
    gain = np.where(since >= 0, effect + growth * np.nan_to_num(since), 0.0)
    frame["truth"] = np.where(since >= 0, gain, np.nan)
    frame["outcome"] = (level[:, None] + common + error).ravel() + gain
    if drop:
        frame = frame[draws.uniform(size=len(frame)) >= drop].reset_index(drop=True)
    return frame


def truth(frame: pd.DataFrame) -> float:
    """Return the mean effect over treated observations."""
    return float(frame["truth"].mean())


def discontinuity(seed: int, *, units: int = 600, jump: float = 1.0, cutoff: float = 2.0) -> pd.DataFrame:
    """Make a curved relation with a jump at a cut-off and errors that grow with the running variable."""
    draws = np.random.default_rng(seed)
    x = draws.normal(size=units)
    outcome = 0.8 * x - 0.4 * x**2 + 0.2 * x**3 + jump * (x >= 0)
    outcome += (0.4 + 0.1 * np.abs(x)) * draws.normal(size=units)
    return pd.DataFrame({"unit": np.arange(units), "running": x + cutoff, "outcome": outcome})


def score(
    draw: Callable[[int], pd.DataFrame],
    truth_of: Callable[[pd.DataFrame], float],
    run: Callable[[pd.DataFrame], Estimate],
    number: int = 200,
) -> tuple[float, float]:
    """Return bias and coverage of an estimator over synthetic draws."""
    gaps, held = [], []
    for seed in range(number):
        frame = draw(seed)
        found, target = run(frame), truth_of(frame)
        gaps.append(found.value - target)
        held.append(found.low <= target <= found.high)
    return float(np.mean(gaps)), float(np.mean(held))
