"""Small tables of every stage, as if they had been run."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.study.hindcast import score
from ipsim.study.hindcast.known import known_ensemble
from ipsim.study.manifest import model_hash
from tests.study.hindcast.stand_ins import draws, figure

PARAMETERS = ["assumptions.blocking", "assumptions.value_decay", "assumptions.trifle_limit"]
QUESTIONS = ["end-filing-2021-risk-fund-200", "double-filing-subsidies", "strict-2020", "xiamen-strict-2021"]
NUMBERS = ["cost", "high_value", "quality", "research", "lending", "infringed", "pattern"]


def written(
    out: Path,
    *,
    good: bool = True,
    conflicts: bool = True,
    turned: bool = True,
) -> Path:
    """Write the tables of all stages into ``out``: of a model that does well, or badly."""
    _calibration(out / "calibration", good, conflicts)
    _recovery(out / "recovery", good)
    _hindcast(out / "hindcast", good)
    _natural(out / "natural", good)
    _facts(out / "facts", good)
    _sensitivity(out / "sensitivity", good, turned)
    for folder in out.iterdir():
        stamped(folder)
    return out


def stamped(folder: Path, **other: Any) -> None:
    """Mark a stage as made by the model and the ensemble that are here."""
    known = known_ensemble() if folder.name == "hindcast" else shipped_ensemble()
    ensemble = known.hash if known else ""
    facts = {
        "model": model_hash(),
        "ensemble": ensemble,
        "sizes": {},
        "seconds": 90.0,
        "runs": 16,
        "scale": 0.1,
    }
    (folder / "stamp.json").write_text(json.dumps({**facts, **other}), encoding="utf-8")


def _calibration(folder: Path, good: bool, conflicts: bool) -> None:
    folder.mkdir(parents=True)
    factors = {"jinhua:invention_applications:2019": 1.02, "xiamen:rd_intensity:2020": 1.3 - 0.28 * good}
    rows = []
    for key, factor in factors.items():
        _, indicator, year = key.split(":")
        value, use = (6242.0, "fit") if indicator == "invention_applications" else (3.08, "test")
        bands = {
            f"{part}_{what}": value * factor * times
            for part, wide in (("prior", 0.4), ("posterior", 0.1))
            for what, times in (("low", 1 - wide), ("median", 1.0), ("high", 1 + wide))
        }
        said = {
            "aim": key,
            "cities": key.split(":")[0],
            "indicator": indicator,
            "year": int(year),
            "use": use,
        }
        said |= {"published": value, "low": value, "high": value, "error": 0.05, "discrepancy": 0.1}
        rows.append({**said, **bands, "off": factor - 1, "inside": factor < 1.1, "source": "yearbook"})
    pd.DataFrame(rows).to_csv(folder / "fit.csv", index=False)
    spans = {
        f"{part}_{end}": at
        for part in ("prior", "posterior")
        for end, at in zip(("low", "median", "high"), (0.2, 0.5, 0.8), strict=True)
    }
    table = pd.DataFrame({"parameter": PARAMETERS, "contraction": [0.6, 0.3, 0.0], "logarithmic": False})
    table.assign(low=0.0, high=1.0, central=0.4, shift=0.1, **spans).to_csv(
        folder / "identifiability.csv", index=False
    )
    columns = pd.Index(["left_out", "other", "off_with", "off_without"])
    clash = [(*factors, 1.5, 0.2)] if conflicts else []
    pd.DataFrame(clash, columns=columns).to_csv(folder / "conflicts.csv", index=False)
    cities = {"jinhua": {"en": "Jinhua", "zh": "金华"}, "xiamen": {"en": "Xiamen", "zh": "厦门"}}
    facts = {
        "hash": shipped_ensemble().hash if good else "0" * 64,
        "cities": cities,
        "shared": True,
        "command": "ipsim calibrate",
    }
    facts |= {"known_by": None, "plan": {"draws": 1908}, "seconds": 754.0, "members": 240, "unused": []}
    facts |= {"effective_draws": 120.0, "model": model_hash()}
    facts["aims"] = [{"key": key, "use": "fit", "simulated": True} for key in factors]
    (folder / "calibration.json").write_text(json.dumps(facts), encoding="utf-8")


def _recovery(folder: Path, good: bool) -> None:
    folder.mkdir()
    rng = np.random.default_rng(1)
    rows, methods = [], []
    for place, name in enumerate(["emulated posterior", "rejection, adjusted by regression", "sequential"]):
        true = rng.standard_normal((6, len(PARAMETERS)))
        mean = 0.7 * true + 0.3 * rng.standard_normal(true.shape)
        rows += [
            {"truth": t, "parameter": one, "true": true[t, p], "mean": mean[t, p], "low": mean[t, p] - 1,
             "high": mean[t, p] + 1, "inside": True, "contraction": 0.5, "method": name}
            for t in range(6) for p, one in enumerate(PARAMETERS)
        ]  # fmt: skip
        error = 0.5 + 0.1 * (place if good else -place)
        summary = {"truths": 6, "bias": 0.01, "coverage_90": 0.88 if good else 0.6, "mean_width_90": 1.5}
        methods += [
            {"method": name, "over": over, "parameters": 3, "root_mean_square_error": error, **summary}
            for over in ("narrowed", "all")
        ]
    pd.DataFrame(rows).to_csv(folder / "recovery.csv", index=False)
    pd.DataFrame(methods).to_csv(folder / "methods.csv", index=False)


def _hindcast(folder: Path, good: bool) -> None:
    folder.mkdir()
    names = ["invention_applications", "invention_grants", "patent_grants_total"]
    figures = [
        figure(1000.0, year, place="Jinhua", indicator=name) for name in names for year in (2017, 2018)
    ]
    figures.append(figure(5.0, place="China"))
    known = [figure(900.0, 2016, place="Jinhua", indicator=name) for name in names]
    known += [figure(880.0, 2015, place="Jinhua", indicator=name) for name in names]
    middle = 1010.0 if good else 3000.0
    values = [middle + step for step in range(-100, 101, 20)]
    predictions = pd.concat([draws(values, year, "Jinhua", name) for name in names for year in (2017, 2018)])
    scores = score(figures, predictions, known)
    scores.table.to_csv(folder / "hindcast.csv", index=False)
    scores.summary.to_csv(folder / "summary.csv", index=False)
    scores.missing.to_csv(folder / "missing.csv", index=False)
    cities = {"jinhua": {"name": {"en": "Jinhua", "zh": "金华"}}}
    facts = {
        "known": 2016,
        "years": [2017, 2018],
        "ensemble": {"kind": "fitted", "members": 9},
        "cities": cities,
    }
    (folder / "hindcast.json").write_text(json.dumps(facts), encoding="utf-8")


def _natural(folder: Path, good: bool) -> None:
    folder.mkdir()
    shown = [("e26-elasticity", "E26", "-0.3", "", True), ("e12-filings", "E12", "560", "", False)]
    shown += [("e02-grant-rate", "E02", "-", "-", False), ("e04-grants", "E04", "0", "0", False)]
    rows = []
    for place, (name, effect, published, sign, fitted) in enumerate(shown):
        value = (float(published) if not sign else -1.0) * (1.1 if good else -8.0)
        width = 0.2 * abs(value)
        ends = {"": value, "_low": value - width, "_high": value + width}
        row = {
            "experiment": name,
            "effect": effect,
            "published": published,
            "sign": sign,
            "unit": "%",
            "margin": 0.0,
        }
        row |= {f"title_{lang}": f"{words} {effect}" for lang, words in (("en", "Study"), ("zh", "研究"))}
        row |= {f"{part}{end}": at for part in ("estimate", "other", "truth") for end, at in ends.items()}
        row |= {"claim_low": -0.5 if place == 0 else 500.0, "claim_high": -0.2 if place == 0 else np.inf}
        row |= {
            "used_in_calibration": fitted,
            "estimator": "twfe",
            "other_estimator": "imputation",
            "notes": "",
        }
        row |= {"placebo": 0.01, "placebo_rejected": 0.1 if good else 0.3, "placebo_draws": 20}
        verdict = "pass" if good else ("fail", "unclear")[place % 2]
        rows.append(
            {**row, "verdict": verdict, "reason": "As the rule says.", "cities": 8, "runs": 12, "seconds": 30}
        )
    pd.DataFrame(rows).to_csv(folder / "natural.csv", index=False)


def _facts(folder: Path, good: bool) -> None:
    folder.mkdir()
    before = pd.read_csv(Path("experiments/validation/before.csv"), keep_default_na=False)
    before.assign(result="pass" if good else "fail").to_csv(folder / "facts.csv", index=False)
    first = before.head(4)[["fact", "test"]]
    held = pd.concat([first.assign(member=member, **{"pass": good or member == 1}) for member in (1, 2, 3)])
    held.to_csv(folder / "members.csv", index=False)


def _sensitivity(folder: Path, good: bool, turned: bool) -> None:
    folder.mkdir()
    effects, leading = [], []
    for question in QUESTIONS:
        for number in NUMBERS:
            said = {"question": question, "number": number, "unit": "units", "base": 100.0, "members": 9}
            said |= {"mean": 2.0, "mean_low": 1.5, "mean_high": 2.5, "low": -1.0, "high": 5.0}
            said |= {"same_sign": 1.0 if good else 0.6, "parameters": 0.8 if good else 0.2}
            said |= {"parameters_low": 0.1, "parameters_high": 0.9, "deviation": 1.0}
            effects.append({**said, "explained": 0.3, "firm": 0.97 if good else 0.6, "firm_low": 0.8})
            for rank, name in enumerate(PARAMETERS, start=1):
                named = {"rank": rank, "parameter": name, "coefficient": 1.0, "low": 0.5, "high": 1.5}
                named |= {"lowest_fifth": -1.0, "highest_fifth": 4.0, "turns_over": turned and rank == 1}
                leading.append({"question": question, "number": number, **named})
    pd.DataFrame(effects).to_csv(folder / "effects.csv", index=False)
    pd.DataFrame(leading).to_csv(folder / "leading.csv", index=False)
