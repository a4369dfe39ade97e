"""What the page says of the calibration: fit, parameters, conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from drawing import save
from matplotlib.figure import Figure
from page import table

from ipsim.report import style
from ipsim.report.calibration.cells import band, conflict_rows, published, signed, simulated
from ipsim.report.calibration.names import Row, aim_words, group_words, parameter_words, unit_words
from ipsim.report.calibration.page import draw_all, groups
from ipsim.report.calibration.sentences import narrowed, rows_of, sentences
from ipsim.report.numbers import figure, significant
from ipsim.study.calibration.keeping import Assessment, read_assessment

CONFLICTS_SHOWN = 15


def values_of(folder: Path, pictures: Path, shipped: str) -> dict[str, Any]:
    """Return what the page says, and draw its figures.

    Parameters
    ----------
    folder
        Of the stage.
    pictures
        Where figures go.
    shipped
        Hash of the ensemble that ships.
    """
    found = read_assessment(folder)
    facts, fit = found.facts, found.fit
    fitted, tests = (fit[fit["use"] == use] for use in ("fit", "test"))
    with style.styled():
        drawn: Mapping[str, Figure] = draw_all(found, "en")
    for name, one in drawn.items():
        save(lambda one=one: one, pictures / f"{name}.png")
    return {
        "facts": facts,
        "is_shipped": facts.get("hash") == shipped,
        "hash": str(facts.get("hash", ""))[:8],
        "sentences": {lang: sentences(found, lang) for lang in ("en", "zh")},
        "groups": [
            {
                "name": group_words(name, found.cities, "en"),
                "picture": f"fit-{name}.png",
                "table": _fit_table(rows_of(rows), found),
            }
            for name, rows in groups(found).items()
        ],
        "fitted": len(fitted),
        "fitted_inside": int(fitted["inside"].sum()),
        "tests": len(tests),
        "tests_inside": int(tests["inside"].sum()),
        "parameters": len(found.identifiability),
        "narrowed": int(narrowed(found.identifiability).sum()),
        "has_parameter_picture": "identifiability" in drawn,
        "parameters_table": _parameters_table(found),
        "conflicts": len(found.conflicts),
        "conflicts_table": _conflicts_table(found),
        "conflicts_shown": min(CONFLICTS_SHOWN, len(found.conflicts)),
        "missed": {lang: _missed(fit, found, lang) for lang in ("en", "zh")},
        "indicators": sorted(set(fit["indicator"])),
        "last_year": int(fit["year"].max()),
    }


def _fit_table(rows: list[dict[str, Any]], found: Assessment) -> str:
    heads = ["Figure", "Unit", "Published", "Before, 90 %", "Simulated", "90 %", "Inside", "Use"]
    cells = [
        [
            aim_words(row, found.cities, "en"),
            unit_words(row, "en"),
            published(row, "en"),
            band(row, "en", "prior"),
            simulated(row, "en"),
            band(row, "en"),
            "yes" if row["inside"] else "**no**",
            str(row["use"]),
        ]
        for row in rows
    ]
    return table(heads, cells, 2)


def _parameters_table(found: Assessment) -> str:
    heads = ["Parameter", "Key", "Before, 90 %", "After, 90 %", "Best set", "Narrowed, %", "Moved, SD"]
    rows = rows_of(found.identifiability)
    cells = [
        [
            parameter_words(row["parameter"], found.cities, "en"),
            f"`{row['parameter']}`",
            *(
                f"{significant(row[f'{part}_low'])} to {significant(row[f'{part}_high'])}"
                for part in ("prior", "posterior")
            ),
            significant(row["central"]),
            figure(100 * max(0.0, row["contraction"])),
            signed(float(row["shift"])),
        ]
        for row in rows
    ]
    return table(heads, cells, 2)


def _conflicts_table(found: Assessment) -> str:
    heads = ["Left out", "Comes nearer", "Off with it, spreads", "Off without it"]
    return table(heads, [list(cells) for cells in conflict_rows(found, "en")[:CONFLICTS_SHOWN]], 2)


def _missed(fit: Any, found: Assessment, lang: str) -> list[str]:
    """Return the fitted figures and tests that lie outside their band, the farthest off first."""
    outside = rows_of(fit[~fit["inside"].astype(bool)])
    return [_told(row, found, lang) for row in sorted(outside, key=lambda row: -abs(row["off"]))]


def _told(row: Row, found: Assessment, lang: str) -> str:
    share = 100 * float(row["posterior_median"]) / float(row["published"])
    words = aim_words(row, found.cities, lang)
    if lang == "zh":
        return f"{words}（模拟为公布值的{figure(share)}%）"
    return f"{words} (simulated {figure(share)} % of the published figure)"
