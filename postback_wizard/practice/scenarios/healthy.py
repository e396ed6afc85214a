"""Nothing is broken: what a working chain looks like."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.scenarios.scenario import Scenario

HEALTHY: tuple[Scenario, ...] = (
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
)
