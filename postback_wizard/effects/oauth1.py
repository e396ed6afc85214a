"""A request signed by OAuth 1.0a with HMAC-SHA1 (RFC 5849), as X's ads API wants it. Secrets come in and never out."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from postback_wizard.domain.url import default_port, split_url

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The app's pair and the user's pair."""

    consumer_key: str
    consumer_secret: str
    token: str
    token_secret: str


def read_keys(app: str, user: str) -> Keys | None:
    """The two pairs from ``key:secret`` each; None where one is missing."""
    key, _, secret = app.strip().partition(":")
    token, _, token_secret = user.strip().partition(":")
    return Keys(key, secret, token, token_secret) if key and secret and token and token_secret else None


def authorization(
    method: str, url: str, keys: Keys, nonce: str, timestamp: int, form: Pairs = (), realm: str = ""
) -> str:
    """The value of the Authorization header. ``form`` are the fields of a form body; a body of JSON is not signed."""
    own = [
        ("oauth_consumer_key", keys.consumer_key),
        ("oauth_nonce", nonce),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", str(timestamp)),
        ("oauth_token", keys.token),
        ("oauth_version", "1.0"),
    ]
    text = base_string(method, url, [*own, *form])
    key = f"{_encoded(keys.consumer_secret)}&{_encoded(keys.token_secret)}"
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha1).digest()
    signed = [*own, ("oauth_signature", base64.b64encode(digest).decode())]
    head = f'OAuth realm="{realm}", ' if realm else "OAuth "
    return head + ", ".join(f'{name}="{_encoded(value)}"' for name, value in sorted(signed))


def base_string(method: str, url: str, params: Pairs) -> str:
    """What is signed (RFC 5849, section 3.4.1): method, address without its query, and all parameters in order."""
    parts = split_url(url)
    scheme, host = parts.scheme.lower(), parts.host.lower()
    port = parts.port_number
    authority = host if port in (None, default_port(scheme)) else f"{host}:{port}"
    query = [(param.name, param.text) for param in parts.params()]
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in [*query, *params])
    listed = "&".join(f"{name}={value}" for name, value in pairs)
    return "&".join((method.upper(), _encoded(f"{scheme}://{authority}{parts.path or '/'}"), _encoded(listed)))


def _encoded(text: str) -> str:
    return quote(text, safe="-._~")
