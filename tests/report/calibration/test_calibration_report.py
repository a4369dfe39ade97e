"""What people read of a calibration, in both languages."""

import io
import math
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from ipsim.report.calibration import calibration_sentences, calibration_tables, write_calibration
from ipsim.report.calibration.cells import published
from ipsim.report.calibration.fitted import over_published, published_band
from ipsim.report.calibration.identified import place_in_range
from ipsim.report.calibration.names import figure_words, group_of, own_words
from ipsim.report.calibration.sentences import rows_of
from ipsim.report.phrases import catalogue
from ipsim.study.calibration.keeping import Assessment
from ipsim.study.calibration.moments import MOMENTS
from ipsim.study.calibration.parameters import OWN_FIGURES, shared_parameters
from ipsim.study.calibration.targets import targets
from ipsim.study.calibration.twins import TWINS

CITIES = {"jinhua": {"en": "Jinhua", "zh": "金华"}, "xiamen": {"en": "Xiamen", "zh": "厦门"}}


def row(key: str, indicator: str, value: float, factor: float, **other: Any) -> dict[str, Any]:
    """Return a row of the fit table whose posterior is about ``factor`` times what was published."""
    bands = {
        f"{part}_{what}": value * factor * times
        for part, wide in (("prior", 0.4), ("posterior", 0.1))
        for what, times in (("low", 1 - wide), ("median", 1.0), ("high", 1 + wide))
    }
    said = {"low": value, "high": value, "error": 0.05, "use": "fit", "year": 2019, "off": 10 * (factor - 1)}
    return {
        "aim": key,
        "cities": "jinhua",
        "indicator": indicator,
        "published": value,
        "inside": abs(factor - 1) < 0.1,
        "source": "a yearbook",
        **bands,
        **said,
        **other,
    }


FIT = pd.DataFrame(
    [
        row("jinhua:invention_applications:2019", "invention_applications", 6000.0, 1.02),
        row("jinhua:patent_pledge_projects:2019", "patent_pledge_projects", 76.0, 1.3, high=math.inf),
        row("xiamen:rd_intensity:2020", "rd_intensity", 3.0, 0.98, use="test", year=2020),
        row(
            "china:use_firms_2021", "industrialisation_rate_invention_enterprises", 46.8, 0.5, low=40, high=50
        ),
        row("china:value_sigma", "moment.value_sigma", 2.2, 1.0, low=1.6, high=2.3),
        row("china:filing_cost", "twin.filing_cost", -0.3, -30.0, low=-0.5, high=-0.3, year=0),
    ]
)


def parameters(own: bool) -> pd.DataFrame:
    """Return parameters of which a third are narrowed."""
    names = [one.key for one in shared_parameters()]
    names += [f"jinhua:{key}" for key in OWN_FIGURES] if own else []
    rows = [
        {
            "parameter": name,
            "low": 0.1,
            "high": 10.0,
            "logarithmic": bool(place % 2),
            "contraction": 0.9 - 0.05 * place,
        }
        for place, name in enumerate(names)
    ]
    return pd.DataFrame(rows).assign(
        prior_low=0.2,
        prior_median=1.0,
        prior_high=5.0,
        posterior_low=0.5,
        posterior_median=1.0,
        posterior_high=2.0,
        central=1.1,
        shift=0.2,
    )


def assessment(shared: bool, conflicts: bool = True) -> Assessment:
    """Return an assessment that was made up."""
    aims = [
        {"key": key, "use": use, "simulated": True} for key, use in zip(FIT["aim"], FIT["use"], strict=True)
    ]
    aims.append({"key": "china:silent", "use": "fit", "simulated": False})
    reason = {"en": "before the first simulated year", "zh": "早于模拟起始年份"}
    unused = [
        {
            "indicator": "invention_grants",
            "period": str(year),
            "text": "9",
            "unit": "grants",
            "line": 2,
            "reason": reason,
        }
        for year in range(2010, 2015)
    ]
    clash = [("jinhua:invention_applications:2019", "china:value_sigma", 2.0, -0.4)] if conflicts else []
    facts = {
        "hash": "ab" * 32,
        "cities": CITIES,
        "shared": shared,
        "command": "ipsim calibrate",
        "known_by": 2020,
        "plan": {"draws": 1908},
        "seconds": 754.0,
        "members": 240,
        "effective_draws": 41.0,
        "parameters": 100,
        "aims": aims,
        "unused": [] if shared else unused,
    }
    columns = pd.Index(["left_out", "other", "off_with", "off_without"])
    return Assessment(FIT, parameters(own=True), pd.DataFrame(clash, columns=columns), facts)


