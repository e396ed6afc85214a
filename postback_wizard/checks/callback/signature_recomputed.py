"""Which recipe makes the signature of the request from the secret at hand, and which common mistake is in it?"""

from collections.abc import Iterator, Mapping

from postback_wizard.checks import example
from postback_wizard.checks.callback import told
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.probe import SignEvidence
from postback_wizard.domain.recipes import Mistake
from postback_wizard.domain.text import Text

_SOURCES = (
    "https://pubscale.gitbook.io/offerwall-sdk/server-to-server-s2s-callback-configuration?fallback=true",
    "https://docs.revtoo.com/s2s-postback/postback-security",
)

SIGNATURE_FITS = Rule(
    code="signature-fits",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="The signature {param} is made from this secret: {recipe}.",
        ru="Подпись {param} получается из этого секрета: {recipe}.",
    ),
    why=Text(
        en="Recomputed here, it is the same to the last byte, so the sender has this very secret.",
        ru="Пересчитанная здесь, она совпадает до байта: у отправителя именно этот секрет.",
    ),
    fix=Text(
        en="Compare this recipe with the one in the receiver's documentation, word for word.",
        ru="Сверьте это правило с документацией получателя слово в слово.",
    ),
    sources=_SOURCES,
)

SIGNATURE_UNEXPLAINED = Rule(
    code="signature-unexplained",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.SENDER,
    title=Text(
        en="No common recipe makes the signature {param} from this secret ({tried} tried).",
        ru="Ни одно из обычных правил не даёт подпись {param} из этого секрета (проверено: {tried}).",
    ),
    why=Text(
        en="The sender then signs with another secret, over other values, or by a recipe of its own.",
        ru="Значит, отправитель подписывает другим секретом, другие значения или по своему правилу.",
    ),
    fix=Text(
        en="Compare the secret on both sides character by character, then ask the sender for the string it signs.",
        ru="Сверьте секрет у обеих сторон посимвольно, затем узнайте у отправителя строку, которую он подписывает.",
    ),
    settle=Text(
        en="The string the sender signs, and the digest it gets for it.",
        ru="Строка, которую подписывает отправитель, и подпись, которая у него получается.",
    ),
    sources=_SOURCES,
)


def _mistake(code: str, title: Text, why: Text, fix: Text) -> Rule:
    return Rule(code, Level.INFO, Confidence.CERTAIN, Owner.SENDER, title, why, fix, sources=_SOURCES)


SIGNATURE_VALUE_ENCODED = _mistake(
    "signature-value-encoded",
    Text(
        en="The signature {param} is made of values as they are encoded in the URL: {recipe}.",
        ru="Подпись {param} посчитана по значениям в том виде, как они закодированы в URL: {recipe}.",
    ),
    Text(
        en="A receiver decodes parameters first and then signs what it has, so it gets another digest.",
        ru="Получатель сначала декодирует параметры и подписывает то, что получил, поэтому подпись у него другая.",
    ),
    Text(
        en="Sign the plain values and encode them afterwards, unless the receiver's documentation says otherwise.",
        ru="Подписывайте исходные значения и кодируйте их потом, если в документации получателя не сказано иначе.",
    ),
)
SIGNATURE_NUMBER_SPELLED = _mistake(
    "signature-number-spelled",
    Text(
        en="The signature {param} is made of a number in another spelling than the request carries: {recipe}.",
        ru="Подпись {param} посчитана по числу, записанному иначе, чем в запросе: {recipe}.",
    ),
    Text(
        en="12.50, 12.5 and 12 are the same sum and three different strings; a digest tells them apart.",
        ru="12.50, 12.5 и 12 похожи как суммы, но это три разные строки, и подписи у них разные.",
    ),
    Text(
        en="Write the number once, in the spelling the receiver documents, and put that text into the URL and "
        "the digest.",
        ru="Запишите число один раз в том виде, который указан у получателя, и берите этот текст и в URL, и в подпись.",
    ),
)
SIGNATURE_ORDER_DIFFERS = _mistake(
    "signature-order-differs",
    Text(
        en="The signature {param} joins values in an order that is neither the request's nor the alphabet's: {recipe}.",
        ru="Подпись {param} соединяет значения в порядке, который не совпадает ни с запросом, "
        "ни с алфавитом: {recipe}.",
    ),
    Text(
        en="That is right only if the receiver documents this very order.",
        ru="Это верно, только если именно такой порядок указан у получателя.",
    ),
    Text(en="Compare the order with the receiver's documentation.", ru="Сверьте порядок с документацией получателя."),
)
SIGNATURE_SECRET_SPACES = _mistake(
    "signature-secret-spaces",
    Text(
        en="The signature {param} fits once white space at an end of the secret is added or taken away: {recipe}.",
        ru="Подпись {param} сходится, если добавить или убрать пробел либо перевод строки с краю секрета: {recipe}.",
    ),
    Text(
        en="A space or a line end was copied together with the secret, on one of the two sides.",
        ru="Вместе с секретом у одной из сторон скопирован пробел или перевод строки.",
    ),
    Text(
        en="Enter the secret anew on both sides, without spaces.",
        ru="Введите секрет заново у обеих сторон, без пробелов.",
    ),
)
SIGNATURE_WITHOUT_SECRET = _mistake(
    "signature-without-secret",
    Text(
        en="The signature {param} is made without any secret: {recipe}.",
        ru="Подпись {param} посчитана без секрета: {recipe}.",
    ),
    Text(
        en="Anybody can make it, and a receiver that adds the secret gets another digest.",
        ru="Такую может посчитать кто угодно, а у получателя, который добавляет секрет, получается другая.",
    ),
    Text(
        en="Fill in the secret at the sender and check that its macro is in the template.",
        ru="Заполните секрет у отправителя и проверьте, что его макрос есть в шаблоне.",
    ),
)
SIGNATURE_KEY_SWAPPED = _mistake(
    "signature-key-swapped",
    Text(
        en="The signature {param} takes the message for the key and the secret for the message: {recipe}.",
        ru="В подписи {param} сообщение и ключ поменялись местами: {recipe}.",
    ),
    Text(
        en="Functions for HMAC take key and message in different orders from language to language.",
        ru="В разных языках функции HMAC принимают ключ и сообщение в разном порядке.",
    ),
    Text(en="Swap the two arguments in the sender's code.", ru="Поменяйте местами два аргумента в коде отправителя."),
)
SIGNATURE_CASE_DIFFERS = _mistake(
    "signature-case-differs",
    Text(
        en="The signature {param} has letters of another case: {recipe}.",
        ru="В подписи {param} буквы другого регистра: {recipe}.",
    ),
    Text(
        en="Receivers compare texts: ABC1 and abc1 are not equal, neither as digest nor inside it.",
        ru="Получатель сравнивает тексты: ABC1 и abc1 не равны ни как подпись, ни внутри неё.",
    ),
    Text(
        en="Send hex digits in lower case and sign the values as they are sent, unless the receiver asks otherwise.",
        ru="Отправляйте шестнадцатеричные цифры в нижнем регистре и подписывайте значения как есть, если получатель не "
        "просит иного.",
    ),
)

