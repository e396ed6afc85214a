"""Trust in certificates, and what a failed handshake amounts to."""

import ssl
import sys
from functools import lru_cache

_VERIFY_CODES = {
    9: "TLS_NOT_YET_VALID",
    10: "TLS_EXPIRED",
    62: "TLS_NAME_MISMATCH",
    64: "TLS_NAME_MISMATCH",
}
#: Systems that verify for themselves word it their own way.
_VERIFY_WORDS = (
    ("not yet valid", "TLS_NOT_YET_VALID"),
    ("expired", "TLS_EXPIRED"),
    ("validity period", "TLS_EXPIRED"),
    ("hostname", "TLS_NAME_MISMATCH"),
    ("host name", "TLS_NAME_MISMATCH"),
    ("cn name", "TLS_NAME_MISMATCH"),
)
_OLD = ("UNSUPPORTED_PROTOCOL", "ALERT_PROTOCOL_VERSION", "VERSION_TOO_LOW", "WRONG_SSL_VERSION")


@lru_cache(maxsize=4)
def trusting_context(ca_file: str = "") -> ssl.SSLContext:
    """The context that verifies like this system does, with one more authority when ``ca_file`` (PEM) names one.

    Built once: where OpenSSL keeps the system's certificates itself they are read here and not at every connection.

    Raises:
        OSError: ``ca_file`` cannot be read or holds no certificate.
    """
    context = _system_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def blind_context() -> ssl.SSLContext:
    """A context that accepts any certificate: only to look at one, never to send a request."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _system_context() -> ssl.SSLContext:
    paths = ssl.get_default_verify_paths()
    if sys.platform not in ("win32", "darwin") and (paths.cafile or paths.capath):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.set_default_verify_paths()
        return context
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def failure(error: ssl.SSLError) -> tuple[str, str]:
    """The outcome name of a TLS error, and a short detail in OpenSSL's words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        message = error.verify_message or str(error)
        outcome = _VERIFY_CODES.get(error.verify_code) or next(
            (name for word, name in _VERIFY_WORDS if word in message.lower()), "TLS_UNTRUSTED"
        )
        return outcome, message[:200]
    reason = error.reason or ""
    if "CERTIFICATE_REQUIRED" in reason:
        return "TLS_CLIENT_CERT", reason
    if any(word in reason for word in _OLD):
        return "TLS_OLD_PROTOCOL", reason
    return (f"TLS_FAILED({reason.lower().replace('_', '-')})" if reason else "TLS_CLOSED"), reason or str(error)[:200]


_RECORD, _HANDSHAKE, _CERTIFICATE_REQUEST = 5, 22, 13


def wants_certificate(came: bytes | bytearray) -> bool:
    """Whether a server asked for a client certificate in the part of a handshake up to TLS 1.2 that is in the clear."""
    messages = bytearray()
    while len(came) > _RECORD and came[0] == _HANDSHAKE:
        length = int.from_bytes(came[3:5], "big")
        messages += came[_RECORD : _RECORD + length]
        came = came[_RECORD + length :]
    while len(messages) >= 4:
        if messages[0] == _CERTIFICATE_REQUEST:
            return True
        del messages[: 4 + int.from_bytes(messages[1:4], "big")]
    return False
