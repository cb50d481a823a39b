"""`python -m flows` is `claimwire`."""

import sys

from flows.cli import main

sys.exit(main())
