"""Show the frame of a game to everybody: its state, clock, seats and people. Only what changed is told again."""

from adjudication.scenario.schema import Scenario
from wargame.game.entities import (
    ClockSeen,
    GameSeen,
    LocalTime,
    MemberSeen,
    OwnTimeSeen,
    PersonSeen,
    PhaseSeen,
    QuietSeen,
    SeatSeen,
)
from wargame.game.ids import View, seat_view
from wargame.game.state import Person, Seat, State
from wargame.game.timers import PHASE, late
from wargame.game.visibility.base import Rows, control_only, everyone, show


def game_seen(state: State, scenario: Scenario, *, phase: str) -> GameSeen:
    """Return the game as everybody in this phase sees it; the seed only when it is over."""
    here = scenario.clock_turn(state.turn)
    locking = {place - 1 for place, phase in enumerate(state.phases) if phase.adjudicate}
    zones = scenario.clock.zones if scenario.clock is not None else ()
    return GameSeen(
        id=state.id,
        title=state.title,
        scenario=state.scenario,
        case_title=state.case_title,
        status=state.status or "lobby",
        style=state.style,
        turn=state.turn,
        turns=state.last_turn,
        turn_label=state.turn_name,
        turn_word=scenario.meta.turn_label,
        turn_names=state.turn_names,
        local_times=tuple(
            LocalTime(place=zone.label, time=here.local[zone.id])
            for zone in zones
            if here is not None and zone.id in here.local
        ),
        summits=scenario.summit is not None,
        game_date=state.game_date,
        phase=phase,
        phases=tuple(
            PhaseSeen(id=p.id, label=p.label, length_ms=p.length_ms, missed=p.missed, locks=place in locking)
            for place, p in enumerate(state.phases)
        ),
        seed_hash=state.seed_hash,
        seed=state.seed if state.status == "ended" else None,
        ended_reason=state.ended_reason,
        seats_locked=state.entrance.seats_locked,
        guests=state.entrance.guests,
        away_ms=state.entrance.away_ms,
        screen_lock=state.screens,
        remind_ms=state.remind_ms,
        quiet=None
        if state.quiet is None
        else QuietSeen(
            begins=state.quiet.begins, ends=state.quiet.ends, zone=state.quiet.zone, days_off=state.quiet.days_off
        ),
    )


def clock_seen(state: State, *, seat: str = "") -> ClockSeen:
    """Return the clock of the running phase as everybody sees it, or as a seat sees its own time beyond it."""
    own = seat in state.overtime
    timer = state.timers.get(late(seat) if own else PHASE)
    return ClockSeen(
        phase=state.phase_of(seat),
        ends_at_ms=timer.due_at_ms if timer else None,
        remaining_ms=timer.remaining_ms if timer else None,
        paused=state.status == "paused",
        paused_reason=state.paused_reason,
        extra_ms=state.extra_of(seat) if seat and not state.locked else 0,
        own=own,
        stand_in=seat in state.stand_ins,
    )


def seat_seen(state: State, seat: Seat, scenario: Scenario) -> SeatSeen:
    """Return who sits in a seat and whether it is ready; never what it does."""
    declared = scenario.seat[seat.id]
    team = next(team for team in scenario.teams if team.id == seat.team)
    return SeatSeen(
        id=seat.id,
        team=seat.team,
        team_label=team.label,
        pair=team.pair,
        side=seat.side,
        superior=declared.superior,
        signs=seat.signs,
        label=seat.label,
        short=declared.short or seat.label,
        glyph=declared.glyph or team.glyph,
        office=declared.office,
        members=tuple(MemberSeen(person=m, display=state.people[m].display, pen=m == seat.pen) for m in seat.members),
        bot=seat.policy is not None,
        open=seat.open,
        ready=seat.ready,
        away=seat.away_since_ms is not None,
        deputy=seat.deputy,
        principal=seat.principal,
        place=tuple(state.seats).index(seat.id),
    )


def person_seen(person: Person) -> PersonSeen:
    """Return a person as the lobby shows them."""
    return PersonSeen(id=person.id, display=person.display, role=person.role, seat=person.seat, removed=person.removed)


def frame_rows(before: State, after: State, scenario: Scenario) -> Rows:
    """Yield what changed of the frame, to everybody."""
    audience = everyone(after)
    apart = {seat_view(seat): seat for seat in _with_own_time(before) | _with_own_time(after)}
    together = tuple(view for view in audience if view not in apart)
    game, clock = game_seen(after, scenario, phase=after.phase), clock_seen(after)
    if not before.status or game_seen(before, scenario, phase=before.phase) != game:
        yield from show(together, "game", "game", game)
    if not before.status or clock_seen(before) != clock:
        yield from show(together, "clock", "clock", clock)
    for view, seat in sorted(apart.items()):
        yield from _own_rows(before, after, scenario, view=view, seat=seat)
    if before.seats is not after.seats or before.people is not after.people:
        yield from _seat_rows(before, after, scenario)
    if before.people is not after.people:
        for person in after.people.values():
            old = before.people.get(person.id)
            if old is None or person_seen(old) != person_seen(person):
                yield from show(audience, "person", person.id, person_seen(person))


def _with_own_time(state: State) -> set[str]:
    """Return the seats whose clock is not everybody's."""
    return {seat for seat in state.seats if state.extra_of(seat) or seat in state.overtime}


def _own_rows(before: State, after: State, scenario: Scenario, *, view: View, seat: str) -> Rows:
    """Yield a seat that has time of its own its phase and clock, and Control what it has."""
    game, clock = game_seen(after, scenario, phase=after.phase_of(seat)), clock_seen(after, seat=seat)
    if game_seen(before, scenario, phase=before.phase_of(seat)) != game:
        yield from show((view,), "game", "game", game)
    if clock_seen(before, seat=seat) != clock:
        yield from show((view,), "clock", "clock", clock)
    had, has = own_time_seen(before, seat), own_time_seen(after, seat)
    if had != has:
        yield from show(control_only(), "owntime", seat, has)


def own_time_seen(state: State, seat: str) -> OwnTimeSeen:
    """Return what Control sees of a seat's own time."""
    running = seat in state.overtime
    timer = state.timers.get(late(seat)) if running else None
    return OwnTimeSeen(
        seat=seat,
        extra_ms=state.extra_of(seat),
        people_ms=max((state.people[one].extra_ms for one in state.seats[seat].members), default=0),
        running=running,
        ends_at_ms=timer.due_at_ms if timer else None,
        remaining_ms=timer.remaining_ms if timer else None,
    )


def _seat_rows(before: State, after: State, scenario: Scenario) -> Rows:
    for seat in after.seats.values():
        seen = seat_seen(after, seat, scenario)
        old = before.seats.get(seat.id)
        if old is None or seat_seen(before, old, scenario) != seen:
            yield from show(everyone(after), "seat", seat.id, seen)
