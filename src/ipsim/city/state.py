"""The whole state of a city: one named tuple of tables, as compiled rules see it."""

from __future__ import annotations

from typing import Any, NamedTuple

from ipsim.engine.records import FLOAT, Field, Record
from ipsim.scenario.assumptions import ASSUMPTIONS
from ipsim.scenario.levers import LEVERS

#: The policy in force: a field for each lever that is a number.
POLICY = Record(
    "policy",
    *(
        Field(lever.field, FLOAT, lever.unit, lever.meaning.en)
        for lever in LEVERS.values()
        if lever.kind == "number"
    ),
)

#: The parameters: a field for each assumption.
PARAMETERS = Record("parameters", *(Field(a.key, FLOAT, a.unit, a.meaning.en) for a in ASSUMPTIONS.values()))


class City(NamedTuple):
    """All tables of a city. Tables of one row (clock, fund, ...) are tables as well."""

    enterprises: Any  #: rows of `ENTERPRISE`
    patents: Any  #: the ledger, rows of `PATENT`, in order of filing
    universities: Any
    banks: Any
    agencies: Any  #: careful ones first
    bodies: Any  #: administrative, court, mediation
    cases: Any  #: the docket, in order of filing
    industries: Any
    fund: Any
    centre: Any
    clock: Any
    news: Any
    tally: Any  #: yearly counts
    spending: Any  #: the treasury's yearly spending by lever
    policy: Any  #: one row, in force in this quarter
    parameters: Any
    suppliers: Any  #: (enterprises, 4) rows of suppliers, -1 for none
    customer_starts: Any  #: customers of each enterprise as compressed rows
    customer_targets: Any
    members: Any  #: enterprises alive by industry, as compressed rows
    member_starts: Any
    member_weights: Any  #: running sum of sales within the industry
    supply_lists: Any  #: (industries, k) industries that an industry buys from
    supply_counts: Any
    firm_shares: Any  #: running shares of enterprises by industry
    stage_shares: Any  #: (industries, 4) running shares by stage
    export_shares: Any  #: share of exporters by industry
    careful: Any  #: one number: how many agencies are careful
