"""Texts on the table, positions, hints and agreements."""

from typing import Literal

from msgspec import field

from negotiation.details import Annex, Detail
from negotiation.mandates import Act
from wargame.game.entities.base import Entity


class OfferSeen(Entity, frozen=True, kw_only=True):
    """kind `offer`, key offer id. Only for parties, readers and Control.

    `sponsors` stand by the version; who is `invited` to is known to the author's side and to themselves.
    `out` walked out, with their reasons; `adjourning` asked for a recess. `gate` and `returned` (Control's reason) are
    for those who read the draft.
    """

    id: str
    title: str
    author: str
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    status: Literal["draft", "tabled", "agreed", "signed", "in_force", "lapsed", "walked_away", "struck"]
    version: int
    accepted: tuple[str, ...]
    signed: tuple[str, ...]
    venue: Literal["", "summit", "exchange", "oral"]
    turn: int
    ended_by: str = ""
    reason: str = ""
    package: bool = False
    expires: int | None = None
    sponsors: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    initialled: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    left: dict[str, str] = field(default_factory=dict)
    adjourning: tuple[str, ...] = ()
    recess: bool = False
    gate: Literal["", "held"] = ""
    returned: str = ""


class OfferVersionSeen(Entity, frozen=True, kw_only=True):
    """kind `offer_version`, key `<offer>@<version>`; version 0 is a draft.

    A version on the table never changes. `by` wrote it for its author. Clauses agreed to be secret are there for the
    parties, sponsors and delegates only.
    """

    offer: str
    version: int
    author: str
    levels: dict[str, int]
    note: str
    at_ms: int
    turn: int
    details: dict[str, Detail] = field(default_factory=dict)
    annexes: tuple[Annex, ...] = ()
    package: bool = False
    expires: int | None = None
    by: str = ""


class HeldAnswerSeen(Entity, frozen=True, kw_only=True):
    """kind `held_answer`, key `<offer>~<seat>`: a counter-offer at Control's gate.

    To the party, its delegate and Control. `reason` is Control's, or why it is over.
    """

    offer: str
    seat: str
    by: str
    against: int
    levels: dict[str, int]
    details: dict[str, Detail]
    annexes: tuple[Annex, ...]
    package: bool
    expires: int | None
    note: str
    turn: int
    state: Literal["held", "released", "returned", "ended"]
    reason: str = ""


class StanceSeen(Entity, frozen=True, kw_only=True):
    """kind `stance`, key `<offer>@<version>:<seat>`: positions as stated, by the seat or (`by`) its delegate."""

    offer: str
    version: int
    seat: str
    marks: dict[str, Literal["accept", "bracket", "reject"]]
    by: str = ""


class ParaphraseSeen(Entity, frozen=True, kw_only=True):
    """kind `paraphrase`, key `<offer>@<version>:<seat>:<clause>`: what a clause means to a seat. Its own, Control."""

    offer: str
    version: int
    seat: str
    clause: str
    text: str
    at_ms: int
    turn: int


class MandateSeen(Entity, frozen=True, kw_only=True):
    """kind `mandate`, key `<principal>:<seat>`. To the principal, the delegate and Control."""

    principal: str
    seat: str
    offer: str
    may: tuple[Act, ...]
    levels: dict[str, tuple[int, int]]
    note: str
    turn: int
    state: Literal["given", "ended"] = "given"


class HintSeen(Entity, frozen=True, kw_only=True):
    """kind `hint`, key `<offer>@<version>`: the seat's own advisers, in words, from its own beliefs."""

    offer: str
    version: int
    verdict: Literal["clearly worse", "slightly worse", "about the same", "slightly better", "clearly better"]
    blocked_by: tuple[str, ...] = ()
    enough_trust: bool = True
    """Whether the seat believes enough of what the other side promises for this text to beat waiting (R-R04)."""
