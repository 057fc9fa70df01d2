"""Tell each view what a fact lets it know: the one place where secrets are kept.

`disclose` is asked once, when a fact is recorded. Every value is built anew for its view from what that view
may know; nothing is copied and then stripped. A view that learns nothing gets no row. Each kind of fact names
its audience here or in the module of its sub-domain; a fact without an entry tells nobody anything beyond the
frame (game, clock, seats, people), which is everybody's.
"""

from collections.abc import Callable, Iterable
from typing import Any

from adjudication.scenario.schema import Scenario
from wargame.game import events as e
from wargame.game.events import Payload, Recorded
from wargame.game.state import State
from wargame.game.visibility import (
    agreement,
    assess,
    case,
    conference,
    consent,
    control,
    deal,
    debrief,
    frame,
    free,
    letters,
    lines,
    log,
    msel,
    objectives,
    outcome,
    pad,
    papers,
    people,
    rewind,
    rulings,
    sheets,
    standing,
    table,
    talk,
    umpire,
)
from wargame.game.visibility.base import Disclosure, Rows
from wargame.game.visibility.rewind import KEPT, in_order

__all__ = ["KEPT", "Disclosure", "disclose", "in_order"]

Plain = Callable[[Recorded, Any, State, State], Rows]
WithCase = Callable[[Recorded, Any, State, State, Scenario], Rows]


def _created(recorded: Recorded, fact: e.GameCreated, before: State, after: State, scenario: Scenario) -> Rows:
    yield from case.case_rows(after, scenario)
    for room in after.rooms.values():
        yield from talk.room_rows(after, room)
    yield from letters.channel_rows(after, scenario)
    yield from msel.msel_rows(after, scenario, after.msel)
    yield from free.rules_rows(after, scenario)
    yield from papers.form_rows(after, scenario)
    yield from agreement.what_changed(before, after, scenario)


def _turn_opened(recorded: Recorded, fact: e.TurnOpened, before: State, after: State, scenario: Scenario) -> Rows:
    yield from sheets.turn_opened(after, scenario)
    yield from case.variable_rows(before, after, scenario)
    yield from case.fact_rows(before, after, scenario)
    yield from case.move_changes(before, after, scenario, tuple(after.seats))
    if after.readings_turn == after.turn:
        yield from assess.map_rows(after, scenario)


def _estimates(recorded: Recorded, fact: e.EstimatesMade, before: State, after: State, scenario: Scenario) -> Rows:
    yield from sheets.estimates_made(recorded, fact, before, after, scenario)
    if after.turn == fact.turn:
        yield from assess.map_rows(after, scenario)


def _submitted(recorded: Recorded, fact: e.OrdersSubmitted, before: State, after: State, scenario: Scenario) -> Rows:
    return sheets.sheet_sealed(after, scenario, fact.seat, status="submitted")


def _reopened(recorded: Recorded, fact: e.OrdersReopened, before: State, after: State, scenario: Scenario) -> Rows:
    return sheets.sheet_sealed(after, scenario, fact.seat, status="draft")


PLAIN: dict[type[Payload], Plain] = {
    e.RoomOpened: talk.room_opened,
    e.MessagePinned: talk.message_pinned,
    e.ConferenceCalled: conference.conference_called,
    e.ConferenceMoved: conference.conference_moved,
    e.ConferenceSteered: conference.conference_steered,
    e.LineSet: lines.line_set,
    e.MessageHeld: lines.message_held,
    e.MessageIntercepted: lines.message_intercepted,
    e.MessageLeaked: lines.message_leaked,
    e.ItemOpened: talk.item_opened,
    e.LetterSent: letters.letter_sent,
    e.InjectSent: msel.inject_sent,
    e.InjectUndone: msel.inject_undone,
    e.OfferMarked: deal.offer_marked,
    e.OfferAccepted: deal.offer_moved,
    e.OfferInitialled: deal.offer_moved,
    e.OfferSigned: deal.offer_moved,
    e.OfferUnsigned: deal.offer_moved,
    e.OfferParaphrased: deal.offer_paraphrased,
    e.OfferEnded: table.text_ended,
    e.MandateEnded: table.mandate_ended,
    e.PadShared: pad.pad_shared,
    e.PadEdited: pad.pad_edited,
    e.RulingMade: rulings.ruling_made,
    e.RulingDropped: rulings.ruling_dropped,
    e.SeatNudged: people.nudged,
    e.SeatReturned: people.returned,
    e.NotePinned: control.note_pinned,
    e.StatementMeant: papers.meant,
    e.StatementWasRead: papers.was_read,
    e.TaskingAsked: papers.tasking_asked,
    e.TaskingTaken: papers.tasking_moved,
    e.TaskingExtended: papers.tasking_moved,
    e.TaskingLate: papers.tasking_moved,
    e.TaskingClosed: papers.tasking_closed,
    e.CheckpointMade: rewind.checkpoint_made,
    e.GameBranched: rewind.game_branched,
    e.GameForked: people.forked,
    e.ObjectiveRated: objectives.objective_rated,
    e.ImprovementPlanned: objectives.improvement_planned,
    e.ImprovementDropped: objectives.improvement_dropped,
    e.DebriefAnswered: debrief.answered,
    e.DebriefRevealed: debrief.revealed,
}
"""Facts that need nothing of the case to be told."""

