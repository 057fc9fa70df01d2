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

from adjudication.agreed import Agreement
from adjudication.cards import cards_for, dice_of, effects_of, events_in, odds_word, rules_of
from adjudication.conditions import Condition
from adjudication.dice import Die
from adjudication.draws import Lies, revealed
from adjudication.entries import chance_of as die_of_entry
from adjudication.entries import fault_of_entry, never_comes, read_forms
from adjudication.explain import Account, event_label, outcome_for, risk_span, risk_word
from adjudication.freemoves import Fault, cameo_weights, fault_of
from adjudication.legality import MoveStatus
from adjudication.legality import preview as judge_moves
from adjudication.lenses import PRESETS
from adjudication.odds import argued, pooled
from adjudication.orders import RuledEffect
from adjudication.policies import policies_of
from adjudication.readings import Reading, make_readings
from adjudication.resolve import due
from adjudication.results import Resolution
from adjudication.scalars import evaluate
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import CalendarEvent, Scenario
from adjudication.scenario.written import effects_text, text_of
from adjudication.sealed import settle
from adjudication.secrecy import hidden_in_text, known, levels_known, secrets_known
from adjudication.sight import knows_flag, shown, sight
from adjudication.stages.rulings import effect_refusal
from adjudication.stages.rulings import open_to_rulings as may_be_ruled
from adjudication.unlock import unmet
from adjudication.words import Sayings
from adjudication.world import World
from wargame.game.events import FreeMoveFramed, Json, ReadingMade
from wargame.game.inputs import free_move, override_of, sealed
from wargame.game.state import FreeMove as Proposed
from wargame.game.state import State

__all__ = [
    "Fate", "Fault", "Made", "account", "agreements", "argued", "banked", "calendar_due", "cameo_weights", "cards",
    "cards_for", "chance_of", "condition_words", "danger", "derived", "dice_of", "effects_of", "effects_text",
    "ends_game", "event_label", "events_in", "fault_of_entry", "fault_of_frame", "flags_set", "hidden_in", "holds",
    "initial_world", "known_flags", "known_levels", "known_secrets", "never_comes", "odds_word", "open_case",
    "open_to_rulings", "policies", "pooled", "preview", "read_forms", "readings", "reads_exactly", "resolve",
    "resource", "rules_of", "sealed", "text_fates", "text_of",
]  # fmt: skip

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


def policies(scenario: Scenario, seat: str) -> tuple[str, ...]:
    """Return the names of what can play a seat by itself: the case's own choice first."""
    return tuple(policy.id for policy in policies_of(scenario, seat))


def _stored(value: object, shape: type[T]) -> T:
    """Return a value as the log gives it back, so that a state folded live equals one folded from storage."""
    return msgspec.json.decode(msgspec.json.encode(value), type=shape)


# --- the world as stored ----------------------------------------------------------------------
def initial_world(scenario: Scenario, preset: str, *, seed: str, forced: str) -> Json:
    """Return the world a preset starts in; hidden cards lie as recorded where the record is followed, else as drawn."""
    seeds = None if forced == "historical" else (seed,)
    world = World.initial(scenario, 1, scenario.preset.get(preset), seeds=seeds)
    return _stored(world.to_payload(scenario), Json)


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


def open_case(scenario: Scenario, state: State) -> Scenario:
    """Return the case as it may be known now: without what is closed to the seats it is closed to."""
    return known(scenario, state.world, max(state.turn, state.first_turn))


def readings(scenario: Scenario, world: Json, *, turn: int, seed: str, errors: dict[str, float]) -> Made:
    """Make what every seat reads at the start of a turn, and keep the truth beside it for Control."""
    now = World.from_payload(scenario, world)
    made, fresh = make_readings(known(scenario, world, turn), now, turn=turn, seed=seed, errors=errors)
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
        open_case(scenario, state),
        seat,
        readings=_by_variable((*state.briefed.get(seat, ()), *state.readings.get(seat, ()))),
        clauses=known_levels(scenario, state, seat),
        flags=known_flags(scenario, state, seat),
        turn=max(state.turn, state.first_turn),
        sheet=[order.move for order in state.sheets[seat].orders.values()],
        capital=resource(state.world, seat, "capital"),
        lenses=PRESETS[state.lens],
    )
    return {status.move: status for status in statuses}


def known_flags(scenario: Scenario, state: State, seat: str) -> dict[str, bool]:
    """Return the flags the case lets a seat know of, and whether each is up."""
    up, may = flags_set(state.world), open_case(scenario, state)
    return {flag: flag in up for flag in scenario.flags if knows_flag(may, flag, seat)}


def known_levels(scenario: Scenario, state: State, seat: str) -> dict[str, int]:
    """Return the levels a seat believes in force: of secrets it does not share it knows what was openly in force."""
    return levels_known(scenario, state.world, seat)


def known_secrets(scenario: Scenario, state: State, seat: str) -> dict[str, float]:
    """Return what a seat knows of secret levels: which leaked, what is open, who was told."""
    return secrets_known(scenario, state.world, seat)


