"""The stage of stylised facts: the central set of parameters, and members of the ensemble."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from facts import applicant_facts, facts, network_facts, state_facts, value_facts
from stages import Asked, keep
from traces import traced

MEMBERS = 10
"""Members of the ensemble for which the facts of a single run are checked."""


def checked(asked: Asked, folder: Path) -> None:
    """Check all facts under the central set, and those of a single run under several members."""
    from ipsim.scenario.calibrated import shipped_ensemble
    from ipsim.study.executor import worker_pool

    keep(pd.DataFrame(facts(asked.workers, asked.seeds)), folder / "facts.csv")
    members = range(1, min(MEMBERS, asked.seeds, len(shipped_ensemble())) + 1)
    with worker_pool(asked.workers) as pool:
        found = [row for rows in pool.map(member_facts, members) for row in rows]
    columns = pd.Index(["member", "fact", "test", "pass"])
    keep(pd.DataFrame(found, columns=columns), folder / "members.csv")


def member_facts(member: int) -> list[tuple[int, str, str, bool]]:
    """Return fact, test and whether it passes, for the facts that one run of a member shows."""
    traces = [traced({}, member, member=member)]
    found = value_facts(traces) + applicant_facts(traces) + state_facts(traces) + network_facts(traces)
    return [(member, fact, test, bool(ok)) for fact, test, _, _, ok in found]