WITH_CASE: dict[type[Payload], WithCase] = {
    e.GameCreated: _created,
    e.TurnOpened: _turn_opened,
    e.EstimatesMade: _estimates,
    e.EstimateBriefed: sheets.estimate_briefed,
    e.OrderDrafted: sheets.order_drafted,
    e.OrderWithdrawn: sheets.order_withdrawn,
    e.ConsentAsked: consent.consent_moved,
    e.ConsentAnswered: consent.consent_moved,
    e.ConsentWithdrawn: consent.consent_withdrawn,
    e.MessagePosted: talk.message_posted,
    e.RoomWasRead: talk.room_was_read,
    e.OrdersSubmitted: _submitted,
    e.OrdersReopened: _reopened,
    e.OrdersLocked: sheets.orders_locked,
    e.OvertimeEnded: sheets.overtime_ended,
    e.StandingPosted: standing.standing_moved,
    e.StandingFiled: standing.standing_moved,
    e.FreeMoveProposed: free.proposed,
    e.FreeMoveArgued: free.changed,
    e.FreeMoveCirculated: free.changed,
    e.FreeMoveAsked: free.asked,
    e.FreeMoveEstimated: free.estimated,
    e.FreeMoveFramed: free.framed,
    e.FreeMoveAdmitted: free.admitted,
    e.FreeMoveEnded: free.ended,
    e.ArgumentGranted: free.granted,
    e.AppealLodged: free.lodged,
    e.AppealAnswered: free.answered,
    e.OfferDrafted: deal.offer_drafted,
    e.OfferTabled: deal.offer_proposed,
    e.OfferCountered: table.answered,
    e.OfferWidened: table.table_moved,
    e.OfferSponsored: table.table_moved,
    e.OfferRecessed: table.table_moved,
    e.OfferWalkedOut: table.table_moved,
    e.OfferCameBack: table.table_moved,
    e.OfferHeld: table.gate_moved,
    e.OfferReturned: table.gate_moved,
    e.MandateGiven: table.mandate_given,
    e.LetterArrived: letters.letter_arrived,
    e.PaperDrafted: papers.moved,
    e.PaperEdited: papers.moved,
    e.PaperSent: papers.moved,
    e.PaperCleared: papers.moved,
    e.PaperReturned: papers.returned,
    e.PaperReleased: papers.released,
    e.PaperWithdrawn: papers.withdrawn,
    e.ItemOpened: papers.item_opened,
    e.ObligationChosen: agreement.declared,
    e.AgreementSuspended: agreement.declared,
    e.AgreementWithdrawn: agreement.declared,
    e.AgreementReaffirmed: agreement.declared,
    e.InjectSent: msel.entry_moved,
    e.InjectSkipped: msel.entry_moved,
    e.InjectWritten: msel.entry_moved,
    e.InjectApproved: msel.entry_moved,
    e.InjectHeld: msel.entry_moved,
    e.InjectRestored: msel.entry_moved,
    e.InjectPassed: msel.entry_moved,
    e.InjectUndone: msel.entry_moved,
    e.InjectMarked: msel.entry_moved,
    e.InjectRemoved: msel.removed,
    e.InjectRetimed: msel.retimed,
    e.InjectTimed: msel.timed,
    e.GamePaused: msel.clocks_moved,
    e.GameResumed: msel.clocks_moved,
    e.GameEnded: control.game_ended,
    e.UmpireAppointed: umpire.appointed,
    e.OutcomeRated: umpire.rated,
    e.GameRewound: rewind.game_rewound,
    e.TurnProposed: outcome.turn_proposed,
    e.TurnReproposed: outcome.turn_proposed,
    e.TurnResolved: outcome.turn_resolved,
    e.DebriefOpened: debrief.moved,
    e.DebriefStepped: debrief.moved,
    e.DebriefLifted: debrief.moved,
    e.DebriefPosed: debrief.moved,
    e.DebriefClosed: debrief.moved,
}
"""Facts told with labels, readings or rules of the case."""


def disclose(recorded: Recorded, before: State, after: State, scenario: Scenario) -> Iterable[Disclosure]:
    """Yield what each view learns from a fact, in a stable order."""
    yield from frame.frame_rows(before, after, scenario)
    kind = type(recorded.payload)
    if kind in PLAIN:
        yield from PLAIN[kind](recorded, recorded.payload, before, after)
    if kind in WITH_CASE:
        yield from WITH_CASE[kind](recorded, recorded.payload, before, after, scenario)
    yield from people.people_rows(before, after)
    if kind is not e.GameRewound:  # what a view had of drafts it is given back like all else
        yield from pad.pads_moved(before, after)
    yield from rulings.review_moved(before, after)
    yield from log.log_row(recorded, after)
