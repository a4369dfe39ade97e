import re
from pathlib import Path

import pytest
from rich.console import Console

from ipsim.report.sensitivity import sensitivity_tables, write_sensitivity
from ipsim.report.sensitivity.measures import MEASURES, number, sentence
from ipsim.study.sensitivity import Sensitivity, analyse
from tests.study.sensitivity.functions import OUTCOMES, played, study_of

DESIGNS = {
    "sobol": "kind: sobol, points: 64",
    "morris": "kind: morris, trajectories: 6",
    "ranks": "kind: latin-hypercube, points: 40",
    "ends": "kind: one-at-a-time",
}


def found(folder: Path, method: str, replicates: int = 3) -> Sensitivity:
    study = study_of(folder, 3, DESIGNS[method], 1, f"replicates: {replicates}\n{OUTCOMES}")
    return analyse(study, played(study, noise=0.05))


@pytest.mark.parametrize("method", DESIGNS)
@pytest.mark.parametrize(("lang", "words"), [("en", "2030 pattern"), ("zh", "2030年格局")])
def test_page_figures_and_tables_speak_both_languages(
    tmp_path: Path, method: str, lang: str, words: str
) -> None:
    sensitivity = found(tmp_path, method)
    page = write_sensitivity(sensitivity, tmp_path, lang).read_text(encoding="utf-8")
    assert words in page
    assert "assumptions.blocking" in page
    assert not re.search(r"\bnan\b", re.sub(r"base64,[^)]*", "", page))
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page
    assert page.count("<svg") == 2
    names = {path.name for path in (tmp_path / "figures").iterdir()}
    assert names == {
        f"sensitivity-{one}.{kind}" for one in ("pattern_2030", "invention_grants") for kind in ("svg", "png")
    }
    with (tmp_path / "table.txt").open("w", encoding="utf-8") as file:
        console = Console(width=200, record=True, file=file)
        console.print(*sensitivity_tables(sensitivity, lang))
    text = console.export_text()
    assert words in text
    assert "blocking" in text


def test_an_outcome_that_never_moves_is_said(tmp_path: Path) -> None:
    sensitivity = found(tmp_path, "sobol")
    words = sentence(sensitivity.findings[-1], sensitivity, "en")
    assert words.startswith("Enterprises")
    assert "indices are not defined" in words


def test_luck_that_prevails_is_no_finding(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, DESIGNS["sobol"], 1, f"replicates: 3\n{OUTCOMES}")
    sensitivity = analyse(study, played(study, noise=1e4))
    assert "no factor can be told apart" in sentence(sensitivity.findings[0], sensitivity, "en")
    page = write_sensitivity(sensitivity, tmp_path, "en").read_text(encoding="utf-8")
    assert "more replicates are needed" in page


def test_one_replicate_says_that_luck_is_part_of_it(tmp_path: Path) -> None:
    page = write_sensitivity(found(tmp_path, "morris", 1), tmp_path, "en").read_text(encoding="utf-8")
    assert "One run at each point" in page
    assert "With 6 trajectories the ranking is rough" in page


def test_money_is_shown_in_the_unit_of_the_language(tmp_path: Path) -> None:
    more = "outcomes: [{indicator: public_spending, years: all, statistic: sum, name: pattern_2030}]\n"
    study = study_of(tmp_path, 3, DESIGNS["morris"], 1, more)
    (finding,) = analyse(study, played(study)).findings
    measure = MEASURES["morris"][0]
    assert number(123.4, measure, finding.outcome, "en") == "123"
    assert number(123.4, measure, finding.outcome, "zh") == "12,300"
