"""Does the chain of redirects end, and soon enough?"""

from collections.abc import Iterator
from dataclasses import replace

from postback_wizard.checks import example
from postback_wizard.checks.samples import hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.redirect import chain_end
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

#: More hops than this lose visitors by waiting alone.
MANY_HOPS = 7

REDIRECT_LOOP_OR_EXCESS_HOPS = Rule(
    code="redirect-loop-or-excess-hops",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="The click makes {hops:hop|hops}; the last is {host}, and the next address would be {next_url}.",
        ru="Клик делает {hops:переход|перехода|переходов}; последний: {host}, следующий адрес: {next_url}.",
    ),
    why=Text(
        en="A browser gives up on a circle, and every further hop loses visitors and can drop a parameter.",
        ru="По кругу браузер не пойдёт, а каждый лишний переход теряет посетителей и может потерять параметр.",
    ),
    fix=Text(
        en="Look at the redirect rules of {host} (http and https, www and bare name, CDN and origin) and remove the "
        "one "
        "that leads back or is not needed.",
        ru="Проверьте правила редиректа на {host} (http и https, с www и без, CDN и сервер) и уберите то, что ведёт "
        "назад или лишнее.",
    ),
    settle=Text(
        en="Open the link in a private browser window and count the hops there.",
        ru="Откройте ссылку в приватном окне браузера и посчитайте переходы там.",
    ),
    sources=("https://flownect.fr/en/code/redirect-tracer/", "https://linkautopsy.com/redirect-checker"),
)


def check(case: Case) -> Iterator[Finding]:
    """A chain that turns in a circle, or was cut short, or is long."""
    hops = case.trace()
    if not hops:
        return
    last, end = hops[-1], chain_end(hops, Limits().max_hops)
    finding = REDIRECT_LOOP_OR_EXCESS_HOPS(
        f"hop {last.hop or len(hops)}",
        hops=len(hops),
        host=split_url(last.request.url).host,
        next_url=(last.answer.header("Location") if last.answer else "") or "—",
    )
    if end in ("loop", "hop-limit"):
        yield finding
    elif end == "time" or len(hops) > MANY_HOPS:
        yield replace(finding, level=Level.WARN, confidence=Confidence.LIKELY)


EXAMPLES = {
    REDIRECT_LOOP_OR_EXCESS_HOPS: example(
        hop(1, "https://trk.example/c/7", "https://www.trk.example/c/7"),
        hop(2, "https://www.trk.example/c/7", "https://trk.example/c/7", outcome="REDIRECT_LOOP"),
        click_url="https://trk.example/c/7",
    ),
}
