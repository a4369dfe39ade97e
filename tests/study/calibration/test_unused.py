"""Figures that no run is laid beside, each with its reason in both languages."""

from pathlib import Path

from ipsim.published import read_observations
from ipsim.study.calibration.unused import AFTER, BEFORE, LESS_SURE, NOTHING, SUM, unused

TEXT = """\
place,indicator,period,value,unit
Ningbo,invention_applications,2018,20000,filings
Ningbo,invention_applications,2018-01..2018-10,17000,filings
Ningbo,invention_applications,2014,9000,filings
Ningbo,invention_applications,2027,9000,filings
Ningbo,invention_grants,2016-2018,15000,grants
Ningbo,pct_applications,2018,0,filings
Ningbo,population,2018,8,million
Jinhua,invention_applications,2014,9000,filings
"""


def test_each_reason(tmp_path: Path) -> None:
    file = tmp_path / "ningbo.csv"
    file.write_text(TEXT, encoding="utf-8")
    rows, _ = read_observations(file)
    found = {one.line: one.reason for one in unused("宁波", rows, last=2023)}
    assert found == {3: LESS_SURE, 4: BEFORE, 5: AFTER, 6: SUM, 7: NOTHING}
    assert all(reason.zh and reason.en for reason in found.values())
