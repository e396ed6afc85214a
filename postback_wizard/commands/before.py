"""What a dry run of step 3 says on standard error: where the request would go, and what it would repeat."""

from collections.abc import Iterator

from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import Effect, HttpProbe
from postback_wizard.domain.step import Settings
from postback_wizard.domain.text import Text
from postback_wizard.effects.journal import Journal, dedup_key
from postback_wizard.steps import BY_ID
from postback_wizard.steps.before_sending import identifiers_of, preview

NOT_SENT = Text(
    en="Not sent: {method} {host}. With --send it would leave once.",
    ru="Не отправлено: {method} {host}. С --send запрос ушёл бы один раз.",
)
SENT_BEFORE = Text(
    en="This very request was already sent from this machine: {times}.",
    ru="Именно этот запрос уже отправлялся с этого компьютера: {times}.",
)


def before_sending(case: Case, settings: Settings, journal: Journal, lang: str) -> Iterator[str]:
    """A line for each thing worth knowing; nothing where step 3 was not a dry run. Never raises for a journal."""
    from postback_wizard.domain.url import split_url

    record = case.record("replay")
    if record is None or record.reason != "not-sent":
        return
    wanted = BY_ID["replay"].plan(case, record.evidence, settings)
    probe = next((item for item in wanted if isinstance(item, HttpProbe) and item.effect is Effect.WRITE), None)
    if probe is None:
        return
    try:
        before = [item.at for item in journal.sent_before(dedup_key(probe))]
        same = [item.at for item in journal.sent_with(identifiers_of(case)) if item.at not in before]
    except OSError:
        before, same = [], []
    yield NOT_SENT.say(lang, method=probe.method, host=split_url(probe.url).host)
    if before:
        yield SENT_BEFORE.say(lang, times=", ".join(before))
    yield from preview(probe, case, record.evidence, same, lang, repeated=bool(before))
