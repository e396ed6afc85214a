"""Words of vendors' examples that somebody was meant to replace with a value or a macro."""

import re

#: Words that stand for a value in vendors' examples, all caps, and are never a value themselves.
PLACEHOLDER_WORDS = frozenset(
    (
        *("REPLACE", "OPTIONAL", "YOUR_ID", "CLICK_ID", "CLICKID", "TRANSACTION_ID", "TRANSACTIONID", "ORDER_ID"),
        *("ORDERID", "ORDER_REF", "ACTION_ID", "GOAL_ID", "EVENT_NAME", "OFFER_ID", "MERCHANT_ID", "AFFILIATE_ID"),
        *("PUBLISHER_ID", "CAMPAIGN_ID", "ACCOUNT_ID", "VISITOR_ID", "SECRET_KEY", "ADMITAD_UID", "REQID"),
        *("URLENCODED_JSON", "NAMEOFADVERTISER"),
    )
)
#: Words that are a placeholder only as the value of a parameter that is named after them: ``amount=AMOUNT``.
ECHO_WORDS = frozenset(
    (
        *("AMOUNT", "CURRENCY", "REVENUE", "PAYOUT", "PRICE", "VALUE", "COST", "TOKEN", "KEY", "STATUS", "TYPE"),
        *("GOAL", "EVENT", "ORDER", "VISITOR", "ACCOUNT", "DATA", "CODE", "CHANNEL", "VOUCHER", "TIME", "URL", "IP"),
        *("ID", "CID", "UID", "MID", "AID", "CJEVENT"),
    )
)
_YOUR = re.compile(r"YOUR(?:_[A-Z0-9]+)+")
_SPELT_OUT = re.compile(r"\{[^\W\d_]+(?: [^\W\d_]+){1,3}\}|<[^\W\d_]+(?:[ _][^\W\d_]+){1,3}>")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")
#: A parameter this short may abbreviate the word: ``r=REVENUE``.
_SHORT = 2


def is_placeholder(value: str, param: str = "") -> bool:
    """Whether a whole value is a word from documentation that somebody was meant to replace."""
    if value in PLACEHOLDER_WORDS or (value[:4] == "YOUR" and _YOUR.fullmatch(value)):
        return True
    if value[:1] in ("{", "<") and _SPELT_OUT.fullmatch(value):
        return True
    return (value in ECHO_WORDS and _names(param, value.lower())) or (param.lower(), value) == ("currency", "currency")


def _names(param: str, word: str) -> bool:
    """Whether a parameter is named after a word: ``price``, ``orderPrice``, ``price_id``, or its first letters."""
    words = [part.lower() for part in _WORDS.findall(param)]
    whole = "".join(words)
    short = 0 < len(whole) <= _SHORT and word.startswith(whole)
    return short or word in (whole, words[-1] if words else "", whole.removesuffix("id"))
