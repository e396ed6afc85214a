"""Secrets come from the environment: they are never facts and never on the command line."""

import os

from postback_wizard.domain.probe import SECRET, TOKEN

VARIABLES = {TOKEN: "POSTBACK_WIZARD_TOKEN", SECRET: "POSTBACK_WIZARD_SECRET"}


def secrets_at_hand() -> dict[str, str]:
    """The secrets of the environment by their stand-ins."""
    found = {stand_in: os.environ.get(name, "") for stand_in, name in VARIABLES.items()}
    return {stand_in: value for stand_in, value in found.items() if value}
