"""The bargaining problem: the issues alone, the whole catalogue, what a tabled version costs, and Control's map.

Measures on the record of the case, with nothing in force (the largest space) and as leaders meet for the last time.
"""

import statistics
import time
from collections.abc import Callable

import msgspec
from msgspec import Struct

from adjudication.played import Played, world_at
from negotiation.analysis import analyse
from negotiation.sides import analyse_with_sides
from wargame.game import advice, bargain, case, engine
from wargame.game.bargain import TRUTH
from wargame.game.state import Seat, State

TIMES = 7
SEED = "bench"


class BargainSpeed(Struct, frozen=True, kw_only=True):
    """Milliseconds, medians. `issues_ms`: all packages of the issues; `catalogue_ms`: all texts, side clauses included.

    Both with nothing in force. `assessment_ms`: one seat and one version; `tabling_ms`: those of two signatories and
    the version's place on the map; `map_ms`: Control's map as a turn opens, nothing known before.
    """

    packages: int
    issues_ms: float
    clauses: int
    texts: int
    frontier: int
    catalogue_ms: float
    assessment_ms: float
    tabling_ms: float
    map_ms: float


def bargain_speed(record: Played, turn: int) -> BargainSpeed:
    """Measure the analysis on a recorded path, as a turn begins."""
    scenario, terms = record.scenario, record.scenario.negotiation
    state = _state(record, turn)
    here = bargain.moments(scenario, state)[TRUTH]
    whole = analyse_with_sides(terms, here.values, {}, counted=0)
    levels = bargain.raised(scenario, whole.nearest, here.banked)
    signs = [party.signatory for party in terms.parties]
    return BargainSpeed(
        packages=terms.space.size, issues_ms=_ms(lambda: analyse(terms, here.values, {})), clauses=len(terms.sides),
        texts=whole.texts, frontier=len(whole.frontier),
        catalogue_ms=_ms(lambda: analyse_with_sides(terms, here.values, {}, counted=0)),
        assessment_ms=_ms(lambda: advice.assessment_for(scenario, state, signs[0], levels, oral=False)),
        tabling_ms=_ms(lambda: _tabled(record, state, levels, signs)), map_ms=_ms(lambda: _map(record, state)),
    )  # fmt: skip


def _state(record: Played, turn: int) -> State:
    """Return as much of a game as advice asks for: seats, the world, and what every seat reads of it."""
    scenario = record.scenario
    world = msgspec.json.decode(msgspec.json.encode(world_at(record, turn).to_payload(scenario)))
    made = engine.readings(scenario, world, turn=turn, seed=SEED, errors={})
    seats = {
        one.id: Seat(
            id=one.id, team=one.team, role=one.role, side=one.side, label=one.label, budget=one.budget, open=one.open,
            signs=one.signs,
        )
        for one in case.seat_set_ups(scenario, open_seats=(), bots={})
    }  # fmt: skip
    return State(seats=seats, world=world, readings=made.readings, readings_turn=turn, turn=turn, seed=SEED)


def _tabled(record: Played, state: State, levels: dict[str, int], signs: list[str]) -> None:
    for seat in signs:
        advice.assessment_for(record.scenario, state, seat, levels, oral=False)
    for moment in bargain.moments(record.scenario, state).values():
        bargain.place(record.scenario, moment, levels)


def _map(record: Played, state: State) -> None:
    bargain.forget(record.scenario)
    for of, moment in bargain.moments(record.scenario, state).items():
        if of == TRUTH:
            bargain.picture(record.scenario, moment)
            bargain.constraints(record.scenario, moment)
        else:
            bargain.issues_alone(record.scenario, moment)


def _ms(work: Callable[[], object]) -> float:
    work()
    spans = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        spans.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(spans), 2)
