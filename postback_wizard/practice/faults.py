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


HEALTHY = Faults()
