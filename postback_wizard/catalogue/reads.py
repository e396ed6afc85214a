"""Which parameters a platform's own postback address reads, and what each of them stands for."""

import re
from collections.abc import Mapping
from functools import cache

from postback_wizard.catalogue import platform, platforms
from postback_wizard.catalogue.memo import Platforms, per_catalogue
from postback_wizard.catalogue.platform import Platform
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.template import meaning_of, read_values


@cache
def _params(platform_id: str, template: str) -> tuple[str, ...]:
    names = (value.name for value in read_values(template) if value.place == "query" and value.name)
    return tuple(dict.fromkeys((*names, *platform(platform_id).accepts.required_params.value)))


def params_read(receiver: Platform) -> tuple[str, ...]:
    """The names of a platform's documented postback parameters; empty where no address is documented.

    A name that is itself a macro or a fill-in is left out. Fixed values of the address (``tt=ss``) count as well.
    """
    template = receiver.accepts.url_template
    found = _params(receiver.id, template.value) if template else receiver.accepts.required_params.value
    return tuple(name for name in found if not find_macros(name))


def meanings_read(receiver: Platform) -> Mapping[str, str]:
    """What a platform's parameters stand for, as far as their names tell: ``click_id``, ``payout``, ``currency`` …"""
    if platforms().get(receiver.id) is not receiver:
        return _meanings(receiver)
    kept = _meanings_kept()
    if receiver.id not in kept:
        kept[receiver.id] = _meanings(receiver)
    return kept[receiver.id]


@per_catalogue
def _meanings_kept(_: Platforms) -> dict[str, Mapping[str, str]]:
    """Filled one by one, as most cases know one receiver."""
    return {}


def _meanings(receiver: Platform) -> Mapping[str, str]:
    named = {name: meaning_of(name) for name in params_read(receiver)}
    required = receiver.accepts.required_params.value
    lone = [name for name in required if not named.get(name)]
    # An address that requires one parameter of no clear name requires the click ID: there is nothing else to match by.
    if "click_id" not in named.values() and len(required) == 1 and lone:
        named[lone[0]] = "click_id"
    return named


def squashed(name: str) -> str:
    """A name without case, hyphens and underscores: ``click-id``, ``Click_ID`` and ``clickid`` are one."""
    return re.sub(r"[_\-\s]", "", name).casefold()
