"""What the saved offer link alone tells: that it hands the click ID on, and that no click was looked at."""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.offer_link import offer_link
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

OFFER_LINK_CARRIES_CLICK_ID = Rule(
    code="offer-link-carries-click-id",
    level=Level.GOOD,
    confidence=Confidence.LIKELY,
    owner=Owner.YOU,
    title=Text(
        en="The offer link hands the click ID on to {host}: {param} holds {macro}.",
        ru="Ссылка оффера передаёт click ID на {host}: в {param} стоит {macro}.",
    ),
    why=Text(
        en="The network can return in its postback what it got with the click.",
        ru="Сеть может вернуть в постбеке то, что получила с кликом.",
    ),
    fix=Text(
        en="Nothing to mend here; trace a click to see {macro} become a value.",
        ru="Здесь исправлять нечего; пройдите по ссылке, чтобы увидеть значение на месте {macro}.",
    ),
)

OFFER_LINK_ONLY = Rule(
    code="offer-link-only",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="Only the offer link was read: no click was traced.",
        ru="Прочитана только ссылка оффера: сам клик не проверялся.",
    ),
    why=Text(
        en="A link that looks right can still lose its parameters at a redirect; only a click shows that.",
        ru="И правильная ссылка может потерять параметры на редиректе; это видно только по клику.",
    ),
    fix=Text(
        en="Enter the click URL, or the browser recording of a click, and run this step again.",
        ru="Введите URL клика или запись клика в браузере и повторите шаг.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Said of a link that names the click ID where the network reads it, as far as is known."""
    link = offer_link(case)
    if link is None:
        return
    read = [(param, macro) for param, macro in link.carriers if link.reads(param.name)]
    if read:
        param, macro = read[0]
        yield OFFER_LINK_CARRIES_CLICK_ID(
            f"offer_url: {param.name}", host=link.url.host, param=param.name, macro=macro.written
        )
    if not case.facts.known("click_url", "har") and not case.trace():
        yield OFFER_LINK_ONLY("offer_url")


EXAMPLES = {
    OFFER_LINK_CARRIES_CLICK_ID: example(
        offer_url="https://go.example/offer?id=42&sub1={clickid}",
        click_url="https://trk.example/c/7?source=12",
        tracker="voluum",
    ),
    OFFER_LINK_ONLY: example(offer_url="https://go.example/offer?id=42&sub1=w7k2m9x4q1"),
}
