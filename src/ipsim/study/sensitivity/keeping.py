"""Writing an analysis beside the runs that it rests on."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.study.folders import check_free, written_into
from ipsim.study.intervals import CONFIDENCE
from ipsim.study.manifest import versions, write_json

if TYPE_CHECKING:
    from ipsim.study.sensitivity.discovery import Discovery
    from ipsim.study.sensitivity.findings import Finding, Sensitivity

TABLE, DISCOVERED = "sensitivity.csv", "discovery.csv"
"""The tables that mark a folder as analysed."""


def keep_sensitivity(sensitivity: Sensitivity, folder: Path, lang: str, force: bool) -> Path:
    """Write table, facts, figures and page; return the page."""
    from ipsim.report.sensitivity import write_sensitivity

    check_free(folder, TABLE, force)
    with written_into(folder) as work:
        sensitivity.table.to_csv(work / TABLE, index=False)
        write_json(work / "sensitivity.json", _facts(sensitivity))
        page = write_sensitivity(sensitivity, work, lang)
    return folder / page.name


def keep_discovery(discovery: Discovery, folder: Path, lang: str, force: bool) -> Path:
    """Write table, facts, figures and page; return the page."""
    from ipsim.report.discovery import write_discovery

    check_free(folder, DISCOVERED, force)
    with written_into(folder) as work:
        discovery.table.to_csv(work / DISCOVERED, index=False)
        write_json(work / "discovery.json", _what_was_sought(discovery))
        page = write_discovery(discovery, work, lang)
    return folder / page.name


def _facts(sensitivity: Sensitivity) -> dict[str, Any]:
    design = sensitivity.study.design
    return {
        "method": design.kind,
        "options": dict(design.options),
        "confidence": CONFIDENCE,
        "seed": sensitivity.study.seed,
        "replicates": sensitivity.study.replicates,
        "runs": {"planned": sensitivity.planned, "missing": sensitivity.missing},
        "versions": {**versions(), "SALib": version("SALib")},
        "outcomes": {finding.name: _of(finding) for finding in sensitivity.findings},
    }


def _of(finding: Finding) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if finding.indices is None:
        facts["undefined"] = str(finding.undefined)
    else:
        facts |= {"used": finding.indices.used, "left_out": finding.indices.left_out, **finding.indices.facts}
    if finding.luck is not None:
        facts["luck"] = {"share": finding.luck.share, "left_in_means": finding.luck.left}
    return facts


def _what_was_sought(discovery: Discovery) -> dict[str, Any]:
    return {
        "condition": str(discovery.condition),
        "outcomes": {
            one.name: {"indicator": one.indicator, "years": list(one.years), "statistic": one.statistic}
            for one in discovery.outcomes
        },
        "each": discovery.each,
        "policy": discovery.policy,
        "against": discovery.against,
        "density": discovery.density,
        "cases": discovery.cases,
        "met": discovery.met,
        "missing": discovery.missing,
        "versions": {**versions(), "ema_workbench": version("ema_workbench")},
        "peeling": [box.peeling.to_dict(orient="list") for box in discovery.boxes],
    }
