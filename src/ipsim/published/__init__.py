"""Published figures made comparable with simulated years, and figures of one's own read from a file."""

from ipsim.published.comparing import lay, of_place, residents_of, sums
from ipsim.published.figures import Published
from ipsim.published.reading import read_observations

__all__ = ["Published", "lay", "of_place", "read_observations", "residents_of", "sums"]
