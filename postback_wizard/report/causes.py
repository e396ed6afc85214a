"""Which fault can bring about which: what a fault breaks, what a finding shows, and what follows from what.

A finding names a fault, an effect of one, or both. ``BREAKS`` says what goes wrong in the world when a fault is there,
``SHOWS`` which wrongs a finding makes visible, ``LEADS_TO`` which wrong brings about which other. A fault explains
a finding when one of the wrongs it breaks is, or leads to, one that the finding shows. No finding explains itself.
"""

from collections.abc import Mapping
from functools import cache

#: What is wrong in the world, and what that leads to by itself.
LEADS_TO: Mapping[str, tuple[str, ...]] = {
    # the way of the click
    "visitor-lost": ("id-lost", "ad-id-lost", "no-conversion"),
    "id-lost": ("id-absent", "unmatched"),
    "id-changed": ("unmatched",),
    "ad-id-lost": ("ad-unmatched",),
    # the event
    "no-conversion": ("no-attempt",),
    "held": ("no-attempt",),
    "no-attempt": ("uncounted",),
    # the request
    "id-absent": ("param-absent", "refused", "uncounted"),
    "id-wrong": ("unmatched", "refused"),
    "unmatched": ("refused", "uncounted"),
    "amount-wrong": ("amount-differs", "refused"),
    "currency-wrong": ("currency-differs", "amount-differs", "refused"),
    "status-wrong": ("status-differs", "status-unmapped", "refused"),
    "goal-wrong": ("goal-unmatched", "refused"),
    "order-wrong": ("twice", "repeat-refused", "refused"),
    "param-absent": ("refused",),
    # the delivery
    "undelivered": ("attempt-failed", "sent-again"),
    "refused": ("attempt-failed", "uncounted"),
    "attempt-failed": ("uncounted", "broken-since", "never-retried", "switched-off"),
    "switched-off": ("no-attempt",),
    # the books
    "late": ("uncounted",),
    "uncounted": ("gap",),
    "twice": ("gap",),
    "repeat-refused": ("refused",),
    "clock-wrong": ("time-differs", "day-differs", "too-old", "before-click"),
    "status-differs": ("uncounted",),
    # the upload
    "event-malformed": ("upload-refused",),
    "ad-unmatched": ("upload-refused",),
    "too-old": ("upload-refused",),
    "before-click": ("upload-refused",),
    "account-wrong": ("upload-refused", "ad-unmatched"),
}

#: Of the wrongs whose name ends so, only those of the same place are meant: one hop sends visitors elsewhere.
OF_PLACE = "@"

#: What a fault in one parameter of a request breaks, by what the parameter carries.
BY_SUBJECT: Mapping[str, str] = {
    "click_id": "id-wrong",
    "transaction_id": "order-wrong",
    "payout": "amount-wrong",
    "currency": "currency-wrong",
    "status": "status-wrong",
    "goal": "goal-wrong",
    "host": "undelivered",
    "path": "undelivered",
}

#: A lost parameter of the click; of which kind is told by its name, where the finding has one.
_CLICK_LOSS = ("id-lost", "ad-id-lost")
LOSS = frozenset(_CLICK_LOSS)
_NO_ANSWER = ("undelivered",)

