"""Events as one line of text, for stepping through a game. For those who may know everything."""

from wargame.aar.chronicle import Chronicle
from wargame.game import events as ev
from wargame.game.events import Payload

QUIET: tuple[type[Payload], ...] = (
    ev.RoomWasRead,
    ev.TurnProposed,
    ev.TurnReproposed,
    ev.EstimatesMade,
    ev.OrderWithdrawn,
    ev.PadEdited,
    ev.NotePinned,
)
"""Events that change nothing a reader would stop at; that a note was pinned is told with the notes, to who may read."""


def seat_name(log: Chronicle, seat: str | None) -> str:
    """Return the short name of a seat, or Control."""
    found = log.case.seat.get(seat or "")
    return "Control" if found is None else (found.short or found.label)


def move_name(log: Chronicle, move: str) -> str:
    """Return how a move is called on a sheet."""
    found = log.case.move.get(move)
    return move if found is None else found.text.order


def line(log: Chronicle, fact: Payload) -> str | None:
    """Return what happened in one line, or None for what nobody would stop at."""
    if isinstance(fact, QUIET):
        return None
    return (
        _line_of_game(log, fact)
        or _line_of_play(log, fact)
        or _line_of_deal(log, fact)
        or _line_of_table(log, fact)
        or _line_of_arguing(log, fact)
    )


def _line_of_game(log: Chronicle, fact: Payload) -> str | None:
    match fact:
        case ev.GameCreated():
            return f"The game is created: {fact.case_title}."
        case ev.PersonJoined():
            return f"{fact.display} joins."
        case ev.PersonRemoved():
            return f"{log.names.get(fact.person, 'Somebody')} is removed."
        case ev.SeatTaken():
            return f"{log.names.get(fact.person, 'Somebody')} takes the seat {seat_name(log, fact.seat)}."
        case ev.SeatBotSet():
            return f"A bot {'plays' if fact.policy else 'leaves'} {seat_name(log, fact.seat)}."
        case ev.GameStarted():
            return "The game starts."
        case ev.TurnOpened():
            return f"{log.case.turn_name(fact.turn)} begins."
        case ev.PhaseEntered():
            phase = next((p.label for p in log.case.phases if p.id == fact.phase), fact.phase)
            return f"Phase: {phase}."
        case ev.GamePaused():
            return f"Control pauses the game. {fact.reason}".strip()
        case ev.GameResumed():
            return "The game goes on."
        case ev.GameRewound():
            return f"Control takes the game back to \u201c{fact.label}\u201d. {fact.reason}"
        case ev.GameForked():
            return "From here on this is a game of its own, begun from a copy."
        case ev.CheckpointMade():
            return None if fact.auto else f"Control marks the moment: {fact.label}."
        case ev.ClockExtended():
            return f"Control changes the clock by {fact.by_ms // 1000} s."
        case ev.GameEnded():
            return f"The game ends. {fact.reason}".strip()
        case ev.InjectSent():
            to = ", ".join(seat_name(log, seat) for seat in fact.to)
            return f"Inject to {to}: {fact.title}."
        case ev.RulingMade():
            return f"Control rules on {_target(log, fact)}: {fact.reason}"
        case ev.RulingDropped():
            return "Control withdraws a ruling."
        case ev.TurnResolved():
            return f"The outcome of {log.case.turn_name(fact.turn)} is released."
    return None


def _target(log: Chronicle, fact: ev.RulingMade) -> str:
    variable = log.case.variable.get(fact.target)
    return variable.label if variable is not None else f"order {fact.target}"


def _line_of_play(log: Chronicle, fact: Payload) -> str | None:
    match fact:
        case ev.OrderDrafted():
            return f"{seat_name(log, fact.seat)} puts on its sheet: {move_name(log, fact.move)}."
        case ev.OrdersSubmitted():
            return f"{seat_name(log, fact.seat)} seals its orders."
        case ev.OrdersReopened():
            return f"{seat_name(log, fact.seat)} reopens its orders."
        case ev.OrdersLocked():
            return "The orders are locked."
        case ev.SeatReadied():
            return f"{seat_name(log, fact.seat)} is {'ready' if fact.ready else 'not ready any more'}."
        case ev.EstimateBriefed():
            to = ", ".join(seat_name(log, seat) for seat in fact.to)
            variable = log.case.variable.get(fact.reading.variable)
            label = fact.reading.variable if variable is None else variable.label
            return f"{seat_name(log, fact.seat)} briefs {to} on {label}."
        case ev.RoomOpened():
            return f"A room is opened: {', '.join(seat_name(log, seat) for seat in fact.room.seats)}."
        case ev.MessagePosted():
            return f"{fact.display}: {fact.text}"
        case ev.ItemOpened():
            return f"{seat_name(log, fact.seat)} opens {fact.kind} {fact.key}."
    return _line_of_rooms(log, fact)


def _line_of_rooms(log: Chronicle, fact: Payload) -> str | None:
    match fact:
        case ev.ConferenceCalled():
            called = ", ".join(seat_name(log, seat) for seat in fact.conference.seats)
            return f"{seat_name(log, fact.conference.called_by)} calls a conference, {fact.conference.title}: {called}."
        case ev.ConferenceMoved():
            floor = {"open": "The floor is opened", "recess": "Recess", "closed": "The conference is closed"}
            return f"{floor.get(fact.state, fact.state)}. {fact.reason}".strip()
        case ev.ConferenceSteered():
            return f"{seat_name(log, fact.chair)} has the chair; point {fact.point} of {len(fact.agenda)}."
        case ev.LineSet():
            along = ", ".join(seat_name(log, seat) for seat in fact.taps) or "nobody"
            return f"Control sets a line: {fact.delay} turns late, read along by {along}."
        case ev.MessageHeld():
            return f"{fact.display}, by a slow line: {fact.text}"
        case ev.MessageIntercepted():
            return f"{seat_name(log, fact.by)} overhears {fact.display}: {fact.text}"
        case ev.MessageLeaked():
            return f"Words of {seat_name(log, fact.seat)} reach the press: {fact.text}"
    return None


