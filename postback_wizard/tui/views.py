"""What a step heard, as rows for the screen: one line each, and the whole story behind Enter. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.finding import Level
from postback_wizard.domain.identifiers import identifiers_in
from postback_wizard.domain.probe import (
    DnsEvidence,
    Evidence,
    HarEvidence,
    HttpEvidence,
    LogEvidence,
    LogRow,
    LogSource,
    TlsEvidence,
)
from postback_wizard.domain.url import split_url
from postback_wizard.steps.words import HOP, PLACES
from postback_wizard.tui import words
from postback_wizard.tui.reconciled import compared_rows
from postback_wizard.tui.row import Row

__all__ = ["Row", "exchange_text", "progress", "rows_of", "words_of_rows"]


def rows_of(step: StepId, case: Case, heard: Sequence[Evidence], lang: str) -> tuple[Row, ...]:
    """The evidence of a step, line by line; the template step shows the request taken apart instead."""
    if step == "template":
        from postback_wizard.tui.anatomy import anatomy_rows  # the macro engine is wanted by this step only

        return tuple(anatomy_rows(case, lang))
    found = _worst(case, step)
    return tuple(
        replace(row, tone=found.get(row.where, row.tone)) for evidence in heard for row in _rows(evidence, lang)
    )


def _worst(case: Case, step: StepId) -> dict[str, Level]:
    """The level of the heaviest fault found at each place."""
    record = case.record(step)
    faults = (item for item in record.findings if item.level in (Level.WARN, Level.BAD)) if record else ()
    levels: dict[str, Level] = {}
    for finding in faults:
        levels.setdefault(finding.where, finding.level)
    return levels


def _rows(evidence: Evidence, lang: str) -> Iterator[Row]:
    match evidence:
        case HttpEvidence():
            yield _hop(evidence, lang) if evidence.hop else _exchange(evidence, lang)
        case HarEvidence():
            yield from (_hop(hop, lang) for hop in evidence.hops)
        case DnsEvidence():
            text = ", ".join(evidence.addresses) or ", ".join(evidence.outcome)
            tone = Level.GOOD if evidence.addresses else Level.BAD
            yield Row(tone, f"DNS {evidence.host}", text, _lines(evidence.outcome, text, evidence.detail))
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
            yield from (_log(file, evidence, lang) for file in evidence.files)
            yield from (_log_row(row, lang) for row in evidence.rows_of_click)


def _hop(hop: HttpEvidence, lang: str) -> Row:
    status = str(hop.answer.status) if hop.answer else "—"
    url = split_url(hop.request.url)
    names = "  ".join(f"{item.name}={_short(item.value)}" for item in identifiers_in(url))
    what = names or words.NO_IDENTIFIERS.say(lang)
    if hop.answer is None or not hop.has("OK_2XX", "OK_204", "OK_2XX_EMPTY", "REDIRECT"):
        what = f"{' '.join(hop.outcome)}  {what}"
    head = f"{hop.hop}  {status}  {hop.timing_ms.total:.0f} ms  {url.host}{url.port}"
    return Row(_tone(hop), head, what, exchange_text(hop, lang), f"hop {hop.hop}")


def _short(value: str) -> str:
    return value if len(value) <= 26 else f"{value[:16]}…{value[-6:]}"


def _tone(hop: HttpEvidence) -> Level:
    if hop.answer is None:
        return Level.BAD
    if hop.has("OK_2XX", "OK_204", "OK_2XX_EMPTY", "OK_2XX_PIXEL", "REDIRECT", "AMBIGUOUS_2XX"):
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
    return Row(
        tone, f"{sent.request.method} {status}{split_url(sent.request.url).host}", text, exchange_text(sent, lang)
    )


def exchange_text(sent: HttpEvidence, lang: str) -> str:
    """A request and its answer in full, as text."""
    timing = sent.timing_ms
    times = words.TIMES.say(
        lang,
        dns=f"{timing.dns:.1f}",
        connect=f"{timing.connect:.1f}",
        tls=f"{timing.tls:.1f}",
        first=f"{timing.first_byte:.1f}",
        total=f"{timing.total:.1f}",
    )
    head = [
        f"{words.DELIVERY.say(lang)}: {words.DELIVERIES[sent.delivery].say(lang)}",
        f"{words.OUTCOME.say(lang)}: {' + '.join(sent.outcome)}  {sent.detail}".rstrip(),
        f"{sent.at}  {sent.peer}  {times}",
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


def _log(file: LogSource, evidence: LogEvidence, lang: str) -> Row:
    name = PLACES[file.role].say(lang) if file.role in PLACES else file.role
    if file.problem:
        return Row(Level.WARN, name, f"{file.problem} {file.detail}", _lines((), file.path, file.problem, file.detail))
    found = len(evidence.rows(file.role))
    columns = ", ".join(f"{ours} ← {theirs}" for ours, theirs in file.columns.items())
    dialect = ", ".join(f"{key} {value}" for key, value in file.dialect.items())
    text = words_of_rows(found, file.rows, lang)
    detail = _lines((), file.path, text, dialect, columns, f"{file.first_time} – {file.last_time}")
    return Row(Level.GOOD if found else Level.WARN, name, text, detail)


def words_of_rows(found: int, rows: int, lang: str) -> str:
    """How many rows of a log belong to this conversion."""
    if lang == "ru":
        return f"найдено строк: {found} из {rows}"
    return f"{found} of {rows} rows are this conversion's"


def _log_row(row: LogRow, lang: str) -> Row:
    name = PLACES[row.role].say(lang) if row.role in PLACES else row.role
    first = [row.values.get("time", ""), row.values.get("status", ""), row.values.get("url", "")]
    text = "  ".join(part for part in first if part) or "  ".join(row.raw.values())
    detail = "\n".join(f"{key}: {value}" for key, value in row.raw.items())
    return Row(Level.INFO, f"{name} #{row.row}", text, detail)


def _lines(outcome: Sequence[str], *parts: str) -> str:
    return "\n".join(part for part in (" + ".join(outcome), *parts) if part.strip(" –"))


def progress(lang: str) -> Callable[[object], str]:
    """What is being asked right now, in words."""
    from postback_wizard.domain.probe import DnsProbe, HarProbe, HttpProbe, LogProbe, TlsProbe

    def say(probe: object) -> str:
        match probe:
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
