"""Arithmetic that a modeller would write as functions anyway, as plain Python.

They take numbers, a policy and parameters, and know nothing of tables. Any object with
the right attributes will do, so the twin shares them with ipsim.
"""

from ipsim.engine.rules import interpreted
from ipsim.mechanisms import (
    agencies,
    copying,
    disputes,
    enforcement,
    filing,
    inventing,
    learning,
    ledger,
    lending,
    portfolio,
    public,
    renewal,
    research,
    universities,
    worth,
)

annuity = interpreted(worth.annuity)
chance_of_grant = interpreted(worth.chance_of_grant)
filing_subsidy = interpreted(worth.filing_subsidy)
grant_subsidy = interpreted(worth.grant_subsidy)
kept_patented = interpreted(worth.kept_patented)
kept_secret = interpreted(worth.kept_secret)
kept_unpatented = interpreted(worth.kept_unpatented)
official_fee = interpreted(worth.official_fee)
pendency_years = interpreted(worth.pendency_years)
worth_in_use = interpreted(worth.worth_in_use)

best_effort = interpreted(research.best_effort)
high_tech_threshold = interpreted(research.high_tech_threshold)
similarity = interpreted(learning.similarity)

exposure = interpreted(inventing.exposure)
left_after_claims = interpreted(inventing.left_after_claims)
royalty_share = interpreted(inventing.royalty_share)
takes_licence = interpreted(inventing.takes_licence)

abnormal_risk = interpreted(filing.abnormal_risk)
right_strength = interpreted(worth.right_strength)
term_years = interpreted(filing.term_years)
quality_score = interpreted(ledger.quality_score)
obsolescence = interpreted(renewal.obsolescence)
strength_of = interpreted(portfolio.strength_of)

expected_damages = interpreted(copying.expected_damages)
imitation_cost = interpreted(copying.imitation_cost)
worth_of_copying = interpreted(copying.worth_of_copying)
chance_found = interpreted(disputes.chance_found)
kept_settlements = interpreted(disputes.kept_settlements)
settlement = interpreted(disputes.settlement)
worth_of_case = interpreted(disputes.worth_of_case)
cases_per_post = interpreted(enforcement.cases_per_post)
least_months = interpreted(enforcement.least_months)

best_screening = interpreted(lending.best_screening)
best_drafting = interpreted(agencies.best_drafting)
price_of_trifle = interpreted(agencies.price_of_trifle)
chance_of_match = interpreted(universities.chance_of_match)
worth_to_university = interpreted(universities.worth_to_university)
smoothed = interpreted(public.smoothed)
