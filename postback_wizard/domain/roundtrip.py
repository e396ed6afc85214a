"""What a value becomes on the other side: written into a template, sent, and read by either kind of decoder."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, unquote_plus

from postback_wizard.domain.macros import fill, find_macros, masked
from postback_wizard.domain.url import split_url

#: Values that show what a sender's encoding is worth. The last is as long as IDs never should be.
SAMPLES: tuple[str, ...] = (
    "Имя Фамилия",
    "two words",
    "a&b=c",
    "a+b",
    "50%",
    "a#b;c",
    "🙂",
    "x" * 2000,
)


@dataclass(frozen=True, slots=True)
class Trip:
    """One value's way: as it was meant, as it is written in the URL, and as the two decoders read it.

    ``form`` reads ``+`` as a space; ``strict`` (RFC 3986) leaves it. Empty where the parameter did not arrive.
    """

    meant: str
    written: str
    form: str
    strict: str

    @property
    def arrives(self) -> bool:
        """Whether both read what was meant."""
        return self.form == self.meant == self.strict


def form_decoded(text: str) -> str:
    """What a form decoder reads; bytes that are not UTF-8 become U+FFFD."""
    return unquote_plus(text)


def strictly_decoded(text: str) -> str:
    """What a decoder by RFC 3986 reads: ``+`` stays, and so do bytes that are not UTF-8, as U+FFFD."""
    return unquote(text)


def trip(template: str, param: str, value: str, *, encodes: bool = True) -> Trip:
    """A value through one parameter of a template, with a sender that percent-encodes what it fills in, or does not."""
    at = next((item for item in split_url(masked(template)).params() if item.name == param), None)
    names = find_macros(template[at.start : at.end]) if at else ()
    values = {macro.name: value for macro in names}
    sent = fill(template, values, None if encodes else str)
    read = next((item for item in split_url(sent).params() if item.name == param), None)
    written = quote(value, safe="", errors="surrogatepass") if encodes else value
    if read is None:
        return Trip(value, written, "", "")
    return Trip(value, read.value, form_decoded(read.value), strictly_decoded(read.value))


def trips(template: str, param: str, values: tuple[str, ...] = SAMPLES) -> Iterator[tuple[Trip, Trip]]:
    """Each value's way with a sender that encodes, and with one that does not."""
    for value in values:
        yield trip(template, param, value), trip(template, param, value, encodes=False)
