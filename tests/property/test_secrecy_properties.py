"""Property 32 of the model (section 8.4) and what else rests on visibility, on the very code that tells a view things.

A random world, random orders out of the whole catalogue, one settled turn: every row any view would get of it is made
by `disclose` and looked at with rules of visibility written anew here, from the case's own table of who sees what.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from adjudication.orders import Order
from adjudication.resolve import resolve_turn
from adjudication.results import Resolution
from adjudication.scenario.schema import Variable
from adjudication.world import World
from tests.support.builders import SEATS, SYSTEM, a_game
from tests.support.crowds import one_turn
from tests.support.engine import the_case
from wargame.game import engine
from wargame.game.events import EstimatesMade, Payload, Recorded, TurnResolved
from wargame.game.state import State
from wargame.game.visibility import disclose

FUZZ = settings(max_examples=150, deadline=None, derandomize=True)
DEEP = settings(max_examples=25, deadline=None, derandomize=True)
"""For what tells every view a turn twice."""
TURN = 4
numbers = st.integers(0, 2**32 - 1)
Rows = dict[str, list[tuple[str, str, Any]]]


@cache
def a_state() -> State:
    """A game in its fourth turn with a person in every seat; nothing of its own world is used."""
    return replace(a_game().with_seats(*SEATS).started().state, turn=TURN)


def made(world: Any, turn: int, errors: dict[str, float]) -> engine.Made:
    return engine.readings(the_case(), world, turn=turn, seed="s", errors=errors)


class Played:
    """One random turn, and the state before and after it as the game would hold them."""

    def __init__(self, number: int, *more: Order) -> None:
        world, orders = one_turn(number)
        orders = [order for order in orders if order.move not in {o.move for o in more}]
        self.start = msgspec.json.decode(msgspec.json.encode(world.to_payload(the_case())))
        self.found: Resolution = msgspec.json.decode(
            msgspec.json.encode(resolve_turn(the_case(), world, turn=TURN, orders=[*orders, *more], seed=number)),
            type=Resolution,
        )
        self.old = made(self.start, TURN, {})
        self.new = made(self.found.world, TURN + 1, self.old.errors)
        self.before = replace(
            a_state(), world=self.start, readings=self.old.readings, readings_before=self.old.readings
        )

    def rows(self, *, before: State | None = None, found: Resolution | None = None, readings: bool = True) -> Rows:
        """Return what each view is told of the turn and, if asked for, of the readings after it."""
        before, found = before or self.before, found or self.found
        after = replace(before, world=found.world, readings=self.new.readings, readings_before=self.old.readings)
        told: Rows = defaultdict(list)
        facts: list[Payload] = [TurnResolved(turn=TURN, resolution=found, rulings=())]
        if readings:
            new = self.new
            facts.append(EstimatesMade(turn=TURN + 1, readings=new.readings, truth=new.truth, errors=new.errors))
        for number, fact in enumerate(facts):
            recorded = Recorded(
                seq=number + 1, id=f"c-{number}", kind="x", v=1, actor=SYSTEM, cause="c", at_ms=0, game_date="",
                payload=fact,
            )  # fmt: skip
            for row in disclose(recorded, before if number == 0 else after, after, the_case()):
                told[row.view].append((row.kind, row.key, msgspec.to_builtins(row.value)))
        return told


def mode(variable: Variable, view: str) -> str:
    """Return how a view sees a variable, from the case's table."""
    seats = {seat.id: seat.role for seat in the_case().seats}

    def of(seat: str) -> str:
        for key in (seat, seats[seat], "default"):
            if key in variable.see:
                return variable.see[key].mode
        return "hidden"

    if view == "control":
        return "exact"
    if view.startswith("seat:"):
        return of(view.removeprefix("seat:"))
    return "exact" if all(of(seat) == "exact" for seat in seats) else "hidden"


def named(value: Any) -> list[dict[str, Any]]:
    """Return every part of a value that names a variable."""
    found = []
    if isinstance(value, dict):
        if value.get("variable") in the_case().variable:
            found.append(value)
        found += [part for item in value.values() for part in named(item)]
    elif isinstance(value, list | tuple):
        found += [part for item in value for part in named(item)]
    return found


@FUZZ
@given(numbers)
def test_32_no_view_is_told_more_than_its_row_its_seat_and_its_orders_allow(number: int) -> None:
    """The readings after the turn, which make every seat's catalogue anew, in every fifth."""
    played = Played(number)
    told = played.rows(readings=number % 5 == 0)
    within_its_row(told)
    of_its_own_seat(told)
    no_covert_order_of_others(played, told)


