"""A case on a preset's own turns: what happened in the turns a slot covers happens in the slot.

Owns the mapping and nothing else. The result is a case like any other, so that nobody downstream knows of schedules;
its turns remember which turns of the calendar they stand for (`ClockTurn.covers`), and conditions on `turn` read those.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from adjudication.scenario.course import Clock, ClockTurn, Preset, Slot
from adjudication.scenario.record import History
from adjudication.scenario.schema import Scenario, Seat

MARK = "+"
"""Between the hash of a case and the preset it was put on."""


def rescheduled(scenario: Scenario, preset: str) -> Scenario:
    """Return the case on the turns of a preset; the case itself if the preset has no schedule or is unknown."""
    chosen = scenario.preset.get(preset)
    if chosen is None or not chosen.schedule:
        return scenario
    slots = chosen.schedule
    dates = scenario.meta.game_dates
    return replace(
        scenario,
        meta=replace(
            scenario.meta,
            turns=len(slots),
            turn_names=tuple(slot.name for slot in slots),
            game_dates=tuple(dates[slot.covers[0] - 1] for slot in slots) if dates else (),
        ),
        clock=_clock(scenario, slots),
        presets=(replace(chosen, first=1, last=len(slots), schedule=()),),
        seats=tuple(_seat(seat, chosen) for seat in scenario.seats),
        calendar=tuple(replace(event, turn=_slot(slots, event.turn)) for event in scenario.calendar),
        injects=tuple(
            inject if inject.turn is None else replace(inject, turn=_slot(slots, inject.turn))
            for inject in scenario.injects
        ),
        anchors=tuple(replace(anchor, turn=_slot(slots, anchor.turn)) for anchor in scenario.anchors),
        indicators=tuple(
            replace(one, points=tuple(replace(point, turn=_slot(slots, point.turn)) for point in one.points))
            for one in scenario.indicators
        ),
        history=None if scenario.history is None else _history(scenario, scenario.history, chosen),
        content_hash=f"{scenario.content_hash}{MARK}{preset}",
    )


def _slot(slots: tuple[Slot, ...], turn: int) -> int:
    """Return the slot (1-based) that covers a turn; what lies outside the schedule never happens (0)."""
    return next((n for n, slot in enumerate(slots, start=1) if slot.covers[0] <= turn <= slot.covers[1]), 0)


def _clock(scenario: Scenario, slots: tuple[Slot, ...]) -> Clock:
    """Return a turn a slot: its own name and length, the tags of all it covers, the hour at which it begins."""
    clock = scenario.clock
    assert clock is not None, "a schedule needs a clock (checked on loading)"
    turns = []
    for slot in slots:
        covered = clock.turns[slot.covers[0] - 1 : slot.covers[1]]
        tags = tuple(dict.fromkeys(tag for turn in covered for tag in turn.tags))
        local = covered[0].local if covered else {}
        turns.append(ClockTurn(name=slot.name, hours=slot.hours, tags=tags, local=local, covers=slot.covers))
    return replace(clock, turns=tuple(turns))


def _seat(seat: Seat, preset: Preset) -> Seat:
    return replace(seat, budget=preset.budgets[seat.id]) if seat.id in preset.budgets else seat


def _history(scenario: Scenario, history: History, preset: Preset) -> History:
    slots = preset.schedule
    orders: dict[int, dict[str, tuple[str, ...]]] = {}
    params: dict[int, dict[str, dict[str, str | int | bool]]] = {}
    for number, slot in enumerate(slots, start=1):
        covered = range(slot.covers[0], slot.covers[1] + 1)
        sheets = {seat.id: _script(scenario, history, preset, seat, covered) for seat in scenario.seats}
        orders[number] = {seat: moves for seat, moves in sheets.items() if moves}
        params[number] = {move: given for turn in covered for move, given in history.params.get(turn, {}).items()}
    return replace(
        history,
        orders=orders,
        params={turn: given for turn, given in params.items() if given},
        forced={_forced(slots, key): outcome for key, outcome in history.forced.items()},
        summits=tuple(replace(meeting, turn=_slot(slots, meeting.turn)) for meeting in history.summits),
        texts=tuple(replace(text, turn=_slot(slots, text.turn)) for text in history.texts),
    )


def _script(
    scenario: Scenario, history: History, preset: Preset, seat: Seat, covered: Iterable[int]
) -> tuple[str, ...]:
    """Return what a seat ordered in the turns a slot covers, each move once, as far as its budget goes."""
    wanted = dict.fromkeys(move for turn in covered for move in history.orders.get(turn, {}).get(seat.id, ()))
    left = preset.budgets.get(seat.id, seat.budget)
    chosen: list[str] = []
    for move in wanted:
        if scenario.move[move].cost <= left:
            chosen.append(move)
            left -= scenario.move[move].cost
    return tuple(chosen)


def _forced(slots: tuple[Slot, ...], key: str) -> str:
    name, at, turn = key.partition("@")
    return f"{name}@{_slot(slots, int(turn))}" if at else key
