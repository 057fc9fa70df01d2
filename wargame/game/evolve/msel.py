"""Fold facts about the master list: entries written, timed, sent, taken back. Total, like every fold."""

from msgspec.structs import replace

from wargame.game import events as e
from wargame.game.events import Recorded
from wargame.game.evolve.base import drop, put
from wargame.game.state import INJECTS_REMEMBERED, Entry, EntryState, Moved, State, Timer


def _with(state: State, entry: Entry) -> State:
    return replace(state, msel=put(state.msel, entry.id, entry))


def _moved_to(state: State, entry: str, now: EntryState) -> State:
    return _with(state, replace(state.msel[entry], state=now, left_ms=None, why=""))


def inject_sent(state: State, fact: e.InjectSent, recorded: Recorded) -> State:
    """Remember to whom an inject went, and those whose effects the next resolution applies."""
    injects = put(state.injects, fact.inject, fact.to)
    newest = dict(list(injects.items())[-INJECTS_REMEMBERED:])
    due = (*state.effects_due, fact.msel) if fact.msel and fact.effects else state.effects_due
    opened = tuple(inject for inject in state.injects_opened if inject in newest)
    state = replace(state, injects=newest, effects_due=due, injects_opened=opened)
    if fact.msel is None or fact.msel not in state.msel:
        return state
    entry = state.msel[fact.msel]
    sent = replace(
        entry, state="sent", sent=fact.inject, sent_turn=state.turn, expected_seen="", note="", left_ms=None, why=""
    )
    return _with(state, sent)


def inject_skipped(state: State, fact: e.InjectSkipped, recorded: Recorded) -> State:
    """Take a scheduled inject off the list."""
    return _moved_to(state, fact.msel, "skipped")


def inject_written(state: State, fact: e.InjectWritten, recorded: Recorded) -> State:
    """Keep an entry as written; who wrote it last is its author."""
    known = state.msel.get(fact.msel)
    held = known is not None and known.state == "held" and not fact.draft
    was = None if known is None or not fact.draft else known.was if known.state == "draft" else known
    entry = Entry(
        id=fact.msel,
        state="draft" if fact.draft else "held" if held else "waiting",
        own=fact.entry,
        version=fact.version,
        author=recorded.actor.person,
        approved_by="" if fact.draft else recorded.actor.person,
        was=was,
    )
    return _with(state, entry)


def inject_approved(state: State, fact: e.InjectApproved, recorded: Recorded) -> State:
    """Put a draft onto the list."""
    entry = replace(state.msel[fact.msel], state="waiting", approved_by=recorded.actor.person, was=None)
    return _with(state, entry)


def inject_removed(state: State, fact: e.InjectRemoved, recorded: Recorded) -> State:
    """Throw a draft away; what it would have changed is on the list again."""
    draft = state.msel[fact.msel]
    if draft.was is None:
        return replace(state, msel=drop(state.msel, fact.msel))
    return _with(state, replace(draft.was, version=draft.version + 1, left_ms=None))


def inject_held(state: State, fact: e.InjectHeld, recorded: Recorded) -> State:
    """Keep an entry, with what its clock had left, or let it wait again."""
    held: EntryState = "held" if fact.on else "waiting"
    return _with(state, replace(state.msel[fact.msel], state=held, left_ms=fact.left_ms))


def inject_restored(state: State, fact: e.InjectRestored, recorded: Recorded) -> State:
    """Let an entry wait again."""
    entry = state.msel[fact.msel]
    return _with(state, replace(entry, state="waiting", sent="", sent_turn=0, expected_seen="", note="", why=""))


def inject_retimed(state: State, fact: e.InjectRetimed, recorded: Recorded) -> State:
    """Give entries other times; what a clock had left of an old one is nothing any more."""
    for move in fact.moves:
        entry = state.msel[move.msel]
        moved = Moved(turn=move.turn, phase=move.phase, minutes=move.minutes)
        state = _with(state, replace(entry, moved=moved, version=entry.version + 1, left_ms=None))
    return state


def inject_timed(state: State, fact: e.InjectTimed, recorded: Recorded) -> State:
    """Set or stop clocks of entries."""
    timers = {
        kept.key: Timer(
            key=kept.key, generation=kept.generation, due_at_ms=kept.due_at_ms, remaining_ms=kept.remaining_ms
        )
        for kept in fact.timers
    }
    return replace(state, timers={**state.timers, **timers})


def inject_passed(state: State, fact: e.InjectPassed, recorded: Recorded) -> State:
    """Remember that an entry's moment came and went."""
    return _with(state, replace(state.msel[fact.msel], state="passed", why=fact.why, left_ms=None))


def inject_undone(state: State, fact: e.InjectUndone, recorded: Recorded) -> State:
    """Forget an inject that was taken back, and what it would have done."""
    state = replace(state, injects=drop(state.injects, fact.inject))
    if fact.msel is None or fact.msel not in state.msel:
        return state
    due = tuple(entry for entry in state.effects_due if entry != fact.msel)
    entry = replace(state.msel[fact.msel], state="undone", expected_seen="", note="")
    return _with(replace(state, effects_due=due), entry)


def inject_marked(state: State, fact: e.InjectMarked, recorded: Recorded) -> State:
    """Keep whether what was expected was seen."""
    return _with(state, replace(state.msel[fact.msel], expected_seen=fact.seen, note=fact.note))
