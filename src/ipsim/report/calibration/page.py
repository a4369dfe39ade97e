"""The report of a calibration: one page that needs no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.figure import Figure

from ipsim.report import style
from ipsim.report.calibration import fitted, identified
from ipsim.report.calibration.cells import band, conflict_rows, published, signed, simulated
from ipsim.report.calibration.names import (
    DISTRIBUTIONS,
    EFFECTS,
    NATION,
    aim_words,
    group_of,
    group_words,
    own_words,
    parameter_words,
    unit_words,
)
from ipsim.report.calibration.sentences import narrowed, own_parameters, rows_of, sentences
from ipsim.report.drawings import keep
from ipsim.report.frame import framed, picture
from ipsim.report.numbers import figure, percent, significant
from ipsim.report.phrases import language, phrase
from ipsim.study.calibration.aims import DISCREPANCY

if TYPE_CHECKING:
    from ipsim.study.calibration.keeping import Assessment

IDENTIFIABILITY = "identifiability"
_SHOWN = 25
"""Parameters of the figure."""


def write(assessed: Assessment, folder: Path, lang: str) -> Path:
    """Write figures and page into ``folder``; return the page."""
    lang = language(lang)
    with style.styled():
        drawings = {
            name: keep(drawn, folder / "figures", name) for name, drawn in draw_all(assessed, lang).items()
        }
    page = folder / "report.html"
    page.write_text(render(assessed, drawings, lang), encoding="utf-8")
    return page


def draw_all(assessed: Assessment, lang: str) -> dict[str, Figure]:
    """Draw ``fit-GROUP`` for each group of aims, and ``identifiability``; call it within `style.styled`."""
    found = {
        f"fit-{group}": fitted.draw(rows_of(rows), group_words(group, assessed.cities, lang), lang)
        for group, rows in groups(assessed).items()
    }
    rows = rows_of(shown_parameters(assessed))
    if rows:
        names = [str(row["parameter"]) for row in rows]
        if assessed.is_shared:
            labels = [parameter_words(name, assessed.cities, lang) for name in names]
        else:
            labels = [own_words(name.partition(":")[2], lang) for name in names]
        kind = "ident_title" if assessed.is_shared else "ident_title_city"
        found[IDENTIFIABILITY] = identified.draw(rows, labels, phrase(f"calibration.{kind}", lang), lang)
    return found


def groups(assessed: Assessment) -> dict[str, pd.DataFrame]:
    """Return the rows of the fit table by group: cities, nation, distributions, effects."""
    own = assessed.fit.apply(lambda row: group_of(row), axis=1) if len(assessed.fit) else pd.Series(dtype=str)
    order = [*assessed.cities, NATION, DISTRIBUTIONS, EFFECTS]
    return {group: assessed.fit[own == group] for group in order if (own == group).any()}


def shown_parameters(assessed: Assessment) -> pd.DataFrame:
    """Return the parameters of the figure: the most narrowed, or those of the city."""
    if not assessed.is_shared:
        return own_parameters(assessed)
    table = assessed.identifiability
    return table[narrowed(table)].head(_SHOWN)


def render(assessed: Assessment, drawings: dict[str, str], lang: str) -> str:
    """Return the page as HTML, with the drawings as SVG text by name."""
    facts = assessed.facts
    own = own_parameters(assessed)
    used = [one["use"] for one in facts["aims"] if one["simulated"]]
    counts = {
        "parameters": len(assessed.identifiability),
        "own": len(own),
        "fitted": used.count("fit"),
        "tests": used.count("test"),
        "draws": figure(facts["plan"]["draws"]),
        "members": facts["members"],
    }
    subtitle = phrase(f"calibration.subtitle_{'shared' if assessed.is_shared else 'city'}", lang, **counts)
    if facts["known_by"] is not None:
        subtitle += phrase("page.sentence_gap", lang)
        subtitle += phrase("calibration.known_by", lang, year=facts["known_by"])
    content = {
        "cities": phrase("calibration.between", lang).join(one[lang] for one in assessed.cities.values()),
        "subtitle": subtitle,
        "sentences": sentences(assessed, lang),
        "fits": [_fit(name, rows, assessed, drawings, lang) for name, rows in groups(assessed).items()],
        "parameters": _parameters(assessed, drawings, lang),
        "conflicts": conflict_rows(assessed, lang),
        "unused": [{**one, "reason": one["reason"][lang]} for one in facts["unused"]],
        "discrepancy": percent(figure(100 * DISCREPANCY), lang),
        "command": facts["command"],
        "hash": str(facts.get("hash", ""))[:8],
        "duration": phrase("calibration.minutes", lang, n=significant(facts["seconds"] / 60)),
    }
    return framed("calibration.html.j2", "calibration", lang, content)


def _fit(
    group: str, rows: pd.DataFrame, assessed: Assessment, drawings: dict[str, str], lang: str
) -> dict[str, Any]:
    name, words = f"fit-{group}", group_words(group, assessed.cities, lang)
    alt = phrase("calibration.alt_fit", lang, group=words)
    return {
        "title": words,
        "picture": picture(drawings[name], name, alt),
        "rows": [
            {
                "words": aim_words(row, assessed.cities, lang),
                "unit": unit_words(row, lang),
                "published": published(row, lang),
                "before": band(row, lang, "prior"),
                "simulated": simulated(row, lang),
                "band": band(row, lang),
                "inside": phrase(f"calibration.{'yes' if row['inside'] else 'no'}", lang),
                "use": phrase(f"calibration.use_{row['use']}", lang),
                "source": row["source"] if isinstance(row["source"], str) else "",
            }
            for row in rows_of(rows)
        ],
    }


def _parameters(assessed: Assessment, drawings: dict[str, str], lang: str) -> dict[str, Any]:
    table, shown = assessed.identifiability, shown_parameters(assessed)
    if assessed.is_shared:
        rest = table.loc[~table["parameter"].isin(shown["parameter"])]
        counts = {"rest": len(rest), "open": int((~narrowed(rest)).sum())}
        reading = phrase("calibration.ident_reading", lang, **counts)
    else:
        counts = {"n": len(shown), "open": int((~narrowed(shown)).sum())}
        reading = phrase("calibration.ident_reading_city", lang, **counts)
    svg_text = drawings.get(IDENTIFIABILITY)
    alt = phrase("calibration.alt_ident", lang)
    return {
        "reading": reading,
        "picture": picture(svg_text, IDENTIFIABILITY, alt) if svg_text else "",
        "rows": [
            {
                "words": parameter_words(row["parameter"], assessed.cities, lang),
                "name": row["parameter"],
                "before": _span(row, "prior", lang),
                "after": _span(row, "posterior", lang),
                "best": significant(row["central"]),
                "narrowed": percent(figure(100 * max(0.0, row["contraction"])), lang),
                "shift": signed(float(row["shift"])),
            }
            for row in rows_of(table)
        ],
    }


def _span(row: dict[str, Any], part: str, lang: str) -> str:
    ends = {end: significant(row[f"{part}_{end}"]) for end in ("low", "high")}
    return phrase("calibration.span", lang, **ends)
