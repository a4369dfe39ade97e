"""Run again what a result folder holds and compare, value by value."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipsim.study.drawing import KeptDraws
from ipsim.study.errors import FolderError
from ipsim.study.folders import MANIFEST
from ipsim.study.manifest import changed_versions
from ipsim.study.run import run

if TYPE_CHECKING:
    from ipsim.scenario import Scenario
    from ipsim.study.results import Result
    from ipsim.study.simulations import MakesSimulation, Progress

_KEYS = ["scenario", "replicate", "year", "indicator"]


@dataclass(frozen=True)
class Verification:
    """What came of running a result again.

    Attributes
    ----------
    values
        How many values the folder holds: of indicators, and of differences with moved assumptions.
    differing
        The rows that differ or are missing on one side: keys, ``kept`` and ``again``. A difference with an
        assumption at an end of its range has year and replicate 0.
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
        when = f" in {first['year']}" if first["year"] else ""
        where = f"{first['indicator']}{when}: {values}"
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
        What `Result.save`, `Comparison.save` or `Explanation.save` wrote.
    workers, progress, make
        As in `run`.

    Raises
    ------
    FolderError
        When the folder holds no result, or a damaged one.
    """
    facts, kept = _read(Path(folder))
    draws = KeptDraws(Path(folder), facts)
    if facts.get("kind") == "explain":
        from ipsim.study.explain.verify import explained_again

        again = explained_again(facts, draws, workers, progress, make)
        return _verified(facts, kept, again)
    parts: dict[str, str] = {facts["scenario"]["name"]: facts["scenario"]["text"]}
    parts |= {name: other["scenario"]["text"] for name, other in facts.get("alternatives", {}).items()}
    numbers = (facts["seeds"][0], len(facts["seeds"]), facts["scale"])
    results = {
        name: _again(draws.scenario(text, name), name, draws.central, numbers, workers, progress, make)
        for name, text in parts.items()
    }
    again = pd.concat([result.indicators for result in results.values()])[[*_KEYS, "value"]]
    if "turning" in facts:
        kept = pd.concat([kept, _kept_turning(Path(folder))])
        again = pd.concat([again, _turning_again(results, facts["turning"], workers, progress, make)])
    return _verified(facts, kept, again)


def _verified(facts: dict[str, Any], kept: pd.DataFrame, again: pd.DataFrame) -> Verification:
    return Verification(len(kept), differing(kept, again, _KEYS), changed_versions(facts["versions"]))


def differing(kept: pd.DataFrame, again: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the rows whose values are not equal to the last bit, or that one side lacks.

    Parameters
    ----------
    kept, again
        Tables with ``value`` and the columns of ``keys``.
    keys
        What names a row.

    Returns
    -------
    DataFrame
        The keys, ``kept`` and ``again``.
    """
    texts = {name: "string" for name in ("scenario", "indicator") if name in keys}
    sides = [table.astype(texts)[[*keys, "value"]] for table in (kept, again)]
    both = sides[0].merge(sides[1], on=keys, how="outer", suffixes=("_kept", "_again"), indicator="side")
    both = both.rename(columns={"value_kept": "kept", "value_again": "again"})
    same = (both["kept"] == both["again"]) | (both["kept"].isna() & both["again"].isna())
    return both.loc[~((both["side"] == "both") & same), [*keys, "kept", "again"]]


def _kept_turning(folder: Path) -> pd.DataFrame:
    try:
        # As text, which Python reads to the last bit in every version of pandas.
        table = pd.read_csv(folder / "turning.csv", dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise FolderError(f"the result in {folder} can't be read: {error}") from error
    return _turning_rows(table)


def _turning_again(
    results: dict[str, Result],
    facts: dict[str, Any],
    workers: int,
    progress: Progress | None,
    make: MakesSimulation | None,
) -> pd.DataFrame:
    from ipsim.study.comparison.turning import turning

    found = turning(results, facts["assumptions"], facts["replicates"], workers, progress, make)
    return _turning_rows(found.effects)


def _turning_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the differences at the ends of assumptions as if they were indicators of a year."""
    between = table["base"] + " against " + table["alternative"]
    what = table["number"] + " with " + table["assumption"] + " " + table["end"]
    return pd.DataFrame(
        {
            "scenario": between,
            "replicate": 0,
            "year": 0,
            "indicator": what,
            "value": table["difference"].map(float),
        }
    )


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
    scenario: Scenario,
    name: str,
    central: bool,
    numbers: tuple[int, int, float],
    workers: int,
    progress: Progress | None,
    make: MakesSimulation | None,
) -> Result:
    seed, replicates, scale = numbers
    result = run(scenario, seed, replicates, scale, workers, progress, make, central=central)
    return replace(result, indicators=result.indicators.assign(scenario=name))
