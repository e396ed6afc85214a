"""Which parameters a platform's own postback address reads, and what each of them stands for."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from postback_wizard.catalogue import platform
from postback_wizard.catalogue.memo import per_platform
from postback_wizard.catalogue.platform import Platform
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.template import meaning_of, read_values

_JOINTS = re.compile(r"[_\-\s]")


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


@per_platform
def meanings_read(receiver: Platform) -> Mapping[str, str]:
    """What a platform's parameters stand for, as far as their names tell: ``click_id``, ``payout``, ``currency`` …"""
    named = {name: meaning_of(name) for name in params_read(receiver)}
    required = receiver.accepts.required_params.value
    lone = [name for name in required if not named.get(name)]
    # An address that requires one parameter of no clear name requires the click ID: there is nothing else to match by.
    if "click_id" not in named.values() and len(required) == 1 and lone:
        named[lone[0]] = "click_id"
    return named


@lru_cache(maxsize=1024)
def squashed(name: str) -> str:
    """A name without case, hyphens and underscores: ``click-id``, ``Click_ID`` and ``clickid`` are one."""
    return _JOINTS.sub("", name).casefold()