_RULES: Mapping[Mistake, Rule] = {
    "encoded": SIGNATURE_VALUE_ENCODED,
    "number": SIGNATURE_NUMBER_SPELLED,
    "order": SIGNATURE_ORDER_DIFFERS,
    "spaces": SIGNATURE_SECRET_SPACES,
    "no-secret": SIGNATURE_WITHOUT_SECRET,
    "swapped": SIGNATURE_KEY_SWAPPED,
    "upper": SIGNATURE_CASE_DIFFERS,
    "case": SIGNATURE_CASE_DIFFERS,
}


def check(case: Case) -> Iterator[Finding]:
    """Mistakes weigh where the receiver refuses the signature; where it does not, its recipe may ask for them."""
    seen = recomputed(case)
    if seen is None or seen.outcome[:1] not in (("FITS",), ("NO_FIT",)):
        return
    if not seen.recipe:
        yield SIGNATURE_UNEXPLAINED("signature", param=seen.param, tried=seen.tried)
        return
    level = Level.WARN if is_refused(case) else Level.INFO
    named = {rule.code: rule for code, rule in _RULES.items() if code in seen.mistakes}
    for rule in named.values():
        yield rule("signature", level=level, param=seen.param, recipe=seen.recipe)
    if not named:
        yield SIGNATURE_FITS("signature", param=seen.param, recipe=seen.recipe)


def recomputed(case: Case) -> SignEvidence | None:
    """What came of recomputing the signature, if a secret was at hand."""
    record = case.record("replay")
    found = (item for item in record.evidence if isinstance(item, SignEvidence)) if record else ()
    return next(iter(found), None)


def is_refused(case: Case) -> bool:
    """Whether an answer complains about the signature."""
    meanings = (told(case, answer) for answer in heard(case))
    return any(meaning is not None and meaning.mode == "signature-mismatch" for meaning in meanings)


def _shown(*mistakes: Mistake, recipe: str = "md5(cid:payout:secret)") -> SignEvidence:
    outcome = "FITS" if recipe else "NO_FIT"
    return SignEvidence("signature", "2026-03-01T10:00:01.250Z", (outcome,), "sig", recipe, mistakes, 1200)


_SIGNED = "https://track.example/postback?cid=w7k2m9x4q1&payout=12.50&sig=9e107d9d372bb6826bd81d3542a419d6"

EXAMPLES = {
    SIGNATURE_FITS: example(_shown(), sent_request=_SIGNED),
    SIGNATURE_UNEXPLAINED: example(_shown(recipe=""), sent_request=_SIGNED),
    **{rule: example(_shown(code), sent_request=_SIGNED) for code, rule in _RULES.items() if code != "case"},
}
