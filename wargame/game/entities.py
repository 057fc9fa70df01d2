"""What a view may be shown: one frozen struct per kind of entity.

These are the only values that can be sent. `visibility.disclose` builds them anew for each view from
what that view may know; nothing is ever copied and then stripped. A client holds the newest value per
(kind, key) and knows no rule. Long collections (`PAGED`) are delivered newest first and paged by range.

Times are milliseconds since the epoch (wall clock); `game_date` is the date inside the case.
"""

from typing import Literal

from msgspec import Struct


class Entity(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all values that may leave the server."""


# --- the frame of the game: everybody ---------------------------------------------------------
class PhaseSeen(Entity, frozen=True, kw_only=True):
    """A phase and its length."""

    id: str
    label: str
    length_ms: int | None


class GameSeen(Entity, frozen=True, kw_only=True):
    """kind `game`, key `game`."""

    id: str
    title: str
    scenario: str
    case_title: str
    status: Literal["lobby", "running", "paused", "ended"]
    style: Literal["rigid", "semi_rigid"]
    turn: int
    turns: int
    turn_label: str
    game_date: str
    phase: str
    phases: tuple[PhaseSeen, ...]
    seed_hash: str
    seed: str | None = None
    ended_reason: str = ""


class ClockSeen(Entity, frozen=True, kw_only=True):
    """kind `clock`, key `clock`. Running: `ends_at_ms`. Paused: `remaining_ms`. Open-ended: neither."""

    phase: str
    ends_at_ms: int | None
    remaining_ms: int | None
    paused: bool
    paused_reason: str = ""


class MemberSeen(Entity, frozen=True, kw_only=True):
    """A person in a delegation."""

    person: str
    display: str
    pen: bool


class SeatSeen(Entity, frozen=True, kw_only=True):
    """kind `seat`, key seat id. Public: who sits where and who is ready, never what they do."""

    id: str
    team: str
    label: str
    short: str
    glyph: str
    office: str
    members: tuple[MemberSeen, ...]
    bot: bool
    open: bool
    ready: bool


class PersonSeen(Entity, frozen=True, kw_only=True):
    """kind `person`, key person id. People of the game as the lobby shows them."""

    id: str
    display: str
    role: Literal["control", "player", "observer"]
    seat: str | None
    removed: bool = False


# --- the case: once, at the start -------------------------------------------------------------
class LevelSeen(Entity, frozen=True, kw_only=True):
    """One level of an issue, in words."""

    level: int
    label: str
    text: str


class IssueSeen(Entity, frozen=True, kw_only=True):
    """kind `issue`, key issue id. `banked` is the level in force, or None where the seat may not know."""

    id: str
    label: str
    levels: tuple[LevelSeen, ...]
    banked: int | None
    order: int


class VariableSeen(Entity, frozen=True, kw_only=True):
    """kind `variable`, key variable id: the definition, only for variables the view can read at all."""

    id: str
    label: str
    unit: str
    low: float
    high: float
    group: str
    order: int
    note: str
    sources: tuple[str, ...]
    headline: bool


class GoalSeen(Entity, frozen=True, kw_only=True):
    """One private objective."""

    label: str
    weight: float
    measure: str


class BriefSeen(Entity, frozen=True, kw_only=True):
    """kind `brief`, key seat id. Private to the seat (and Control)."""

    seat: str
    summary: str
    interests: tuple[str, ...]
    resources: tuple[str, ...]
    constraints: tuple[str, ...]
    objectives: tuple[GoalSeen, ...]
    red_lines: tuple[str, ...]
    powers: tuple[str, ...]
    check_question: str
    check_options: tuple[str, ...]
    check_answer: int
    sources: tuple[str, ...]


class SourceSeen(Entity, frozen=True, kw_only=True):
    """kind `source`, key source id."""

    id: str
    text: str


class ParamSeen(Entity, frozen=True, kw_only=True):
    """A parameter a move takes."""

    id: str
    label: str
    kind: Literal["int", "choice", "bool"]
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    default: str | int | bool | None = None


class MoveSeen(Entity, frozen=True, kw_only=True):
    """kind `move`, key move id. The seat's own catalogue with what it believes about legality now."""

    id: str
    code: str
    label: str
    text: str
    group: str
    severity: Literal["de", "sq", "po", "nv", "vi", "nu"]
    cost: int
    capital: float
    executor: str
    visibility: Literal["public", "private", "covert"]
    may_hide: bool
    params: tuple[ParamSeen, ...]
    cameo: str
    goldstein: float
    precedent: str
    effects_text: str
    state: Literal["available", "conditional", "locked"]
    why: tuple[str, ...]
    unlock: tuple[str, ...]
    sources: tuple[str, ...]


# --- knowledge --------------------------------------------------------------------------------
class ReadingSeen(Entity, frozen=True, kw_only=True):
    """kind `reading`, key `<variable>@<turn>`: what the seat reads of a variable at a turn.

    exact: `value`. estimate: `value`, `low`, `high`, `confidence`. band: `band`.
    `briefed_by` names the seat that shared it (key `<variable>@<turn>:<seat>`), `note` what it added.
    """

    variable: str
    turn: int
    mode: Literal["exact", "estimate", "band"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: Literal["", "low", "moderate", "high"] = ""
    band: str = ""
    briefed_by: str = ""
    note: str = ""


class RiskSeen(Entity, frozen=True, kw_only=True):
    """kind `risk`, key `risk@<turn>`: the year's danger in words (Sherman Kent bands); numbers for Control."""

    turn: int
    clash_word: str
    war_word: str
    p_clash: float | None = None
    p_war: float | None = None


# --- own sheet --------------------------------------------------------------------------------
class SheetSeen(Entity, frozen=True, kw_only=True):
    """kind `sheet`, key `<seat>@<turn>`: budget and whether the orders are sealed."""

    seat: str
    turn: int
    budget: int
    used: int
    capital: float | None
    submitted: bool
    locked: bool


class OrderSeen(Entity, frozen=True, kw_only=True):
    """kind `order`, key order id. The seat's own, and Control's view of all."""

    id: str
    seat: str
    turn: int
    move: str
    label: str
    params: dict[str, str | int | float | bool]
    public: bool
    status: Literal[
        "draft", "submitted", "withdrawn", "locked", "done", "partial", "blocked", "converted", "delayed", "cancelled"
    ]
    rationale: str
    expects: str
    why: tuple[str, ...] = ()
    unlock: tuple[str, ...] = ()


# --- talk -------------------------------------------------------------------------------------
class RoomSeen(Entity, frozen=True, kw_only=True):
    """kind `room`, key room id. `kind` press is the wire: everybody reads it."""

    id: str
    kind: Literal["team", "bilateral", "multi", "press", "control", "summit"]
    title: str
    seats: tuple[str, ...]
    opened_by: str
    last: int
    may_post: bool


class MessageSeen(Entity, frozen=True, kw_only=True):
    """kind `message`, key message id. Paged. `number` counts within the room from 1."""

    id: str
    room: str
    number: int
    seat: str
    display: str
    text: str
    audience: tuple[str, ...]
    at_ms: int
    turn: int
    game_date: str


class ReadSeen(Entity, frozen=True, kw_only=True):
    """kind `read`, key `<room>:<seat>`: how far a seat of the room has read."""

    room: str
    seat: str
    upto: int


class OpenedSeen(Entity, frozen=True, kw_only=True):
    """kind `opened`, key `<kind>:<key>:<seat>`: a seat opened what it was sent. To that seat and Control."""

    kind: Literal["brief", "inject", "outcome", "estimate"]
    key: str
    seat: str
    at_ms: int


class InjectSeen(Entity, frozen=True, kw_only=True):
    """kind `inject`, key inject id. Paged."""

    id: str
    source: str
    to: tuple[str, ...]
    title: str
    text: str
    precedence: Literal["routine", "priority", "immediate", "flash"]
    turn: int
    game_date: str
    at_ms: int


# --- deal -------------------------------------------------------------------------------------
class OfferSeen(Entity, frozen=True, kw_only=True):
    """kind `offer`, key offer id. Only for parties, readers and Control."""

    id: str
    title: str
    author: str
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    status: Literal["draft", "tabled", "agreed", "signed", "in_force", "lapsed", "walked_away", "struck"]
    version: int
    accepted: tuple[str, ...]
    signed: tuple[str, ...]
    venue: Literal["", "summit", "exchange"]
    turn: int
    ended_by: str = ""
    reason: str = ""


class OfferVersionSeen(Entity, frozen=True, kw_only=True):
    """kind `offer_version`, key `<offer>@<version>`; version 0 is a draft."""

    offer: str
    version: int
    author: str
    levels: dict[str, int]
    note: str
    at_ms: int
    turn: int


class StanceSeen(Entity, frozen=True, kw_only=True):
    """kind `stance`, key `<offer>@<version>:<seat>`: positions as stated."""

    offer: str
    version: int
    seat: str
    marks: dict[str, Literal["accept", "bracket", "reject"]]


class HintSeen(Entity, frozen=True, kw_only=True):
    """kind `hint`, key `<offer>@<version>`: the seat's own advisers, in words, from its own beliefs."""

    offer: str
    version: int
    verdict: Literal["clearly worse", "slightly worse", "about the same", "slightly better", "clearly better"]
    blocked_by: tuple[str, ...] = ()


class ClauseSeen(Entity, frozen=True, kw_only=True):
    """A clause of a text in force."""

    issue: str
    level: int
    label: str
    from_level: int


class AgreementSeen(Entity, frozen=True, kw_only=True):
    """kind `agreement`, key offer or summit id: a text in force, as the view may know it."""

    id: str
    title: str
    parties: tuple[str, ...]
    clauses: tuple[ClauseSeen, ...]
    venue: str
    form: str
    turn: int
    status: Literal["in_force", "collapsed", "struck"]


# --- outcome ----------------------------------------------------------------------------------
class CauseSeen(Entity, frozen=True, kw_only=True):
    """What moved a variable, and by how much."""

    label: str
    rule: str
    amount: float
    say: str = ""
    sources: tuple[str, ...] = ()


class ChangeSeen(Entity, frozen=True, kw_only=True):
    """One variable's move over the turn. `exact` tells whether amounts are shown or only words."""

    variable: str
    label: str
    exact: bool
    before: float | None
    after: float | None
    word: str
    causes: tuple[CauseSeen, ...]


class OrderOutcomeSeen(Entity, frozen=True, kw_only=True):
    """What became of an order."""

    order: str
    seat: str
    move: str
    label: str
    status: str
    fidelity_word: str
    text: str
    why: tuple[str, ...]
    unlock: tuple[str, ...]
    rules: tuple[str, ...]
    ruled: bool = False


class OutcomeSeen(Entity, frozen=True, kw_only=True):
    """kind `outcome`, key `turn@<n>`: what happened and why, by this view."""

    turn: int
    game_date: str
    headline: str
    deck: str
    account: tuple[str, ...]
    own_orders: tuple[OrderOutcomeSeen, ...]
    seen_orders: tuple[OrderOutcomeSeen, ...]
    changes: tuple[ChangeSeen, ...]
    unknown: tuple[str, ...]
    amended: bool = False


class IndexSeen(Entity, frozen=True, kw_only=True):
    """kind `score`, key `<seat>@<turn>`: the seat's own goals, 0-100 each, never summed across teams."""

    seat: str
    turn: int
    goals: dict[str, float]


# --- control only -----------------------------------------------------------------------------
class GateSeen(Entity, frozen=True, kw_only=True):
    """One thing an order had to pass."""

    rule: str
    text: str
    passed: bool


class DieSeen(Entity, frozen=True, kw_only=True):
    """A draw as it fell."""

    key: str
    u: float
    threshold: float
    outcome: str


class OrderProposalSeen(Entity, frozen=True, kw_only=True):
    """What the engine proposes for one order."""

    order: str
    seat: str
    move: str
    label: str
    params: dict[str, str | int | float | bool]
    status: str
    fidelity: float
    gates: tuple[GateSeen, ...]
    dice: tuple[DieSeen, ...]
    unlock: tuple[str, ...]


class ProposalSeen(Entity, frozen=True, kw_only=True):
    """kind `proposal`, key `turn@<n>`: the engine's proposal as it stands with the rulings so far."""

    turn: int
    status: Literal["pending", "released"]
    orders: tuple[OrderProposalSeen, ...]
    changes: tuple[ChangeSeen, ...]
    events: tuple[str, ...]
    dice: tuple[DieSeen, ...]
    p_clash: float
    p_war: float


class RulingSeen(Entity, frozen=True, kw_only=True):
    """kind `ruling`, key ruling id."""

    id: str
    turn: int
    kind: Literal["replace", "edit"]
    target: str
    value: str
    reason: str
    by: str
    dropped: bool = False


class MselSeen(Entity, frozen=True, kw_only=True):
    """kind `msel`, key inject id of the case: the scheduled list, for Control."""

    id: str
    turn: int | None
    trigger: str
    source: str
    to: tuple[str, ...]
    title: str
    text: str
    expected: str
    objective: str
    precedence: Literal["routine", "priority", "immediate", "flash"]
    state: Literal["waiting", "sent", "skipped"]


class SheetStateSeen(Entity, frozen=True, kw_only=True):
    """kind `sheetstate`, key seat id: the seat board's order column, for Control."""

    seat: str
    drafts: int
    submitted: bool


class LogSeen(Entity, frozen=True, kw_only=True):
    """kind `log`, key event id. Control's log. Paged."""

    id: str
    at_ms: int
    who: str
    what: str
    text: str


class NoteSeen(Entity, frozen=True, kw_only=True):
    """kind `note`, key note id. Control's private notes. Paged."""

    id: str
    at_ms: int
    by: str
    text: str
    turn: int


KINDS: dict[str, type[Entity]] = {
    "game": GameSeen, "clock": ClockSeen, "seat": SeatSeen, "person": PersonSeen,
    "issue": IssueSeen, "variable": VariableSeen, "brief": BriefSeen, "source": SourceSeen, "move": MoveSeen,
    "reading": ReadingSeen, "risk": RiskSeen, "sheet": SheetSeen, "order": OrderSeen,
    "room": RoomSeen, "message": MessageSeen, "read": ReadSeen, "opened": OpenedSeen, "inject": InjectSeen,
    "offer": OfferSeen, "offer_version": OfferVersionSeen, "stance": StanceSeen, "hint": HintSeen,
    "agreement": AgreementSeen, "outcome": OutcomeSeen, "score": IndexSeen,
    "proposal": ProposalSeen, "ruling": RulingSeen, "msel": MselSeen, "sheetstate": SheetStateSeen,
    "log": LogSeen, "note": NoteSeen,
}  # fmt: skip
"""Kind on the wire -> shape of its value. Exported to the protocol schema."""

PAGED: frozenset[str] = frozenset({"message", "inject", "log", "note"})
"""Kinds whose first load is the newest `PAGE` values; older ones are read by range."""

PAGE = 100
