"""What do the harmless requests beside the callback tell: blocked, wrong address, or broken?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.callback import http_method_mismatch, network_firewall_block
from postback_wizard.checks.samples import looked, replayed, unanswered
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.narrowed import Narrowed, narrowed
from postback_wizard.domain.text import Text

USER_AGENT_BLOCKED = Rule(
    code="user-agent-blocked",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} turns away programs and lets browsers in: {seen} for {agent}, {beside} for a browser, both from "
        "{place}.",
        ru="{host} отказывает программам и пускает браузеры: {seen} для {agent}, {beside} для браузера, оба запроса "
        "из {place}.",
    ),
    why=Text(
        en="Postbacks come from servers, whose User-Agent names a program. Whether the sender's own one is turned away "
        "is not proven by ours.",
        ru="Постбеки приходят с серверов, и их User-Agent называет программу. Отказывают ли именно отправителю, по "
        "нашему запросу не доказать.",
    ),
    fix=Text(
        en="Ask the owner of {host} to let the postback path through for any User-Agent, or at least the sender's.",
        ru="Попросите владельца {host} пропускать путь постбека с любым User-Agent или хотя бы с тем, что у "
        "отправителя.",
    ),
    settle=Text(
        en="The status in the sender's log, or the same request with the sender's User-Agent.",
        ru="Статус в логе отправителя или тот же запрос с User-Agent отправителя.",
    ),
    sources=("https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5",),
)

ENDPOINT_HOST_ANSWERS = Rule(
    code="endpoint-host-answers",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} is up and lets us in: its root answers {seen} to a request from {place}, so it is this path or this "
        "request that meets {trouble}.",
        ru="{host} работает и пускает нас: корень отвечает {seen} на запрос из {place}, значит {trouble} получает "
        "именно этот путь или этот запрос.",
    ),
    why=Text(
        en="A block by address or User-Agent would have met the root as well. What another sender meets is not shown.",
        ru="Блокировка по адресу или User-Agent коснулась бы и корня. Что встречает другой отправитель, "
        "этим не показано.",
    ),
    fix=Text(
        en="Compare path, parameters and token with the partner's documentation, and ask the owner of {host} what its "
        "log says about this request.",
        ru="Сверьте путь, параметры и ключ с документацией партнёра и узнайте у владельца {host}, что об этом запросе "
        "записано в логе.",
    ),
)

ENDPOINT_WRONG_HOST = Rule(
    code="endpoint-wrong-host",
    level=Level.WARN,
    confidence=Confidence.HINT,
    owner=Owner.SENDER,
    title=Text(
        en="{host} may be the wrong host: its root answers {seen} too (asked from {place}).",
        ru="Возможно, {host} не тот хост: его корень тоже отвечает {seen} (запрос из {place}).",
    ),
    why=Text(
        en="A server answers there, but nothing seems to live under this name: a host that was given up, a "
        "wildcard name, or a typo.",
        ru="Сервер отвечает, но под этим именем, похоже, ничего нет: заброшенный хост, имя по маске или опечатка.",
    ),
    fix=Text(
        en="Compare the host letter by letter with the postback URL in the partner's account or documentation.",
        ru="Сверьте хост по буквам с постбек-URL в кабинете или документации партнёра.",
    ),
    settle=Text(en="The partner: is {host} its postback host?", ru="Партнёр: принимает ли он постбеки на {host}?"),
    sources=("https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20",),
)

ENDPOINT_CLOSED_TO_US = Rule(
    code="endpoint-closed-to-us",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} lets nothing in from {place}: even its root gives {seen}, to a browser too.",
        ru="{host} ничего не пускает из {place}: даже корень отвечает {seen}, и браузеру тоже.",
    ),
    why=Text(
        en="That looks like a block by address. It is a block of the place we ask from and proves nothing about the "
        "partner's sender.",
        ru="Похоже на блокировку по адресу. Это блокировка места, откуда спрашиваем мы; об отправителе партнёра она "
        "ничего не доказывает.",
    ),
    fix=Text(
        en="Ask from the sender's network: name a proxy there in the case, or take the status from the sender's log.",
        ru="Спросите из сети отправителя: укажите в данных случая прокси оттуда или возьмите статус из лога "
        "отправителя.",
    ),
)

ENDPOINT_SILENT = Rule(
    code="endpoint-silent",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} answers nothing at all from {place}, not even at its root ({seen}): it is down, or closed to this "
        "place.",
        ru="{host} вообще не отвечает на запросы из {place}, даже в корне ({seen}): он не работает или закрыт для "
        "этого места.",
    ),
    why=Text(
        en="From one place these two look the same.",
        ru="Из одного места эти два случая неразличимы.",
    ),
    fix=Text(
        en="Ask the owner of {host} whether it is up; then ask again from another network, through a proxy named in "
        "the case.",
        ru="Узнайте у владельца {host}, работает ли он; потом спросите ещё раз из другой сети через прокси, указанный "
        "в данных случая.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """What was told apart, each with the place the request left from."""
    for found in narrowed(case):
        yield _finding(case, found)


def _finding(case: Case, found: Narrowed) -> Finding:
    seen, beside, host = found.seen, found.beside, found.seen.host or "—"
    where, place = seen.where, seen.place
    match found.cause:
        case "address":
            sign = f"GET / {seen.result} ({place}) ≠ {beside.result} ({beside.place})"
            # the proxy stands for the sender's side, this machine for nobody but itself
            level = Level.INFO if seen.code == "direct" else Level.WARN
            return network_firewall_block.NETWORK_FIREWALL_BLOCK(
                where, level=level, confidence=Confidence.LIKELY, host=host, sign=sign
            )
        case "agent":
            agent = seen.agent or "—"
            return USER_AGENT_BLOCKED(
                where, host=host, seen=seen.result, agent=agent, beside=beside.result, place=place
            )
        case "method":
            method, status = _answered(case)
            return http_method_mismatch.HTTP_METHOD_MISMATCH(
                where, confidence=Confidence.LIKELY, host=host, method=method, status=status, allow=seen.allow
            )
        case "host":
            certain = Confidence.LIKELY if seen.status == 421 else Confidence.HINT
            return ENDPOINT_WRONG_HOST(where, confidence=certain, host=host, seen=seen.result, place=place)
        case "request":
            return ENDPOINT_HOST_ANSWERS(where, host=host, seen=seen.result, place=place, trouble=_trouble(case))
        case "place":
            return ENDPOINT_CLOSED_TO_US(where, host=host, seen=seen.result, place=place)
        case "silent":
            return ENDPOINT_SILENT(where, host=host, seen=seen.result, place=place)


def _answered(case: Case) -> tuple[str, int]:
    """The callback's method and the status it met."""
    answer = next(iter(heard(case)))
    return answer.method or "HTTP", answer.status


def _trouble(case: Case) -> str:
    """What the callback met, in one word."""
    answer = next(iter(heard(case)), None)
    sent = case.replayed()
    if answer is not None:
        return str(answer.status)
    return sent.outcome[0] if sent and sent.outcome else "—"


_REQUEST = "https://track.example/postback?cid=w7k2m9x4q1"

EXAMPLES = {
    USER_AGENT_BLOCKED: example(
        replayed(403, '{"error": "no"}'), looked("root", 403), looked("agent", 200), sent_request=_REQUEST
    ),
    ENDPOINT_HOST_ANSWERS: example(unanswered("NO_ANSWER", "sent"), looked("root", 200), sent_request=_REQUEST),
    ENDPOINT_WRONG_HOST: example(replayed(404), looked("root", 404), sent_request=_REQUEST),
    ENDPOINT_CLOSED_TO_US: example(
        replayed(403, '{"error": "no"}'), looked("root", 403), looked("agent", 403), sent_request=_REQUEST
    ),
    ENDPOINT_SILENT: example(unanswered("RESET", "sent"), looked("root"), looked("agent"), sent_request=_REQUEST),
}
