"""Decide about setting up, coming and going, seats, pens and bots."""

from hashlib import blake2b

from wargame.game import case, engine
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, own_seat
from wargame.game.decide.flow import close_if_all_ready
from wargame.game.decide.people import check_above
from wargame.game.events import (
    GameCreated,
    PenPassed,
    PersonJoined,
    PersonRemoved,
    SeatBotSet,
    SeatLeft,
    SeatReadied,
    SeatTaken,
)
from wargame.game.quiet import fault_of
from wargame.game.rejections import Rejected, reject
from wargame.game.state import DELEGATION, PEOPLE, Person, Seat, State


def seed_hash(seed: str) -> str:
    """Return the commitment to the seed that is published at the start."""
    return blake2b(seed.encode(), digest_size=16, person=b"trackone-seed").hexdigest()


def game_create(draft: Draft, command: c.GameCreate) -> Rejected | None:
    """Set a game up from a case and a preset."""
    if draft.state.status:
        return reject("game.already_created")
    scenario = draft.ctx.scenario
    preset = case.preset_of(scenario, command.preset)
    if preset is None:
        return reject("game.preset_unknown", preset=command.preset, allowed=tuple(scenario.preset))
    seats = case.seat_set_ups(scenario, open_seats=command.open_seats, bots=command.bots)
    known = tuple(s.id for s in seats)
    for seat in (*command.open_seats, *command.bots):
        if seat not in known:
            return reject("seat.unknown", seat=seat, allowed=known)
    for seat, policy in command.bots.items():
        allowed = engine.policies(scenario, seat)
        if policy not in allowed:
            return reject("seat.policy_unknown", policy=policy, allowed=allowed)
    refused = _check_time(draft, command)
    if refused:
        return refused
    draft.emit(
        GameCreated(
            game=draft.ctx.game,
            title=command.title,
            scenario=command.scenario,
            scenario_hash=scenario.content_hash,
            case_title=scenario.meta.title,
            preset=command.preset,
            seed=command.seed,
            seed_hash=seed_hash(command.seed),
            style=command.style,
            forced=command.forced,
            lens=command.lens,
            first_turn=preset.first,
            last_turn=preset.last,
            turn_names=tuple(scenario.turn_name(turn) for turn in range(1, scenario.meta.turns + 1)),
            game_dates=scenario.meta.game_dates,
            phases=case.phase_set_ups(scenario, preset=preset, phase_ms=command.phase_ms, missed=command.missed),
            seats=seats,
            rooms=case.rooms(scenario),
            msel=case.list_of_injects(scenario, preset),
            quiet=command.quiet,
            world=engine.initial_world(scenario, command.preset, seed=command.seed, forced=command.forced),
        )
    )
    return None


def _check_time(draft: Draft, command: c.GameCreate) -> Rejected | None:
    """Refuse rules about time for phases the case has not, and quiet hours no clock could run beside."""
    phases = tuple(phase.id for phase in draft.ctx.scenario.phases)
    for phase in (*command.phase_ms, *command.missed):
        if phase not in phases:
            return reject("phase.unknown", phase=phase, allowed=phases)
    fault = fault_of(command.quiet, draft.ctx.calendar) if command.quiet is not None else ""
    return reject("quiet.wrong", fault=fault) if fault else None


def person_join(draft: Draft, command: c.PersonJoin) -> Rejected | None:
    """Let a person in; one whom Control removed stays out, and so do players of a copy that is Control's."""
    if draft.state.sandbox and command.role == "player":
        return reject("game.sandbox")
    known = draft.state.people.get(command.person)
    if known is not None:
        return reject("who.removed" if known.removed else "person.already_joined")
    if len(draft.state.people) >= PEOPLE:
        return reject("person.too_many", limit=PEOPLE)
    draft.emit(PersonJoined(person=command.person, display=command.display, role=command.role, rights=command.rights))
    return None


def _actor_person(draft: Draft) -> Person:
    return draft.state.people[draft.actor.person]


def seat_take(draft: Draft, command: c.SeatTake) -> Rejected | None:
    """Seat a player. In the lobby one may change within a side; nobody sees a second side's papers by himself."""
    refused = check_seats(draft.state, (command.seat,))
    if refused:
        return refused
    seat, person = draft.state.seats[command.seat], _actor_person(draft)
    if person.seat == seat.id:
        return reject("seat.already_yours")
    if draft.state.entrance.seats_locked:
        return reject("seat.locked")
    if not seat.open:
        return reject("seat.closed")
    if len(seat.members) >= DELEGATION:
        return reject("seat.full")
    if knows_another_side(draft.state, person, seat):
        return reject("seat.held_another")
    leave(draft, person.id)
    draft.emit(SeatTaken(seat=seat.id, person=person.id))
    return None


