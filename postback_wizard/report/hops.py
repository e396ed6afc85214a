"""What one hop did to the parameters, as a table of the report."""

from collections.abc import Iterator

from postback_wizard.catalogue.along import owners_of
from postback_wizard.catalogue.owners import host_key
from postback_wizard.domain.case import Case
from postback_wizard.domain.hopdiff import FATES as ORDER
from postback_wizard.domain.hopdiff import ParamFate, diff_hops
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.domain.visible import visible
from postback_wizard.report import hopwords
from postback_wizard.report.md import cell, prose, table, words

#: Parameters in one table; a hostile URL has thousands.
MOST = 100

OWNER = Text(en="Owner of {host}: {owner}. {why}", ru="Чей хост {host}: {owner}. {why}")
NAMED_SO = Text(en="So says the author of this report.", ru="Так указал автор отчёта.")
PASSAGE = Text(
    en="What became of its parameters in the next URL, {url}:", ru="Что стало с параметрами в следующем URL, {url}:"
)
PARAM, FATE = Text(en="Parameter", ru="Параметр"), Text(en="What became of it", ru="Что с ним стало")
BEFORE, AFTER = Text(en="Before", ru="Было"), Text(en="After", ru="Стало")
MORE = Text(en="… and {n} more.", ru="… и ещё {n}.")


def passage(case: Case, hop: HttpEvidence, lang: str) -> Iterator[str]:
    """Whose a hop is, and its parameters between its URL and the next; nothing for what is no hop of the trace."""
    hops = case.trace()
    if not hop.hop or hop not in hops:
        return
    host = split_url(hop.request.url).host
    owner = owners_of(case).get(host_key(host))
    if owner is not None:
        # In a report "you" is the reader, who said nothing.
        why = NAMED_SO.say(lang) if owner.by_you else owner.why.say(lang)
        said = hopwords.named_role(owner, lang) if owner.by_you else hopwords.owner_words(owner, lang)
        yield prose(OWNER, lang, host=host, owner=_ours(said), why=_ours(why))
    place = hops.index(hop) + 1
    fates = diff_hops(hop.request.url, hops[place].request.url) if place < len(hops) else ()
    if not fates:
        return
    yield prose(PASSAGE, lang, url=hops[place].request.url)
    head = [words(text.say(lang)) for text in (PARAM, FATE, BEFORE, AFTER)]
    shown = sorted(fates, key=lambda item: ORDER.index(item.fate))[:MOST]
    yield table(head, (_row(item, lang) for item in shown))
    if len(fates) > MOST:
        yield words(MORE.say(lang, n=len(fates) - MOST))


def _row(item: ParamFate, lang: str) -> tuple[str, str, str, str]:
    names = dict.fromkeys(param.name for param in (item.before, item.after) if param)
    remark = hopwords.fate_remark(item, lang)
    fate = hopwords.FATES[item.fate].say(lang) + (f": {remark}" if remark else "")
    before, after = (cell(param.value) if param else "" for param in (item.before, item.after))
    return " → ".join(map(cell, names)), words(visible(fate)), before, after


def _ours(text: str) -> Text:
    """Words ready in one language, with a name in them that may hold anything."""
    literal = visible(text).replace("{", "{{").replace("}", "}}")
    return Text(en=literal, ru=literal)
