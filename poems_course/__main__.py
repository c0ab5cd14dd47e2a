"""``python -m poems_course VERB ...``: the same as the command ``poems``."""

import sys

from poems_course.cli import main

sys.exit(main())
