"""`python -m tautband` is the command line too."""

import sys

from tautband.cli import main

sys.exit(main())
