"""The callback and what the partner makes of it."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import Faults
from postback_wizard.practice.scenarios.scenario import Scenario

REPLAY: tuple[Scenario, ...] = (
    Scenario(
        name="word-against-word",
        title=Text(
            en="You say it was delivered. We have no sale. Prove it or stop.",
            ru="Вы твердите, что доставлено. Продажи у нас нет. Докажите.",
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
)
