"""Is every link put together so that its parameters can be read?"""

from collections.abc import Iterator, Mapping

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import carries
from postback_wizard.domain.structure import Fault, Kind, faults
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

URL_STRUCTURE_BROKEN = Rule(
    code="url-structure-broken",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The link to {host} is put together so that {param} cannot be read as meant: {shown}.",
        ru="Ссылка на {host} собрана так, что {param} не прочитать как задумано: {shown}.",
    ),
    why=Text(
        en="A URL has one ?, then name=value pairs joined by &, and # only at its very end. A second ? or &amp; glues "
        "a parameter to its neighbour, what follows # never leaves the browser, of two equal names one is read, and an "
        "address inside a parameter ends at its own & unless it is encoded.",
        ru="В URL один знак ?, за ним пары имя=значение через &, а # только в самом конце. Второй ? или &amp; "
        "приклеивает параметр к соседнему, всё после # не уходит из браузера, из двух одинаковых имён читают одно, а "
        "адрес внутри параметра обрывается на своём же &, если он не закодирован.",
    ),
    fix=Text(
        en="Build the link again: write {meant} in place of {shown}, save it and make a fresh click.",
        ru="Соберите ссылку заново: вместо {shown} напишите {meant}, сохраните и сделайте новый клик.",
    ),
    settle=Text(
        en="A trace of the link shows whether {param} still reaches the next hop.",
        ru="Проверка ссылки покажет, доходит ли {param} до следующего перехода.",
    ),
    sources=(
        "https://www.rfc-editor.org/rfc/rfc3986#section-3",
        "https://support.google.com/analytics/answer/2938246?hl=en&ref_topic=1308612",
    ),
)

#: How much each kind breaks where an identifier is struck; without one, a note.
_WEIGHT: Mapping[Kind, tuple[Level, Confidence]] = {
    "entity": (Level.BAD, Confidence.LIKELY),
    "second-question": (Level.BAD, Confidence.LIKELY),
    "question-missing": (Level.BAD, Confidence.LIKELY),
    # Pages may read what follows the hash by script, and servers may read either of two values.
    "behind-hash": (Level.WARN, Confidence.LIKELY),
    "twice": (Level.WARN, Confidence.LIKELY),
    "nested-raw": (Level.WARN, Confidence.LIKELY),
    "space": (Level.WARN, Confidence.LIKELY),
}


def check(case: Case) -> Iterator[Finding]:
    """At most one finding for each link, and each fault once: at the first place where it is seen."""
    told: set[tuple[Kind, str]] = set()
    for where, url, owner, later in _links(case):
        own = where in ("offer_url", "click_url", "hop 1")
        for fault in faults(url):
            if (fault.kind, fault.param) in told or _arrives(fault, later) or not (own or fault.matters):
                continue
            told.add((fault.kind, fault.param))
            yield _finding(where, url, owner, fault, proven=bool(later))
            break


def _links(case: Case) -> Iterator[tuple[str, str, Owner, tuple[str, ...]]]:
    """Each link with its place, who builds it, and the URLs that come after it."""
    if case.facts.offer_url:
        yield "offer_url", _web(case.facts.offer_url), Owner.AFFILIATE, ()
    hops = case.trace()
    if not hops and click_url(case.facts):
        yield "click_url", _web(click_url(case.facts)), Owner.AFFILIATE, ()
    urls = [hop.request.url for hop in hops]
    for index, hop in enumerate(hops):
        owner = Owner.AFFILIATE if index == 0 else Owner.HOP_OWNER
        yield f"hop {hop.hop or index + 1}", urls[index], owner, tuple(urls[index + 1 :])


def _web(text: str) -> str:
    """A link as a browser reads it: without a scheme, https."""
    url = text.strip()
    return url if "://" in url.partition("?")[0] else f"https://{url}"


def _arrives(fault: Fault, later: tuple[str, ...]) -> bool:
    """Whether the chain shows that nothing was lost by it: every value that was cut off comes along all the same."""
    return bool(fault.cut and later) and all(
        any(carries(url, param.value) for url in later) for param in fault.cut if param.value
    )


def _finding(where: str, url: str, owner: Owner, fault: Fault, *, proven: bool) -> Finding:
    level, confidence = _WEIGHT[fault.kind]
    if fault.kind == "nested-raw" and proven:
        level, confidence = (Level.BAD, Confidence.LIKELY)
    if not fault.matters:
        level, confidence = Level.INFO, Confidence.HINT
    return URL_STRUCTURE_BROKEN(
        f"{where}: {fault.param}",
        level=level,
        confidence=confidence,
        owner=owner,
        host=split_url(url).host,
        param=fault.param,
        shown=fault.shown,
        meant=fault.meant,
    )


EXAMPLES = {
    URL_STRUCTURE_BROKEN: example(click_url="https://trk.example/c/7?source=12?sub_id=w7k2m9x4q1"),
}
