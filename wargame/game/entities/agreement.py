"""Texts in force and what they oblige."""

from typing import Literal

from wargame.game.entities.base import Entity

AgreementStatus = Literal["in_force", "suspended", "notice", "withdrawn", "ended", "collapsed", "struck"]
ObligationState = Literal["pending", "due", "fulfilled", "late", "breached", "suspended", "struck", "ended"]


class ClauseSeen(Entity, frozen=True, kw_only=True):
    """A clause of a text in force. `secret`: known to the parties alone."""

    issue: str
    level: int
    label: str
    from_level: int
    secret: bool = False


class RatificationSeen(Entity, frozen=True, kw_only=True):
    """What an authority that had to consent said to clauses of a text."""

    authority: str
    label: str
    said: Literal["consented", "refused"]
    clauses: tuple[str, ...]
    rule: str
    text: str


class NoticeSeen(Entity, frozen=True, kw_only=True):
    """What a party declared about a text. `clause` "" is all it owes; `ends_turn` of a withdrawal, else None."""

    kind: Literal["suspension", "withdrawal", "resumption"]
    seat: str
    clause: str
    reason: str
    ends_turn: int | None = None


class AgreementSeen(Entity, frozen=True, kw_only=True):
    """kind `agreement`, key offer or summit id: a text in force, as the view may know it.

    `obligations` are keys of kind `obligation`; `ratification` is shown to the parties and to Control.
    """

    id: str
    title: str
    parties: tuple[str, ...]
    clauses: tuple[ClauseSeen, ...]
    venue: str
    form: str
    turn: int
    status: AgreementStatus
    obligations: tuple[str, ...] = ()
    ratification: tuple[RatificationSeen, ...] = ()
    notices: tuple[NoticeSeen, ...] = ()
    ended_turn: int | None = None


class ObligationSeen(Entity, frozen=True, kw_only=True):
    """kind `obligation`, key `<agreement>:<clause>`: a clause somebody owes, as the view may know it.

    `obligor` is a seat, `due_turn` None where no date was set, `detection` how surely a breach is seen, in a word.
    A breach nobody saw is `breached` to the side that did it and to Control, to all others what it was before.
    `asked`: its obligor may choose what becomes of it this turn. `choice` is its own side's and Control's to see.
    """

    agreement: str
    clause: str
    label: str
    obligor: str
    from_level: int
    level: int
    due_turn: int | None
    tranches: int
    verified_by: str
    detection: Literal["", "hardly ever", "rarely", "often", "nearly always"]
    after: str
    reversible: bool
    secret: bool
    state: ObligationState
    asked: bool = False
    choice: Literal["", "keep", "delay", "withhold"] = ""
    possible_breach: bool = False
    why: str = ""
    rule: str = ""
