"""What every decision shares: who acts, the events made so far, and which commands are open to whom when.

A decision never changes anything: it emits facts into a `Draft`, which folds each at once, so that a later
step of the same command sees what the earlier one did.
"""

from typing import Literal

from msgspec import Struct

from negotiation.details import Refused
from wargame.game import commands as c
from wargame.game.events import Actor, Ctx, Event, Payload, Recorded, event
from wargame.game.evolve import evolve
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Seat, State


class Draft:
    """The facts of one command and the state they lead to."""

    def __init__(self, state: State, ctx: Ctx) -> None:
        self.state = state
        self.ctx = ctx
        self.events: list[Event] = []

    def emit(self, payload: Payload) -> None:
        """Add a fact and fold it."""
        fact = event(payload)
        self.events.append(fact)
        self.state = evolve(self.state, provisional(fact, self.ctx))

    @property
    def actor(self) -> Actor:
        """Return who gave the command."""
        return self.ctx.actor


def provisional(fact: Event, ctx: Ctx) -> Recorded:
    """Return the fact as if recorded: `evolve` reads nothing of it that recording would change."""
    return Recorded(
        seq=0,
        id="",
        kind=fact.kind,
        v=fact.v,
        actor=ctx.actor,
        cause=ctx.command_id,
        at_ms=ctx.now_ms,
        game_date="",
        payload=fact.payload,
    )


Who = Literal["server", "person", "player", "seat", "pen", "control", "umpire", "anyone"]
When = frozenset[str]

LOBBY: When = frozenset({"lobby"})
PLAY: When = frozenset({"running"})
PLAY_OR_PAUSE: When = frozenset({"running", "paused"})
BEFORE_END: When = frozenset({"lobby", "running", "paused"})
TALKING: When = frozenset({"lobby", "running"})
AFTER_START: When = frozenset({"running", "paused", "ended"})
AFTER_END: When = frozenset({"ended"})
ALWAYS: When = frozenset({"lobby", "running", "paused", "ended"})


class Gate(Struct, frozen=True):
    """Who may give a command, and in which states of the game."""

    who: Who
    when: When


