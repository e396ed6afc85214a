"""Blocked or broken: the yes before a few harmless requests beside the callback, and their lines on the screen."""

from dataclasses import replace

from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import LOOK, HttpEvidence, HttpProbe, SignProbe
from postback_wizard.domain.step import Settings, is_stale
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.steps import BY_ID

TITLE = Text(en="Blocked or broken?", ru="Заблокировано или сломано?")
ASK = Text(
    en="Up to three harmless requests to {host}: a GET of its root, as the sender and, if need be, as a browser, and "
    "an OPTIONS of the path. They carry no ID, no parameter, no secret, and create no conversion. They show what this "
    "place meets; what the partner's sender meets may differ.",
    ru="До трёх безвредных запросов к {host}: GET корня от имени отправителя и, если нужно, браузера, и OPTIONS пути. "
    "В них нет ни ID, ни параметров, ни секретов, конверсию они не создают. Они покажут, что встречаем мы; "
    "отправитель партнёра может встретить другое.",
)
ASK_PROXY = Text(
    en="They go through the proxy {proxy}, and one past it, from this machine.",
    ru="Они пойдут через прокси {proxy}, и один мимо него, с этого компьютера.",
)
YES = Text(en="Enter: ask", ru="Enter: спросить")
NOTHING = Text(
    en="There is nothing to tell apart: no block and no silence, or it has been asked already.",
    ru="Различать нечего: нет ни блокировки, ни молчания, либо это уже спрошено.",
)
FROM = Text(en="{result} from {place}", ru="{result} из {place}")
AS_BROWSER = Text(en="as a browser", ru="как браузер")
PAST_PROXY = Text(en="past the proxy", ru="мимо прокси")


SECRET_TITLE = Text(en="The secret of the signature", ru="Секрет подписи")
SECRET_ASK = Text(
    en="Shared by sender and receiver. It stays in memory, is asked of nobody and appears in no file. Enter recomputes "
    "the signature.",
    ru="Известен отправителю и получателю. Остаётся в памяти, никуда не отправляется и ни в один файл не попадает. "
    "Enter пересчитает подпись.",
)


def is_signed(case: Case, settings: Settings) -> bool:
    """Whether the request carries a signature whose secret is not known here."""
    if settings.has_secret or not case.facts.sent_request:
        return False
    wanted = BY_ID["replay"].plan(case, (), replace(settings, has_secret=True))
    return any(isinstance(probe, SignProbe) for probe in wanted)


def next_look(case: Case, settings: Settings) -> HttpProbe | None:
    """The first harmless request that would still tell something; None when there is nothing to tell apart."""
    step, record = BY_ID["replay"], case.record("replay")
    if record is None or is_stale(case, step) or record.reason == "not-public":
        return None
    wanted = step.plan(case, record.evidence, replace(settings, probing=True))
    looks = (probe for probe in wanted if isinstance(probe, HttpProbe) and probe.name.startswith(LOOK))
    return next(looks, None)


def question(case: Case, probe: HttpProbe, lang: str) -> str:
    """What is about to be asked, and what it cannot do."""
    host = split_url(probe.url).host
    proxy = split_url(case.facts.proxy)
    said = ASK.say(lang, host=host)
    return f"{said} {ASK_PROXY.say(lang, proxy=proxy.host + proxy.port)}" if case.facts.proxy else said


def look_head(look: HttpEvidence, lang: str) -> str:
    """The request in short: method, path and in whose name."""
    as_whom = {f"{LOOK}agent": AS_BROWSER, f"{LOOK}direct": PAST_PROXY}.get(look.name)
    said = f"{look.request.method} {split_url(look.request.url).path or '/'}"
    return f"{said} ({as_whom.say(lang)})" if as_whom else said


def look_text(look: HttpEvidence, lang: str) -> str:
    """What came of it, and where it left from."""
    result = str(look.answer.status) if look.answer else look.outcome[0]
    return FROM.say(lang, result=result, place=look.egress or "—")
