"""A template built from nothing for a sender and a receiver of the catalogue, and what is not documented for it."""

from dataclasses import dataclass

from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read
from postback_wizard.checks.template.own_id_instead_of_external_id import external_macro
from postback_wizard.domain.macros import find_macros, is_placeholder
from postback_wizard.domain.url import Param, split_url

#: What stands for a parameter nobody documents a macro of the sender for.
FILL_IN = "REPLACE"


@dataclass(frozen=True, slots=True)
class Built:
    """A template, and the parameters for which no macro of the sender is documented; empty without an address."""

    template: str
    undocumented: tuple[str, ...] = ()


def build(sender: Platform, receiver: Platform) -> Built:
    """The receiver's documented address with the sender's documented macros in it.

    An optional parameter without a macro is left out; a required one keeps a fill-in and is named as not documented.
    """
    address = receiver.accepts.url_template
    if address is None or split_url(address.value).query is None:
        return Built("", receiver.accepts.required_params.value)
    text = address.value
    head = text[: text.index("?") + 1]
    meanings, required = meanings_read(receiver), receiver.accepts.required_params.value
    written: list[str] = []
    missing: list[str] = []
    for param in split_url(text).params():
        meaning = meanings.get(param.name, "")
        macro = macro_for(sender, receiver, meaning) if meaning else ""
        if macro:
            written.append(f"{param.key}={macro}")
        elif _is_fixed(param):
            written.append(f"{param.key}={param.value}")
        elif param.name in required or meaning == "click_id":
            written.append(f"{param.key}={FILL_IN}")
            missing.append(param.name)
    return Built(head + "&".join(written), tuple(missing))


def macro_for(sender: Platform, receiver: Platform | None, meaning: str) -> str:
    """The sender's documented macro of a meaning; a traffic source gets its own click ID, the external one."""
    if meaning == "click_id" and receiver is not None and receiver.kind == "ad_network" and sender.kind == "tracker":
        return external_macro(sender)
    if meaning not in ("click_id", "payout", "currency", "status", "transaction_id"):
        return ""
    return next(iter(getattr(sender.sends, meaning).value), "")


def _is_fixed(param: Param) -> bool:
    return bool(param.value) and not is_placeholder(param.text, param.name) and not find_macros(f"={param.value}")
