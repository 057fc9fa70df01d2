"""Fold facts of the guided debrief."""

from msgspec.structs import replace

from wargame.game.events import (
    DebriefAnswered,
    DebriefClosed,
    DebriefLifted,
    DebriefOpened,
    DebriefPosed,
    DebriefStepped,
    Recorded,
)
from wargame.game.state import Debrief, State


def _now(state: State) -> Debrief:
    return state.debrief or Debrief()


def _arrived(debrief: Debrief, stop: str, number: int) -> Debrief:
    """Stand at a stop: its question is asked, nobody has answered it, and the replay reaches at least this far."""
    here = next(one for one in debrief.stops if one.id == stop)
    return replace(
        debrief, at=stop, number=number, prompt=here.prompt, answered=(), reach_ms=max(debrief.reach_ms, here.at_ms)
    )


def opened(state: State, fact: DebriefOpened, recorded: Recorded) -> State:
    """Take the stops; a debrief that stands where it stood keeps its question and the answers to it."""
    before = _now(state)
    after = replace(before, open=True, stops=fact.stops)
    if fact.at != before.at:
        after = _arrived(after, fact.at, before.number + 1)
    return replace(state, debrief=after)


def stepped(state: State, fact: DebriefStepped, recorded: Recorded) -> State:
    """Go to the stop."""
    return replace(state, debrief=_arrived(_now(state), fact.stop, fact.number))


def lifted(state: State, fact: DebriefLifted, recorded: Recorded) -> State:
    """Keep whose fog is lifted."""
    return replace(state, debrief=replace(_now(state), lifted=fact.teams))


def posed(state: State, fact: DebriefPosed, recorded: Recorded) -> State:
    """Ask anew; nobody has answered yet."""
    return replace(state, debrief=replace(_now(state), number=fact.number, prompt=fact.prompt, answered=()))


def answered(state: State, fact: DebriefAnswered, recorded: Recorded) -> State:
    """Remember who has answered, never what: the words are in the views' rows."""
    before = _now(state)
    if fact.person in before.answered or fact.number != before.number:
        return state
    return replace(state, debrief=replace(before, answered=(*before.answered, fact.person)))


def closed(state: State, fact: DebriefClosed, recorded: Recorded) -> State:
    """Let the screens go."""
    return replace(state, debrief=replace(_now(state), open=False))
