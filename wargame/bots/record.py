"""The recorded case through the real command path: scripted orders at every seat, one game, one seed.

Owns playing the script as the seats' bots would send it, and reading the path back from the log. The orders are the
record's; nobody talks or bargains, because the record's texts are what the engine is asked to reproduce.
"""

from collections.abc import Mapping

import msgspec
import numpy as np

from adjudication.expectations import Evidence, Finding, findings
from adjudication.policies.view import CARRIED_OUT
from adjudication.recorded import SUMMITS, Path, scripted
from adjudication.scenario import Scenario
from adjudication.world import FORMS
from wargame.bots.theatre import Staged, Stuck, stage
from wargame.game import events as ev
from wargame.game.commands import GameCreate
from wargame.play.answers import ActorRef, Refused
from wargame.play.handle import handle
from wargame.store.log import recorded_events


def history_table(case: Scenario, *, seed: str) -> list[Finding]:
    """Return the case's table of expectations: one game through the real path, many on the engine."""
    assert case.history is not None, "the case has a record"
    return findings(Evidence(case, seed=seed, single=path_of(play_record(case, seed=seed))))


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
    names = sorted({happening.kind for turn in done for happening in turn.happenings})
    return Path(
        values={v.id: np.array([[float(w["values"][v.id])] for w in worlds]) for v in case.variables},
        clauses={i: np.array([[float(w["clauses"].get(i, 0))] for w in worlds]) for i in case.issues},
        p_clash=np.array([[t.p_clash] for t in done]), p_war=np.array([[t.p_war] for t in done]),
        summit=np.array([[codes["" if t.summit is None else t.summit.result]] for t in done]),
        fidelity={(t.turn, o.seat, o.move): np.array([o.fidelity]) for t in done for o in t.orders},
        executed={(t.turn, o.seat, o.move): np.array([o.status in CARRIED_OUT]) for t in done for o in t.orders},
        events={name: np.array([[any(h.kind == name for h in t.happenings)] for t in done]) for name in names},
        indices={name: np.array([[t.indices[name]] for t in done]) for name in done[0].indices},
        text_in_force=np.array([[w["values"][case.commitments.form] == FORMS.index("text")] for w in worlds[1:]]),
        war=case.tally.war, over_from=case.over_from,
    )  # fmt: skip
