"""Channels and the letters that go through them."""

from typing import Literal

from wargame.game.entities.base import Entity


class ChannelSeen(Entity, frozen=True, kw_only=True):
    """kind `channel`, key channel id: to those who may write by it, to those they reach, and to Control.

    `to`: whom the reader may write to (Control: everybody it reaches). `delay` in turns.
    """

    id: str
    label: str
    to: tuple[str, ...]
    delay: int
    public: bool
    carries_offers: bool
    only: bool
    say: str
    sources: tuple[str, ...]


class LetterSeen(Entity, frozen=True, kw_only=True):
    """kind `letter`, key letter id. Paged. The writer and Control see it on its way, its readers when it arrives.

    `turn`, `game_date` and `at_ms` are those of the writing. `arrives`: the turn it is due, to the writer and Control
    only. `held_back`: to the writer and Control, why the text it carried could not be tabled on arrival.
    """

    id: str
    channel: str
    seat: str
    display: str
    to: str
    text: str
    offer: str
    turn: int
    game_date: str
    at_ms: int
    state: Literal["on_its_way", "arrived"]
    arrives: int | None = None
    held_back: str = ""
