"""Is customer data hashed the way the ad platform compares it?"""

from collections.abc import Iterator

from postback_wizard.catalogue.matching import others_of
from postback_wizard.checks import example
from postback_wizard.checks.addressed import Addressed, addressed
from postback_wizard.checks.hash_words import MistakeText
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.hash_mistake import HashMistake, Other, wrong_rows
from postback_wizard.domain.normalise import KeyRule, raw_value
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import numbered
from postback_wizard.domain.within import texts_at

_DOCS = "https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters"

PII_HASH_INVALID = Rule(
    code="pii-hash-invalid",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=MistakeText(
        en="{key} in event {events} {mistake}; {platform} matches it to nobody. {advice}.",
        ru="{key} в событии {events} {mistake}; {platform} ни с кем это не сопоставит. {advice}.",
    ),
    why=Text(
        en="The platform hashes what it knows of its own users by its own rule and compares digests. One letter, one "
        "space or one plus sign more makes another digest; the event is accepted all the same and counts for nobody. "
        "One e-mail has up to three right digests, depending on the platform, and one phone number two.",
        ru="Платформа хеширует данные своих пользователей по своему правилу и сравнивает хеши. Лишняя буква, пробел "
        "или плюс дают другой хеш; событие всё равно будет принято, но ни с кем не сопоставлено. У одного e-mail "
        "бывает до трёх верных хешей, в зависимости от платформы, у одного номера телефона — два.",
    ),
    fix=MistakeText(
        en="Have the sender change it for every event. The order for {key} at {platform}: {recipe}.",
        ru="Пусть отправитель исправит это для всех событий. Порядок для {key} у {platform}: {recipe}.",
    ),
    settle=Text(
        en="The customer's raw value of {key}, and a test event with its digest in the platform's own diagnostics. The "
        "raw value is compared here in memory and kept nowhere.",
        ru="Исходное значение {key} и тестовое событие с его хешем в диагностике самой платформы. Исходное значение "
        "сравнивается здесь в памяти и нигде не сохраняется.",
    ),
    sources=(
        f"{_DOCS}/customer-information-parameters",
        "https://trackingaudit.online/how-to-check-facebook-capi-events",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for each key and mistake. The customer's raw data fits only an upload of one event."""
    upload = addressed(case)
    found: dict[tuple[KeyRule, HashMistake], list[int]] = {}
    for number, rule, mistake in _mistakes(case, upload) if upload else ():
        found.setdefault((rule, mistake), []).append(number)
    for (rule, mistake), numbers in found.items():
        sure = mistake.sure
        yield PII_HASH_INVALID(
            f"upload_event: {rule.at}",
            level=Level.BAD if sure else Level.WARN,
            confidence=Confidence.CERTAIN if sure else Confidence.LIKELY,
            key=rule.at,
            events=numbered(numbers),
            mistake=mistake.code,
            advice=mistake.code,
            detail=mistake.detail,
            platform=upload.name if upload else "",
            recipe="as-is" if rule.hashed == "no" else " ".join(rule.recipe),
        )


def _mistakes(case: Case, upload: Addressed) -> Iterator[tuple[int, KeyRule, HashMistake]]:
    customer = case.facts.customer if len(upload.events) == 1 else {}
    region = raw_value(customer, "country")
    for rule in upload.api.hashing.keys if upload.api.hashing else ():
        said = [(number, item) for number, event in enumerate(upload.events, 1) for item in texts_at(event, rule.at)]
        raws = [raw_value(customer, rule.kind)] * len(said)
        others = tuple(Other(*other) for other in others_of(rule.kind, upload.api.id))
        fits = _declares_base64(upload)
        sent = [item for _, item in said]
        for row, mistake in wrong_rows(rule, sent, raws, region=region, others=others, base64_fits=fits):
            yield said[row][0], rule, mistake


def _declares_base64(upload: Addressed) -> bool:
    at = upload.api.hashing.encoding if upload.api.hashing else ""
    return bool(at) and [item.upper() for item in texts_at(upload.body, at)] == ["BASE64"]


EXAMPLES = {
    PII_HASH_INVALID: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
        '"user_data": {"em": ["ann@example.com"]}}]}',
    )
}
MORE_EXAMPLES = {
    PII_HASH_INVALID: (
        example(
            upload_event='{"event_source": "web", "event_source_id": "C1", "data": [{"event": "CompletePayment", '
            '"event_time": 1772355600, "user": {"ttclid": "E.C.P.abc", "email": '
            '"B4C9A289323B21A01C3E940F150EB9B8C542587F1ABFD8F0E1CC1FFC5E475514"}}]}',
        ),
    )
}
