"""Which column of an exported log holds what, recognised from its header in English or Russian."""

import re
from collections.abc import Mapping, Sequence

_SEPARATORS = re.compile(r"[\W_]+")

#: Our names and the headers they go by, most telling first; letters and digits only, folded.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "click_id": (
        *("clickid", "clickuuid", "clickhash", "cid", "subid", "affsub", "affclickid", "externalclickid"),
        *("externalid", "sub1", "subid1", "affsub1", "affclick", "click", "clid", "visitid"),
        *("идклика", "idклика", "кликid", "клик", "номерклика", "идентификаторклика", "айдиклика", "сабид"),
    ),
    "transaction_id": (
        *("transactionid", "txid", "txnid", "orderid", "ordernumber", "orderno", "conversionid", "actionid"),
        *("leadid", "transaction", "order", "tid"),
        *("номерзаказа", "идзаказа", "idзаказа", "заказ", "идтранзакции", "idтранзакции", "номертранзакции"),
        *("транзакция", "идконверсии", "idконверсии", "идлида", "idлида"),
    ),
    "time": (
        *("time", "время", "timestamp", "datetime", "createdat", "created", "eventtime", "date", "ts", "occurredat"),
        *("датаивремя", "датавремя", "дата", "создано", "создан", "датасоздания"),
    ),
    "status": ("status", "conversionstatus", "state", "orderstatus", "статус", "статусконверсии", "состояние"),
    "payout": (
        *("payout", "revenue", "sum", "amount", "commission", "reward", "payoutamount", "profit"),
        *("выплата", "сумма", "доход", "вознаграждение", "комиссия", "ставка"),
    ),
    "currency": ("currency", "payoutcurrency", "currencycode", "cur", "валюта", "валютавыплаты"),
    "goal": ("goal", "goalname", "goalid", "event", "eventname", "eventtype", "conversiontype", "цель", "событие"),
    "offer": (
        *("offerid", "offer", "offername", "campaignid", "campaign", "campaignname", "programid", "program"),
        *("оффер", "идоффера", "idоффера", "кампания", "названиеоффера"),
    ),
    "user_agent": ("useragent", "ua", "browser", "browsername", "браузер"),
    "ad_click_id": ("gclid", "msclkid", "fbclid", "ttclid", "yclid", "adclickid"),
    "landing_url": ("landingurl", "landingpageurl", "landingpage", "landing", "pageurl", "finalurl", "посадочная"),
    "url": (
        *("postbackurl", "requesturl", "callbackurl", "url", "request", "postback", "callback", "senturl", "query"),
        *("urlпостбека", "адреспостбека", "постбек", "запрос", "urlзапроса", "адресзапроса", "адрес", "ссылка"),
    ),
    "method": ("method", "httpmethod", "requestmethod", "метод", "методзапроса"),
    "body": ("requestbody", "postdata", "payload", "телозапроса"),
    "answer_status": (
        *("httpstatus", "httpcode", "httpstatuscode", "responsecode", "responsestatus", "answerstatus"),
        *("answercode", "statuscode", "code", "кодответа", "httpкод", "статусответа", "код"),
    ),
    "answer_body": (
        *("response", "answer", "responsebody", "answerbody", "responsetext", "reply", "result"),
        *("ответ", "телоответа", "текстответа", "ответсервера"),
    ),
}

#: A log of one kind often carries the times of others too; its own come first.
TIMES_OF_ROLE: Mapping[str, tuple[str, ...]] = {
    "click_log": ("clicktime", "clickdate", "clickedat", "времяклика", "датаклика"),
    "conversion_log": ("conversiontime", "conversiondate", "convertedat", "времяконверсии", "датаконверсии"),
    "partner_log": ("conversiontime", "conversiondate", "времяконверсии", "датаконверсии", "датазаказа"),
    "attempt_log": ("sentat", "senttime", "attempttime", "postbacktime", "времяотправки", "времяпостбека"),
}


#: What else the fact ``columns`` may settle: values, not columns.
SETTINGS = ("encoding", "delimiter", "time_zone", "date_order")
ROLES = ("click_log", "conversion_log", "attempt_log", "partner_log")


def columns_for(role: str, given: Mapping[str, str]) -> dict[str, str]:
    """What was said of one log: ``partner_log.status`` counts for that log alone, and before a plain ``status``."""
    plain = {name: value for name, value in given.items() if name.partition(".")[0] not in ROLES}
    own = {name.partition(".")[2]: value for name, value in given.items() if name.startswith(f"{role}.")}
    return {**plain, **own}


def fold(header: str) -> str:
    """A header with case, spaces and punctuation taken out: ``Click ID`` and ``click_id`` are the same."""
    return _SEPARATORS.sub("", header).casefold()


def recognise(headers: Sequence[str], role: str, given: Mapping[str, str]) -> dict[str, list[int]]:
    """Our names and the positions of the columns that may hold them, best first.

    ``given`` maps our names to columns named by the agent: these win alone where the file has them. A column without
    a usable header can be given by its number from 1, as ``3`` or ``column3``.
    """
    given = columns_for(role, given)
    folded = [fold(header) for header in headers]
    found: dict[str, list[int]] = {}
    for name in ALIASES:
        wanted = _given(headers, folded, given.get(name, ""))
        places = wanted or [at for alias in _aliases(name, role) for at, text in enumerate(folded) if text == alias]
        if places:
            found[name] = list(dict.fromkeys(places))
    return found


def day_column(headers: Sequence[str], places: Sequence[int]) -> int | None:
    """The column of the date, where the first of these time columns holds the time of day alone."""
    return next((place for place in places[1:] if fold(headers[place]) in ("date", "дата", "день")), None)


def _aliases(name: str, role: str) -> tuple[str, ...]:
    if name == "time":
        return (*TIMES_OF_ROLE.get(role, ()), *ALIASES[name])
    return ALIASES[name]


def _given(headers: Sequence[str], folded: Sequence[str], column: str) -> list[int]:
    if not column:
        return []
    same = [at for at, header in enumerate(headers) if header == column]
    same = same or [at for at, text in enumerate(folded) if text and text == fold(column)]
    number = re.fullmatch(r"(?:column)?\s*(\d{1,4})", column.strip(), re.IGNORECASE)
    if not same and number and 0 < int(number.group(1)) <= len(headers):
        same = [int(number.group(1)) - 1]
    return same


def names_columns_by_number(given: Mapping[str, str], headers: Sequence[str]) -> bool:
    """Whether the agent spoke of columns by number, which means that the file has no header."""
    return any(
        re.fullmatch(r"(?:column)?\s*\d{1,4}", column.strip(), re.IGNORECASE) and column not in headers
        for name, column in given.items()
        if name not in SETTINGS
    )
