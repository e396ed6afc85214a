"""What each mistake in a digest is called, and what mends it, in both languages."""

from collections.abc import Mapping

from postback_wizard.domain.text import Text


class MistakeText(Text):
    """A message with codes among its values, said in words.

    ``mistake`` is what is wrong, ``advice`` what to do about it, ``recipe`` the platform's steps.
    """

    __slots__ = ()

    def codes(self) -> frozenset[str]:
        """The values that are codes of ours."""
        return frozenset(("mistake", "advice", "recipe"))

    def say(self, lang: str, values: Mapping[str, object] | None = None, /, **more: object) -> str:
        """The message in ``lang`` ("en" or "ru")."""
        given = {**(values or {}), **more}
        said = dict(given)
        for name, words in (("mistake", WRONG), ("advice", MEND)):
            code = str(given.get(name, ""))
            if code in words:
                said[name] = words[code].say(lang, given)
        if "recipe" in given:
            said["recipe"] = _recipe(str(given["recipe"]), lang)
        return super().say(lang, said)


def _recipe(steps: str, lang: str) -> str:
    if steps == "as-is":
        return _AS_IS.say(lang)
    said = [_STEPS[step].say(lang) if step in _STEPS else step for step in steps.split()]
    return " → ".join([*said, "SHA-256"]) if said else _OWN.say(lang)


_OWN = Text(en="as its documentation says", ru="как сказано в её документации")
_AS_IS = Text(en="sent as it is, without a hash", ru="передаётся как есть, без хеша")
_STEPS = {
    "trim": Text(en="cut outer spaces", ru="убрать пробелы по краям"),
    "lower": Text(en="lower case", ru="нижний регистр"),
    "upper": Text(en="upper case", ru="верхний регистр"),
    "no-spaces": Text(en="take out all spaces", ru="убрать все пробелы"),
    "no-punctuation": Text(en="take out punctuation", ru="убрать знаки препинания"),
    "no-dashes": Text(en="take out dashes", ru="убрать дефисы"),
    "digits": Text(en="digits only", ru="оставить только цифры"),
    "dots": Text(en="take out dots before the @", ru="убрать точки перед @"),
    "gmail-dots": Text(en="take out dots before the @ at Gmail", ru="у Gmail убрать точки перед @"),
    "plus-part": Text(en="cut off + and what follows before the @", ru="отрезать + и всё после него перед @"),
    "date": Text(en="the date as YYYYMMDD", ru="дата в виде YYYYMMDD"),
    "first-letter": Text(en="the first letter only", ru="только первая буква"),
    "short-postcode": Text(
        en="five digits of a US code, a UK code without its last two letters",
        ru="у кода США пять цифр, у британского без двух последних букв",
    ),
    "e164": Text(en="the number with + and country code", ru="номер с + и кодом страны"),
    "e164-digits": Text(en="country code and number, digits only", ru="код страны и номер, только цифры"),
}

