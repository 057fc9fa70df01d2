"""The recorded case through the real command path: scripted orders at every seat, one game, one seed.

Owns playing the script as the seats' bots would send it, and reading the path back from the log. Orders and signed
texts are the record's; a text goes by the letters the case has for it, early enough to arrive. Nobody talks.
"""

from collections.abc import Mapping

import msgspec
import numpy as np

from adjudication.expectations import Evidence, Finding, findings
from adjudication.policies.view import CARRIED_OUT
from adjudication.recorded import SUMMITS, Path, scripted
from adjudication.scenario import Scenario
from adjudication.scenario.happenings import Channel
from adjudication.scenario.record import RecordedText
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
            _exchange(staged, now.turn)
            _order_all(staged, now.turn)
        expect = f"{now.turn}:{now.phase}"
        staged.order("phase.end", {"expect": expect}, slug=f"end:{expect}")
    return staged


def _post_of(case: Scenario, text: RecordedText) -> Channel | None:
    """Return the channel a recorded text goes by from its first party to the other; None: over the table."""
    writer, reader = text.parties[:2]
    ways = (c for c in case.channels if c.carries_offers and not c.public and writer in c.source and reader in c.to)
    return next(ways, None)


def _exchange(staged: Staged, turn: int) -> None:
    """Send the recorded texts that would arrive in time, and sign those of this turn."""
    assert staged.case.history is not None, "the case has a record"
    for place, text in enumerate(staged.case.history.texts):
        writer, reader = text.parties[:2]
        name, way = f"record-{place}", _post_of(staged.case, text)
        if turn == text.turn - (way.delay if way is not None else 0):
            args: dict[str, object] = {
                "offer": name,
                "parties": text.parties,
                "levels": text.levels,
                "title": text.title,
            }
            _send(staged, writer, "offer.draft", args, f"{name}:draft")
            if way is None:
                _send(staged, writer, "offer.table", {"offer": name}, f"{name}:table")
            else:
                letter = {"channel": way.id, "to": reader, "text": text.title or "On the record.", "offer": name}
                _send(staged, writer, "letter.send", letter, f"{name}:letter")
        if turn == text.turn:
            for step, more in (("offer.accept", {}), ("offer.sign", {"venue": text.venue})):
                for party in text.parties:
                    offer = staged.state.offers[_tabled(staged, name)]
                    if step == "offer.accept" and party in offer.accepted:
                        continue
                    args = {"offer": offer.id, "version": offer.version, **more}
                    _send(staged, party, step, args, f"{name}:{step}:{party}")


def _tabled(staged: Staged, name: str) -> str:
    """Return the id a draft got in the game."""
    return next(offer for offer in staged.state.offers if offer == name or offer.endswith(f":{name}"))


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
