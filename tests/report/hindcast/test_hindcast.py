import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from ipsim.report.hindcast import hindcast_sentences, hindcast_table, write_hindcast
from ipsim.report.hindcast.rows import published
from ipsim.study.hindcast import Scores, score
from tests.study.hindcast.stand_ins import draws, figure

FACTS = {
    "known": 2016,
    "years": [2017, 2019],
    "draws": 19,
    "asked": ["jinhua"],
    "ensemble": {"kind": "assumed", "members": 0},
    "cities": {"jinhua": {"name": {"en": "Jinhua", "zh": "金华"}}},
    "observations": {"file": "my figures.csv"},
}


def made_up(**changes: object) -> Scores:
    values = [100.0 * value for value in range(1, 20)]
    figures = [
        figure(1000, place="Jinhua", error=0.05),
        figure(2500, 2019, place="Jinhua"),
        figure(1200, 2017, place="Jinhua", indicator="invention_grants", low=900, high=1500, sure=False),
        figure(700, 2018, place="Port"),
        figure(5, place="Elsewhere"),
        figure(5, place="China"),
    ]
    predictions = pd.concat(
        [
            draws(values, place="Jinhua"),
            draws(values, 2019, place="Jinhua"),
            draws(values, 2017, place="Jinhua", indicator="invention_grants"),
            draws(values, place="Port"),
        ]
    )
    known = [figure(800, 2015, place="Jinhua"), figure(900, 2016, place="Jinhua")]
    return replace(score(figures, predictions, known), facts={**FACTS, **changes})


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "Of 3 sure figures 2 lie in the 50 % band: 67 % (14 % to 98 %)",
                "Invention filings, 2018",
                "900 to 1,500 *",
                "were not fitted",
                "of the nation or a province",
                "give it with --city (Elsewhere)",
                "ipsim hindcast --observations &#39;my figures.csv&#39; --city jinhua --draws 19 --lang en",
            ],
        ),
        ("zh", ["3项可靠数据中，2项落在50%区间内", "金华", "900至1,500 *", "未经校准", "模型仅模拟城市"]),
    ],
)
def test_page_speaks_both_languages(tmp_path: Path, lang: str, words: list[str]) -> None:
    page = write_hindcast(made_up(), tmp_path, lang).read_text(encoding="utf-8")
    for one in words:
        assert one in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert (tmp_path / "figures" / "hindcast.png").stat().st_size > 10_000
    assert "None" not in page
    assert ">nan<" not in page


def test_the_drawing_is_the_same_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_hindcast(made_up(), tmp_path / name)
    first, second = ((tmp_path / name / "figures" / "hindcast.svg").read_bytes() for name in ("one", "two"))
    assert first == second


def test_sentences_about_skill() -> None:
    said = " ".join(hindcast_sentences(made_up()))
    assert "carrying the last value forward (2 figures that have one): the error is" in said
    better = replace(made_up(), facts={**FACTS, "ensemble": {"kind": "fitted", "members": 200}})
    assert "not fitted" not in " ".join(hindcast_sentences(better))
    peeked = replace(made_up(), facts={**FACTS, "ensemble": {"kind": "later", "members": 200}})
    assert "a fit, not a test" in " ".join(hindcast_sentences(peeked))


def test_no_sure_figure_and_no_history(tmp_path: Path) -> None:
    scores = replace(
        score([figure(4, sure=False)], draws([1, 2, 3])),
        facts={**FACTS, "cities": {}, "observations": {"file": None}, "years": [2018, 2018]},
    )
    assert hindcast_sentences(scores)[0] == "No sure figure could be scored."
    assert "<h1>Hindcast: 2018 predicted" in write_hindcast(scores, tmp_path).read_text(encoding="utf-8")
    alone = replace(score([figure(4)], draws([1, 2, 3])), facts=FACTS)
    assert any("nothing was published for it up to 2016" in one for one in hindcast_sentences(alone))


def test_values_far_off_and_at_nought_are_drawn(tmp_path: Path) -> None:
    figures = [figure(1), figure(10, 2019, low=10), figure(0, 2017)]
    far = pd.concat([draws([1e4, 2e4, 3e4]), draws([0.0, 0.0, 1.0], 2019), draws([1.0, 2.0], 2017)])
    scores = replace(score(figures, far), facts=FACTS)
    page = write_hindcast(scores, tmp_path).read_text(encoding="utf-8")
    assert "at least 10" in page
    assert math.isnan(scores.table["log_error"].iloc[2])


def test_bounds_are_said() -> None:
    rows = made_up().table.to_dict(orient="records")
    row = {**rows[2], "published_high": math.nan}
    assert published(row, "en") == "at least 900 *"
    assert published({**rows[2], "published_low": math.nan}, "zh") == "不超过1,500 *"


def test_the_terminal_shows_every_figure() -> None:
    made = hindcast_table(made_up(), "zh")
    assert made.row_count == 4
    console = Console(width=300)
    with console.capture() as shown:
        console.print(made)
    assert "金华" in shown.get()
    assert "是 / 是" in shown.get()
