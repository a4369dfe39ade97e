"""``python -m ipsim``."""

import sys

from ipsim.cli import main

sys.exit(main())
