"""OAuth 1.0a: the published examples come out as published."""

import pytest

from postback_wizard.effects.oauth1 import Keys, authorization, base_string, read_keys

#: The example of X's documentation "Creating a signature".
X_KEYS = Keys(
    "xvz1evFS4wEEPTGEFPHBog",
    "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
)
X_NONCE = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"


def test_the_signature_of_xs_documentation_is_made() -> None:
    url = "https://api.twitter.com/1/statuses/update.json?include_entities=true"
    form = [("status", "Hello Ladies + Gentlemen, a signed OAuth request!")]
    header = authorization("post", url, X_KEYS, X_NONCE, 1318622958, form)
    assert 'oauth_signature="tnnArxj06cWHq44gCs1OSKk%2FjLY%3D"' in header
    assert header.startswith('OAuth oauth_consumer_key="xvz1evFS4wEEPTGEFPHBog", oauth_nonce=')


def test_the_base_string_of_the_rfc_is_made() -> None:
    given = [
        ("oauth_consumer_key", "9djdj82h48djs9d2"),
        ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
        ("c2", ""),
        ("a3", "2 q"),
    ]
    assert base_string("POST", "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", given) == (
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26"
        "c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1"
        "%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    )


@pytest.mark.parametrize(("app", "user"), [("", "a:b"), ("key", "a:b"), ("k:s", "token"), ("k:s", ":b"), ("k:", "a:b")])
def test_half_a_pair_signs_nothing(app: str, user: str) -> None:
    assert read_keys(app, user) is None


def test_the_keys_are_no_part_of_what_is_printed() -> None:
    assert "LswwdoUaIvS8" not in repr(X_KEYS)
