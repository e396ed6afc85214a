"""A corrected template as a proposal: every change with its reason, nothing applied by itself."""

import re
from collections.abc import Iterator

from postback_wizard.catalogue.names import find_platform, has, nearest
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read, squashed
from postback_wizard.catalogue.slots import is_click_macro
from postback_wizard.checks.build import macro_for
from postback_wizard.checks.mends import (
    REASONS,
    Change,
    Mend,
    Mended,
    Proposal,
    left_out,
    mend_all,
    mend_characters,
    mend_escapes,
    mend_structure,
    replaced,
    without_pair,
)
from postback_wizard.checks.template import param_name_mismatch, parts, receiver_of, shape_of_url
from postback_wizard.domain.aligned import aligned
from postback_wizard.domain.case import Case
from postback_wizard.domain.macros import find_macros, is_placeholder
from postback_wizard.domain.template import Value, meaning_of, template_values
from postback_wizard.domain.url import split_url

__all__ = ["REASONS", "Change", "Proposal", "propose"]


def propose(case: Case) -> Proposal:
    """The corrected template of a case; without changes where there is nothing to mend, or nothing known to mend by."""
    case, changes = mend_all(case, "template", _MENDS)
    return Proposal(case.facts.template, changes, tuple(_undocumented(case)))


def _undocumented(case: Case) -> Iterator[str]:
    """Parameters left with a fill-in, because no macro of the sender is known for them."""
    for value in template_values(case):
        if value.place == "query" and is_placeholder(value.decoded, value.name):
            yield value.name


def _characters(case: Case) -> Mended:
    return mend_characters(case.facts.template)


def _escapes(case: Case) -> Mended:
    return mend_escapes(case.facts.template)


def _shape(case: Case) -> Mended:
    """Scheme and structure, as their check names them."""
    text = case.facts.template
    for finding in shape_of_url.check(case):
        start, end = int(finding.values["start"]), int(finding.values["end"])
        match finding.code:
            case "template-scheme":
                rest = text[end:] if finding.values["shown"] == "http://" else text[start:].removeprefix("//")
                return f"{text[:start]}https://{rest}", Change("scheme", finding.values["shown"], "https://")
            case "template-structure-broken":
                return mend_structure(text, finding.values["kind"], finding.values["param"])
            case "template-param-twice":
                return _without_double(case, text, start, end)
            case _:
                continue
    return None


def _without_double(case: Case, text: str, start: int, end: int) -> tuple[str, Change]:
    """Of two, the one under the documented name with a macro stays; otherwise the first."""
    second = text[start:end]
    name = second.partition("=")[0]
    params = [item for item in split_url(text).params() if item.name.casefold() == name.casefold()]
    receiver = receiver_of(case)
    read = meanings_read(receiver) if receiver else {}
    kept = max(
        params, key=lambda item: (item.name in read, bool(find_macros(f"={item.value}")), -item.start), default=None
    )
    gone = next((item for item in params if item is not kept), None)
    if gone is None:
        return text, Change("twice", second, "")
    return without_pair(text, gone.start, gone.end), Change("twice", text[gone.start : gone.end], "")


def _encoded(case: Case) -> Mended:
    text = case.facts.template
    macro = next((item for item in find_macros(text) if item.encoded), None)
    return replaced(text, macro.start, macro.end, macro.written, "encoded") if macro else None


def _macro_names(case: Case) -> Mended:
    sender = _sender(case)
    for value in template_values(case) if sender and sender.sends.macros else ():
        for macro in value.macros() if value.start >= 0 and value.place != "host" else ():
            proposal = None if has(macro, sender) else nearest(macro, sender, meaning_of(value.name))  # type: ignore[arg-type]  # there is one in this loop
            if proposal and (proposal.reason != "meaning" or macro.written in _unfilled(case)):
                at = value.start + macro.start
                return replaced(case.facts.template, at, at + len(macro.text), proposal.written, "macro")
    return None


def _unfilled(case: Case) -> frozenset[str]:
    """Macros the live request shows to have been replaced by nothing, or not at all."""
    bad = (item for item in aligned(case) if item.template and item.sent and (item.sent.macros() or not item.sent.text))
    return frozenset(macro.written for item in bad if item.template for macro in item.template.macros())


def _external(case: Case) -> Mended:
    sender, receiver = _sender(case), receiver_of(case)
    if sender is None or receiver is None or sender.kind != "tracker" or receiver.kind != "ad_network":
        return None
    wanted = macro_for(sender, receiver, "click_id")
    for part in parts(case, "template") if wanted else ():
        for macro in part.value.macros() if part.meaning in ("click_id", "") and part.value.start >= 0 else ():
            if is_click_macro(macro, sender) and macro.written != wanted:
                at = part.value.start + macro.start
                return replaced(case.facts.template, at, at + len(macro.text), wanted, "external")
    return None


def _names(case: Case) -> Mended:
    text = case.facts.template
    for finding in param_name_mismatch.check(case):
        sent, wanted = finding.values["sent"], finding.values["wanted"]
        found = next((item for item in split_url(text).params() if item.name == sent), None)
        if finding.where.startswith("template") and found is not None:
            return replaced(text, found.start, found.start + len(found.key), wanted, "name")
    return None


def _fill_ins(case: Case) -> Mended:
    """Fill-ins, constant payouts and constant IDs get the sender's macro of that meaning, where one is documented."""
    sender, receiver = _sender(case), receiver_of(case)
    taken = {part.meaning for part in parts(case, "template") if part.value.macros()}
    for part in parts(case, "template"):
        value = part.value
        filler = is_placeholder(value.decoded, value.name)
        constant = part.is_real and part.meaning not in taken and _is_constant(value, part.meaning)
        if value.start < 0 or not (filler or constant):
            continue
        macro = macro_for(sender, receiver, part.meaning) if sender and part.meaning else ""
        if macro:
            reason = "placeholder" if filler else "static"
            return replaced(case.facts.template, value.start, value.end, macro, reason)
        if value.decoded == "OPTIONAL":
            return left_out(case.facts.template, value)
    return None


def _is_constant(value: Value, meaning: str) -> bool:
    if meaning == "payout":
        return bool(re.fullmatch(r"[\d.,]+", value.decoded))
    return meaning in ("click_id", "transaction_id") and meaning_of(value.name) == meaning


def _missing(case: Case) -> Mended:
    """Required parameters, then the transaction ID, at the end of the query."""
    sender, receiver, text = _sender(case), receiver_of(case), case.facts.template
    if sender is None or receiver is None or split_url(text).query is None:
        return None
    found = parts(case, "template")
    names = {squashed(part.value.name) for part in found}
    taken = {part.meaning for part in found if part.meaning}
    for name, meaning in meanings_read(receiver).items():
        wanted = name in receiver.accepts.required_params.value or meaning == "transaction_id"
        macro = macro_for(sender, receiver, meaning) if meaning and meaning not in taken else ""
        if wanted and macro and squashed(name) not in names:
            joint = "" if text.endswith(("?", "&")) else "&"
            return f"{text}{joint}{name}={macro}", Change("missing", "", f"{name}={macro}")
    return None


def _sender(case: Case) -> Platform | None:
    return find_platform(case.facts.sender) if case.facts.sender else None


_MENDS: tuple[Mend, ...] = (
    _characters,
    _escapes,
    _encoded,
    _shape,
    _macro_names,
    _external,
    _names,
    _fill_ins,
    _missing,
)
