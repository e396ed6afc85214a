"""Which request a case asks for: as it was pasted, or the template filled with what the case knows."""

from collections.abc import Mapping
from dataclasses import replace

from postback_wizard.domain.exact import ExactRequest, Headers, RequestProblem, filled
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.macros import fill, find_macros
from postback_wizard.domain.request import read_request
from postback_wizard.domain.template import meaning_of, read_values
from postback_wizard.domain.text import Text

FROM_TEMPLATE = Text(
    en="No request was pasted: this is the template, filled with {names}.",
    ru="Запрос не вставлен: это шаблон, в который подставлены {names}.",
)
UNFILLED = Text(
    en="No request was pasted, and the case has no value for {at} of the template.",
    ru="Запрос не вставлен, а для {at} из шаблона в случае нет значения.",
)


def asked(facts: Facts) -> ExactRequest | RequestProblem | None:
    """The request as pasted, or the template filled with ``macro_values``; None where there is neither."""
    if facts.sent_request:
        return read_request(facts.sent_request, facts.template)
    return filled_template(facts, facts.macro_values) if facts.template and facts.macro_values else None


def filled_template(facts: Facts, values: Mapping[str, str]) -> ExactRequest | RequestProblem:
    """The template with macros replaced by values; a problem where a macro of it has none."""
    left = [macro.written for macro in find_macros(fill(facts.template, dict.fromkeys(values, "")))]
    if left:
        at = ", ".join(dict.fromkeys(left))
        return RequestProblem(UNFILLED, {"at": at}, at)
    found = read_request(fill(facts.template, values))
    if isinstance(found, RequestProblem):
        return found
    names = ", ".join(f"{name} = {value}" for name, value in values.items())
    return replace(found, notes=(filled(FROM_TEMPLATE, names=names), *found.notes))


def known_values(facts: Facts) -> Mapping[str, str]:
    """What the case knows for the macros of its template, by macro name: given values first, then its facts."""
    found: dict[str, str] = {}
    for value in read_values(facts.template):
        for macro in value.macros():
            fact = meaning_of(macro.name) or meaning_of(value.name)
            known = facts.macro_values.get(macro.name) or (facts.get(fact) if fact else "")
            if known:
                found[macro.name] = known
    return {**facts.macro_values, **found}


def values_to_fill(facts: Facts) -> Mapping[str, str]:
    """What the template can be filled with by the facts alone; empty with a request pasted, or a macro left over."""
    if facts.sent_request or not facts.template:
        return {}
    values = known_values(facts.with_values({"macro_values": {}}))
    return values if isinstance(filled_template(facts, values), ExactRequest) else {}


def edited(request: ExactRequest, facts: Facts) -> ExactRequest:
    """The request with the method, body and headers that were given besides it."""
    bare = request.method == "GET" and not request.body and not request.headers
    method = facts.method or ("POST" if facts.body and bare else request.method)
    headers = _overridden(request.headers, facts.headers)
    return replace(request, method=method.strip(), body=facts.body or request.body, headers=headers)


def _overridden(headers: Headers, given: Mapping[str, str]) -> Headers:
    replaced = {name.lower() for name in given}
    kept = tuple((name, value) for name, value in headers if name.lower() not in replaced)
    return (*kept, *given.items())
