"""The catalogue names every indicator of the contract, in both languages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ipsim.indicators import catalogue
from ipsim.indicators.catalogue import GROUPS, INDICATORS, indicator, names, spending_name

CONTRACT = """
patent_applications_total invention_applications utility_model_applications
design_applications patent_grants_total invention_grants utility_model_grants
design_grants pct_applications inventions_in_force utility_models_in_force
designs_in_force inventions_in_force_per_10k high_value_inventions
high_value_inventions_per_10k share_valid_inventions_maintained_over_5y
mean_quality_filed mean_quality_granted quality_weighted_patents
invention_grant_rate abnormal_filing_share
industrialisation_rate_invention_enterprises
industrialisation_rate_invention_universities licence_rate_invention
transfer_rate_invention examination_pendency_invention share_patentees_infringed
patent_infringement_admin_cases patent_civil_cases_first_instance_new mediation_cases
case_months case_backlog ip_protection_satisfaction patent_pledge_amount
patent_pledge_projects pledge_first_time_share pledge_default_rate fund_balance
fund_payout enterprises enterprise_entries enterprise_exits revenue revenue_growth
rd_expenditure rd_intensity high_tech_enterprises leading_enterprises
patent_intensive_share university_patent_applications university_transfers
joint_patent_share public_spending standard_governance standard_protection
standard_contribution standard_exchange pattern_distinctive pattern_institutions
pattern_agglomeration pattern_integration pattern_vitality pattern_openness
pattern_2030
""".split()


def test_names_are_those_promised() -> None:
    assert sorted(INDICATORS) == sorted(CONTRACT)


@pytest.mark.parametrize("one", INDICATORS.values(), ids=lambda one: one.name)
def test_every_text_is_in_both_languages(one: catalogue.Indicator) -> None:
    for words in (one.words, one.definition, one.unit_words):
        assert words.en.strip() and words.en.isascii()
        assert words.zh.strip()
    assert one.definition.en.endswith(".") and one.definition.zh.endswith("。")
    assert one.group in GROUPS
    assert one.unit and one.source
    assert 0 <= one.decimals <= 3


def test_spending_by_lever() -> None:
    one = indicator("public_spending.subsidies.filing.invention")
    assert one.unit == INDICATORS["public_spending"].unit
    assert one.words.zh == "发明申请资助"
    assert spending_name("policy.subsidies.research") == "public_spending.subsidies.research"
    listed = names(["policy.subsidies.research"])
    assert listed.index("public_spending.subsidies.research") == 1 + listed.index("public_spending")


def test_unknown_name() -> None:
    with pytest.raises(KeyError):
        indicator("patents")


def test_import_is_cheap() -> None:
    code = (
        "import sys; import ipsim.indicators.catalogue; "
        "sys.exit(any(m in sys.modules for m in ('pandas', 'numpy', 'mesa')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
