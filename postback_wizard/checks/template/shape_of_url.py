"""Is the saved template a URL at all, and put together so that its parameters can be read?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.template import receiver_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.hosts import bad_character, canonical_host, host_place, is_port
from postback_wizard.domain.macros import find_macros, masked
from postback_wizard.domain.oddities import oddities
from postback_wizard.domain.structure import Fault, faults, params_of
from postback_wizard.domain.template import read_template
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import Param, split_url

_SOURCES = ("https://www.rfc-editor.org/rfc/rfc3986#section-3",)
TEMPLATE_NOT_A_URL = Rule(
    code="template-not-a-url",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(en="Not a URL: {shown} cannot be a host.", ru="Это не URL: {shown} не может быть хостом."),
    why=Text(
        en="After the scheme comes the name or the address of a machine: letters, digits, dots and hyphens, then "
        "a port up to 65535. From this text no sender finds out where to send.",
        ru="После схемы идёт имя или адрес машины: буквы, цифры, точки и дефисы, затем порт не больше 65535. По такому "
        "тексту отправитель не узнает, куда слать.",
    ),
    fix=Text(
        en="Copy the address again from the receiver's settings, and save it.",
        ru="Скопируйте адрес заново из настроек получателя и сохраните.",
    ),
    sources=("https://url.spec.whatwg.org/#host-parsing",),
)
TEMPLATE_SCHEME = Rule(
    code="template-scheme",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="The template begins with {shown} instead of {meant}.", ru="Шаблон начинается с {shown}, а не с {meant}."
    ),
    why=Text(
        en="Some senders refuse an address without a scheme or guess one; on http a receiver that wants https "
        "redirects, and many senders do not follow.",
        ru="Без схемы одни отправители отказывают, другие угадывают её; с http получатель, которому нужен https, "
        "отвечает редиректом, а многие отправители по нему не идут.",
    ),
    fix=Text(en="Begin the template with {meant}.", ru="Начните шаблон с {meant}."),
    settle=Text(en="The scheme of one request that left.", ru="Схема в одном ушедшем запросе."),
    sources=_SOURCES,
)
TEMPLATE_STRUCTURE_BROKEN = Rule(
    code="template-structure-broken",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="The template is put together so that {param} cannot be read as meant: {shown}.",
        ru="Шаблон собран так, что {param} не прочитать как задумано: {shown}.",
    ),
    why=Text(
        en="A URL has one ?, then name=value pairs joined by &. A second ? or &amp; glues a parameter to its "
        "neighbour, a raw space ends the address, and what follows # is never sent.",
        ru="В URL один знак ?, за ним пары имя=значение через &. Второй ? или &amp; приклеивает параметр к соседнему, "
        "сырой пробел обрывает адрес, а всё после # не отправляется.",
    ),
    fix=Text(
        en="Write {meant} in place of {shown}, save it and send one test conversion.",
        ru="Вместо {shown} напишите {meant}, сохраните и отправьте одну тестовую конверсию.",
    ),
    sources=_SOURCES,
)
TEMPLATE_PARAM_TWICE = Rule(
    code="template-param-twice",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="The template has one parameter twice: {shown} and {again}.",
        ru="В шаблоне один параметр стоит дважды: {shown} и {again}.",
    ),
    why=Text(
        en="One receiver takes the first, another the last, a third both as a list; names that differ only by case are "
        "one for some receivers and two for others.",
        ru="Один получатель берёт первый, другой последний, третий оба списком; имена, разные только регистром, для "
        "одних получателей одно имя, для других — два.",
    ),
    fix=Text(
        en="Keep the one whose value is meant, under the name the receiver documents, and delete the other.",
        ru="Оставьте тот, чьё значение нужно, под именем из документации получателя, второй удалите.",
    ),
    sources=_SOURCES,
)

#: One question mark, then pairs: nothing of the structure can be broken there.
_ORDINARY = re.compile(r"https?://[^\s?#&;]+\?[^\s?#&;]+(?:&[^\s?#&;]+)*")
_BREAKS = ("entity", "second-question", "question-missing", "behind-hash")


def check(case: Case) -> Iterator[Finding]:
    """The template only; what the live request differs in is told by their comparison."""
    text = case.facts.template
    request = read_template(text)
    if request is None or text.lstrip()[:1] in ("{", "["):
        return
    at = max(text.find(request.url), 0)
    yield from _host(request.url, at)
    yield from _scheme(case, request.url, at)
    yield from _structure(request.url, at)
    yield from _twice(request.url, at)


def _host(url: str, at: int) -> Iterator[Finding]:
    parts = split_url(masked(url))
    if not parts.scheme or not parts.slashes or find_macros(url[: len(url) - len(parts.target)]):
        return
    begin = len(parts.scheme) + len("://")
    offset, host, port = host_place(parts.authority)
    start = begin + offset
    odd = any(start <= item.start < start + len(host) for item in oddities(url))
    if canonical_host(host) is None and not odd:
        wrong = start + bad_character(host)
        end = max(start + len(host), wrong + 1)
        yield TEMPLATE_NOT_A_URL("template", shown=host or "—", start=at + wrong, end=at + end)
    elif not is_port(port):
        first = start + len(host)
        yield TEMPLATE_NOT_A_URL("template", shown=host + port, start=at + first, end=at + first + len(port))


def _scheme(case: Case, url: str, at: int) -> Iterator[Finding]:
    parts = split_url(masked(url))
    receiver = receiver_of(case)
    documented = receiver.accepts.url_template.value if receiver and receiver.accepts.url_template else ""
    if not parts.slashes and "." in parts.path.partition("/")[0] and not find_macros(url[:1]):
        shown = url[: len(url) - len(parts.target)] or url.partition("/")[0]
        yield TEMPLATE_SCHEME("template", shown=shown, meant="https://", start=at, end=at + len(shown))
    elif f"{parts.scheme}s://{parts.host}".lower() == _origin(documented):
        yield TEMPLATE_SCHEME("template", shown="http://", meant="https://", start=at, end=at + len("http://"))


def _origin(documented: str) -> str:
    """Scheme and host of a documented address; empty where there is none."""
    parts = split_url(documented)
    return f"{parts.scheme}://{parts.host}".lower() if parts.host else ""


def _structure(url: str, at: int) -> Iterator[Finding]:
    if _ORDINARY.fullmatch(masked(url)):
        return
    web = url if "://" in url[:12] else f"https://{url}"
    found = [
        fault for fault in faults(web) if fault.kind in _BREAKS or (fault.kind == "space" and _is_space(fault.shown))
    ]
    for fault in found[:1]:
        yield _broken(url, at, fault)
    fragment = split_url(masked(url)).fragment
    if fragment and not found:
        shown = f"#{url[len(url) - len(fragment) :]}"
        lost = Fault("behind-hash", shown, shown, "%23", matters="=" in fragment)
        yield _broken(url, at, lost)


def _is_space(shown: str) -> bool:
    """Whether only spaces stand there: line breaks and characters nobody sees have a check of their own."""
    return not any(character.isspace() and character != " " for character in shown)


def _broken(url: str, at: int, fault: Fault) -> Finding:
    needle = fault.shown.replace("#…", "")
    start = max(url.find(needle), 0)
    return TEMPLATE_STRUCTURE_BROKEN(
        "template",
        level=Level.BAD if fault.matters and fault.kind != "space" else None,
        param=fault.param,
        shown=fault.shown,
        meant=fault.meant,
        kind=fault.kind,
        start=at + start,
        end=at + start + len(needle),
    )


def _twice(url: str, at: int) -> Iterator[Finding]:
    query = split_url(masked(url)).query or ""
    keys = [pair.partition("=")[0].casefold() for pair in query.split("&")]
    if len(set(keys)) == len(keys) and not any("%" in key for key in keys):
        return
    seen: dict[str, Param] = {}
    for param in params_of(url):
        first = seen.setdefault(param.name.casefold(), param)
        if first is not param and not param.name.endswith("]") and (first.key, first.value) != (param.key, param.value):
            yield TEMPLATE_PARAM_TWICE(
                f"template: {param.name}",
                shown=f"{first.key}={first.value}",
                again=f"{param.key}={param.value}",
                start=at + param.start,
                end=at + param.end,
            )
            return


_BASE = "https://trk.example/postback"
EXAMPLES = {
    TEMPLATE_NOT_A_URL: example(template="https://256.1.1.1/postback?cid={clickid}"),
    TEMPLATE_SCHEME: example(template="trk.example/postback?cid={clickid}"),
    TEMPLATE_STRUCTURE_BROKEN: example(template=f"{_BASE}?payout={{payout}}?cid={{clickid}}"),
    TEMPLATE_PARAM_TWICE: example(template=f"{_BASE}?cid={{clickid}}&CID={{sub1}}"),
}
