"""What a view may be shown: one frozen struct per kind of entity.

These are the only values that can be sent. `visibility.disclose` builds them anew for each view from
what that view may know; nothing is ever copied and then stripped. A client holds the newest value per
(kind, key) and knows no rule. Long collections (`PAGED`) are delivered newest first and paged by range.

Times are milliseconds since the epoch (wall clock); `game_date` is the date inside the case.
"""

from wargame.game.entities.base import Entity
from wargame.game.entities.card import CardSeen, DieSeen, DrawSeen, EffectSeen, GateSeen, RuleSeen
from wargame.game.entities.case import (
    BriefSeen,
    CatalogueSeen,
    ClauseParamsSeen,
    FactSeen,
    GoalSeen,
    IssueSeen,
    LevelSeen,
    MoveSeen,
    ParamSeen,
    SourceSeen,
    TableSeen,
    VariableSeen,
)
from wargame.game.entities.control import (
    EventEffectSeen,
    LogSeen,
    MselSeen,
    NoteSeen,
    OrderProposalSeen,
    ProposalSeen,
    RulingSeen,
    SheetStateSeen,
)
from wargame.game.entities.deal import (
    AgreementSeen,
    ClauseSeen,
    HintSeen,
    MandateSeen,
    OfferSeen,
    OfferVersionSeen,
    ParaphraseSeen,
    StanceSeen,
)
from wargame.game.entities.frame import ClockSeen, GameSeen, LocalTime, MemberSeen, PersonSeen, PhaseSeen, SeatSeen
from wargame.game.entities.free import (
    AppealSeen,
    ArgumentSeen,
    FreeFrameSeen,
    FreeMoveSeen,
    FreeOddsSeen,
    FreeRulesSeen,
    GrantSeen,
)
from wargame.game.entities.knowledge import ReadingSeen, RiskSeen
from wargame.game.entities.letters import ChannelSeen, LetterSeen
from wargame.game.entities.outcome import (
    CauseSeen,
    ChangeSeen,
    DirectiveSeen,
    IndexSeen,
    OrderOutcomeSeen,
    OutcomeSeen,
)
from wargame.game.entities.pad import PadEditSeen, PadSeen
from wargame.game.entities.papers import (
    ClearanceSeen,
    MeaningSeen,
    PaperChangeSeen,
    PaperFieldSeen,
    PaperFormSeen,
    PaperSeen,
    ReceiptSeen,
    StatementReadingSeen,
    TaskingSeen,
)
from wargame.game.entities.sheet import ConsentSeen, OrderSeen, SheetSeen
from wargame.game.entities.talk import (
    ConferenceSeen,
    HeldSeen,
    InjectSeen,
    InterceptSeen,
    LineSeen,
    MessageSeen,
    OpenedSeen,
    ReadSeen,
    RoomSeen,
)

__all__ = [
    "KINDS",
    "PAGE",
    "PAGED",
    "AgreementSeen",
    "AppealSeen",
    "ArgumentSeen",
    "BriefSeen",
    "CardSeen",
    "CatalogueSeen",
    "CauseSeen",
    "ChangeSeen",
    "ChannelSeen",
    "ClauseParamsSeen",
    "ClauseSeen",
    "ClearanceSeen",
    "ClockSeen",
    "ConferenceSeen",
    "ConsentSeen",
    "DieSeen",
    "DirectiveSeen",
    "DrawSeen",
    "EffectSeen",
    "Entity",
    "EventEffectSeen",
    "FactSeen",
    "FreeFrameSeen",
    "FreeMoveSeen",
    "FreeOddsSeen",
    "FreeRulesSeen",
    "GameSeen",
    "GateSeen",
    "GoalSeen",
    "GrantSeen",
    "HeldSeen",
    "HintSeen",
    "IndexSeen",
    "InjectSeen",
    "InterceptSeen",
    "IssueSeen",
    "LetterSeen",
    "LevelSeen",
    "LineSeen",
    "LocalTime",
    "LogSeen",
    "MandateSeen",
    "MeaningSeen",
    "MemberSeen",
    "MessageSeen",
    "MoveSeen",
    "MselSeen",
    "NoteSeen",
    "OfferSeen",
    "OfferVersionSeen",
    "OpenedSeen",
    "OrderOutcomeSeen",
    "OrderProposalSeen",
    "OrderSeen",
    "OutcomeSeen",
    "PadEditSeen",
    "PadSeen",
    "PaperChangeSeen",
    "PaperFieldSeen",
    "PaperFormSeen",
    "PaperSeen",
    "ParamSeen",
    "ParaphraseSeen",
    "PersonSeen",
    "PhaseSeen",
    "ProposalSeen",
    "ReadSeen",
    "ReadingSeen",
    "ReceiptSeen",
    "RiskSeen",
    "RoomSeen",
    "RuleSeen",
    "RulingSeen",
    "SeatSeen",
    "SheetSeen",
    "SheetStateSeen",
    "SourceSeen",
    "StanceSeen",
    "StatementReadingSeen",
    "TableSeen",
    "TaskingSeen",
    "VariableSeen",
]

KINDS: dict[str, type[Entity]] = {
    "game": GameSeen, "clock": ClockSeen, "seat": SeatSeen, "person": PersonSeen,
    "clause": CatalogueSeen, "table": TableSeen,
    "issue": IssueSeen, "variable": VariableSeen, "brief": BriefSeen, "source": SourceSeen, "move": MoveSeen,
    "fact": FactSeen,
    "reading": ReadingSeen, "risk": RiskSeen, "sheet": SheetSeen, "order": OrderSeen,
    "consent": ConsentSeen,
    "room": RoomSeen, "message": MessageSeen, "read": ReadSeen, "opened": OpenedSeen, "inject": InjectSeen,
    "conference": ConferenceSeen, "held": HeldSeen, "intercept": InterceptSeen, "line": LineSeen,
    "channel": ChannelSeen, "letter": LetterSeen,
    "offer": OfferSeen, "offer_version": OfferVersionSeen, "stance": StanceSeen, "hint": HintSeen,
    "paraphrase": ParaphraseSeen, "mandate": MandateSeen,
    "agreement": AgreementSeen, "outcome": OutcomeSeen, "score": IndexSeen,
    "directive": DirectiveSeen,
    "proposal": ProposalSeen, "ruling": RulingSeen, "msel": MselSeen, "sheetstate": SheetStateSeen,
    "log": LogSeen, "note": NoteSeen,
    "freemove": FreeMoveSeen, "freeodds": FreeOddsSeen, "freeframe": FreeFrameSeen, "freerules": FreeRulesSeen,
    "template": PaperFormSeen, "paper": PaperSeen, "receipt": ReceiptSeen, "meaning": MeaningSeen,
    "statement_reading": StatementReadingSeen, "tasking": TaskingSeen,
    "grant": GrantSeen, "appeal": AppealSeen, "card": CardSeen,
    "pad": PadSeen, "pad_edit": PadEditSeen,
}  # fmt: skip
"""Kind on the wire -> shape of its value. Exported to the protocol schema."""

PAGED: frozenset[str] = frozenset({"inject", "intercept", "letter", "log", "message", "note", "paper", "tasking"})
"""Kinds whose first load is the newest `PAGE` values; older ones are read by range."""

PAGE = 100
