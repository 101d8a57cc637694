"""`python -m generator.figures`: shows poses to those who write them."""

import sys

from generator.figures.preview import main

sys.exit(main())