#: Said after "user_data.em in event 1": what was sent.
WRONG: Mapping[str, Text] = {
    "not-hashed": Text(en="was sent in plain text, without a hash", ru="передано открытым текстом, без хеша"),
    "md5": Text(en="is an MD5 hash", ru="— хеш MD5"),
    "sha1": Text(en="is a SHA-1 hash", ru="— хеш SHA-1"),
    "other-algorithm": Text(en="is a hash of another kind than SHA-256", ru="— хеш не SHA-256, а другого вида"),
    "base64": Text(en="is a hash written in Base64 instead of hex", ru="— хеш, записанный в Base64, а не в hex"),
    "upper-case": Text(en="is a hash in capital letters", ru="— хеш заглавными буквами"),
    "wrong-length": Text(
        en="is a hash cut short or with extra digits", ru="— обрезанный хеш или хеш с лишними символами"
    ),
    "decorated": Text(en="has something written around the hash", ru="содержит вокруг хеша посторонний текст"),
    "hashed-twice": Text(en="was hashed twice", ru="захешировано дважды"),
    "empty-string": Text(en="is the hash of an empty text", ru="— хеш пустой строки"),
    "placeholder": Text(
        en="holds the placeholder {detail} instead of a customer's value",
        ru="содержит заглушку {detail} вместо данных клиента",
    ),
    "field-name": Text(
        en="is the hash of the field name {detail}, not of its value", ru="— хеш имени поля {detail}, а не значения"
    ),
    "wrapped": Text(
        en="was hashed together with its quotes, brackets or field name",
        ru="захешировано вместе с кавычками, скобками или именем поля",
    ),
    "wrong-encoding": Text(
        en="was hashed in the encoding {detail} instead of UTF-8", ru="захешировано в кодировке {detail}, а не в UTF-8"
    ),
    "not-trimmed": Text(
        en="was hashed with spaces around the value", ru="захешировано вместе с пробелами вокруг значения"
    ),
    "not-lower-cased": Text(
        en="was hashed without being put into lower case", ru="захешировано без перевода в нижний регистр"
    ),
    "spaces-kept": Text(en="was hashed with its inner spaces", ru="захешировано с пробелами внутри"),
    "spaces-removed": Text(
        en="was hashed after its inner spaces were taken out", ru="захешировано после удаления внутренних пробелов"
    ),
    "punctuation-kept": Text(en="was hashed with its punctuation", ru="захешировано со знаками препинания"),
    "accents-removed": Text(
        en="was hashed after the accents of its letters were taken off",
        ru="захешировано после удаления диакритики над буквами",
    ),
    "dots-kept": Text(
        en="was hashed with the dots before the @, which this platform takes out",
        ru="захешировано с точками перед @, а эта платформа их убирает",
    ),
    "dots-removed": Text(
        en="was hashed without the dots before the @, which this platform keeps",
        ru="захешировано без точек перед @, а эта платформа их сохраняет",
    ),
    "plus-part-kept": Text(
        en="was hashed with the + part before the @, which this platform cuts off",
        ru="захешировано с частью после + перед @, а эта платформа её отрезает",
    ),
    "plus-part-removed": Text(
        en="was hashed without the + part before the @, which this platform keeps",
        ru="захешировано без части после + перед @, а эта платформа её сохраняет",
    ),
    "plus-sign-kept": Text(
        en="was hashed with the + in front of the number, which this platform leaves out",
        ru="захешировано с + перед номером, а эта платформа хеширует без него",
    ),
    "plus-sign-missing": Text(
        en="was hashed without the + in front of the number, which this platform wants",
        ru="захешировано без + перед номером, а этой платформе он нужен",
    ),
    "country-code-missing": Text(en="was hashed without the country code", ru="захешировано без кода страны"),
    "leading-zeros-kept": Text(en="was hashed with zeros in front", ru="захешировано с нулями в начале"),
    "trunk-zero-kept": Text(
        en="was hashed with the prefix of calls inside the country left in after the country code",
        ru="захешировано с внутренним префиксом (например, 0), оставшимся после кода страны",
    ),
    "separators-kept": Text(
        en="was hashed with spaces, brackets or dashes inside the number",
        ru="захешировано с пробелами, скобками или дефисами внутри номера",
    ),
    "wrong-date-form": Text(
        en="is the hash of the birthday in another form than YYYYMMDD",
        ru="— хеш даты рождения не в виде YYYYMMDD",
    ),
    "postcode-form": Text(en="is the hash of the long postal code", ru="— хеш полного почтового индекса"),
    "hashed-before-normalising": Text(
        en="was hashed as the customer typed it, before it was made uniform",
        ru="захешировано в том виде, как его ввёл клиент, без приведения к единому виду",
    ),
    "other-platform": Text(
        en="was hashed by the rule of another platform ({detail})",
        ru="захешировано по правилу другой платформы ({detail})",
    ),
    "other-value": Text(
        en="is the hash of another value than the customer data entered here",
        ru="— хеш другого значения, не того, что введено здесь в данных клиента",
    ),
    "raw-field-hashed": Text(en="was hashed, but must be sent as it is", ru="захешировано, а передаётся без хеша"),
}

_ONCE = Text(en="Normalise the value and hash it once", ru="Нормализуйте значение и хешируйте один раз")
_HEX = Text(
    en="Use SHA-256 and write it as 64 lower-case hex digits",
    ru="Используйте SHA-256 и пишите его 64 строчными hex-символами",
)
_LEAVE = Text(
    en="Leave the key out when there is no value; never hash a stand-in",
    ru="Если значения нет, не передавайте ключ; заглушку не хешируйте",
)
_BARE = Text(en="Hash the bare value in UTF-8, nothing around it", ru="Хешируйте само значение в UTF-8, без обрамления")
_STEP = Text(en="Make the value uniform before hashing", ru="Приведите значение к единому виду до хеширования")

#: What to do about it.
MEND: Mapping[str, Text] = {
    **dict.fromkeys(("not-hashed", "md5", "sha1", "other-algorithm", "base64", "wrong-length", "decorated"), _HEX),
    "upper-case": _HEX,
    "hashed-twice": _ONCE,
    **dict.fromkeys(("empty-string", "placeholder"), _LEAVE),
    **dict.fromkeys(("field-name", "wrapped", "wrong-encoding"), _BARE),
    "other-value": Text(
        en="Compare it with the customer of this very conversion", ru="Сверьте с клиентом именно этой конверсии"
    ),
    "raw-field-hashed": Text(
        en="Send this key as it is, without a hash", ru="Передавайте этот ключ как есть, без хеша"
    ),
    **dict.fromkeys(
        (
            *("not-trimmed", "not-lower-cased", "spaces-kept", "spaces-removed", "punctuation-kept", "accents-removed"),
            *("dots-kept", "dots-removed", "plus-part-kept", "plus-part-removed", "wrong-date-form", "postcode-form"),
            *("plus-sign-kept", "plus-sign-missing", "country-code-missing", "leading-zeros-kept", "trunk-zero-kept"),
            *("separators-kept", "hashed-before-normalising", "other-platform"),
        ),
        _STEP,
    ),
}
