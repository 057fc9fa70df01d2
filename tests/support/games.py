"""Builders of games for the suites that need the store: `a_game()` makes one through the one path of every action."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from wargame.clock import utc_ms
from wargame.game.commands import GameCreate
from wargame.game.state import State
from wargame.play import cache
from wargame.play.answers import Accepted, ActorRef, Answer
from wargame.play.create import create_game
from wargame.play.handle import handle
from wargame.play.people import Joined, join
from wargame.store.cases import case_now
from wargame.store.models import Game

CASE = "us-dprk-2017"
START_MS = utc_ms()
"""The start of this run: servers under test look at the real clock, so games may not lie in the past."""
_numbers = itertools.count(1)


@dataclass
class Table:
    """A game under test, its people by seat, and a clock that only the test moves."""

    game: str
    control: Joined
    people: dict[str, Joined] = field(default_factory=dict)
    now_ms: int = START_MS

    def say(self, who: str, name: str, command_id: str | None = None, **args: Any) -> Answer:
        """Let somebody (a seat, `control`) give a command."""
        person = self.control if who == "control" else self.people[who]
        return handle(
            self.game, actor=ActorRef.of_person(person.person), command_id=command_id or fresh_id(), name=name,
            args=args, now_ms=self.now_ms,
        )  # fmt: skip

    def must(self, who: str, name: str, **args: Any) -> Accepted:
        """Give a command that has to be accepted."""
        answer = self.say(who, name, **args)
        assert isinstance(answer, Accepted), f"{name}: {answer}"
        return answer

    def state(self) -> State:
        """Return the game's state at the head."""
        return cache.state_at_head(Game.objects.get(pk=self.game))

    def row(self) -> Game:
        """Return the game's row."""
        return Game.objects.get(pk=self.game)


def fresh_id() -> str:
    """Return a command id that no test used before."""
    return f"test-{next(_numbers):06d}"


def same_ids_again() -> None:
    """Start the command ids of `fresh_id` over, for a game that is to be played twice in the same way."""
    global _numbers
    _numbers = itertools.count(1)


def a_game(
    *, seats: tuple[str, ...] = (), bots: dict[str, str] | None = None, style: str = "rigid", started: bool = False,
    phase_ms: dict[str, int | None] | None = None, seed: str = "seed-1", game_id: str | None = None,
    people: dict[str, str] | None = None, preset: str | None = None,
) -> Table:  # fmt: skip
    """Create a game with these seats taken by people (named after them), the others as `bots` says, else vacant."""
    case = case_now(CASE)
    assert case is not None
    order = GameCreate(
        title="A test", scenario=CASE, preset=preset or case.presets[0].id, seed=seed, style=style,  # type: ignore[arg-type]
        open_seats=tuple(seat.id for seat in case.seats if seat.id not in (bots or {})), bots=bots or {},
        phase_ms=phase_ms or {},
    )  # fmt: skip
    made = create_game(order=order, now_ms=START_MS, game_id=game_id)
    assert not hasattr(made, "code") or hasattr(made, "control"), made
    table = Table(made.game, made.control)  # type: ignore[union-attr]
    for seat in seats:
        person = (people or {}).get(seat)
        joined = join(table.game, display=f"P {seat}", role="player", now_ms=START_MS, person=person)
        assert isinstance(joined, Joined), joined
        table.people[seat] = joined
        table.must(seat, "seat.take", seat=seat)
    if started:
        table.must("control", "game.start", force=True)
    return table
