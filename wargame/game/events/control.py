"""Facts that Control makes: injects, rulings, notes."""

from typing import Literal

from wargame.game.events.base import Payload, fact

Precedence = Literal["routine", "priority", "immediate", "flash"]


@fact("inject.sent")
class InjectSent(Payload, frozen=True, kw_only=True):
    """An inject or a piece of news went out."""

    inject: str
    msel: str | None
    source: str
    to: tuple[str, ...]
    title: str
    text: str
    precedence: Precedence
    effects: bool = False


@fact("inject.skipped")
class InjectSkipped(Payload, frozen=True, kw_only=True):
    """A scheduled inject was taken off the list."""

    msel: str


@fact("ruling.made")
class RulingMade(Payload, frozen=True, kw_only=True):
    """Control ruled on the pending proposal."""

    ruling: str
    turn: int
    kind: Literal["replace", "edit", "reversal", "event"]
    target: str
    outcome: str
    delta: float
    reason: str
    shown_to: tuple[str, ...]


@fact("ruling.dropped")
class RulingDropped(Payload, frozen=True, kw_only=True):
    """A ruling was withdrawn."""

    turn: int
    ruling: str


@fact("note.pinned")
class NotePinned(Payload, frozen=True, kw_only=True):
    """Control wrote a private note."""

    note: str
    text: str
