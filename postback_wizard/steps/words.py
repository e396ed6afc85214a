"""Words for what a case stores as codes: verdicts, levels, owners, reasons, origins and places."""

import re

from postback_wizard.domain.finding import Confidence, Level, Owner, Verdict
from postback_wizard.domain.text import Text

#: A verdict in one sign, beside its word.
SYMBOLS = {
    Verdict.CLEAR: "✓",
    Verdict.SUSPECT: "!",
    Verdict.BROKEN: "✗",
    Verdict.NOT_CHECKED: "–",
    Verdict.FAILED: "?",
}

VERDICTS = {
    Verdict.CLEAR: Text(en="clear", ru="в порядке"),
    Verdict.SUSPECT: Text(en="doubtful", ru="сомнительно"),
    Verdict.BROKEN: Text(en="broken", ru="сломано"),
    Verdict.NOT_CHECKED: Text(en="not checked", ru="не проверено"),
    Verdict.FAILED: Text(en="check failed", ru="сбой проверки"),
}

LEVELS = {
    Level.GOOD: Text(en="good", ru="хорошо"),
    Level.INFO: Text(en="note", ru="заметка"),
    Level.WARN: Text(en="warning", ru="внимание"),
    Level.BAD: Text(en="fault", ru="поломка"),
}

CONFIDENCES = {
    Confidence.CERTAIN: Text(en="certain: seen in the data itself", ru="точно: видно в самих данных"),
    Confidence.LIKELY: Text(en="likely: fits a known pattern", ru="вероятно: похоже на известную картину"),
    Confidence.HINT: Text(en="a hint: worth a look", ru="намёк: стоит посмотреть"),
}

OWNERS = {
    Owner.AFFILIATE: Text(en="the affiliate", ru="вебмастер (affiliate)"),
    Owner.TRACKER: Text(en="whoever runs the tracker", ru="владелец трекера"),
    Owner.NETWORK: Text(en="the affiliate network", ru="партнёрская сеть"),
    Owner.ADVERTISER: Text(en="the advertiser", ru="рекламодатель"),
    Owner.SENDER: Text(en="the sender of the postback", ru="отправитель постбека"),
    Owner.RECEIVER: Text(en="the receiver of the postback", ru="получатель постбека"),
    Owner.HOP_OWNER: Text(en="the owner of that hop", ru="владелец этого перехода"),
    Owner.DOMAIN_OWNER: Text(en="the owner of the domain", ru="владелец домена"),
    Owner.TEMPLATE_OWNER: Text(en="whoever edits the postback template", ru="тот, кто ведёт шаблон постбека"),
    Owner.AD_ACCOUNT_ADMIN: Text(en="the ad account's admin", ru="администратор рекламного кабинета"),
    Owner.YOU: Text(en="you", ru="вы"),
}

REASONS = {
    "": Text(en="", ru=""),
    "no-facts": Text(en="no facts were given for this step", ru="для этого шага нет данных"),
    "hearsay": Text(en="only the platform's own words are known", ru="известны только слова самой платформы"),
    "not-sent": Text(en="not sent", ru="не отправлено"),
    "not-traced": Text(en="not traced", ru="цепочка не пройдена"),
    "offline": Text(en="offline: nothing was asked of the network", ru="офлайн: в сеть ничего не отправлялось"),
    "stopped": Text(en="stopped before the end", ru="остановлено до завершения"),
    "unreadable": Text(en="none of the files could be read", ru="ни один файл не удалось прочитать"),
    "failed": Text(en="the check itself failed", ru="сбой самой проверки"),
    "proposal": Text(
        en="only what was built here was read: nothing was sent, and nothing of yours was checked",
        ru="прочитано только собранное здесь: ничего не отправлено, ваше не проверялось",
    ),
    "not-public": Text(en="the address is not public and was not allowed", ru="адрес не публичный и не был разрешён"),
}

