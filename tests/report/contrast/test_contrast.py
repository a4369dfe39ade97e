from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from ipsim.report.alternatives import settings
from ipsim.report.contrast import contrast_table, write_contrast
from ipsim.report.contrast.differences import main_differences
from ipsim.report.terminal import MAIN
from ipsim.scenario import Scenario, load
from ipsim.study import Comparison, compare

FUND = "policy.utilisation.pledge_fund.capital"


@dataclass
class Lending:
    """Only lending and spending follow the fund; a luckier seed lends more."""

    scenario: Scenario
    seed: int
    scale: float | None

    def run(self, progress: Any = None) -> Any:
        self.accounts, self.chain = {"money": {"relative_error": 0.0, "ok": True}}, []
        fund = float(self.scenario.path(FUND)[-1])
        follows = {"patent_pledge_amount", "public_spending"}
        self.indicators = {
            (year, name): 10.0 + (fund / 100 * (1 + self.seed / 20) if name in follows else 0)
            for name in MAIN
            for year in (2029, 2030)
        }
        return self


def _compared(replicates: int = 4) -> Comparison:
    base = load("jinhua").replace({FUND: 0})
    return compare(base, base.replace({FUND: 200}), replicates=replicates, make=Lending)


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return _compared()


def test_differences_stand_in_the_order_of_the_main_indicators(compared: Comparison) -> None:
    found = main_differences(compared, 2030)
    assert [one.indicator.name for one in found] == list(MAIN)
    sure = {one.indicator.name for one in found if one.sure}
    assert sure == {"patent_pledge_amount", "public_spending"}


def test_settings_name_what_differs(compared: Comparison) -> None:
    base, other = load("jinhua"), load("jinhua").replace({"policy.protection.mediation": 77})
    (one,) = settings(base, other, "en")
    assert (one.key, one.value) == ("policy.protection.mediation", "77")
    assert settings(base, base, "en") == []


@pytest.mark.parametrize(("lang", "words"), [("en", "Patent pledge lending"), ("zh", "专利质押融资金额")])
def test_page_figure_and_table_speak_both_languages(
    compared: Comparison, tmp_path: Path, lang: str, words: str
) -> None:
    page = write_contrast(compared, tmp_path, lang).read_text(encoding="utf-8")
    assert words in page
    assert "utilisation.pledge_fund.capital: 200" in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page
    for name in ("effects", "paths"):
        assert (tmp_path / f"figures/{name}.png").stat().st_size > 5000
        assert (tmp_path / f"figures/{name}.svg").read_text(encoding="utf-8").startswith("<?xml")
    console = Console(width=160, record=True, file=(tmp_path / "table.txt").open("w", encoding="utf-8"))
    console.print(contrast_table(compared, lang))
    console.file.close()
    assert words in console.export_text()


def test_one_pair_says_that_it_is_not_sure(tmp_path: Path) -> None:
    page = write_contrast(_compared(1), tmp_path, "en").read_text(encoding="utf-8")
    assert "use --replicates 30" in page
