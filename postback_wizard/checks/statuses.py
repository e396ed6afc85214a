"""What everyday words for a conversion's status mean, in English and Russian."""

import re
from typing import Literal

Stage = Literal["pending", "rejected", "approved", ""]

_WORDS: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    (
        "pending",
        re.compile(
            r"pending|(?:on )?hold|holded|in ?review|review|open|processing|waiting|unconfirmed|not ?confirmed"
            r"|ожида\w*|в ожидании|холд|на холде|в работе|в обработке|на проверке|обработка",
            re.IGNORECASE,
        ),
    ),
    (
        "rejected",
        re.compile(
            r"reject\w*|declin\w*|cancel\w*|trash\w*|invalid|denied|fraud|void\w*|spam|refus\w*"
            r"|отклон\w+|отмен\w+|трэш|треш|отказ\w*|брак|невалид\w*|фрод",
            re.IGNORECASE,
        ),
    ),
    (
        "approved",
        re.compile(
            r"approv\w*|confirm\w*|accept\w*|paid|payable|sale|valid\w*"
            r"|одобрен\w*|подтвержд\w+|принят\w*|оплач\w+|апрув\w*",
            re.IGNORECASE,
        ),
    ),
)


def stage_of(status: str) -> Stage:
    """Where a status stands; empty for a word that is not an everyday one."""
    text = " ".join(status.replace("_", " ").replace("-", " ").split())
    return next((stage for stage, pattern in _WORDS if pattern.fullmatch(text)), "")
