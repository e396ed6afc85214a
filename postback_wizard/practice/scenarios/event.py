"""The conversion is not where it should be."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import Faults
from postback_wizard.practice.scenarios.scenario import Scenario

EVENT: tuple[Scenario, ...] = (
    Scenario(
        name="empty-report",
        title=Text(
            en="The shop sells, our statistics are empty. Who is lying?",
            ru="Магазин продаёт, а в статистике пусто. Кто из них врёт?",
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
        name="two-calendars",
        title=Text(
            en="They had two sales yesterday, we had four. Who lost two?",
            ru="За вчера у них две продажи, у нас четыре. Кто потерял две?",
        ),
        story=Text(
            en="Each morning both sides send their numbers, and each morning they disagree. The test order below went "
            "through without a word of complaint, and nobody has changed anything for months.",
            ru="Каждое утро стороны обмениваются цифрами, и каждое утро цифры не сходятся. Проверочный заказ ниже "
            "прошёл без единого замечания, и уже несколько месяцев никто ничего не менял.",
        ),
        step="event",
        code="timezone-day-shift",
        explanation=Text(
            en="Nothing is lost. Laid side by side, every sale is in both files, and the partner's clock reads three "
            "hours more than the tracker's each time, in a file that names no time zone. What is sold after nine in "
            "the evening counts as tomorrow there. Bring both reports to one zone before comparing dates.",
            ru="Ничего не потеряно. Если сверить файлы, каждая продажа есть в обоих, и у партнёра время каждый раз на "
            "три часа больше, чем в трекере, а пояс в его файле не назван. Проданное после девяти вечера там "
            "относится уже к завтрашней дате. Приведите отчёты к одному поясу, прежде чем сравнивать даты.",
        ),
        faults=Faults(partner_clock_minutes=180),
    ),
    Scenario(
        name="after-the-repair",
        title=Text(
            en="The partner was down, is well again, and hears nothing.",
            ru="Партнёр два часа лежал, починился и ничего не слышит.",
        ),
        story=Text(
            en="Some hours ago the partner closed for maintenance and apologised. Now a test request reaches it "
            "at once, orders come in at the shop as ever, and its report still ends where the maintenance began.",
            ru="Несколько часов назад партнёр закрывался на обслуживание и извинился. Сейчас проверочный запрос "
            "доходит сразу, заказы в магазине идут как обычно, а отчёт партнёра так и кончается на том обслуживании.",
        ),
        step="event",
        code="postback-auto-disabled",
        explanation=Text(
            en="The tracker's record of attempts ends in six failures in a row, answered with 503, and then stops, "
            "while conversions keep coming. The sender gave up by itself and stays switched off although the receiver "
            "is well. Switch it on again, and send the conversions since the last attempt once more.",
            ru="Лог попыток трекера кончается шестью отказами подряд с ответом 503 и обрывается, а конверсии идут "
            "дальше. Отправитель сам отключил постбек, и тот остался выключенным, хотя получатель уже исправен. "
            "Включите его снова и передайте ещё раз конверсии, случившиеся после последней попытки.",
        ),
        faults=Faults(tracker_gave_up=True),
    ),
    Scenario(
        name="half-the-phones",
        title=Text(
            en="The ads sell on phones, and the ad platform sees half of it.",
            ru="На телефонах реклама продаёт, а платформа видит половину.",
        ),
        story=Text(
            en="One purchase made on purpose went through perfectly, from the ad to the platform. All the same the "
            "platform's numbers for phones are far below the tracker's, and on computers they agree.",
            ru="Одна проверочная покупка прошла безупречно, от объявления до платформы. И всё же по телефонам "
            "платформа показывает намного меньше трекера, а по компьютерам цифры сходятся.",
        ),
        step="event",
        code="browser-strips-click-id",
        explanation=Text(
            en="One good order proves little: look at the whole record. In the tracker's clicks nearly every second "
            "visitor with Safari has no fbclid, and hardly anybody else lacks it. Such visitors come through links "
            "from which the browser takes known parameters. Carry an ID of your own under a neutral name.",
            ru="Один удачный заказ мало что доказывает: смотрите лог целиком. Среди кликов трекера почти у каждого "
            "второго посетителя с Safari нет fbclid, а у остальных он есть. Из их ссылок браузер убирает известные "
            "ему параметры. Передавайте собственный ID в параметре с нейтральным именем.",
        ),
        faults=Faults(phones_lose_fbclid=True),
    ),
    Scenario(
        name="too-generous",
        title=Text(
            en="The partner owes us 1,250 dollars a lamp. Do we dare to ask?",
            ru="Партнёр должен нам по 1250 долларов за лампу. Неловко.",
        ),
        story=Text(
            en="Our statistics say twelve and a half dollars a sale. The partner's statement lists the same sales, "
            "and its total would buy a car. Both sides call their own number the right one.",
            ru="По нашей статистике за продажу платят двенадцать с половиной долларов. В отчёте партнёра те же "
            "продажи, а итога хватит на машину. Каждая сторона считает верным своё число.",
        ),
        step="event",
        code="logs-payout-cents",
        explanation=Text(
            en="The same sales stand in both files, and each of the partner's amounts is exactly a hundred times the "
            "tracker's: its export writes cents without a decimal point. Agree on the unit, and divide on one side "
            "only.",
            ru="В обоих файлах одни и те же продажи, и каждая сумма партнёра ровно в сто раз больше, чем в трекере: "
            "в его выгрузке записаны центы без десятичной точки. Договоритесь о единице и делите на сто только на "
            "одной стороне.",
        ),
        faults=Faults(partner_writes_hundredths=True),
    ),
)
