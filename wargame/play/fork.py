"""Beginning a new game from a moment of another: the log is copied, the first game goes on untouched.

One transaction: the first game's log says that a game was branched off, by whom; the new game's log says where it came
from. Nothing of the first game's people but its facilitators comes along, and no token at all.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Annotated, Literal

from django.db import transaction
from msgspec import Meta, Struct

from adjudication.scenario import Scenario
from wargame.doorbell import ring
from wargame.game import engine
from wargame.game.commands import GameBranch, GameFork, Id, Name
from wargame.game.ids import CONTROL as CONTROL_VIEW
from wargame.game.state import State
from wargame.play.answers import ActorRef, Answer, Refused
from wargame.play.create import CONTROL, Created, Undo, free_code, new_seed
from wargame.play.gate import writing
from wargame.play.handle import handle_locked, settle_copied
from wargame.play.people import Joined, join_locked
from wargame.store.cases import case_of
from wargame.store.copying import copy_beginning, end_of_command
from wargame.store.feed import latest_value
from wargame.store.models import Game, Membership
from wargame.store.rows import lock_game
from wargame.version import ENGINE

OPEN, VACANT = "open", "vacant"


class ForkOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a new game begins and who is to play it.

    The moment is a checkpoint, the end of the command that wrote event `seq`, or else now. `seats`: seat -> `open`,
    `vacant` or the id of a bot's policy; a seat not named stays with its bot, or open where people held it. In a
    sandbox bots take the seats of people. `seed`: whether the dice to come are the first game's; without a word they
    are, unless that game has ended: its seed is known then, and with it every die of the new game.
    """

    title: Name
    checkpoint: Id | None = None
    seq: Annotated[int, Meta(ge=1)] | None = None
    seed: Literal["same", "new"] | None = None
    seats: Annotated[dict[Id, Id], Meta(max_length=32)] = {}
    sandbox: bool = False


def fork_game(
    origin_id: str, *, order: ForkOrder, actor: ActorRef, command_id: str, game_id: str, token_of: Callable[[str], str],
    now_ms: int,
) -> Created | Refused:  # fmt: skip
    """Begin a game from a moment of another and let in who asked for it.

    `game_id` and `token_of` (person -> token) are the new game's; asking again for the same id makes no second game.
    """
    try:
        with writing():
            origin = lock_game(origin_id)
            if origin is None:
                return Refused("access.not_found")
            game = Game.objects.filter(pk=game_id).first()
            if game is None:
                game = _fork(origin, order=order, actor=actor, command_id=command_id, game_id=game_id, now_ms=now_ms)
            return Created(game.id, game.code, _let_in(game, actor, token_of=token_of, now_ms=now_ms))
    except Undo as undone:
        return undone.why


def _fork(
    origin: Game, *, order: ForkOrder, actor: ActorRef, command_id: str, game_id: str, now_ms: int
) -> Game:  # fmt: skip
    seq, at_ms = _moment(origin, order)
    case = case_of(origin.scenario, origin.scenario_hash)
    game = Game.objects.create(
        id=game_id, title=order.title, scenario=origin.scenario, scenario_hash=origin.scenario_hash,
        preset=origin.preset, code=free_code(), created_ms=now_ms, engine=ENGINE,
    )  # fmt: skip
    state = copy_beginning(origin, game, upto=seq)
    opened, bots = _seats(state, case, order)
    dice = order.seed or ("new" if origin.status == "ended" else "same")
    fork = GameFork(
        origin=origin.id, seq=seq, at_ms=at_ms, title=order.title, seed=new_seed() if dice == "new" else None,
        open=opened, bots=bots, sandbox=order.sandbox,
    )  # fmt: skip
    _must(settle_copied(game, state, command=fork, command_id=f"fork:{game_id}", case=case, now_ms=now_ms))
    branch = GameBranch(game=game.id, title=order.title, seq=seq, sandbox=order.sandbox)
    _must(handle_locked(origin, actor=actor, command_id=command_id, command=branch, now_ms=now_ms))
    transaction.on_commit(partial(ring, game.id, json.loads(game.heads), game.epoch), robust=True)
    return game


def _must(answer: Answer) -> None:
    if isinstance(answer, Refused):
        raise Undo(answer)


def _moment(origin: Game, order: ForkOrder) -> tuple[int, int]:
    """Return (seq, time in ms) of where the new game begins."""
    if order.checkpoint is not None:
        known = latest_value(origin.id, view=CONTROL_VIEW, kind="checkpoint", key=order.checkpoint)
        if known is None:
            raise Undo(Refused("checkpoint.unknown"))
        return int(str(known["seq"])), int(str(known["at_ms"]))
    moment = end_of_command(origin, origin.head if order.seq is None else order.seq)
    if moment is None:
        raise Undo(Refused("fork.no_such_moment", {"head": origin.head}))
    return moment


def _let_in(game: Game, actor: ActorRef, *, token_of: Callable[[str], str], now_ms: int) -> Joined:
    """Give the first facilitator a token, and the one who asked; return the latter's."""
    staying = Membership.objects.filter(game_id=game.id, role="control", removed=False).order_by("pk")
    facilitators = list(staying.values_list("person", flat=True)) or [CONTROL]
    asking = next((one for one in (actor.person, CONTROL) if one in facilitators), facilitators[0])
    for person in (CONTROL, asking):
        if person in facilitators:
            joined = join_locked(
                game, display="Control", role="control", now_ms=now_ms, person=person, token=token_of(person)
            )  # fmt: skip
            _must_join(joined)
    return Joined(game.id, asking, token_of(asking))


def _must_join(joined: Joined | Refused) -> None:
    if isinstance(joined, Refused):
        raise Undo(joined)


def _seats(state: State, case: Scenario, order: ForkOrder) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return which seats are open and which bots play, as the order says and else as it was."""
    unknown = [seat for seat in order.seats if seat not in state.seats]
    if unknown:
        raise Undo(Refused("seat.unknown", {"seat": unknown[0], "allowed": tuple(state.seats)}))
    opened: list[str] = []
    bots: dict[str, str] = {}
    for seat in state.seats.values():
        wanted = order.seats.get(seat.id) or _as_it_was(state, case, seat.id, sandbox=order.sandbox)
        if wanted == OPEN:
            opened.append(seat.id)
        elif wanted != VACANT:
            bots[seat.id] = wanted
    return tuple(opened), bots


def _as_it_was(state: State, case: Scenario, seat_id: str, *, sandbox: bool) -> str:
    seat = state.seats[seat_id]
    if seat.policy is not None:
        return seat.policy
    if sandbox:
        return engine.policies(case, seat_id)[0] if seat.members else VACANT
    return OPEN if seat.members or seat.open else VACANT
