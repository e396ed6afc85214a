"""The server event for the ad platform."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import Faults
from postback_wizard.practice.scenarios.scenario import Scenario

UPLOAD: tuple[Scenario, ...] = (
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
