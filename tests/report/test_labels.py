"""Factors as people read them."""

from ipsim.report.labels import span_of, wide, words_of, wrapped
from ipsim.study.plan import Factor


def test_names_and_ranges_of_factors() -> None:
    lever = Factor("policy.subsidies.research", (0, 0.1), 0, 0.1, start=2021)
    assert words_of(lever, "en").endswith("that the city repays, from 2021")
    assert words_of(lever, "zh").endswith("（2021年起）")
    assert span_of(lever, "en") == "0; 0.1, share of R&D"
    assert span_of(Factor("assumptions.blocking", None, 0.1, 0.5), "zh").startswith("0.1—0.5")
    assert words_of(Factor("city.enterprises", None, 1, 2), "en") == "city.enterprises"
    assert words_of(Factor("policy.subsidies.filing", None, 1, 2), "zh") == "申请资助"


def test_labels_are_wrapped_and_cut() -> None:
    assert wrapped("short") == "short"
    long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    rows = wrapped(long).split("\n")
    assert len(rows) == 2
    assert rows[1].endswith("…")
    assert all(wide(row) <= 46 for row in rows)
    chinese = wrapped("保护强度总旋钮：同时调节执法人员、赔偿、监测与办案速度以及其他各种事项").split("\n")
    assert len(chinese) == 2
    assert not chinese[1].startswith(("，", "、", "："))
