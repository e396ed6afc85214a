"""What can be broken in the practice chain: one switch a fault, all of them off in a healthy chain."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postback_wizard.practice.gates import Gate

TEMPLATE = "?cid={clickid}&payout={payout}&currency={currency}&txid={transaction_id}&status={status}"


@dataclass(frozen=True, slots=True)
class Faults:
    """Switches of the chain; ``template`` is the query of the postback, ``partner_refuses`` a reason to refuse.

    ``partner_gate`` is what stands before the partner's address; with ``signed`` the partner wants a signature, and the
    tracker makes it of encoded values.
    ``partner_clock_minutes`` is how far the clock of the partner's log is ahead of UTC, which it then does not name.
    What is broken only for a while, or only for some visitors, is told by ``practice.earlier``.
    """

    network_forgets_query: bool = False
    network_lowers_case: bool = False
    network_asks_twice: bool = False
    tracker_redirects_for_good: bool = False
    shop_keeps_quiet: bool = False
    partner_refuses: str = ""
    template: str = TEMPLATE
    tracker_sends_bare_fbclid: bool = False
    tracker_sends_milliseconds: bool = False
    tracker_writes_comma: bool = False
    tracker_posts_elsewhere: bool = False
    partner_gate: "Gate" = ""
    signed: bool = False
    tracker_gave_up: bool = False
    partner_is_down: bool = False
    partner_clock_minutes: int = 0
    partner_writes_hundredths: bool = False
    phones_lose_fbclid: bool = False


HEALTHY = Faults()
