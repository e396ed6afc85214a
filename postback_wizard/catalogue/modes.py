"""The failure modes: what a platform's message can mean. Every finding code that fits one bears its name.

The names stand here, so that a catalogue file is checked against them without reading another; the words are data.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from postback_wizard.domain.finding import Owner
from postback_wizard.domain.text import Text

MODES = {
    "click": (
        "click-id-param-absent",
        "click-id-wrong-param",
        "source-macro-unexpanded",
        "redirect-drops-query",
        "click-id-altered",
        "url-structure-broken",
        "client-side-hop",
        "redirect-loop-or-excess-hops",
        "hop-dns-or-tls-failure",
        "permanent-redirect-cached",
        "protocol-downgrade",
        "geo-device-branch",
        "browser-strips-click-id",
        "auto-tagging-off",
        "click-id-not-persisted",
        "unknown-click-id",
        "foreign-click-id",
        "click-outside-window",
        "tracking-domain-mismatch",
    ),
    "event": (
        "event-never-fired",
        "event-postback-toggle-off",
        "event-or-goal-name-mismatch",
        "status-not-mapped",
        "conversion-pending-hold",
        "conversion-cap-or-throttle",
        "conversion-rule-rejected",
        "legit-repeat-suppressed",
        "duplicate-counted-twice",
        "status-change-on-final",
        "configured-after-conversion",
        "offer-inactive",
        "pixel-s2s-mode-mismatch",
    ),
    "callback": (
        "postback-url-missing",
        "postback-scope-mismatch",
        "postback-auto-disabled",
        "endpoint-not-found",
        "scheme-or-redirect-on-endpoint",
        "endpoint-dns-failure",
        "endpoint-tls-failure",
        "endpoint-timeout",
        "network-firewall-block",
        "app-allowlist-reject",
        "bot-challenge",
        "auth-token-mismatch",
        "signature-mismatch",
        "http-method-mismatch",
        "required-param-missing",
        "wrong-account-or-offer-id",
        "ok-status-not-recorded",
        "ack-body-unexpected",
        "rate-limited",
        "receiver-5xx",
        "no-retry-after-failure",
        "staging-endpoint",
    ),
    "template": (
        "macro-literal",
        "macro-name-or-dialect",
        "macro-empty",
        "macro-braces-encoded",
        "placeholder-left-in",
        "value-double-encoded",
        "value-not-encoded",
        "param-name-mismatch",
        "payout-static-or-overridden",
        "payout-format-unit",
        "currency-mismatch",
        "own-id-instead-of-external-id",
        "txn-id-missing",
        "template-version-drift",
    ),
    "upload": (
        "upload-token-invalid",
        "upload-wrong-account",
        "upload-event-too-old",
        "upload-time-unit-or-zone",
        "dedup-failure",
        "pii-hash-invalid",
        "match-keys-missing",
        "fbc-malformed",
        "value-currency-invalid",
        "test-code-in-production",
        "upload-conversion-action-missing",
        "gclid-unparseable",
        "ad-click-not-found",
        "ad-click-outside-window",
        "conversion-precedes-click",
        "upload-duplicate-order",
        "mmp-partner-or-event-off",
    ),
    "reconciliation": (
        "timezone-day-shift",
        "time-basis-mismatch",
        "delayed-or-batched-delivery",
        "count-gap",
        "definition-or-attribution-mismatch",
        "raw-log-expired",
    ),
    "organisation": (
        "unannounced-partner-change",
        "undocumented-contract",
        "evidence-not-saved",
        "claim-window-missed",
        "partner-log-not-checked",
        "suspected-scrub",
    ),
}

FAILURE_MODES = frozenset(mode for modes in MODES.values() for mode in modes)


@dataclass(frozen=True, slots=True)
class Mode:
    """One failure mode in few words; ``owners`` can mend it, the likeliest first.

    ``sources`` are pages of vendors, ``weak`` ones are blogs, forums and mirrors.
    """

    id: str
    layer: str
    owners: tuple[Owner, ...]
    title: Text
    fix: Text
    sources: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


@cache
def modes() -> Mapping[str, Mode]:
    """Every failure mode by its id, in the order of the checklist; read when first asked for."""
    text = files(__package__).joinpath("modes.toml").read_text("utf-8")
    return {mode.id: mode for mode in (_mode(**item) for item in tomllib.loads(text)["mode"])}


def _mode(
    *,
    id: str,  # noqa: A002 - the key in the file
    layer: str,
    owners: list[str],
    title: dict[str, str],
    fix: dict[str, str],
    sources: list[str] | None = None,
    weak: list[str] | None = None,
) -> Mode:
    return Mode(
        id, layer, tuple(map(Owner, owners)), Text(**title), Text(**fix), tuple(sources or ()), tuple(weak or ())
    )


class ModeText(Text):
    """A message whose value ``modes`` holds names of failure modes, apart by spaces, and is said as their words.

    ``aspect`` is what is said of them: ``title`` or ``fix``. Anything but a known name stands as it is.
    """

    __slots__ = ("aspect",)

    def __init__(self, en: str, ru: str, aspect: Literal["title", "fix"] = "title") -> None:
        super().__init__(en, ru)
        self.aspect = aspect

    def codes(self) -> frozenset[str]:
        """The values that are codes of ours."""
        return frozenset(("modes",))

    def say(self, lang: str, values: Mapping[str, object] | None = None, /, **more: object) -> str:
        """The message in ``lang`` ("en" or "ru")."""
        given = {**(values or {}), **more}
        names = str(given.get("modes", "")).split()
        words = [getattr(modes()[name], self.aspect).say(lang) if name in modes() else name for name in names]
        return super().say(lang, {**given, "modes": " / ".join(words)} if words else given)
