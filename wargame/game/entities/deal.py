"""Texts on the table, positions, hints and agreements."""

from typing import Literal

from wargame.game.entities.base import Entity


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
    enough_trust: bool = True
    """Whether the seat believes enough of what the other side promises for this text to beat waiting (R-R04)."""


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
