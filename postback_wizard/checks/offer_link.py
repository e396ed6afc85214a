"""The offer link as the tracker keeps it: its parties, its parameters, and the macros that stand in them."""

from dataclasses import dataclass
from functools import cached_property

from postback_wizard.catalogue.names import find_platform, has, nearest
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.slots import click_macros, elsewhere, is_click_macro, may_read, network_at, slots
from postback_wizard.catalogue.who import Role, propose, who
from postback_wizard.domain.case import STEP_ORDER, Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.identifiers import is_identifier_name
from postback_wizard.domain.macros import Macro, find_macros, is_placeholder
from postback_wizard.domain.structure import params_of
from postback_wizard.domain.url import Param, Url, split_url


def party(case: Case, role: Role, *urls: str) -> Platform | None:
    """Who plays a part in a case: the platform that was named, else the one these URLs name for sure."""
    named = find_platform(case.facts.get(role))
    if named or case.facts.get(role):
        return named
    proposed = propose([guess for url in urls if url for guess in who(url)])
    return find_platform(proposed[role]) if role in proposed else None


def is_guessed(case: Case, fact: str) -> bool:
    """Whether nobody has said who it is: the fact is empty, or a step filled it in."""
    return not case.facts.get(fact) or case.origins.get(fact, "").partition(":")[0] in STEP_ORDER


@dataclass(frozen=True)
class OfferLink:
    """The link as it stands, with the tracker that keeps it and the network it leads to, where these are known."""

    text: str
    tracker: Platform | None
    network: Platform | None

    @cached_property
    def url(self) -> Url:
        """The link taken apart."""
        return split_url(self.text)

    @cached_property
    def params(self) -> tuple[tuple[Param, tuple[Macro, ...]], ...]:
        """Each parameter with the macros in its value."""
        return tuple((param, find_macros(f"={param.value}")) for param in params_of(self.text))

    @cached_property
    def carriers(self) -> tuple[tuple[Param, Macro], ...]:
        """The parameters that hold the tracker's click ID, each with the macro that does."""
        return tuple(
            (param, macro) for param, macros in self.params for macro in macros if is_click_macro(macro, self.tracker)
        )

    @cached_property
    def strangers(self) -> tuple[tuple[Param, Macro], ...]:
        """Where the click ID of another tracker is asked for, or the tracker's own misspelt."""
        if self.tracker is None or not click_macros(self.tracker) or self.carries_in_path:
            return ()
        taken = {param.start for param, _ in self.carriers}
        return tuple(
            (param, macro)
            for param, macros in self.params
            for macro in macros
            if param.start not in taken and self._means_click_id(param, macro, self.tracker)
        )

    @staticmethod
    def _means_click_id(param: Param, macro: Macro, tracker: Platform) -> bool:
        if is_click_macro(macro, tracker) or has(macro, tracker):
            return False
        proposal = nearest(macro, tracker)
        meant = proposal is not None and proposal.written in {known.text for known in click_macros(tracker)}
        loose = proposal is not None and proposal.reason == "spelling"
        return bool(elsewhere(macro)) or (meant and (not loose or is_identifier_name(param.name)))

    @cached_property
    def carries_in_path(self) -> bool:
        """Whether the click ID rides in the path, or deep inside a nested address."""
        inside = {macro.written for _, macros in self.params for macro in macros}
        return any(
            macro.written not in inside and is_click_macro(macro, self.tracker) for macro in find_macros(self.text)
        )

    @property
    def wanted(self) -> str:
        """What the link should hold, as far as network and tracker are known: ``sub1={clickid}``."""
        slot = slots(self.network)[0] if self.network and slots(self.network) else ""
        known = click_macros(self.tracker) if self.tracker else ()
        return f"{slot or '…'}={known[0].text if known else '…'}"

    def reads(self, name: str) -> bool:
        """Whether the network is known to read that parameter, or is not known well enough to say."""
        return self.network is None or not slots(self.network) or may_read(self.network, name)

    def is_filled(self) -> bool:
        """Whether this is a real click's URL rather than the saved link: an identifier holds a value."""
        return any(
            param.value and not macros and is_identifier_name(param.name) and not is_placeholder(param.text, param.name)
            for param, macros in self.params
        )


def offer_link(case: Case) -> OfferLink | None:
    """The link of the case; None where it is not known, or is no web address."""
    text = case.facts.offer_url.strip()
    if not text:
        return None
    text = text if "://" in text else f"https://{text}"
    tracker = party(case, "tracker", click_url(case.facts))
    return OfferLink(text, tracker, party(case, "network", text) or network_at(split_url(text).host))
