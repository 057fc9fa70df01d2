"""Every action there is, as a closed union of imperative commands.

A browser, a bot, a facilitator and a timer all send one of these. Nothing here decides anything: `decide` does.
"""

from wargame.game.commands.agreement import (
    AgreementReaffirm,
    AgreementSuspend,
    AgreementWithdraw,
    ObligationChoose,
)
from wargame.game.commands.base import (
    Annexes,
    Details,
    ExtendMs,
    Id,
    LengthMs,
    Level,
    Levels,
    Line,
    Mark,
    Name,
    Note,
    Params,
    Precedence,
    Range,
    Reason,
    Seats,
    Text,
    Venue,
)
from wargame.game.commands.clock import PersonExtend, PhaseSet, QuietSet, RemindersSet, SeatExtend
from wargame.game.commands.conference import (
    ConferenceAgenda,
    ConferenceCall,
    ConferenceChair,
    ConferenceClose,
    ConferenceOpen,
    ConferencePoint,
    ConferenceRecess,
)
from wargame.game.commands.control import (
    ClockExtend,
    GameCreate,
    GameEnd,
    GamePause,
    GameResume,
    GameStart,
    NotePin,
    PersonaSpeak,
    PersonRemove,
    PhaseEnd,
    SeatAssign,
    SeatBot,
)
from wargame.game.commands.deal import (
    OfferAccept,
    OfferCounter,
    OfferDraft,
    OfferInitial,
    OfferMark,
    OfferParaphrase,
    OfferSign,
    OfferTable,
    OfferWalkAway,
)
from wargame.game.commands.debrief import (
    DebriefAnswer,
    DebriefClose,
    DebriefLift,
    DebriefOpen,
    DebriefPose,
    DebriefReveal,
    DebriefStep,
)
from wargame.game.commands.free import (
    AppealAnswer,
    AppealLodge,
    ArgumentGrant,
    FreeMoveAdmit,
    FreeMoveArgue,
    FreeMoveAsk,
    FreeMoveCirculate,
    FreeMoveEstimate,
    FreeMoveFrame,
    FreeMovePropose,
    FreeMoveRefuse,
    FreeMoveWithdraw,
)
from wargame.game.commands.lines import LineDelay, LineIntercept, MessageLeak
from wargame.game.commands.lobby import PenPass, PersonJoin, SeatLeave, SeatReady, SeatTake
from wargame.game.commands.msel import (
    EntryAttachment,
    EntryWords,
    InjectApprove,
    InjectHold,
    InjectMark,
    InjectRemove,
    InjectRestore,
    InjectRetime,
    InjectSend,
    InjectSkip,
    InjectUndo,
    InjectWrite,
    SeatAction,
    When,
)
from wargame.game.commands.objectives import AssessDrop, AssessPlan, AssessRate
from wargame.game.commands.orders import (
    ConsentAnswer,
    ConsentAsk,
    EstimateBrief,
    OrderDraft,
    OrdersReopen,
    OrdersSubmit,
    OrderWithdraw,
)
from wargame.game.commands.pad import PadEdit, PadShare
from wargame.game.commands.papers import (
    PaperClear,
    PaperDraft,
    PaperEdit,
    PaperRelease,
    PaperReturn,
    PaperSendForClearance,
    PaperWithdraw,
    StatementMean,
    StatementRead,
    TaskingAnswer,
    TaskingAsk,
    TaskingDecline,
    TaskingExtend,
    TaskingTake,
    TaskingWithdraw,
)
from wargame.game.commands.people import (
    ConsentChoose,
    ConsentNarrow,
    DeputyName,
    Invitation,
    LobbySet,
    PenGive,
    PenTake,
    PeopleInvite,
    PersonReadmit,
    PersonRelink,
    PersonRename,
    RightsSet,
    ScreensLock,
    SeatHandOver,
    SeatNudge,
    SeatPrefer,
    SeatsAssign,
    SeatWatch,
)
from wargame.game.commands.rewind import CheckpointMake, GameBranch, GameFork, GameRewind
from wargame.game.commands.rulings import (
    RulingAccept,
    RulingAnnotate,
    RulingDrop,
    RulingEdit,
    RulingEffects,
    RulingEvent,
    RulingFidelity,
    RulingReplace,
    RulingReversal,
    RulingReview,
    RulingRow,
    RulingSet,
    RulingTake,
    UmpireAppoint,
    UmpireRate,
)
from wargame.game.commands.standing import StandingFile, StandingOrder, StandingPost
from wargame.game.commands.table import (
    MandateEnd,
    MandateGive,
    OfferComeBack,
    OfferRecess,
    OfferRelease,
    OfferReturn,
    OfferSponsor,
    OfferWalkOut,
    OfferWiden,
)
from wargame.game.commands.talk import ItemOpen, LetterSend, MessagePin, MessagePost, RoomOpen, RoomRead
from wargame.game.commands.time import TimerFire

