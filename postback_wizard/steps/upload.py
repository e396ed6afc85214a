"""Step 5: the same conversion as the ad platform gets it."""

from collections.abc import Mapping, Sequence

from postback_wizard.catalogue import meta
from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import Evidence, Probe
from postback_wizard.domain.step import Field, Settings, Step
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import Upload, build_test_request, read_upload
from postback_wizard.steps.party_fields import UPLOAD_PARTIES


def plan(case: Case, heard: Sequence[Evidence], settings: Settings) -> Sequence[Probe]:
    """One test upload, once everything it needs is known. It counts like a live one, so it wants a yes."""
    facts, api = case.facts, meta()
    upload = read_upload(facts.upload_event)
    if any(item.name == "upload" for item in heard) or not isinstance(upload, Upload) or not settings.has_token:
        return ()
    if not facts.dataset_id or not facts.test_event_code or not api.covers(facts.ad_platform):
        return ()
    base = settings.endpoints.get(api.id, api.base).rstrip("/")
    return (build_test_request(upload, f"{base}/{api.version}", facts.dataset_id, facts.test_event_code),)


def derive(_case: Case, _heard: Sequence[Evidence]) -> Mapping[str, str]:
    """Nothing another step does not know better."""
    return {}


UPLOAD = Step(
    id="upload",
    title=Text(en="Uploads", ru="Выгрузки"),
    question=Text(
        en="Does the ad platform get the same conversion?",
        ru="Получает ли рекламная платформа ту же конверсию?",
    ),
    why=Text(
        en="An event can reach the tracker and still be refused by the ad platform, or be matched to nobody. The event "
        "is read here first. Sending it with a test code is not harmless: Meta counts test events like live ones.",
        ru="Событие может дойти до трекера, а рекламная платформа его отклонит или ни с кем не сопоставит. Сначала "
        "событие проверяется здесь. Отправка с тестовым кодом не безобидна: Meta учитывает тестовые события как "
        "настоящие.",
    ),
    run=Text(en="Check the event", ru="Проверить событие"),
    fields=(
        Field(
            fact="upload_event",
            label=Text(en="Event for Meta (JSON)", ru="Событие для Meta (JSON)"),
            help=Text(
                en="The body sent to the Conversions API: an object with data, a list of events or one event.",
                ru="Тело запроса к Conversions API: объект с data, список событий или одно событие.",
            ),
            example='{"data": [{"event_name": "Purchase", "event_time": 1772359200, "action_source": "website"}]}',
            form="block",
        ),
        Field(
            fact="browser_event",
            label=Text(en="The same event from the browser", ru="То же событие из браузера"),
            help=Text(
                en="JSON of the pixel's call or the URL it requested; shows whether both are counted once.",
                ru="JSON вызова пикселя или URL его запроса; покажет, посчитаются ли оба события один раз.",
            ),
            example='{"event": "Purchase", "eventID": "order-1001", "timestamp": 1772359190}',
            form="block",
        ),
        Field(
            fact="dataset_id",
            label=Text(en="Dataset (pixel) ID", ru="ID набора данных (пикселя)"),
            help=Text(
                en="From Events Manager; needed only to send a test event.",
                ru="Из Events Manager; нужен только для отправки тестового события.",
            ),
            example="1234567890123456",
        ),
        Field(
            fact="test_event_code",
            label=Text(en="Test event code", ru="Код тестового события"),
            help=Text(
                en="From Events Manager, Test Events. An event sent with it still counts for targeting and "
                "measurement.",
                ru="Из Events Manager, раздел тестовых событий. Событие с этим кодом всё равно учитывается в "
                "таргетинге и статистике.",
            ),
            example="TEST12345",
        ),
        *UPLOAD_PARTIES,
    ),
    reads=("upload_event", "dataset_id", "test_event_code", "ad_platform", "customer", "click_url", "browser_event"),
    needs=("upload_event",),
    plan=plan,
    derive=derive,
    checks="upload",
)
