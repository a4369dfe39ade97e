"""What every yearly indicator is: unit, name and definition in both languages.

The rows are in ``catalogue.csv`` beside this file. Units are those of the
published observations, so that a run can be laid beside them by one join.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from ipsim.scenario.words import Words

SPENDING = "public_spending"
"""Name of total public spending, and the prefix of spending by lever."""

GROUPS: dict[str, Words] = {
    "applications": Words("Applications", "专利申请"),
    "grants": Words("Grants", "专利授权"),
    "stocks": Words("Stocks", "有效专利"),
    "quality": Words("Quality and use", "质量与运用"),
    "protection": Words("Protection", "保护"),
    "finance": Words("Finance", "质押融资"),
    "economy": Words("Economy", "经济"),
    "universities": Words("Universities", "高校"),
    "public_money": Words("Public money", "财政资金"),
    "standards": Words("Four standards", "四项标准"),
    "pattern": Words("2030 pattern", "2030年格局"),
}


@dataclass(frozen=True)
class Indicator:
    """One yearly figure of the city.

    Attributes
    ----------
    name
        Name in files and code.
    unit
        Unit in files, as in the published observations.
    words
        Short name in both languages.
    definition
        One sentence in both languages.
    group
        One of ``GROUPS``.
    decimals
        Decimals worth showing.
    source
        Where the definition comes from; ``model`` when it is the model's own.
    unit_words
        Unit as people read it, in both languages.
    """

    name: str
    unit: str
    words: Words
    definition: Words
    group: str
    decimals: int
    source: str
    unit_words: Words


def _row(row: dict[str, str]) -> Indicator:
    return Indicator(
        name=row["name"],
        unit=row["unit"],
        words=Words(row["en"], row["zh"]),
        definition=Words(row["definition_en"], row["definition_zh"]),
        group=row["group"],
        decimals=int(row["decimals"]),
        source=row["source"],
        unit_words=Words(row["unit_en"], row["unit_zh"]),
    )


def _read() -> dict[str, Indicator]:
    text = files("ipsim.indicators").joinpath("catalogue.csv").read_text(encoding="utf-8")
    return {row["name"]: _row(row) for row in csv.DictReader(text.splitlines())}


INDICATORS: dict[str, Indicator] = _read()

SPENDING_WORDS: dict[str, Words] = {
    "subsidies": Words("Subsidies", "资助"),
    "subsidies.research": Words("R&D subsidy", "研发补助"),
    "subsidies.filing": Words("Filing subsidies", "申请资助"),
    "subsidies.filing.invention": Words("Filing subsidy, inventions", "发明申请资助"),
    "subsidies.filing.utility_model": Words("Filing subsidy, utility models", "实用新型申请资助"),
    "subsidies.filing.design": Words("Filing subsidy, designs", "外观设计申请资助"),
    "subsidies.grant": Words("Grant subsidies", "授权资助"),
    "subsidies.grant.invention": Words("Grant subsidy, inventions", "发明授权资助"),
    "subsidies.grant.utility_model": Words("Grant subsidy, utility models", "实用新型授权资助"),
    "subsidies.grant.design": Words("Grant subsidy, designs", "外观设计授权资助"),
    "subsidies.high_value": Words("High-value awards", "高价值专利奖励"),
    "protection": Words("Protection", "知识产权保护"),
    "protection.strength": Words("Protection", "知识产权保护"),
    "protection.enforcement_staff": Words("Enforcement posts", "行政执法人员"),
    "protection.damages": Words("Damages", "侵权赔偿"),
    "protection.monitoring": Words("Monitoring", "侵权监测"),
    "protection.speed": Words("Faster cases", "案件提速"),
    "protection.mediation": Words("Mediation", "纠纷调解"),
    "protection.judicial_confirmation": Words("Judicial confirmation", "司法确认"),
    "protection.rapid_centre": Words("Rapid protection centre", "快速维权中心"),
    "utilisation.pledge_fund": Words("Pledge fund", "质押融资风险补偿"),
    "utilisation.pledge_fund.capital": Words("Fund injections", "资金池注资"),
    "utilisation.pledge_fund.loss_share": Words("Fund pay-outs", "风险补偿支出"),
    "utilisation.pledge_fund.interest_subsidy": Words("Interest subsidy", "贷款贴息"),
    "utilisation.pledge_fund.first_loan_bonus": Words("First-loan bonus", "首贷奖励"),
    "utilisation.university_transfer": Words("University transfer office", "高校专利运营机构"),
    "quality.agency_supervision": Words("Agency supervision", "代理机构监管"),
}
"""Short names of the levers that cost public money, without ``policy.``."""


def spending_name(lever: str) -> str:
    """Return the indicator that holds public spending on ``lever``.

    Parameters
    ----------
    lever
        Key of a lever or of a group of levers, with or without ``policy.``.

    Returns
    -------
    str
        For instance ``public_spending.subsidies.filing.invention``.
    """
    return f"{SPENDING}.{lever.removeprefix('policy.')}"


def spending_lever(name: str) -> str | None:
    """Return the lever behind a ``public_spending.LEVER`` name, or ``None``."""
    return name.removeprefix(f"{SPENDING}.") if name.startswith(f"{SPENDING}.") else None


def spending_indicator(lever: str) -> Indicator:
    """Return the indicator of public spending on ``lever`` (RMB million a year)."""
    key = lever.removeprefix("policy.")
    plain = key.replace("_", " ").replace(".", ", ")
    words = SPENDING_WORDS.get(key, Words(plain.capitalize(), key))
    total = INDICATORS[SPENDING]
    return Indicator(
        name=spending_name(key),
        unit=total.unit,
        words=words,
        definition=Words(
            f"City money spent on this lever in the year: {words.en}.",
            f"当年用于该政策工具的市级财政支出：{words.zh}。",
        ),
        group="public_money",
        decimals=total.decimals,
        source=total.source,
        unit_words=total.unit_words,
    )


def indicator(name: str) -> Indicator:
    """Return the indicator of this name, spending by lever included.

    Raises
    ------
    KeyError
        When there is no such indicator.
    """
    lever = spending_lever(name)
    return spending_indicator(lever) if lever else INDICATORS[name]


def names(levers: Iterable[str] = ()) -> list[str]:
    """Return all indicator names, with spending on each of ``levers``, in order."""
    found: list[str] = []
    for name in INDICATORS:
        found.append(name)
        if name == SPENDING:
            found.extend(spending_name(lever) for lever in levers)
    return found
