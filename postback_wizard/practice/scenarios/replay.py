"""The callback and what the partner makes of it."""

from postback_wizard.domain.text import Text
from postback_wizard.practice.faults import TEMPLATE, Faults
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
            en="The request is right in every byte, and the partner did answer 200; but the body says error, not "
            "taken into account, without a reason. A status tells that somebody listened, only the body or the "
            "partner's log tells what became of the conversion. Show the partner this answer: they alone know why.",
            ru="Запрос верен до последнего байта, и партнёр действительно ответил 200, но в теле стоит ошибка: не "
            "учтено, без причины. Статус говорит лишь о том, что нас услышали; что стало с конверсией, видно по "
            "телу ответа или по логу партнёра. Покажите этот ответ партнёру: причину знает только он.",
        ),
        faults=Faults(partner_refuses="not taken into account"),
    ),
    Scenario(
        name="moving-house",
        title=Text(
            en="Same address, same values, and since noon a flat line.",
            ru="Адрес тот же, значения те же, а с полудня ровный ноль.",
        ),
        story=Text(
            en="The partner moved to new servers over lunch and says that every old link keeps working: a colleague "
            "tried one in the browser and saw an answer. The tracker has not been touched.",
            ru="В обед партнёр переехал на новые серверы и уверяет, что старые ссылки работают: коллега открыл одну в "
            "браузере и увидел ответ. В трекере ничего не меняли.",
        ),
        step="replay",
        code="scheme-or-redirect-on-endpoint",
        explanation=Text(
            en="The old address answers 301 and names the new one. A browser follows that without a word, a sender of "
            "postbacks does not: the conversion stops at the first answer. Save the new address in the tracker, then "
            "send again.",
            ru="Старый адрес отвечает 301 и называет новый. Браузер переходит по нему молча, а отправитель постбеков "
            "не переходит: конверсия остаётся на первом ответе. Сохраните в трекере новый адрес и отправьте постбек "
            "ещё раз.",
        ),
        faults=Faults(partner_gate="moved"),
    ),
    Scenario(
        name="careful-doorman",
        title=Text(
            en="I open the link and it works. Your server opens it: nothing.",
            ru="Я открываю ссылку, и она работает. Ваш сервер: пусто.",
        ),
        story=Text(
            en="After an attack last week the partner bought protection. Its manager clicks the postback link from "
            "a laptop and sees a normal answer, so the fault must be yours.",
            ru="После атаки на прошлой неделе партнёр поставил защиту. Менеджер открывает ссылку постбека с ноутбука, "
            "видит обычный ответ и считает, что виноваты вы.",
        ),
        step="replay",
        code="bot-challenge",
        explanation=Text(
            en="The log of the tracker holds a 403 with a page that wants JavaScript: the protection in front of the "
            "partner's server asked for a browser, and the partner's program never heard of the request. The partner "
            "has to let the postback path through; the ID of the block, in the header CF-RAY, finds it in the "
            "firewall's log.",
            ru="В логе трекера стоит 403 со страницей, которой нужен JavaScript: защита перед сервером партнёра "
            "потребовала браузер, и программа партнёра о запросе не узнала. Партнёр должен открыть путь постбека; "
            "запись в логе файрвола находится по номеру из заголовка CF-RAY.",
        ),
        faults=Faults(partner_gate="guard"),
    ),
    Scenario(
        name="full-waiting-room",
        title=Text(
            en="All is well, but after a big mailing half the money is gone.",
            ru="Обычно всё хорошо, но после рассылки пропадает половина.",
        ),
        story=Text(
            en="Nobody changed a setting. The losses come in the busiest minutes, and a test conversion made at "
            "night was counted without trouble.",
            ru="Настройки не меняли. Потери приходятся на самые горячие минуты, а тестовую конверсию ночью "
            "засчитали сразу.",
        ),
        step="replay",
        code="rate-limited",
        explanation=Text(
            en="The partner answers 429 and names the wait in Retry-After: 900 seconds. The tracker does not try again "
            "by itself, so what came in a busy minute is lost. Spread the postbacks, switch retries to that wait, or "
            "ask the partner for more; then send the lost ones again, slowly.",
            ru="Партнёр отвечает 429 и называет срок ожидания в Retry-After: 900 секунд. Сам трекер не повторяет, "
            "поэтому всё из горячей минуты теряется. Отправляйте постбеки равномернее, настройте повторы с этим "
            "сроком или попросите партнёра поднять предел; потерянные отправьте ещё раз, без спешки.",
        ),
        faults=Faults(partner_gate="busy"),
    ),
    Scenario(
        name="new-letterbox",
        title=Text(
            en="Their new version is live. Our letters come back unopened.",
            ru="У них новая версия, и наши письма возвращаются невскрытыми.",
        ),
        story=Text(
            en="The partner rewrote its intake and announced it in a newsletter that nobody kept. The address is "
            "the same, and so are all the parameters.",
            ru="Партнёр переписал приём постбеков и сообщил об этом в рассылке, которую никто не сохранил. Адрес "
            "прежний, параметры те же.",
        ),
        step="replay",
        code="http-method-mismatch",
        explanation=Text(
            en="The address answers 405 and lists what it takes in the header Allow: POST. The tracker still sends "
            "GET. Change the method in the tracker's postback settings, and replay with it first.",
            ru="Адрес отвечает 405 и в заголовке Allow перечисляет, что принимает: POST. Трекер по-прежнему шлёт GET. "
            "Смените метод в настройках постбека трекера, а сначала повторите запрос этим методом.",
        ),
        faults=Faults(partner_gate="post"),
    ),
    Scenario(
        name="two-word-product",
        title=Text(
            en="Vases are paid, garden lamps never. Same offer, same key.",
            ru="Вазы оплачивают, садовые лампы никогда. Оффер и ключ те же.",
        ),
        story=Text(
            en="Both sides compared the secret letter by letter on the phone. Every sale of a one-word product is "
            "booked; the lamps are turned away.",
            ru="Обе стороны сверили секрет по буквам по телефону. Продажи товаров из одного слова записываются, лампы "
            "отклоняются.",
        ),
        step="replay",
        code="signature-mismatch",
        explanation=Text(
            en="The partner decodes the parameters and signs “Garden lamp”; the tracker signs “Garden%20lamp”, as it "
            "stands in the URL. Without a space in the name both texts are the same, and so are the signatures. "
            "Recomputed with the secret, the signature of the tracker shows its recipe. Sign the plain values, and "
            "encode afterwards.",
            ru="Партнёр декодирует параметры и подписывает «Garden lamp», а трекер подписывает «Garden%20lamp», как "
            "написано в URL. Пока в названии нет пробела, тексты совпадают, и подписи тоже. Пересчёт с секретом "
            "показывает, из чего сделана подпись трекера. Подписывайте исходные значения, а кодируйте потом.",
        ),
        faults=Faults(template=TEMPLATE + "&item={goods}&sig={signature}", signed=True),
    ),
)
