"""What a client reads: what happened in plain words, what it costs, how it stands, what comes next."""

from collections.abc import Iterator

from postback_wizard.domain.case import STEP_ORDER, Case
from postback_wizard.domain.finding import Confidence, Owner, Verdict
from postback_wizard.domain.text import Text
from postback_wizard.report.backfill import owed
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.md import heading, prose, words

STATUS = Text(en="Status", ru="Как обстоят дела")
FOUND = {
    Verdict.BROKEN: Text(
        en="The fault is found and proven. It is being mended by: {owner}.",
        ru="Поломка найдена и доказана. Исправляет: {owner}.",
    ),
    Verdict.SUSPECT: Text(
        en="There is a likely cause, not proven yet. It is being looked into by: {owner}.",
        ru="Есть вероятная причина, она ещё не доказана. Разбирается: {owner}.",
    ),
    Verdict.CLEAR: Text(
        en="No fault was found in what could be looked at.", ru="В том, что удалось проверить, поломки не найдено."
    ),
    Verdict.NOT_CHECKED: Text(
        en="The search goes on; nothing is proven yet.", ru="Поиск продолжается, пока ничего не доказано."
    ),
    Verdict.FAILED: Text(
        en="The search goes on; nothing is proven yet.", ru="Поиск продолжается, пока ничего не доказано."
    ),
}
CHECKED = Text(en="{done} of {n:step|steps} of the check are done.", ru="Выполнено шагов проверки: {done} из {n}.")
LATER = Text(
    en="{n:sale|sales} that the tracker has and the partner has not can be booked afterwards.",
    ru="Можно дозаписать {n:продажу|продажи|продаж}: у трекера есть, у партнёра нет.",
)
THEN = Text(en="What happens next", ru="Что дальше")
THEN_FIXED = Text(
    en="Once it is mended, one test conversion is sent and followed to the partner's report. Then we tell you.",
    ru="После исправления мы отправим одну тестовую конверсию и проследим её до отчёта партнёра, затем сообщим вам.",
)
THEN_SEARCH = Text(
    en="We get what is missing, check the rest, and tell you what was found.",
    ru="Мы получим недостающие данные, проверим остальное и сообщим, что нашли.",
)
WHO = {
    Owner.YOU: Text(en="we", ru="мы"),
    Owner.SENDER: Text(en="the side that sends the report of a sale", ru="сторона, которая сообщает о продаже"),
    Owner.RECEIVER: Text(
        en="the side that receives the report of a sale", ru="сторона, которая принимает сообщение о продаже"
    ),
    Owner.TEMPLATE_OWNER: Text(
        en="whoever set up the exchange between the platforms", ru="тот, кто настраивал обмен между платформами"
    ),
    Owner.HOP_OWNER: Text(en="the owner of the forwarding page", ru="владелец промежуточной страницы"),
    Owner.DOMAIN_OWNER: Text(en="the owner of the domain", ru="владелец домена"),
    Owner.AD_ACCOUNT_ADMIN: Text(en="the admin of the ad account", ru="администратор рекламного кабинета"),
    Owner.NETWORK: Text(en="the affiliate network", ru="партнёрская сеть"),
    Owner.TRACKER: Text(en="whoever runs the tracker", ru="владелец трекера"),
    Owner.ADVERTISER: Text(en="the advertiser", ru="рекламодатель"),
    Owner.AFFILIATE: Text(en="the affiliate", ru="вебмастер"),
}


def status(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """How it stands, how much was looked at, and what can be recovered."""
    yield heading(2, words(STATUS.say(lang)))
    owner = WHO[diagnosis.owner] if diagnosis.owner else Text(en="we", ru="мы")
    yield prose(FOUND[diagnosis.verdict], lang, owner=owner)
    done = len(STEP_ORDER) - len(diagnosis.not_checked)
    yield prose(CHECKED, lang, done=str(done), n=str(len(STEP_ORDER)))
    later = owed(case).total
    if later:
        yield prose(LATER, lang, n=str(later))


def coming(diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """What happens next, and when the client hears of it."""
    yield heading(2, words(THEN.say(lang)))
    proven = diagnosis.verdict is Verdict.BROKEN and diagnosis.confidence is Confidence.CERTAIN
    yield words((THEN_FIXED if proven else THEN_SEARCH).say(lang))
