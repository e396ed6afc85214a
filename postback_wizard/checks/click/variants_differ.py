"""Do the variants of the click end where the click itself does, and bring the same with them?"""

from collections.abc import Iterator
from dataclasses import replace

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.contrast import Contrast, contrasts, same_end
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import is_identifier_name
from postback_wizard.domain.probe import VARIANT, HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.variants import DESKTOP, DEVICES, IPHONE, device_of

_SETTLE = Text(
    en="Compare the variants a second time: a difference that stays is a rule, one that wanders is a rotation.",
    ru="Сравните варианты ещё раз: если разница осталась, это правило, если гуляет, это ротация.",
)
_SOURCES = (
    "https://trackingaudit.online/knowledge-base/how-to-audit-redirects-before-launch",
    "https://help.trackier.com/en/articles/8200134-link-test",
)

VARIANT_DIFFERS = Rule(
    code="variant-differs",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="Asked as {asked}, the click ends at {end}; asked as {given}, at {given_end}.",
        ru="Если спросить как {asked}, клик приходит на {end}; если как {given}, на {given_end}.",
    ),
    why=Text(
        en="One trace proves one branch only. A conversion from the other branch went another way than the one "
        "examined here.",
        ru="Одна проверка доказывает только одну ветку. Конверсия из другой ветки шла не тем путём, который разобран "
        "здесь.",
    ),
    fix=Text(
        en="Trace the branch the missing conversion came by, or ask the partner for a trace from that device and "
        "country.",
        ru="Пройдите ту ветку, по которой пришла пропавшая конверсия, или попросите у партнёра проверку с того "
        "устройства и из той страны.",
    ),
    settle=_SETTLE,
    sources=_SOURCES,
)

VARIANT_LOSES = Rule(
    code="variant-loses",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="Asked as {asked}, the click does not bring {params} unharmed to its end; asked as {kept}, it does.",
        ru="Если спросить как {asked}, клик не доносит {params} до конца в целости; если как {kept}, доносит.",
    ),
    why=Text(
        en="Visitors who come that way convert without the identifier, so their conversions are not matched while "
        "others are.",
        ru="Посетители, пришедшие этим путём, конвертируются без идентификатора: их конверсии не находят клик, "
        "а остальные находят.",
    ),
    fix=Text(
        en="Use the form of the link that keeps {params}, or have the other branch hand it on as well.",
        ru="Используйте тот вид ссылки, где {params} сохраняется, или добейтесь передачи и в другой ветке.",
    ),
    settle=_SETTLE,
    sources=_SOURCES,
)

#: Losing the click ID on a device that visitors have counts; another spelling of the link is only worth knowing.
_BRINGS = ("yes", "replaced")
_FORGETS = ("no", "changed", "none")


def check(case: Case) -> Iterator[Finding]:
    """What differs between the click as given and each of its variants."""
    record = case.record("click")
    given, *others = contrasts(record.evidence if record else (), case.facts.click_id) or (None,)
    if given is None or not given.has_ended:
        return
    for other in others:
        if other.has_ended:
            yield from _lost(given, other)
            if not same_end(given, other):
                yield _elsewhere(given, other)


def _elsewhere(given: Contrast, other: Contrast) -> Finding:
    dead = other.code in DEVICES and given.has_landed and not other.has_landed
    return VARIANT_DIFFERS(
        f"{VARIANT} {other.code}",
        level=Level.WARN if dead else None,
        confidence=Confidence.HINT if other.code == "no-click-id" else None,
        asked=_asked(given, other),
        end=_end(other),
        given=_asked(other, given),
        given_end=_end(given),
    )


def _lost(given: Contrast, other: Contrast) -> Iterator[Finding]:
    if other.code == "no-click-id":
        return
    if given.arrived in _BRINGS and other.arrived in _FORGETS:
        level = Level.WARN if other.code in DEVICES else None
        yield _loses(other, given, other.code, _ids(other.lost), level)
    elif given.arrived in _FORGETS and other.arrived in _BRINGS:
        yield _loses(given, other, other.code, _ids(other.gained))
    elif same_end(given, other) and _named(other.lost):
        yield _loses(other, given, other.code, ", ".join(_named(other.lost)))


def _loses(loser: Contrast, keeper: Contrast, code: str, params: str, level: Level | None = None) -> Finding:
    asked, kept = _asked(keeper, loser), _asked(loser, keeper)
    return VARIANT_LOSES(f"{VARIANT} {code}", level=level, asked=asked, params=params, kept=kept)


def _ids(names: tuple[str, ...]) -> str:
    """The parameters among these that carry an ID; a click ID that stands in no parameter goes by its name."""
    return ", ".join(_named(names)) or "click ID"


def _named(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if is_identifier_name(name))


def _asked(other: Contrast, this: Contrast) -> str:
    """What tells how one of two chains was asked: its device, its page, or where both are the same its whole URL."""
    devices = [device_of(_agent(chain.hops[0])) for chain in (other, this)]
    if devices[0] != devices[1]:
        return devices[1]
    pages = [chain.hops[0].request.url.partition("?")[0] for chain in (other, this)]
    return pages[1] if pages[0] != pages[1] else this.hops[0].request.url


def _agent(hop: HttpEvidence) -> str:
    return next((value for name, value in hop.request.headers if name.lower() == "user-agent"), "")


def _end(chain: Contrast) -> str:
    status = chain.status or (chain.hops[-1].outcome or ("",))[0]
    return chain.end if chain.has_landed else f"{chain.end} ({status})"


def _as(code: str, agent: str, *hops: HttpEvidence) -> tuple[HttpEvidence, ...]:
    """A chain of the examples as another visitor's: of a variant, and with that user agent."""
    return tuple(
        replace(item, name=code, request=replace(item.request, headers=(("User-Agent", agent),))) for item in hops
    )


_START = "https://trk.example/c/7?source=12"
_OFFER = "https://go.example/offer?cid=w7k2m9x4q1"
_LANDING = "https://shop.example/landing?cid=w7k2m9x4q1"

EXAMPLES = {
    VARIANT_DIFFERS: example(
        *_as("trace", DESKTOP, *chain(_START, _OFFER, _LANDING)),
        *_as(f"{VARIANT}iphone", IPHONE, *chain(_START, _OFFER, "https://m.shop.example/app?cid=w7k2m9x4q1")),
        click_url=_START,
    ),
    VARIANT_LOSES: example(
        *_as("trace", DESKTOP, *chain(_START, _OFFER, _LANDING)),
        *_as(f"{VARIANT}iphone", IPHONE, *chain(_START, _OFFER, "https://shop.example/landing")),
        click_url=_START,
    ),
}