GATES: dict[type[c.Command], Gate] = {
    c.PersonJoin: Gate("server", ALWAYS),
    c.SeatTake: Gate("player", BEFORE_END),
    c.SeatLeave: Gate("seat", BEFORE_END),
    c.SeatReady: Gate("pen", TALKING),
    c.PenPass: Gate("pen", BEFORE_END),
    c.OrderDraft: Gate("seat", PLAY_OR_PAUSE),
    c.OrderWithdraw: Gate("seat", PLAY_OR_PAUSE),
    c.OrdersSubmit: Gate("pen", PLAY),
    c.OrdersReopen: Gate("pen", PLAY),
    c.ConsentAsk: Gate("pen", PLAY),
    c.ConsentAnswer: Gate("pen", PLAY),
    c.EstimateBrief: Gate("seat", PLAY),
    c.FreeMovePropose: Gate("pen", PLAY),
    c.FreeMoveArgue: Gate("seat", PLAY),
    c.FreeMoveWithdraw: Gate("pen", PLAY),
    c.FreeMoveEstimate: Gate("anyone", PLAY_OR_PAUSE),
    c.FreeMoveCirculate: Gate("control", PLAY_OR_PAUSE),
    c.FreeMoveAsk: Gate("control", PLAY_OR_PAUSE),
    c.FreeMoveFrame: Gate("control", PLAY_OR_PAUSE),
    c.FreeMoveAdmit: Gate("control", PLAY_OR_PAUSE),
    c.FreeMoveRefuse: Gate("control", PLAY_OR_PAUSE),
    c.ArgumentGrant: Gate("control", PLAY_OR_PAUSE),
    c.AppealLodge: Gate("pen", PLAY_OR_PAUSE),
    c.AppealAnswer: Gate("control", AFTER_START),
    c.RoomOpen: Gate("seat", TALKING),
    c.MessagePost: Gate("anyone", BEFORE_END),
    c.MessagePin: Gate("anyone", BEFORE_END),
    c.ConferenceCall: Gate("seat", PLAY),
    c.ConferenceOpen: Gate("anyone", PLAY),
    c.ConferenceRecess: Gate("anyone", PLAY),
    c.ConferenceClose: Gate("anyone", PLAY),
    c.ConferenceAgenda: Gate("anyone", PLAY),
    c.ConferencePoint: Gate("anyone", PLAY),
    c.ConferenceChair: Gate("anyone", PLAY),
    c.LineDelay: Gate("control", BEFORE_END),
    c.LineIntercept: Gate("control", BEFORE_END),
    c.MessageLeak: Gate("control", PLAY_OR_PAUSE),
    c.LetterSend: Gate("pen", PLAY),
    c.RoomRead: Gate("seat", ALWAYS),
    c.ItemOpen: Gate("seat", ALWAYS),
    c.OfferDraft: Gate("seat", PLAY_OR_PAUSE),
    c.OfferTable: Gate("pen", PLAY),
    c.OfferCounter: Gate("pen", PLAY),
    c.OfferMark: Gate("seat", PLAY),
    c.OfferAccept: Gate("pen", PLAY),
    c.OfferInitial: Gate("pen", PLAY),
    c.OfferSign: Gate("pen", PLAY),
    c.OfferParaphrase: Gate("seat", PLAY),
    c.OfferWalkAway: Gate("pen", PLAY),
    c.OfferWiden: Gate("pen", PLAY_OR_PAUSE),
    c.OfferSponsor: Gate("pen", PLAY),
    c.OfferRecess: Gate("pen", PLAY),
    c.OfferWalkOut: Gate("pen", PLAY),
    c.OfferComeBack: Gate("pen", PLAY),
    c.OfferRelease: Gate("control", PLAY_OR_PAUSE),
    c.OfferReturn: Gate("control", PLAY_OR_PAUSE),
    c.MandateGive: Gate("pen", PLAY_OR_PAUSE),
    c.MandateEnd: Gate("pen", PLAY_OR_PAUSE),
    c.PadShare: Gate("seat", PLAY_OR_PAUSE),
    c.PadEdit: Gate("seat", PLAY_OR_PAUSE),
    c.PaperDraft: Gate("seat", PLAY_OR_PAUSE),
    c.PaperEdit: Gate("seat", PLAY_OR_PAUSE),
    c.PaperSendForClearance: Gate("pen", PLAY),
    c.PaperClear: Gate("pen", PLAY),
    c.PaperReturn: Gate("pen", PLAY),
    c.PaperRelease: Gate("pen", PLAY),
    c.PaperWithdraw: Gate("pen", PLAY),
    c.StatementMean: Gate("seat", PLAY_OR_PAUSE),
    c.StatementRead: Gate("seat", PLAY_OR_PAUSE),
    c.TaskingAsk: Gate("anyone", PLAY),
    c.TaskingTake: Gate("anyone", PLAY),
    c.TaskingAnswer: Gate("anyone", PLAY),
    c.TaskingDecline: Gate("anyone", PLAY),
    c.TaskingExtend: Gate("anyone", PLAY),
    c.TaskingWithdraw: Gate("anyone", PLAY),
    c.ObligationChoose: Gate("pen", PLAY),
    c.AgreementSuspend: Gate("pen", PLAY),
    c.AgreementWithdraw: Gate("pen", PLAY),
    c.AgreementReaffirm: Gate("pen", PLAY),
    c.GameCreate: Gate("server", ALWAYS),
    c.GameStart: Gate("control", LOBBY),
    c.GamePause: Gate("control", PLAY),
    c.GameResume: Gate("control", frozenset({"paused"})),
    c.ClockExtend: Gate("control", PLAY_OR_PAUSE),
    c.SeatExtend: Gate("control", PLAY_OR_PAUSE),
    c.PersonExtend: Gate("control", BEFORE_END),
    c.PhaseSet: Gate("control", BEFORE_END),
    c.QuietSet: Gate("control", BEFORE_END),
    c.RemindersSet: Gate("control", BEFORE_END),
    c.StandingPost: Gate("pen", BEFORE_END),
    c.StandingFile: Gate("pen", PLAY),
    c.PhaseEnd: Gate("control", PLAY_OR_PAUSE),
    c.GameEnd: Gate("control", BEFORE_END),
    c.InjectSend: Gate("control", PLAY_OR_PAUSE),
    c.InjectSkip: Gate("control", BEFORE_END),
    c.InjectWrite: Gate("control", BEFORE_END),
    c.InjectApprove: Gate("control", BEFORE_END),
    c.InjectRemove: Gate("control", BEFORE_END),
    c.InjectHold: Gate("control", BEFORE_END),
    c.InjectRestore: Gate("control", BEFORE_END),
    c.InjectRetime: Gate("control", BEFORE_END),
    c.InjectUndo: Gate("control", PLAY_OR_PAUSE),
    c.InjectMark: Gate("control", AFTER_START),
    c.RulingAccept: Gate("control", PLAY_OR_PAUSE),
    c.RulingReplace: Gate("control", PLAY_OR_PAUSE),
    c.RulingEdit: Gate("control", PLAY_OR_PAUSE),
    c.RulingReversal: Gate("control", PLAY_OR_PAUSE),
    c.RulingEvent: Gate("control", PLAY_OR_PAUSE),
    c.RulingDrop: Gate("control", PLAY_OR_PAUSE),
    c.RulingFidelity: Gate("control", PLAY_OR_PAUSE),
    c.RulingSet: Gate("control", PLAY_OR_PAUSE),
    c.RulingRow: Gate("control", PLAY_OR_PAUSE),
    c.RulingEffects: Gate("control", PLAY_OR_PAUSE),
    c.RulingAnnotate: Gate("control", PLAY_OR_PAUSE),
    c.RulingTake: Gate("control", PLAY_OR_PAUSE),
    c.RulingReview: Gate("control", PLAY_OR_PAUSE),
    c.UmpireAppoint: Gate("control", BEFORE_END),
    c.UmpireRate: Gate("umpire", PLAY_OR_PAUSE),
    c.PersonaSpeak: Gate("control", BEFORE_END),
    c.SeatAssign: Gate("control", BEFORE_END),
    c.SeatBot: Gate("control", BEFORE_END),
    c.PersonRemove: Gate("control", BEFORE_END),
    c.PeopleInvite: Gate("control", ALWAYS),
    c.PersonReadmit: Gate("control", ALWAYS),
    c.PersonRelink: Gate("control", ALWAYS),
    c.PersonRename: Gate("control", ALWAYS),
    c.RightsSet: Gate("control", ALWAYS),
    c.ConsentChoose: Gate("person", ALWAYS),
    c.ConsentNarrow: Gate("control", ALWAYS),
    c.LobbySet: Gate("control", BEFORE_END),
    c.ScreensLock: Gate("control", ALWAYS),
    c.SeatNudge: Gate("control", BEFORE_END),
    c.SeatPrefer: Gate("player", BEFORE_END),
    c.SeatsAssign: Gate("control", BEFORE_END),
    c.SeatHandOver: Gate("control", BEFORE_END),
    c.PenGive: Gate("control", BEFORE_END),
    c.DeputyName: Gate("pen", BEFORE_END),
    c.PenTake: Gate("seat", BEFORE_END),
    c.SeatWatch: Gate("server", PLAY),
    c.NotePin: Gate("control", ALWAYS),
    c.AssessRate: Gate("control", ALWAYS),
    c.AssessPlan: Gate("control", ALWAYS),
    c.AssessDrop: Gate("control", ALWAYS),
    c.TimerFire: Gate("server", ALWAYS),
    c.CheckpointMake: Gate("control", PLAY_OR_PAUSE),
    c.GameRewind: Gate("control", AFTER_START),
    c.GameBranch: Gate("control", ALWAYS),
    c.GameFork: Gate("server", ALWAYS),
    c.DebriefOpen: Gate("control", AFTER_END),
    c.DebriefStep: Gate("control", AFTER_END),
    c.DebriefLift: Gate("control", AFTER_END),
    c.DebriefPose: Gate("control", AFTER_END),
    c.DebriefAnswer: Gate("player", AFTER_END),
    c.DebriefReveal: Gate("control", AFTER_END),
    c.DebriefClose: Gate("control", AFTER_END),
}
"""One line a command. Who is asked first, when second; what a command itself needs is its decider's matter."""


