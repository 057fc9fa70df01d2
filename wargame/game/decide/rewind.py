"""Decide about marked moments, going back to one, and games that go on from a moment of another.

Checkpoints make themselves where the game turns a page: when a phase begins, and before orders are locked. A rewind
marks the moment it leaves, so that it can be undone like anything else.
"""

from collections.abc import Mapping

from wargame.game import commands as c
from wargame.game import engine
from wargame.game.decide.base import Draft, check_seats
from wargame.game.decide.lobby import seed_hash
from wargame.game.events import (
    CheckpointMade,
    ClockKept,
    Ctx,
    Event,
    GameBranched,
    GameForked,
    GameRewound,
    OrdersLocked,
    event,
)
from wargame.game.quiet import QuietHours
from wargame.game.rejections import Rejected, reject
from wargame.game.snapshot import snapshot
from wargame.game.state import State, Timer


def checkpoint_make(draft: Draft, command: c.CheckpointMake) -> Rejected | None:
    """Mark this moment under a name."""
    if not command.label.strip():
        return reject("text.empty")
    draft.emit(CheckpointMade(checkpoint=draft.ctx.ids("checkpoint"), label=command.label.strip(), auto=False))
    return None


def game_rewind(draft: Draft, command: c.GameRewind) -> Rejected | None:
    """Take the game back to a checkpoint, pending adjudication or not, and mark the moment that is left."""
    state = draft.state
    if command.rewinds is not None and command.rewinds != state.rewinds:
        return reject("rewind.moved_on")
    known = draft.ctx.recall("checkpoint", command.checkpoint) if command.checkpoint in state.checkpoints else None
    if known is None:
        return reject("checkpoint.unknown")
    if not command.reason.strip():
        return reject("text.empty")
    to_seq, at_ms, label = int(str(known["seq"])), int(str(known["at_ms"])), str(known["label"])
    then = draft.ctx.at(to_seq)
    before = draft.ctx.ids("before")
    draft.emit(CheckpointMade(checkpoint=before, label=_cut(f"Before the rewind to: {label}"), auto=True))
    draft.emit(
        GameRewound(
            checkpoint=command.checkpoint,
            label=label,
            to_seq=to_seq,
            at_ms=at_ms,
            reason=command.reason.strip(),
            before=before,
            pending=state.proposal is not None,
            timers=_as_then(draft.ctx, then, state.timers, at_ms=at_ms),
            state=snapshot(then).decode(),
        )
    )
    return None


def _as_then(ctx: Ctx, then: State, now: Mapping[str, Timer], *, at_ms: int) -> tuple[ClockKept, ...]:
    """Return every clock with what it had left at the moment; one that did not run then stands without a deadline.

    Generations only grow: a deadline of the time that is taken back must never fire.
    """
    made = []
    for key in sorted(then.timers.keys() | now.keys()):
        generations = [timers[key].generation for timers in (then.timers, now) if key in timers]
        left = _left(ctx, then.quiet, then.timers[key], at_ms=at_ms) if key in then.timers else None
        made.append(ClockKept(key=key, generation=max(generations) + 1, due_at_ms=None, remaining_ms=left))
    return tuple(made)


def _left(ctx: Ctx, quiet: QuietHours | None, timer: Timer, *, at_ms: int) -> int | None:
    if timer.due_at_ms is None:
        return timer.remaining_ms
    return ctx.calendar.left(quiet, at_ms, timer.due_at_ms)


def game_branch(draft: Draft, command: c.GameBranch) -> Rejected | None:
    """Write down that another game begins from a moment of this one."""
    draft.emit(GameBranched(game=command.game, title=command.title, seq=command.seq, sandbox=command.sandbox))
    return None


def game_fork(draft: Draft, command: c.GameFork) -> Rejected | None:
    """Make the copied game one of its own, from the next moment on. One that had ended there cannot go on."""
    state, scenario = draft.state, draft.ctx.scenario
    if state.status == "ended":
        return reject("fork.ended")
    refused = check_seats(state, (*command.open, *command.bots))
    if refused:
        return refused
    for seat, policy in command.bots.items():
        allowed = engine.policies(scenario, seat)
        if policy not in allowed:
            return reject("seat.policy_unknown", policy=policy, allowed=allowed)
    seed = state.seed if command.seed is None else command.seed
    draft.emit(
        GameForked(
            origin=command.origin,
            seq=command.seq,
            at_ms=command.at_ms,
            game=draft.ctx.game,
            title=command.title,
            seed=seed,
            seed_hash=seed_hash(seed),
            open=tuple(seat for seat in state.seats if seat in command.open),
            bots=command.bots,
            sandbox=command.sandbox,
            timers=_as_then(draft.ctx, state, {}, at_ms=command.at_ms),
        )
    )
    return None


# --- checkpoints that make themselves -----------------------------------------------------------
def with_checkpoints(before: State, draft: Draft) -> tuple[Event, ...]:
    """Return a command's facts with the moments marked at which it turned a page.

    The state after a command is a place to come back to; one in its middle is not. So the moment before orders were
    locked is marked in front of the command's facts, and the beginning of a phase behind them.
    """
    made, after = draft.events, draft.state
    kinds = {type(one.payload) for one in made}
    if GameRewound in kinds or GameForked in kinds:
        return tuple(made)
    if OrdersLocked in kinds:
        made = [_mark(draft.ctx, before, "ends", f"{_moment(before)}, before the orders were locked"), *made]
    if (before.turn, before.phase) != (after.turn, after.phase) and after.status in ("running", "paused"):
        made = [*made, _mark(draft.ctx, after, "begins", f"{_moment(after)} begins")]
    return tuple(made)


def _mark(ctx: Ctx, state: State, edge: str, label: str) -> Event:
    name = ctx.ids(f"checkpoint:{state.turn}:{state.phase}:{edge}")
    return event(CheckpointMade(checkpoint=name, label=_cut(label), auto=True))


def _moment(state: State) -> str:
    phase = state.now_phase
    return f"Turn {state.turn}, {phase.label if phase else 'lobby'}"


LABEL = 120
"""Longest label of a checkpoint, in characters."""


def _cut(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