def hidden_in(scenario: Scenario, world: Json, agreement: Agreement, view: str) -> frozenset[str]:
    """Return the issues of a text in force a view may know nothing of. Control may know all."""
    if view == "control":
        return frozenset()
    seat = view.removeprefix("seat:") if view.startswith("seat:") else ""
    marks = msgspec.convert(world.get("marks", {}), dict[str, float])
    return frozenset(hidden_in_text(scenario, agreement, seat, marks))


# --- what is due as a turn begins -------------------------------------------------------------
def calendar_due(scenario: Scenario, state: State) -> tuple[CalendarEvent, ...]:
    """Return the public events the calendar has for the turn that begins."""
    return tuple(
        event
        for event in scenario.calendar
        if event.turn == state.turn and event.visibility == "public" and holds(scenario, state, event.when)
    )


def chance_of(state: State, entry: str, p: float) -> Die:
    """Return the die that decides whether an entry goes out this turn."""
    return die_of_entry(entry, p, turn=state.turn, seed=state.seed)


def holds(scenario: Scenario, state: State, condition: Condition | None) -> bool:
    """Tell whether a condition holds in the world as the turn opened; none always does."""
    if condition is None:
        return True
    world = World.from_payload(scenario, state.world)
    return due(scenario, world, condition, turn=state.turn, seed=state.seed, lenses=PRESETS[state.lens])


def condition_words(scenario: Scenario, condition: Condition) -> str:
    """Return a condition in words, for Control's list of injects."""
    return "; ".join(unmet(condition, lambda _: None, Sayings(scenario)))


# --- settling a turn --------------------------------------------------------------------------
def resolve(scenario: Scenario, state: State) -> Resolution:
    """Settle the locked turn with the rulings made so far."""
    world = World.from_payload(scenario, state.world)
    resolution = settle(scenario, world, sealed(scenario, state), turn=state.turn, seed=state.seed)
    return _stored(resolution, Resolution)


def fault_of_frame(scenario: Scenario, one: Proposed, frame: FreeMoveFramed) -> Fault | None:
    """Return what the case does not allow about a frame, or None."""
    assert scenario.free_moves is not None, "a case without free moves has none to frame"
    return fault_of(scenario, scenario.free_moves, free_move(one, frame))


def reads_exactly(scenario: Scenario, variable: str, view: str) -> bool:
    """Tell whether a view reads a variable as it is, and not as an estimate or not at all."""
    return sight(scenario, scenario.variable[variable], view).mode == "exact"


def open_to_rulings(scenario: Scenario) -> tuple[str, ...]:
    """Return the variables a ruling may change: all but the engine's own books."""
    return may_be_ruled(scenario)


def range_of(scenario: Scenario, variable: str) -> tuple[float, float]:
    """Return the least and the greatest value of a variable."""
    known = scenario.variable[variable]
    return limits(known.kind, known.min, known.max)


def fault_of_effect(scenario: Scenario, effect: RuledEffect) -> str:
    """Return why a ruling cannot add an effect, or nothing."""
    return effect_refusal(scenario, effect)


def values_of(world: Json) -> dict[str, float]:
    """Return every variable as the engine holds it."""
    return msgspec.convert(world.get("values", {}), dict[str, float])


def true_values(scenario: Scenario, world: Json) -> dict[str, float]:
    """Return every variable as it is, in the unit it is shown in."""
    now = World.from_payload(scenario, world)
    return {variable.id: shown(variable, now.value(scenario, variable.id)) for variable in scenario.variables}


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
    ladder = scenario.ladder
    if ladder is None:
        return "A general war ended the game." if resolution.war >= GENERAL_WAR else ""
    rung = ladder.rungs[min(resolution.war, len(ladder.rungs) - 1)]
    return f"The fighting ended the game: {rung}." if resolution.war >= ladder.ends_at else ""


def cards(scenario: Scenario, world: Json) -> tuple[Lies, ...]:
    """Return how the hidden cards of a game lie: for Control once it is over, and for the report."""
    return revealed(scenario, msgspec.convert(world.get("marks", {}), dict[str, float]))


# --- telling the outcome ----------------------------------------------------------------------
def account(scenario: Scenario, state: State, resolution: Resolution, after: State, *, view: str) -> Account:
    """Return the engine's account of a turn for a view. `state` is the game before the release, `after` after it."""
    seat = view.removeprefix("seat:")
    return outcome_for(
        open_case(scenario, state),
        resolution,
        World.from_payload(scenario, state.world),
        view=view,
        readings_before=_by_variable(state.readings_before.get(seat, ())),
        readings_after=_by_variable(after.readings.get(seat, ())),
        rulings=tuple(override_of(ruling) for ruling in state.rulings),
    )


def danger(scenario: Scenario, p: float) -> str:
    """Return the word for a chance a turn, over the stretch the case speaks of."""
    return risk_word(scenario, p)


def danger_span(scenario: Scenario) -> str:
    """Return what the stretch is called that words of danger speak of."""
    return risk_span(scenario)