#: What a fault breaks. Faults of one parameter stand in ``OF_PARAMETER`` instead.
BREAKS: Mapping[str, tuple[str, ...]] = {
    # click
    "click-id-param-absent": ("id-lost",),
    "click-id-wrong-param": ("id-lost", "id-changed"),
    "source-macro-unexpanded": ("ad-id-lost", "ad-unmatched"),
    "redirect-drops-query": _CLICK_LOSS,
    "nested-destination-loses-ids": _CLICK_LOSS,
    "click-id-altered": ("id-changed", "ad-unmatched"),
    "foreign-click-id": ("id-changed",),
    "url-structure-broken": _CLICK_LOSS,
    "client-side-hop": _CLICK_LOSS,
    "redirect-loop-or-excess-hops": ("visitor-lost",),
    "redirect-invalid": ("visitor-lost",),
    "hop-dns-or-tls-failure": ("visitor-lost",),
    "hop-answers-error": ("visitor-lost",),
    "nested-destination-not-reached": ("visitor-lost",),
    "tracking-domain-mismatch": ("unmatched", "id-lost"),
    "permanent-redirect-cached": ("repeat-refused",),
    "geo-device-branch": ("visitor-lost", "sent-elsewhere@"),
    # event
    "browser-strips-click-id": _CLICK_LOSS,
    "auto-tagging-off": ("ad-id-lost",),
    "click-id-not-persisted": ("id-lost", "ad-id-lost"),
    "unknown-click-id": ("unmatched",),
    "click-id-near-match": ("id-changed",),
    "click-outside-window": ("refused", "uncounted"),
    "event-never-fired": ("no-conversion",),
    "event-postback-toggle-off": ("no-attempt",),
    "event-or-goal-name-mismatch": ("goal-wrong", "no-attempt"),
    "status-not-mapped": ("status-wrong", "uncounted"),
    "conversion-pending-hold": ("held",),
    "conversion-cap-or-throttle": ("refused", "uncounted", "no-attempt"),
    "conversion-rule-rejected": ("refused", "uncounted", "status-differs"),
    "legit-repeat-suppressed": ("repeat-refused", "uncounted"),
    "duplicate-counted-twice": ("twice",),
    "status-change-on-final": ("refused", "status-differs"),
    "configured-after-conversion": ("no-attempt",),
    "offer-inactive": ("refused", "uncounted"),
    "pixel-s2s-mode-mismatch": ("refused", "no-attempt"),
    "postback-url-missing": ("no-attempt",),
    "postback-scope-mismatch": ("no-attempt",),
    "postback-auto-disabled": ("switched-off", "no-attempt", "run-of-failures"),
    "no-retry-after-failure": ("uncounted",),
    "receiver-5xx-block": ("uncounted", "never-retried", "broken-since"),
    "count-gap": ("gap-seen",),
    "delayed-or-batched-delivery": ("late", "too-old", "time-differs"),
    "definition-or-attribution-mismatch": ("uncounted", "status-differs"),
    "timezone-day-shift": ("clock-wrong",),
    "time-basis-mismatch": ("day-differs", "time-differs"),
    "logs-payout-cents": ("amount-differs",),
    "logs-payout-static": ("amount-differs",),
    "logs-currency-differs": ("amount-differs",),
    "unannounced-partner-change": (),
    # callback
    "endpoint-not-found": _NO_ANSWER,
    "scheme-or-redirect-on-endpoint": _NO_ANSWER,
    "endpoint-dns-failure": _NO_ANSWER,
    "endpoint-tls-failure": _NO_ANSWER,
    "endpoint-timeout": _NO_ANSWER,
    "endpoint-unreachable": _NO_ANSWER,
    "endpoint-wrong-host": ("undelivered", "uncounted"),
    "network-firewall-block": _NO_ANSWER,
    "user-agent-blocked": _NO_ANSWER,
    "app-allowlist-reject": ("refused",),
    "bot-challenge": _NO_ANSWER,
    "auth-token-mismatch": ("refused",),
    "signature-mismatch": ("refused",),
    "http-method-mismatch": _NO_ANSWER,
    "required-param-missing": ("param-absent", "refused"),
    "wrong-account-or-offer-id": ("refused", "unmatched"),
    "ok-status-not-recorded": ("refused", "uncounted"),
    "ack-body-unexpected": ("attempt-failed",),
    "rate-limited": _NO_ANSWER,
    "receiver-5xx": ("undelivered", "server-error"),
    "staging-endpoint": ("uncounted", "undelivered", "unmatched"),
    "request-refused": ("refused",),
    # template
    "template-not-a-url": _NO_ANSWER,
    "template-scheme": _NO_ANSWER,
    "template-structure-broken": ("id-absent", "param-absent", "refused"),
    "macro-empty": ("param-absent",),
    "template-lacks-required": ("param-absent",),
    "template-version-drift": ("param-absent",),
    "param-name-mismatch": ("param-absent",),
    "txn-id-missing": ("order-wrong",),
    "payout-format-unit": ("amount-wrong",),
    "payout-static-or-overridden": ("amount-wrong",),
    "currency-mismatch": ("currency-wrong",),
    # upload
    "upload-token-invalid": ("upload-refused",),
    "upload-wrong-account": ("account-wrong",),
    "upload-time-unit-or-zone": ("clock-wrong", "event-malformed", "event-time-odd"),
    "upload-event-too-old": ("event-malformed", "event-time-odd"),
    "upload-conversion-action-missing": ("upload-refused",),
    "gclid-unparseable": ("ad-unmatched",),
    "upload-click-id-altered": ("ad-unmatched",),
    "ad-click-outside-window": ("upload-refused",),
    "test-code-in-production": ("upload-unproven",),
    "dedup-failure": ("upload-twice",),
    "mmp-partner-or-event-off": ("upload-refused",),
    **dict.fromkeys(
        (
            *("pii-hash-invalid", "match-keys-missing", "fbc-malformed", "upload-field-type"),
            *("value-currency-invalid", "upload-field-missing", "upload-action-source-unknown"),
            *("upload-event-name-unknown", "conversion-precedes-click", "upload-duplicate-order"),
            *("upload-batch-too-large", "upload-unreadable"),
        ),
        ("event-malformed",),
    ),
}

