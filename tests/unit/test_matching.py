"""How platforms match people and copies is read strictly from the catalogue."""

import pytest

from postback_wizard.catalogue import CatalogueError, upload_apis
from postback_wizard.catalogue.matching import others_of, read_dedup, read_hashing
from postback_wizard.catalogue.table import Table
from postback_wizard.domain.within import body_of, events_in, texts_at

KEY = {"at": "user.em", "kind": "email", "recipe": ["trim", "lower"]}
FIELD = {"server": "event_id", "browser": ["eventID"]}


def table(**values: object) -> Table:
    return Table(values, "hashing", ("https://mine.example/help",))


def test_a_key_is_read_with_its_recipe() -> None:
    found = read_hashing(table(events=["data"], never=["user.ip"], keys=[{**KEY, "also": [{"steps": ["lower"]}]}]))
    assert [(rule.at, rule.hashed, rule.recipe, rule.also) for rule in found.keys] == [
        ("user.em", "yes", ("trim", "lower"), (("lower",),)),
        ("user.ip", "no", (), ()),
    ]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"recipe": ["trim", "lowercase"]}, "hashing.keys[1].recipe"),
        ({"kind": "mail"}, "hashing.keys[1].kind"),
        ({"hashed": "maybe"}, "hashing.keys[1].hashed"),
        ({"recipes": ["trim"]}, "hashing.keys[1].recipes"),
        ({"also": [{"steps": ["x"]}]}, "hashing.keys[1].also[1].steps"),
        ({"also": [{"steps": ["trim"], "more": 1}]}, "hashing.keys[1].also[1].more"),
        ({"src": [2]}, "hashing.keys[1].src"),
        ({"at": ""}, "hashing.keys[1].at"),
    ],
)
def test_a_fault_in_a_key_is_named_by_its_place(change: dict[str, object], path: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_hashing(table(events=["data"], keys=[{**KEY, **change}]))
    assert caught.value.key == path


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"window_seconds": "48 h"}, "hashing.window_seconds"),
        ({"window": 5}, "hashing.window"),
        ({"fields": [{**FIELD, "x": 1}]}, "hashing.fields[1].x"),
        ({"instead": [{**FIELD, "within_seconds": "5"}]}, "hashing.instead[1].within_seconds"),
    ],
)
def test_a_fault_in_the_rule_of_copies_is_named_by_its_place(change: dict[str, object], path: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_dedup(table(**{"fields": [FIELD], **change}))
    assert caught.value.key == path


def test_every_key_with_a_recipe_rests_on_a_source() -> None:
    hashing = [api.hashing for api in upload_apis().values() if api.hashing]
    assert len(hashing) == 11
    assert all(item.sources and item.events for item in hashing)


def test_the_other_platforms_never_hold_the_platform_itself() -> None:
    assert not [names for names, _ in others_of("phone", "meta_capi") if "Meta" in names.split(", ")]


@pytest.mark.parametrize(
    ("body", "place", "expected"),
    [
        ('{"a": {"b": ["x", 5, "", null, true]}}', "a.b", ("x", "5")),
        ('{"a": [{"b": "x"}, {"b": "y"}]}', "a[].b", ("x", "y")),
        ('{"a": [{"t": "E", "v": "x"}, {"t": "F", "v": "y"}]}', "a[t=F].v", ("y",)),
        ('{"a": 5}', "a.b.c", ()),
        ("[]", "a", ()),
    ],
)
def test_places_reach_into_lists(body: str, place: str, expected: tuple[str, ...]) -> None:
    assert texts_at(body_of(body), place) == expected


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('{"data": {"events": [{}, {}]}}', 2),
        ('{"event": "x"}', 1),
        ('[{"a": 1}, 5]', 1),
        ('{"data": "[{}]"}', 1),
        ("5", 0),
        ("{", 0),
    ],
)
def test_events_are_found_where_a_body_has_them(body: str, count: int) -> None:
    assert len(events_in(body_of(body), ("data.events", "data"))) == count
