"""The visitors before the one of a case: when they came, with which browser, and what was broken by then."""

from dataclasses import dataclass, replace

from postback_wizard.practice.faults import HEALTHY, Faults
from postback_wizard.practice.visitor import CHROME, SAFARI, USER_AGENT


@dataclass(frozen=True, slots=True)
class Earlier:
    """One visitor: hours before now, minutes until the order (0: none), and what was broken at that moment.

    ``keeps_fbclid``: the link came with the ad platform's click ID.
    """

    hours: float
    minutes: float
    faults: Faults = HEALTHY
    user_agent: str = USER_AGENT
    keeps_fbclid: bool = True


#: Two days of a small campaign.
_USUAL = ((46, 4), (41, 0), (35, 11), (29, 3), (23.5, 6), (17, 0), (9, 8), (3, 5))
#: The same before an outage; hours before now at which people bought during it, and after the tracker had given up.
_BEFORE = ((47, 4), (41, 0), (35, 11), (29, 3), (23.5, 6), (17, 5), (10.5, 8))
_DOWN, _GIVEN_UP = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0), (5.5, 4.0, 3.0, 2.0, 1.0)
#: Visitors of a larger campaign, half of them with phones; of those, how many in seven came without the platform's ID.
_MANY, _STRIPPED = 64, frozenset((1, 4, 5))


def earlier(faults: Faults) -> tuple[Earlier, ...]:
    """Everybody who came before the conversion of a case with these faults, in the order of time."""
    if faults.tracker_gave_up:
        return _outage()
    if faults.phones_lose_fbclid:
        return tuple(_mixed(number) for number in range(_MANY))
    # How a party keeps its books does not change overnight; everything else broke after these two days.
    books = replace(
        HEALTHY,
        partner_clock_minutes=faults.partner_clock_minutes,
        partner_writes_hundredths=faults.partner_writes_hundredths,
    )
    return tuple(Earlier(hours, minutes, books) for hours, minutes in _USUAL)


def _outage() -> tuple[Earlier, ...]:
    before = [Earlier(hours, minutes) for hours, minutes in _BEFORE]
    down = [Earlier(hours, 3, Faults(partner_is_down=True)) for hours in _DOWN]
    return (*before, *down, *(Earlier(hours, 4, Faults(tracker_gave_up=True)) for hours in _GIVEN_UP))


def _mixed(number: int) -> Earlier:
    """Few of them buy; a click is enough to show what is missing from it."""
    hours, minutes = 46 - 0.7 * number, 5 if number % 9 == 2 else 0
    if number % 2:
        return Earlier(hours, minutes, user_agent=CHROME)
    return Earlier(hours, minutes, user_agent=SAFARI, keeps_fbclid=number // 2 % 7 not in _STRIPPED)
