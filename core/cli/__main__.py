"""Run a command: ``python -m core.cli``, as `dialcast` does."""

import sys

from core.cli.main import main

sys.exit(main())
