"""Creating a game: its row, its first event and its Control, in one transaction."""

import secrets

import msgspec
from msgspec import Struct

from adjudication.scenario import rescheduled
from wargame.game.commands import GameCreate
from wargame.play.answers import ActorRef, Refused
from wargame.play.gate import writing
from wargame.play.handle import handle_locked
from wargame.play.people import Joined, join_locked
from wargame.store import cases
from wargame.store.models import Game
from wargame.version import ENGINE

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What a join code is made of: nothing that is misread from a projector."""


CONTROL = "control"
"""Person id of the Control a game is created with."""


class Created(Struct, frozen=True):
    """A new game and the one token that opens its console."""

    game: str
    code: str
    control: Joined


def new_code() -> str:
    """Return a join code of six letters and digits."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def new_game_id() -> str:
    """Return an id for a game that cannot be guessed."""
    return f"g{secrets.token_hex(8)}"


def create_game(
    *, order: GameCreate, now_ms: int, game_id: str | None = None, control_token: str | None = None,
    control_display: str = "Control",
) -> Created | Refused:  # fmt: skip
    """Create a game of a shipped case and its Control. Refuses an unknown case and what the rules refuse."""
    try:
        with writing():
            return create_game_locked(
                order=order, now_ms=now_ms, game_id=game_id or new_game_id(), control_token=control_token,
                control_display=control_display,
            )  # fmt: skip
    except Undo as undone:
        return undone.why


def create_game_locked(
    *, order: GameCreate, now_ms: int, game_id: str, control_token: str | None = None, control_display: str = "Control"
) -> Created:
    """Do the same in a transaction the caller has opened with `writing`. Raises Undo, which must undo it."""
    case = cases.case_now(order.scenario)
    if case is None:
        raise Undo(Refused("scenario.unknown", {"scenario": order.scenario}))
    played = rescheduled(case, order.preset)
    cases.keep(case)
    game = Game.objects.create(
        id=game_id, title=order.title, scenario=case.meta.id, scenario_hash=played.content_hash,
        preset=order.preset, code=free_code(), created_ms=now_ms, engine=ENGINE,
    )  # fmt: skip
    answer = handle_locked(
        game, actor=ActorRef.of_system(), command_id=f"create:{game_id}", command=order, now_ms=now_ms
    )
    if isinstance(answer, Refused):
        raise Undo(answer)
    control = join_locked(
        game, display=control_display, role="control", now_ms=now_ms, person=CONTROL, token=control_token
    )
    if isinstance(control, Refused):
        raise Undo(control)
    return Created(game.id, game.code, control)


def create_order(raw: dict[str, object]) -> GameCreate:
    """Return the command of a request's fields. Raises msgspec.ValidationError."""
    return msgspec.convert(raw, type=GameCreate)


class Undo(Exception):
    """Roll the transaction back: a game that its own rules refuse never was."""

    def __init__(self, why: Refused) -> None:
        """Keep the refusal."""
        self.why = why


def free_code() -> str:
    """Return a join code that no game has."""
    while True:
        code = new_code()
        if not Game.objects.filter(code=code).exists():
            return code


def new_seed() -> str:
    """Return a fresh seed; it is secret until the game ends."""
    return secrets.token_hex(8)
