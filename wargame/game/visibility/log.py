"""Say in Control's log what was done and by whom: the one audit trail of a game. No other view gets any of it.

Owns the sentence for each kind of fact. A fact without one (talk, drafts, reading) has a place of its own in
Control's view; a fact that a command of Control makes always has one (tests/unit/test_control_log.py).
"""

from collections.abc import Callable
from typing import Any, Literal

from wargame.game import events as e
from wargame.game.entities import LogSeen
from wargame.game.events import Payload, Recorded, RulingMade
from wargame.game.state import State
from wargame.game.visibility.base import Rows, control_only, show
from wargame.game.visibility.log_names import name_of as _name
from wargame.game.visibility.log_names import seat_of as _seat
from wargame.game.visibility.log_names import seats_of as _seats
from wargame.game.visibility.log_time import OF_TIME
from wargame.game.visibility.rulings import value_words


def _text(state: State, offer: str) -> str:
    return f"\u201c{state.offers[offer].title}\u201d" if offer in state.offers else "A text"


def _phase(state: State, phase: str) -> str:
    return next((one.label for one in state.phases if one.id == phase), phase)


def _target(state: State, target: str) -> str:
    seat = next((seat for seat, sheet in state.sheets.items() if target in sheet.orders), None)
    return f"an order of {_seat(state, seat)}" if seat else target.replace("_", " ")


def _ruled(state: State, fact: RulingMade) -> str:
    if fact.kind == "effects":
        return f"Ruling: {value_words(fact)}. {fact.reason}"
    if fact.kind == "row":
        about = f"what {_target(state, fact.cause)} does to {fact.target.replace('_', ' ')}"
        return f"Ruling on {about}: {value_words(fact)}. {fact.reason}"
    return f"Ruling on {_target(state, fact.target)}: {value_words(fact)}. {fact.reason}"


def _desk(state: State, fact: e.RulingTaken) -> str:
    if not fact.person:
        return "Left the desk: nobody rules."
    return f"Took the desk from {_name(state, fact.before)}." if fact.before else "Took the desk."


def _reviewed(state: State, fact: e.OutcomesReviewed) -> str:
    some = ", ".join(_target(state, target) for target in fact.targets[:3])
    rest = f" and {len(fact.targets) - 3} more" if len(fact.targets) > 3 else ""
    return f"{'Accepted' if fact.on else 'Opened again'}: {some}{rest}."


def _rated(state: State, fact: e.OutcomeRated) -> str:
    """Say that a rating was made, and not what it says: it is sealed until the outcome is released."""
    return f"Rated {_target(state, fact.order)}, sealed until the release."


def _note(fact: e.NotePinned) -> str:
    again = "Wrote a note anew" if fact.since_ms is not None else "Pinned a note"
    about = f" to {fact.event}" if fact.event else ""
    return f"{again}{about}: \u201c{fact.text[:80]}{'…' if len(fact.text) > 80 else ''}\u201d"


def _free(state: State, move: str) -> str:
    return f"\u201c{state.free_moves[move].title}\u201d" if move in state.free_moves else "a free move"


def _by(state: State, by: str) -> str:
    return _seat(state, by) if by in state.seats else "Control"


def _room(state: State, room: str) -> str:
    known = state.rooms.get(room)
    return "a room" if known is None else known.title or _seats(state, known.seats)


def _conference(state: State, conference: str) -> str:
    known = state.conferences.get(conference)
    return "The conference" if known is None else f"Conference {known.title}"


def _stop(state: State, stop: str) -> str:
    stops = state.debrief.stops if state.debrief is not None else ()
    return next((f"\u201c{one.title}\u201d" for one in stops if one.id == stop), stop)


_FLOOR = {"open": "the floor is open", "recess": "in recess", "closed": "closed"}
_VENUES = {"summit": "at a summit", "exchange": "by exchange", "oral": "by word of mouth"}
_MET = {
    "P": "performed without challenges", "S": "performed with some challenges", "M": "performed with major challenges",
    "U": "unable to be performed", "": "not rated",
}  # fmt: skip
_ON_LINES = {"intercept": "A chance to be read along", "leak": "A chance to leak"}


