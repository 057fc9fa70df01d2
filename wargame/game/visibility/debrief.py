"""Show the guided debrief: the present stop to everybody, the plan to Control, answers to Control until revealed."""

from adjudication.scenario.schema import Scenario
from wargame.game.entities import (
    AnchorSeen,
    BoardAnswerSeen,
    DebriefAnswerSeen,
    DebriefBoardSeen,
    DebriefPlanSeen,
    DebriefSeen,
    DebriefStopSeen,
)
from wargame.game.events import DebriefAnswered, DebriefRevealed, Payload, Recorded
from wargame.game.state import Debrief, State
from wargame.game.visibility.base import Rows, control_only, everyone, seats_and_control, show


def anchors_seen(scenario: Scenario, turn: int) -> tuple[AnchorSeen, ...]:
    """Return what the record has of a turn, oldest first, with its sources written out."""
    texts = {source.id: source.text for source in scenario.sources}
    return tuple(
        AnchorSeen(
            id=one.id, date=one.date, title=one.title, text=one.text,
            sources=tuple(texts.get(source, source) for source in one.sources),
        )
        for one in sorted(scenario.anchors, key=lambda anchor: (anchor.date, anchor.id))
        if one.turn == turn
    )  # fmt: skip


def debrief_seen(state: State, debrief: Debrief, scenario: Scenario) -> DebriefSeen:
    """Return where every screen stands. Stops to come are nobody's but Control's."""
    here = next((one for one in debrief.stops if one.id == debrief.at), debrief.stops[0])
    return DebriefSeen(
        open=debrief.open,
        stop=here.id,
        title=here.title,
        turn=here.turn,
        turn_label=state.turn_names[here.turn - 1] if 0 < here.turn <= len(state.turn_names) else "",
        at_ms=here.at_ms,
        reach_ms=debrief.reach_ms,
        place=debrief.stops.index(here) + 1,
        of=len(debrief.stops),
        number=debrief.number,
        prompt=debrief.prompt,
        lifted=debrief.lifted,
        anchors=anchors_seen(scenario, here.turn),
    )


def moved(recorded: Recorded, fact: Payload, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the debrief as it stands after a fact, and to Control its plan."""
    if after.debrief is None:
        return
    yield from show(everyone(after), "debrief", "debrief", debrief_seen(after, after.debrief, scenario))
    plan = DebriefPlanSeen(
        stops=tuple(
            DebriefStopSeen(id=s.id, at_ms=s.at_ms, turn=s.turn, title=s.title, prompt=s.prompt)
            for s in after.debrief.stops
        )
    )
    yield from show(control_only(), "debrief_plan", "plan", plan)


def answered(recorded: Recorded, fact: DebriefAnswered, before: State, after: State) -> Rows:
    """Yield an answer to Control and to its own delegation."""
    debrief = before.debrief or Debrief()
    seen = DebriefAnswerSeen(
        number=fact.number,
        prompt=debrief.prompt,
        stop=debrief.at,
        person=fact.person,
        display=after.people[fact.person].display if fact.person in after.people else "",
        seat=fact.seat,
        text=fact.text,
        at_ms=recorded.at_ms,
    )
    readers = seats_and_control((fact.seat,)) if fact.seat in after.seats else control_only()
    yield from show(readers, "debrief_answer", f"{fact.number}:{fact.person}", seen)


def revealed(recorded: Recorded, fact: DebriefRevealed, before: State, after: State) -> Rows:
    """Yield the answers to everybody, by seat."""
    board = DebriefBoardSeen(
        number=fact.number,
        prompt=(after.debrief or Debrief()).prompt,
        answers=tuple(BoardAnswerSeen(seat=one.seat, text=one.text) for one in fact.answers),
    )
    yield from show(everyone(after), "debrief_board", "board", board)