__all__ = [
    "SERVER_ONLY", "AgreementReaffirm", "AgreementSuspend", "AgreementWithdraw", "Annexes", "AppealAnswer",
    "AppealLodge", "ArgumentGrant", "AssessDrop", "AssessPlan", "AssessRate", "CheckpointMake", "ClockExtend",
    "Command", "ConferenceAgenda", "ConferenceCall", "ConferenceChair", "ConferenceClose", "ConferenceOpen",
    "ConferencePoint", "ConferenceRecess", "ConsentAnswer", "ConsentAsk", "ConsentChoose", "ConsentNarrow",
    "DebriefAnswer", "DebriefClose", "DebriefLift", "DebriefOpen", "DebriefPose", "DebriefReveal", "DebriefStep",
    "DeputyName", "Details", "EntryAttachment", "EntryWords", "EstimateBrief", "ExtendMs", "FreeMoveAdmit",
    "FreeMoveArgue", "FreeMoveAsk", "FreeMoveCirculate", "FreeMoveEstimate", "FreeMoveFrame", "FreeMovePropose",
    "FreeMoveRefuse", "FreeMoveWithdraw", "GameBranch", "GameCreate", "GameEnd", "GameFork", "GamePause",
    "GameResume", "GameRewind", "GameStart", "Id", "InjectApprove", "InjectHold", "InjectMark", "InjectRemove",
    "InjectRestore", "InjectRetime", "InjectSend", "InjectSkip", "InjectUndo", "InjectWrite", "Invitation",
    "ItemOpen", "LengthMs", "LetterSend", "Level", "Levels", "Line", "LineDelay", "LineIntercept", "LobbySet",
    "MandateEnd", "MandateGive", "Mark", "MessageLeak", "MessagePin", "MessagePost", "Name", "Note", "NotePin",
    "ObligationChoose", "OfferAccept", "OfferComeBack", "OfferCounter", "OfferDraft", "OfferInitial", "OfferMark",
    "OfferParaphrase", "OfferRecess", "OfferRelease", "OfferReturn", "OfferSign", "OfferSponsor", "OfferTable",
    "OfferWalkAway", "OfferWalkOut", "OfferWiden", "OrderDraft", "OrderWithdraw", "OrdersReopen", "OrdersSubmit",
    "PadEdit", "PadShare", "PaperClear", "PaperDraft", "PaperEdit", "PaperRelease", "PaperReturn",
    "PaperSendForClearance", "PaperWithdraw", "Params", "PenGive", "PenPass", "PenTake", "PeopleInvite",
    "PersonExtend", "PersonJoin", "PersonReadmit", "PersonRelink", "PersonRemove", "PersonRename", "PersonaSpeak",
    "PhaseEnd", "PhaseSet", "Precedence", "QuietSet", "Range", "Reason", "RemindersSet", "RightsSet", "RoomOpen",
    "RoomRead", "RulingAccept", "RulingAnnotate", "RulingDrop", "RulingEdit", "RulingEffects", "RulingEvent",
    "RulingFidelity", "RulingReplace", "RulingReversal", "RulingReview", "RulingRow", "RulingSet", "RulingTake",
    "ScreensLock", "SeatAction", "SeatAssign", "SeatBot", "SeatExtend", "SeatHandOver", "SeatLeave", "SeatNudge",
    "SeatPrefer", "SeatReady", "SeatTake", "SeatWatch", "Seats", "SeatsAssign", "StandingFile", "StandingOrder",
    "StandingPost", "StatementMean", "StatementRead", "TaskingAnswer", "TaskingAsk", "TaskingDecline",
    "TaskingExtend", "TaskingTake", "TaskingWithdraw", "Text", "TimerFire", "UmpireAppoint", "UmpireRate", "Venue",
    "When",
]  # fmt: skip

