"""The path of an action: lock, receipt, access, state, due timers, decide, append, ring.

Every change of every game happens inside `handle`, in one transaction that either leaves all of it or
nothing. It knows no rule: `decide` does. It never raises for what a client did wrong.

A refusal by the rules leaves a receipt too: the same command id is the same question and gets the same
answer, even if the rules would allow it by now. Refusals before the rules (unknown command, unknown
person, wrong arguments) leave nothing.
"""

import hashlib
import json
from collections.abc import Callable
from functools import partial

from django.db import transaction

from adjudication.scenario import Scenario
from wargame.calendar import WALL
from wargame.doorbell import ring
from wargame.game.commands import Command, GamePause, TimerFire
from wargame.game.decide import decide
from wargame.game.events import Actor, Ctx
from wargame.game.ids import CONTROL
from wargame.game.rejections import Rejected
from wargame.game.state import State
from wargame.game.timers import timers
from wargame.play import cache
from wargame.play.access import actor_in, view_of_actor
from wargame.play.answers import Accepted, ActorRef, Answer, Refused
from wargame.play.gate import writing
from wargame.play.wire import read_command
from wargame.store.cases import case_of
from wargame.store.feed import latest_value
from wargame.store.heartbeat import outage_before
from wargame.store.log import append, fold
from wargame.store.models import Game
from wargame.store.rows import Settled, lock_game, read_receipt, write_receipt

SYSTEM = Actor(kind="system", person="system", role="system")
STORM = 512
"""Deadlines fired in one go before a command; more than a game can have means a rule renews them for ever."""


def handle(
    game_id: str, *, actor: ActorRef, command_id: str, name: str, args: bytes | dict[str, object], now_ms: int
) -> Answer:
    """Carry out one command and return what became of it; retrying with the same id changes nothing."""
    command = read_command(name, args, from_client=actor.kind != "system")
    if isinstance(command, Refused):
        return command
    with writing():
        game = lock_game(game_id)
        if game is None:
            return Refused("access.not_found")
        return handle_locked(game, actor=actor, command_id=command_id, command=command, now_ms=now_ms)


def handle_locked(game: Game, *, actor: ActorRef, command_id: str, command: Command, now_ms: int) -> Answer:
    """Do the same for a caller that holds the game's row in its own transaction."""
    told = _receipt(game, person=actor.person, command_id=command_id)
    if told is not None:
        return told
    case = case_of(game.scenario, game.scenario_hash)
    state = cache.state_at_head(game)
    who = actor_in(game.id, state, actor)
    if isinstance(who, Refused):
        return who
    before = game.head
    state = _fire_due(game, state, case=case, now_ms=now_ms)
    if isinstance(command, TimerFire):
        told = _receipt(game, person=actor.person, command_id=command_id)
    answer, state = (told, state) if told else _settle(
        game, state, actor=who, command_id=command_id, command=command, case=case, now_ms=now_ms
    )  # fmt: skip
    if game.head != before:
        heads: dict[str, int] = json.loads(game.heads)
        transaction.on_commit(partial(cache.keep, game.id, game.head, game.head_hash, state))
        transaction.on_commit(partial(ring, game.id, heads, game.epoch), robust=True)
    elif game.head:
        cache.keep(game.id, game.head, game.head_hash, state)
    return answer


def settle_copied(
    game: Game, state: State, *, command: Command, command_id: str, case: Scenario, now_ms: int,
    as_of_ms: int | None = None,
) -> Answer:  # fmt: skip
    """Carry out a command of the server in a game that was just copied, before any deadline of it is looked at."""
    return _settle(
        game, state, actor=SYSTEM, command_id=command_id, command=command, case=case, now_ms=now_ms, as_of_ms=as_of_ms
    )[0]


def timer_command_id(key: str, generation: int) -> str:
    """Return the id under which a deadline fires: the same for everybody who notices it."""
    return f"timer:{key}:{generation}"


def names_of(game_id: str, command_id: str) -> Callable[[str], str]:
    """Return the maker of new ids for one command: repeatable, and telling nothing about other commands."""

    def name(what: str) -> str:
        return hashlib.blake2b(f"{game_id}\n{command_id}\n{what}".encode(), digest_size=10).hexdigest()

    return name


