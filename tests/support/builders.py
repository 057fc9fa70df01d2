"""Arrange games for tests: `a_game().with_seats("potus", "dprk").at_turn(3)`. Every step is a real command."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from adjudication.scenario import Scenario, load_scenario
from wargame.calendar import WALL
from wargame.game import commands as c
from wargame.game.decide import decide
from wargame.game.events import Actor, Ctx, Event, GameRewound, Recorded, decode_payload, encode
from wargame.game.evolve import evolve, fold
from wargame.game.rejections import Rejected
from wargame.game.state import EMPTY, State
from wargame.game.visibility import KEPT, Disclosure, disclose

ROOT = Path(__file__).resolve().parents[2]
START_MS = 1_700_000_000_000
SEATS = ("potus", "state", "defense", "intel", "dprk", "rok", "jpn")
SYSTEM = Actor(kind="system")
CONTROL = Actor(kind="control", person="p-control", role="control")


@cache
def the_case() -> Scenario:
    """Return the case of the product, loaded once."""
    return load_scenario(ROOT / "fixtures/scenarios/us-dprk-2017.yaml")


def player(seat: str) -> Actor:
    """Return the person who sits first in a seat."""
    return Actor(kind="person", person=f"p-{seat}", seat=seat, role="player")


def bot(seat: str) -> Actor:
    """Return the bot of a seat."""
    return Actor(kind="seat_bot", seat=seat)


class Game:
    """A game under test: its log, its state, what every view was told, and a clock that only moves when told to."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.state: State = EMPTY
        self.now = START_MS
        self.log: list[Recorded] = []
        self.told: list[Disclosure] = []
        self.last: tuple[Recorded, ...] = ()
        self._told_by: list[int] = []
        self._commands = 0

    # --- acting ---------------------------------------------------------------------------
    def try_(self, actor: Actor, command: c.Command) -> tuple[Event, ...] | Rejected:
        """Decide a command without recording anything."""
        return decide(self.state, command, self.ctx(actor))

    def ctx(self, actor: Actor) -> Ctx:
        """Return the context of the next command."""
        cause = f"c{self._commands + 1}"

        def ids(name: str) -> str:
            return blake2b(f"{cause}|{name}".encode(), digest_size=9).hexdigest()

        def recall(kind: str, key: str) -> dict[str, object] | None:
            held = self.seen("control", kind).get(key)
            return None if held is None else msgspec.to_builtins(held)  # type: ignore[no-any-return]

        return Ctx(
            now_ms=self.now, actor=actor, command_id=cause, scenario=self.scenario, ids=ids, game="g-test",
            recall=recall, at=lambda seq: fold(self.log[:seq]), quiet=self.state.quiet, calendar=WALL,
            head=len(self.log),
        )  # fmt: skip

    def do(self, actor: Actor, command: c.Command) -> Game:
        """Give a command that has to be accepted, and record what it makes happen."""
        events = self.try_(actor, command)
        assert not isinstance(events, Rejected), f"{command} was refused: {events}"
        self.record(actor, events)
        return self

    def record(self, actor: Actor, events: tuple[Event, ...]) -> None:
        """Append facts, fold them and tell the views: as stored and read again, like the store does."""
        self._commands += 1
        fresh: list[Recorded] = []
        for number, fact in enumerate(events):
            after_date = self.state.game_date
            recorded = Recorded(
                seq=len(self.log) + 1,
                id=f"c{self._commands}-{number}",
                kind=fact.kind,
                v=fact.v,
                actor=actor,
                cause=f"c{self._commands}",
                at_ms=self.now,
                game_date=after_date,
                payload=decode_payload(fact.kind, fact.v, encode(fact.payload)),
            )
            before, self.state = self.state, evolve(self.state, recorded)
            self.log.append(recorded)
            fresh.append(recorded)
            if isinstance(recorded.payload, GameRewound):
                self._tell_again(recorded.payload.to_seq)
            self.told.extend(disclose(recorded, before, self.state, self.scenario))
            self._told_by.append(len(self.told))
        self.last = tuple(fresh)

    def refused(self, actor: Actor, command: c.Command) -> str:
        """Give a command that has to be refused; return the code."""
        answer = self.try_(actor, command)
        assert isinstance(answer, Rejected), f"{command} was accepted: {answer}"
        return answer.code

    def _tell_again(self, to_seq: int) -> None:
        """Give every view back what it had after an event, as the store does with its rows."""
        cut = self._told_by[to_seq - 1]
        then = {(row.view, row.kind, row.key): row for row in self.told[:cut]}
        for view, kind, key in sorted({(r.view, r.kind, r.key) for r in self.told[cut:] if r.kind not in KEPT}):
            row = then.get((view, kind, key))
            self.told.append(Disclosure(view, kind, key, row.value if row else None))

    # --- arranging ------------------------------------------------------------------------
    def with_seats(self, *seats: str) -> Game:
        """Let a person join and sit in each of these seats."""
        for seat in seats:
            self.joined(f"p-{seat}", f"Player {seat}").do(
                Actor(kind="person", person=f"p-{seat}"), c.SeatTake(seat=seat)
            )
        return self

    def joined(self, person: str, display: str = "", role: str = "player") -> Game:
        """Let a person join."""
        return self.do(SYSTEM, c.PersonJoin(person=person, display=display or person, role=role))  # type: ignore[arg-type]

    def started(self) -> Game:
        """Leave the lobby; unheld seats stay vacant."""
        return self.do(CONTROL, c.GameStart(force=True))

    def in_phase(self, phase: str) -> Game:
        """Let phases pass until this one runs."""
        for _ in range(40):
            if self.state.phase == phase:
                return self
            self.next_phase()
        raise AssertionError(f"never came to phase {phase}")

    def next_phase(self) -> Game:
        """End the phase; release a proposal that waits."""
        if self.state.proposal is not None:
            return self.do(CONTROL, c.RulingAccept(turn=self.state.turn))
        return self.do(CONTROL, c.PhaseEnd(expect=f"{self.state.turn}:{self.state.phase}"))

    def at_turn(self, turn: int) -> Game:
        """Start if need be, and let turns pass until this one is open."""
        if self.state.status == "lobby":
            self.started()
        while self.state.turn < turn:
            self.next_phase()
        return self

    def later(self, ms: int) -> Game:
        """Let time pass; nothing fires by itself."""
        self.now += ms
        return self

    # --- looking --------------------------------------------------------------------------
    def feed(self, view: str) -> list[Disclosure]:
        """Return all a view was told, in order."""
        return [row for row in self.told if row.view == view]

    def seen(self, view: str, kind: str) -> dict[str, object]:
        """Return the newest value of every key of a kind that a view holds."""
        newest = {row.key: row.value for row in self.told if row.view == view and row.kind == kind}
        return {key: value for key, value in newest.items() if value is not None}


def a_game(
    *,
    style: str = "semi_rigid",
    open_seats: tuple[str, ...] = SEATS,
    bots: dict[str, str] | None = None,
    seed: str = "seed-1",
    preset: str = "full",
    phase_ms: dict[str, int | None] | None = None,
    forced: str = "free",
    lens: str = "all",
    missed: dict[str, str] | None = None,
) -> Game:
    """Return a game in its lobby, with Control in it."""
    game = Game(the_case())
    create = c.GameCreate(
        title="Test game",
        scenario="us-dprk-2017",
        preset=preset,
        seed=seed,
        style=style,  # type: ignore[arg-type]
        open_seats=open_seats,
        bots=bots or {},
        phase_ms=phase_ms or {},
        forced=forced,  # type: ignore[arg-type]
        lens=lens,  # type: ignore[arg-type]
        missed=missed or {},  # type: ignore[arg-type]
    )
    return game.do(SYSTEM, create).joined("p-control", "Control", "control")
