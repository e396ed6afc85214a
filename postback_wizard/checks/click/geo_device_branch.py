"""Does a hop choose the way by visitor, so that this trace shows one branch only?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

GEO_DEVICE_BRANCH = Rule(
    code="geo-device-branch",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.YOU,
    title=Text(
        en="Hop {hop} ({host}) tells visitors apart ({sign}); this trace shows one branch only.",
        ru="Переход {hop} ({host}) различает посетителей ({sign}); эта проверка показывает только одну ветку.",
    ),
    why=Text(
        en="The click was made as {agent}, from the network of this machine, at {at}. Another country, device or hour "
        "can lead elsewhere, with other parameters.",
        ru="Клик сделан как {agent}, из сети этого компьютера, в {at}. Из другой страны, с другого устройства или в "
        "другое время ссылка может вести иначе и с другими параметрами.",
    ),
    fix=Text(
        en="Trace again with the visitor's user agent and from the target country, or record a real visit as a HAR "
        "file; ask the owner of {host} which branches there are.",
        ru="Повторите проверку с user agent посетителя и из целевой страны или запишите настоящий визит в HAR; узнайте "
        "у владельца {host}, какие ветки есть.",
    ),
    settle=Text(
        en="A second trace as a phone, or from the target country, that ends on the same page.",
        ru="Вторая проверка, с телефона или из целевой страны, которая закончится на той же странице.",
    ),
    sources=(
        "https://trackingaudit.online/knowledge-base/how-to-audit-redirects-before-launch",
        "https://help.trackier.com/en/articles/8200134-link-test",
    ),
)

#: Request headers by which an answer can tell device, language and country apart.
_TELLING = re.compile(
    r"user-agent|sec-ch-ua[a-z-]*|accept-language|cloudfront-[a-z-]+|cf-ipcountry|x-(?:geo|country|device)[a-z-]*",
    re.IGNORECASE,
)
#: Pages that networks and trackers keep for visitors they have no offer for.
_FALLBACK = re.compile(
    r"(?:geo|country|region|device|traffic)[-_]?(?:is[-_]?)?(?:not[-_]?)?"
    r"(?:blocked|restricted|mismatch|unavailable|available|allowed|supported|forbidden)"
    r"|(?:blocked|wrong|invalid|unsupported|restricted)[-_]?(?:geo|country|region|device)"
    r"|offer[-_]?(?:is[-_]?)?(?:not[-_]?available|unavailable|not[-_]?found)|fallback",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"(?<!not)(?<!not[-_])[-_]?(?:available|allowed|supported)\Z", re.IGNORECASE)
_GEO_PARAM = re.compile(
    r"geo|country|country_?code|geoip|geo_?redirect|device|device_?type|is_?mobile|fallback", re.IGNORECASE
)


def check(case: Case) -> Iterator[Finding]:
    """The strongest sign of a chain: a page for visitors without an offer, or else the first that tells them apart."""
    hops = case.trace()
    for index, item in enumerate(hops[1:], 1):
        page = _fallback(item.request.url)
        if page:
            yield _finding(hops[index - 1], index, f"→ {page}", Level.WARN, Confidence.LIKELY)
            return
    for index, item in enumerate(hops[:-1], 1):
        sign = _varies(item) or _adds(item, hops[index])
        if sign:
            yield _finding(item, index, sign, Level.INFO, Confidence.HINT)
            return


def _fallback(url: str) -> str:
    """The part of a path or host that says whom the page is for; empty for any other page."""
    parts = split_url(url)
    for word in (*parts.path.split("/"), parts.host.split(".")[0]):
        found = _FALLBACK.search(word)
        if found and not _ALLOWED.search(found[0]):
            return word
    return ""


def _varies(item: HttpEvidence) -> str:
    """The Vary header of a redirect that names something about the visitor; every page may vary, a redirect seldom."""
    if item.answer is None or not 300 <= item.answer.status < 400:
        return ""
    names = [name.strip() for key, value in item.answer.headers if key.lower() == "vary" for name in value.split(",")]
    telling = [name for name in names if _TELLING.fullmatch(name)]
    return f"Vary: {', '.join(telling)}" if telling else ""


def _adds(item: HttpEvidence, after: HttpEvidence) -> str:
    """A parameter about country or device that the hop itself put on."""
    before = {param.name for param in split_url(item.request.url).params()}
    for param in split_url(after.request.url).params():
        if param.name not in before and param.value and _GEO_PARAM.fullmatch(param.name):
            return f"{param.key}={param.value}"
    return ""


def _finding(item: HttpEvidence, number: int, sign: str, level: Level, confidence: Confidence) -> Finding:
    agent = next((value for name, value in item.request.headers if name.lower() == "user-agent"), "—")
    return GEO_DEVICE_BRANCH(
        f"hop {item.hop or number}",
        level=level,
        confidence=confidence,
        hop=item.hop or number,
        host=split_url(item.request.url).host,
        sign=sign,
        agent=agent,
        at=item.at,
    )


EXAMPLES = {
    GEO_DEVICE_BRANCH: example(
        *chain("https://trk.example/c/7?source=12", "https://go.example/geo-blocked?clickid=w7k2m9x4q1"),
        click_url="https://trk.example/c/7?source=12",
    ),
}