def _settle(
    game: Game, state: State, *, actor: Actor, command_id: str, command: Command, case: Scenario, now_ms: int,
    as_of_ms: int | None = None,
) -> tuple[Answer, State]:  # fmt: skip
    """Decide and record now what is decided as of now, or as of an earlier moment."""
    ids = names_of(game.id, command_id)
    recall, at = partial(_recall, game.id), partial(_state_at, game.id)
    ctx = Ctx(
        now_ms=now_ms if as_of_ms is None else as_of_ms, actor=actor, command_id=command_id, scenario=case, ids=ids,
        game=game.id, recall=recall,
        at=at, quiet=state.quiet, calendar=WALL, backdated=as_of_ms is not None,
        head=game.head,
    )  # fmt: skip
    decided = decide(state, command, ctx)
    if isinstance(decided, Rejected):
        answer: Answer = Refused(decided.code, dict(decided.params))
    else:
        event_ids = [ids(f"event:{place}") for place in range(len(decided))]
        state = append(
            game, state, decided, actor=actor, cause=command_id, ids=event_ids, now_ms=now_ms, case=case
        )  # fmt: skip
        heads: dict[str, int] = json.loads(game.heads)
        answer = Accepted(game.head, heads.get(view_of_actor(state, actor), 0))
    _keep_receipt(game, actor=actor, command_id=command_id, answer=answer, now_ms=now_ms)
    return answer, state


def _recall(game_id: str, kind: str, key: str) -> dict[str, object] | None:
    """Return what Control's view holds of an entity: the words a rule quotes and the state does not keep."""
    return latest_value(game_id, view=CONTROL, kind=kind, key=key)


def _state_at(game_id: str, seq: int) -> State:
    """Return the state after an event of the log: what a rewind goes back to."""
    return fold(game_id, upto=seq)[1]


def _fire_due(game: Game, state: State, *, case: Scenario, now_ms: int) -> State:
    """Fire every deadline that is due, oldest first, before anything else happens."""
    fired: set[str] = set()
    while len(fired) < STORM:
        due = sorted((at, key, gen) for key, (gen, at, _) in timers(state).items() if at is not None and at <= now_ms)
        fresh = [(key, gen) for _, key, gen in due if timer_command_id(key, gen) not in fired]
        if not fresh:
            break
        gap = outage_before(now_ms)
        if gap is not None and not fired:
            fired.add("outage")
            state = _pause_for_outage(game, state, since_ms=gap, case=case, now_ms=now_ms)
            continue
        key, generation = fresh[0]
        command_id = timer_command_id(key, generation)
        fired.add(command_id)
        if _receipt(game, person=SYSTEM.person, command_id=command_id) is None:
            fire = TimerFire(key=key, generation=generation)
            _, state = _settle(
                game, state, actor=SYSTEM, command_id=command_id, command=fire, case=case, now_ms=now_ms
            )  # fmt: skip
    return state


def _pause_for_outage(game: Game, state: State, *, since_ms: int, case: Scenario, now_ms: int) -> State:
    """Pause a game whose deadline passed while the server was away, instead of firing one after the other.

    Its clocks stop as of when the server was last alive: nobody loses the time of the outage, and what would have
    been due in it comes one after the other once the game goes on.
    """
    command_id = f"outage:{since_ms}"
    if _receipt(game, person=SYSTEM.person, command_id=command_id) is not None:
        return state
    reason = (
        f"The server was away for {(now_ms - since_ms) // 60_000} minutes. Nothing was lost; resume when all are back."
    )
    return _settle(
        game, state, actor=SYSTEM, command_id=command_id, command=GamePause(reason=reason), case=case, now_ms=now_ms,
        as_of_ms=max(since_ms, game.at_ms),
    )[1]  # fmt: skip


def _receipt(game: Game, *, person: str, command_id: str) -> Answer | None:
    kept = read_receipt(game.id, person=person, command_id=command_id)
    if kept is None:
        return None
    return Accepted(kept.seq, kept.n) if kept.accepted else Refused(kept.code, json.loads(kept.params))


def _keep_receipt(game: Game, *, actor: Actor, command_id: str, answer: Answer, now_ms: int) -> None:
    settled = (
        Settled(True, answer.seq, answer.n, "", "{}")
        if isinstance(answer, Accepted)
        else Settled(False, game.head, 0, answer.code, json.dumps(answer.params))
    )
    write_receipt(game.id, settled, person=actor.person, command_id=command_id, at_ms=now_ms)
