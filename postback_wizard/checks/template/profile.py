"""Does the template give the receiver what it documents: required parameters, status words, IDs of its own?"""

import re
from collections.abc import Iterator

from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read, squashed
from postback_wizard.checks import example
from postback_wizard.checks.template import Part, param_name_mismatch, parts, receiver_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import find_macros, is_placeholder
from postback_wizard.domain.private_names import kind_of
from postback_wizard.domain.template import Value, meaning_of, read_template
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

_SETTLE = Text(
    en="The receiver's own description of its postback URL.", ru="Описание URL постбека у самого получателя."
)
TEMPLATE_LACKS_REQUIRED = Rule(
    code="template-lacks-required",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{receiver} requires {param}, and the template does not send it.",
        ru="{receiver} требует {param}, а шаблон его не передаёт.",
    ),
    why=Text(
        en="By its documentation {receiver} cannot take a postback without {param}.",
        ru="По документации {receiver} не принимает постбек без {param}.",
    ),
    fix=Text(
        en="Add {param} with the macro or the value it stands for, as the settings of {receiver} show it.",
        ru="Добавьте {param} с нужным макросом или значением, как показано в настройках {receiver}.",
    ),
    settle=_SETTLE,
)
STATUS_WORD_UNKNOWN = Rule(
    code="template-status-word",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.SENDER,
    title=Text(
        en="{param} says {sent}, which is not among the status words of {receiver}: {accepted}.",
        ru="В {param} указано {sent}, а среди статусов {receiver} такого нет: {accepted}.",
    ),
    why=Text(
        en="A status the receiver does not know is often ignored, or counted as a conversion that is never paid.",
        ru="Незнакомый статус получатель часто пропускает или засчитывает как неоплачиваемую конверсию.",
    ),
    fix=Text(
        en="Map the sender's statuses to those words, or add the word in the settings of {receiver}.",
        ru="Сопоставьте статусы отправителя с этими словами или добавьте слово в настройках {receiver}.",
    ),
    settle=_SETTLE,
)
TEMPLATE_ID_STATIC = Rule(
    code="template-id-static",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{param} is always {sent}: a fixed value stands where every conversion has its own.",
        ru="В {param} всегда {sent}: постоянное значение там, где у каждой конверсии своё.",
    ),
    why=Text(
        en="It was probably left from a test. All conversions go to one click, or count as repeats of one.",
        ru="Скорее всего, осталось от теста. Все конверсии попадут на один клик или сочтутся повторами.",
    ),
    fix=Text(
        en="Put the sender's macro for this value in {param}.",
        ru="Поставьте в {param} макрос отправителя для этого значения.",
    ),
    settle=Text(en="Two live requests of different conversions.", ru="Два живых запроса разных конверсий."),
)
TEMPLATE_SECRET = Rule(
    code="template-secret-inside",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="The template holds something like a secret in {param} ({masked}).",
        ru="В шаблоне, похоже, есть секрет: {param} ({masked}).",
    ),
    why=Text(
        en="Whoever sees the template can send conversions in your name. Reports of this program mask it.",
        ru="Кто видит шаблон, может слать конверсии от вашего имени. В отчётах программа его скрывает.",
    ),
    fix=Text(
        en="Send the template to nobody with that value in it, and have it changed where it was shown.",
        ru="Не пересылайте шаблон с этим значением; если его уже показали, замените.",
    ),
)

_TEST = re.compile(
    r"(?:test|demo|example|sample|xxx+|abc+|foo|bar|qwerty|asdf|0+|1+|1234?5?6?7?8?9?0?)[\w\-]{0,6}", re.IGNORECASE
)
#: A value with one of these was meant as a macro.
_MARKS = re.compile(r"[{}\[\]<>#$]")
_SECRET_KINDS = ("token", "signature", "secret", "password")
_SECRET = re.compile(r"(?=.*\d)[\w\-.~+/=%]{12,}")
_KEPT = 2
#: What a status word the receiver does not know would look like from outside.
_COMPLAINTS = ("accepted-not-counted", "amount-differs")


def check(case: Case) -> Iterator[Finding]:
    """What the template itself shows; status words also in the live request."""
    found = parts(case, "template")
    receiver = receiver_of(case)
    if found and receiver:
        yield from _required(case, found, receiver)
    if receiver and receiver.status_values.value and "status" in meanings_read(receiver).values():
        yield from _statuses((*parts(case, "sent_request"), *found), receiver, _complains(case))
    yield from _static(found)
    yield from (_secret(part) for part in found if _is_secret(part))


