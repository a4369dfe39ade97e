"""Run again what a result folder holds and compare, value by value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.study.errors import FolderError
from ipsim.study.folders import MANIFEST
from ipsim.study.manifest import versions
from ipsim.study.run import run

if TYPE_CHECKING:
    from ipsim.study.simulations import MakesSimulation, Progress

_KEYS = ["scenario", "replicate", "year", "indicator"]


@dataclass(frozen=True)
class Verification:
    """What came of running a result again.

    Attributes
    ----------
    values
        How many values the folder holds.
    differing
        The rows that differ or are missing on one side: keys, ``kept`` and ``again``.
    versions
        Versions that are not those the result was made with: then and now.
    """

    values: int
    differing: pd.DataFrame
    versions: dict[str, tuple[str, str]]

    @property
    def same(self) -> bool:
        """Whether every value is equal to the last bit."""
        return self.differing.empty

    def summary(self) -> str:
        """Say it in one line."""
        changed = ", ".join(f"{name} {then} then, {now} now" for name, (then, now) in self.versions.items())
        note = f" ({changed})" if changed else ""
        if self.same:
            return f"all {self.values} values are the same{note}"
        first = self.differing.iloc[0]
        values = f"{float(first['kept'])!r} kept, {float(first['again'])!r} again"
        where = f"{first['indicator']} in {first['year']}: {values}"
        return f"{len(self.differing)} of {self.values} values differ, such as {where}{note}"


def verify(
    folder: str | Path,
    workers: int = 1,
    progress: Progress | None = None,
    make: MakesSimulation | None = None,
) -> Verification:
    """Simulate what a result folder holds once more and compare the indicators.

    Parameters
    ----------
    folder
        What `Result.save` or `Comparison.save` wrote.
    workers, progress, make
        As in `run`.

    Raises
    ------
    FolderError
        When the folder holds no result, or a damaged one.
    """
    facts, kept = _read(Path(folder))
    parts: dict[str, str] = {facts["scenario"]["name"]: facts["scenario"]["text"]}
    parts |= {name: other["scenario"]["text"] for name, other in facts.get("alternatives", {}).items()}
    numbers = (facts["seeds"][0], len(facts["seeds"]), facts["scale"])
    again = [_again(name, text, numbers, workers, progress, make) for name, text in parts.items()]
    both = kept.merge(pd.concat(again), on=_KEYS, how="outer", suffixes=("_kept", "_again"), indicator="side")
    both = both.rename(columns={"value_kept": "kept", "value_again": "again"})
    equal = (both["side"] == "both") & (
        (both["kept"] == both["again"]) | (both["kept"].isna() & both["again"].isna())
    )
    now = versions()
    changed = {name: (then, now[name]) for name, then in facts["versions"].items() if now.get(name) != then}
    return Verification(len(kept), both.loc[~equal, [*_KEYS, "kept", "again"]], changed)


def _read(folder: Path) -> tuple[dict[str, Any], pd.DataFrame]:
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        missing = {"scenario", "seeds", "scale", "versions"} - set(facts)
        if missing:
            raise KeyError(f"{MANIFEST} has no {', '.join(sorted(missing))}")
        kept = pd.read_parquet(folder / "indicators.parquet", columns=[*_KEYS, "value"])
    except FileNotFoundError as error:
        raise FolderError(
            f"{folder} holds no result of ipsim: {Path(error.filename).name} is missing"
        ) from error
    except (OSError, ValueError, KeyError) as error:
        raise FolderError(f"the result in {folder} can't be read: {error}") from error
    return facts, kept


def _again(
    name: str,
    text: str,
    numbers: tuple[int, int, float],
    workers: int,
    progress: Progress | None,
    make: MakesSimulation | None,
) -> pd.DataFrame:
    from ipsim.scenario import load_text

    seed, replicates, scale = numbers
    result = run(load_text(text, name), seed, replicates, scale, workers, progress, make)
    return result.indicators.assign(scenario=name)[[*_KEYS, "value"]]
