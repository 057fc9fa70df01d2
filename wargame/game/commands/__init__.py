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
    InjectSend,
    InjectSkip,
    NotePin,
    PersonRemove,
    PhaseEnd,
    RulingAccept,
    RulingDrop,
    RulingEdit,
    RulingEvent,
    RulingReplace,
    RulingReversal,
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
    "SERVER_ONLY",
    "AgreementReaffirm",
    "AgreementSuspend",
    "AgreementWithdraw",
    "Annexes",
    "AppealAnswer",
    "AppealLodge",
    "ArgumentGrant",
    "ClockExtend",
    "Command",
    "ConferenceAgenda",
    "ConferenceCall",
    "ConferenceChair",
    "ConferenceClose",
    "ConferenceOpen",
    "ConferencePoint",
    "ConferenceRecess",
    "ConsentAnswer",
    "ConsentAsk",
    "Details",
    "EstimateBrief",
    "ExtendMs",
    "FreeMoveAdmit",
    "FreeMoveArgue",
    "FreeMoveAsk",
    "FreeMoveCirculate",
    "FreeMoveEstimate",
    "FreeMoveFrame",
    "FreeMovePropose",
    "FreeMoveRefuse",
    "FreeMoveWithdraw",
    "GameCreate",
    "GameEnd",
    "GamePause",
    "GameResume",
    "GameStart",
    "Id",
    "InjectSend",
    "InjectSkip",
    "ItemOpen",
    "LetterSend",
    "Level",
    "Levels",
    "Line",
    "LineDelay",
    "LineIntercept",
    "MandateEnd",
    "MandateGive",
    "Mark",
    "MessageLeak",
    "MessagePin",
    "MessagePost",
    "Name",
    "Note",
    "NotePin",
    "ObligationChoose",
    "OfferAccept",
    "OfferComeBack",
    "OfferCounter",
    "OfferDraft",
    "OfferInitial",
    "OfferMark",
    "OfferParaphrase",
    "OfferRecess",
    "OfferRelease",
    "OfferReturn",
    "OfferSign",
    "OfferSponsor",
    "OfferTable",
    "OfferWalkAway",
    "OfferWalkOut",
    "OfferWiden",
    "OrderDraft",
    "OrderWithdraw",
    "OrdersReopen",
    "OrdersSubmit",
    "PadEdit",
    "PadShare",
    "PaperClear",
    "PaperDraft",
    "PaperEdit",
    "PaperRelease",
    "PaperReturn",
    "PaperSendForClearance",
    "PaperWithdraw",
    "Params",
    "PenPass",
    "PersonJoin",
    "PersonRemove",
    "PhaseEnd",
    "Precedence",
    "Range",
    "Reason",
    "RoomOpen",
    "RoomRead",
    "RulingAccept",
    "RulingDrop",
    "RulingEdit",
    "RulingEvent",
    "RulingReplace",
    "RulingReversal",
    "SeatAssign",
    "SeatBot",
    "SeatLeave",
    "SeatReady",
    "SeatTake",
    "Seats",
    "StatementMean",
    "StatementRead",
    "TaskingAnswer",
    "TaskingAsk",
    "TaskingDecline",
    "TaskingExtend",
    "TaskingTake",
    "TaskingWithdraw",
    "Text",
    "TimerFire",
    "Venue",
]

Command = (
    PersonJoin | SeatTake | SeatLeave | SeatReady | PenPass
    | OrderDraft | OrderWithdraw | OrdersSubmit | OrdersReopen | ConsentAsk | ConsentAnswer | EstimateBrief
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
    | GameCreate | GameStart | GamePause | GameResume | ClockExtend | PhaseEnd | GameEnd
    | InjectSend | InjectSkip | RulingAccept | RulingReplace | RulingEdit | RulingReversal | RulingEvent | RulingDrop
    | SeatAssign | SeatBot | PersonRemove | NotePin | TimerFire
)  # fmt: skip
"""The closed set. The wire accepts the ones in `CLIENT_COMMANDS` only."""

SERVER_ONLY: frozenset[str] = frozenset({"person.join", "game.create", "timer.fire"})
