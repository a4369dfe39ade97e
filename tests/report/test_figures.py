"""Every figure draws for one run and for several, in both languages, and repeats itself."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from ipsim.published import Published
from ipsim.report import figures, prepare, write_figures
from ipsim.report.drawings import NAMES
from ipsim.report.drawings.panel import Line, apart, dots


def test_all_are_drawn_and_written(result: Any, lang: str, tmp_path: Path) -> None:
    files = write_figures(result, tmp_path / "figures", lang)
    assert {file.name for file in files} == {f"{name}.{end}" for name in NAMES for end in ("svg", "png")}
    for file in files:
        assert file.stat().st_size > 5000
    for file in (file for file in files if file.suffix == ".svg"):
        text = file.read_text(encoding="utf-8")
        assert "<text" not in text
        assert "<dc:date" not in text


def test_every_panel_says_its_unit(result: Any, lang: str) -> None:
    units = {"filings a year", "件/年"}
    drawn = figures(result, lang)
    texts = {text.get_text() for axes in drawn["patents"].axes for text in axes.texts}
    assert units & texts
    for name, figure in drawn.items():
        for axes in figure.axes:
            assert axes.texts, name


def test_same_result_same_bytes(tmp_path: Path, make_result: Any) -> None:
    for name in ("a", "b"):
        write_figures(make_result(2), tmp_path / name)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_published_figures_are_drawn_as_dots(make_result: Any) -> None:
    axes = figures(make_result(1))["patents"].axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "D"]
    assert len(dots) == 2
    assert dots[0].get_ydata()[0] == pytest.approx(35043 * 1.2 / 0.9)  # pyright: ignore


def test_a_published_range_is_drawn_from_end_to_end(make_result: Any) -> None:
    source = prepare(make_result(1))
    ranged = Published("Jinhua", "patent_pledge_amount", 2019, 1.5, low=0.6, high=2.4, raw=0.6, sure=False)
    axes = Figure().add_subplot()
    dots(axes, replace(source, published=[ranged]), Line("patent_pledge_amount", "pledged", "#000000"))
    bar, dot = axes.lines
    assert np.asarray(bar.get_ydata()) == pytest.approx([0.6, 2.4])
    assert np.asarray(dot.get_ydata()) == pytest.approx([1.5])


def test_nothing_measured_still_draws(lang: str, make_result: Any) -> None:
    result = make_result(1, spending=False)
    kept = result.indicators["indicator"].isin(["patent_applications_total", "public_spending"])
    result.indicators = result.indicators[kept]
    result.chain = pd.DataFrame()
    assert set(figures(result, lang)) == set(NAMES)


def test_a_result_that_is_dropped_is_freed(tmp_path: Path, make_result: Any) -> None:
    result = make_result(1)
    write_figures(result, tmp_path)
    there = weakref.ref(result)
    del result
    gc.collect()
    assert there() is None


def test_unknown_language(make_result: Any) -> None:
    with pytest.raises(ValueError, match="en or zh"):
        prepare(make_result(1), "fr")


def test_names_are_pushed_apart() -> None:
    wanted = np.array([0.5, 0.5, 0.52, 0.1])
    places = apart(wanted, 0.1)
    assert np.diff(np.sort(places)).min() > 0.099
    assert places[3] == pytest.approx(0.1)


def test_pyplot_is_not_imported() -> None:
    code = (
        "import sys, ipsim.report.drawings, ipsim.report.page; sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