#: Faults of one parameter of the request: what they break depends on what it carries.
OF_PARAMETER = frozenset(
    (
        *("macro-literal", "macro-name-or-dialect", "macro-empty", "macro-braces-encoded", "placeholder-left-in"),
        *("value-double-encoded", "value-not-encoded", "param-name-mismatch", "own-id-instead-of-external-id"),
        *("template-version-drift", "template-id-static", "template-status-word", "template-param-twice"),
        *("template-value-in-wrong-param", "template-invisible-characters", "template-look-alike-characters"),
        *("template-escape-broken", "sent-id-shape-odd", "required-param-missing", "template-lacks-required"),
    )
)

#: What a finding makes visible, when it may be but the effect of something else.
SHOWS: Mapping[str, tuple[str, ...]] = {
    # click and event
    "redirect-drops-query": ("sent-elsewhere@",),
    "client-side-hop": ("sent-elsewhere@",),
    "click-id-shape-odd": ("id-changed",),
    "unknown-click-id": ("unmatched", "id-changed"),
    "click-id-near-match": ("id-changed",),
    "click-id-not-persisted": ("id-lost",),
    "event-never-fired": ("visitor-lost",),
    "event-postback-toggle-off": ("switched-off",),
    "postback-auto-disabled": ("switched-off",),
    "configured-after-conversion": ("switched-off",),
    "postback-url-missing": ("switched-off",),
    "no-retry-after-failure": ("never-retried",),
    "receiver-5xx-block": ("server-error", "run-of-failures"),
    "unannounced-partner-change": ("broken-since", "run-of-failures"),
    "accepted-not-counted": ("uncounted", "gap-seen"),
    "conversion-rule-rejected": ("refused", "unmatched"),
    "definition-or-attribution-mismatch": ("status-differs",),
    "count-gap": ("gap",),
    "event-or-goal-name-mismatch": ("goal-unmatched",),
    "duplicate-counted-twice": ("twice",),
    "legit-repeat-suppressed": ("repeat-refused",),
    "delayed-or-batched-delivery": ("sent-again",),
    "status-not-mapped": ("status-unmapped",),
    "logs-status-differs": ("status-differs",),
    "logs-payout-differs": ("amount-differs",),
    "logs-payout-cents": ("amount-differs",),
    "logs-payout-static": ("amount-differs",),
    "logs-currency-differs": ("currency-differs",),
    "timezone-day-shift": ("time-differs", "day-differs"),
    "time-basis-mismatch": ("time-differs", "day-differs"),
    # callback
    "request-refused": ("refused", "undelivered"),
    "ok-status-not-recorded": ("refused", "uncounted"),
    "required-param-missing": ("param-absent",),
    "receiver-5xx": ("server-error",),
    # upload
    "upload-refused": ("upload-refused",),
    "upload-unproven": ("upload-refused", "upload-unproven", "ad-unmatched"),
    "ad-click-not-found": ("ad-unmatched",),
    "gclid-unparseable": ("ad-id-lost",),
    "match-keys-missing": ("ad-id-lost",),
    "upload-click-id-left-out": ("ad-id-lost",),
    "upload-field-missing": ("ad-id-lost",),
    "upload-event-too-old": ("too-old",),
    "ad-click-outside-window": ("clock-wrong",),
    "conversion-precedes-click": ("before-click", "event-time-odd"),
    "upload-differs": ("event-malformed",),
    "template-lacks-required": ("param-absent",),
}

#: What one parameter's finding shows of an earlier fault, by what the parameter carries.
SHOWS_OF_PARAMETER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "macro-empty": {"click_id": ("id-lost",)},
    "sent-id-shape-odd": {"click_id": ("id-changed",)},
    "required-param-missing": {"click_id": ("id-lost", "id-absent")},
}


@cache
def following(wrong: str) -> frozenset[str]:
    """A wrong and everything it leads to."""
    found: set[str] = set()
    open_ = [wrong]
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += LEADS_TO.get(one, ())
    return frozenset(found)