def is_control(state: State, actor: Actor) -> bool:
    """Tell whether the actor is Control of this game, or the server acting for it."""
    if actor.kind == "system":
        return True
    person = state.people.get(actor.person)
    return person is not None and person.role == "control" and not person.removed


def is_umpire(state: State, actor: Actor) -> bool:
    """Tell whether the actor is the second umpire."""
    person = state.people.get(actor.person)
    return person is not None and person.id == state.umpire and person.role == "observer" and not person.removed


def seat_of(state: State, actor: Actor) -> Seat | None:
    """Return the seat the actor acts for: a person's by the state, a bot's own if it holds it."""
    if actor.kind == "seat_bot":
        seat = state.seats.get(actor.seat or "")
        return seat if seat is not None and seat.id in state.bots else None
    person = state.people.get(actor.person)
    if person is None or person.removed or person.seat is None:
        return None
    return state.seats.get(person.seat)


def check_who(state: State, actor: Actor, who: Who) -> Rejected | None:
    """Refuse an actor that may not give a command of this kind at all."""
    if who == "server":
        return None
    if who == "control":
        return None if is_control(state, actor) else reject("who.control_only")
    if who == "umpire":
        return None if is_umpire(state, actor) else reject("who.umpire_only")
    if actor.kind != "seat_bot":
        person = state.people.get(actor.person)
        if person is None:
            return reject("who.unknown")
        if person.removed:
            return reject("who.removed")
        if who == "person":
            return None
        if who == "anyone" and person.role == "control":
            return None
        if person.role != "player":
            return reject("who.player_only")
    if who in ("player", "person"):
        return reject("who.player_only") if actor.kind == "seat_bot" else None
    seat = seat_of(state, actor)
    if seat is None:
        return reject("who.no_seat")
    if who == "pen" and actor.kind != "seat_bot" and seat.pen != actor.person:
        holder = state.people[seat.pen].display if seat.pen in state.people else "Nobody"
        return reject("who.pen_only", holder=holder)
    return None


