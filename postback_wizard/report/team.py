"""What only the own team reads: what is still to find, guesses, how to see it again, what to learn from it."""

from collections.abc import Iterator

from postback_wizard.checks import rules
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.md import bullets, code, fence, heading, prose, sentence, words
from postback_wizard.report.wanted import missing
from postback_wizard.report.words import settle_of, title_of

BEFORE = Text(en="Find this before the partner asks", ru="Что найти, пока партнёр не спросил")
COMPLETE = Text(
    en="Everything a partner usually asks for is in the case.", ru="В случае есть всё, что обычно спрашивают."
)
GUESSES = Text(en="Hypotheses that are not proven", ru="Недоказанные предположения")
NO_GUESSES = Text(
    en="None: everything found is seen in the data itself.", ru="Нет: всё найденное видно в самих данных."
)
AGAIN = Text(en="How to see it again", ru="Как воспроизвести")
AGAIN_SAYS = Text(
    en="The stored case can be opened and judged again without the network:",
    ru="Сохранённый случай можно открыть и пересчитать без сети:",
)
SENT = Text(en="Sent so far, each may have made a conversion:", ru="Уже отправлено, каждое могло создать конверсию:")
SENT_ONE = Text(en="{at} UTC: {method} {url}", ru="{at} UTC: {method} {url}")
LESSONS = Text(en="What to learn from it", ru="Что из этого запомнить")
NO_LESSONS = Text(en="Nothing yet: no fault is proven.", ru="Пока ничего: поломка не доказана.")


def to_find(case: Case, lang: str) -> Iterator[str]:
    """What partners ask for and the case lacks, with where to get it."""
    yield heading(2, words(BEFORE.say(lang)))
    yield bullets(sentence(item.said, lang) for item in missing(case)) or words(COMPLETE.say(lang))


def guesses(case: Case, lang: str) -> Iterator[str]:
    """Findings that are not certain, with what would settle each."""
    yield heading(2, words(GUESSES.say(lang)))
    found = (item for record in case.done() for item in record.findings)
    open_ = [item for item in found if item.confidence is not Confidence.CERTAIN and item.level in _SERIOUS]
    yield bullets(_guess(item, lang) for item in open_) or words(NO_GUESSES.say(lang))


_SERIOUS = (Level.BAD, Level.WARN)


def _guess(finding: Finding, lang: str) -> str:
    said, settle = sentence(title_of(finding), lang), settle_of(finding)
    return f"{said} {sentence(settle, lang)}" if settle.say(lang) else said


def reproduce(case: Case, lang: str) -> Iterator[str]:
    """The commands that show the same again, and what was sent on the way."""
    yield heading(2, words(AGAIN.say(lang)))
    yield words(AGAIN_SAYS.say(lang))
    yield fence(f"postback-wizard open {case.id}\npostback-wizard recheck {case.id}", "bash")
    if case.sent:
        yield words(SENT.say(lang))
        yield bullets(
            prose(SENT_ONE, lang, at=_at(item.at), method=item.request.method, url=item.request.url)
            for item in case.sent
        )


def _at(text: str) -> str:
    moment = read_moment(text)
    return clock(moment.utc) if moment else text


def lessons(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """Why each proven fault matters, the root cause first, and where to read on."""
    yield heading(2, words(LESSONS.say(lang)))
    found = [item for record in case.done() for item in record.findings if item.level is Level.BAD]
    found.sort(key=lambda item: item != diagnosis.finding)
    codes = list(dict.fromkeys(item.code for item in found if item.code in rules()))
    if not codes:
        yield words(NO_LESSONS.say(lang))
        return
    by_code = {item.code: item for item in reversed(found)}
    yield bullets(f"{code(name)}: {_why(by_code[name], lang)}" for name in codes)
    yield fence("\n".join(f"postback-wizard explain {name}" for name in codes), "bash")


def _why(finding: Finding, lang: str) -> str:
    return prose(rules()[finding.code].why, lang, **finding.values)
