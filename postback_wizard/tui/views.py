"""What a step heard, as rows for the screen: one line each, and the whole story behind Enter. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import (
    DnsEvidence,
    Evidence,
    HarEvidence,
    HttpEvidence,
    LogEvidence,
    SignEvidence,
    TlsEvidence,
)
from postback_wizard.domain.url import split_url
from postback_wizard.steps.click import hops_of
from postback_wizard.steps.words import HOP, RECORDINGS
from postback_wizard.tui import words
from postback_wizard.tui.hops import HopView, happened, head_of, hop_views, owner_of, summary
from postback_wizard.tui.reconciled import compared_rows
from postback_wizard.tui.rows import Pieces, Row
from postback_wizard.tui.times import times_text


def rows_of(step: StepId, case: Case, heard: Sequence[Evidence], lang: str, original: str = "") -> tuple[Row, ...]:
    """The evidence of a step, line by line; the template step shows the request taken apart instead.

    The replay step shows what was understood of the request too, and what was changed since ``original`` was pasted.
    """
    if step == "template":
        from postback_wizard.tui.anatomy import anatomy_rows  # the macro engine is wanted by this step only

        return tuple(anatomy_rows(case, lang))
    found = _worst(case, step)
    views = hop_views(case, hops_of(heard)) if step == "click" else {}
    rows = (row for evidence in heard for row in _rows(case, evidence, views, lang))
    shown = (*rows, *_variants(case, heard, lang), *(_copies(case, lang) if step == "upload" else ()))
    told = (_weighed(row, found.get(row.where, row.tone)) for row in shown)
    return (*told, *_caught(step, case, lang), *_understood(step, case, lang, original))


def _caught(step: StepId, case: Case, lang: str) -> Iterator[Row]:
    """What senders sent to this machine."""
    if step == "replay" and case.caught:
        from postback_wizard.tui.caught import caught_rows  # wanted where something was caught only

        yield from caught_rows(case, lang)


def _understood(step: StepId, case: Case, lang: str, original: str) -> tuple[Row, ...]:
    """The request of the replay step taken apart, before and after it was sent."""
    if step != "replay" or not case.facts.known("sent_request", "template"):
        return ()
    from postback_wizard.tui.parts import request_rows  # wanted where there is a request only

    return request_rows(case, lang, original)


def _variants(case: Case, heard: Sequence[Evidence], lang: str) -> Iterator[Row]:
    """One line for each variant of the click; its hops are behind Enter."""
    if any(item.kind == "http" and item.variant for item in heard):
        from postback_wizard.tui.variants import variant_rows  # wanted where a click was compared only

        yield from (shown.row for shown in variant_rows(heard, case.facts.click_id, lang)[1:])


def _copies(case: Case, lang: str) -> Iterator[Row]:
    """The browser's event beside the server's, where both were pasted."""
    if case.facts.browser_event:
        from postback_wizard.tui.copies import copy_rows  # wanted where two events are compared only

        yield from (Row(row.tone, row.head, row.text, f"{row.head}\n{row.text}") for row in copy_rows(case, lang))


def _weighed(row: Row, tone: Level) -> Row:
    """The row in its colour; where no fault was found, parameters that are not handed on are no alarm."""
    if tone in (Level.WARN, Level.BAD):
        return replace(row, tone=tone)
    calm: list[Pieces] = [
        tuple((text, None if level is Level.BAD else level) for text, level in pieces)
        for pieces in (row.below, row.summary)
    ]
    return replace(row, tone=tone, below=calm[0], summary=calm[1])


def _worst(case: Case, step: StepId) -> dict[str, Level]:
    """The level of the heaviest fault found at each place."""
    record = case.record(step)
    faults = (item for item in record.findings if item.level in (Level.WARN, Level.BAD)) if record else ()
    levels: dict[str, Level] = {}
    for finding in faults:
        levels.setdefault(finding.where, finding.level)
    return levels


def _rows(case: Case, evidence: Evidence, views: Mapping[tuple[str, int], HopView], lang: str) -> Iterator[Row]:
    match evidence:
        case HttpEvidence() if evidence.variant:
            return
        case HttpEvidence():
            if evidence.is_look:
                yield _look(evidence, lang)
                return
            view = views.get((evidence.name, evidence.hop)) if evidence.hop else None
            yield _hop(view, lang) if view else _exchange(evidence, lang)
        case HarEvidence():
            yield _recording(evidence, lang)
            yield from (_hop(views[hop.name, hop.hop], lang) for hop in evidence.hops if (hop.name, hop.hop) in views)
        case DnsEvidence():
            text = ", ".join(evidence.addresses) or ", ".join(evidence.outcome)
            tone = Level.GOOD if evidence.addresses else Level.BAD
            yield Row(tone, f"DNS {evidence.host}", text, _lines(evidence.outcome, text, evidence.detail))
        case SignEvidence():
            tone = Level.GOOD if evidence.outcome[:1] == ("FITS",) else Level.INFO
            text = evidence.recipe or ", ".join(evidence.outcome)
            detail = _lines(evidence.outcome, evidence.recipe, " ".join(evidence.mistakes), str(evidence.tried))
            yield Row(tone, evidence.param or "—", text, detail, where=evidence.name)
        case TlsEvidence():
            text = " · ".join(part for part in (evidence.protocol, evidence.issuer, *evidence.outcome) if part)
            tone = Level.GOOD if evidence.outcome[:1] == ("OK",) else Level.BAD
            names = ", ".join(evidence.names)
            validity = f"{evidence.not_before} – {evidence.not_after}"
            yield Row(
                tone, f"TLS {evidence.host}", text, _lines(evidence.outcome, text, names, validity, evidence.detail)
            )
        case LogEvidence(name="reconcile") if not evidence.rows_of_click:
            yield from compared_rows(evidence, lang)
        case LogEvidence():
            from postback_wizard.tui.timeline_rows import log_rows  # the words of logs are wanted by one step only

            yield from log_rows(case, evidence, lang)


def _recording(evidence: HarEvidence, lang: str) -> Row:
    """Where the hops below were read, and behind Enter every page of the recording, each with its address."""
    what = RECORDINGS[evidence.form].say(lang)
    pages = [
        line
        for number, page in enumerate(evidence.pages, 1)
        for line in (
            words.RECORDING_PAGE.say(lang, n=number, hops=page.hops, host=split_url(page.final).host),
            f"  {page.url}",
            *([f"  {page.final}"] if page.final != page.url else []),
        )
    ]
    said = words.RECORDING_READ.say(lang, what=what)
    return Row(
        Level.INFO if evidence.hops else Level.WARN,
        evidence.path.replace("\\", "/").rpartition("/")[2] or split_url(evidence.start).host or "—",
        said if evidence.hops else " ".join((*evidence.outcome, evidence.detail)),
        _lines(evidence.outcome, evidence.path, said, evidence.detail, *pages),
    )


def _hop(view: HopView, lang: str) -> Row:
    hop = view.hop
    return Row(
        tone=_tone(hop),
        head=head_of(view),
        text=f"· {owner_of(view, lang)}",
        detail=exchange_text(hop, lang),
        where=f"hop {hop.hop}",
        below=happened(view, lang),
        summary=summary(view, lang),
        host=view.host,
        request=hop.request,
    )


def _tone(hop: HttpEvidence) -> Level:
    if hop.answer is None:
        return Level.BAD
    if hop.has("OK_2XX", "OK_204", "OK_2XX_EMPTY", "OK_2XX_PIXEL", "REDIRECT", "AMBIGUOUS_2XX", "APP_LINK"):
        return Level.GOOD
    return Level.WARN


def _exchange(sent: HttpEvidence, lang: str) -> Row:
    verdicts = sent.verdicts
    text = " · ".join(
        (
            words.TRANSPORT[verdicts.transport].say(lang),
            words.HTTP[verdicts.http].say(lang),
            words.BUSINESS[verdicts.business].say(lang),
        )
    )
    good = verdicts.business == "recorded"
    bad = verdicts.transport == "failed" or verdicts.business == "refused" or verdicts.http not in ("success", "none")
    tone = Level.GOOD if good else Level.BAD if bad else Level.WARN
    status = f"{sent.answer.status} " if sent.answer else ""
    head = f"{sent.request.method} {status}{split_url(sent.request.url).host}"
    return Row(tone, head, text, exchange_text(sent, lang), request=sent.request)


def _look(look: HttpEvidence, lang: str) -> Row:
    from postback_wizard.tui.probing import look_head, look_text  # wanted where a block was to be told apart only

    tone = Level.WARN if look.answer is None or look.answer.status >= 400 else Level.GOOD
    return Row(
        tone, look_head(look, lang), look_text(look, lang), exchange_text(look, lang), look.name, request=look.request
    )


def exchange_text(sent: HttpEvidence, lang: str) -> str:
    """A request and its answer in full, as text."""
    times = times_text(sent.timing_ms, lang)
    head = [
        f"{words.DELIVERY.say(lang)}: {words.DELIVERIES[sent.delivery].say(lang)}",
        f"{words.OUTCOME.say(lang)}: {' + '.join(sent.outcome)}  {sent.detail}".rstrip(),
        f"{sent.at}  {words.WAY.say(lang, own=sent.egress, peer=sent.peer) if sent.egress else sent.peer}  {times}",
        "",
        f"— {words.REQUEST.say(lang)} —",
        f"{sent.request.method} {sent.request.target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in sent.request.headers),
        *(["", sent.request.body] if sent.request.body else []),
        "",
        f"— {words.ANSWER.say(lang)} —",
    ]
    if sent.answer is None:
        return "\n".join([*head, words.NO_ANSWER.say(lang)])
    answer = [
        str(sent.answer.status),
        *(f"{name}: {value}" for name, value in sent.answer.headers),
        "",
        sent.answer.body,
    ]
    return "\n".join([*head, *answer])


def _lines(outcome: Sequence[str], *parts: str) -> str:
    return "\n".join(part for part in (" + ".join(outcome), *parts) if part.strip(" –"))


def progress(lang: str) -> Callable[[object], str]:
    """What is being asked right now, in words."""
    from postback_wizard.domain.probe import VARIANT, DnsProbe, HarProbe, HttpProbe, LogProbe, TlsProbe

    def say(probe: object) -> str:
        match probe:
            case HttpProbe(hop=hop, name=name) if name.startswith(VARIANT):
                from postback_wizard.tui.variants import label_of

                return f"{label_of(name.removeprefix(VARIANT), lang)}, {HOP.say(lang, n=hop)}"
            case HttpProbe(hop=hop) if hop:
                return HOP.say(lang, n=hop)
            case HttpProbe():
                return words.ASKING_HTTP.say(lang, url=split_url(probe.url).host)
            case DnsProbe():
                return words.ASKING_DNS.say(lang, host=probe.host)
            case TlsProbe():
                return words.ASKING_TLS.say(lang, host=probe.host)
            case LogProbe():
                return words.ASKING_LOGS.say(lang, n=len(probe.files))
            case HarProbe():
                return words.ASKING_HAR.say(lang)
            case _:
                return ""

    return say
