"""Recorded turns of the engine: whole walks through each case, and a digest of every part of every turn.

    python -m tests.golden.engine_turns            # record anew, after a deliberate change of the model

Orders, parameters, rulings, texts, arguments and free moves are chosen by hashes of (case, walk, turn, name), never by
the engine's own dice, so that a change of the engine changes what comes out and not what goes in.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from adjudication.lenses import ALL
from adjudication.orders import Conduct, Consent, FreeEffect, FreeMove, Order, Override, ParamValue, SignedText
from adjudication.recorded import recorded_texts, scripted
from adjudication.results import Resolution
from adjudication.scenario import Scenario, load_scenario
from adjudication.scenario.catalogue import Move
from adjudication.sealed import Sealed, settle, settle_batch
from adjudication.world import World
from negotiation.agreements import Undertaking

ROOT = Path(__file__).resolve().parents[2]
CASES = ("us-dprk-2017", "cuba-1962", "practice")
WALKS = 7
"""The first keeps to the record of the case; three of the others have one lens off each."""
LENS_OFF = {4: "lead", 5: "inst", 6: "rat"}
LONGEST = 14
BATCHES = 3
"""Walks also settled as several games at once."""
STORE = ROOT / "fixtures" / "golden-turns"
T = TypeVar("T")


def lot(*names: object) -> float:
    """Return a number in [0, 1) that belongs to these names."""
    drawn = sha256("|".join(map(str, names)).encode()).digest()
    return int.from_bytes(drawn[:6], "big") / 2**48


def one_of(choices: Sequence[T], *names: object) -> T:
    """Return one of the choices, by lot."""
    return choices[int(lot(*names) * len(choices))]


def _params(move: Move, *names: object) -> dict[str, ParamValue]:
    found: dict[str, ParamValue] = {}
    for param in move.params:
        match param.kind:
            case "choice":
                found[param.id] = one_of(param.choices, *names, param.id)
            case "bool":
                found[param.id] = lot(*names, param.id) < 0.5
            case "int":
                low, high = param.low or 0, param.high if param.high is not None else 3
                found[param.id] = low + int(lot(*names, param.id) * (high - low + 1))
    return found


def _orders(scenario: Scenario, *at: object) -> tuple[Order, ...]:
    found = []
    for seat in scenario.seats:
        mine = [move for move in scenario.moves if seat.id in move.seats]
        for place in range(int(lot(*at, seat.id, "count") * 4) if mine else 0):
            move = one_of(mine, *at, seat.id, place)
            names = (*at, seat.id, place)
            found.append(
                Order(f"{seat.id}.{place}", seat.id, move.id, _params(move, *names), lot(*names, "public") < 0.7)
            )
    return tuple(found)


def _meeting(scenario: Scenario, *at: object) -> tuple[Order, ...]:
    """Return the orders by which the leaders meet, sometimes: by chance alone they hardly ever would."""
    if scenario.summit is None or lot(*at, "meeting") > 0.3:
        return ()
    moves = [scenario.move[name] for name in scenario.summit.orders]
    return tuple(Order(f"meet.{move.id}", move.seats[0], move.id, _params(move, *at, move.id)) for move in moves)


def _texts(scenario: Scenario, turn: int, *at: object) -> tuple[SignedText, ...]:
    if lot(*at, "text") > 0.35:
        return ()
    terms = scenario.negotiation
    levels = {i.id: int(lot(*at, i.id) * len(i.levels)) for i in terms.issues if lot(*at, i.id, "in") < 0.5}
    levels |= {side.id: 1 for side in terms.sides if lot(*at, side.id, "in") < 0.15}
    names = sorted(levels)
    details = {
        name: Undertaking(
            due=turn + int(lot(*at, name, "due") * 4),
            tranches=1 + int(lot(*at, name, "steps") * 3),
            after=names[place - 1] if place and lot(*at, name, "after") < 0.3 else "",
            secret=lot(*at, name, "secret") < 0.1,
        )
        for place, name in enumerate(names)
        if lot(*at, name, "said") < 0.4
    }
    venue = one_of(("summit", "exchange", "oral"), *at, "venue")
    parties = tuple(sorted(scenario.principals.values()))
    return (SignedText(f"text.{turn}", "A text", levels, venue, parties, details=details),)  # type: ignore[arg-type]


def _conduct(scenario: Scenario, world: World, *at: object) -> tuple[Conduct, ...]:
    """Keep, delay, withhold, suspend, reaffirm or leave what is in force, by lot."""
    found = []
    for agreement in world.agreements:
        for seat in sorted(scenario.principals.values()):
            if agreement.status == "in_force" and lot(*at, agreement.id, seat, "acts") < 0.5:
                kind = one_of(("delay", "withhold", "suspend", "reaffirm", "withdraw"), *at, agreement.id, seat)
                clause = one_of([clause.issue for clause in agreement.clauses], *at, agreement.id, seat, "clause")
                found.append(
                    Conduct(
                        agreement=agreement.id, seat=seat, kind=kind,  # type: ignore[arg-type]
                        clause="" if kind == "withdraw" else clause,
                        notice=2 if kind == "withdraw" else 0, reason="By lot.",
                    )
                )  # fmt: skip
    return tuple(found)


def _rulings(scenario: Scenario, orders: tuple[Order, ...], *at: object) -> tuple[Override, ...]:
    found = []
    if orders and lot(*at, "ruling") < 0.4:
        value = one_of(("done", "partial", "blocked"), *at, "outcome")
        found.append(Override("r1", "replace_outcome", one_of(orders, *at, "which").id, value, reason="By lot."))
    if orders and lot(*at, "reversal") < 0.3:
        found.append(Override("r2", "reversal", one_of(orders, *at, "back").id, reason="By lot."))
    if lot(*at, "edit") < 0.3:
        variable = one_of([v.id for v in scenario.variables if v.kind == "scale"] or [scenario.variables[0].id], *at)
        found.append(Override("r3", "add", variable, round(6 * lot(*at, "by") - 3, 2), reason="By lot."))
    if lot(*at, "event") < 0.15:
        kind = one_of(("force_event", "suppress_event"), *at, "force")
        found.append(Override("r4", kind, one_of(("clash", "break"), *at, "what"), reason="By lot."))  # type: ignore[arg-type]
    return tuple(found)


def _free(scenario: Scenario, *at: object) -> tuple[FreeMove, ...]:
    if lot(*at, "free") > 0.25:
        return ()
    seat = one_of(scenario.seats, *at, "free seat").id
    name = one_of([v.id for v in scenario.variables if v.kind == "scale"] or [scenario.variables[0].id], *at, "on")
    return (
        FreeMove(
            id="f1", seat=seat, title="A move of one's own", severity=one_of(("de", "po", "vi"), *at, "how"),
            estimates=(30, 55, int(100 * lot(*at, "estimate"))), net=int(lot(*at, "net") * 5) - 2,
            effects=(FreeEffect(name, 2.0),), costs=(FreeEffect(name, -1.0),), trust=0.1, resolve=-0.05,
            public=lot(*at, "shown") < 0.5,
        ),
    )  # fmt: skip


def sealed_at(scenario: Scenario, walk: int, turn: int, world: World) -> Sealed:
    """Return what goes into a turn of a walk that stands at `world`."""
    at = (scenario.meta.id, walk, turn)
    if walk == 0 and scenario.history is not None:
        return Sealed(orders=scripted(scenario, turn), texts=recorded_texts(scenario, turn))
    orders = (*_orders(scenario, *at), *_meeting(scenario, *at))
    seats = [seat.id for seat in scenario.seats]
    return Sealed(
        orders=orders,
        texts=_texts(scenario, turn, *at),
        overrides=_rulings(scenario, orders, *at),
        injects=tuple(i.id for i in scenario.injects if lot(*at, i.id) < 0.08),
        bots=tuple(seat for seat in seats if lot(*at, seat, "bot") < 0.4),
        arguments={o.id: int(lot(*at, o.id, "argued") * 7) - 3 for o in orders if lot(*at, o.id, "granted") < 0.2},
        free=_free(scenario, *at),
        consents=tuple(
            Consent(o.id, seat, one_of((True, False, None), *at, o.id, seat))
            for o in orders
            for seat in scenario.move[o.move].consent
        ),
        conduct=_conduct(scenario, world, *at),
    )


def walk(scenario: Scenario, number: int) -> Iterator[Resolution]:
    """Settle a walk turn by turn, until a war ends it or the case does."""
    seed = f"walk-{number}"
    world = World.initial(scenario, 1, seeds=(seed,))
    lenses = ALL - {LENS_OFF.get(number, "")}
    for turn in range(1, min(scenario.meta.turns, LONGEST) + 1):
        found = settle(scenario, world, sealed_at(scenario, number, turn, world), turn=turn, seed=seed, lenses=lenses)
        yield found
        world = World.from_payload(scenario, found.world)


def parts(found: Resolution) -> dict[str, str]:
    """Return a digest of every field of a settled turn."""
    fields: dict[str, Any] = {name: getattr(found, name) for name in found.__struct_fields__}
    return {name: sha256(msgspec.json.encode(value)).hexdigest()[:12] for name, value in fields.items()}


def in_batch(scenario: Scenario, number: int) -> dict[str, str]:
    """Settle three games of a walk at once and return digests of what a batch tells, six decimals each."""
    seeds = tuple(f"batch-{game}" for game in range(3))
    world = World.initial(scenario, len(seeds), seeds=seeds)
    found: dict[str, str] = {}
    for turn in range(1, min(scenario.meta.turns, LONGEST) + 1):
        sealed = msgspec.structs.replace(sealed_at(scenario, number, turn, world), overrides=())
        done = settle_batch(scenario, world, sealed, turn=turn, seeds=seeds)
        told = (done.world.values, done.world.clauses, done.p_clash, done.p_war, done.clash, done.summit)
        tables = (done.indices, done.events, done.fidelity, *(done.scores[seat] for seat in sorted(done.scores)))
        whole = [*told, *(table[name] for table in tables for name in sorted(table))]
        rounded = [np.round(np.asarray(part, dtype=np.float64), 6).tolist() for part in whole]
        found[f"turn {turn}"] = sha256(msgspec.json.encode(rounded)).hexdigest()[:12]
        world = done.world
    return found


class Kept(msgspec.Struct):
    """The digests of a case: of walks (walk, turn, part), and of batches (walk, turn)."""

    walks: list[list[dict[str, str]]]
    batches: list[dict[str, str]]


def recorded(case: str) -> Kept:
    """Return the digests of a case as they were recorded."""
    return msgspec.json.decode((STORE / f"{case}.json").read_bytes(), type=Kept)


def load(case: str) -> Scenario:
    """Load a case that is shipped."""
    return load_scenario(ROOT / "fixtures" / "scenarios" / f"{case}.yaml")


def record() -> None:
    """Write the digests of every walk of every case."""
    STORE.mkdir(exist_ok=True)
    for case in CASES:
        scenario = load(case)
        walks = [[parts(found) for found in walk(scenario, number)] for number in range(WALKS)]
        kept = Kept(walks, [in_batch(scenario, number) for number in range(BATCHES)])
        (STORE / f"{case}.json").write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")


if __name__ == "__main__":
    record()
