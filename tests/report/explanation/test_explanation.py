"""What an explanation says, draws and prints, in both languages."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from ipsim.mechanisms.quarter import QUARTER
from ipsim.report.explanation import (
    explanation_figure,
    explanation_table,
    headline,
    sentences,
    write_explanation,
)
from ipsim.report.explanation.amounts import amounts_of
from ipsim.report.explanation.names import lever_name, mechanism_name, outcome_name, within
from ipsim.report.phrases import catalogue
from ipsim.scenario.levers import LEVERS
from ipsim.study.explain import Account, Explanation, Part, explain
from ipsim.study.explain.players import family
from ipsim.study.intervals import Estimate
from ipsim.study.plan.outcomes import Outcome
from tests.study.explain.stand_ins import Known
from tests.study.explain.test_explain import BASE, BOTH


@pytest.fixture(scope="module")
def explained() -> Explanation:
    return explain(BASE, BOTH, replicates=4, years=[2018], make=Known)


def _estimate(mean: float, half: float) -> Estimate:
    return Estimate(*(np.array(end) for end in (mean, mean - half, mean + half)))


def _part(name: str, amount: float, half: float = 1.0, whole: float = 100.0) -> Part:
    return Part(name, _estimate(amount, half), _estimate(amount / whole, half / whole), np.array(0.0))


def _account(pathways: dict[str, float], joint: float, half: float = 1.0) -> Account:
    """Return an account of an effect of 100, with two levers."""
    outcome = Outcome("case_months", "case_months", (2030,), "last")
    levers = (_part("policy.protection.damages", 110), _part("policy.protection.mediation", -10))
    paths = tuple(_part(name, amount, half) for name, amount in pathways.items())
    rest = _part("joint", joint), _part("left", 0, 0), _part("outside", 0, 0)
    return Account(outcome, 500.0, 600.0, _estimate(100, 5), levers, paths, *rest, pairs=9)


def test_every_lever_family_and_mechanism_has_a_name_of_its_own() -> None:
    keys = {*LEVERS, *(family(key) for key in LEVERS), "assumptions", "city"}
    for lang in ("en", "zh"):
        names = [lever_name(key, lang) for key in keys]
        assert len(set(names)) == len(names)
        assert not any("policy" in name or "_" in name for name in names)
        assert len({mechanism_name(one.name, lang) for one in QUARTER}) == len(QUARTER)
    assert {key.removeprefix("mechanisms.") for key in catalogue() if key.startswith("mechanisms.")} == {
        one.name for one in QUARTER
    }


def test_names_inside_a_sentence() -> None:
    assert within("Filing subsidies") == "filing subsidies"
    assert within("R&D subsidy") == "R&D subsidy"
    assert within("保护强度") == "保护强度"


@pytest.mark.parametrize(
    ("years", "statistic", "english", "chinese"),
    [
        ((2030,), "last", "Time to close a case in 2030", "2030年案件办理周期"),
        ((2028, 2029), "mean", "Time to close a case, mean of 2028–2029", "2028—2029年案件办理周期均值"),
        ((2020, 2030), "mean", "Time to close a case, mean of 2020; 2030", "2020、2030年案件办理周期均值"),
    ],
)
def test_outcomes_are_named_with_their_years(
    years: tuple[int, ...], statistic: str, english: str, chinese: str
) -> None:
    outcome = Outcome("case_months", "case_months", years, statistic)  # type: ignore[arg-type]
    assert outcome_name(outcome, "en") == english
    assert outcome_name(outcome, "zh") == chinese


def test_it_says_effect_levers_and_pathways(explained: Explanation) -> None:
    effect, levers, paths = sentences(headline(explained), "en")
    assert effect.startswith(
        "1,062.0 patents of full merit instead of 1,007.5: a change of +54.5 (90 % interval"
    )
    assert levers == (
        "By lever: R&D subsidy 60 % (+32.5; 58 to 61 %); high-value awards 40 % (+22.0; 39 to 42 %)."
    )
    assert paths == (
        "By pathway: had enterprises' R&D not responded, the change would be smaller by 78 %; "
        "had enterprises' inventing and filing not, by 59 %. All shares together come to 137 %: what takes "
        "several responses at once is missing whichever of them is cut, and is counted with each."
    )


def test_it_says_so_in_chinese(explained: Explanation) -> None:
    effect, levers, paths = sentences(headline(explained), "zh")
    assert "基准情景为1,007.5，相差+54.5（90%区间" in effect
    assert levers.startswith("按政策工具分解：研发补助占60%（+32.5，区间58%至61%）；高价值专利奖励占40%")
    assert paths.startswith(
        "从传导环节看，若企业研发投入不随政策调整，差异将缩小78%；若企业发明与专利申请不调整，缩小59%。"
    )


def test_money_that_is_paid_anyway_is_said(explained: Explanation) -> None:
    money = next(one for one in explained.accounts if one.outcome.indicator == "public_spending")
    assert sentences(money, "en")[-1] == "75 % (+30.0) is spent whatever anyone does."
    assert sentences(money, "zh")[-1] == "另有75%（+3,000）与各方行为无关，属政策直接列支。"


def test_what_is_not_sure_is_not_divided(explained: Explanation) -> None:
    lending = next(one for one in explained.accounts if one.outcome.indicator == "patent_pledge_amount")
    (said,) = sentences(lending, "en")
    assert said.endswith("which 4 pairs of runs can't tell from nothing; so it is not divided.")
    (growth,) = (one for one in explained.accounts if one.outcome.indicator == "revenue_growth")
    assert sentences(growth, "en") == [
        "5.0 % under both: no pair of runs differs, so there is nothing to divide."
    ]
    (single,) = explain(
        BASE, BOTH, indicators=["quality_weighted_patents"], replicates=1, make=Known
    ).accounts
    (said,) = sentences(single, "zh")
    assert "仅1对模拟，无法判断可信程度，故不作分解" in said


@pytest.mark.parametrize(
    ("pathways", "joint", "said"),
    [
        ({"copying": 60, "disputes": 42}, -2, "come to about the whole: little is joint"),
        ({"copying": 90, "disputes": 50}, -40, "come to 140 %: what takes several responses at once"),
        ({"copying": 30, "disputes": 20}, 50, "come to 50 % only: the rest no single cut takes away"),
        ({"copying": 30, "disputes": -20}, 90, "come to 10 %, not to 100 %: the responses strengthen"),
        ({"copying": 95, "disputes": 20}, -15, "hardly anything would be left of the change"),
        ({"copying": 140, "disputes": 20}, -60, "the change would turn round (smaller by 140 %)"),
        (
            {"copying": 40, "disputes": -30},
            90,
            "had the detection of copies and legal action not responded, it ",
        ),
        ({"copying": 100}, 0, "It acts through one mechanism alone: enterprises' decisions to copy."),
    ],
)
def test_what_is_joint_is_said(pathways: dict[str, float], joint: float, said: str) -> None:
    assert said in " ".join(sentences(_account(pathways, joint), "en"))


def test_parts_that_are_not_sure_are_named_or_counted() -> None:
    few = sentences(_account({"copying": 60, "disputes": 0.4}, 0), "en")[2]
    assert "Not sure: the detection of copies and legal action." in few
    names = ("copying", "filing", "staffing", "enforcement", "universities")
    unsure = dict.fromkeys(names[1:], 0.4)
    assert "Not sure: the other 4." in sentences(_account({"copying": 60, **unsure}, 0), "en")[2]
    none = sentences(_account(dict.fromkeys(names, 10.0), 50, half=20), "en")[2]
    assert none == "No single pathway's part is sure with these runs."


def test_a_lever_against_the_effect_is_said_apart() -> None:
    assert sentences(_account({"copying": 100}, 0), "en")[1] == (
        "By lever: damages 110 % (+110; 109 to 111 %). Working against it: mediation (−10, 10 % of it)."
    )


def test_levers_that_cancel_are_said_though_the_effect_is_not_sure() -> None:
    cancelled = replace(_account({}, 0), effect=_estimate(2, 5))
    assert sentences(cancelled, "en")[1] == (
        "Its levers pull opposite ways: damages +110.00 (+109.00 to +111.00) against "
        "mediation −10.00 (−11.00 to −9.00)."
    )
    assert sentences(cancelled, "zh")[1].startswith(
        "各工具作用相互抵消：侵权赔偿+110.00（区间+109.00至+111.00），而纠纷调解"
    )
    one_side = replace(cancelled, levers=cancelled.levers[:1])
    assert len(sentences(one_side, "en")) == 1


def test_the_largest_of_many_mechanisms_are_drawn() -> None:
    many = _account({one.name: 5.0 for one in QUARTER}, 0)
    figure = explanation_figure(many, "en")
    assert len(figure.axes[1].get_yticklabels()) == 10  # the effect, eight mechanisms, the joint part
    assert "11 smaller ones are in the table" in [text.get_text() for text in figure.texts]


def test_one_lever_has_all_of_it() -> None:
    one = replace(_account({"copying": 100}, 0), levers=(_part("policy.protection.damages", 100),))
    assert sentences(one, "en")[1] == "One lever alone changes, damages: the whole effect is its."


@pytest.mark.parametrize(
    ("mean", "half", "shown", "base"),
    [(-12_598.4, 1311.0, "−12,600", "166,700"), (0.0384, 0.04, "+0.038", "6.234"), (0.0, 0.0, "0.0", "6.2")],
)
def test_amounts_of_an_account_are_rounded_alike(mean: float, half: float, shown: str, base: str) -> None:
    account = replace(_account({}, 0), effect=_estimate(mean, half))
    amounts = amounts_of(account, "en")
    assert amounts.signed(mean) == shown
    assert amounts.plain(166_657.7 if abs(mean) > 1 else 6.23409) == base


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_needs_no_network_and_says_how_to_repeat_it(
    explained: Explanation, tmp_path: Path, lang: str
) -> None:
    page = write_explanation(explained, tmp_path, lang).read_text(encoding="utf-8")
    assert "https://" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert all(name in page for name in (outcome_name(one.outcome, lang) for one in explained.accounts))
    assert ("No command says the same" if lang == "en" else "无对应命令") in page
    assert (tmp_path / "figures/explanation.png").stat().st_size > 5000
    assert (tmp_path / "figures/explanation.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_the_command_of_shipped_scenarios_is_given(tmp_path: Path) -> None:
    found = explain("jinhua", "strict-2020", years=[2018], replicates=2, by="family", make=Known)
    page = write_explanation(found, tmp_path, "en").read_text(encoding="utf-8")
    assert "ipsim explain jinhua strict-2020 --set horizon.end=2018 --seed 1 --replicates 2" in page
    assert "--indicator public_spending --year 2018 --by family --lang en" in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_account_can_be_drawn_and_printed(explained: Explanation, tmp_path: Path, lang: str) -> None:
    for number, account in enumerate(explained.accounts):
        figure = explanation_figure(account, lang, ("one", "other"))
        rows = [len(axes.get_yticklabels()) for axes in figure.axes]
        levers, paths = len(account.levers), len(account.pathways)
        assert rows[0] == (levers + 2 if account.is_sure else 2)
        assert rows[1] >= (paths + 2 if account.is_sure else 1)
        figure.savefig(tmp_path / f"{number}.png")
        with (tmp_path / "table.txt").open("w", encoding="utf-8") as file:
            console = Console(width=160, record=True, file=file)
            console.print(explanation_table(account, lang))
        text = console.export_text()
        assert lever_name(account.levers[0].name, lang) in text
        assert outcome_name(account.outcome, lang) in text


def test_bars_lead_from_base_to_alternative(explained: Explanation) -> None:
    account = headline(explained)
    axes = explanation_figure(account, "en").axes[0]
    bars = [bar for bar in axes.patches if bar.get_width() != 0]  # type: ignore[attr-defined]
    lefts = [min(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars]  # type: ignore[attr-defined]
    assert lefts[0] == pytest.approx(account.base)
    assert sum(bar.get_width() for bar in bars) == pytest.approx(float(account.effect.mean))  # type: ignore[attr-defined]
