"""``python -m postback_wizard``."""

import sys

from postback_wizard.cli import main

if __name__ == "__main__":
    sys.exit(main())
