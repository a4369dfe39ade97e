"""The industry chain at the end of a run, as rows for a table or a picture."""

from __future__ import annotations

from typing import Any

from ipsim.city.enterprise import ALIVE, STAGES
from ipsim.city.state import City
from ipsim.scenario import Scenario


def chain_rows(city: City, scenario: Scenario) -> list[dict[str, Any]]:
    """Return a row for each industry and stage: enterprises, revenue, patents, debt.

    Counts are of the whole city; revenue is in million RMB/year.
    """
    table, scale = city.enterprises, float(city.clock[0].scale)
    rows: list[dict[str, Any]] = []
    for k, industry in enumerate(scenario.city.industries):
        for s, stage in enumerate(STAGES):
            mine = table[(table.status == ALIVE) & (table.industry == k) & (table.stage == s)]
            rows.append(
                {
                    "industry": industry.key,
                    "name_en": industry.name.en,
                    "name_zh": industry.name.zh,
                    "stage": stage,
                    "enterprises": len(mine) / scale,
                    "revenue": 4.0 * float(mine.revenue.sum()) / scale,
                    "inventions": float(mine.inventions.sum()) / scale,
                    "patents": float((mine.inventions + mine.utility_models + mine.designs).sum()) / scale,
                    "debt": float(mine.debt.sum()) / scale,
                }
            )
    return rows
