"""Every behaviour that a sent callback must survive is played, with its outcome and whether it left."""

from tests.loopback.test_behaviours import LIVE
from tests.loopback.test_sent_rows import ROWS

#: N: not sent; S: sent, and what came of it is not known; A: answered.
LETTERS = {"not-sent": "N", "sent": "S", "answered": "A"}

#: What a server does, whether the request left and was answered, and the outcome.
LISTED = {
    # silence
    "never_answers": "S NO_ANSWER",
    "resets": "S RESET",
    "closes without a byte": "S CLOSED_NO_ANSWER",
    "half_closes": "S CLOSED_NO_ANSWER",
    "stops in the status line": "S TRUNCATED_HEAD",
    "sends_half_a_head": "S NO_ANSWER",
    "resets_in_the_body": "A OK_2XX + BODY_TRUNCATED",
    "sends a short body": "A OK_2XX + BODY_TRUNCATED",
    "sends a long body": "A OK_2XX + EXTRA_DATA",
    "drips_headers": "S DEADLINE",
    "drips_the_body": "A OK_2XX + BODY_DEADLINE",
    "sends_chunks_for_ever": "A OK_2XX + BODY_LIMIT",
    "sends_for_ever": "A OK_2XX + BODY_LIMIT",
    "sends_100_for_ever": "S DEADLINE + NOTE(1xx-flood)",
    "sends_103_for_ever": "S DEADLINE + NOTE(1xx-flood)",
    "sends endless trailers": "A OK_2XX + HEADER_LIMIT",
    # framing
    "sends one endless header": "S HEADER_LIMIT",
    "sends 100,000 header lines": "S HEADER_LIMIT",
    "announces a negative length": "S PROTOCOL_ERROR(content-length)",
    "announces a length in words": "S PROTOCOL_ERROR(content-length)",
    "announces an absurd length": "A OK_2XX + BODY_TRUNCATED",
    "announces two lengths": "S PROTOCOL_ERROR(content-length)",
    "announces a length twice in one line": "A OK_2XX + NOTE(content-length-repeated)",
    "announces a length and chunks": "A OK_2XX + SMUGGLING_RISK",
    "stacks a coding on chunks": "S PROTOCOL_ERROR(transfer-encoding)",
    "sends a chunk size of letters": "A OK_2XX + BODY_BROKEN",
    "overflows the chunk size": "A OK_2XX + BODY_BROKEN",
    "forgets the last chunk": "A OK_2XX + BODY_TRUNCATED",
    "sends a body with 204": "A OK_204 + EXTRA_DATA",
    "sends a body with 304": "A UNEXPECTED_304 + EXTRA_DATA",
    "ends lines with LF": "A OK_2XX + NOTE(lf-only)",
    "sends a header without a colon": "S PROTOCOL_ERROR(header)",
    "puts a space before the colon": "S PROTOCOL_ERROR(header)",
    "folds a header": "A OK_2XX + NOTE(header-folded)",
    "sends NUL in a header": "S PROTOCOL_ERROR(header)",
    "sends an escape in a header": "A OK_2XX",
    "sends Latin-1 in a header": "A OK_2XX",
    # protocol
    "switches protocols unasked": "S PROTOCOL_ERROR(upgrade)",
    "answers status 99": "S PROTOCOL_ERROR(status)",
    "answers status 999": "A NON_STANDARD_STATUS",
    "answers status 000": "S PROTOCOL_ERROR(status)",
    "gives no reason phrase": "A OK_2XX",
    "speaks HTTP/1.0": "A OK_2XX + LENGTH_UNKNOWN",
    "speaks HTTP/0.9": "S NOT_HTTP",
    "claims HTTP/2.0": "A OK_2XX + NOTE(http-version-2.0)",
    "speaks ICY": "S NOT_HTTP",
    "greets_like_ssh": "S NOT_HTTP",
    "answers with a TLS alert": "S TLS_ON_PLAIN_PORT",
    # body
    "breaks its declared UTF-8": "A OK_2XX + NOT_UTF8",
    "declares an unknown charset": "A OK_2XX + NOTE(charset)",
    "declares a charset that unpacks": "A OK_2XX + NOTE(charset)",
    "declares UTF-7": "A OK_2XX + NOTE(charset)",
    "declares the idna charset": "A OK_2XX + NOTE(charset)",
    "sends escapes in its body": "A OK_2XX + NOT_UTF8",
    "answers with a page to log in": "A AMBIGUOUS_2XX",
    "says error with 200": "A SOFT_FAIL",
    "answers nothing with 200": "A OK_2XX_EMPTY",
    "answers with a pixel": "A OK_2XX_PIXEL",
    "nests JSON 200,000 deep": "A AMBIGUOUS_2XX + JSON_INVALID(depth)",
    "sends a number of 5,000 digits": "A AMBIGUOUS_2XX + JSON_INVALID(number)",
    # limits
    "limits for 30 seconds": "A RATE_LIMITED(30 s)",
    "limits for ever": "A RATE_LIMITED(value out of range)",
    "limits until a date": "A RATE_LIMITED(until 2099-01-01T00:00:00Z)",
    "is overloaded until soon": "A SERVER_5XX + NOTE(bad-retry-after)",
    "asks for a password": "A REJECTED_401",
    # codings
    "labels rubbish as gzip": "A OK_2XX + BAD_CODING",
    "cuts its gzip": "A OK_2XX + BODY_TRUNCATED(coding)",
    "labels plain text as gzip": "A OK_2XX + BAD_CODING",
    "adds rubbish to its gzip": "A OK_2XX + EXTRA_DATA",
    "sends two gzip members": "A OK_2XX",
    "packs with snappy": "A OK_2XX + CODING_UNSUPPORTED",
    "packs a thousand times": "A OK_2XX + CODING_REFUSED(stack)",
    "sets a thousand cookies": "A OK_2XX",
    "sets evil cookies": "A OK_2XX",
    # bombs
    "sends a gzip bomb": "A OK_2XX + BODY_LIMIT",
    "packs twice": "A OK_2XX + CODING_REFUSED",
    "packs three times": "A OK_2XX + CODING_REFUSED",
    "packs with brotli": "A OK_2XX + CODING_REFUSED",
    "packs with zstandard": "A OK_2XX + CODING_REFUSED",
    # refusals
    "challenges robots": "A BLOCKED_BY_WAF",
    "is gone": "A GONE",
    "fails": "A SERVER_5XX",
    "is overloaded behind a gateway": "A SERVER_5XX",
}


def test_every_listed_behaviour_is_played_with_its_outcome_and_letter() -> None:
    live = {behaviour.__name__: (delivery, outcome) for behaviour, delivery, outcome in LIVE}
    played = {**{name: (delivery, outcome) for name, (_, delivery, outcome) in ROWS.items()}, **live}
    found = {name: f"{LETTERS[played[name][0]]} {' + '.join(played[name][1])}" for name in LISTED if name in played}
    assert found == LISTED
