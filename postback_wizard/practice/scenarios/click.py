"""The click lost or changed something on its way."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import Faults
from postback_wizard.practice.scenarios.scenario import Scenario

CLICK: tuple[Scenario, ...] = (
    Scenario(
        name="stolen-sales",
        title=Text(
            en="Our traffic, and the shop sells. “Not yours,” they say.",
            ru="Трафик наш, магазин продаёт. «Не ваше», — говорит партнёр.",
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
        name="nobody-knows-them",
        title=Text(
            en="We report every sale. The partner never heard of the buyer.",
            ru="Мы сообщаем о каждой продаже, а партнёр не знает таких людей.",
        ),
        story=Text(
            en="The shop keeps a reference beside each order, the tracker sends it on, and the partner does not know "
            "it. Last week the network began to run its links through a new safety filter.",
            ru="Магазин хранит рядом с заказом метку, трекер её передаёт, а партнёр её не знает. На прошлой неделе "
            "сеть начала пропускать свои ссылки через новый защитный фильтр.",
        ),
        step="click",
        code="click-id-altered",
        explanation=Text(
            en="The network writes the click ID in small letters when it sends the visitor to the shop. To a computer "
            "that is another ID: the order names it, the postback carries it, and the partner, who counted the click "
            "under the original, finds nothing. The network has to hand the value on untouched.",
            ru="Отправляя посетителя в магазин, сеть записывает click ID строчными буквами. Для компьютера это уже "
            "другой ID: его называет заказ, его несёт постбек, а партнёр, который учёл клик под исходным, ничего не "
            "находит. Сеть должна передавать значение без изменений.",
        ),
        faults=Faults(network_lowers_case=True),
    ),
    Scenario(
        name="polyglot-shop",
        title=Text(
            en="The shop learned a language. Its orders come from nowhere.",
            ru="Магазин заговорил на двух языках. Заказы приходят ниоткуда.",
        ),
        story=Text(
            en="Visitors see the right language and buy as before. The network says it only added one word to its "
            "links. The newest purchase was made on purpose.",
            ru="Посетители видят нужный язык и покупают, как раньше. В сети говорят, что добавили к ссылкам всего "
            "одно слово. Последняя покупка сделана для проверки.",
        ),
        step="click",
        code="url-structure-broken",
        explanation=Text(
            en="The network now writes lang=en and glues the old parameters on with a second question mark. Only the "
            "first one begins the parameters; the rest became part of the language, and the shop sees no click ID. "
            "The network has to join them with &.",
            ru="Сеть теперь пишет lang=en, а прежние параметры приклеивает вторым вопросительным знаком. Параметры "
            "начинаются только с первого, остальное стало частью языка, и магазин не видит click ID. Сеть должна "
            "соединять их знаком &.",
        ),
        faults=Faults(network_asks_twice=True),
    ),
    Scenario(
        name="thirty-and-nine",
        title=Text(
            en="The mailer counts thirty visits, our tracker nine.",
            ru="Рассылка насчитала тридцать переходов, наш трекер — девять.",
        ),
        story=Text(
            en="The one purchase made on purpose went through without a flaw, from the letter to the partner's report. "
            "People who come back a second time are the ones nobody can find.",
            ru="Одна проверочная покупка прошла безупречно, от письма до отчёта партнёра. Никто не может найти как раз "
            "тех, кто пришёл во второй раз.",
        ),
        step="click",
        code="permanent-redirect-cached",
        explanation=Text(
            en="The tracker answers its link with 301, moved for good. A browser remembers that and goes straight to "
            "the old target the next time, with the old click ID: the tracker never hears of the second visit, and a "
            "second sale looks like a repeat of the first. A link that makes click IDs has to answer 302 or 307.",
            ru="Трекер отвечает на свою ссылку кодом 301, «перемещено навсегда». Браузер это запоминает и в следующий "
            "раз сразу идёт по старому адресу со старым click ID: о втором визите трекер не узнаёт, а вторая продажа "
            "выглядит повтором первой. Ссылка, которая создаёт click ID, должна отвечать 302 или 307.",
        ),
        faults=Faults(tracker_redirects_for_good=True),
    ),
)