UNLOCKED: frozenset[type[c.Command]] = frozenset({c.RoomRead, c.ItemOpen, c.PadEdit})
"""What goes on behind a locked screen: marks of reading, and what was typed up to that moment."""


def check_screens(state: State, actor: Actor, command: type[c.Command]) -> Rejected | None:
    """Refuse what people at a locked screen do; Control, bots and the server go on."""
    if state.screens is None or actor.kind in ("system", "seat_bot") or command in UNLOCKED:
        return None
    return None if is_control(state, actor) else reject("screens.locked")


STAND_IN_MAY: frozenset[type[c.Command]] = frozenset({c.OrderDraft, c.OrderWithdraw, c.OrdersSubmit, c.StandingFile})
"""What a bot may do that only completes a sheet for people who did not: nothing others would hear of."""


def check_stand_in(state: State, actor: Actor, command: type[c.Command]) -> Rejected | None:
    """Refuse a bot that stands in for people anything but their sheet."""
    stands_in = actor.kind == "seat_bot" and (actor.seat or "") in state.stand_ins
    return reject("order.own_time") if stands_in and command not in STAND_IN_MAY else None


_TOO_EARLY: dict[str, str] = {"lobby": "game.not_started", "paused": "game.paused", "ended": "game.ended"}


def check_when(state: State, when: When) -> Rejected | None:
    """Refuse a command that the state of the game does not allow now."""
    if state.status in when:
        return None
    if when == LOBBY and state.status in ("running", "paused"):
        return reject("game.already_started")
    if when == AFTER_END:
        return reject("game.not_ended")
    if state.status == "running":
        return reject("game.not_paused")
    return reject(_TOO_EARLY[state.status])


def own_seat(draft: Draft) -> Seat:
    """Return the actor's seat, which the gate has made sure of."""
    seat = seat_of(draft.state, draft.actor)
    assert seat is not None, "the gate lets only holders of a seat through"
    return seat


def refuse(refused: Refused | None) -> Rejected | None:
    """Return a refusal of the pure rules as one of the catalogue."""
    return reject(refused.code, **refused.params) if refused else None


def check_seats(state: State, seats: tuple[str, ...]) -> Rejected | None:
    """Refuse seats the case has not."""
    for seat in seats:
        if seat not in state.seats:
            return reject("seat.unknown", seat=seat, allowed=tuple(state.seats))
    return None
