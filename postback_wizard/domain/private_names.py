"""Which names of headers, parameters, columns and JSON keys hold something that must not leave the house."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

Kind = Literal[
    "email", "phone", "ip", "token", "signature", "secret", "password", "cookie", "personal", "encoded", "user"
]

_NAMES: Mapping[Kind, str] = {
    "token": "token accesstoken apikey key auth authorization proxyauthorization secure securitytoken securetoken "
    "appsecretproof session sessionid phpsessid jsessionid jwt bearer accesskey privatekey apitoken developertoken "
    "refreshtoken idtoken xapikey xauthtoken authtoken authkey authenticity csrf csrftoken xcsrftoken xsrftoken "
    "credential credentials",
    "signature": "signature sig sign hash hmac checksum digest md5 sha1 sha256 xsignature xhubsignature "
    "xhubsignature256",
    "secret": "secret clientsecret appsecret securekey hashkey signingkey",
    "password": "password pass passwd pwd passphrase",
    "cookie": "cookie setcookie",
    "email": "email mail em useremail emailaddress emailhash hashedemail",
    "phone": "phone ph tel phonenumber msisdn mobile mobilenumber mobilephone telephone cellphone",
    "ip": "ip ipaddress ipaddr userip clientip clientipaddress remoteaddr remoteip remoteaddress xforwardedfor "
    "xrealip trueclientip cfconnectingip forwarded ipv4 ipv6 visitorip clickip conversionip deviceip xclientip "
    "sessionip ipua",
    "personal": "firstname lastname fullname fn ln surname dob birthdate birthday dateofbirth street streetaddress "
    "zip zipcode postcode postalcode zp address addressline1 addressline2 passport ssn",
}
_EXACT: Mapping[str, Kind] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_PARTS: Mapping[str, Kind] = {
    "token": "token",
    "apikey": "token",
    "jwt": "token",
    "authorization": "token",
    "secret": "secret",
    "password": "password",
    "passwd": "password",
    "signature": "signature",
    "hmac": "signature",
    "email": "email",
    "phone": "phone",
    "msisdn": "phone",
}
#: Names that speak about a private value without holding one: ``token_type``, ``email_status``.
_ABOUT = frozenset(
    (
        *("type", "status", "verified", "valid", "count", "expires", "expiry", "expire", "length", "len"),
        *("at", "required", "error", "macro", "param", "template", "model", "name", "method", "algorithm"),
        *("alg",),
    )
)
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_HASHED = re.compile(r"^(?:sha256|sha1|md5|hashed)|(?:sha256|sha1|md5|hash|hashed)$")

#: JSON objects all of whose values describe a person, apart from the names below.
CONTEXTS = frozenset(
    (
        *("userdata", "customer", "user", "userinfo", "useridentifiers", "addressinfo", "customerdata"),
        *("person",),
    )
)
_OPEN = frozenset(
    (
        *("fbc", "fbp", "fbclid", "ttclid", "ttp", "gclid", "gbraid", "wbraid", "msclkid", "clickid"),
        *("scclickid", "sccid", "twclid", "rdtcid", "lifatid", "epik", "yclid", "clientuseragent"),
        *("useragent", "locale", "idtype", "subscriptionid", "leadid", "conversionid", "type"),
    )
)


@lru_cache(maxsize=4096)
def kind_of(name: str) -> Kind | None:
    """What a header, parameter or key of this name holds, or None when it may be read by anybody."""
    words = _words(name)
    joined = "".join(words)
    found = _EXACT.get(joined) or _EXACT.get(_HASHED.sub("", joined))
    if found or not words or words[-1] in _ABOUT:
        return found
    return next((_PARTS[word] for word in (*words, "".join(words[-2:])) if word in _PARTS), None)


@lru_cache(maxsize=4096)
def is_person(name: str) -> bool:
    """Whether a JSON object of this name holds data of one person."""
    return "".join(_words(name)) in CONTEXTS


@lru_cache(maxsize=4096)
def stays_open(name: str) -> bool:
    """Whether a value stays readable even inside the data of a person: click IDs and the like."""
    return "".join(_words(name)) in _OPEN


def _words(name: str) -> list[str]:
    """``customer[homeEmail]`` is ``home`` and ``email``: the last part of a nested name, word by word."""
    last = [part for part in re.split(r"[\[\].:/]", name[:200]) if part]
    return [word.lower() for word in _WORD.findall(last[-1])] if last else []