ORIGINS = {
    "typed": Text(en="typed", ru="введено"),
    "file": Text(en="from the facts file", ru="из файла с данными"),
    "har": Text(en="from the browser recording", ru="из записи браузера"),
    "practice": Text(en="from the practice chain", ru="из учебной цепочки"),
    "yes": Text(en="allowed by you", ru="разрешено вами"),
    "click": Text(en="from step 1, click", ru="из шага 1, клик"),
    "event": Text(en="from step 2, event", ru="из шага 2, событие"),
    "replay": Text(en="from step 3, replay", ru="из шага 3, повтор"),
    "replay:message": Text(en="from what the platform says", ru="из слов платформы"),
    "template": Text(en="from step 4, template", ru="из шага 4, шаблон"),
    "upload": Text(en="built here, a proposal", ru="собрано здесь, предложение"),
    "click:hint": Text(en="read out of the click ID, a hint", ru="прочитано из click ID, намёк"),
}

PLACES = {
    "click_url": Text(en="click URL", ru="URL клика"),
    "variant": Text(en="variant", ru="вариант"),
    "landing": Text(en="landing page", ru="посадочная страница"),
    "offer_url": Text(en="offer link", ru="ссылка оффера"),
    "click_log": Text(en="click log", ru="лог кликов"),
    "conversion_log": Text(en="conversion log", ru="лог конверсий"),
    "attempt_log": Text(en="postback attempts", ru="лог попыток постбека"),
    "partner_log": Text(en="partner's log", ru="лог партнёра"),
    "reconcile": Text(en="comparison of the two logs", ru="сверка двух логов"),
    "template": Text(en="template", ru="шаблон"),
    "partner_message": Text(en="what the platform says", ru="слова платформы"),
    "signature": Text(en="signature recomputed here", ru="пересчёт подписи"),
    "sent_request": Text(en="live request", ru="живой запрос"),
    "endpoint": Text(en="harmless request", ru="безвредный запрос"),
    "answer": Text(en="partner's answer", ru="ответ партнёра"),
    "answer_body": Text(en="answer in the sender's log", ru="ответ в логе отправителя"),
    "answer_status": Text(en="status in the sender's log", ru="статус в логе отправителя"),
    "upload_event": Text(en="event for the ad platform", ru="событие для рекламной платформы"),
    "browser_event": Text(en="event from the browser", ru="событие из браузера"),
    "click_id": Text(en="click ID", ru="click ID"),
    "tracker": Text(en="tracker", ru="трекер"),
    "network": Text(en="affiliate network", ru="партнёрская сеть"),
    "receiver": Text(en="receiver of the postback", ru="получатель постбека"),
    "ad_platform": Text(en="ad platform", ru="рекламная платформа"),
    "source": Text(en="traffic source", ru="источник трафика"),
}

#: Rows of the ledger whose names are ours; identifiers keep the name they travel under.
ROWS = {
    "click_id": Text(en="click ID", ru="click ID"),
    "transaction_id": Text(en="transaction ID", ru="ID транзакции"),
    "payout": Text(en="payout", ru="выплата"),
    "currency": Text(en="currency", ru="валюта"),
    "status": Text(en="status", ru="статус"),
    "goal": Text(en="goal", ru="цель"),
    "click_time": Text(en="time of the click", ru="время клика"),
    "conversion_time": Text(en="time of the conversion", ru="время конверсии"),
}

#: What a chain was read from that this program did not ask for itself.
RECORDINGS = {
    "har": Text(en="a browser recording (HAR)", ru="запись браузера (HAR)"),
    "curl": Text(en="pasted curl output", ru="вставленный вывод curl"),
    "wget": Text(en="pasted wget output", ru="вставленный вывод wget"),
    "headers": Text(en="pasted response headers", ru="вставленные заголовки ответа"),
}

HOP = Text(en="hop {n}", ru="переход {n}")
_HOP = re.compile(r"hop (\d+)")


def origin(code: str, lang: str) -> str:
    """Where a value came from, in words; empty for an unknown origin."""
    text = ORIGINS.get(code) or ORIGINS.get(code.partition(":")[0])
    return text.say(lang) if text else ""


def row_name(name: str, lang: str) -> str:
    """A row of the ledger in words; an identifier under its own name."""
    return ROWS[name].say(lang) if name in ROWS else name


def place(where: str, lang: str) -> str:
    """A finding's or a ledger's place in words: ``hop 2``, ``sent_request: cid``."""
    head, colon, rest = where.partition(":")
    hop = _HOP.fullmatch(head)
    name = HOP.say(lang, n=hop.group(1)) if hop else PLACES[head].say(lang) if head in PLACES else head
    return f"{name}{colon}{rest}"
