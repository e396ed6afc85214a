"""The live world as the command line asks for it: limits, secrets, extra certificates, the journal of sends."""

from argparse import Namespace
from collections.abc import Mapping

from postback_wizard.commands.reading import limits, readable
from postback_wizard.commands.secrets import secrets_at_hand
from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import SECRET, TOKEN
from postback_wizard.domain.step import Settings
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.journal import Journal
from postback_wizard.effects.settings import load_settings
from postback_wizard.effects.world import LiveWorld


class Edge:
    """What a run may take, and the world it asks; one for each command line."""

    def __init__(self, options: Namespace) -> None:
        self.user = load_settings()
        self.secrets = secrets_at_hand()
        self.settings = Settings(
            limits=limits(options, self.user.limits),
            endpoints=self.user.endpoints,
            has_token=TOKEN in self.secrets,
            has_secret=SECRET in self.secrets,
        )
        self._ca_file = readable(getattr(options, "ca_file", ""), "--ca-file")
        self._journal = Journal(find_folders().journal)

    def world(self, case: Case, secrets: Mapping[str, str] | None = None) -> LiveWorld:
        """A live world for a case as it is now: its allowed networks and its proxy; other secrets where given."""
        return LiveWorld(
            allow=case.facts.allow,
            secrets=self.secrets if secrets is None else secrets,
            ca_file=self._ca_file,
            proxy=case.facts.proxy,
            journal=self._journal,
            case_id=case.id,
        )
