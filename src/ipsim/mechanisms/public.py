"""The government: pays for its posts and programmes, fills the fund; the city takes note."""

from __future__ import annotations

from typing import Any

from ipsim.city.bodies import COURT
from ipsim.engine.mechanisms import Mechanism
from ipsim.engine.rules import act, loop, rule


@rule
def fill_fund(city: Any) -> None:
    """Pay into the compensation fund what policy adds to its capital."""
    fund = city.fund[0]
    wanted = city.policy[0].utilisation_pledge_fund_capital * city.clock[0].scale
    added = max(0.0, wanted - fund.injected)
    fund.injected += added
    fund.balance += added
    city.spending[0].utilisation_pledge_fund += added


@rule
def pay_programmes(city: Any) -> None:
    """Pay a quarter of what posts, centres and offices cost a year."""
    policy = city.policy[0]
    parameters = city.parameters[0]
    spending = city.spending[0]
    quarter = 0.25 * city.clock[0].scale
    spending.protection_enforcement_staff += (
        quarter * policy.protection_enforcement_staff * parameters.cost_post
    )
    posts = policy.protection_enforcement_staff * city.clock[0].scale + city.bodies[COURT].posts
    spending.protection_speed += 0.25 * max(0.0, policy.protection_speed - 1.0) * posts * parameters.cost_post
    spending.protection_monitoring += quarter * policy.protection_monitoring * parameters.cost_monitoring
    spending.protection_mediation += quarter * policy.protection_mediation * parameters.cost_mediation
    spending.protection_judicial_confirmation += (
        quarter
        * policy.protection_judicial_confirmation
        * policy.protection_mediation
        * parameters.cost_confirmation
    )
    spending.protection_rapid_centre += (
        quarter * policy.protection_rapid_centre_capacity * parameters.cost_rapid
    )
    spending.utilisation_university_transfer += (
        quarter * policy.utilisation_university_transfer * parameters.cost_transfer
    )
    spending.quality_agency_supervision += (
        quarter * policy.quality_agency_supervision * parameters.cost_supervision
    )


@act
def govern(city: Any, i: int) -> None:
    """Run a quarter of the government: fund, programmes, the rapid centre's queue."""
    fill_fund(city)
    pay_programmes(city)
    centre = city.centre[0]
    capacity = city.policy[0].protection_rapid_centre_capacity * city.clock[0].scale / 4.0
    centre.waiting = max(0.0, centre.waiting - capacity)
    for b in range(len(city.banks)):
        bank = city.banks[b]
        bank.burnt *= 1.0 - 0.25 * city.parameters[0].bank_forgets
        bank.in_repaid = 0.0
        bank.in_recovered = 0.0
        bank.in_fund = 0.0
        bank.in_bonus = 0.0
        bank.out_lent = 0.0
        bank.out_costs = 0.0


@loop
def govern_all(city: Any) -> None:
    """Run it."""
    govern(city, 0)


GOVERNMENT = Mechanism("government", "clock", govern, govern_all)


@rule
def smoothed(old: float, new: float, parameters: Any) -> float:
    """Return a moving average of a year or so."""
    return old + parameters.news_speed * (new - old)


@act
def publish(city: Any, i: int) -> None:
    """Publish what happened in the quarter, smoothed over a year or so."""
    news = city.news[0]
    parameters = city.parameters[0]
    news.copies = smoothed(news.copies, news.now_copies, parameters)
    news.used = smoothed(news.used, news.now_used, parameters)
    news.begun = smoothed(news.begun, 4.0 * news.now_begun, parameters)
    news.punished = smoothed(news.punished, 4.0 * news.now_punished, parameters)
    news.redressed = smoothed(news.redressed, 4.0 * news.now_redressed, parameters)
    news.blocked_worth = smoothed(news.blocked_worth, news.now_blocked_worth, parameters)
    news.project_worth = smoothed(news.project_worth, news.now_project_worth, parameters)
    news.now_copies = 0.0
    news.now_used = 0.0
    news.now_begun = 0.0
    news.now_punished = 0.0
    news.now_redressed = 0.0
    news.now_blocked_worth = 0.0
    news.now_project_worth = 0.0


@loop
def publish_all(city: Any) -> None:
    """Run it."""
    publish(city, 0)


NEWS = Mechanism("news", "clock", publish, publish_all)
