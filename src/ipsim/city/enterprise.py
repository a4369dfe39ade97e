"""Enterprises: who earns, invents, files, copies, sues, borrows, grows and fails."""

from ipsim.engine.records import COUNT, FLAG, FLOAT, INDEX, KEY, QUARTER, Field, Record

ABSENT, ALIVE, CLOSED, FAILED = 0, 1, 2, 3  #: values of ``status``
MICRO, SMALL, MEDIUM, LARGE = 0, 1, 2, 3  #: values of ``size``
STAGES = ("materials", "components", "products", "brand")  #: values of ``stage``

ENTERPRISE = Record(
    "enterprise",
    # who it is
    Field("key", KEY, "-", "stable key of the agent, on which its draws depend"),
    Field("status", FLAG, "-", "0 absent, 1 alive, 2 closed, 3 failed"),
    Field("size_class", FLAG, "-", "0 micro, 1 small, 2 medium, 3 large (revenue at birth)"),
    Field("stage", FLAG, "-", "place in the chain: 0 materials to 3 brand"),
    Field("exporter", FLAG, "-", "1 if it sells abroad"),
    Field("industry", QUARTER, "-", "row of its industry"),
    Field("born", QUARTER, "quarter", "quarter of birth, 0 = first quarter of the run"),
    Field("bank", QUARTER, "-", "row of its bank"),
    Field("closed", QUARTER, "quarter", "when it closed or failed"),
    # business
    Field("sales", FLOAT, "million RMB/quarter", "sales of its ordinary business"),
    Field("growth", FLOAT, "1/quarter", "growth of sales in the last quarter"),
    Field("margin", FLOAT, "share", "operating margin of its ordinary business"),
    Field("revenue", FLOAT, "million RMB/quarter", "all sales, inventions' included"),
    Field("cash", FLOAT, "million RMB", "money at the bank"),
    Field("distress", FLAG, "quarters", "quarters in a row with cash below nought"),
    # research
    Field("capability", FLOAT, "-", "inventions from a unit of research effort, relative"),
    Field("knowledge", FLOAT, "-", "knowledge relative to its industry at the start"),
    Field("learned", FLOAT, "-", "knowledge taken up from links, for the next quarter"),
    Field("research", FLOAT, "million RMB/quarter", "R&D really done"),
    Field("reported_research", FLOAT, "million RMB/quarter", "R&D reported to the tax office"),
    Field("researches", FLAG, "-", "1 if it has an R&D activity"),
    Field("high_tech", FLAG, "-", "1 if recognised as a high-tech enterprise"),
    Field("blocked", FLOAT, "share", "belief: share of a project's worth lost to earlier patents"),
    # intellectual property
    Field("experience", COUNT, "count", "patents ever filed"),
    Field("recent", FLOAT, "count", "utility models and designs won lately, fading over three years"),
    Field("opportunism", FLOAT, "-", "readiness to file trifles, relative"),
    Field("copy_hazard", FLOAT, "1/year", "belief: chance that a protected invention is copied"),
    Field("redress", FLOAT, "share", "belief: share of the loss from a copy that is recovered"),
    Field("punish", FLOAT, "1/year", "belief: chance that a copier is found and made to pay"),
    Field("inventions", COUNT, "count", "inventions in force"),
    Field("utility_models", COUNT, "count", "utility models in force"),
    Field("designs", COUNT, "count", "designs in force"),
    Field("protected_flow", FLOAT, "million RMB/year", "profit flow of patented inventions in use"),
    Field("secret_flow", FLOAT, "million RMB/year", "profit flow of inventions kept secret"),
    Field("best_flow", FLOAT, "million RMB/year", "profit flow of its best invention in use"),
    Field("best_strength", FLOAT, "share", "chance that the right to it holds in a dispute"),
    # copying and disputes
    Field("copies", INDEX, "row", "enterprise whose invention it copies, -1 for none", -1),
    Field("copy_gain", FLOAT, "million RMB/year", "profit from copying"),
    Field("copy_since", QUARTER, "quarter", "when it began to copy"),
    Field("copy_known", FLAG, "-", "1 once the holder knows of the copy"),
    Field("copied_by", COUNT, "count", "enterprises that copy it now"),
    Field("copy_loss", FLOAT, "million RMB/year", "profit lost to copiers"),
    Field("disputes", COUNT, "count", "cases it is party to now"),
    Field("seen_copied", FLOAT, "count", "copies of its inventions found in the last year"),
    Field("seen_redress", FLOAT, "count", "of these, compensated"),
    # finance
    Field("debt", FLOAT, "million RMB", "pledge loan outstanding"),
    Field("loan_rate", FLOAT, "share/year", "interest on it"),
    Field("loan_due", QUARTER, "quarter", "when it is due"),
    Field("loans", COUNT, "count", "pledge loans ever taken"),
    Field("covered", FLOAT, "share", "share of a loss on it that the fund bears"),
    # flows of the quarter, million RMB, all counted positive
    Field("in_sales", FLOAT, "million RMB/quarter", "paid by customers"),
    Field("in_subsidy", FLOAT, "million RMB/quarter", "paid by the treasury"),
    Field("in_award", FLOAT, "million RMB/quarter", "damages and settlements received"),
    Field("in_royalty", FLOAT, "million RMB/quarter", "royalties received"),
    Field("in_loan", FLOAT, "million RMB/quarter", "loans received"),
    Field("in_equity", FLOAT, "million RMB/quarter", "paid in by founders, forgiven at closing"),
    Field("out_costs", FLOAT, "million RMB/quarter", "operating costs, investment and tax"),
    Field("out_research", FLOAT, "million RMB/quarter", "R&D paid"),
    Field("out_fees", FLOAT, "million RMB/quarter", "official fees and annuities"),
    Field("out_agency", FLOAT, "million RMB/quarter", "fees of service agencies"),
    Field("out_award", FLOAT, "million RMB/quarter", "damages, settlements, costs of disputes"),
    Field("out_royalty", FLOAT, "million RMB/quarter", "royalties and prices of patents paid"),
    Field("out_loan", FLOAT, "million RMB/quarter", "repayment and interest"),
    Field("out_owners", FLOAT, "million RMB/quarter", "distributed to owners or lost at closing"),
    Field("claim_research", FLOAT, "million RMB/quarter", "R&D subsidy claimed"),
    Field("claim_interest", FLOAT, "million RMB/quarter", "interest subsidy claimed"),
)

FLOWS_IN = tuple(f.name for f in ENTERPRISE if f.name.startswith("in_"))
FLOWS_OUT = tuple(f.name for f in ENTERPRISE if f.name.startswith("out_"))
