"""Decide what a command makes happen: facts, or a refusal as a value.

Owns the dispatch: one decider for each command, split by sub-domain. Pure: the same state, command and
context give the same facts.
"""

from collections.abc import Callable
from typing import Any

from wargame.game import commands as c
from wargame.game.decide import (
    agreement,
    appeals,
    clock,
    conference,
    consent,
    deal,
    debrief,
    desk,
    free,
    injects,
    letters,
    lines,
    lobby,
    mandates,
    msel,
    notes,
    objectives,
    orders,
    overtime,
    pad,
    papers,
    people,
    persona,
    rewind,
    rulings,
    seating,
    standing,
    submit,
    table,
    talk,
    taskings,
    umpire,
)
from wargame.game.decide.base import GATES, Draft, check_screens, check_stand_in, check_when, check_who
from wargame.game.decide.rights import check_right
from wargame.game.events import Ctx, Event
from wargame.game.rejections import Rejected, reject
from wargame.game.state import State

Decider = Callable[[Draft, Any], Rejected | None]

DECIDERS: dict[type[c.Command], Decider] = {
    c.GameCreate: lobby.game_create,
    c.PersonJoin: lobby.person_join,
    c.SeatTake: lobby.seat_take,
    c.SeatLeave: lobby.seat_leave,
    c.SeatReady: lobby.seat_ready,
    c.PenPass: lobby.pen_pass,
    c.SeatAssign: lobby.seat_assign,
    c.SeatBot: lobby.seat_bot,
    c.PersonRemove: lobby.person_remove,
    c.PeopleInvite: people.people_invite,
    c.PersonReadmit: people.person_readmit,
    c.PersonRelink: people.person_relink,
    c.PersonRename: people.person_rename,
    c.RightsSet: people.rights_set,
    c.ConsentChoose: people.consent_choose,
    c.ConsentNarrow: people.consent_narrow,
    c.LobbySet: people.lobby_set,
    c.ScreensLock: people.screens_lock,
    c.SeatNudge: people.seat_nudge,
    c.SeatPrefer: seating.seat_prefer,
    c.SeatsAssign: seating.seats_assign,
    c.SeatHandOver: seating.seat_hand_over,
    c.PenGive: seating.pen_give,
    c.DeputyName: seating.deputy_name,
    c.PenTake: seating.pen_take,
    c.SeatWatch: seating.seat_watch,
    c.GameStart: clock.game_start,
    c.GamePause: clock.game_pause,
    c.GameResume: clock.game_resume,
    c.ClockExtend: clock.clock_extend,
    c.SeatExtend: overtime.seat_extend,
    c.PersonExtend: overtime.person_extend,
    c.PhaseSet: clock.phase_set,
    c.QuietSet: clock.quiet_set,
    c.RemindersSet: clock.reminders_set,
    c.StandingPost: standing.post,
    c.StandingFile: standing.file,
    c.PhaseEnd: clock.phase_end,
    c.GameEnd: clock.game_end,
    c.TimerFire: clock.timer_fire,
    c.OrderDraft: orders.order_draft,
    c.OrderWithdraw: orders.order_withdraw,
    c.OrdersSubmit: submit.orders_submit,
    c.OrdersReopen: submit.orders_reopen,
    c.ConsentAsk: consent.consent_ask,
    c.ConsentAnswer: consent.consent_answer,
    c.EstimateBrief: orders.estimate_brief,
    c.FreeMovePropose: free.propose,
    c.FreeMoveArgue: free.argue,
    c.FreeMoveWithdraw: free.withdraw,
    c.FreeMoveEstimate: free.estimate,
    c.FreeMoveCirculate: free.circulate,
    c.FreeMoveAsk: free.ask,
    c.FreeMoveFrame: free.frame,
    c.FreeMoveAdmit: free.admit,
    c.FreeMoveRefuse: free.refuse,
    c.ArgumentGrant: appeals.grant,
    c.AppealLodge: appeals.lodge,
    c.AppealAnswer: appeals.answer,
    c.RoomOpen: talk.room_open,
    c.MessagePost: talk.message_post,
    c.MessagePin: talk.message_pin,
    c.ConferenceCall: conference.call,
    c.ConferenceOpen: conference.open_floor,
    c.ConferenceRecess: conference.recess,
    c.ConferenceClose: conference.close,
    c.ConferenceAgenda: conference.set_agenda,
    c.ConferencePoint: conference.call_point,
    c.ConferenceChair: conference.pass_chair,
    c.LineDelay: lines.line_delay,
    c.LineIntercept: lines.line_intercept,
    c.MessageLeak: lines.message_leak,
    c.LetterSend: letters.letter_send,
    c.RoomRead: talk.room_read,
    c.ItemOpen: talk.item_open,
    c.OfferDraft: deal.offer_draft,
    c.OfferTable: deal.offer_table,
    c.OfferCounter: deal.offer_counter,
    c.OfferMark: deal.offer_mark,
    c.OfferAccept: deal.offer_accept,
    c.OfferInitial: deal.offer_initial,
    c.OfferSign: deal.offer_sign,
    c.OfferParaphrase: deal.offer_paraphrase,
    c.OfferWalkAway: deal.offer_walk_away,
    c.OfferWiden: table.offer_widen,
    c.OfferSponsor: table.offer_sponsor,
    c.OfferRecess: table.offer_recess,
    c.OfferWalkOut: table.offer_walk_out,
    c.OfferComeBack: table.offer_come_back,
    c.OfferRelease: table.offer_release,
    c.OfferReturn: table.offer_return,
    c.MandateGive: mandates.mandate_give,
    c.MandateEnd: mandates.mandate_end,
    c.PadShare: pad.pad_share,
    c.PadEdit: pad.pad_edit,
    c.PaperDraft: papers.paper_draft,
    c.PaperEdit: papers.paper_edit,
    c.PaperSendForClearance: papers.paper_send_for_clearance,
    c.PaperClear: papers.paper_clear,
    c.PaperReturn: papers.paper_return,
    c.PaperRelease: papers.paper_release,
    c.PaperWithdraw: papers.paper_withdraw,
    c.StatementMean: papers.statement_mean,
    c.StatementRead: papers.statement_read,
    c.TaskingAsk: taskings.tasking_ask,
    c.TaskingTake: taskings.tasking_take,
    c.TaskingAnswer: taskings.tasking_answer,
    c.TaskingDecline: taskings.tasking_decline,
    c.TaskingExtend: taskings.tasking_extend,
    c.TaskingWithdraw: taskings.tasking_withdraw,
    c.ObligationChoose: agreement.obligation_choose,
    c.AgreementSuspend: agreement.agreement_suspend,
    c.AgreementWithdraw: agreement.agreement_withdraw,
    c.AgreementReaffirm: agreement.agreement_reaffirm,
    c.InjectSend: injects.inject_send,
    c.InjectUndo: injects.inject_undo,
    c.InjectMark: injects.inject_mark,
    c.InjectWrite: msel.inject_write,
    c.InjectApprove: msel.inject_approve,
    c.InjectRemove: msel.inject_remove,
    c.InjectHold: msel.inject_hold,
    c.InjectSkip: msel.inject_skip,
    c.InjectRestore: msel.inject_restore,
    c.InjectRetime: msel.inject_retime,
    c.NotePin: notes.note_pin,
    c.RulingReplace: rulings.ruling_replace,
    c.RulingEdit: rulings.ruling_edit,
    c.RulingReversal: rulings.ruling_reversal,
    c.RulingEvent: rulings.ruling_event,
    c.RulingDrop: rulings.ruling_drop,
    c.RulingFidelity: rulings.ruling_fidelity,
    c.RulingSet: rulings.ruling_set,
    c.RulingRow: rulings.ruling_row,
    c.RulingEffects: rulings.ruling_effects,
    c.RulingAnnotate: rulings.ruling_annotate,
    c.RulingTake: desk.ruling_take,
    c.RulingReview: desk.ruling_review,
    c.RulingAccept: desk.ruling_accept,
    c.UmpireAppoint: umpire.umpire_appoint,
    c.UmpireRate: umpire.umpire_rate,
    c.PersonaSpeak: persona.persona_speak,
    c.CheckpointMake: rewind.checkpoint_make,
    c.GameRewind: rewind.game_rewind,
    c.GameBranch: rewind.game_branch,
    c.GameFork: rewind.game_fork,
    c.AssessRate: objectives.assess_rate,
    c.AssessPlan: objectives.assess_plan,
    c.AssessDrop: objectives.assess_drop,
    c.DebriefOpen: debrief.debrief_open,
    c.DebriefStep: debrief.debrief_step,
    c.DebriefLift: debrief.debrief_lift,
    c.DebriefPose: debrief.debrief_pose,
    c.DebriefAnswer: debrief.debrief_answer,
    c.DebriefReveal: debrief.debrief_reveal,
    c.DebriefClose: debrief.debrief_close,
}


def decide(state: State, command: c.Command, ctx: Ctx) -> tuple[Event, ...] | Rejected:
    """Return the facts a command makes, perhaps none, or why it is refused."""
    if not state.status:
        if not isinstance(command, c.GameCreate):
            return reject("game.unknown")
    else:
        gate = GATES[type(command)]
        refused = (
            check_who(state, ctx.actor, gate.who)
            or check_right(state, ctx.actor, type(command))
            or check_stand_in(state, ctx.actor, type(command))
            or check_when(state, gate.when)
            or check_screens(state, ctx.actor, type(command))
        )
        if refused:
            return refused
    draft = Draft(state, ctx)
    refused = DECIDERS[type(command)](draft, command)
    if refused:
        return refused
    injects.follow(draft)
    return rewind.with_checkpoints(state, draft)
