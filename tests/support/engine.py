"""The shipped case in the hands of the tests: `adjudication.testkit` bound to it, and one-turn runs."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from adjudication import testkit
from adjudication.lenses import ALL
from adjudication.orders import Order
from adjudication.resolve import BatchResolution, resolve_batch, resolve_turn
from adjudication.results import Resolution
from adjudication.scenario import Scenario, load_scenario
from adjudication.testkit import without
from adjudication.world import World

__all__ = ["CASE", "CORE", "ROOT", "a_world", "after", "everything", "orders", "settle", "sheets", "the_case", "value",
           "without", "worlds"]  # fmt: skip

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "fixtures" / "scenarios" / "us-dprk-2017.yaml"
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
    return testkit.a_world(the_case(), changes)


def orders(*moves: str, **by: str) -> list[Order]:
    """One public order per move, by the usual seat or by the seat given."""
    seats = {**CORE, "summit": "potus", "d_summit": "dprk", "cma": "rok", "d_cma": "dprk", **by}
    return testkit.orders_of(the_case(), *moves, by=seats)


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
    return testkit.everything(the_case(), world)


def worlds() -> st.SearchStrategy[World]:
    """Any valid world of the case at peace."""
    return testkit.worlds(the_case())


sheets = testkit.sheets(the_case(), CORE)
"""Sheets of different moves of the reference model, by the seats that may order them."""
