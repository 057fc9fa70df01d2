"""Say what Control may do now to the master list, as ready commands. Part of `legal`."""

from collections.abc import Iterator

from msgspec.structs import replace

from adjudication.scenario.schema import Scenario
from wargame.game import commands as c
from wargame.game.decide import written
from wargame.game.decide.injects import FIREABLE
from wargame.game.decide.msel import OVER, moment, now
from wargame.game.msel import words_of
from wargame.game.quiet import EveryHour
from wargame.game.state import MSEL_CHARS, MSEL_ENTRIES, Entry, State

WORDS = c.EntryWords(title="…", text="…", to=("all",), when=c.When(hand=True))
"""An entry that Control alone sends: nothing about it can be wrong."""


def of_control(state: State, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what may be written, moved on the list, sent and taken back."""
    yield c.InjectSend(inject="inject", to=("all",), title="…", text="…")
    own = sum(written.kept(one) for one in state.msel.values())
    if len(state.msel) < MSEL_ENTRIES and own < MSEL_CHARS - 10 and "own" not in state.msel:
        yield c.InjectWrite(msel="own", entry=WORDS)
        yield c.InjectWrite(msel="own", entry=WORDS, draft=True)
    for entry in state.msel.values():
        yield from _of_entry(state, entry)
    yield from _retimes(state, scenario)
    busy = {one.sent for one in state.msel.values() if one.state == "sent" and one.id in state.effects_now}
    for inject in state.injects:
        if inject not in state.injects_opened and inject not in busy:
            yield c.InjectUndo(inject=inject)


def _of_entry(state: State, entry: Entry) -> Iterator[c.Command]:
    name = entry.id
    if entry.state in FIREABLE:
        yield c.InjectSend(inject="inject", to=("all",), title="…", text="…", msel=name)
    if entry.state == "waiting":
        yield c.InjectHold(msel=name)
    if entry.state == "held":
        yield c.InjectHold(msel=name, on=False)
    if entry.state in ("waiting", "held"):
        yield c.InjectSkip(msel=name)
    if entry.state in OVER:
        yield c.InjectRestore(msel=name)
    if entry.state == "sent":
        yield c.InjectMark(msel=name, seen="no" if entry.expected_seen == "yes" else "yes")
    if entry.state == "draft":
        yield c.InjectApprove(msel=name, version=entry.version)
        yield c.InjectRemove(msel=name)
    if entry.own is not None and entry.state != "sent":
        yield c.InjectWrite(msel=name, entry=replace(WORDS, text="Changed."), version=entry.version)


def _retimes(state: State, scenario: Scenario) -> Iterator[c.Command]:
    """Yield moves of what waits to the end of the last turn, where nothing can follow."""
    last = state.phases[-1].id
    if moment(state, state.last_turn, last, 1.0) <= now(state, state.phase_began_ms + 60_000 * 60, EveryHour()):
        return
    for entry in state.msel.values():
        words = words_of(scenario, entry)
        if entry.state in ("draft", "waiting", "held") and not (
            words.on or words.silence or words.after or words.by_hand
        ):
            yield c.InjectRetime(msel=entry.id, turn=state.last_turn, phase=last, offset_ms=60_000)
            return
