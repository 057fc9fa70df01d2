"""A rehearsal: a game played by bots along its own clocks, in simulated time, with its own list of injects.

Owns the pace. Phases last as long as they are planned; bots act at four moments of each (`ROUNDS`), and one seat by
turns leaves everything to the last, so that no phase closes long before its time and timed injects find it still
running. Deadlines and clocks of entries fire in order, exactly when they are due. `rehearsed` tells what it shows.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from wargame.bots.player import Player
from wargame.bots.theatre import Staged, Stuck, stage
from wargame.game.commands import EntryWords, GameCreate
from wargame.game.timers import timers
from wargame.play.answers import ActorRef, Refused
from wargame.play.handle import handle, timer_command_id

ROUNDS = (0.15, 0.35, 0.6, 0.9)
"""The moments of a phase, as shares of its length, at which bots act."""
PASSES = 3
"""How often they may answer each other at one moment."""
OPEN_MS = 600_000
"""How long a phase is taken to last that only Control ends."""
STORM = 10_000
"""Deadlines in one phase; more means that a rule renews them for ever."""


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry that differs from the case's own: written by Control, held or skipped."""

    msel: str
    state: str = "waiting"
    entry: EntryWords | None = None


class Programme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is rehearsed: a case and a preset, the planned lengths, who plays, and changes to the case's list.

    `phase_ms`: by phase, None for one that Control ends. Who is neither in `bots` nor vacant is played by the case's
    own bot.
    """

    scenario: str
    preset: str
    phase_ms: dict[str, int | None] = {}
    bots: dict[str, str] = {}
    vacant: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


def rehearse(programme: Programme, *, seed: int, bots: dict[str, str]) -> Staged:
    """Play the programme once and return the ended game. Raises Stuck for what its rules refuse."""
    order = GameCreate(
        title=f"Rehearsal {seed}", scenario=programme.scenario, preset=programme.preset, seed=str(seed), style="rigid",
        open_seats=(), bots={seat: policy for seat, policy in bots.items() if seat not in programme.vacant},
        phase_ms=programme.phase_ms,
    )  # fmt: skip
    staged = stage(order, game_id=f"rehearsal-{seed}")
    _write_list(staged, programme.lines)
    staged.order("game.start", {"force": True}, slug="start")
    players = [
        Player(staged.game, seat, policy=policy, case=staged.case) for seat, policy in sorted(staged.state.bots.items())
    ]
    while staged.state.status == "running":
        _play_phase(staged, players)
    return staged


def _write_list(staged: Staged, lines: Sequence[Line]) -> None:
    for line in lines:
        known = staged.state.msel.get(line.msel)
        if line.entry is not None:
            entry = msgspec.to_builtins(line.entry)
            version = 0 if known is None else known.version
            args = {"msel": line.msel, "version": version, "entry": entry}
            staged.order("inject.write", args, slug=f"write:{line.msel}")
        if line.state == "held":
            staged.order("inject.hold", {"msel": line.msel, "on": True}, slug=f"hold:{line.msel}")
        if line.state == "skipped":
            staged.order("inject.skip", {"msel": line.msel}, slug=f"skip:{line.msel}")


def _play_phase(staged: Staged, players: Sequence[Player]) -> None:
    """Let a phase take its time; come back when another runs or the game is over."""
    state, began = staged.state, staged.clock.now_ms
    here, phase = (state.turn, state.phase), state.now_phase
    assert phase is not None, "a running game is in a phase"
    length = OPEN_MS if phase.length_ms is None else phase.length_ms
    last = players[(state.turn + len(state.phase)) % len(players)] if players else None
    for moment in ROUNDS:
        _run_to(staged, began + round(length * moment), here)
        acting = [player for player in players if player is not last or moment == ROUNDS[-1]]
        for _ in range(PASSES):
            if _moved_on(staged, here) or not sum(player.step(now_ms=staged.clock.now_ms) for player in acting):
                break
        if _moved_on(staged, here):
            return
    _run_to(staged, began + length, here)
    if not _moved_on(staged, here):
        expect = f"{here[0]}:{here[1]}"
        staged.order("phase.end", {"expect": expect}, slug=f"end:{expect}")


def _moved_on(staged: Staged, here: tuple[int, str]) -> bool:
    now = staged.state
    return (now.turn, now.phase) != here or now.status != "running"


def _run_to(staged: Staged, moment: int, here: tuple[int, str]) -> None:
    """Let time pass up to a moment: every deadline fires when it is due, unless one of them ends the phase first."""
    for _ in range(STORM):
        if _moved_on(staged, here):
            return
        due = sorted((at, key, gen) for key, (gen, at, _) in timers(staged.state).items() if at is not None)
        if not due or due[0][0] > moment:
            staged.clock.now_ms = max(staged.clock.now_ms, moment)
            return
        at, key, generation = due[0]
        staged.clock.now_ms = max(staged.clock.now_ms, at)
        answer = handle(
            staged.game, actor=ActorRef.of_system(), command_id=timer_command_id(key, generation), name="timer.fire",
            args={"key": key, "generation": generation}, now_ms=staged.clock.now_ms,
        )  # fmt: skip
        if isinstance(answer, Refused):
            raise Stuck(f"timer.fire {key}: {answer.code}")
    raise Stuck(f"deadlines of turn {here[0]} renew themselves for ever")