def _hand(state: State, fact: e.OfferCountered | e.OfferAccepted | e.OfferInitialled) -> str:
    """Return who did it, and for whom if by mandate."""
    return f"{_seat(state, fact.by)} for {_seat(state, fact.seat)}" if fact.by else _seat(state, fact.seat)


def _recess(fact: e.OfferRecessed, state: State) -> str:
    text = _text(state, fact.offer)
    if not fact.seat:
        return f"The recess over {text} ended with the turn."
    if not fact.on:
        return f"{_seat(state, fact.seat)} wants no recess over {text}."
    began = fact.offer in state.offers and state.offers[fact.offer].recess
    return f"{_seat(state, fact.seat)} asked for a recess over {text}." + (" It began." if began else "")


def _entrance(fact: e.EntranceSet, state: State) -> str:
    seats = "locked" if fact.seats_locked else "free to take"
    guests = "guests may come in" if fact.guests else "no guests"
    away = f"a bot holds a seat after {fact.away_ms / 60_000:g} min" if fact.away_ms else "no bot takes a seat over"
    return f"Lobby: seats {seats}, {guests}, {away}."


def _sent(fact: e.InjectSent, state: State) -> str:
    """Say what went out and, of seats nobody plays, that it is kept for them."""
    empty = [seat for seat in fact.to if seat in state.seats and not state.seats[seat].held]
    kept = f" Nobody plays {_seats(state, empty)} now; it is kept for whoever does." if empty else ""
    return f"Sent: {fact.title} (to {_seats(state, fact.to)}).{kept}"


_WHY = {"chance": "the die said no", "condition": "its condition did not hold", "answered": "it was answered in time"}


def _passed(fact: e.InjectPassed, state: State) -> str:
    drawn = f" ({fact.die.u:.3f} against {fact.die.threshold:g})" if fact.die is not None else ""
    return f"{fact.msel} did not go out: {_WHY[fact.why]}{drawn}."


_JUDGED = {"yes": "was seen", "no": "was not seen", "": "is not judged"}
_HOW = {"hand": "", "action": ", by what a seat did", "state": ", by the state of the world"}


def _marked(fact: e.InjectMarked, state: State) -> str:
    return f"{fact.msel}: what was expected {_JUDGED[fact.seen]}{_HOW[fact.how]}. {fact.note}".strip()


_ALLOWS = {"words": "what was done and written", "figures": "what was done", "nothing": "nothing"}