Command = (
    PersonJoin | SeatTake | SeatLeave | SeatReady | PenPass
    | OrderDraft | OrderWithdraw | OrdersSubmit | OrdersReopen | ConsentAsk | ConsentAnswer | EstimateBrief
    | ConsentChoose | ConsentNarrow
    | FreeMovePropose | FreeMoveArgue | FreeMoveWithdraw | FreeMoveEstimate | FreeMoveCirculate | FreeMoveAsk
    | FreeMoveFrame | FreeMoveAdmit | FreeMoveRefuse | ArgumentGrant | AppealLodge | AppealAnswer
    | RoomOpen | MessagePost | MessagePin | LetterSend | RoomRead | ItemOpen
    | ConferenceCall | ConferenceOpen | ConferenceRecess | ConferenceClose | ConferenceAgenda | ConferencePoint
    | ConferenceChair | LineDelay | LineIntercept | MessageLeak
    | OfferDraft | OfferTable | OfferCounter | OfferMark | OfferAccept | OfferInitial | OfferSign | OfferParaphrase
    | OfferWalkAway | OfferWiden | OfferSponsor | OfferRecess | OfferWalkOut | OfferComeBack
    | OfferRelease | OfferReturn | MandateGive | MandateEnd
    | PadShare | PadEdit
    | PaperDraft | PaperEdit | PaperSendForClearance | PaperClear | PaperReturn | PaperRelease | PaperWithdraw
    | StatementMean | StatementRead
    | TaskingAsk | TaskingTake | TaskingAnswer | TaskingDecline | TaskingExtend | TaskingWithdraw
    | ObligationChoose | AgreementSuspend | AgreementWithdraw | AgreementReaffirm
    | GameCreate | GameStart | GamePause | GameResume | ClockExtend | PhaseEnd | GameEnd | SeatExtend | PersonExtend
    | PhaseSet | QuietSet | RemindersSet | StandingPost | StandingFile
    | InjectSend | InjectSkip | InjectWrite | InjectApprove | InjectRemove | InjectHold | InjectRestore | InjectRetime
    | InjectUndo | InjectMark
    | RulingAccept | RulingTake | RulingReview | RulingReplace | RulingFidelity | RulingEdit | RulingSet | RulingRow
    | RulingEffects | RulingReversal | RulingEvent | RulingAnnotate | RulingDrop | UmpireAppoint | UmpireRate
    | PersonaSpeak
    | PeopleInvite | PersonReadmit | PersonRelink | PersonRename | RightsSet | LobbySet | ScreensLock | SeatNudge
    | SeatPrefer | SeatsAssign | SeatHandOver | PenGive | DeputyName | PenTake | SeatWatch
    | SeatAssign | SeatBot | PersonRemove | NotePin | TimerFire
    | CheckpointMake | GameRewind | GameBranch | GameFork
    | AssessRate | AssessPlan | AssessDrop
    | DebriefOpen | DebriefStep | DebriefLift | DebriefPose | DebriefAnswer | DebriefReveal | DebriefClose
)  # fmt: skip
"""The closed set. The wire accepts the ones in `CLIENT_COMMANDS` only."""

SERVER_ONLY: frozenset[str] = frozenset(
    {"person.join", "game.create", "game.branch", "game.fork", "seat.watch", "timer.fire"}
)
