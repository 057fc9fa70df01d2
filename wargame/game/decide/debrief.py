"""Decide about the guided debrief: its stops, whose fog is lifted, its questions and the answers to them.

It begins when the game is over. Nothing in it changes what happened.
"""

from wargame.game import commands as c
from wargame.game.decide.base import Draft, seat_of
from wargame.game.events import (
    DebriefAnswered,
    DebriefClosed,
    DebriefLifted,
    DebriefOpened,
    DebriefPosed,
    DebriefRevealed,
    DebriefSaid,
    DebriefStepped,
    DebriefStop,
)
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Debrief


def _under_way(draft: Draft) -> Debrief | None:
    debrief = draft.state.debrief
    return debrief if debrief is not None and debrief.open else None


def debrief_open(draft: Draft, command: c.DebriefOpen) -> Rejected | None:
    """Open it at its first stop, or change the stops of one that is open without moving anybody."""
    names = [one.stop for one in command.stops]
    if len(set(names)) < len(names):
        return reject("debrief.stop_twice", stop=next(name for name in names if names.count(name) > 1))
    for one in command.stops:
        if one.at_ms > draft.ctx.now_ms or one.turn > draft.state.turn:
            return reject("debrief.not_played", title=one.title)
    under_way = _under_way(draft)
    here = under_way.at if under_way is not None and under_way.at in names else names[0]
    stops = tuple(
        DebriefStop(id=s.stop, at_ms=s.at_ms, turn=s.turn, title=s.title, prompt=s.prompt) for s in command.stops
    )
    draft.emit(DebriefOpened(stops=stops, at=here))
    return None


def debrief_step(draft: Draft, command: c.DebriefStep) -> Rejected | None:
    """Take everybody to a stop."""
    debrief = _under_way(draft)
    if debrief is None:
        return reject("debrief.closed")
    if command.stop not in {one.id for one in debrief.stops}:
        return reject("debrief.no_stop", allowed=tuple(one.id for one in debrief.stops))
    draft.emit(DebriefStepped(stop=command.stop, number=debrief.number + 1))
    return None


def debrief_lift(draft: Draft, command: c.DebriefLift) -> Rejected | None:
    """Set whose fog is lifted; it can come down again over a team named by mistake."""
    debrief = _under_way(draft)
    if debrief is None:
        return reject("debrief.closed")
    teams = tuple(dict.fromkeys(seat.team for seat in draft.state.seats.values()))
    for team in command.teams:
        if team not in teams:
            return reject("debrief.no_team", team=team, allowed=teams)
    lifted = tuple(team for team in teams if team in command.teams)
    if lifted == debrief.lifted:
        return reject("debrief.unchanged")
    draft.emit(DebriefLifted(teams=lifted))
    return None


def debrief_pose(draft: Draft, command: c.DebriefPose) -> Rejected | None:
    """Ask everybody, or take the question away."""
    debrief = _under_way(draft)
    if debrief is None:
        return reject("debrief.closed")
    prompt = command.prompt.strip()
    if prompt == debrief.prompt:
        return reject("debrief.unchanged")
    draft.emit(DebriefPosed(number=debrief.number + 1, prompt=prompt))
    return None


def debrief_answer(draft: Draft, command: c.DebriefAnswer) -> Rejected | None:
    """Answer the question that is asked now, and no later one."""
    debrief = _under_way(draft)
    if debrief is None:
        return reject("debrief.closed")
    if not debrief.prompt:
        return reject("debrief.no_question")
    if command.number != debrief.number:
        return reject("debrief.moved_on")
    if not command.text.strip():
        return reject("text.empty")
    seat = seat_of(draft.state, draft.actor)
    draft.emit(
        DebriefAnswered(
            number=debrief.number, person=draft.actor.person, seat=seat.id if seat else "", text=command.text.strip()
        )
    )
    return None


def debrief_reveal(draft: Draft, command: c.DebriefReveal) -> Rejected | None:
    """Show everybody what was answered: the words as Control holds them, without the names of people."""
    debrief = _under_way(draft)
    if debrief is None:
        return reject("debrief.closed")
    if not debrief.answered:
        return reject("debrief.no_answers")
    kept = [draft.ctx.recall("debrief_answer", f"{debrief.number}:{person}") for person in debrief.answered]
    said = tuple(DebriefSaid(seat=str(one["seat"]), text=str(one["text"])) for one in kept if one is not None)
    draft.emit(DebriefRevealed(number=debrief.number, answers=said))
    return None


def debrief_close(draft: Draft, command: c.DebriefClose) -> Rejected | None:
    """Let the screens go."""
    if _under_way(draft) is None:
        return reject("debrief.closed")
    draft.emit(DebriefClosed())
    return None
