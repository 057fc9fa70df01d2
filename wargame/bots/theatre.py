"""Whole games without an audience: created, played by bots and ended through the same `handle`.

Owns the simulated clock and the part of Control in a headless game (ending phases when nobody has anything left
to do, releasing proposals). It must never reach around the path of an action.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings
from msgspec import Struct

from adjudication.scenario import Scenario
from wargame.bots import services
from wargame.bots.player import Player
from wargame.game.commands import GameCreate
from wargame.game.state import State
from wargame.play import cache
from wargame.play.answers import ActorRef, Refused
from wargame.play.create import create_game
from wargame.play.handle import handle
from wargame.store.cases import case_of
from wargame.store.models import Game
from wargame.store.ready import make_ready

START_MS = 1_485_000_000_000
STEP_MS = 1_000
ROUNDS_A_PHASE = 24
CONTROL = "Control"


class Stuck(RuntimeError):
    """A headless game was refused something it must be able to do: a fault of ours, never of a player."""


class Clock:
    """Simulated time: a second a round, the same in every repetition."""

    def __init__(self) -> None:
        self.now_ms = START_MS

    def tick(self) -> int:
        """Return the next moment."""
        self.now_ms += STEP_MS
        return self.now_ms


class Staged(Struct):
    """A headless game on its way."""

    game: str
    control: str
    case: Scenario
    clock: Clock

    @property
    def row(self) -> Game:
        """The game's row as it stands."""
        return Game.objects.get(pk=self.game)

    @property
    def state(self) -> State:
        """The folded state: for Control's part and the final summary, never for a bot."""
        return cache.state_at_head(self.row)

    def order(self, name: str, args: Mapping[str, object], *, slug: str) -> None:
        """Give a command as Control. Raises Stuck if it is refused."""
        answer = handle(
            self.game, actor=ActorRef.of_person(self.control), command_id=f"control:{slug}"[:64], name=name,
            args=msgspec.json.encode(args), now_ms=self.clock.tick(),
        )  # fmt: skip
        if isinstance(answer, Refused):
            raise Stuck(f"{name} {slug}: {answer.code} {answer.params}")


def stage(order: GameCreate, *, game_id: str) -> Staged:
    """Create a game for a headless run. Raises Stuck if the case or the rules refuse it."""
    clock = Clock()
    made = create_game(order=order, now_ms=clock.tick(), game_id=game_id, control_display=CONTROL)
    if isinstance(made, Refused):
        raise Stuck(f"game.create: {made.code} {made.params}")
    row = Game.objects.get(pk=made.game)
    return Staged(made.game, made.control.person, case_of(row.scenario, row.scenario_hash), clock)


def play_out(staged: Staged) -> State:
    """Play a game to its end with a bot at every seat and return the final state."""
    staged.order("game.start", {"force": True}, slug="start")
    players = [
        Player(staged.game, seat, policy=policy, case=staged.case) for seat, policy in sorted(staged.state.bots.items())
    ]
    while staged.state.status == "running":
        play_phase(staged, players)
    return staged.state


def play_phase(staged: Staged, players: list[Player]) -> None:
    """Let everybody act until nobody has anything left to do, then close the phase as Control would."""
    before = staged.state
    here = (before.turn, before.phase)
    for _ in range(ROUNDS_A_PHASE):
        if not sum(player.step(now_ms=staged.clock.tick()) for player in players):
            break
        now = staged.state
        if (now.turn, now.phase) != here or now.status != "running":
            return
    now = staged.state
    if now.proposal is not None:
        staged.order("ruling.accept", {"turn": now.turn}, slug=f"accept:{now.turn}")
    else:
        expect = f"{now.turn}:{now.phase}"
        staged.order("phase.end", {"expect": expect}, slug=f"end:{expect}")


@contextmanager
def kept_store() -> Iterator[None]:
    """Work in the store of this installation. No bell is rung: a running server reads the heads by itself."""
    make_ready()
    with override_settings(CHANNEL_LAYERS={}):
        yield


@contextmanager
def throwaway_store(*, database: dict[str, Any] | None = None, durable: bool = False) -> Iterator[Path]:
    """Work in a store of one's own that is gone afterwards, with no doorbell: nobody listens to a headless game.

    `database` describes (as Django's DATABASES does) an empty one to use instead of a file of our own; what is in it
    is the caller's to throw away. `durable`: write the file to disk as an installation does, for measuring;
    otherwise a crash of the machine may lose it.
    """
    with tempfile.TemporaryDirectory(prefix="trackone-") as place, override_settings(CHANNEL_LAYERS={}):
        path = Path(place) / "headless.sqlite3"
        own: dict[str, Any] = settings.SQLITE_FILE(path)
        if not durable:
            own["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
        with _database(database or own):
            call_command("migrate", verbosity=0, interactive=False)
            yield path


@contextmanager
def _database(described: dict[str, Any]) -> Iterator[None]:
    """Use another database as the default one, and forget what this process kept of the first."""
    before = connections.settings["default"]
    _switch(connections.configure_settings({"default": described})["default"])
    try:
        yield
    finally:
        _switch(before)


def _switch(described: Any) -> None:
    connections["default"].close()
    connections.settings["default"] = described
    del connections["default"]
    cache.forget()
    services.forget()
