"""Step 4: the saved template beside the request that really left."""

from collections.abc import Mapping, Sequence

from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import Evidence, Probe
from postback_wizard.domain.step import Field, Settings, Step
from postback_wizard.domain.text import Text
from postback_wizard.steps.parties import of_the_postback
from postback_wizard.steps.party_fields import TEMPLATE_PARTIES


def plan(_case: Case, _heard: Sequence[Evidence], _settings: Settings) -> Sequence[Probe]:
    """Both texts are at hand: nothing to ask."""
    return ()


def derive(case: Case, _heard: Sequence[Evidence]) -> Mapping[str, str]:
    """Who sends and who receives, where the URL tells."""
    return of_the_postback(case)


TEMPLATE = Step(
    id="template",
    title=Text(en="Template", ru="Шаблон"),
    question=Text(
        en="Did the template's macros become values in the request that really left?",
        ru="Стали ли макросы шаблона значениями в запросе, который действительно ушёл?",
    ),
    why=Text(
        en="A macro the sender does not know, or has no value for, leaves as text or as nothing. The receiver may "
        "well answer OK and still find no click. Nothing is sent in this step.",
        ru="Макрос, которого отправитель не знает или для которого у него нет значения, уходит текстом или пустотой. "
        "Получатель может ответить OK и всё равно не найти клик. На этом шаге ничего не отправляется.",
    ),
    run=Text(en="Compare", ru="Сравнить"),
    fields=(
        Field(
            fact="template",
            label=Text(en="Postback template", ru="Шаблон постбека"),
            help=Text(
                en="As saved in the sender's settings, with its macros. Copy it from the field, not from the "
                "address bar.",
                ru="Как он сохранён в настройках отправителя, с макросами. Копируйте из поля настроек, а не из "
                "адресной строки.",
            ),
            example="https://trk.example/postback?cid={clickid}&payout={payout}",
            form="block",
        ),
        Field(
            fact="sent_request",
            label=Text(en="Live request", ru="Живой запрос"),
            help=Text(
                en="One postback that left, from the sender's log: a URL, a curl command, a raw HTTP request or "
                "a log line.",
                ru="Один отправленный постбек из лога отправителя: URL, команда curl, сырой HTTP-запрос или строка "
                "лога.",
            ),
            example="https://trk.example/postback?cid=c1f7a9&payout=12.50",
            form="block",
        ),
        *TEMPLATE_PARTIES,
        Field(
            fact="previous_template",
            label=Text(en="The version before", ru="Прежняя версия"),
            help=Text(
                en="The template as it was before the last change, or as another offer has it: the two are compared.",
                ru="Шаблон до последней правки или такой, как у другого оффера: версии будут сравнены.",
            ),
            example="https://trk.example/postback?cid={clickid}&sum={payout}",
            form="block",
            more=True,
        ),
    ),
    reads=(
        *("template", "sent_request", "body", "previous_template", "macro_values", "sender", "receiver"),
        *("click_id", "transaction_id", "goal", "status", "payout", "currency", "offer"),
    ),
    needs=("template", "sent_request"),
    plan=plan,
    derive=derive,
    checks="template",
)
