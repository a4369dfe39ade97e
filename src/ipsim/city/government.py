"""The government's purse, the fund it sets up, and what the city knows in common."""

from ipsim.engine.records import COUNT, FLOAT, KEY, Field, Record

FUND = Record(
    "fund",
    Field("balance", FLOAT, "million RMB", "money left in the compensation fund"),
    Field("injected", FLOAT, "million RMB", "paid in so far"),
    Field("paid", FLOAT, "million RMB", "paid out so far"),
    Field("guaranteed", FLOAT, "million RMB", "its part of loans outstanding"),
    Field("refused", COUNT, "count", "claims it could not pay in full"),
)

CENTRE = Record(
    "rapid centre",
    Field("waiting", FLOAT, "filings", "filings that wait for pre-examination"),
)

CLOCK = Record(
    "clock",
    Field("seed", KEY, "-", "seed of the run"),
    Field("quarter", KEY, "quarter", "0 = first quarter of the run"),
    Field("patents", KEY, "count", "rows of the ledger in use"),
    Field("cases", KEY, "count", "rows of the docket in use"),
    Field("overflow", KEY, "-", "1 if the ledger, 2 if the docket had no room left"),
    Field("scale", FLOAT, "share", "share of the city's enterprises in the run"),
    Field("lending_rate", FLOAT, "share/year", "rate of small-firm loans"),
    Field("funding_cost", FLOAT, "share/year", "cost of funds of the banks"),
    Field("appetite", FLOAT, "share", "share of applications that banks look at"),
    Field("capability", FLOAT, "-", "level of inventions per research effort"),
    Field("entry_rate", FLOAT, "1/year", "founders that consider entry, per enterprise"),
    Field("exit_rate", FLOAT, "1/year", "closing of small firms for reasons of their own"),
    Field("entrants", FLOAT, "share", "chance in a quarter that an empty row is considered"),
    Field("last_revenue", FLOAT, "million RMB", "revenue of the year before"),
    Field("mean_sales", FLOAT, "million RMB/quarter", "mean sales at the start"),
)

NEWS = Record(
    "news",
    Field("begun", FLOAT, "count/year", "copies begun in the city, smoothed"),
    Field("copies", FLOAT, "count", "copies on sale, smoothed"),
    Field("redressed", FLOAT, "count/year", "losses made good, in whole copies, smoothed"),
    Field("punished", FLOAT, "count/year", "copiers stopped, licences by what they cost, smoothed"),
    Field("used", FLOAT, "count", "protected inventions worth copying, smoothed"),
    Field("blocked_worth", FLOAT, "million RMB", "worth lost to earlier patents, smoothed"),
    Field("project_worth", FLOAT, "million RMB", "worth of all projects, smoothed"),
    Field("now_copies", FLOAT, "count", "copies on sale in this quarter"),
    Field("now_used", FLOAT, "count", "enterprises with a patent in use in this quarter"),
    Field("now_begun", FLOAT, "count", "copies begun in this quarter"),
    Field("now_redressed", FLOAT, "count", "losses made good in this quarter, in whole copies"),
    Field("now_punished", FLOAT, "count", "copiers stopped, licences by what they cost, in this quarter"),
    Field("now_blocked_worth", FLOAT, "million RMB", "worth lost in this quarter"),
    Field("now_project_worth", FLOAT, "million RMB", "worth of projects of this quarter"),
)

#: Yearly counts in the city, reset on 1 January; in simulated units (scale them up).
TALLY = Record(
    "tally",
    *(
        Field(name, FLOAT, unit, meaning)
        for name, unit, meaning in (
            ("filed_invention", "count", "invention filings"),
            ("filed_utility_model", "count", "utility-model filings"),
            ("filed_design", "count", "design filings"),
            ("filed_abroad", "count", "international (PCT) filings"),
            ("granted_invention", "count", "inventions granted"),
            ("granted_utility_model", "count", "utility models granted"),
            ("granted_design", "count", "designs granted"),
            ("refused_invention", "count", "inventions refused"),
            ("quality_filed", "score", "sum of quality scores, inventions and models filed"),
            ("quality_granted", "score", "sum of quality scores, inventions and models granted"),
            ("scored_filed", "count", "filings in that sum"),
            ("scored_granted", "count", "grants in that sum"),
            ("trifles", "count", "filings made for the reward alone, or split off"),
            ("first_filers", "count", "enterprises that filed for the first time"),
            ("pendency_quarters", "quarters", "sum of time to decision, inventions"),
            ("lapsed", "count", "patents that lapsed"),
            ("worth_filed", "million RMB", "private value of what was filed"),
            ("ideas", "count", "inventions made"),
            ("ideas_blocked", "count", "projects stopped by earlier patents"),
            ("ideas_secret", "count", "inventions kept secret"),
            ("merit", "score", "sum of quality scores over inventions made"),
            ("royalties", "million RMB", "royalties agreed"),
            ("licences", "count", "licences agreed"),
            ("copies_begun", "count", "copies begun"),
            ("copies_found", "count", "copies found"),
            ("admin_cases", "count", "administrative cases filed"),
            ("court_cases", "count", "court cases filed"),
            ("mediation_cases", "count", "mediation cases filed"),
            ("decided", "count", "cases decided"),
            ("case_quarters", "quarters", "sum of their duration"),
            ("awards", "million RMB", "damages paid"),
            ("loans", "count", "pledge loans made"),
            ("first_loans", "count", "of these, to first-time borrowers"),
            ("lent", "million RMB", "lent against patents"),
            ("loans_ended", "count", "pledge loans repaid or lost"),
            ("loans_lost", "count", "of these, lost"),
            ("written_off", "million RMB", "principal lost"),
            ("fund_paid", "million RMB", "paid by the compensation fund"),
            ("entries", "count", "enterprises founded"),
            ("exits", "count", "enterprises closed or failed"),
            ("failures", "count", "of these, failed"),
            ("university_filed", "count", "filings by universities"),
            ("university_joint", "count", "of these, with a firm"),
            ("university_transfers", "count", "university patents transferred or licensed"),
            ("joint_filed", "count", "invention filings by a university and a firm together"),
            ("revenue", "million RMB", "revenue of enterprises"),
            ("research", "million RMB", "R&D done by enterprises"),
            ("reported_research", "million RMB", "R&D reported by enterprises"),
            ("copied_patentees", "count", "patentees that met a copy, summed over quarters"),
        )
    ),
)
TALLY_NAMES = tuple(f.name for f in TALLY)

#: What the treasury spent in the year, by lever, in million RMB (simulated units).
SPENDING = Record(
    "spending",
    *(
        Field(name, FLOAT, "million RMB", meaning)
        for name, meaning in (
            ("subsidies_research", "R&D subsidies"),
            ("subsidies_filing", "filing subsidies"),
            ("subsidies_grant", "grant subsidies"),
            ("subsidies_high_value", "awards for high-value patents"),
            ("protection_enforcement_staff", "posts of enforcement bodies"),
            ("protection_speed", "extra hours of enforcement bodies"),
            ("protection_monitoring", "monitoring of markets"),
            ("protection_mediation", "mediation"),
            ("protection_judicial_confirmation", "judicial confirmation"),
            ("protection_rapid_centre", "rapid protection centre"),
            ("utilisation_pledge_fund", "fund pay-outs, interest subsidy, bonus"),
            ("utilisation_university_transfer", "operation agencies of universities"),
            ("quality_agency_supervision", "supervision of service agencies"),
        )
    ),
)
SPENDING_NAMES = tuple(f.name for f in SPENDING)
