"""Say of a fact what a seat did by it, so that the master list can wait for it. Owns that translation and nothing else.

What an order does when it is settled is the engine's matter; here an order counts as given when it is drafted.
"""

from collections.abc import Iterator

from msgspec import Struct

from adjudication.scenario.happenings import Action, ActionKind
from wargame.game import events as e
from wargame.game.events import Payload
from wargame.game.state import State


class Done(Struct, frozen=True):
    """What a seat did. `to`: whom it reaches. `move`: of an order, or the inject that was opened, by its entry."""

    kind: ActionKind
    seat: str
    to: tuple[str, ...] = ()
    move: str = ""
    room: str = ""


def matches(wanted: Action, done: Done) -> bool:
    """Tell whether what was done is what was waited for."""
    return (
        wanted.kind == done.kind
        and (not wanted.by or done.seat in wanted.by)
        and (not wanted.to or bool(set(wanted.to) & (set(done.to) - {done.seat})))
        and wanted.move in ("", done.move)
        and (not wanted.room or wanted.room == done.room)
    )


def done_by(fact: Payload, state: State) -> Iterator[Done]:
    """Yield what a seat did by a fact; nothing for what Control, the clock or the engine did."""
    for done in _done(fact, state):
        if done.seat in state.seats:
            yield done


def _done(fact: Payload, state: State) -> Iterator[Done]:
    match fact:
        case e.OrderDrafted():
            yield Done("order", fact.seat, move=fact.move)
        case e.OrdersSubmitted():
            yield Done("submit", fact.seat)
        case e.FreeMoveProposed():
            yield Done("free_move", fact.seat)
        case e.AppealLodged():
            yield Done("appeal", fact.seat)
        case e.EstimateBriefed():
            yield Done("brief", fact.seat, to=fact.to)
        case e.ItemOpened():
            yield _opened(fact, state)
        case e.OfferTabled() | e.OfferCountered() | e.OfferAccepted() | e.OfferSigned() | e.OfferWalkedOut():
            yield from _at_the_table(fact, state)
        case e.OfferEnded():
            if fact.how == "walked_away":
                yield Done("walk_away", fact.by)
        case _:
            yield from _said(fact, state)


def _opened(fact: e.ItemOpened, state: State) -> Done:
    entry = next((one.id for one in state.msel.values() if one.sent == fact.key), "") if fact.kind == "inject" else ""
    return Done("open", fact.seat, move=entry)


def _at_the_table(
    fact: e.OfferTabled | e.OfferCountered | e.OfferAccepted | e.OfferSigned | e.OfferWalkedOut, state: State
) -> Iterator[Done]:
    offer = state.offers.get(fact.offer)
    to = offer.parties if offer is not None else ()
    match fact:
        case e.OfferTabled():
            yield Done("table", offer.author if offer is not None else "", to=to)
        case e.OfferCountered():
            yield Done("counter", fact.seat, to=to)
        case e.OfferAccepted():
            yield Done("accept", fact.seat, to=to)
        case e.OfferSigned():
            yield Done("sign", fact.seat, to=to)
        case e.OfferWalkedOut():
            yield Done("walk_away", fact.seat, to=to)


def _said(fact: Payload, state: State) -> Iterator[Done]:
    match fact:
        case e.MessagePosted(held=held) if held:
            return  # It was said when it went onto the slow line.
        case e.MessagePosted() | e.MessageHeld():
            room = state.rooms.get(fact.room)
            kind = room.kind if room is not None else ""
            to = room.seats if room is not None and kind != "press" else tuple(state.seats)
            yield Done("message", fact.seat, to=to, room="press" if kind == "press" else fact.room)
        case e.LetterSent():
            yield Done("letter", fact.seat, to=(fact.to,))
        case e.PaperReleased():
            got = (
                seat for seat, filed in state.files.items() if any(one.id == fact.paper and one.got for one in filed)
            )
            yield Done("paper", fact.by, to=tuple(got) if not fact.public else tuple(state.seats))
        case e.TaskingAsked():
            yield Done("ask", fact.tasking.seat, to=(fact.tasking.to,))
        case e.RoomOpened():
            yield Done("room", fact.room.opened_by, to=fact.room.seats, room=fact.room.id)
        case e.ConferenceCalled():
            yield Done("conference", fact.conference.called_by, to=fact.conference.seats)
        case _:
            return
