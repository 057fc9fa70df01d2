"""What staff send to make a game, and the command it becomes. Every form that makes games reads it here."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from adjudication.lenses import Lens
from adjudication.scenario.course import Missed
from wargame.game.commands import GameCreate, Id, LengthMs, Name
from wargame.game.events.lobby import Style
from wargame.game.quiet import QuietHours
from wargame.play.answers import Refused
from wargame.play.create import new_seed


class NewGameBody(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A game to be made. A seat neither open nor held by a bot is vacant."""

    title: Name
    scenario: Id
    preset: Id
    seats: Annotated[tuple[Id, ...], Meta(max_length=16)]
    style: Style = "semi_rigid"
    bots: dict[Id, Id] = {}
    phase_ms: dict[Id, LengthMs | None] = {}
    seed: Annotated[str, Meta(max_length=64)] | None = None
    forced: Literal["free", "historical"] = "free"
    lens: Lens = "all"
    missed: dict[Id, Missed] = {}
    quiet: QuietHours | None = None


def order_of(asked: NewGameBody) -> GameCreate | Refused:
    """Return the command; a seed is drawn where none is given."""
    order = GameCreate(
        title=asked.title, scenario=asked.scenario, preset=asked.preset, seed=asked.seed or new_seed(),
        style=asked.style, open_seats=asked.seats, bots=asked.bots, phase_ms=asked.phase_ms, forced=asked.forced,
        lens=asked.lens, missed=asked.missed, quiet=asked.quiet,
    )  # fmt: skip
    try:
        return msgspec.convert(msgspec.to_builtins(order), type=GameCreate)
    except msgspec.ValidationError:
        return Refused("request.malformed", {"at": "seed", "expected": "letters, digits and ._:@-"})
