"""Checks of one entry of the master list, in a file or as Control writes it: addressees, times, actions, chains."""

from collections.abc import Collection, Iterator

from adjudication.scenario.happenings import Action, Inject
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import Scenario

EVERYBODY = "all"
OF_A_MOVE = ("order", "open")
"""Actions that may name what is ordered or opened."""
WITHOUT_READERS = ("order", "submit", "free_move", "appeal", "open")
"""Actions that reach nobody else."""


def check_entry(scenario: Scenario, desk: Desk, inject: Inject, known: Collection[str]) -> None:
    """Record what is wrong with an entry. `known`: the entries there are."""
    place: Place = ("injects", inject.id)
    _addressees(scenario, desk, inject)
    _time(scenario, desk, inject)
    causes = [key for key, given in _causes(inject) if given]
    if len(causes) > 1:
        desk.add(place, f"{' and '.join(causes)}: an entry is set off by one of them", key=causes[1])
    for key, other in (("silence", inject.silence), ("after", inject.after)):
        if other == inject.id:
            desk.add(place, "an entry cannot wait for itself", key=key)
        elif other and other not in known:
            desk.unknown((*place, key), "entry of the list", other, known)
    if not 0 < inject.chance <= 1:
        desk.add(place, f"a chance of {inject.chance:g}; give more than 0, and at most 1", key="chance")
    if (inject.channel == "room") != bool(inject.room):
        desk.add(place, "a room is named for the channel `room`, and for no other", key="room")
    for key, action in (("on", inject.on), ("seen_on", inject.seen_on)):
        if action is not None:
            _action(scenario, desk, (*place, key), action, known)


def _causes(inject: Inject) -> Iterator[tuple[str, bool]]:
    yield "on", inject.on is not None
    yield "silence", bool(inject.silence)
    yield "after", bool(inject.after)
    yield "by_hand", inject.by_hand


def addressed(scenario: Scenario) -> frozenset[str]:
    """Return the words an entry may be addressed to: seats, roles, teams, sides, everybody."""
    seats = ({seat.id, seat.role, seat.team, seat.side} for seat in scenario.seats)
    return frozenset({EVERYBODY}).union(*seats)


def _addressees(scenario: Scenario, desk: Desk, inject: Inject) -> None:
    words = addressed(scenario)
    for to in inject.to:
        if to not in words:
            desk.unknown(("injects", inject.id, "to"), "addressee", to, words)
    for to in inject.variants:
        if to not in words:
            desk.unknown(("injects", inject.id, "variants"), "addressee", to, words)
    if not inject.to:
        desk.add(("injects", inject.id), "goes to nobody; name seats, a team, or all", words, key="to")


def _time(scenario: Scenario, desk: Desk, inject: Inject) -> None:
    place: Place = ("injects", inject.id)
    turns = scenario.meta.turns
    if inject.turn is not None and not 1 <= inject.turn <= turns:
        desk.add(place, f"there is no turn {inject.turn}; the case has 1 to {turns}", key="turn")
    phases = [phase.id for phase in scenario.phases]
    if inject.phase and inject.phase not in phases:
        desk.unknown((*place, "phase"), "phase", inject.phase, phases)
    if inject.phase and inject.turn is None:
        desk.add(place, "a phase without a turn; give the turn too", key="phase")
    if inject.minutes < 0:
        desk.add(place, f"{inject.minutes:g} minutes; give 0 or more", key="minutes")
    waits = inject.turn is not None or inject.on is not None or inject.silence or inject.after
    if inject.minutes and (not waits or inject.by_hand):
        desk.add(place, "minutes after what? give a turn, `on`, `silence` or `after`", key="minutes")


def _action(scenario: Scenario, desk: Desk, place: Place, action: Action, known: Collection[str]) -> None:
    for seat in (*action.by, *action.to):
        if seat not in scenario.seat:
            desk.unknown(place, "seat", seat, scenario.seat)
    if action.to and action.kind in WITHOUT_READERS:
        desk.add(place, f"{action.kind} reaches nobody else; leave `to` out", key="to")
    if action.room and action.kind not in ("message", "room"):
        desk.add(place, f"{action.kind} is done in no room; leave `room` out", key="room")
    if action.move and action.kind not in OF_A_MOVE:
        desk.add(place, f"{action.kind} names no move; leave `move` out", key="move")
    elif action.move and action.kind == "open" and action.move not in known:
        desk.unknown(place, "entry of the list", action.move, known)
    elif action.move and action.kind == "order":
        _ordered(scenario, desk, place, action)


def _ordered(scenario: Scenario, desk: Desk, place: Place, action: Action) -> None:
    move = scenario.move.get(action.move)
    if move is None:
        desk.unknown(place, "move", action.move, scenario.move, list_all=False)
    elif action.by and not set(action.by) & set(move.seats):
        desk.add(place, f"{' and '.join(action.by)} may not order {move.id}", move.seats)
