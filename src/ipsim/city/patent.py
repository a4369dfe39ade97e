"""Patents: individual records in one ledger, in the order in which they were filed."""

from ipsim.engine.records import FLAG, FLOAT, INDEX, KEY, QUARTER, Field, Record

INVENTION, UTILITY_MODEL, DESIGN = 0, 1, 2  #: values of ``kind``
KINDS = ("invention", "utility_model", "design")
EMPTY, PENDING, IN_FORCE, REFUSED, LAPSED = 0, 1, 2, 3, 4  #: values of ``stage``
FIRM, UNIVERSITY = 0, 1  #: values of ``owner_kind``

PATENT = Record(
    "patent",
    Field("key", KEY, "-", "stable key, on which its draws depend"),
    Field("quality", FLOAT, "log points", "technical merit, 0 = mean of the nation at the start"),
    Field("flow", FLOAT, "million RMB/year", "profit flow if used without copying"),
    Field("owner", INDEX, "row", "enterprise or university that holds it"),
    Field("filed", QUARTER, "quarter", "quarter of filing"),
    Field("granted", QUARTER, "quarter", "quarter of grant", -32000),
    Field("due", QUARTER, "quarter", "next decision: of the office, then annuity"),
    Field("industry", QUARTER, "-", "row of its industry"),
    Field("agency", QUARTER, "-", "row of the agency that drafted it"),
    Field("kind", FLAG, "-", "0 invention, 1 utility model, 2 design"),
    Field("stage", FLAG, "-", "0 empty, 1 pending, 2 in force, 3 refused, 4 lapsed"),
    Field("owner_kind", FLAG, "-", "0 enterprise, 1 university"),
    Field("in_use", FLAG, "-", "1 if in production"),
    Field("trifle", FLAG, "-", "1 if filed for the reward alone"),
    Field("abroad", FLAG, "-", "1 if it has family members abroad"),
    Field("rapid", FLAG, "-", "1 if pre-examined by the rapid centre"),
    Field("joint", FLAG, "-", "1 if made by a university with a firm"),
    Field("licensed", FLAG, "-", "1 if licensed out"),
    Field("transferred", FLAG, "-", "1 if it changed hands"),
    Field("pledged", FLAG, "-", "1 if its owner has a pledge loan"),
    Field("high_value", FLAG, "-", "1 if it meets the high-value test"),
)
