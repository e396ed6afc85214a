"""A corrected offer link as a proposal: structure, macros of the tracker, UTM tags, the network's own parameters."""

import re
from collections.abc import Iterator

from postback_wizard.catalogue.names import has, nearest
from postback_wizard.catalogue.slots import click_macros, slots
from postback_wizard.checks.click import click_id_param_absent, click_id_wrong_param, offer_link_written
from postback_wizard.checks.mends import (
    Change,
    Mend,
    Mended,
    Proposal,
    mend_all,
    mend_characters,
    mend_escapes,
    mend_structure,
    replaced,
    without_pair,
)
from postback_wizard.checks.offer_link import offer_link
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Finding, Level
from postback_wizard.domain.macros import Macro, find_macros
from postback_wizard.domain.structure import Fault, faults, params_of
from postback_wizard.domain.url import Param, split_url

#: Slips of a macro that leave no doubt which one was meant.
_SURE = ("look-alike", "case", "dialect")
_PAIRS = re.compile(r"[\w.\-]+=[^&/?]*(?:&[\w.\-]+=[^&/?]*)*")


def propose_link(case: Case) -> Proposal:
    """The corrected offer link of a case; ``open`` are its UTM tags that ask for a macro the tracker has not."""
    case, changes = mend_all(case, "offer_url", _MENDS)
    told = (item for item in offer_link_written.check(case) if item.code == "utm-macro-foreign")
    return Proposal(case.facts.offer_url, changes, tuple(item.values["param"] for item in told))


def _characters(case: Case) -> Mended:
    return mend_characters(case.facts.offer_url)


def _escapes(case: Case) -> Mended:
    return mend_escapes(case.facts.offer_url)


def _scheme(case: Case) -> Mended:
    text = case.facts.offer_url
    host = split_url(f"//{text}").host
    if not text or "://" in text.partition("?")[0] or "." not in host or find_macros(host):
        return None
    meant = f"https://{text.removeprefix('//')}"
    return meant, Change("scheme", split_url(meant).host, f"https://{split_url(meant).host}")


def _structure(case: Case) -> Mended:
    """What the tracker's or the network's server cannot read as meant; a raw address inside another is left alone."""
    text = case.facts.offer_url
    for fault in faults(text):
        mended = _of_fault(text, fault)
        if mended is not None and mended[0] != text:
            return mended
    return None


def _of_fault(text: str, fault: Fault) -> Mended:
    match fault.kind:
        case "second-question":
            return _second_question(text, fault.param)
        case "behind-hash" if not _PAIRS.fullmatch(split_url(text).fragment or ""):
            return None  # a page may read it there
        case "twice":
            return _twice(text, fault.param)
        case "nested-raw":
            return None
        case _:
            return mend_structure(text, fault.kind, fault.param)


def _second_question(text: str, name: str) -> Mended:
    glued = re.compile(rf"\?&?(?={re.escape(name)}=)")
    for param in params_of(text):
        found = glued.search(text, param.start, param.end)
        if found and "://" not in text[param.start : param.end]:
            return replaced(text, found.start(), found.end(), "&", "structure")
    return None


def _twice(text: str, key: str) -> Mended:
    """Of several under one name the first with a macro stays, otherwise the first."""
    same = [param for param in params_of(text) if param.key == key]
    kept = next((param for param in same if find_macros(f"={param.value}")), same[0])
    gone = next(param for param in same if param is not kept)
    return without_pair(text, gone.start, gone.end), Change("twice", text[gone.start : gone.end], "")


def _encoded(case: Case) -> Mended:
    """A macro saved percent-encoded as a whole value: trackers look for plain brackets."""
    link = offer_link(case)
    for param, macros in link.params if link else ():
        for macro in macros:
            if macro.encoded and macro.text == param.value:
                return _macro(case, param, macro, macro.written, "encoded")
    return None


def _click_macro(case: Case) -> Mended:
    """Where the tracker's own click ID is asked for under another tracker's name, or misspelt."""
    link = offer_link(case)
    if link is None or link.tracker is None or link.carriers:
        return None
    for param, macro in link.strangers[:1]:
        proposal = nearest(macro, link.tracker)
        mine = [known.text for known in click_macros(link.tracker)]
        written = proposal.written if proposal and proposal.written in mine else mine[0]
        return _macro(case, param, macro, written, "tracker-macro")
    return None


def _slips(case: Case) -> Mended:
    link = offer_link(case)
    if link is None or link.tracker is None:
        return None
    for param, macros in link.params:
        for macro in macros:
            proposal = None if has(macro, link.tracker) else nearest(macro, link.tracker)
            if proposal and proposal.reason in _SURE:
                return _macro(case, param, macro, proposal.written, "tracker-macro")
    return None


def _tags(case: Case) -> Mended:
    """A UTM tag in another spelling; where the right one stands beside it, the wrong one goes."""
    text = case.facts.offer_url
    for finding in offer_link_written.check(case):
        if finding.code != "utm-tag-odd":
            continue
        meant = finding.values["meant"]
        odd = next(param for param in params_of(text) if param.key == finding.values["shown"])
        if any(param.key == meant for param in params_of(text)):
            return without_pair(text, odd.start, odd.end), Change("twice", text[odd.start : odd.end], "")
        return replaced(text, odd.start, odd.start + len(odd.key), meant, "tag")
    return None


def _slot(case: Case) -> Mended:
    """The click ID in the parameter that the postback or the network's own list names."""
    text, link = case.facts.offer_url, offer_link(case)
    finding = next(_of_link(click_id_wrong_param.check(case)), None)
    if link is None or finding is None or finding.level not in (Level.WARN, Level.BAD):
        return None
    wanted = finding.values["wanted"].partition(" … ")[0]
    param = next((item for item in params_of(text) if item.name == finding.values["param"]), None)
    if param is None or any(item.name.lower() == wanted.lower() for item in params_of(text)):
        return None
    return replaced(text, param.start, param.start + len(param.key), wanted, "slot")


def _missing(case: Case) -> Mended:
    """The click ID where the link has none, and both its macro and the network's parameter are known."""
    text, link = case.facts.offer_url, offer_link(case)
    if link is None or next(_of_link(click_id_param_absent.check(case)), None) is None or "…" in link.wanted:
        return None
    if link.network is None or not slots(link.network) or link.url.fragment is not None:
        return None
    name = link.wanted.partition("=")[0]
    there = next((item for item in params_of(text) if item.name == name), None)
    if there is not None:
        return None if there.value else replaced(text, there.start, there.end, link.wanted, "no-click-id")
    joint = "?" if link.url.query is None else "" if text.endswith(("?", "&")) else "&"
    return f"{text}{joint}{link.wanted}", Change("no-click-id", "", link.wanted)


def _of_link(findings: Iterator[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.where.startswith("offer_url"))


def _macro(case: Case, param: Param, macro: Macro, written: str, reason: str) -> Mended:
    """One macro of a parameter's value written anew; values were searched with the ``=`` before them."""
    at = param.start + len(param.key) + macro.start
    return replaced(case.facts.offer_url, at, at + len(macro.text), written, reason)


_MENDS: tuple[Mend, ...] = (
    _characters,
    _escapes,
    _scheme,
    _encoded,
    _structure,
    _click_macro,
    _slips,
    _tags,
    _slot,
    _missing,
)
