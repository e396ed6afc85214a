"""How far could the template and the live request be compared, and did every macro become a value?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.template import value_not_encoded
from postback_wizard.domain.aligned import Aligned, aligned
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import is_placeholder
from postback_wizard.domain.template import Pair, Value, fact_of, live_request, meaning_of, pairs, sent_values
from postback_wizard.domain.text import Text

MACROS_FILLED = Rule(
    code="macros-filled",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="Every macro of the template became a value: {count:macro|macros} compared.",
        ru="Каждый макрос шаблона стал значением: сравнили {count:макрос|макроса|макросов}.",
    ),
    why=Text(
        en="Each parameter the template fills carries a value in the request that left, and no macro is left in it.",
        ru="Каждый параметр, который заполняет шаблон, ушёл со значением, и макросов в запросе не осталось.",
    ),
    fix=Text(
        en="Nothing to do here; look for the fault in another step.",
        ru="Здесь делать ничего не нужно; ищите причину на другом шаге.",
    ),
)
TEMPLATE_VERSION_DRIFT = Rule(
    code="template-version-drift",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{param} differs between the template and the live request: {meant} was saved, {left} was sent.",
        ru="{param} в шаблоне и в живом запросе не совпадает: сохранено {meant}, ушло {left}.",
    ),
    why=Text(
        en="The request was made from another version of the template, or the sender leaves out parameters without "
        "a value or adds some of its own (a dash stands for a parameter that is not there). Compared with: {version}.",
        ru="Запрос сделан по другой версии шаблона, либо отправитель пропускает параметры без значения или добавляет "
        "свои (прочерк — такого параметра нет). Сравнили с версией: {version}.",
    ),
    fix=Text(
        en="Ask the sender which template this conversion used, save the current one for every offer and country, "
        "and test again.",
        ru="Узнайте у отправителя, по какому шаблону ушла эта конверсия, сохраните текущий для всех офферов и гео и "
        "проверьте снова.",
    ),
    settle=Text(
        en="Another live request of the same offer that was sent after the template was last saved.",
        ru="Ещё один живой запрос того же оффера, отправленный после последнего сохранения шаблона.",
    ),
    sources=("https://trackingaudit.online/knowledge-base/how-to-compare-postback-template-vs-live-request",),
)
TEMPLATE_ONLY = Rule(
    code="template-only",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="Only the template is known: whether its macros become values could not be compared.",
        ru="Известен только шаблон: стали ли его макросы значениями, сравнить не с чем.",
    ),
    why=Text(
        en="A template without spelling faults can still be filled with nothing; only a request that left shows it.",
        ru="Даже шаблон без ошибок может заполниться пустотой; это видно только по ушедшему запросу.",
    ),
    fix=Text(
        en="Copy one sent postback from the sender's log into the live request and run this step again.",
        ru="Скопируйте один отправленный постбек из лога отправителя в поле живого запроса и повторите шаг.",
    ),
)
REQUEST_ONLY = Rule(
    code="request-only",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="Only the live request is known: empty and missing values could not be told from intended ones.",
        ru="Известен только живой запрос: пустые и пропавшие значения не отличить от задуманных.",
    ),
    why=Text(
        en="Which parameters should have carried a value is written in the template alone.",
        ru="Какие параметры должны нести значение, написано только в шаблоне.",
    ),
    fix=Text(
        en="Copy the saved postback template from the sender's settings and run this step again.",
        ru="Скопируйте сохранённый шаблон постбека из настроек отправителя и повторите шаг.",
    ),
)
SENT_UNREADABLE = Rule(
    code="live-request-unreadable",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The live request is not one readable request: {start}",
        ru="Живой запрос не читается как один запрос: {start}",
    ),
    why=Text(
        en="Only the words in it could be looked at; nothing was compared with the template.",
        ru="Просмотреть удалось только сам текст; с шаблоном ничего не сравнивалось.",
    ),
    fix=Text(
        en="Leave exactly one sent postback in the field: a full URL on one line, a curl command or a raw "
        "HTTP request.",
        ru="Оставьте в поле ровно один отправленный постбек: полный URL одной строкой, команду curl или сырой "
        "HTTP-запрос.",
    ),
)


#: Senders add sub-IDs, tokens and cache busters of their own; one of these more is another matter.
_MATTERS = ("click_id", "transaction_id", "payout", "currency", "status")


def check(case: Case) -> Iterator[Finding]:
    """One of the two alone is a note; both together are compared parameter by parameter."""
    template, sent = case.facts.template, case.facts.sent_request
    if sent and live_request(case) is None:
        yield SENT_UNREADABLE("sent_request", start=sent.strip()[:80])
    elif template and sent:
        yield from _compare(case)
    elif template:
        yield TEMPLATE_ONLY("template")
    elif sent:
        yield REQUEST_ONLY("sent_request")


def _compare(case: Case) -> Iterator[Finding]:
    found = pairs(case)
    changes = _changes(case)
    former = changes and _from_previous(case)
    if former:
        yield _whole(changes)
    else:
        yield from (_drift(item, case) for item in changes)
    yield from (
        _missing(pair, case) for pair in found if pair.sent is None and pair.template.place in ("path", "header")
    )
    if found and all(_filled(pair) for pair in found) and not any(value.macros() for value in sent_values(case)):
        yield MACROS_FILLED("sent_request", count=sum(len(pair.macros) for pair in found))


def _changes(case: Case) -> tuple[Aligned, ...]:
    """Parameters that differ by more than their filled macros; a raw mark in a value explains what it cuts off."""
    cut = any(True for _ in value_not_encoded.check(case))
    told = ("renamed", "changed") if cut else ("renamed", "changed", "missing", "extra")
    return tuple(item for item in aligned(case) if item.how in told and not _is_note(item))


def _is_note(item: Aligned) -> bool:
    """A placeholder has a check of its own, and an empty fixed parameter says nothing when it is left out."""
    value = item.template
    return value is not None and not value.macros() and (not value.text or is_placeholder(value.decoded, value.name))


def _from_previous(case: Case) -> bool:
    """Whether the request was made from the previous template, as far as its parameters tell."""
    if not case.facts.previous_template:
        return False
    older = case.learn({"template": case.facts.previous_template}, "typed")
    return all(item.how not in ("renamed", "changed", "missing", "extra") for item in aligned(older))


def _whole(changes: tuple[Aligned, ...]) -> Finding:
    """All differences at once: the request came from the version before."""
    return TEMPLATE_VERSION_DRIFT(
        f"sent_request: {changes[0].name}",
        confidence=Confidence.CERTAIN,
        param=", ".join(item.name for item in changes),
        macro=", ".join(_text(item.template) for item in changes),
        meant=", ".join(_text(item.template) for item in changes),
        left=", ".join(_sent(item) for item in changes),
        version="previous_template",
    )


def _drift(item: Aligned, case: Case) -> Finding:
    """A log line shows neither headers nor body: what is missing there may have been sent all the same."""
    request = live_request(case)
    hidden = request is None or (request.method not in ("GET", "HEAD") and not (request.body or case.facts.body))
    sure = not (item.how == "missing" and (hidden or (item.template and item.template.place != "query")))
    value = item.template
    harmless = item.how == "extra" and meaning_of(item.sent.name if item.sent else "") not in _MATTERS
    lost = value is not None and item.how in ("missing", "renamed") and _carries_click_id(value)
    return TEMPLATE_VERSION_DRIFT(
        f"sent_request: {item.sent.param if item.sent else item.name}",
        level=Level.INFO if harmless else Level.BAD if sure and lost else Level.WARN,
        confidence=Confidence.LIKELY if sure and not harmless else Confidence.HINT,
        param=item.name,
        macro=_text(value),
        meant=_text(value),
        left=_sent(item),
        version="template",
        start=item.sent.start if item.sent else -1,
        end=item.sent.end if item.sent else -1,
    )


def _carries_click_id(value: Value) -> bool:
    return bool(value.macros()) and fact_of(Pair(value, value.macros(), None)) == "click_id"


def _text(value: Value | None) -> str:
    return (value.text or '""') if value else "—"


def _sent(item: Aligned) -> str:
    if item.sent is None:
        return "—"
    return f"{item.sent.name}={item.sent.text}" if item.how == "renamed" else _text(item.sent)


def _missing(pair: Pair, case: Case) -> Finding:
    return _drift(Aligned("missing", pair.template, None), case)


def _filled(pair: Pair) -> bool:
    if pair.sent is None or pair.emptied:
        return False
    return not is_placeholder(pair.sent.decoded, pair.sent.name)


_TEMPLATE = "https://trk.example/postback?cid={clickid}&payout={payout}"
EXAMPLES = {
    MACROS_FILLED: example(template=_TEMPLATE, sent_request="https://trk.example/postback?cid=c1f7&payout=12.50"),
    TEMPLATE_VERSION_DRIFT: example(template=_TEMPLATE, sent_request="https://trk.example/postback?cid=c1f7"),
    TEMPLATE_ONLY: example(template=_TEMPLATE),
    SENT_UNREADABLE: example(template=_TEMPLATE, sent_request="the network says it was sent"),
    REQUEST_ONLY: example(sent_request="https://trk.example/postback?cid=c1f7&payout=12.50"),
}
