"""The order of a quarter: one line a mechanism."""

from ipsim.engine.mechanisms import Mechanism
from ipsim.mechanisms.agencies import AGENCIES
from ipsim.mechanisms.chain import CHAIN
from ipsim.mechanisms.copying import COPYING
from ipsim.mechanisms.disputes import DISPUTES
from ipsim.mechanisms.earning import EARNING
from ipsim.mechanisms.enforcement import ENFORCEMENT, STAFFING
from ipsim.mechanisms.entry import ENTRY
from ipsim.mechanisms.examination import EXAMINATION
from ipsim.mechanisms.filing import FILING
from ipsim.mechanisms.learning import LEARNING
from ipsim.mechanisms.lending import LENDING
from ipsim.mechanisms.public import GOVERNMENT, NEWS
from ipsim.mechanisms.renewal import RENEWAL
from ipsim.mechanisms.research import RESEARCH
from ipsim.mechanisms.survival import SETTLEMENT
from ipsim.mechanisms.universities import TRANSFERS, UNIVERSITIES

QUARTER: tuple[Mechanism, ...] = (
    # the frame
    GOVERNMENT,
    STAFFING,
    AGENCIES,
    CHAIN,
    # business and knowledge
    EARNING,
    LEARNING,
    RESEARCH,
    # inventions and rights
    FILING,
    UNIVERSITIES,
    EXAMINATION,
    RENEWAL,
    TRANSFERS,
    # copying and disputes
    COPYING,
    DISPUTES,
    ENFORCEMENT,
    # money, closing and founding
    LENDING,
    SETTLEMENT,
    ENTRY,
    # what everyone hears
    NEWS,
)
