"""What is wrong with the endpoint's TLS, in words, and will its certificate expire soon?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import unheard
from postback_wizard.domain.probe import TlsEvidence
from postback_wizard.domain.text import Text, placeholders
from postback_wizard.domain.times import read_moment

#: How soon before its end a certificate is worth a warning.
SOON = timedelta(days=14)
_SOURCES = ("https://www.rfc-editor.org/rfc/rfc5280", "https://www.rfc-editor.org/rfc/rfc8446")


def _fault(code: str, title: Text, why: Text, fix: Text, confidence: Confidence = Confidence.CERTAIN) -> Rule:
    return Rule(code, Level.INFO, confidence, Owner.RECEIVER, title, why, fix, sources=_SOURCES)


TLS_EXPIRED = _fault(
    "tls-certificate-expired",
    Text(en="The certificate of {host} expired on {until}.", ru="Срок сертификата {host} истёк {until}."),
    Text(
        en="Since that day every sender that checks certificates gives up before it sends anything.",
        ru="С этого дня любой отправитель, проверяющий сертификаты, прекращает попытку ещё до отправки.",
    ),
    Text(
        en="The owner of {host} renews the certificate and sees why it was not renewed by itself.",
        ru="Владелец {host} обновляет сертификат и выясняет, почему он не обновился сам.",
    ),
)
TLS_NOT_YET_VALID = _fault(
    "tls-certificate-not-yet-valid",
    Text(
        en="The certificate of {host} is valid only from {since} on.",
        ru="Сертификат {host} начнёт действовать {since}.",
    ),
    Text(
        en="Either it was installed too early, or the clock of the machine that checks it is wrong.",
        ru="Либо его установили слишком рано, либо часы проверяющей машины идут неверно.",
    ),
    Text(
        en="Check the clock here and at the sender; then the owner of {host} installs the certificate valid now.",
        ru="Проверьте часы здесь и у отправителя; затем владелец {host} устанавливает действующий сейчас сертификат.",
    ),
)
TLS_NAME = _fault(
    "tls-certificate-other-name",
    Text(en="The certificate is for {names}, not for {host}.", ru="Сертификат выдан на {names}, а не на {host}."),
    Text(
        en="A host moved, an alias without a certificate of its own, or a wrong host in the URL look like this.",
        ru="Так выглядят переезд хоста, псевдоним без своего сертификата или неверный хост в URL постбека.",
    ),
    Text(
        en="Put a host the certificate names into the postback URL, or let the owner of {host} add this name.",
        ru="Укажите в URL постбека хост, на который выдан сертификат, или пусть владелец {host} добавит это имя.",
    ),
)
TLS_ISSUER = _fault(
    "tls-issuer-unknown",
    Text(
        en="The certificate of {host} is signed by {issuer}, which nobody here trusts.",
        ru="Сертификат {host} подписан {issuer}, этому центру здесь не доверяют.",
    ),
    Text(
        en="A certificate signed by itself or by a company's own authority is good only where that was installed.",
        ru="Самоподписанный сертификат или сертификат внутреннего центра годится только там, где этот центр добавлен.",
    ),
    Text(
        en="The owner of {host} installs a certificate of a public authority.",
        ru="Владелец {host} устанавливает сертификат публичного центра.",
    ),
)
TLS_CHAIN = _fault(
    "tls-intermediate-missing",
    Text(
        en="{host} shows its own certificate only, and the one of {issuer} that signed it is missing or unknown.",
        ru="{host} показывает только свой сертификат, а подписавшего его {issuer} нет или он неизвестен.",
    ),
    Text(
        en="Browsers often find a missing intermediate certificate elsewhere; servers that send postbacks do not.",
        ru="Браузеры часто находят недостающий промежуточный сертификат сами; серверы, отправляющие постбеки, нет.",
    ),
    Text(
        en="The owner of {host} installs the whole chain: its own certificate and the intermediate ones behind it.",
        ru="Владелец {host} устанавливает всю цепочку: свой сертификат и промежуточные за ним.",
    ),
    Confidence.LIKELY,
)
TLS_OLD = _fault(
    "tls-protocol-old",
    Text(
        en="{host} speaks only versions of TLS that are switched off today (before 1.2).",
        ru="{host} поддерживает только отключённые сегодня версии TLS (ниже 1.2).",
    ),
    Text(
        en="Senders of today refuse them, older ones still get through: some postbacks arrive and others do not.",
        ru="Современные отправители их отвергают, старые ещё проходят: часть постбеков доходит, часть нет.",
    ),
    Text(en="The owner of {host} switches TLS 1.2 and 1.3 on.", ru="Владелец {host} включает TLS 1.2 и 1.3."),
)
TLS_CLIENT = _fault(
    "tls-client-certificate-wanted",
    Text(
        en="{host} asks the sender for a certificate of its own, and there is none.",
        ru="{host} требует у отправителя собственный сертификат, а его нет.",
    ),
    Text(
        en="That is usual inside companies and between servers that know each other; trackers do not have one.",
        ru="Так бывает внутри компаний и между знакомыми друг другу серверами; у трекеров такого сертификата нет.",
    ),
    Text(
        en="Ask the owner of {host} for an address without this demand, or for a certificate that the sender can use.",
        ru="Узнайте у владельца {host} адрес без этого требования или получите сертификат для отправителя, который его "
        "поддерживает.",
    ),
)
TLS_PLAIN = _fault(
    "tls-plain-http",
    Text(
        en="{host} answers plain HTTP on the port that is asked for TLS.",
        ru="{host} отвечает обычным HTTP на порту, где ждут TLS.",
    ),
    Text(
        en="Scheme and port do not fit: https with the port of http, or a server whose TLS is not switched on.",
        ru="Схема и порт не подходят друг другу: https с портом http или сервер, где TLS не включён.",
    ),
    Text(
        en="Correct scheme or port in the postback URL, or let the owner of {host} switch TLS on.",
        ru="Исправьте схему или порт в URL постбека, или пусть владелец {host} включит TLS.",
    ),
)
TLS_SOON = Rule(
    code="tls-certificate-expires-soon",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="The certificate of {host} expires on {until}, in {days:day|days}.",
        ru="Срок сертификата {host} истекает {until}, через {days:день|дня|дней}.",
    ),
    why=Text(
        en="From that day on no postback gets through, unless it is renewed before.",
        ru="С этого дня постбеки перестанут доходить, если его не обновить раньше.",
    ),
    fix=Text(
        en="Ask the owner of {host} whether the certificate is renewed by itself, and look again before that day.",
        ru="Узнайте у владельца {host}, обновляется ли сертификат сам, и проверьте ещё раз до этого дня.",
    ),
    sources=_SOURCES[:1],
)

_RULES = {
    "TLS_EXPIRED": TLS_EXPIRED,
    "TLS_NOT_YET_VALID": TLS_NOT_YET_VALID,
    "TLS_NAME_MISMATCH": TLS_NAME,
    "TLS_UNTRUSTED": TLS_ISSUER,
    "TLS_OLD_PROTOCOL": TLS_OLD,
    "TLS_CLIENT_CERT": TLS_CLIENT,
    "PLAIN_ON_TLS_PORT": TLS_PLAIN,
}


def check(case: Case) -> Iterator[Finding]:
    """One sentence beside the failure, from what the look at the certificate showed; a warning where it ends soon."""
    record = case.record("replay")
    seen = next((item for item in record.evidence if isinstance(item, TlsEvidence)), None) if record else None
    failed = unheard(case)
    if failed is not None and failed.kind == "tls":
        yield from _in_words(failed.outcome, failed.host, failed.where, seen)
    elif seen is not None and seen.outcome[:1] == ("OK",):
        yield from _soon(seen)


def _in_words(outcome: str, host: str, where: str, seen: TlsEvidence | None) -> Iterator[Finding]:
    name, _, inside = outcome.partition("(")
    rule = _RULES.get(name)
    if rule is TLS_ISSUER and seen is not None and seen.chain == 1 and "self" not in seen.detail.lower():
        rule = TLS_CHAIN
    if rule is None:
        return
    known = seen or TlsEvidence("endpoint", "", host, 443, ())
    said = inside.rstrip(")") or "—"
    values = {
        "host": host,
        "until": known.not_after[:10] or said,
        "since": known.not_before[:10] or said,
        "names": ", ".join(known.names[:10]) or said,
        "issuer": known.issuer or "—",
    }
    wanted = placeholders(rule.title.en)
    yield replace(rule(where), values={name: value for name, value in values.items() if name in wanted})


def _soon(seen: TlsEvidence) -> Iterator[Finding]:
    end, now = read_moment(seen.not_after), read_moment(seen.at)
    if end and now and now.utc <= end.utc < now.utc + SOON:
        days = (end.utc - now.utc).days
        yield TLS_SOON("endpoint", host=seen.host, until=seen.not_after[:10], days=days)


def _shown(outcome: str, end: str = "2026-05-01T00:00:00Z", chain: int = 2) -> TlsEvidence:
    return TlsEvidence(
        "endpoint",
        "2026-03-01T10:00:00.000Z",
        "track.example",
        443,
        (outcome,),
        issuer="Example CA",
        names=("track.example",),
        not_before="2025-11-29T00:00:00Z",
        not_after=end,
        chain=chain,
    )


_REQUEST = "https://track.example/postback?cid=w7k2m9x4q1"

EXAMPLES = {
    TLS_EXPIRED: example(_shown("TLS_EXPIRED(2026-02-27)", "2026-02-27T00:00:00Z"), sent_request=_REQUEST),
    TLS_NOT_YET_VALID: example(_shown("TLS_NOT_YET_VALID(2026-03-05)"), sent_request=_REQUEST),
    TLS_NAME: example(_shown("TLS_NAME_MISMATCH(other.example)"), sent_request=_REQUEST),
    TLS_ISSUER: example(_shown("TLS_UNTRUSTED"), sent_request=_REQUEST),
    TLS_CHAIN: example(_shown("TLS_UNTRUSTED", chain=1), sent_request=_REQUEST),
    TLS_OLD: example(_shown("TLS_OLD_PROTOCOL"), sent_request=_REQUEST),
    TLS_CLIENT: example(_shown("TLS_CLIENT_CERT"), sent_request=_REQUEST),
    TLS_PLAIN: example(_shown("PLAIN_ON_TLS_PORT"), sent_request=_REQUEST),
    TLS_SOON: example(_shown("OK", "2026-03-10T00:00:00Z"), sent_request=_REQUEST),
}
