"""Headers, cookies and parameters as a recording holds them: a name beside its value."""

from collections.abc import Callable

from postback_wizard.domain import json_pairs

Change = Callable[[str, str], str]


def change_named(value: object, header: Change, cookie: Change, above: str = "") -> object:
    """The value with every ``{"name": …, "value": …}`` changed by what its name asks for; cookies by their own list."""
    if isinstance(value, json_pairs.Pairs):
        found = dict(value)
        name, text = found.get("name"), found.get("value")
        if isinstance(name, str) and isinstance(text, str):
            hidden = (cookie if above == "cookies" else header)(name, text)
            return json_pairs.Pairs((key, hidden if key == "value" else item) for key, item in value)
        return json_pairs.Pairs((key, change_named(item, header, cookie, key)) for key, item in value)
    return [change_named(item, header, cookie, above) for item in value] if isinstance(value, list) else value