def within_its_row(told: Rows) -> None:
    """No variable outside the view's row, none more exactly than the row says."""
    variables = the_case().variable
    assert set(told) >= {*(f"seat:{seat}" for seat in SEATS), "control", "observer", "public"}
    for view, rows in told.items():
        for kind, key, value in rows:
            for part in named(value):
                seen = mode(variables[part["variable"]], view)
                assert seen != "hidden", (view, kind, key, part)
                if kind == "reading" and view != "control":
                    assert part["mode"] == {"noise": "estimate"}.get(seen, seen), (view, part)
                    assert seen != "band" or part["value"] is None, (view, part)
                if "exact" in part:
                    assert part["exact"] == (seen == "exact"), (view, part)
                    assert seen == "exact" or (part["before"], part["after"]) == (None, None), (view, part)
                    assert seen == "exact" or not any(cause["amount"] for cause in part["causes"]), (view, part)


def of_its_own_seat(told: Rows) -> None:
    """No chance in numbers, no proposal, no score and no order of another."""
    for view, rows in told.items():
        if view == "control":
            continue
        seat = view.removeprefix("seat:")
        for kind, key, value in rows:
            assert kind not in ("proposal", "sheetstate", "log"), (view, kind, key)
            if kind in ("score", "order", "sheet", "move"):
                assert value.get("seat", seat) == seat, (view, kind, key)
            if kind == "risk":
                assert (value["p_clash"], value["p_war"]) == (None, None), (view, value)


def no_covert_order_of_others(played: Played, told: Rows) -> None:
    """A covert order that was not seen is named to nobody but its seat, its executor and Control."""
    case = the_case()
    for order in played.found.orders:
        move = case.move[order.move]
        if move.visibility != "covert" or "*" in order.visible_to:
            continue
        knows = {f"seat:{order.seat}", f"seat:{move.executor}", "control"}
        for view in set(told) - knows:
            for kind, key, value in told[view]:
                if kind == "outcome":
                    assert (order.seat, order.move) not in {(o["seat"], o["move"]) for o in value["seen_orders"]}, view
                    assert move.text.order not in str((value["headline"], value["deck"], value["changes"])), (view, key)


def test_some_seats_have_something_hidden_from_them() -> None:
    blind = {seat: [v.id for v in the_case().variables if mode(v, f"seat:{seat}") == "hidden"] for seat in SEATS}
    assert all(len(blind[seat]) >= 3 for seat in ("potus", "dprk", "rok", "jpn"))


@DEEP
@given(numbers)
def test_32_what_a_seat_cannot_see_changes_no_byte_of_what_it_is_told(number: int) -> None:
    """The same turn with other values of all that is hidden from a seat, and other rows about it."""
    played = Played(number)
    case, told = the_case(), played.rows(readings=False)
    for seat in (SEATS[number % len(SEATS)],):
        view = f"seat:{seat}"
        hidden = {v.id for v in case.variables if mode(v, view) == "hidden" and v.kind in ("scale", "belief")}
        if not hidden:
            continue  # the agencies read something of everything
        worlds = [_shaken(world, hidden) for world in (played.start, played.found.world)]
        ledger = tuple(
            msgspec.structs.replace(row, applied=row.applied * 3 + 1.0) if row.var in hidden else row
            for row in played.found.ledger
        )
        other = played.rows(
            before=replace(played.before, world=worlds[0]),
            found=replace(played.found, world=worlds[1], ledger=ledger),
            readings=False,
        )
        plain, shaken = (
            [row for row in rows[view] if row[0] != "move"] for rows in (told, other)
        )  # a move's status is judged on readings, which stay: test_game_secrets has it
        assert msgspec.json.encode(plain) == msgspec.json.encode(shaken), view


def _shaken(world: Any, hidden: set[str]) -> Any:
    top = {v.id: 0.97 if v.kind == "belief" else 100.0 for v in the_case().variables}
    values = {name: (top[name] - x if name in hidden else x) for name, x in world["values"].items()}
    return {**world, "values": values}


@DEEP
@given(numbers)
def test_23_a_quiet_order_refused_by_law_is_told_to_nobody_else(number: int) -> None:
    """Property 23 at the other end: not only the world, no word of any other view changes."""
    order = Order("quiet", "potus", "nkspea_terminate", {}, public=False)
    with_it, without_it = Played(number, order), Played(number)
    if any(o.move == order.move for o in without_it.found.orders) or with_it.found.orders == without_it.found.orders:
        return
    refused = next(o for o in with_it.found.orders if o.id == "quiet")
    if refused.status != "blocked":
        return
    one, two = with_it.rows(), without_it.rows()
    for view in set(one) - {"control", "seat:potus", "seat:state"}:  # State would have had to carry it out
        assert msgspec.json.encode(one[view]) == msgspec.json.encode(two[view]), view
    assert one["seat:potus"] != two["seat:potus"]
    assert World.from_payload(the_case(), with_it.found.world).value_map(the_case()) == World.from_payload(
        the_case(), without_it.found.world
    ).value_map(the_case())
