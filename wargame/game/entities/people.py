"""People as Control files them, a word to one seat, and the mark that somebody came back to theirs."""

from typing import Literal

from wargame.game.entities.base import Entity


class EnrolmentSeen(Entity, frozen=True, kw_only=True):
    """kind `enrolment`, key person id; Control only. `rights` are all that a facilitator has, `observe` if none.

    `link`: the number of their personal link, 0 if they came by the code. `wishes`: seats, the dearest first.
    `consent`: what of them may stand in a research export, "" if they were never asked.
    """

    person: str
    rights: tuple[Literal["inject", "adjudicate", "clock", "people", "speak", "observe"], ...]
    link: int
    wishes: tuple[str, ...]
    held: tuple[str, ...]
    consent: Literal["", "words", "figures", "nothing"] = ""


class NudgeSeen(Entity, frozen=True, kw_only=True):
    """kind `nudge`, key seat id: the last word Control said to this seat alone."""

    seat: str
    text: str
    at_ms: int


class CatchUpSeen(Entity, frozen=True, kw_only=True):
    """kind `catchup`, key seat id: a bot held the seat for its delegation from `since_ms` to `until_ms`."""

    seat: str
    person: str
    since_ms: int
    until_ms: int