_SAY: dict[type[Payload], Callable[[Any, State], str]] = {
    **OF_TIME,
    e.GameCreated: lambda f, s: (
        f"Game set up: {f.title}." + (f" Settled under the lens {f.lens.replace('_', ' ')}." if f.lens != "all" else "")
    ),
    e.PersonJoined: lambda f, s: f"{f.display} joined.",
    e.PersonRemoved: lambda f, s: f"{_name(s, f.person)} was taken out of the game. {f.reason}".strip(),
    e.SeatTaken: lambda f, s: f"{_name(s, f.person)} sits for {_seat(s, f.seat)}.",
    e.SeatLeft: lambda f, s: f"{_name(s, f.person)} left the seat {_seat(s, f.seat)}.",
    e.SeatBotSet: lambda f, s: (
        f"{_seat(s, f.seat)} is played by a bot ({f.policy.replace('_', ' ')})."
        if f.policy
        else f"No bot plays {_seat(s, f.seat)} now."
    ),
    e.PersonReadmitted: lambda f, s: f"{_name(s, f.person)} was let back in.",
    e.PersonRelinked: lambda f, s: f"{_name(s, f.person)} has a new personal link; the old ways in are void.",
    e.PersonRenamed: lambda f, s: f"A name was put right: {f.display}.",
    e.RightsGiven: lambda f, s: f"{_name(s, f.person)} may now: {', '.join(f.rights)}.",
    e.ConsentChosen: lambda f, s: f"May be exported of {_name(s, f.person)}: {_ALLOWS[f.choice]}.",
    e.EntranceSet: _entrance,
    e.SeatsDrawn: lambda f, s: (
        f"Seats were given out by {'lot' if f.how == 'random' else 'wish and lot'}: {len(f.seats)}"
        + (f"; no seat for {', '.join(_name(s, one) for one in f.left)}." if f.left else ".")
    ),
    e.SeatHandedOver: lambda f, s: f"{_name(s, f.to)} took the place of {_name(s, f.person)} for {_seat(s, f.seat)}.",
    e.DeputyNamed: lambda f, s: f"Deputy for {_seat(s, f.seat)}: {_name(s, f.person) if f.person else 'nobody named'}.",
    e.PenTaken: lambda f, s: (
        f"{_name(s, f.person)} took the pen for {_seat(s, f.seat)}" + ("; its holder is away." if f.away else ".")
    ),
    e.SeatDropped: lambda f, s: (
        f"Nobody of {_seat(s, f.seat)} was heard from; a bot ({f.policy.replace('_', ' ')}) holds the seat."
    ),
    e.SeatReturned: lambda f, s: f"{_name(s, f.person)} is back; {_seat(s, f.seat)} is theirs again.",
    e.SeatNudged: lambda f, s: f"In private to {_seat(s, f.seat)}: {f.text}",
    e.ScreensLocked: lambda f, s: f"Screens locked. {f.text}".strip() if f.on else "Screens unlocked.",
    e.PenPassed: lambda f, s: f"{_name(s, f.person)} holds the pen for {_seat(s, f.seat)}.",
    e.GameStarted: lambda f, s: "Game started." + (f" Vacant: {_seats(s, f.vacant)}." if f.vacant else ""),
    e.TurnOpened: lambda f, s: f"Turn {f.turn} opened.",
    e.PhaseEntered: lambda f, s: f"{_phase(s, f.phase)} of turn {f.turn} began.",
    e.GamePaused: lambda f, s: f"Paused. {f.reason}".strip(),
    e.GameResumed: lambda f, s: "Resumed.",
    e.GameEnded: lambda f, s: f"Game ended. {f.reason}".strip(),
    e.OrdersSubmitted: lambda f, s: f"{_seat(s, f.seat)} submitted its orders.",
    e.OrdersReopened: lambda f, s: f"{_seat(s, f.seat)} reopened its orders.",
    e.OrdersLocked: lambda f, s: (
        f"Orders of turn {f.turn} locked."
        + (f" Taken as drafted: {_seats(s, f.late)}." if f.late else "")
        + (f" Still open: {_seats(s, f.open)}." if f.open else "")
    ),
    e.ConsentAsked: lambda f, s: f"{_seat(s, f.seat)} asked {_seat(s, f.to)} to consent to an order.",
    e.ConsentAnswered: lambda f, s: f"{_seat(s, f.seat)} {'consented' if f.given else 'refused its consent'}.",
    e.EstimateBriefed: lambda f, s: (
        f"{_seat(s, f.seat)} briefed {f.reading.variable.replace('_', ' ')} to {_seats(s, f.to)}."
    ),
    e.FreeMoveProposed: lambda f, s: f"{_seat(s, f.seat)} proposed a free move: {f.title}.",
    e.FreeMoveArgued: lambda f, s: f"{_seat(s, f.seat)} argued {f.side} {_free(s, f.move)}.",
    e.FreeMoveCirculated: lambda f, s: f"{_free(s, f.move)} was circulated to {_seats(s, f.seats)}.",
    e.FreeMoveAsked: lambda f, s: f"{_seats(s, f.seats)} asked for the odds of {_free(s, f.move)}.",
    e.FreeMoveEstimated: lambda f, s: f"{_by(s, f.by)} put {_free(s, f.move)} at {f.percent} %.",
    e.FreeMoveAdmitted: lambda f, s: f"{_free(s, f.move)} was admitted.",
    e.FreeMoveEnded: lambda f, s: f"A free move was {f.how}: {f.move}. {f.reason}".strip(),
    e.ArgumentGranted: lambda f, s: f"Arguments for {_target(s, f.order)}: {f.net:+d}. {f.reason}".strip(),
    e.AppealLodged: lambda f, s: f"{_seat(s, f.seat)} appealed against \u201c{f.label}\u201d.",
    e.AppealAnswered: lambda f, s: f"Appeal {f.verdict}. {f.text}",
    e.RoomOpened: lambda f, s: f"{_seat(s, f.room.opened_by)} opened a room: {_seats(s, f.room.seats)}.",
    e.ConferenceCalled: lambda f, s: (
        f"{_seat(s, f.conference.called_by)} called a conference, {f.conference.title}:"
        f" {_seats(s, f.conference.seats)}."
    ),
    e.ConferenceMoved: lambda f, s: f"{_conference(s, f.conference)}: {_FLOOR[f.state]}. {f.reason}".strip(),
    e.ConferenceSteered: lambda f, s: (
        f"{_conference(s, f.conference)}: {_seat(s, f.chair)} in the chair, point {f.point} of {len(f.agenda)}."
    ),
    e.LineSet: lambda f, s: (
        f"{_room(s, f.room)}: heard {f.delay} turns later, read along by {_seats(s, f.taps) or 'nobody'}."
    ),
    e.LineDrawn: lambda f, s: (
        f"{_ON_LINES[f.what]} on the line {f.line}: {f.u:.3f} against {f.p:g},"
        f" {'yes' if f.u < f.p else 'no'} ({f.rule})."
    ),
    e.MessageHeld: lambda f, s: f"A message of {_seat(s, f.seat)} is on its way; heard in turn {f.arrives}.",
    e.MessageIntercepted: lambda f, s: f"{_seat(s, f.by)} overheard {_by(s, f.seat)} in {_room(s, f.room)}.",
    e.MessageLeaked: lambda f, s: (
        f"Words of {_by(s, f.seat)} in {_room(s, f.room)} reached the press; source known to "
        f"{_seats(s, f.source_known_to) or 'nobody'}."
    ),
    e.OfferTabled: lambda f, s: f"{_text(s, f.offer)} was tabled.",
    e.OfferCountered: lambda f, s: f"{_hand(s, f)} countered {_text(s, f.offer)}.",
    e.OfferAccepted: lambda f, s: f"{_hand(s, f)} accepted {_text(s, f.offer)}, version {f.version}.",
    e.OfferInitialled: lambda f, s: f"{_hand(s, f)} initialled {_text(s, f.offer)}, version {f.version}.",
    e.OfferSigned: lambda f, s: f"{_seat(s, f.seat)} signed {_text(s, f.offer)} ({_VENUES[f.venue]}).",
    e.PadShared: lambda f, s: (
        f"{_seats(s, (f.seat, *f.editors))} write{'' if f.editors else 's'}"
        f" {'an answer to ' if f.counter else ''}{_text(s, f.offer)}."
    ),
    e.OfferSponsored: lambda f, s: (
        f"{_seat(s, f.seat)} {'stands by' if f.stands else 'does not stand by'} {_text(s, f.offer)}."
    ),
    e.OfferRecessed: _recess,
    e.OfferWalkedOut: lambda f, s: f"{_seat(s, f.seat)} walked out of {_text(s, f.offer)}. {f.reason}".strip(),
    e.OfferCameBack: lambda f, s: f"{_seat(s, f.seat)} came back to {_text(s, f.offer)}.",
    e.OfferHeld: lambda f, s: (
        f"{_hand(s, f.answer)}'s answer to {_text(s, f.offer)} waits for you."
        if f.answer
        else f"{_text(s, f.offer)} waits for you to release or return it."
    ),
    e.OfferReturned: lambda f, s: f"{_text(s, f.offer)} was returned. {f.reason}",
    e.MandateGiven: lambda f, s: f"{_seat(s, f.principal)} gave {_seat(s, f.seat)} a mandate: {', '.join(f.may)}.",
    e.MandateEnded: lambda f, s: f"{_seat(s, f.principal)} ended the mandate of {_seat(s, f.seat)}.",
    e.OfferUnsigned: lambda f, s: f"No meeting was held: {_text(s, f.offer)} is not signed.",
    e.OfferEnded: lambda f, s: f"{_text(s, f.offer)}: {f.how.replace('_', ' ')}. {f.reason}".strip(),
    e.ObligationChosen: lambda f, s: f"{_seat(s, f.seat)} chose to {f.choice} {f.clause} under {f.agreement}.",
    e.AgreementSuspended: lambda f, s: (
        f"{_seat(s, f.seat)} suspends {f.clause or 'what it owes'} under {f.agreement}. {f.reason}"
    ),
    e.AgreementWithdrawn: lambda f, s: (
        f"{_seat(s, f.seat)} leaves {f.agreement} with {f.notice} turns' notice. {f.reason}"
    ),
    e.AgreementReaffirmed: lambda f, s: (
        f"{_seat(s, f.seat)} reaffirms {f.clause or 'what it owes'} under {f.agreement}."
    ),
    e.LetterSent: lambda f, s: f"{_seat(s, f.seat)} wrote to {_seat(s, f.to)}; due in turn {f.arrives}.",
    e.LetterArrived: lambda f, s: f"A letter arrived. {f.held_back}".strip(),
    e.PaperReturned: lambda f, s: f"{_seat(s, f.seat)} returned a paper. {f.reason}",
    e.PaperReleased: lambda f, s: f"{f.ref} was released by {_seat(s, f.by)}.",
    e.TaskingAsked: lambda f, s: (
        f"{_by(s, f.tasking.seat)} asked {_by(s, f.tasking.to)} ({f.tasking.ref}), due in turn {f.tasking.due}."
    ),
    e.TaskingLate: lambda f, s: f"{s.taskings[f.tasking].ref} is late.",
    e.TaskingClosed: lambda f, s: f"A request was {f.how}.",
    e.InjectSent: _sent,
    e.InjectSkipped: lambda f, s: f"Skipped: {f.msel}.",
    e.InjectWritten: lambda f, s: f"{'Drafted' if f.draft else 'Written'}: {f.msel}, \u201c{f.entry.title}\u201d.",
    e.InjectApproved: lambda f, s: f"Approved: {f.msel}.",
    e.InjectRemoved: lambda f, s: f"Draft thrown away: {f.msel}.",
    e.InjectHeld: lambda f, s: f"{'On hold' if f.on else 'Let go again'}: {f.msel}.",
    e.InjectRestored: lambda f, s: f"Back on the list: {f.msel}.",
    e.InjectRetimed: lambda f, s: f"Moved: {', '.join(f'{one.msel} to turn {one.turn}' for one in f.moves)}.",
    e.InjectPassed: _passed,
    e.InjectUndone: lambda f, s: f"Taken back, unopened: {f.title or f.inject} (from {_seats(s, f.to)}).",
    e.InjectMarked: _marked,
    e.RulingMade: lambda f, s: _ruled(s, f),
    e.RulingTaken: lambda f, s: _desk(s, f),
    e.OutcomesReviewed: lambda f, s: _reviewed(s, f),
    e.UmpireAppointed: lambda f, s: (
        f"{_name(s, f.person)} is the second umpire." if f.person else "There is no second umpire now."
    ),
    e.OutcomeRated: lambda f, s: _rated(s, f),
    e.NotePinned: lambda f, s: _note(f),
    e.PersonaSpoke: lambda f, s: f"Spoke as {f.name} in {_room(s, f.room)}.",
    e.RulingDropped: lambda f, s: "Ruling withdrawn.",
    e.TurnProposed: lambda f, s: f"Engine's proposal for turn {f.turn}.",
    e.TurnResolved: lambda f, s: f"Outcome of turn {f.turn} released.",
    e.CheckpointMade: lambda f, s: "" if f.auto else f"Checkpoint: {f.label}.",
    e.GameRewound: lambda f, s: (
        f"Taken back to \u201c{f.label}\u201d (event {f.to_seq})."
        f"{' The adjudication that was pending is dropped.' if f.pending else ''} {f.reason}"
    ),
    e.GameBranched: lambda f, s: (
        f"{'A sandbox' if f.sandbox else 'Another game'} begins from event {f.seq}: {f.title}."
    ),
    e.GameForked: lambda f, s: f"From here on a game of its own, copied from another up to event {f.seq}.",
    e.ObjectiveRated: lambda f, s: f"Objective \u201c{f.label}\u201d: {_MET[f.rating]}.",
    e.ImprovementPlanned: lambda f, s: f"Improvement plan: {f.area or f.action[:80]}.",
    e.ImprovementDropped: lambda f, s: "Taken off the improvement plan.",
    e.DebriefOpened: lambda f, s: f"Debrief open, {len(f.stops)} stops.",
    e.DebriefStepped: lambda f, s: f"Debrief at {_stop(s, f.stop)}.",
    e.DebriefLifted: lambda f, s: f"Fog lifted: {', '.join(f.teams) or 'nobody'}.",
    e.DebriefPosed: lambda f, s: f"Asked: {f.prompt}" if f.prompt else "The question was taken away.",
    e.DebriefRevealed: lambda f, s: f"{len(f.answers)} answers on every screen.",
    e.DebriefClosed: lambda f, s: "Debrief closed.",
}
"""What Control's log says of a fact. Facts without a line (talk, drafts, reading) have their own places."""