@pytest.mark.parametrize("shared", [True, False], ids=["shared", "city"])
def test_the_page_and_its_figures(tmp_path: Path, lang: str, shared: bool) -> None:
    page = write_calibration(assessment(shared), tmp_path, lang).read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.count("<svg") == 6
    assert not re.search(r"\{[a-z_]+\}", page.split("</style>")[1])
    drawn = {path.name for path in (tmp_path / "figures").iterdir()}
    assert {"fit-jinhua.png", "fit-nation.svg", "fit-effects.png", "identifiability.svg"} <= drawn
    assert ("未使用的数据" if lang == "zh" else "What was not used") in page or shared
    assert "abababab" in page


def test_the_sentences_of_a_city(lang: str) -> None:
    said = calibration_sentences(assessment(shared=False), lang)
    whole = " ".join(said)
    if lang == "zh":
        assert "用于拟合的5项数据中，2项落在参数组合的90%区间内（40%）。" in said
        assert "等5项（早于模拟起始年份）" in whole
        assert "宜增加试算组数" in whole
    else:
        assert "Of 5 figures that were fitted, 2 lie within the 90 % band of the ensemble (40 %)." in said
        assert "Invention grants 2010, Invention grants 2011, Invention grants 2012 and 2 more" in whole
        assert "More draws would help" in whole
        assert "Figures of the city that stay as its profile assumes them" in whole
        assert "No run gives these, so that nothing was learned from them: china:silent." in said


def test_no_conflict_is_said_too(lang: str) -> None:
    said = calibration_sentences(assessment(True, conflicts=False), lang)
    assert any("No two figures" in one or "未发现" in one for one in said)
    assert len(calibration_tables(assessment(True, conflicts=False), lang)) == 2


@pytest.mark.parametrize("shared", [True, False], ids=["shared", "city"])
def test_the_tables(lang: str, shared: bool) -> None:
    tables = calibration_tables(assessment(shared), lang)
    assert [table.row_count for table in tables] == [6, 10 if shared else len(OWN_FIGURES), 1]
    console = Console(width=300, record=True, file=io.StringIO())
    for table in tables:
        console.print(table)
    text = console.export_text()
    assert "≥ 76" in text
    assert "+2.0" in text and "−0.4" in text


def test_every_name_has_words(lang: str) -> None:
    known = catalogue()
    assert all(
        f"calibration.moment_{name}" in known
        for name in MOMENTS
        if any(one.indicator == f"moment.{name}" for one in targets())
    )
    assert all(f"calibration.twin_{name}" in known for name in TWINS)
    for key in OWN_FIGURES:
        assert own_words(key, lang) != key
    for one in targets():
        assert figure_words({"indicator": one.indicator, "year": one.year}, lang)


def test_groups() -> None:
    assert [group_of(one) for one in rows_of(FIT)] == [
        "jinhua",
        "jinhua",
        "xiamen",
        "nation",
        "distributions",
        "effects",
    ]


def test_published_figures_ranges_and_bounds() -> None:
    rows = rows_of(FIT)
    assert published(rows[0], "en") == "6,000"
    assert published(rows[1], "en") == "≥ 76"
    assert published({**rows[1], "low": 0.0, "high": 76.0}, "en") == "≤ 76"
    assert published(rows[3], "zh") == "40.0—50.0"
    wide = math.exp(1.645 * 0.05)
    assert published_band(rows[0]) == pytest.approx((1 / wide, wide))
    assert published_band(rows[5]) == pytest.approx((1 / wide, 5 / 3 * wide))
    assert over_published(rows[5], "posterior") == pytest.approx((-33.0, -30.0, -27.0))


def test_places_in_ranges() -> None:
    plain = {"low": 0.1, "high": 10.0, "logarithmic": False}
    assert place_in_range(plain, 5.05) == pytest.approx(0.5)
    assert place_in_range({**plain, "logarithmic": True}, 1.0) == pytest.approx(0.5)
    assert place_in_range(plain, 20.0) == 1.0
