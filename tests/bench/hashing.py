"""What it costs to hash and judge one million e-mails and phones, against plain hashlib over the normalised strings.

Plain: ``hashlib.sha256(text.encode()).hexdigest()`` over a list of strings that somebody normalised beforehand.
Ours: the raw value is normalised by Meta's rule, hashed, and compared with the digest that was sent, row by row.
So ours does all that plain does, and the normalising and judging on top. Goal: at most 1.5 times plain for e-mails;
phones are reported apart, once as whole numbers with their country code, once as people type them.

Run: ``python tests/bench/hashing.py [rows]``.
"""

import gc
import hashlib
import sys
from time import process_time

from postback_wizard.domain.hash_mistake import wrong_rows
from postback_wizard.domain.normalise import KeyRule, normalise

ROUNDS = 5
GOAL = 1.5
EMAIL = KeyRule("user_data.em", "email", recipe=("trim", "lower"), appendix=True)
GMAIL = KeyRule("hashedEmail", "email", recipe=("trim", "lower", "gmail-dots"))
PHONE = KeyRule("user_data.ph", "phone", recipe=("e164-digits",))


def emails(rows: int) -> list[str]:
    """Addresses as they stand in a shop's table: some with blanks, some with capitals, a quarter at Gmail."""
    domains = ("gmail.com", "corp.example", "Mail.example", "yahoo.com")
    forms = ("jane.doe{0}@{1}", " Ivan.Petrov{0}@{1}", "maria+news{0}@{1} ", "a.long-name.of.somebody{0}@{1}")
    return [forms[number % 4].format(number, domains[number // 4 % 4]) for number in range(rows)]


def phones(rows: int) -> list[str]:
    """Whole numbers in use in three countries."""
    starts = ("+1650{0:07d}", "+447{0:09d}", "+7912{0:07d}")
    numbers = (
        starts[number % 3].format(2_000_000 + number if number % 3 != 1 else 400_000_000 + number)
        for number in range(rows)
    )
    return list(numbers)


def typed(rows: int) -> list[str]:
    """The same as people write them."""
    return [f"{number[:-7]} {number[-7:-4]}-{number[-4:]}" for number in phones(rows)]


def plain(texts: list[str]) -> int:
    """The yardstick: hash every string, keep nothing."""
    return sum(1 for text in texts if hashlib.sha256(text.encode()).hexdigest())


def judged(rule: KeyRule, raws: list[str], sent: list[str]) -> int:
    """How many rows are wrong."""
    return sum(1 for _ in wrong_rows(rule, sent, raws))


def measure(name: str, rule: KeyRule, raws: list[str]) -> float:
    """Best of the rounds, and the ratio; rows that cannot be normalised are left out of both sides."""
    pairs = [(raw, text) for raw in raws if (text := normalise(rule.kind, rule.recipe, raw))]
    raws, texts = [raw for raw, _ in pairs], [text for _, text in pairs]
    sent = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    base = ours = float("inf")
    gc.disable()
    for _ in range(ROUNDS):
        start = process_time()
        plain(texts)
        middle = process_time()
        wrong = judged(rule, raws, sent)
        base, ours = min(base, middle - start), min(ours, process_time() - middle)
    gc.enable()
    ratio = ours / base
    print(
        f"{name:34} {len(texts):>9,} rows  plain {base:6.2f} s  ours {ours:6.2f} s  {ratio:5.2f} times  ({wrong} wrong)"
    )
    return ratio


def main() -> None:
    """Print the ratios."""
    rows = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 1_000_000
    ratio = measure("e-mails, Meta's rule", EMAIL, emails(rows))
    print(f"{'goal':34} at most {GOAL} times: {'reached' if ratio <= GOAL else 'missed'}")
    google = measure("e-mails, Google's rule", GMAIL, emails(rows))
    print(f"{'goal':34} at most {GOAL} times: {'reached' if google <= GOAL else 'missed'}")
    measure("phones, apart: with country code", PHONE, phones(rows))
    measure("phones, apart: as people type", PHONE, typed(rows // 20))


if __name__ == "__main__":
    main()
