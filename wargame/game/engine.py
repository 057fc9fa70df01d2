"""The one door between the game and the adjudication engine.

Owns the translation: the game's plain, storable values in, the engine's structs out and back. Nothing else in
the game calls the engine; others import shapes only, and `sight`, which says who reads what.
"""

from collections.abc import Iterable
from typing import Literal, TypeVar

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from adjudication.conditions import Condition, unmet
from adjudication.explain import Account, outcome_for, risk_word
from adjudication.legality import MoveStatus
from adjudication.legality import preview as judge_moves
from adjudication.orders import Order, Override, SignedText
from adjudication.policies import POLICY_NAMES
from adjudication.readings import Reading, make_readings
from adjudication.resolve import due, resolve_turn
from adjudication.results import Resolution
from adjudication.scalars import evaluate
from adjudication.scenario.schema import CalendarEvent, Inject, Scenario
from adjudication.sight import knows_flag, shown
from adjudication.words import Sayings
from adjudication.world import Agreement, World
from negotiation.offers import Offer
from wargame.game.events import Json, ReadingMade
from wargame.game.state import Ruling, State

GENERAL_WAR = 2
T = TypeVar("T")


class Fate(Struct, frozen=True):
    """What became of a signed text."""

    how: Literal["in_force", "struck"]
    reason: str


class Made(Struct, frozen=True):
    """Readings of all seats, the truth they are of, and errors to carry on."""

    readings: dict[str, tuple[ReadingMade, ...]]
    truth: tuple[ReadingMade, ...]
    errors: dict[str, float]


def policies() -> tuple[str, ...]:
    """Return the ids of all bots."""
    return tuple(sorted(POLICY_NAMES))


def _stored(value: object, shape: type[T]) -> T:
    """Return a value as the log gives it back, so that a state folded live equals one folded from storage."""
    return msgspec.json.decode(msgspec.json.encode(value), type=shape)


# --- the world as stored ----------------------------------------------------------------------
def initial_world(scenario: Scenario, preset: str) -> Json:
    """Return the world a preset starts in."""
    return _stored(World.initial(scenario, 1, scenario.preset.get(preset)).to_payload(scenario), Json)


def banked(world: Json) -> dict[str, int]:
    """Return the level of every clause in force."""
    return msgspec.convert(world.get("clauses", {}), dict[str, int])


def flags_set(world: Json) -> frozenset[str]:
    """Return the flags that are set."""
    return frozenset(msgspec.convert(world.get("flags", []), list[str]))


def resource(world: Json, seat: str, name: str) -> float | None:
    """Return what a seat has of a resource, None if it has no such resource."""
    return msgspec.convert(world.get("resources", {}), dict[str, float]).get(f"{seat}.{name}")


def agreements(world: Json) -> tuple[Agreement, ...]:
    """Return the texts in force, and those that were."""
    return msgspec.convert(world.get("agreements", []), tuple[Agreement, ...])


# --- what a seat reads ------------------------------------------------------------------------
class _Values(Struct, frozen=True):
    """Read names from plain values; what is not there counts as nought."""

    values: dict[str, float]

    def read(self, name: str) -> NDArray[np.float64] | str:
        return np.float64(self.values.get(name, 0.0))  # type: ignore[return-value]


def derived(scenario: Scenario, values: dict[str, float]) -> dict[str, float]:
    """Return the derived values that follow from these."""
    known = dict(values)
    for item in scenario.derived:
        known[item.id] = float(evaluate(item.scalar, _Values(known)))
    return known


def readings(scenario: Scenario, world: Json, *, turn: int, seed: str, errors: dict[str, float]) -> Made:
    """Make what every seat reads at the start of a turn, and keep the truth beside it for Control."""
    now = World.from_payload(scenario, world)
    made, fresh = make_readings(scenario, now, turn=turn, seed=seed, errors=errors)
    truth = tuple(
        ReadingMade(variable=v.id, mode="exact", value=shown(v, now.value(scenario, v.id))) for v in scenario.variables
    )
    return Made({seat: tuple(_made(r) for r in row) for seat, row in made.items()}, truth, fresh)


def _made(reading: Reading) -> ReadingMade:
    return ReadingMade(
        variable=reading.variable,
        mode=reading.mode,
        value=reading.value,
        low=reading.low,
        high=reading.high,
        confidence=reading.confidence,
        band=reading.band,
    )


def _reading(made: ReadingMade) -> Reading:
    return Reading(
        variable=made.variable,
        mode=made.mode,
        value=made.value,
        low=made.low,
        high=made.high,
        confidence=made.confidence,
        band=made.band,
    )


def _by_variable(rows: Iterable[ReadingMade]) -> dict[str, Reading]:
    return {row.variable: _reading(row) for row in rows}


def preview(scenario: Scenario, state: State, seat: str) -> dict[str, MoveStatus]:
    """Judge a seat's moves from what it reads, was briefed, has ordered and may know; no true value enters."""
    statuses = judge_moves(
        scenario,
        seat,
        readings=_by_variable((*state.briefed.get(seat, ()), *state.readings.get(seat, ()))),
        clauses=known_levels(scenario, state, seat),
        flags=known_flags(scenario, state, seat),
        turn=max(state.turn, state.first_turn),
        sheet=[order.move for order in state.sheets[seat].orders.values()],
        capital=resource(state.world, seat, "capital"),
    )
    return {status.move: status for status in statuses}


