"""The master scenario events list, as Control sees it."""

from typing import Literal

from msgspec import field

from adjudication.scenario.happenings import InjectChannel, Precedence
from wargame.game.entities.base import Entity
from wargame.game.entities.talk import AttachmentSeen


class SeatActionSeen(Entity, frozen=True, kw_only=True):
    """Something a seat may do that an entry waits for; what is left empty matches anything."""

    kind: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    move: str = ""
    room: str = ""


class WhenSeen(Entity, frozen=True, kw_only=True):
    """What sets an entry off, as `inject.write` takes it."""

    turn: int | None = None
    phase: str = ""
    offset_ms: int = 0
    on: SeatActionSeen | None = None
    silence: str = ""
    after: str = ""
    delay_ms: int = 0
    condition: str = field(name="if", default="")
    hand: bool = False


class MselSeen(Entity, frozen=True, kw_only=True):
    """kind `msel`, key entry id: the master scenario events list. To Control alone.

    `to`: the seats it goes to; `addressed`: the words in which that was written. `turn` is `when.turn`; `trigger` says
    `when` in words. `expects`, `when.if` and `effects` are written as in a scenario file. `sent`: the inject it went
    out as, in `sent_turn`. `due_at_ms`: when its own clock runs out; `left_ms`: what that has left in a pause or on
    hold. `state`: `passed` is one whose moment came and went, `why` says for what reason.
    """

    id: str
    number: str
    kind: Literal["H", "C", "S"]
    state: Literal["draft", "waiting", "held", "sent", "skipped", "undone", "passed"]
    version: int
    title: str
    text: str
    source: str
    to: tuple[str, ...]
    addressed: tuple[str, ...]
    channel: InjectChannel
    room: str
    precedence: Precedence
    variants: dict[str, str]
    attachments: tuple[AttachmentSeen, ...]
    expected: str
    expects: str
    seen_on: SeatActionSeen | None
    expected_seen: Literal["", "yes", "no"]
    note: str
    objective: str
    owner: str
    author: str
    approved_by: str
    trigger: str
    when: WhenSeen
    turn: int | None
    chance: float
    effects: str
    sent: str
    sent_turn: int
    due_at_ms: int | None
    left_ms: int | None
    why: str
    extra: dict[str, str]
