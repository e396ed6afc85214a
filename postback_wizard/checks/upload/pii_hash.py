"""Is customer data hashed the way the ad platform compares it?"""

from collections.abc import Iterator

from postback_wizard.catalogue import meta
from postback_wizard.checks import example
from postback_wizard.checks.upload import events_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.customer import HashMistake, hash_mistake, raw_value, spelled
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import UploadEvent, numbered

_DOCS = "https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters"

PII_HASH_INVALID = Rule(
    code="pii-hash-invalid",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="user_data.{key} of event {events} is {found}; Meta compares it with {expected}.",
        ru="user_data.{key} события {events} — это {found}; Meta сравнивает с {expected}.",
    ),
    why=Text(
        en="Meta accepts the event but matches it to nobody: a plain value, MD5 or SHA-1, capital hex letters, "
        "a second hash, a value hashed before it was normalised or the hash of nothing all differ from its own digest.",
        ru="Meta примет событие, но ни с кем его не сопоставит: открытое значение, MD5 или SHA-1, заглавные буквы в "
        "hex, повторный хеш, хеш до нормализации и хеш пустой строки не совпадают с её собственным.",
    ),
    fix=Text(
        en="Have the sender normalise {key} first (trim, lower-case, Meta's rule for that key), then apply SHA-256 "
        "once and write 64 lower-case hex digits; send IP, user agent, fbc and fbp as they are and "
        "leave out what is empty.",
        ru="Пусть отправитель сначала нормализует {key} (пробелы по краям, нижний регистр, правило Meta для ключа), "
        "затем один раз применит SHA-256 и запишет 64 строчных hex-символа; IP, user agent, fbc и fbp передаются как "
        "есть, пустое не передаётся.",
    ),
    settle=Text(
        en="The customer's raw value of {key}: its digest is compared here and the value is kept nowhere.",
        ru="Исходное значение {key}: его хеш сравнивается здесь, само значение нигде не сохраняется.",
    ),
    sources=(
        f"{_DOCS}/customer-information-parameters",
        "https://trackingaudit.online/how-to-check-facebook-capi-events",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for each key and mistake. The customer's raw data fits only an upload of one event."""
    events = events_of(case)
    found: dict[tuple[str, HashMistake], list[int]] = {}
    for event in events:
        for key, mistake in _mistakes(case, event, lone=len(events) == 1):
            found.setdefault((key, mistake), []).append(event.number)
    for (key, mistake), numbers in found.items():
        unsure = mistake == "other-value"
        yield PII_HASH_INVALID(
            f"upload_event: user_data.{key}",
            level=Level.WARN if unsure else Level.BAD,
            confidence=Confidence.LIKELY if unsure else Confidence.CERTAIN,
            key=key,
            events=numbered(numbers),
            mistake=mistake,
            found=spelled(mistake),
            expected="x" if mistake == "raw-field-hashed" else spelled(""),
        )


def _mistakes(case: Case, event: UploadEvent, *, lone: bool) -> Iterator[tuple[str, HashMistake]]:
    api = meta()
    for key in (*api.hashed, *api.may_be_hashed, *api.raw):
        raw = raw_value(case.facts.customer, key) if lone else ""
        if key == "fbc":  # its form is judged in a check of its own
            continue
        for value in event.texts(f"user_data.{key}"):
            mistake = hash_mistake(value, raw, key)
            if mistake:
                yield key, mistake


EXAMPLES = {
    PII_HASH_INVALID: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
        '"user_data": {"em": ["ann@example.com"]}}]}',
    )
}
