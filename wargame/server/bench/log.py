"""How fast a game's log takes commands through `handle`: one durable transaction each, on SQLite and PostgreSQL."""

import time
from pathlib import Path

from msgspec import Struct

from wargame.bots.theatre import stage, throwaway_store
from wargame.game.commands import GameCreate
from wargame.play.answers import Accepted, ActorRef
from wargame.play.handle import handle
from wargame.server import environment
from wargame.server.environment import Mode
from wargame.store.cases import DEFAULT_CASE, case_now

COMMANDS = 300


class AppendRate(Struct, frozen=True):
    """Commands accepted a second by one writer in one game."""

    database: str
    commands_per_s: float


def append_rate(name: str, *, database_url: str | None = None) -> AppendRate:
    """Post press statements one after the other and return how many a second were committed."""
    postgresql = environment.database({"DATABASE_URL": database_url}, Mode.EMBEDDED, Path()) if database_url else None
    with throwaway_store(database=postgresql, durable=True):
        case = case_now(DEFAULT_CASE)
        assert case is not None, "the shipped case loads"
        order = GameCreate(
            title="Append", scenario=case.meta.id, preset=case.presets[0].id, seed="1", style="rigid", open_seats=(),
            bots={seat.id: "dove" for seat in case.seats}, phase_ms={phase.id: None for phase in case.phases},
        )  # fmt: skip
        staged = stage(order, game_id="append-rate")
        staged.order("game.start", {"force": True}, slug="start")
        seat = case.seats[0].id
        begun = time.perf_counter()
        for number in range(COMMANDS):
            answer = handle(
                staged.game, actor=ActorRef.of_bot(seat), command_id=f"append-{number:06d}", name="message.post",
                args={"message": f"m{number}", "room": "press", "text": "A statement of some length, as they are."},
                now_ms=staged.clock.tick(),
            )  # fmt: skip
            assert isinstance(answer, Accepted), answer
        return AppendRate(name, round(COMMANDS / (time.perf_counter() - begun), 1))
