"""Is there an event to judge at all, and by whose rules?"""

from collections.abc import Iterator

from postback_wizard.catalogue.recognised import all_rules
from postback_wizard.checks import example
from postback_wizard.checks.upload import judged_upload
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.payload import UploadProblem
from postback_wizard.domain.text import Text

UPLOAD_UNREADABLE = Rule(
    code="upload-unreadable",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The upload could not be read ({problem} at {at}), so no event was judged.",
        ru="Выгрузку не удалось прочитать ({problem}, место {at}), ни одно событие не проверено.",
    ),
    why=Text(
        en="What is read: a request body (Meta takes a JSON object whose data is a list of events), a URL, a curl "
        "command, a raw request or a HAR entry. The text ends too early, has a character out of place or holds "
        "something else.",
        ru="Читается тело запроса (у Meta это JSON-объект, где data — список событий), URL, команда curl, сырой запрос "
        "или запись HAR. Текст оборван, в нём лишний символ или это вовсе другое.",
    ),
    fix=Text(
        en="Copy the whole request body from the sender's log again; if it is the same there, the sender builds "
        "it wrong.",
        ru="Скопируйте тело запроса из лога отправителя целиком ещё раз; если там то же самое, отправитель собирает "
        "его неверно.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/using-the-api",),
)
UPLOAD_PLATFORM_UNKNOWN = Rule(
    code="upload-platform-unknown",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The event is for {platform}; only the rules of {known} are known, so it was not judged.",
        ru="Событие предназначено для {platform}; известны только правила {known}, поэтому оно не проверено.",
    ),
    why=Text(
        en="Field names, time units and hashing differ from platform to platform; judging by another's rules misleads.",
        ru="Имена полей, единицы времени и хеширование у каждой платформы свои; чужие правила ввели бы в заблуждение.",
    ),
    fix=Text(
        en="Compare the event with the documentation of {platform} by hand.",
        ru="Сверьте событие с документацией {platform} вручную.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """At most one of the two."""
    facts = case.facts
    if not facts.upload_event:
        return
    match judged_upload(case):
        case None:
            known = ", ".join(sorted({rules.name for rules in all_rules()}))
            yield UPLOAD_PLATFORM_UNKNOWN("upload_event", platform=facts.ad_platform, known=known)
        case UploadProblem(code, at):
            yield UPLOAD_UNREADABLE("upload_event", problem=code, at=at)


EXAMPLES = {
    UPLOAD_UNREADABLE: example(upload_event='{"data": [{"event_name": "Lead", '),
    UPLOAD_PLATFORM_UNKNOWN: example(upload_event='{"event": "Lead"}', ad_platform="applovin"),
}
