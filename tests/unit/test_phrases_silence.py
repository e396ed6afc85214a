"""Ordinary text is read as nothing, and no text takes longer than its length deserves."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.catalogue.decoding import decode
from postback_wizard.catalogue.phrases import speakers

ROOT = Path(__file__).parents[2]
SENTENCES = (
    "We launched the campaign on Monday and see 200 clicks but no conversions.",
    "Please check the postback for offer 13, it was fine last week.",
    "The tracker shows 8 leads and the network shows 10.",
    "Order 190 was paid by card.",
    "Use promo code 100 at checkout.",
    "The status code is 200 and the body is ok.",
    "Our click ID is stored in a hidden field on the landing page.",
    "The page returns an error after the second redirect.",
    "I cannot find the conversion in the report, could you look?",
    "The click is not older than two hours.",
    "Everything works, thank you for the quick help!",
    "The offer was paused at noon and started again at two.",
    "Our manager will answer on Thursday, 5 March 2026.",
    "The payout changed from 12.50 to 13 dollars.",
    "HTTP 404 is what my browser shows for the favicon.",
    "https://track.example/postback?cid=w7k2m9x4q1&payout=13&status=1",
    '{"status": "ok", "id": 190, "message": "conversion recorded"}',
    "2026-03-01 10:00:05 INFO request finished in 17 ms",
    "<html><head><meta charset='utf-8'><title>Shop</title></head><body>200 items</body></html>",
    "The IP of our server is 203.0.113.7, port 443.",
    "Мы запустили кампанию, но в трекере всего 13 конверсий.",
    "Проверьте, пожалуйста, постбек: клики есть, конверсий нет.",
    "Заказ 190 оплачен картой, сумма 12,50.",
    "Статус 200, тело ответа пустое.",
    "Макрос в ссылке мы вчера поправили, всё заработало.",
    "Введите код подтверждения 100 из письма.",
    "Менеджер ответит в четверг, 5 марта.",
    "Партнёр просит прислать click ID и время конверсии.",
    "Оффер остановили в обед и снова включили в два часа.",
    "Спасибо, теперь всё приходит вовремя.",
    "Ошибка появилась после второго редиректа.",
    "Every click that is invalid should be reported.",
    "We do not accept an expired or duplicate coupon.",
    "The fraud team is empty today.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_ordinary_sentence_is_read_as_nothing(sentence: str) -> None:
    assert decode(sentence) == ()


#: None of these is read as words of its platform, though numbers and everyday words count for it.
@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("We saw 13 clicks and 8 sales.", "everflow"),
        ("payout=13&offer=8", "everflow"),
        ("it took 4.13 seconds, 13% more", "everflow"),
        ("at 10:13 and 13:08", "everflow"),
        ("status code 100 of 200", "meta_capi"),
        ("that is ok with us", "revtoo"),
        ("pre-paid - not yet", "admitad"),
    ],
)
def test_a_number_or_word_that_stands_elsewhere_is_not_a_code(text: str, platform: str) -> None:
    assert decode(text, platform) == ()


@pytest.mark.parametrize(
    "text", ["XUNPARSEABLE_GCLID", "UNPARSEABLE_GCLIDS", "my_INVALID_CLICK_ID", "preBroken clickidpost", "error 1900"]
)
def test_only_whole_words_count(text: str) -> None:
    assert decode(text) == ()


@pytest.mark.parametrize(
    "text", ["Broken. Clickid", "broken,clickid", "broken\n\n\nclickid", "Broken" + " " * 2000 + "clickid"]
)
def test_words_of_two_sentences_or_cells_are_no_phrase(text: str) -> None:
    assert decode(text) == ()


HOSTILE = {
    "phrases": "Broken clickid,",
    "codes": "code=1 ",
    "numbers": "13,",
    "rows": "13\n",
    "subcodes": "code 100 error_subcode 33 ",
    "backslashes": "\\",
    "percents": "%25",
    "entities": "&amp;",
    "tags": "<a ",
    "brackets": "<",
    "spaces": " ",
    "dashes": "-,",
    "one word": "a",
    "beginnings": "missing mandatory ",
    "names": "everflow ",
    "slashes": "1/",
    "zeros": "\x00",
    "escapes": "\\u0000",
    "surrogates": "\\ud800",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_megabyte_of_anything_is_read(kind: str) -> None:
    unit = HOSTILE[kind]
    text = unit * (1_000_000 // len(unit))
    readings = decode(text, "everflow")
    assert all(text[item.start : item.end] == item.said for item in readings)


@given(st.text())
def test_any_text_at_all_is_read(text: str) -> None:
    readings = decode(text, "everflow")
    assert all(text[item.start : item.end] == item.said for item in readings)


@given(
    st.sampled_from([phrase for item in speakers().values() for phrase in item.phrases if phrase.place == "anywhere"]),
    st.text("{}[]<>\"'&%\\ \n,;abcZ09", max_size=60),
    st.text("{}[]<>\"'&%\\ \n,;abcZ09", max_size=60),
)
def test_readings_never_overlap_except_on_the_same_words(phrase: object, before: str, after: str) -> None:
    say = getattr(phrase, "say", "")
    spans = sorted({(item.start, item.end) for item in decode(f"{before} {say} {after}")})
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_importing_reads_no_file() -> None:
    code = (
        "import postback_wizard.catalogue.decoding, postback_wizard.catalogue.phrases as p, "
        "postback_wizard.catalogue.modes as m; print(p.speakers.cache_info().currsize + m.modes.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "0\n"
