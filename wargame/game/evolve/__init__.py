"""Fold one recorded fact into the state. Total: whatever the log holds can be folded, nothing is refused here.

Owns the dispatch: one step for each kind of fact, split by sub-domain. A fact without a step changes nothing
the rules need; it is in the log for the views and the report.
"""

from collections.abc import Callable, Iterable
from typing import Any

from wargame.game import events as e
from wargame.game.events import Payload, Recorded
from wargame.game.evolve import (
    agreement,
    clock,
    conference,
    control,
    deal,
    free,
    letters,
    lines,
    lobby,
    orders,
    pad,
    papers,
    table,
    talk,
    turn,
)
from wargame.game.state import EMPTY, State

Step = Callable[[State, Any, Recorded], State]

STEPS: dict[type[Payload], Step] = {
    e.GameCreated: lobby.game_created,
    e.PersonJoined: lobby.person_joined,
    e.PersonRemoved: lobby.person_removed,
    e.SeatTaken: lobby.seat_taken,
    e.SeatLeft: lobby.seat_left,
    e.SeatReadied: lobby.seat_readied,
    e.SeatBotSet: lobby.seat_bot_set,
    e.PenPassed: lobby.pen_passed,
    e.GameStarted: clock.game_started,
    e.TurnOpened: clock.turn_opened,
    e.PhaseEntered: clock.phase_entered,
    e.GamePaused: clock.game_paused,
    e.GameResumed: clock.game_resumed,
    e.ClockExtended: clock.clock_extended,
    e.GameEnded: clock.game_ended,
    e.EstimatesMade: orders.estimates_made,
    e.EstimateBriefed: orders.estimate_briefed,
    e.OrderDrafted: orders.order_drafted,
    e.OrderWithdrawn: orders.order_withdrawn,
    e.OrdersSubmitted: orders.orders_submitted,
    e.OrdersReopened: orders.orders_reopened,
    e.OrdersLocked: orders.orders_locked,
    e.ConsentAsked: orders.consent_asked,
    e.ConsentAnswered: orders.consent_answered,
    e.ConsentWithdrawn: orders.consent_withdrawn,
    e.FreeMoveProposed: free.proposed,
    e.FreeMoveArgued: free.argued,
    e.FreeMoveCirculated: free.circulated,
    e.FreeMoveAsked: free.asked,
    e.FreeMoveEstimated: free.estimated,
    e.FreeMoveFramed: free.framed,
    e.FreeMoveAdmitted: free.admitted,
    e.FreeMoveEnded: free.ended,
    e.ArgumentGranted: free.granted,
    e.AppealLodged: free.lodged,
    e.AppealAnswered: free.answered,
    e.RoomOpened: talk.room_opened,
    e.MessagePosted: talk.message_posted,
    e.MessagePinned: talk.message_pinned,
    e.ConferenceCalled: conference.conference_called,
    e.ConferenceMoved: conference.conference_moved,
    e.ConferenceSteered: conference.conference_steered,
    e.LineSet: lines.line_set,
    e.MessageHeld: lines.message_held,
    e.MessageLeaked: lines.message_leaked,
    e.RoomWasRead: talk.room_was_read,
    e.ItemOpened: talk.item_opened,
    e.LetterSent: letters.letter_sent,
    e.LetterArrived: letters.letter_arrived,
    e.OfferDrafted: deal.offer_drafted,
    e.OfferTabled: deal.offer_tabled,
    e.OfferCountered: deal.offer_countered,
    e.OfferMarked: deal.offer_marked,
    e.OfferAccepted: deal.offer_accepted,
    e.OfferInitialled: deal.offer_initialled,
    e.OfferSigned: deal.offer_signed,
    e.OfferUnsigned: deal.offer_unsigned,
    e.OfferEnded: deal.offer_ended,
    e.OfferWidened: table.offer_widened,
    e.OfferSponsored: table.offer_sponsored,
    e.OfferRecessed: table.offer_recessed,
    e.OfferWalkedOut: table.offer_walked_out,
    e.OfferCameBack: table.offer_came_back,
    e.OfferHeld: table.offer_held,
    e.OfferReturned: table.offer_returned,
    e.MandateGiven: table.mandate_given,
    e.MandateEnded: table.mandate_ended,
    e.PadShared: pad.pad_shared,
    e.PadEdited: pad.pad_edited,
    e.PaperDrafted: papers.drafted,
    e.PaperEdited: papers.edited,
    e.PaperSent: papers.sent,
    e.PaperCleared: papers.cleared,
    e.PaperReturned: papers.returned,
    e.PaperReleased: papers.released,
    e.PaperWithdrawn: papers.withdrawn,
    e.StatementMeant: papers.meant,
    e.TaskingAsked: papers.asked,
    e.TaskingTaken: papers.taken,
    e.TaskingExtended: papers.extended,
    e.TaskingLate: papers.late,
    e.TaskingClosed: papers.closed,
    e.ObligationChosen: agreement.obligation_chosen,
    e.AgreementSuspended: agreement.agreement_suspended,
    e.AgreementWithdrawn: agreement.agreement_withdrawn,
    e.AgreementReaffirmed: agreement.agreement_reaffirmed,
    e.InjectSent: control.inject_sent,
    e.InjectSkipped: control.inject_skipped,
    e.RulingMade: control.ruling_made,
    e.RulingDropped: control.ruling_dropped,
    e.TurnProposed: turn.turn_proposed,
    e.TurnReproposed: turn.turn_proposed,
    e.TurnResolved: turn.turn_resolved,
}


def evolve(state: State, recorded: Recorded) -> State:
    """Return the state after a fact."""
    step = STEPS.get(type(recorded.payload))
    return step(state, recorded.payload, recorded) if step else state


def fold(log: Iterable[Recorded], *, start: State = EMPTY) -> State:
    """Return the state after all facts of a log, or of the tail that follows `start`."""
    state = start
    for recorded in log:
        state = evolve(state, recorded)
    return state