def _line_of_deal(log: Chronicle, fact: Payload) -> str | None:
    match fact:
        case ev.OfferDrafted():
            return f"{seat_name(log, fact.author)} drafts a text: {fact.title or fact.offer}."
        case ev.OfferTabled():
            return f"The text {fact.offer} is tabled."
        case ev.OfferCountered():
            return f"{_hand(log, fact.seat, fact.by)} answers {fact.offer} with a new version."
        case ev.OfferMarked():
            return f"{_hand(log, fact.seat, fact.by)} marks clauses of {fact.offer}."
        case ev.OfferAccepted():
            return f"{_hand(log, fact.seat, fact.by)} accepts version {fact.version} of {fact.offer}."
        case ev.OfferInitialled():
            return f"{_hand(log, fact.seat, fact.by)} initials version {fact.version} of {fact.offer}."
        case ev.OfferSigned():
            return f"{seat_name(log, fact.seat)} signs {fact.offer} {_VENUES[fact.venue]}."
        case ev.OfferParaphrased():
            return f"{seat_name(log, fact.seat)} reads {fact.clause} of {fact.offer} as: {fact.text}"
        case ev.OfferUnsigned():
            return f"{fact.offer} stays unsigned: the meeting did not take place."
        case ev.OfferEnded():
            return f"{fact.offer}: {fact.how.replace('_', ' ')}. {fact.reason}".strip()
    return None


_VENUES = {"summit": "at the summit", "exchange": "by exchange of letters", "oral": "by word of mouth"}


def _hand(log: Chronicle, seat: str, by: str) -> str:
    """Return who acted, and for whom if by mandate."""
    return f"{seat_name(log, by)} for {seat_name(log, seat)}" if by else seat_name(log, seat)


def _line_of_table(log: Chronicle, fact: Payload) -> str | None:
    match fact:
        case ev.OfferWidened():
            return f"{seat_name(log, fact.seat)} lets {_names(log, fact.readers)} read {fact.offer}."
        case ev.PadShared():
            who = _names(log, (fact.seat, *fact.editors))
            return f"{who} write{'' if fact.editors else 's'} {'an answer to ' if fact.counter else ''}{fact.offer}."
        case ev.OfferSponsored():
            stands = "stands by" if fact.stands else "does not stand by"
            return f"{seat_name(log, fact.seat)} {stands} {fact.offer}."
        case ev.OfferRecessed(seat=""):
            return f"The recess over {fact.offer} ends with the turn."
        case ev.OfferRecessed():
            wants = "asks for a recess over" if fact.on else "wants no recess over"
            return f"{seat_name(log, fact.seat)} {wants} {fact.offer}. {fact.reason}".strip()
        case ev.OfferWalkedOut():
            return f"{seat_name(log, fact.seat)} walks out of {fact.offer}. {fact.reason}".strip()
        case ev.OfferCameBack():
            return f"{seat_name(log, fact.seat)} comes back to {fact.offer}."
        case ev.OfferHeld():
            return f"{'An answer to ' if fact.answer else ''}{fact.offer} waits for Control."
        case ev.OfferReturned():
            return f"Control returns {'an answer to ' if fact.seat else ''}{fact.offer}. {fact.reason}"
        case ev.MandateGiven():
            what = f"may {', '.join(fact.may)}"
            return f"{seat_name(log, fact.principal)} gives {seat_name(log, fact.seat)} a mandate: {what}."
        case ev.MandateEnded():
            return f"{seat_name(log, fact.principal)} ends the mandate of {seat_name(log, fact.seat)}."
    return None


def _names(log: Chronicle, seats: tuple[str, ...]) -> str:
    return ", ".join(seat_name(log, seat) for seat in seats)


def _line_of_arguing(log: Chronicle, fact: Payload) -> str | None:
    match fact:
        case ev.FreeMoveProposed():
            return f"{seat_name(log, fact.seat)} proposes a free move: {fact.title}."
        case ev.FreeMoveArgued():
            return f"{seat_name(log, fact.seat)} argues {fact.side} it: {fact.text}"
        case ev.FreeMoveCirculated():
            return f"Control circulates a free move to {', '.join(seat_name(log, seat) for seat in fact.seats)}."
        case ev.FreeMoveAsked():
            return f"Control asks {', '.join(seat_name(log, seat) for seat in fact.seats)} for the odds, in confidence."
        case ev.FreeMoveEstimated():
            return f"{seat_name(log, fact.by)} puts a free move at {fact.percent} %."
        case ev.FreeMoveFramed():
            return "Control frames a free move."
        case ev.FreeMoveAdmitted():
            return "Control admits a free move."
        case ev.FreeMoveEnded():
            return f"A free move is {fact.how}. {fact.reason}".strip()
        case ev.ArgumentGranted():
            return f"Control grants net arguments {fact.net:+d} to order {fact.order}. {fact.reason}".strip()
        case ev.AppealLodged():
            return f"{seat_name(log, fact.seat)} appeals against \u201c{fact.label}\u201d: {fact.text}"
        case ev.AppealAnswered():
            return f"Control answers an appeal ({fact.verdict}): {fact.text}"
    return None
