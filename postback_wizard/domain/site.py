"""Whose host it is: names that belong to one owner, as far as a name tells without a list of all suffixes."""

from ipaddress import ip_address

#: Second-level names under which countries hand out names: ``shop.co.uk`` has one owner, ``co.uk`` has many.
_SHARED = frozenset(("ac", "co", "com", "edu", "gob", "gov", "net", "nom", "or", "org"))


def site(host: str) -> str:
    """The part of a host name that one owner registers: ``go.shop.example`` and ``shop.example`` are one site.

    An address, and a name of one label, is itself.
    """
    name = host.lower().rstrip(".")
    labels = name.split(".")
    if len(labels) < 3 or _is_address(name):
        return name
    taken = 3 if len(labels[-1]) == 2 and labels[-2] in _SHARED else 2
    return ".".join(labels[-taken:])


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
