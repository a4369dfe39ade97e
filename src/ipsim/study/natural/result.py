"""What an experiment found, and how it is kept."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.study.folders import written_whole
from ipsim.study.manifest import model_hash, versions, write_json

if TYPE_CHECKING:
    import pandas as pd

    from ipsim.study.natural.estimating import Placebo
    from ipsim.study.natural.estimators import Estimate, Verdict
    from ipsim.study.natural.experiment import Experiment

TABLE, MANIFEST = "natural.csv", "natural.json"
"""One row for each experiment; and what marks a folder as such a result."""


@dataclass(frozen=True)
class Finding:
    """An experiment, run.

    Attributes
    ----------
    experiment
        What was asked.
    estimates
        By estimator; the first one is that of the study.
    truth
        Mean difference between treated cities and their twins; None without a treatment.
    placebos
        By estimator, what it finds where nobody is treated.
    verdict
        Whether the first estimate agrees with what was published.
    verdict_of_truth
        Whether the true effect does: what the model says, without the luck of a study; None without it.
    panel
        City, year, outcome as it went and without treatment, first year of treatment.
    runs, seconds
        How many cities were simulated, and how long it took in all.
    """

    experiment: Experiment
    estimates: Mapping[str, Estimate]
    truth: Estimate | None
    placebos: Mapping[str, Placebo]
    verdict: Verdict
    verdict_of_truth: Verdict | None
    panel: pd.DataFrame
    runs: int
    seconds: float

    @property
    def main(self) -> Estimate:
        """What the estimator of the study finds."""
        return next(iter(self.estimates.values()))

    @property
    def main_placebo(self) -> Placebo | None:
        """What that estimator finds where nobody is treated."""
        return next(iter(self.placebos.values()), None)

    @property
    def second(self) -> Estimate | None:
        """What the second estimator finds."""
        return next(iter(list(self.estimates.values())[1:]), None)


def table_of(findings: Sequence[Finding]) -> pd.DataFrame:
    """Return one row for each experiment."""
    import pandas as pd

    return pd.DataFrame([_row(finding) for finding in findings])


def _row(finding: Finding) -> dict[str, Any]:
    what = finding.experiment
    row: dict[str, Any] = {
        "experiment": what.name,
        "effect": what.effect.id,
        "outcome": " / ".join(what.outcome.names),
        "published": what.published.shown,
        "unit": what.published.unit.en,
        "used_in_calibration": what.used_in_calibration,
        "estimator": finding.main.kind,
        **_ends("estimate", finding.main),
    }
    row["other_estimator"] = finding.second.kind if finding.second else ""
    row |= _ends("other", finding.second) | _ends("truth", finding.truth)
    empty = finding.main_placebo
    row["placebo"] = empty.mean if empty else math.nan
    row["placebo_rejected"] = empty.share_rejected if empty else math.nan
    row["placebo_draws"] = len(empty.values) if empty else 0
    by_truth = finding.verdict_of_truth
    row |= {"verdict": finding.verdict.outcome, "verdict_of_truth": by_truth.outcome if by_truth else ""}
    row |= {"reason": finding.verdict.told("en"), "notes": what.notes}
    return row | {"cities": what.cities.number, "runs": finding.runs, "seconds": round(finding.seconds, 1)}


def _ends(name: str, found: Estimate | None) -> dict[str, float]:
    if found is None:
        return {name: math.nan, f"{name}_low": math.nan, f"{name}_high": math.nan}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def save_findings(
    findings: Sequence[Finding],
    folder: str | Path,
    lang: str = "en",
    force: bool = False,
    failed: Mapping[str, str] | None = None,
) -> Path:
    """Write a folder: the table, and for each experiment its panel, its result, its file and its picture.

    ``failed`` says by name which other experiments gave nothing, and why; the manifest keeps it.

    Raises
    ------
    FolderError
        When there is a result already and ``force`` is not given, or the disk refuses.
    """
    from ipsim.report.natural import write_pictures
    from ipsim.scenario.calibrated import shipped_ensemble

    with written_whole(folder, force, MANIFEST) as work:
        table_of(findings).to_csv(work / TABLE, index=False)
        for finding in findings:
            own = work / finding.experiment.name
            own.mkdir()
            finding.panel.to_parquet(own / "panel.parquet", index=False)
            (own / "experiment.yaml").write_text(finding.experiment.text, encoding="utf-8")
            write_json(own / "result.json", _plain(facts(finding)))
            write_pictures(finding, own, lang)
        manifest = {
            "versions": versions(),
            "model_hash": model_hash(),
            "ensemble": shipped_ensemble().hash,
            "experiments": [finding.experiment.name for finding in findings],
            "failed": dict(failed or {}),
        }
        write_json(work / MANIFEST, manifest)
    return Path(folder)


def facts(finding: Finding) -> dict[str, Any]:
    """Return what was found, ready for JSON; without the time it took, so that a run again gives the same."""
    what = finding.experiment
    return {
        "experiment": what.name,
        "effect": what.effect.id,
        "published": {
            "value": what.published.shown,
            "unit": what.published.unit.en,
            "why": what.published.why,
        },
        "used_in_calibration": what.used_in_calibration,
        "estimates": {kind: _estimate(one) for kind, one in finding.estimates.items()},
        "truth": None if finding.truth is None else _estimate(finding.truth),
        "placebos": {
            kind: {"mean": one.mean, "rejected": one.share_rejected, "values": list(one.values)}
            for kind, one in finding.placebos.items()
        },
        "verdict": _verdict(finding.verdict),
        "verdict_of_truth": finding.verdict_of_truth and _verdict(finding.verdict_of_truth),
        "cities": what.cities.number,
        "runs": finding.runs,
        "notes": what.notes,
    }


def _verdict(one: Verdict) -> dict[str, str]:
    return {"outcome": one.outcome, "reason": one.told("en")}


def _estimate(one: Estimate) -> dict[str, Any]:
    return {
        "value": one.value,
        "se": one.se,
        "low": one.low,
        "high": one.high,
        "level": one.level,
        "detail": one.detail,
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: no numpy, and null for what is not a number."""
    if isinstance(value, Mapping):
        return {str(key): _plain(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(child) for child in value]
    item = getattr(value, "item", None)
    if callable(item):
        value = item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return str(value)