_BY_ITSELF: tuple[type[Payload], ...] = (
    e.TurnOpened, e.PhaseEntered, e.OrdersLocked, e.OfferUnsigned, e.InjectSent, e.TurnProposed, e.TurnResolved,
    e.GameEnded,
)  # fmt: skip
"""What no player does: if it follows from a player's command, that was the last seat to be ready."""


ALL_READY = "All ready"


_BY_THE_LIST = e.InjectSent | e.InjectPassed | e.InjectMarked
"""What the master list does of itself when a seat does what it waited for, or opens a turn by being ready."""


def _who(recorded: Recorded, state: State) -> str:
    actor = recorded.actor
    by_a_seat = actor.kind == "seat_bot" or actor.role == "player"
    if by_a_seat and isinstance(recorded.payload, _BY_THE_LIST) and recorded.payload.msel is not None:
        return "Master list"
    if actor.role == "player" and isinstance(recorded.payload, _BY_ITSELF):
        return ALL_READY
    if actor.kind == "seat_bot" and actor.seat in state.seats:
        return f"{state.seats[actor.seat].label} (bot)"
    return "Server" if actor.kind == "system" else _name(state, actor.person)


def _role(recorded: Recorded, who: str) -> Literal["control", "player", "bot", "observer", "server"]:
    actor = recorded.actor
    if actor.kind == "system" or who == ALL_READY:
        return "server"
    if actor.kind == "seat_bot":
        return "bot"
    return "control" if actor.role == "control" else "observer" if actor.role == "observer" else "player"


def log_row(recorded: Recorded, after: State) -> Rows:
    """Yield the fact's line in Control's log, if it has one."""
    say = _SAY.get(type(recorded.payload))
    if say is None:
        return
    text = say(recorded.payload, after)
    if not text:
        return
    who = _who(recorded, after)
    seen = LogSeen(
        id=recorded.id, at_ms=recorded.at_ms, who=who, what=recorded.kind, text=text, turn=after.turn,
        role=_role(recorded, who),
    )  # fmt: skip
    yield from show(control_only(), "log", recorded.id, seen)
