"""The conversion is not where it should be."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import Faults
from postback_wizard.practice.scenarios.scenario import Scenario

EVENT: tuple[Scenario, ...] = (
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
)
