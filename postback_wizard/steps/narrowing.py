"""Which harmless requests tell a blocked sender from a broken endpoint, the cheapest first."""

from collections.abc import Sequence

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.exact import ExactRequest, Headers
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.narrowed import LookCode, is_puzzling, is_turned_away
from postback_wizard.domain.probe import LOOK, DnsEvidence, Effect, Evidence, HttpEvidence, HttpProbe
from postback_wizard.domain.step import Settings
from postback_wizard.domain.url import split_url
from postback_wizard.domain.variants import DESKTOP


def looks_beside(
    case: Case, evidence: Sequence[Evidence], request: ExactRequest, settings: Settings
) -> tuple[HttpProbe, ...]:
    """The next harmless requests, none once they have told all they can.

    First the root of the host, asked as the callback asks; then, only if that was turned away, as a browser; the
    options of the callback's path without its query, if it was not; and past the proxy where the case names one. None
    carries an identifier, a body or a secret.
    """
    nameless = not case.facts.proxy and any(_has_no_address(item) for item in evidence)
    if nameless or not _may_ask(request.url):
        return ()
    if not is_puzzling(case.merge(StepRecord("replay", case.facts, "", Verdict.NOT_CHECKED, evidence=tuple(evidence)))):
        return ()
    made = {item.name: item for item in evidence if isinstance(item, HttpEvidence) and item.is_look}
    root = made.get(f"{LOOK}root")
    agent: Headers = tuple(item for item in request.headers if item[0].lower() == "user-agent")
    start = split_url(request.url).origin + "/"
    first = _probe("root", "GET", start, agent, settings)
    if root is None:
        return (first,)
    wanted = [_probe("direct", "GET", start, agent, settings)] if case.facts.proxy else []
    if is_turned_away(root):
        wanted.append(_probe("agent", "GET", start, (("User-Agent", DESKTOP),), settings))
    else:
        path = split_url(request.url).path or "/"
        wanted.append(_probe("options", "OPTIONS", start.removesuffix("/") + path, agent, settings))
    return tuple(probe for probe in wanted if probe.name not in made)


def _may_ask(url: str) -> bool:
    taken = split_url(url)
    return taken.is_web and bool(taken.host) and not taken.userinfo and not find_macros(taken.host)


def _has_no_address(item: Evidence) -> bool:
    return isinstance(item, DnsEvidence) and not item.addresses and item.outcome[:1] != ("NOT_RECORDED",)


def _probe(code: LookCode, method: str, url: str, headers: Headers, settings: Settings) -> HttpProbe:
    deadline_s = settings.limits.deadline_s
    direct = code == "direct"
    return HttpProbe(LOOK + code, method, url, headers, effect=Effect.LOOK, deadline_s=deadline_s, direct=direct)
