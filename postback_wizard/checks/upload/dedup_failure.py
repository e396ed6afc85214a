"""Will the ad platform count the browser's event and the server's event once?"""

from collections.abc import Iterator, Mapping

from postback_wizard.checks import example
from postback_wizard.checks.copies import SHOWN, Copies, copies_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

_DOCS = "https://developers.facebook.com/documentation/ads-commerce/conversions-api"


class ReasonText(Text):
    """A message whose value ``reason`` is an outcome of the comparison, said in words."""

    __slots__ = ()

    def codes(self) -> frozenset[str]:
        """The values that are codes of ours."""
        return frozenset(("reason",))

    def say(self, lang: str, values: Mapping[str, object] | None = None, /, **more: object) -> str:
        """The message in ``lang`` ("en" or "ru")."""
        given = {**(values or {}), **more}
        words = REASONS.get(str(given.get("reason", "")))
        return super().say(lang, {**given, "reason": words.say(lang, given)} if words else given)


REASONS: Mapping[str, Text] = {
    "differs": Text(
        en="{field} is {browser} in the browser and {server} on the server",
        ru="{field} в браузере — {browser}, а на сервере — {server}",
    ),
    "case": Text(
        en="{field} is {browser} in the browser and {server} on the server, which is not the same to a letter",
        ru="{field} в браузере — {browser}, а на сервере — {server}, это не одно и то же буква в букву",
    ),
    "no-browser": Text(en="the browser's event has no {field}", ru="в событии браузера нет {field}"),
    "no-server": Text(en="the server's event has no {field}", ru="в событии сервера нет {field}"),
    "no-both": Text(en="neither of them has {field}", ru="ни в одном из них нет {field}"),
    "apart": Text(
        en="they lie more than {hours:hour|hours} apart, while copies are recognised for {window:hour|hours}",
        ru="между ними больше {hours:часа|часов|часов}, а копии распознаются в течение {window:часа|часов|часов}",
    ),
    "merges": Text(en="{field} agree", ru="{field} совпадают"),
    "merges-in-time": Text(en="{field} agree and the times fit", ru="{field} совпадают, по времени тоже подходят"),
    "instead": Text(
        en="there is no common ID, and {field} stands in for it", ru="общего ID нет, вместо него сработает {field}"
    ),
}

DEDUP_FAILURE = Rule(
    code="dedup-failure",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=ReasonText(
        en="{platform} will count the browser's event and server event {events} as two: {reason}.",
        ru="{platform} посчитает событие браузера и событие сервера {events} как два: {reason}.",
    ),
    why=Text(
        en="The pixel and the server report the same conversion. The platform drops the second copy only when the "
        "fields it compares are the same to a letter and the second one comes in time; otherwise one sale stands twice "
        "in the reports, and bidding learns from it.",
        ru="Пиксель и сервер сообщают об одной конверсии. Вторую копию платформа отбрасывает, только если нужные поля "
        "совпадают буква в букву и копия пришла вовремя; иначе одна продажа попадает в отчёты дважды, и на этом "
        "учится оптимизация.",
    ),
    fix=Text(
        en="Make the ID before the pixel fires and hand the same one to the server, with the same event name; then "
        "compare one pair here again.",
        ru="Создавайте ID до срабатывания пикселя и передавайте тот же на сервер, с тем же именем события; затем "
        "сравните здесь одну пару ещё раз.",
    ),
    settle=Text(
        en="One more pair of events of the same conversion, copied whole from the browser and from the server.",
        ru="Ещё одна пара событий той же конверсии, скопированная целиком из браузера и с сервера.",
    ),
    sources=(
        f"{_DOCS}/deduplicate-pixel-and-server-events",
        "https://trackingaudit.online/knowledge-base/how-to-compare-pixel-vs-capi-event",
    ),
)
DEDUP_MERGES = Rule(
    code="dedup-merges",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=ReasonText(
        en="{platform} will count the browser's event and server event {events} once: {reason}.",
        ru="{platform} посчитает событие браузера и событие сервера {events} один раз: {reason}.",
    ),
    why=Text(
        en="The platform compares exactly these fields, and drops the copy that comes second.",
        ru="Платформа сравнивает именно эти поля и отбрасывает копию, которая пришла второй.",
    ),
    fix=Text(en="Nothing to do.", ru="Ничего делать не нужно."),
    settle=Text(
        en="The time of both events, and the platform's own count for this conversion.",
        ru="Время обоих событий и подсчёт самой платформы по этой конверсии.",
    ),
    sources=(f"{_DOCS}/deduplicate-pixel-and-server-events",),
)


def check(case: Case) -> Iterator[Finding]:
    """One of the two, or nothing where the pasted texts leave it open."""
    copies = copies_of(case)
    if copies is None or copies.outcome == "open":
        return
    yield _merging(copies) if copies.one else _failing(copies)


def _failing(copies: Copies) -> Finding:
    about = copies.about
    proven = copies.outcome not in ("no-browser", "no-both") and not copies.third_party
    field = about.field if about else "event_time"
    return DEDUP_FAILURE(
        "browser_event",
        level=Level.WARN if copies.third_party else Level.BAD,
        confidence=Confidence.CERTAIN if proven else Confidence.LIKELY,
        platform=copies.platform,
        events=copies.number,
        reason=copies.outcome,
        field=field,
        browser=about.browser[:SHOWN] if about else "",
        server=about.server[:SHOWN] if about else "",
        hours=(copies.apart or 0) // 3600,
        window=copies.window // 3600,
    )


def _merging(copies: Copies) -> Finding:
    timed = copies.apart is not None and copies.window > 0
    reason = copies.outcome if copies.about or not timed else "merges-in-time"
    fields = copies.about.field if copies.about else ", ".join(row.field for row in copies.rows if row.side == "same")
    sure = reason == "merges-in-time" and not copies.third_party
    return DEDUP_MERGES(
        "browser_event",
        confidence=Confidence.CERTAIN if sure else Confidence.LIKELY,
        platform=copies.platform,
        events=copies.number,
        reason=reason,
        field=fields,
    )


_TIKTOK = (
    '{"event_source": "web", "event_source_id": "C1", "data": [{"event": "CompletePayment", "event_id": "order-1", '
    '"event_time": 1772355600, "user": {"ttclid": "E.C.P.abc"}}]}'
)
_SERVER = (
    '{"data": [{"event_name": "Lead", "event_time": 1772355600, "event_id": "order-1", "action_source": '
    '"system_generated", "user_data": {"fbc": "fb.1.1772355000000.IwAR0abc"}}]}'
)
EXAMPLES = {
    DEDUP_FAILURE: example(upload_event=_SERVER, browser_event='{"event": "Lead", "eventID": "lead-77"}'),
    DEDUP_MERGES: example(
        upload_event=_SERVER, browser_event='{"event": "Lead", "eventID": "order-1", "timestamp": 1772355590}'
    ),
}
MORE_EXAMPLES = {
    DEDUP_FAILURE: (
        example(
            upload_event=_TIKTOK,
            browser_event='{"event": "CompletePayment", "event_id": "order-1", "event_source_id": "C2"}',
        ),
    ),
    DEDUP_MERGES: (example(upload_event=_TIKTOK, browser_event='{"event": "CompletePayment", "event_id": "order-1"}'),),
}
