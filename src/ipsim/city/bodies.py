"""Universities, banks, service agencies, enforcement bodies and their cases."""

from ipsim.engine.records import COUNT, FLAG, FLOAT, INDEX, KEY, QUARTER, Field, Record

ADMINISTRATIVE, COURT, MEDIATION = 0, 1, 2  #: rows of the enforcement bodies
BODIES = ("administrative", "court", "mediation")
CAREFUL, VOLUME = 0, 1  #: values of ``style`` of an agency

UNIVERSITY_RECORD = Record(
    "university",
    Field("key", KEY, "-", "stable key of the agent"),
    Field("research", FLOAT, "million RMB/quarter", "research done"),
    Field("ideas", FLOAT, "1/quarter", "inventions expected in a quarter at the start"),
    Field("cash", FLOAT, "million RMB", "money at the bank"),
    Field("in_force", COUNT, "count", "inventions in force"),
    Field("filed", COUNT, "count", "patents ever filed"),
    Field("transfers", COUNT, "count", "patents transferred or licensed, ever"),
    Field("in_budget", FLOAT, "million RMB/quarter", "budget received"),
    Field("in_subsidy", FLOAT, "million RMB/quarter", "subsidies and awards received"),
    Field("in_royalty", FLOAT, "million RMB/quarter", "prices and royalties received"),
    Field("out_research", FLOAT, "million RMB/quarter", "research paid"),
    Field("out_fees", FLOAT, "million RMB/quarter", "official fees and annuities"),
    Field("out_agency", FLOAT, "million RMB/quarter", "fees of service agencies"),
)

BANK = Record(
    "bank",
    Field("key", KEY, "-", "stable key of the agent"),
    Field("cash", FLOAT, "million RMB", "own funds available"),
    Field("loans", FLOAT, "million RMB", "pledge loans outstanding"),
    Field("ended_first", FLOAT, "count", "weight of ended loans to first-time borrowers"),
    Field("lost_first", FLOAT, "count", "weight of those that defaulted"),
    Field("ended_known", FLOAT, "count", "weight of ended loans to known borrowers"),
    Field("lost_known", FLOAT, "count", "weight of those that defaulted"),
    Field("screening", FLOAT, "share", "chance that it finds a weak borrower"),
    Field("burnt", FLOAT, "share", "belief: chance that the fund will not pay"),
    Field("in_repaid", FLOAT, "million RMB/quarter", "repaid with interest"),
    Field("in_recovered", FLOAT, "million RMB/quarter", "from sale of pledged patents"),
    Field("in_fund", FLOAT, "million RMB/quarter", "paid by the compensation fund"),
    Field("in_bonus", FLOAT, "million RMB/quarter", "bonus for first loans"),
    Field("out_lent", FLOAT, "million RMB/quarter", "lent"),
    Field("out_costs", FLOAT, "million RMB/quarter", "screening and cost of funds"),
)

AGENCY = Record(
    "agency",
    Field("key", KEY, "-", "stable key of the agent"),
    Field("style", FLAG, "-", "0 careful, 1 volume-minded"),
    Field("drafting", FLOAT, "log points", "what its drafting adds to merit in examination"),
    Field("fee_invention", FLOAT, "million RMB", "fee for an invention"),
    Field("fee_other", FLOAT, "million RMB", "fee for a utility model or design"),
    Field("trifle_price", FLOAT, "million RMB", "what it asks besides for a trifle"),
    Field("filings", COUNT, "count", "filings this quarter"),
    Field("trifles", COUNT, "count", "of these, trifles"),
    Field("cash", FLOAT, "million RMB", "money at the bank"),
    Field("in_fees", FLOAT, "million RMB/quarter", "fees received"),
    Field("out_costs", FLOAT, "million RMB/quarter", "costs and penalties, owners' income"),
)

BODY = Record(
    "enforcement body",
    Field("key", KEY, "-", "stable key of the agent"),
    Field("kind", FLAG, "-", "0 administrative, 1 court, 2 mediation"),
    Field("posts", FLOAT, "posts", "full-time posts"),
    Field("capacity", FLOAT, "cases/quarter", "cases it can decide in this quarter"),
    Field("carried", FLOAT, "cases", "part of a case left from the last quarter"),
    Field("backlog", COUNT, "cases", "cases waiting"),
    Field("months", FLOAT, "months", "usual time from filing to decision, as parties see it"),
    Field("error", FLOAT, "share", "chance of a wrong decision"),
    Field("cost", FLOAT, "million RMB", "cost of a case to the plaintiff"),
)

CASE = Record(
    "case",
    Field("key", KEY, "-", "stable key, on which its draws depend"),
    Field("plaintiff", INDEX, "row", "enterprise that complains"),
    Field("defendant", INDEX, "row", "enterprise that copies"),
    Field("loss", FLOAT, "million RMB/year", "profit that the copy takes"),
    Field("strength", FLOAT, "share", "chance that the right holds"),
    Field("filed", QUARTER, "quarter", "quarter of filing"),
    Field("copy_since", QUARTER, "quarter", "since when the copy was sold"),
    Field("body", FLAG, "-", "0 administrative, 1 court, 2 mediation"),
    Field("open", FLAG, "-", "1 while it waits for a decision"),
)

INDUSTRY = Record(
    "industry",
    Field("key", KEY, "-", "row number"),
    Field("growth", FLOAT, "1/quarter", "growth of ordinary sales in this quarter"),
    Field("value", FLOAT, "million RMB", "median private value of an invention"),
    Field("merit", FLOAT, "log points", "mean technical merit of inventions"),
    Field("design_share", FLOAT, "share", "share of inventions that are designs"),
    Field("complexity", FLOAT, "-", "earlier patents a project builds on, relative"),
    Field("strategic", FLAG, "-", "1 if a strategic emerging industry"),
    Field("rapid", FLAG, "-", "1 if the rapid centre covers it now"),
    Field("thicket", FLOAT, "-", "enforceable patents of others, relative to the start"),
    Field("thicket_start", FLOAT, "-", "the same at the start, unscaled"),
    Field("largest", INDEX, "row", "enterprise with the largest portfolio", -1),
)
