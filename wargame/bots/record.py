"""The recorded case through the real command path: scripted orders at every seat, one game, one seed.

Owns playing the script as the seats' bots would send it, and reading the path back from the log. The orders are the
record's; nobody talks or bargains, because the record's texts are what the engine is asked to reproduce.
"""

from collections.abc import Mapping

import msgspec
import numpy as np

from adjudication.expectations import Evidence, Finding, findings
from adjudication.orders import Order
from adjudication.policies import BotView, policy_for
from adjudication.policies.sheet import choose
from adjudication.policies.view import BookMove, MoveOption, PastOrder
from adjudication.recorded import SUMMITS, Path, replay, scripted
from adjudication.resolve import resolve_batch
from adjudication.scenario import Scenario
from adjudication.world import FORMS, World
from wargame.bots.theatre import Staged, Stuck, stage
from wargame.game import events as ev
from wargame.game.commands import GameCreate
from wargame.play.answers import ActorRef, Refused
from wargame.play.handle import handle
from wargame.store.log import recorded_events

TESTS = frozenset({"icbm", "nuke"})
BOT_GAMES = 40


def history_table(case: Scenario, *, seed: str) -> list[Finding]:
    """Return the case's table of expectations: one game through the real path, many on the engine."""
    assert case.history is not None, "the case has a record"
    staged = play_record(case, seed=seed)
    many = replay(case, seeds=[f"{seed}:{number}" for number in range(case.history.seeds)])
    return findings(Evidence(case, path_of(staged), many, restraint(case, games=BOT_GAMES)))


def play_record(case: Scenario, *, seed: str) -> Staged:
    """Play the recorded orders through `handle`. Raises Stuck if a recorded order is refused."""
    bots = {seat.id: "historical" for seat in case.seats}
    order = GameCreate(
        title="On the record", scenario=case.meta.id, preset=case.presets[0].id, seed=seed, style="rigid",
        open_seats=(), bots=bots, phase_ms={phase.id: None for phase in case.phases}, forced="historical",
    )  # fmt: skip
    staged = stage(order, game_id=f"record-{seed}"[:40])
    staged.order("game.start", {"force": True}, slug="start")
    writing = next(phase.id for phase in case.phases if phase.orders)
    while staged.state.status == "running":
        now = staged.state
        if now.phase == writing:
            _order_all(staged, now.turn)
        expect = f"{now.turn}:{now.phase}"
        staged.order("phase.end", {"expect": expect}, slug=f"end:{expect}")
    return staged


def _order_all(staged: Staged, turn: int) -> None:
    for order in scripted(staged.case, turn):
        name = order.id.partition(":")[2]
        args = {"order": name, "move": order.move, "params": order.params, "rationale": "On the record."}
        _send(staged, order.seat, "order.draft", args, order.id)
    for seat in staged.case.seats:
        _send(staged, seat.id, "orders.submit", {}, f"{seat.id}:{turn}:submit")


def _send(staged: Staged, seat: str, name: str, args: Mapping[str, object], slug: str) -> None:
    answer = handle(
        staged.game, actor=ActorRef.of_bot(seat), command_id=f"record:{slug}"[:64], name=name,
        args=msgspec.json.encode(args), now_ms=staged.clock.tick(),
    )  # fmt: skip
    if isinstance(answer, Refused):
        raise Stuck(f"{name} {slug}: {answer.code} {answer.params}")


def path_of(staged: Staged) -> Path:
    """Return the path of a played game as the engine's replay has it, with one column."""
    case = staged.case
    log = recorded_events(staged.game)
    start = next(r.payload for r in log if isinstance(r.payload, ev.GameCreated))
    done = [r.payload.resolution for r in log if isinstance(r.payload, ev.TurnResolved)]
    worlds = [dict(start.world), *(dict(turn.world) for turn in done)]
    codes = {name: code for code, name in SUMMITS.items()}
    return Path(
        values={v.id: np.array([[float(w["values"][v.id])] for w in worlds]) for v in case.variables},
        clauses={i: np.array([[float(w["clauses"].get(i, 0))] for w in worlds]) for i in case.issues},
        p_clash=np.array([[t.p_clash] for t in done]), p_war=np.array([[t.p_war] for t in done]),
        summit=np.array([[codes["" if t.summit is None else t.summit.result]] for t in done]),
        fidelity={(t.turn, o.move): np.array([o.fidelity]) for t in done for o in t.orders},
        durability=np.array([[t.indices["durability"]] for t in done]),
        text_in_force=np.array([[w["values"][case.commitments.form] == FORMS.index("text")] for w in worlds[1:]]),
    )  # fmt: skip


# --- the North as a bot, on the engine alone --------------------------------------------------
def restraint(case: Scenario, *, games: int) -> float:
    """Return the share of games in which the Northern bot, against the record's others, keeps its pause."""
    return sum(_keeps_pause(case, f"restraint:{number}") for number in range(games)) / games


def _keeps_pause(case: Scenario, seed: str) -> bool:
    assert case.history is not None, "the case has a record"
    seat = next(seat for seat, bot in case.bots.items() if bot.policy == "opportunist")
    world = World.initial(case)
    past: list[PastOrder] = []
    for turn in range(1, case.meta.turns + 1):
        view = _view(case, world, seat, turn, tuple(past), seed)
        wishes = choose(view, policy_for("opportunist").wishes(view))
        own = tuple(Order(f"{seat}:{w.move}", seat, w.move, dict(w.params)) for w in wishes)
        if turn > case.meta.turns // 3 and TESTS & {order.move for order in own}:
            return False
        others = tuple(order for order in scripted(case, turn) if order.seat != seat)
        world = resolve_batch(
            case, world, turn=turn, orders=(*own, *others), seeds=(seed,), forced=dict(case.history.forced)
        ).world
        past += [PastOrder(turn=turn, seat=order.seat, move=order.move, status="done") for order in (*own, *others)]
    return True


def _view(case: Scenario, world: World, seat: str, turn: int, past: tuple[PastOrder, ...], seed: str) -> BotView:
    """Return what the seat would read: its exact variables; of the others the published start."""
    here = case.seat[seat]
    exact = {
        v.id: world.value(case, v.id)
        for v in case.variables
        if (sight := v.see.get(seat) or v.see.get(here.role) or v.see.get("default")) is not None
        and sight.mode == "exact"
    }
    moves = {
        m.id: MoveOption(
            id=m.id, state="available", cost=m.cost, capital=m.capital, severity=m.severity, goldstein=m.goldstein,
            group=m.group, params={p.id: p.default for p in m.params if p.default is not None},
        )
        for m in case.moves
        if seat in m.seats
    }  # fmt: skip
    book = {
        m.id: BookMove(severity=m.severity, goldstein=m.goldstein, side=case.seat[m.seats[0]].side) for m in case.moves
    }
    return BotView(
        seat=seat, side=here.side, turn=turn, turns=case.meta.turns, phase="", orders_open=True, bargaining_open=False,
        key=seed, budget=here.budget, used=0, capital=None, submitted=False, ready=False, readings=exact, before={},
        priors={v.id: v.init for v in case.variables}, moves=moves, book=book, sheet=(), past=past,
        banked=world.clause_map(case), offers=(), rooms=(), agreements=(), terms=case.negotiation,
        params={k: float(v) for k, v in case.bots[seat].params.items() if not isinstance(v, str)},
    )  # fmt: skip
