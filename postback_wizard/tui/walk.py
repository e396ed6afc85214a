"""Walking one case through its steps: which screen, which run, which yes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from textual.app import App

from postback_wizard.domain.asked import values_to_fill
from postback_wizard.domain.case import STEP_ORDER, StepId, StepRecord
from postback_wizard.domain.clicked import is_paste
from postback_wizard.domain.customer import read_customer
from postback_wizard.domain.probe import Effect, Evidence, HttpProbe
from postback_wizard.domain.step import Permit, Step
from postback_wizard.domain.url import split_url
from postback_wizard.engine import rejudge
from postback_wizard.steps import BY_ID
from postback_wizard.steps.sending import SECRET_TITLE as UPLOAD_SECRET
from postback_wizard.steps.sending import missing_facts, notice_of, platform_of, token_hint, wants_secret, wants_token
from postback_wizard.tui import words
from postback_wizard.tui.building import built_event
from postback_wizard.tui.comparing import Comparing
from postback_wizard.tui.copying import Copying
from postback_wizard.tui.desk import Desk, DeskError
from postback_wizard.tui.onward import CONFIRM_ONWARD, GOING_ON, NOTHING_ONWARD, host_of, onward_of
from postback_wizard.tui.parts import change_line, changed, sent_request
from postback_wizard.tui.probing import NOTHING, SECRET_ASK, SECRET_TITLE, TITLE, YES, is_signed, next_look, question
from postback_wizard.tui.recalling import Recalling
from postback_wizard.tui.runner import Going
from postback_wizard.tui.runs import Runs
from postback_wizard.tui.screens.confirm import Agree, AskToken, ConfirmSend
from postback_wizard.tui.screens.frame import Reading
from postback_wizard.tui.screens.step import StepScreen, StepView, StepWish
from postback_wizard.tui.screens.step_keys import SENDING
from postback_wizard.tui.secrecy import NOT_WHOLE, SHOWN_BY_NAME, is_whole, shown_by_name
from postback_wizard.tui.session import Session
from postback_wizard.tui.widgets.form import FactTyped
from postback_wizard.tui.widgets.result import Outcome, blocked_addresses, blocked_host

#: What a step cannot send without; an upload's platform tells the rest.
NEEDED: Mapping[StepId, tuple[str, ...]] = {"replay": ("sent_request",), "upload": ("upload_event",)}


class Walk:
    """The steps of one session on the screens of an app."""

    def __init__(
        self,
        app: App[int],
        desk: Desk,
        session: Session,
        lang: str,
        home: Callable[[], Awaitable[None]],
        report: Callable[[], Awaitable[None]],
    ) -> None:
        self._app = app
        self._desk = desk
        self.session = session
        self.lang = lang
        self._home = home
        self._report = report
        #: The run under way, and what the app hands it of its news.
        self.runs = Runs(app, desk, session, lang, self._refresh, self._finished)
        self._then_send = self._then_compared = False
        self.copying = Copying(app, desk, session, lang, partial(self._refresh, "replay"))
        self._recalling = Recalling(app, desk, session, lang, lambda: self._run_wanted(BY_ID["event"]))
        self._comparing = Comparing(app, session, lang, desk.settings, self._compare)

    # -- screens ------------------------------------------------------------------------------------------------

    async def show(self, step: StepId) -> None:
        """Put a step on screen."""
        await self._app.switch_screen(StepScreen(BY_ID[step], self._view(step)))

    def _view(self, step: StepId) -> StepView:
        case = self.session.case
        runs, running = self.runs, self.runs.step == step
        onward = "" if step != "click" or runs.step or self.session.read_only else self._onward()
        idle = step == "replay" and not runs.step and not self.session.read_only
        record, heard = case.record(step), tuple(runs.heard) if running else ()
        if step == "upload" and (heard or (record and record.evidence)):
            from postback_wizard.steps.withholding import withheld_evidence  # wanted once an answer was heard

            heard = withheld_evidence(case, heard)
            record = replace(record, evidence=withheld_evidence(case, record.evidence)) if record else None
        outcome = Outcome(
            record,
            running,
            heard,
            runs.asking,
            onward,
            original=self.session.original,
            puzzling=idle and next_look(case, self._desk.settings()) is not None,
            signed=idle and is_signed(case, self._desk.settings()),
        )
        return StepView(case, outcome, self.lang, self.session.read_only, runs.step)

    async def _refresh(self, step: StepId, *, finished: bool = False) -> None:
        for screen in self._app.screen_stack:
            if isinstance(screen, StepScreen):
                await screen.show(self._view(screen.step.id), finished=finished and screen.step.id == step)

    def going(self, news: Going) -> None:
        """Say how far the run has come."""
        told = self.runs.on_going(news)
        for screen in self._app.screen_stack if told else ():
            if isinstance(screen, StepScreen) and screen.step.id == news.step:
                screen.going(told)

    def retyped(self) -> None:
        """Show how what was typed is understood."""
        for screen in self._app.screen_stack:
            if isinstance(screen, StepScreen):
                view = self._view(screen.step.id)
                if screen.step.id == "replay" or view.outcome.record is None:
                    screen.reread(view)

    # -- wishes -------------------------------------------------------------------------------------------------

    async def wish(self, message: StepWish) -> None:
        """Do what a key asked for."""
        step = BY_ID[message.step]
        match message.wish:
            case "help":
                await self._help(step)
            case "ledger":
                await self._ledger()
            case "columns":
                await self._map_columns(step)
            case "run":
                self._run_wanted(step)
            case "send":
                self._send_wanted(step)
            case "variants":
                if self.runs.step is None:
                    self._comparing.wish()
            case "repair":
                self._repair_wanted("offer_url" if step.id == "click" else "template")
            case "differences":
                self.list_differences()
            case "allow":
                self._allow_wanted(step)
            case "onward":
                self._onward_wanted(step)
            case "copy":
                self.copying.wish(sent_request(self.session.case))
            case "probe":
                self._probe_wanted(step)
            case "receive":
                self._receive_wanted()
            case "build":
                self._build_wanted(step)
            case "previous":
                await self._move(step.id, -1)
            case "next":
                await self._move(step.id, 1)
            case "report":
                await self._report()
            case "leave":
                await self._leave()

    async def _help(self, step: Step) -> None:
        from postback_wizard.tui.readings import help_lines  # wanted on F1 only

        title, chain = words.HELP_TITLE.say(self.lang), self.session.chain
        shell = words.PRACTICE_SHELL.say(self.lang, path=chain.facts_path) if chain else ""
        await self._app.push_screen(Reading(title, help_lines(step, self.lang, shell), self.lang))

    async def _ledger(self) -> None:
        from postback_wizard.tui.readings import ledger_lines  # wanted on F4 only

        title = words.LEDGER_TITLE.say(self.lang)
        await self._app.push_screen(Reading(title, ledger_lines(self.session.case, self.lang), self.lang))

    def _repair_wanted(self, fact: Literal["template", "offer_url"]) -> None:
        if self.runs.step is None and not self.session.read_only:
            from postback_wizard.tui.repairing import Repairing  # wanted on F6 only

            Repairing(self._app, self._desk, self.session, self.lang, self._repaired).wish(fact)

    def list_differences(self) -> None:
        """Every difference of the two logs that were compared, unless a run is under way."""
        if self.runs.step is None:
            from postback_wizard.tui.differing import Differing  # wanted after a comparison only

            Differing(self._app, self._desk, self.session.case, self.lang).wish()

    async def _repaired(self, step: StepId) -> None:
        """Show the step whose facts a repair has changed."""
        facts = self.session.case.facts
        if step == "template" or (step == "click" and facts.offer_url and not (facts.click_url or facts.har)):
            self._start(BY_ID[step], Permit.of())
        await self.show(step)

    async def _move(self, step: StepId, by: int) -> None:
        at = STEP_ORDER.index(step) + by
        if at >= len(STEP_ORDER):
            await self._report()
        elif at >= 0:
            await self.show(STEP_ORDER[at])

    async def _leave(self) -> None:
        if self.runs.step is None:
            await self._home()
        else:
            await self.stop()

    def typed(self, name: str, value: str) -> bool:
        """Take over what was typed; False when nothing changed."""
        if name == "customer":
            return self.session.type_customer(read_customer(value))
        return self.session.type(name, value)

    async def judge_again(self, step: StepId) -> None:
        """Judge what a step heard once more, because what is known beside the case has changed."""
        record = rejudge(BY_ID[step], self.session.case)
        if record is not None and self.runs.step is None:
            self.session.finish(record)
            await self._refresh(step)

    async def _map_columns(self, step: Step) -> None:
        """Correct the columns of the logs; what was picked is a fact of the case, and the logs are read again."""
        from postback_wizard.tui.screens.mapping import ColumnMap  # wanted on F11 only

        logs, before = self.session.case.logs(), dict(self.session.case.facts.columns)
        if logs is None or self.session.read_only or self.runs.step is not None:
            return
        dialog = ColumnMap(logs.files, before, self.lang, await self._recalling.kept_for(logs.files))

        def closed(_: str | None) -> None:
            if dialog.chosen != before:
                self.session.learn({"columns": dialog.chosen}, "typed")
                self._recalling.keep(logs.files, dialog.chosen)
                self._run_wanted(step)

        await self._app.push_screen(dialog, closed)

    # -- runs ---------------------------------------------------------------------------------------------------

    def _run_wanted(self, step: Step) -> None:
        if self.runs.step is not None or self.session.read_only:
            return
        self._take_template(step)
        facts = self.session.case.facts
        url, reads = facts.click_url, bool(facts.har) or is_paste(facts.click_url)
        if step.id == "click" and url and url not in self.session.traced and not reads:
            text = words.CONFIRM_CLICK.say(self.lang, host=split_url(url).host or url)
            title, yes = words.CONFIRM_CLICK_TITLE.say(self.lang), words.CONFIRM_YES.say(self.lang)
            self._app.push_screen(Agree(title, text, yes, self.lang), self._click_agreed)
        else:
            self._start(step, Permit.of(trace=True))

    def _click_agreed(self, answer: str | None) -> None:
        if answer:
            self.session.traced.add(self.session.case.facts.click_url)
            self._start(BY_ID["click"], Permit.of(trace=True))

    def _send_wanted(self, step: Step) -> None:
        if self.runs.step is not None or self.session.read_only or step.id not in SENDING:
            return
        self._take_template(step)
        if not is_whole(self.session.case, step.id):
            self._app.notify(NOT_WHOLE.say(self.lang), severity="warning", markup=False)
            return
        missing = [item.label.say(self.lang) for item in step.fields if self._is_missing(step, item.fact)]
        if missing:
            text = words.NOTHING_TO_SEND.say(self.lang, fields=", ".join(missing))
            self._app.notify(text, markup=False)
        elif step.id == "upload" and not self._desk.settings().has_token and wants_token(self.session.case):
            ask = token_hint(self.session.case)
            asked = AskToken(self.lang, ask=ask or words.TOKEN_ASK, platform=platform_of(self.session.case))
            self._app.push_screen(asked, self._token_typed)
        elif step.id == "upload" and not self._desk.settings().has_secret and (more := wants_secret(self.session.case)):
            platform = platform_of(self.session.case)
            self._app.push_screen(AskToken(self.lang, UPLOAD_SECRET, more, platform), self._second_typed)
        else:
            self._look_then_send(step)

    def _is_missing(self, step: Step, fact: str) -> bool:
        case = self.session.case
        filled = fact == "sent_request" and sent_request(case) is not None
        needed = (*NEEDED[step.id], *(missing_facts(case) if step.id == "upload" else ()))
        return fact in needed and not case.facts.get(fact) and not filled

    def _take_template(self, step: Step) -> None:
        """With nothing pasted, the template is filled with what the case knows by now."""
        case = self.session.case
        if step.id == "replay" and (case.is_proposed("macro_values") or not case.facts.macro_values):
            self.session.learn({"macro_values": values_to_fill(case.facts)}, "replay")

    def _token_typed(self, token: str | None) -> None:
        if token:
            self._desk.give_token(token)
            self._send_wanted(BY_ID["upload"])

    def _second_typed(self, secret: str | None) -> None:
        if secret:
            self._desk.give_secret(secret)
            self._send_wanted(BY_ID["upload"])

    def _secret_typed(self, secret: str | None) -> None:
        if secret:
            self._desk.give_secret(secret)
            self._start(BY_ID["replay"], Permit.of())

    def _look_then_send(self, step: Step) -> None:
        self._then_send = True
        self._start(step, Permit.of())

    def _confirm_send(self, step: Step, record: StepRecord) -> None:
        probe = self._writing_probe(step, record)
        if probe is None:
            self._app.notify(words.CANNOT_SEND.say(self.lang), markup=False)
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._start(step, Permit.of(send=True), probe)

        facts = self.session.case.facts
        before = tuple(self._desk.sent_before(probe))
        cleanup = (facts.transaction_id or facts.click_id) if step.id == "replay" else ""
        known = self._known_before(probe, record, before) if step.id == "replay" else ()
        notice = notice_of(self.session.case, self.lang) if step.id == "upload" else ""
        edits = self._edits(step)
        shown = probe
        if step.id == "upload":
            from postback_wizard.steps.withholding import withheld_probe  # wanted before an upload is sent only

            shown = withheld_probe(self.session.case, probe)
            notice = f"{notice}\n{SHOWN_BY_NAME.say(self.lang)}" if shown_by_name(shown) else notice
        self._app.push_screen(ConfirmSend(shown, before, cleanup, self.lang, notice, edits, known), answered)

    def _edits(self, step: Step) -> tuple[str, ...]:
        """What the request to be sent has otherwise than the one that was pasted."""
        found = changed(self.session.case, self.session.original) if step.id == "replay" else ()
        return tuple(change_line(item, self.lang) for item in found)

    def _known_before(self, probe: HttpProbe, record: StepRecord, before: Sequence[str]) -> tuple[str, ...]:
        """Where it goes and what it may repeat; the very same request is told apart from the same conversion."""
        from postback_wizard.steps.before_sending import identifiers_of, preview  # wanted before a send only

        case = self.session.case
        same = [at for at in self._desk.sent_with(identifiers_of(case)) if at not in before]
        return tuple(preview(probe, case, record.evidence, same, self.lang, repeated=bool(before)))

    def _writing_probe(self, step: Step, record: StepRecord) -> HttpProbe | None:
        wanted = step.plan(self.session.case, record.evidence, self._desk.settings())
        writes = (probe for probe in wanted if isinstance(probe, HttpProbe) and probe.effect is Effect.WRITE)
        return next(writes, None)

    def _allow_wanted(self, step: Step) -> None:
        record = self.session.case.record(step.id)
        addresses = blocked_addresses(record) if record and record.reason == "not-public" else ()
        if not addresses or record is None:
            self._app.notify(words.NOTHING_TO_ALLOW.say(self.lang), markup=False)
            return

        def answered(answer: str | None) -> None:
            if answer:
                self.session.learn({"allow": (*self.session.case.facts.allow, *addresses)}, "yes")
                self._start(step, Permit.of(trace=True))

        text = words.CONFIRM_ALLOW.say(self.lang, host=blocked_host(record), addresses=", ".join(addresses))
        title, yes = words.CONFIRM_ALLOW_TITLE.say(self.lang), words.ALLOW_YES.say(self.lang)
        self._app.push_screen(Agree(title, text, yes, self.lang), answered)

    def _probe_wanted(self, step: Step) -> None:
        """Harmless requests beside what the callback met, after a yes."""
        case, settings = self.session.case, self._desk.settings()
        probe = next_look(case, settings) if self.runs.step is None and not self.session.read_only else None
        record = case.record(step.id)
        if self.runs.step is None and not self.session.read_only and probe is None and is_signed(case, settings):
            self._app.push_screen(AskToken(self.lang, SECRET_TITLE, SECRET_ASK), self._secret_typed)
            return
        if probe is None or record is None:
            self._app.notify(NOTHING.say(self.lang), markup=False)
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._start(step, Permit.of(), before=record.evidence, probing=True)

        title, yes = TITLE.say(self.lang), YES.say(self.lang)
        self._app.push_screen(Agree(title, question(case, probe, self.lang), yes, self.lang), answered)

    def _receive_wanted(self) -> None:
        """A receiver on this machine; what it caught can become the live request."""
        from postback_wizard.domain.arrival import Arrived, received  # wanted for a receiver only
        from postback_wizard.domain.template import live_request, read_template
        from postback_wizard.tui.screens.receiver import Receiver

        listening, case = self._desk.listening, self.session.case
        if listening is None:
            return

        def kept(text: str | None) -> None:
            if text and not self.session.read_only:
                self._app.post_message(FactTyped("sent_request", text))
            self._app.call_later(self._refresh, "replay")

        def noted(found: Arrived, url: str) -> None:
            self.session.catch(received(found, url))
            self._app.run_worker(self._keep(), group="caught")

        expected = read_template(case.facts.template) if case.facts.template else live_request(case)
        self._app.push_screen(Receiver(listening, expected, self.lang, noted), kept)

    async def _keep(self) -> None:
        """Write what was caught at once: no run will, and the sender may not come again."""
        try:
            await self.session.save()
        except DeskError as error:
            self._app.notify(words.SAVE_FAILED.say(self.lang, why=error.say(self.lang)), markup=False)

    def _compare(self, before: Sequence[Evidence]) -> None:
        if self.runs.step is None:
            self._then_compared = True
            self._start(BY_ID["click"], Permit.of(trace=True), variants=True, before=before)

    def _onward(self) -> str:
        return onward_of(self.session.case, self._desk.settings().limits)

    def _onward_wanted(self, step: Step) -> None:
        """Take the trace on; the yes to this click covers the rest of its chain."""
        target, url = self._onward(), self.session.case.facts.click_url
        if self.runs.step is not None or self.session.read_only or not target:
            self._app.notify(NOTHING_ONWARD.say(self.lang), markup=False)
            return

        def agreed(answer: str | None) -> None:
            if answer:
                self.session.traced.add(url)
                self._app.notify(GOING_ON.say(self.lang, host=host_of(target)), markup=False)
                record = self.session.case.record(step.id)
                before = record.evidence if record else ()
                self._start(step, Permit.of(trace=True), onward=target, before=before)

        if url in self.session.traced:
            agreed("yes")
        else:
            text = CONFIRM_ONWARD.say(self.lang, url=target, host=host_of(target))
            title, yes = words.CONFIRM_CLICK_TITLE.say(self.lang), words.CONFIRM_YES.say(self.lang)
            self._app.push_screen(Agree(title, text, yes, self.lang), agreed)

    def _build_wanted(self, step: Step) -> None:
        """Fill in the event of this case, unless one stands there."""
        built = built_event(self.session.case, self._desk.settings().endpoints)
        if self.runs.step is None and not self.session.read_only and built.text:
            self.session.learn({"upload_event": built.text}, step.id)
            self._app.call_later(self._refresh, step.id)
        self._app.notify(built.say(self.lang), markup=False)

    def _start(
        self,
        step: Step,
        permit: Permit,
        confirmed: HttpProbe | None = None,
        *,
        variants: bool = False,
        onward: str = "",
        probing: bool = False,
        before: Sequence[Evidence] = (),
    ) -> None:
        settings = replace(self._desk.settings(), variants=variants, onward=onward, probing=probing)
        self.runs.start(step, permit, settings, confirmed, before)

    async def stop(self) -> None:
        """Stop the run under way and judge what was heard so far."""
        self._then_send = self._then_compared = False
        await self.runs.stop()

    def _finished(self, step: Step, record: StepRecord) -> None:
        then_send, compared = self._then_send, self._then_compared
        self._then_send = self._then_compared = False
        if then_send:
            self._confirm_send(step, record)
        elif compared:
            self._comparing.show(self.session.case)
        self._offer_url(record)
        self._recalling.offer(record)

    def _offer_url(self, record: StepRecord) -> None:
        """A pasted command has no answer in it, but names the link."""
        url = next((item.detail for item in record.evidence if item.outcome[:1] == ("COMMAND_ONLY",)), "")
        if not url or self.session.case.facts.har:
            return

        def answered(answer: str | None) -> None:
            if answer and not self.session.read_only:
                self._app.post_message(FactTyped("click_url", url))
                self._app.call_later(self._refresh, record.step)

        text = words.COMMAND_ONLY.say(self.lang, url=url)
        title, yes = words.COMMAND_TITLE.say(self.lang), words.COMMAND_YES.say(self.lang)
        self._app.push_screen(Agree(title, text, yes, self.lang), answered)
