"""The template of the postback."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import TEMPLATE as HEALTHY_TEMPLATE
from postback_wizard.practice.faults import Faults
from postback_wizard.practice.scenarios.scenario import Scenario

TEMPLATE: tuple[Scenario, ...] = (
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
        faults=Faults(template=HEALTHY_TEMPLATE.replace("{clickid}", "{click_id}")),
    ),
)
