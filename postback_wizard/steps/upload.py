"""Step 5: the same conversion as the ad platform gets it."""

from collections.abc import Mapping, Sequence

from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import Evidence, Probe
from postback_wizard.domain.step import Field, Settings, Step
from postback_wizard.domain.text import Text
from postback_wizard.steps.party_fields import UPLOAD_PARTIES
from postback_wizard.steps.sending import test_request


def plan(case: Case, heard: Sequence[Evidence], settings: Settings) -> Sequence[Probe]:
    """One upload, marked as a test where the API knows tests, once everything it needs is known. It wants a yes."""
    if any(item.name == "upload" for item in heard) or not case.facts.upload_event:
        return ()
    probe = test_request(case, settings)
    return (probe,) if probe else ()


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
        "is read here first. Sending it is not harmless: Meta counts test events like live ones, and some platforms "
        "know no tests at all.",
        ru="Событие может дойти до трекера, а рекламная платформа его отклонит или ни с кем не сопоставит. Сначала "
        "событие проверяется здесь. Отправка не безобидна: Meta учитывает тестовые события как настоящие, а у "
        "некоторых платформ тестов нет вовсе.",
    ),
    run=Text(en="Check the event", ru="Проверить событие"),
    fields=(
        Field(
            fact="upload_event",
            label=Text(en="Event for the platform", ru="Событие для платформы"),
            help=Text(
                en="What is sent to the ad platform: the JSON body, a form, a GET URL, a curl command or a HAR entry. "
                "F3 builds one from this case for the platform named below. Tokens and raw customer data in it are "
                "shown as dots, kept in memory until the program ends, and saved nowhere.",
                ru="То, что отправляют рекламной платформе: тело JSON, форма, URL для GET, команда curl или запись "
                "HAR. F3 соберёт событие из этого случая для платформы, указанной ниже. Токены и данные покупателя в "
                "нём показаны точками, хранятся в памяти до конца работы и никуда не записываются.",
            ),
            example='{"data": [{"event_name": "Purchase", "event_time": 1772359200, "action_source": "website"}]}',
            form="block",
            private=True,
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
            private=True,
        ),
        Field(
            fact="dataset_id",
            label=Text(en="Dataset, pixel or account ID", ru="ID набора данных, пикселя, кабинета"),
            help=Text(
                en="Of the account the ad runs in: it is compared with the event, and a test event is sent to it. "
                "Microsoft's offline conversions want two: customer/account.",
                ru="Кабинета, в котором идёт реклама: сверяется с событием, туда же уходит тестовое событие. Для "
                "офлайн-конверсий Microsoft нужны два: клиент/аккаунт.",
            ),
            example="1234567890123456",
        ),
        Field(
            fact="test_event_code",
            label=Text(en="Test event code", ru="Код тестового события"),
            help=Text(
                en="From the platform's test events (Meta, TikTok; with Reddit the test ID). With Meta an event sent "
                "with it still counts for targeting and measurement.",
                ru="Из раздела тестовых событий платформы (Meta, TikTok; у Reddit — test ID). У Meta событие с этим "
                "кодом всё равно учитывается в таргетинге и статистике.",
            ),
            example="TEST12345",
        ),
        Field(
            fact="customer",
            label=Text(en="The customer as they are", ru="Данные покупателя как есть"),
            help=Text(
                en="One value a line, unhashed: email = …, phone = …, first_name = …; country = GB helps with a phone "
                "written without its code. Every hash of the event is made again from it by the platform's own rule. "
                "Shown as dots, kept in memory until the program ends, written nowhere.",
                ru="По одному значению в строке, без хеширования: email = …, phone = …, first_name = …; country = GB "
                "поможет с телефоном без кода страны. По ним заново считается каждый хеш события по правилу самой "
                "платформы. Показывается точками, хранится в памяти до конца работы, нигде не записывается.",
            ),
            example="email = ann@example.com",
            form="customer",
            more=True,
        ),
        *UPLOAD_PARTIES,
    ),
    reads=("upload_event", "dataset_id", "test_event_code", "ad_platform", "customer", "click_url", "browser_event"),
    weighs=("click_time", "conversion_time", "transaction_id", "payout", "currency", "partner_message"),
    needs=("upload_event",),
    plan=plan,
    derive=derive,
    checks="upload",
)
