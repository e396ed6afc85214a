"""The click URL of a case: what was typed may be a link, a curl command, or pasted output that shows where it began."""

import re

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.transcript import parse

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,63}(?::[0-9]{1,5})?(?=[/?#]|$)")


def click_url(facts: Facts) -> str:
    """The address the click begins at, empty where it is not known; ``facts.click_url`` itself may be a paste."""
    text = facts.click_url
    return parse(text).url if is_paste(text) else full_url(text)


def is_paste(text: str) -> bool:
    """Whether a text is output, headers or a command to be read, and no link to be asked for."""
    return parse(text).form != "none"


def full_url(text: str) -> str:
    """A link as it is asked for; https is put before a text that begins with a host name."""
    url = text.strip()
    return f"https://{url}" if _HOST.match(url) else url