def knows_another_side(state: State, person: Person, seat: Seat) -> bool:
    """Tell whether a person has held a seat whose papers must not come along into this one.

    Whoever sits down is shown the brief at once, so what counts is having sat, not for how long. Before the
    start the seats of a side are one delegation looking for its places; later each has secrets of its own.
    """
    elsewhere = set(person.held) - {seat.id}
    if state.status == "lobby":
        return any(state.seats[held].side != seat.side for held in elsewhere)
    return bool(elsewhere)


def seat_leave(draft: Draft, command: c.SeatLeave) -> Rejected | None:
    """Give one's place up."""
    if draft.state.entrance.seats_locked:
        return reject("seat.locked")
    leave(draft, draft.actor.person)
    close_if_all_ready(draft)
    return None


def leave(draft: Draft, person: str, *, by_control: bool = False) -> None:
    """Take a person out of the seat they have, if they have one."""
    seat = draft.state.people[person].seat
    if seat is not None:
        draft.emit(SeatLeft(seat=seat, person=person, by_control=by_control))


def seat_ready(draft: Draft, command: c.SeatReady) -> Rejected | None:
    """Say that a seat is ready, or not any more; the last one may close the phase."""
    seat = own_seat(draft)
    if seat.ready == command.ready:
        return reject("seat.ready_unchanged")
    draft.emit(SeatReadied(seat=seat.id, ready=command.ready))
    close_if_all_ready(draft)
    return None


def pen_pass(draft: Draft, command: c.PenPass) -> Rejected | None:
    """Hand the pen to another member of the delegation."""
    seat = own_seat(draft)
    if command.person not in seat.members:
        return reject("pen.not_member")
    if command.person == seat.pen:
        return reject("pen.yours")
    draft.emit(PenPassed(seat=seat.id, person=command.person))
    return None


def check_player(state: State, person: str) -> Rejected | None:
    """Refuse somebody who is not a player of this game now."""
    known = state.people.get(person)
    if known is None or known.removed:
        return reject("person.unknown")
    return None if known.role == "player" else reject("person.not_player")


def seat_assign(draft: Draft, command: c.SeatAssign) -> Rejected | None:
    """Move a person into any seat of the case, or out of every seat."""
    refused = check_player(draft.state, command.person)
    if not refused and command.seat is not None:
        refused = check_seats(draft.state, (command.seat,))
    if refused:
        return refused
    if draft.state.people[command.person].seat == command.seat:
        return reject("seat.unchanged")
    if command.seat is not None and len(draft.state.seats[command.seat].members) >= DELEGATION:
        return reject("seat.full")
    leave(draft, command.person, by_control=True)
    if command.seat is not None:
        draft.emit(SeatTaken(seat=command.seat, person=command.person, by_control=True))
    close_if_all_ready(draft)
    return None


def seat_bot(draft: Draft, command: c.SeatBot) -> Rejected | None:
    """Let a bot play a seat, in place of nobody or beside a delegation that is away; or take it back."""
    refused = check_seats(draft.state, (command.seat,))
    if refused:
        return refused
    allowed = engine.policies(draft.ctx.scenario, command.seat)
    if command.policy is not None and command.policy not in allowed:
        return reject("seat.policy_unknown", policy=command.policy, allowed=allowed)
    if draft.state.seats[command.seat].policy == command.policy:
        return reject("seat.policy_unchanged")
    draft.emit(SeatBotSet(seat=command.seat, policy=command.policy))
    close_if_all_ready(draft)
    return None


def person_remove(draft: Draft, command: c.PersonRemove) -> Rejected | None:
    """Take a person out of the game."""
    known = draft.state.people.get(command.person)
    if known is None or known.removed:
        return reject("person.unknown")
    if known.id == draft.actor.person:
        return reject("person.is_you")
    refused = check_above(draft, known)
    if refused:
        return refused
    leave(draft, known.id, by_control=True)
    draft.emit(PersonRemoved(person=known.id, reason=command.reason))
    close_if_all_ready(draft)
    return None
