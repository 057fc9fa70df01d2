"""Builders and hypothesis strategies for the adjudication engine."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from adjudication.lenses import ALL
from adjudication.orders import Order
from adjudication.resolve import BatchResolution, resolve_batch, resolve_turn
from adjudication.results import Resolution
from adjudication.scenario import Scenario, load_scenario
from adjudication.scenario.checks import limits
from adjudication.world import World

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "fixtures" / "scenarios" / "us-dprk-2017.yaml"
FIXED = {
    "war",
    "cum_noclash",
    "cum_nowar",
    "clashes",
    "esc_pts",
    "deal_strength",
    "deal_form",
    "novelty_n",
    "no_relief_q",
}
CORE: dict[str, str] = {
    "threat": "potus", "praise": "potus", "show_force": "potus", "suspend_ex": "potus", "waiver": "potus",
    "us_sanction": "state", "un_res": "state", "working_talks": "state", "interagency": "state", "consult": "state",
    "un_exempt": "state", "exercise": "defense", "srbm": "dprk", "irbm": "dprk", "icbm": "dprk", "nuke": "dprk",
    "d_threat": "dprk", "charm": "dprk", "moratorium": "dprk", "site_close": "dprk", "release": "dprk",
    "d_talks": "dprk", "ultimatum": "dprk", "mediate": "rok", "jpn_lobby": "jpn",
}  # fmt: skip
"""Moves of the reference model and a seat that may order each."""


@cache
def the_case() -> Scenario:
    """The shipped case, loaded once."""
    return load_scenario(CASE)


def a_world(changes: Mapping[str, float] | None = None) -> World:
    """The start of the case with some values set (`tension`, `clause.fac`, `flag.moratorium`)."""
    return World.initial(the_case()).with_values(the_case(), changes or {})


def orders(*moves: str, **by: str) -> list[Order]:
    """One public order per move, by the usual seat or by the seat given."""
    seats = {**CORE, "summit": "potus", "d_summit": "dprk", "cma": "rok", "d_cma": "dprk", **by}
    case = the_case()
    return [Order(f"o{n}:{m}", seats.get(m) or case.move[m].seats[0], m) for n, m in enumerate(moves)]


def settle(
    world: World, sheet: Sequence[Order], *, turn: int = 3, seed: str | int = 1, lenses: frozenset[str] = ALL,
    forced: Mapping[str, str] | None = None, **more: object,
) -> tuple[Resolution, World]:  # fmt: skip
    """Settle one turn of one world; return the resolution and the world after it."""
    found = resolve_turn(
        the_case(), world, turn=turn, orders=sheet, seed=seed, lenses=lenses, forced=forced, **more  # type: ignore[arg-type]
    )  # fmt: skip
    return found, World.from_payload(the_case(), found.world)


def after(
    world: World, sheet: Sequence[Order], *, seed: int = 1, forced: Mapping[str, str] | None = None, **more: object
) -> BatchResolution:
    """Settle one turn without the ledger."""
    return resolve_batch(the_case(), world, turn=3, orders=sheet, seeds=(seed,), forced=forced, **more)  # type: ignore[arg-type]


def value(done: BatchResolution, name: str) -> float:
    """One variable after a batch of one."""
    return done.world.value(the_case(), name)


def everything(world: World) -> dict[str, float]:
    """All variables, clauses and flags of a world by the names the ledger uses."""
    case = the_case()
    return {
        **world.value_map(case),
        **{f"clause.{issue}": float(level) for issue, level in world.clause_map(case).items()},
        **{f"flag.{flag}": float(on) for flag, on in world.flag_map(case).items()},
    }


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Any valid world at peace: variables over their whole range, any clauses, some flags, perhaps a text in force."""
    case = the_case()
    changes: dict[str, float] = {}
    for variable in case.variables:
        if variable.id in FIXED:
            continue
        low, high = limits(variable.kind, variable.min, variable.max)
        if variable.kind == "flag":
            changes[variable.id] = float(draw(st.booleans()))
        else:
            top = 130.0 if high == float("inf") else high
            changes[variable.id] = round(draw(st.floats(low, top)), 6)
    for issue in case.negotiation.issues:
        if issue.kind != "sequence":
            changes[f"clause.{issue.id}"] = draw(st.integers(0, len(issue.levels) - 1))
    form = draw(st.sampled_from((0, 1, 2)))
    changes["deal_form"] = form
    changes["deal_strength"] = (0.0, 22.0, 66.0)[form]
    changes["novelty_n"] = draw(st.integers(0, 3))
    changes["no_relief_q"] = draw(st.integers(0, 6))
    return World.initial(case).with_values(case, changes)


sheets = st.lists(st.sampled_from(sorted(CORE)), unique=True, max_size=9).map(lambda moves: orders(*moves))
"""Sheets of different moves of the reference model, by the seats that may order them."""


def without(sheet: Sequence[Order], *moves: str) -> list[Order]:
    """The sheet less some moves."""
    return [order for order in sheet if order.move not in moves]
