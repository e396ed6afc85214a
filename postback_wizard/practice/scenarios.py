"""The practice scenarios: a symptom as people put it, what is broken, and the explanation afterwards."""

from dataclasses import dataclass

from postback_wizard.domain.case import StepId
from postback_wizard.domain.text import Text
from postback_wizard.practice.choices import CHOICES, Choice, Pick
from postback_wizard.practice.faults import HEALTHY, TEMPLATE, Faults


@dataclass(frozen=True, slots=True)
class Scenario:
    """One exercise. ``step`` and ``code`` are the answer, both empty when the chain is healthy."""

    name: str
    title: Text
    story: Text
    step: Pick
    code: str
    explanation: Text
    faults: Faults = HEALTHY


SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        name="first-launch",
        title=Text(
            en="The launch is tonight and I trust nobody. Find me the catch.",
            ru="Запуск сегодня вечером, и я никому не верю. Найдите подвох.",
        ),
        story=Text(
            en="A new offer, a fresh campaign, one purchase made on purpose. The buyer wants to hear what could go "
            "wrong before real money is spent.",
            ru="Новый оффер, новая кампания, одна проверочная покупка. Байер хочет знать, что может пойти не так, "
            "пока не потрачены настоящие деньги.",
        ),
        step="",
        code="",
        explanation=Text(
            en="Nothing is broken. The click ID reaches the landing page, the conversion has it, the partner says "
            "“recorded” in the body of its answer, and the server event names the same click and the same amount. "
            "Knowing what healthy looks like is half of every diagnosis.",
            ru="Ничего не сломано. Click ID доходит до посадочной страницы, он есть в конверсии, партнёр в теле "
            "ответа пишет «recorded», а серверное событие называет тот же клик и ту же сумму. Знать, как выглядит "
            "исправная цепочка, — половина любой диагностики.",
        ),
    ),
    Scenario(
        name="stolen-sales",
        title=Text(
            en="We pay for the traffic, the shop sells, and the partner swears the newest sales are not ours.",
            ru="Мы платим за трафик, магазин продаёт, а партнёр уверяет, что последние продажи не наши.",
        ),
        story=Text(
            en="The shop is busy and sees the visitors as direct. The network says it only moved its offer pages a "
            "little. One purchase was made on purpose; its order number is known.",
            ru="Магазин торгует и считает посетителей прямыми заходами. В сети говорят, что лишь немного "
            "переставили страницы офферов. Сделана одна проверочная покупка, номер заказа известен.",
        ),
        step="click",
        code="redirect-drops-query",
        explanation=Text(
            en="The network first redirects to the same path with a slash at the end, and that redirect carries no "
            "parameters. The click ID is gone before the landing page, so the order cannot name it and the postback "
            "leaves with an empty one. The partner's refusal is only the last link; the network has to keep the "
            "query when it redirects.",
            ru="Сеть сначала отправляет на тот же путь с косой чертой в конце, и в этом редиректе нет параметров. "
            "Click ID пропадает ещё до посадочной страницы, поэтому заказ не может его назвать, и постбек уходит "
            "с пустым. Отказ партнёра — лишь последнее звено; сеть должна сохранять параметры при редиректе.",
        ),
        faults=Faults(network_forgets_query=True),
    ),
    Scenario(
        name="empty-report",
        title=Text(
            en="The shop sells, our statistics have been empty for two hours. Which of them is lying?",
            ru="Магазин продаёт, а у нас в статистике уже два часа пусто. Кто из них врёт?",
        ),
        story=Text(
            en="The manager of the shop shows an order from a minute ago, with the click ID beside it. Earlier orders "
            "look normal everywhere. Two hours ago the shop had an update.",
            ru="Менеджер магазина показывает заказ минутной давности, рядом с ним записан click ID. По прежним "
            "заказам всё сходится. Два часа назад магазин обновляли.",
        ),
        step="event",
        code="event-never-fired",
        explanation=Text(
            en="The click is in the tracker's log, and the order is in the shop; the conversion log, which holds "
            "other orders, knows nothing of this one. The shop never called the tracker, so there was nothing to "
            "send to anybody. The shop has to repair that call and send the missed orders once more.",
            ru="Клик есть в логе трекера, заказ есть в магазине, а лог конверсий, где лежат другие заказы, об этом "
            "не знает. Магазин не вызвал трекер, поэтому и отправлять было нечего. Магазину нужно починить этот "
            "вызов и передать пропущенные заказы ещё раз.",
        ),
        faults=Faults(shop_keeps_quiet=True),
    ),
    Scenario(
        name="word-against-word",
        title=Text(
            en="You keep saying it was delivered. We have no sale. Show me proof or stop writing.",
            ru="Вы твердите, что всё доставлено. Продажи у нас нет. Покажите доказательства или не пишите.",
        ),
        story=Text(
            en="The tracker's support has checked: the postback left, and the answer was 200. The partner's manager "
            "opened the statistics and found no sale. Both are sure of what they see.",
            ru="Поддержка трекера проверила: постбек ушёл, в ответ пришло 200. Менеджер партнёра открыл "
            "статистику и продажи не нашёл. Каждый уверен в том, что видит.",
        ),
        step="replay",
        code="ok-status-not-recorded",
        explanation=Text(
            en="The request is right in every byte, and the partner did answer 200; but the body says that the offer "
            "is closed for this goal. A status tells that somebody listened, only the body or the partner's log "
            "tells what became of the conversion. The partner has to open the goal; then send the postback again.",
            ru="Запрос верен до последнего байта, и партнёр действительно ответил 200, но в теле сказано, что оффер "
            "закрыт для этой цели. Статус говорит лишь о том, что нас услышали; что стало с конверсией, видно "
            "по телу ответа или по логу партнёра. Партнёр должен открыть цель, после этого постбек можно повторить.",
        ),
        faults=Faults(partner_refuses="offer is closed for this goal"),
    ),
    Scenario(
        name="tidy-colleague",
        title=Text(
            en="Until two hours ago everything was counted. Now the partner calls our conversions rubbish.",
            ru="Ещё два часа назад всё считалось. Теперь партнёр называет наши конверсии мусором.",
        ),
        story=Text(
            en="A colleague tidied up some settings and went on holiday. The earlier rows of the logs "
            "look fine; the newest purchase was made on purpose.",
            ru="Коллега навёл порядок в настройках и ушёл в отпуск. Прежние строки логов выглядят хорошо, "
            "последняя покупка сделана для проверки.",
        ),
        step="template",
        code="macro-literal",
        explanation=Text(
            en="The edited template asks for {{click_id}}, but this tracker only knows {{clickid}}. An unknown macro "
            "is not replaced: its name travelled to the partner in place of the click ID, and the partner has no such "
            "click. Put the old macro back, then send the postback again.",
            ru="В изменённом шаблоне стоит {{click_id}}, а этот трекер знает только {{clickid}}. Незнакомый макрос не "
            "подставляется: вместо click ID партнёру ушло его имя, и такого клика у партнёра нет. Верните прежний "
            "макрос и отправьте постбек ещё раз.",
        ),
        faults=Faults(template=TEMPLATE.replace("{clickid}", "{click_id}")),
    ),
    Scenario(
        name="blind-campaign",
        title=Text(
            en="The sales are paid, yet the ads manager credits almost none of them to the campaign.",
            ru="Продажи оплачены, но рекламный кабинет почти ни одной не относит к кампании.",
        ),
        story=Text(
            en="The partner pays and has no complaints. The ad platform takes every purchase without an error, and "
            "still the campaign does not learn. The developer says the ad click is sent along.",
            ru="Партнёр платит и не жалуется. Рекламная платформа принимает все покупки без ошибок, но кампания "
            "так и не обучается. Разработчик говорит, что рекламный клик передаётся.",
        ),
        step="upload",
        code="fbc-malformed",
        explanation=Text(
            en="The server event carries the bare fbclid in the field fbc. The platform accepts it and cannot use it: "
            "the value has to be built as fb.1, the time of the click in milliseconds and the untouched fbclid, "
            "with dots between them. Everything before the upload is healthy.",
            ru="В поле fbc серверного события лежит голый fbclid. Платформа такое принимает, но использовать "
            "не может: значение собирается из fb.1, времени клика в миллисекундах и нетронутого fbclid, через "
            "точки. Всё до выгрузки исправно.",
        ),
        faults=Faults(tracker_sends_bare_fbclid=True),
    ),
)


RIGHT = Text(en="Right.", ru="Верно.")
RIGHT_LAYER = Text(
    en="The step is right, but it broke in another way.", ru="Шаг назван верно, но сломано в нём другое."
)
NOT_YET = Text(
    en="Not yet. Name the first thing on the way that the data proves broken, if there is one.",
    ru="Пока нет. Назовите первое по пути место, поломка которого видна в данных, если такое есть.",
)


def find(name: str) -> Scenario | None:
    """The scenario of that name."""
    return next((scenario for scenario in SCENARIOS if scenario.name == name), None)


def answer_choices(step: StepId | None = None) -> tuple[Choice, ...]:
    """What a trainee may pick, in the order of the checklist; with ``step``, only the faults of that step."""
    return tuple(choice for choice in CHOICES if step is None or choice.step == step)


def judge(scenario: Scenario, step: str, code: str) -> bool:
    """Whether this is the answer: the step and the code of the fault, both empty for "nothing is wrong"."""
    return (step, code) == (scenario.step, scenario.code)


def remark(scenario: Scenario, step: str, code: str) -> Text:
    """A sentence about a pick that does not give the answer away."""
    if judge(scenario, step, code):
        return RIGHT
    return RIGHT_LAYER if step == scenario.step else NOT_YET