def _required(case: Case, found: tuple[Part, ...], receiver: Platform) -> Iterator[Finding]:
    names = {squashed(part.value.name) for part in found}
    told = {finding.values["wanted"] for finding in param_name_mismatch.check(case)}
    for name in receiver.accepts.required_params.value:
        if squashed(name) not in names and name not in told:
            level = None if _is_address_of(receiver, case.facts.template) else Level.INFO
            yield TEMPLATE_LACKS_REQUIRED("template", level=level, param=name, receiver=receiver.name)


def _is_address_of(receiver: Platform, template: str) -> bool:
    """Whether a template goes to the documented path, and for a bare path to the documented host as well.

    Elsewhere somebody's own server may add what is missing.
    """
    documented = receiver.accepts.url_template
    request = read_template(template)
    if documented is None or request is None:
        return False
    its, ours = split_url(documented.value), split_url(request.url)
    same_path = _looks_like(its.path, ours.path)
    return same_path and (bool(its.path.strip("/")) or _looks_like(its.host, ours.host))


def _looks_like(documented: str, text: str) -> bool:
    """Whether a text is the documented one, with anything in place of its macros."""
    pattern, done = "", 0
    for macro in find_macros(documented):
        pattern += re.escape(documented[done : macro.start]) + ".+"
        done = macro.end
    return re.fullmatch(pattern + re.escape(documented[done:]), text, re.IGNORECASE) is not None


def _complains(case: Case) -> bool:
    """Whether the conversion is said or seen to be missing where the status was sent."""
    seen = (finding.code for record in case.done() for finding in record.findings)
    return case.facts.symptom in _COMPLAINTS or "accepted-not-counted" in seen


def _statuses(found: tuple[Part, ...], receiver: Platform, complains: bool) -> Iterator[Finding]:
    """Receivers let people map words of their own: only a complaint that fits makes a warning of it."""
    accepted = {word.casefold() for item in receiver.status_values.value for word in item.split("=")}
    for part in found:
        text = part.value.decoded.strip()
        if part.meaning == "status" and part.is_real and text.casefold() not in accepted:
            yield STATUS_WORD_UNKNOWN(
                f"{part.where}: {part.value.param}",
                level=Level.WARN if complains else None,
                param=part.value.param,
                sent=text,
                receiver=receiver.name,
                accepted=", ".join(receiver.status_values.value),
                start=part.value.start,
                end=part.value.end,
            )
            return


def _static(found: tuple[Part, ...]) -> Iterator[Finding]:
    """A constant ID; where another parameter carries that kind of ID, only one that looks made up for a test."""
    for part in found:
        meaning = meaning_of(part.value.name)
        if meaning not in ("click_id", "transaction_id") or not part.is_real or _MARKS.search(part.value.text):
            continue
        if any(other.meaning == meaning and _is_filled(other.value) for other in found):
            continue
        if meaning == "click_id" or _TEST.fullmatch(part.value.decoded):
            yield TEMPLATE_ID_STATIC(
                f"template: {part.value.param}",
                level=Level.BAD if meaning == "click_id" else None,
                param=part.value.param,
                sent=part.value.decoded,
                start=part.value.start,
                end=part.value.end,
            )


def _is_filled(value: Value) -> bool:
    return bool(value.macros()) or is_placeholder(value.decoded, value.name)


def _is_secret(part: Part) -> bool:
    text = part.value.text
    return kind_of(part.value.name) in _SECRET_KINDS and part.is_real and bool(_SECRET.fullmatch(text))


def _secret(part: Part) -> Finding:
    masked = f"{part.value.text[:_KEPT]}…"
    value = part.value
    return TEMPLATE_SECRET(
        f"template: {value.param}", param=value.param, masked=masked, start=value.start, end=value.end
    )


_BASE = "https://trk.example/postback"
EXAMPLES = {
    TEMPLATE_LACKS_REQUIRED: example(
        template="https://net.scaletrk.com/track/conv?click_id={click_id}", receiver="scaleo"
    ),
    STATUS_WORD_UNKNOWN: example(sent_request=f"{_BASE}?subid=w7k2m9x4q1&status=done", receiver="keitaro"),
    TEMPLATE_ID_STATIC: example(template=f"{_BASE}?cid=test123&payout={{payout}}"),
    TEMPLATE_SECRET: example(template=f"{_BASE}?cid={{clickid}}&token=k3v9x7q2m4w8z6t1"),
}
