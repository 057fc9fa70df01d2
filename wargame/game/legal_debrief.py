"""Say which commands of the guided debrief are open now: for bots, fuzzers and lists of commands."""

from collections.abc import Iterator

from wargame.game import commands as c
from wargame.game.commands.debrief import Stop
from wargame.game.events import Actor
from wargame.game.state import State


def of_control(state: State) -> Iterator[c.Command]:
    """Yield what Control may do: two stops to open with, then every way on from where it stands."""
    if state.status != "ended":
        return
    debrief = state.debrief
    if debrief is None or not debrief.open:
        first = Stop(
            stop="opening", at_ms=0, turn=min(1, state.turn), title="How it began", prompt="What did you want?"
        )
        last = Stop(stop="end", at_ms=1, turn=state.turn, title="How it ended")
        yield c.DebriefOpen(stops=(first, last))
        return
    yield from (c.DebriefStep(stop=stop.id) for stop in debrief.stops if stop.id != debrief.at)
    for team in dict.fromkeys(seat.team for seat in state.seats.values()):
        if team not in debrief.lifted:
            yield c.DebriefLift(teams=(*debrief.lifted, team))
    yield c.DebriefPose(prompt=f"Question {debrief.number + 1}: what would you do again?")
    if debrief.answered:
        yield c.DebriefReveal()
    yield c.DebriefClose()


def of_player(state: State, actor: Actor) -> Iterator[c.Command]:
    """Yield the answer a person may give to the question that is asked now."""
    debrief = state.debrief
    if debrief is not None and debrief.open and debrief.prompt and actor.person in state.people:
        yield c.DebriefAnswer(number=debrief.number, text="…")
