"""Labels for masked values: the same secret has the same label, in whatever disguise it comes."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote_plus

from postback_wizard.domain.leaks import decoded, loose_pattern, opaque_forms, opaque_words, plain
from postback_wizard.domain.private_names import Kind

LABEL = re.compile(r"\[[a-z]{1,12} \d{1,6}\]")
#: What stands for a label while a text is worked on: no encoding changes it and no pattern cuts it in two.
STAND_IN = re.compile(r"~-(\d{1,6})-~")
_LONGEST_LOOSE = 512


@dataclass(frozen=True, slots=True)
class Masked:
    """One masked value: its label, what kind it was, where it stood and how often it was replaced."""

    label: str
    kind: str
    where: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class _Known:
    """A secret that was seen, and how it is found again elsewhere."""

    value: str
    stand_in: str
    kind: Kind

    @cached_property
    def bounded(self) -> re.Pattern[str] | None:
        """Short values and addresses are replaced as whole words only."""
        if self.kind == "ip":
            return re.compile(rf"(?<![\w.:]){re.escape(self.value)}(?![\w:]|\.\d)")
        return re.compile(rf"(?<!\w){re.escape(self.value)}(?!\w)") if len(self.value) < 8 else None

    @cached_property
    def bare(self) -> str:
        """The value as it reads in a text whose escapes are all undone."""
        return plain(self.value)

    def _may_stand_in(self, view: str, before: str) -> bool:
        """A quick look before the slow one: whether the value stands there in any other way than as it is.

        A backslash or a percent sign in a secret reads as an escape, so there is no quick look.
        """
        if not view:
            return False
        if self.bare != self.value or "\\" in self.value or "%" in self.value:
            return self.value in view or self.bare in view or "\\" in self.value
        times = 2 if "\\" in before else 1  # with escapes a view holds the text twice
        return view.count(self.value) != times * before.count(self.value)

    @cached_property
    def spaced(self) -> str:
        """The form a query string gives to a value with spaces."""
        return quote_plus(self.value, errors="surrogatepass") if " " in self.value else ""

    @cached_property
    def opaque(self) -> tuple[str, ...]:
        """Base64, hex and digests, longest first."""
        return tuple(sorted({form for _, form in opaque_forms(self.value)}, key=len, reverse=True))

    @cached_property
    def loose(self) -> re.Pattern[str]:
        return loose_pattern(self.value[:_LONGEST_LOOSE])

    def replace(self, text: str, view: str, opaque: str, before: str) -> str:
        """The text without this value; ``view`` and ``opaque`` are the texts in which its disguises show.

        ``before`` is the text as it was when they were made.
        """
        if self.bounded:
            text = self.bounded.sub(self.stand_in, text) if self.value in text else text
        else:
            text = text.replace(self.value, self.stand_in)
            for form in self.opaque:
                text = text.replace(form, self.stand_in) if form in opaque else text
            text = text.replace(self.spaced, self.stand_in) if self.spaced else text
        if len(self.value) >= 5 and self._may_stand_in(view, before):
            text = self.loose.sub(self.stand_in, text)
        return text


class Labels:
    """The secrets of one case, their labels, and where each was replaced."""

    def __init__(self) -> None:
        self._stand_ins: dict[str, str] = {}
        self._kinds: dict[str, Kind] = {}
        self._known: dict[str, _Known] = {}
        self._ordered: tuple[_Known, ...] = ()
        self._seen: dict[str, dict[str, int]] = {}

    def __len__(self) -> int:
        """How many values are known so far."""
        return len(self._known)

    def stand_in(self, value: str, kind: Kind, *, everywhere: bool) -> str:
        """The stand-in of a value, the same for the same value; ``everywhere`` masks it in other places too."""
        key = value.strip().casefold() if kind == "email" else value
        if key not in self._stand_ins:
            self._stand_ins[key] = f"~-{len(self._kinds)}-~"
            number = sum(other == kind for other in self._kinds.values()) + 1
            self._kinds[f"[{kind} {number}]"] = kind
        if everywhere and value not in self._known:
            self._known[value] = _Known(value, self._stand_ins[key], kind)
            self._ordered = tuple(sorted(self._known.values(), key=lambda item: -len(item.value)))
        return self._stand_ins[key]

    def known(self) -> tuple[str, ...]:
        """The values masked even inside other words, longest first."""
        return tuple(item.value for item in self._ordered if not item.bounded)

    def out(self, text: str) -> str:
        """The text with every known value replaced by its stand-in, in whatever encoding it stands."""
        if not self._ordered or not text:
            return text
        view = decoded(text) if "\\" in text else plain(text) if "%" in text else ""
        opaque, before = opaque_words(text), text
        for item in self._ordered:
            text = item.replace(text, view, opaque, before)
        return text

    def finish(self, text: str, where: str) -> str:
        """The text as it may be shown: known values out, stand-ins turned into labels and counted."""
        text = self.out(text)
        for match in STAND_IN.finditer(text):
            places = self._seen.setdefault(self.shown(match.group()), {})
            places[where] = places.get(where, 0) + 1
        return self.shown(text)

    def shown(self, text: str) -> str:
        """The text with labels where stand-ins were."""
        labels = tuple(self._kinds)

        def label(match: re.Match[str]) -> str:
            number = int(match[1])
            return labels[number] if number < len(labels) else match.group()

        return STAND_IN.sub(label, text)

    def forget_counts(self) -> None:
        """Start counting anew."""
        self._seen.clear()

    def manifest(self) -> tuple[Masked, ...]:
        """What was replaced so far, in the order of the labels' birth."""
        found = ((label, kind, self._seen.get(label, {})) for label, kind in self._kinds.items())
        return tuple(Masked(label, kind, tuple(at), sum(at.values())) for label, kind, at in found if at)