def known_flags(scenario: Scenario, state: State, seat: str) -> dict[str, bool]:
    """Return the flags the case lets a seat know of, and whether each is up."""
    up = flags_set(state.world)
    return {flag: flag in up for flag in scenario.flags if knows_flag(scenario, flag, seat)}


def known_levels(scenario: Scenario, state: State, seat: str) -> dict[str, int]:
    """Return the levels in force a seat may know: those of secret clauses are the signatories' alone."""
    secret = {issue.id for issue in scenario.negotiation.issues if issue.secret}
    may = seat in state.signatories
    return {issue: level for issue, level in banked(state.world).items() if may or issue not in secret}


# --- what is due as a turn begins -------------------------------------------------------------
def calendar_due(scenario: Scenario, state: State) -> tuple[CalendarEvent, ...]:
    """Return the public events the calendar has for the turn that begins."""
    return tuple(
        event
        for event in scenario.calendar
        if event.turn == state.turn and event.visibility == "public" and _holds(scenario, state, event.when)
    )


def injects_due(scenario: Scenario, state: State) -> tuple[Inject, ...]:
    """Return the waiting injects that go out as the turn begins: by their turn, their condition, or both."""
    return tuple(
        inject
        for inject in scenario.injects
        if state.msel.get(inject.id) == "waiting"
        and (inject.turn is not None or inject.trigger is not None)
        and inject.turn in (None, state.turn)
        and _holds(scenario, state, inject.trigger)
    )


def _holds(scenario: Scenario, state: State, condition: Condition | None) -> bool:
    if condition is None:
        return True
    world = World.from_payload(scenario, state.world)
    return due(scenario, world, condition, turn=state.turn, seed=state.seed)


def condition_words(scenario: Scenario, condition: Condition) -> str:
    """Return a condition in words, for Control's list of injects."""
    return "; ".join(unmet(condition, lambda _: None, Sayings(scenario)))


# --- settling a turn --------------------------------------------------------------------------
def resolve(scenario: Scenario, state: State) -> Resolution:
    """Settle the locked turn with the rulings made so far."""
    resolution = resolve_turn(
        scenario,
        World.from_payload(scenario, state.world),
        turn=state.turn,
        orders=tuple(
            Order(id=order.id, seat=seat, move=order.move, params=order.params, public=order.public)
            for seat, sheet in sorted(state.sheets.items())
            for order in sheet.orders.values()
        ),
        texts=tuple(_text(offer) for _, offer in sorted(state.offers.items()) if offer.status == "signed"),
        seed=state.seed,
        overrides=tuple(_override(ruling) for ruling in state.rulings),
        forced=_forced(scenario, state),
        injects=state.effects_now,
        bots=() if state.forced == "historical" else tuple(state.bots),
    )
    return _stored(resolution, Resolution)


def _text(offer: Offer) -> SignedText:
    venue: Literal["summit", "exchange"] = "summit" if offer.venue == "summit" else "exchange"
    return SignedText(
        id=offer.id,
        title=offer.title,
        levels=offer.levels,
        venue=venue,
        parties=offer.parties,
        version=offer.version,
    )


def _override(ruling: Ruling) -> Override:
    if ruling.kind == "replace":
        return Override(
            id=ruling.id, kind="replace_outcome", target=ruling.target, value=ruling.outcome, reason=ruling.reason
        )
    return Override(id=ruling.id, kind="add", target=ruling.target, value=ruling.delta, reason=ruling.reason)


def _forced(scenario: Scenario, state: State) -> dict[str, str]:
    if state.forced != "historical" or scenario.history is None:
        return {}
    return dict(scenario.history.forced)


def text_fates(resolution: Resolution) -> dict[str, Fate]:
    """Return what became of each signed text that took effect or was struck; one without a meeting is left out."""
    fates: dict[str, Fate] = {}
    for text, how in resolution.texts.items():
        if how == "no_meeting":
            continue
        struck = resolution.struck.get(text, ())
        reason = f"Struck: {', '.join(struck)}." if struck else ""
        fates[text] = Fate("in_force" if how == "in_force" else "struck", reason)
    return fates


def ends_game(scenario: Scenario, resolution: Resolution) -> str:
    """Return why the game is over after this turn, or nothing."""
    return "A general war ended the game." if resolution.war >= GENERAL_WAR else ""


# --- telling the outcome ----------------------------------------------------------------------
def account(scenario: Scenario, state: State, resolution: Resolution, after: State, *, view: str) -> Account:
    """Return the engine's account of a turn for a view. `state` is the game before the release, `after` after it."""
    seat = view.removeprefix("seat:")
    return outcome_for(
        scenario,
        resolution,
        World.from_payload(scenario, state.world),
        view=view,
        readings_before=_by_variable(state.readings_before.get(seat, ())),
        readings_after=_by_variable(after.readings.get(seat, ())),
        rulings=tuple(_override(ruling) for ruling in state.rulings),
    )


def danger(scenario: Scenario, p: float) -> str:
    """Return the word for a quarterly chance, as the year's danger."""
    return risk_word(scenario, p)
