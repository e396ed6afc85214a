"""``explain``: a finding in words: what it means, why it matters, who mends it and how, with its example."""

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import fields
from textwrap import fill

from postback_wizard.checks import FOLDERS, examples, findings_of, folder_of, rules
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.parsing import nearest
from postback_wizard.commands.plain import emit
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding, Rule
from postback_wizard.domain.probe import DnsEvidence, Evidence, HarEvidence, HttpEvidence, LogEvidence, TlsEvidence
from postback_wizard.domain.text import Text, placeholders
from postback_wizard.domain.visible import visible
from postback_wizard.steps.words import CONFIDENCES, LEVELS, OWNERS, place

UNKNOWN = Text(
    en='There is no finding "{code}"; without a code, explain lists all.',
    ru="Вывода «{code}» нет; explain без кода покажет все.",
)
UNKNOWN_NEAR = Text(
    en='There is no finding "{code}"; did you mean {near}?', ru="Вывода «{code}» нет; возможно, имелся в виду {near}?"
)
LAYERS = {
    "click": Text(en="1. Click", ru="1. Клик"),
    "event": Text(en="2. Event", ru="2. Событие"),
    "callback": Text(en="3. Callback and its answer", ru="3. Постбек и ответ на него"),
    "template": Text(en="4. Template", ru="4. Шаблон"),
    "upload": Text(en="5. Uploads to ad platforms", ru="5. Выгрузки в рекламные платформы"),
    "": Text(en="The program itself", ru="Сама программа"),
}
KIND = Text(en="{level}; {confidence}", ru="{level}; {confidence}")
WHY = Text(en="Why it matters", ru="Почему это важно")
FIX = Text(en="What to do", ru="Что сделать")
OWNER = Text(en="Who mends it", ru="Кто исправляет")
SETTLE = Text(en="What would make it certain", ru="Что даст уверенность")
EXAMPLE = Text(en="Example", ru="Пример")
SAID = Text(en="What is said about it", ru="Что об этом будет сказано")
SOURCES = Text(en="Sources", ru="Источники")
WIDTH = 100


def run(options: Namespace, lang: str) -> int:
    """Explain one code, or list them all."""
    code = options.code
    if not code:
        emit("\n".join(_overview(lang)))
        return 0
    rule = rules().get(code)
    if rule is None:
        near = nearest(code, list(rules()))
        raise Misuse(UNKNOWN_NEAR, code=code, near=near) if near else Misuse(UNKNOWN, code=code)
    emit("\n".join(explanation(rule, lang)))
    return 0


def _overview(lang: str) -> Iterator[str]:
    width = max(map(len, rules()))
    for folder in (*FOLDERS, ""):
        codes = [code for code in rules() if folder_of(code) == folder]
        if codes:
            yield from ("", LAYERS[folder].say(lang)) if folder != FOLDERS[0] else (LAYERS[folder].say(lang),)
        for code in codes:
            yield f"  {code:{width}}  {rules()[code].title.say(lang, _blanks(rules()[code].title))}"


def _blanks(text: Text) -> Mapping[str, str]:
    return {name: f"‹{name}›" for name in placeholders(text.en)}


def explanation(rule: Rule, lang: str) -> Iterator[str]:
    """Everything known about a rule, with the values of its example in place."""
    shown = examples().get(rule.code)
    finding = _raised(rule, shown.case) if shown else None
    yield rule.code
    yield from _say(rule.title, finding, lang, "")
    level, confidence = LEVELS[rule.level], CONFIDENCES[rule.confidence]
    yield KIND.say(lang, level=level, confidence=confidence)
    for heading, text in ((WHY, rule.why), (FIX, rule.fix), (OWNER, OWNERS[rule.owner]), (SETTLE, rule.settle)):
        if text is not None:
            yield from ("", heading.say(lang))
            yield from _say(text, finding, lang)
    if shown and finding:
        yield from ("", EXAMPLE.say(lang))
        yield from _facts(shown.case.facts)
        yield from _heard(shown.case)
        yield from ("", SAID.say(lang))
        yield from _say(rule.title, finding, lang)
        yield from [f"  {place(finding.where, lang)}"] if finding.where else []
    if rule.sources:
        yield from ("", SOURCES.say(lang), *(f"  {source}" for source in rule.sources))


def _raised(rule: Rule, case: Case) -> Finding | None:
    return next((item for item in findings_of(folder_of(rule.code), case) if item.code == rule.code), None)


def _say(text: Text, finding: Finding | None, lang: str, indent: str = "  ") -> list[str]:
    said = visible(text.say(lang, finding.values if finding else _blanks(text)))
    lines = fill(
        said, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return lines.split("\n")


def _facts(facts: Facts) -> Iterator[str]:
    for item in fields(facts):
        value = getattr(facts, item.name)
        if value:
            text = value if isinstance(value, str) else json.dumps(_plain(value), ensure_ascii=False)
            yield f"  {item.name} = {visible(text)}"


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value


def _heard(case: Case) -> Iterator[str]:
    for record in case.done():
        for evidence in record.evidence:
            for line in _evidence(evidence):
                yield f"  {visible(line)}"


def _evidence(evidence: Evidence) -> Iterator[str]:
    outcome = ", ".join(evidence.outcome)
    match evidence:
        case HttpEvidence(request=request, answer=answer):
            yield f"{request.method} {request.url} → {answer.status if answer else '—'} ({outcome})"
            if answer and answer.body:
                yield f"  {answer.body[:200]}"
        case DnsEvidence(host=host, addresses=addresses):
            yield f"DNS {host} → {', '.join(addresses) or '—'} ({outcome})"
        case TlsEvidence(host=host, port=port):
            yield f"TLS {host}:{port} → {outcome}"
        case HarEvidence(hops=hops):
            for hop in hops:
                yield from _evidence(hop)
        case LogEvidence(files=files, rows_of_click=rows):
            for file in files:
                yield f"{file.role}: {file.path} ({file.problem or file.rows})"
            for row in rows:
                yield f"{row.role} {row.row}: {json.dumps(dict(row.values), ensure_ascii=False)}"
