"""How the sections of an exercise stand, side by side: for the one page that runs them all. Reads only.

Counted from each game's state at the head and from rows found by their keys, so that asking every few seconds costs
the same in a long game as in a short one.
"""

import msgspec
from msgspec import UNSET, Struct, UnsetType

from adjudication.agreed import IN_FORCE
from adjudication.scenario import Scenario
from wargame.control.allocation import allocate
from wargame.control.board import HERE_MS, waiting
from wargame.control.exercises import exercise_locked_ms
from wargame.control.models import Exercise, Section
from wargame.control.plans import Treatment, plan_of
from wargame.game import engine
from wargame.game.ids import CONTROL
from wargame.game.state import Seat, State
from wargame.game.timers import PHASE
from wargame.lobby.services import game_links
from wargame.play import cache
from wargame.store.cases import case_of
from wargame.store.feed import values_by_key
from wargame.store.models import Game, Membership

TRACKS = 6
"""Most variables that are compared at a glance: the first the case calls its headlines."""


class SeatStanding(Struct, frozen=True):
    """A seat in one section. `on`: somebody of its people is there; `load`: things that lie before it."""

    id: str
    label: str
    short: str
    pair: str
    glyph: str
    held: str
    """`person`, `bot`, `open` or `vacant`."""
    people: int
    on: bool
    drafts: int
    submitted: bool
    ready: bool
    load: int


class Queue(Struct, frozen=True):
    """What waits for Control in a section, by kind."""

    rulings: int
    appeals: int
    free_moves: int
    requests: int
    texts: int


class Track(Struct, frozen=True):
    """A headline variable over the turns so far, as the engine holds it; None before it was read."""

    id: str
    label: str
    low: float
    high: float
    values: tuple[float | None, ...]


class SectionStanding(Struct, frozen=True, kw_only=True):
    """One section at this moment. Running clock: `ends_at_ms`; stopped: `remaining_ms`; open-ended: neither.

    `acted_ms`: when anything last happened in it.
    """

    number: int
    name: str
    treatment: str
    game: str
    title: str
    code: str
    control_url: str
    join_url: str
    wall_url: str
    status: str
    turn: int
    turns: int
    turn_name: str
    phase: str
    phase_label: str
    phases: tuple[str, ...]
    ends_at_ms: int | None
    remaining_ms: int | None
    paused_reason: str
    seats: tuple[SeatStanding, ...]
    people: int
    here: int
    queue: Queue
    agreements: int
    on_the_table: int
    tracks: tuple[Track, ...]
    acted_ms: int
    report_url: str | UnsetType = UNSET


class ExerciseStanding(Struct, frozen=True, kw_only=True):
    """An exercise and its sections. `as_drawn`: the treatments are those the recorded seed gives, drawn once more."""

    id: str
    title: str
    scenario: str
    preset: str
    created_ms: int
    locked_ms: int | None
    seed: str
    dice: str
    treatments: tuple[Treatment, ...]
    as_drawn: bool
    at_ms: int
    sections: tuple[SectionStanding, ...]


class ExerciseLine(Struct, frozen=True):
    """A line of the list of exercises. `running` counts sections that run now, `ended` those that are over."""

    id: str
    title: str
    created_ms: int
    sections: int
    running: int
    ended: int


def exercise_standing(exercise: Exercise, *, base_url: str, now_ms: int) -> ExerciseStanding:
    """Return how every section stands at this moment."""
    plan = plan_of(exercise.plan)
    sections = list(Section.objects.filter(exercise=exercise).order_by("number").select_related("game"))
    drawn = allocate(exercise.seed, [one.id for one in plan.treatments], len(sections))
    return ExerciseStanding(
        id=exercise.id, title=exercise.title, scenario=exercise.scenario, preset=exercise.preset,
        created_ms=exercise.created_ms, locked_ms=exercise_locked_ms(exercise), seed=exercise.seed, dice=plan.dice,
        treatments=plan.treatments, as_drawn=[one.treatment for one in sections] == list(drawn), at_ms=now_ms,
        sections=tuple(_standing(section, base_url=base_url, now_ms=now_ms) for section in sections),
    )  # fmt: skip


def exercise_list(*, limit: int = 50) -> list[ExerciseLine]:
    """Return the newest exercises."""
    found = Exercise.objects.order_by("-created_ms")[:limit].prefetch_related("section_set__game")
    return [
        ExerciseLine(one.id, one.title, one.created_ms, len(games), games.count("running"), games.count("ended"))
        for one in found
        for games in ([section.game.status for section in one.section_set.all()],)
    ]


def _standing(section: Section, *, base_url: str, now_ms: int) -> SectionStanding:
    game = section.game
    state, case = cache.state_at_head(game), case_of(game.scenario, game.scenario_hash)
    links, timer = game_links(game, base_url=base_url), state.timers.get(PHASE)
    members = Membership.objects.filter(game_id=game.id, removed=False).exclude(role="control")
    seen = dict(members.values_list("person", "last_seen_ms"))
    here = {person for person, at_ms in seen.items() if now_ms - at_ms <= HERE_MS}
    return SectionStanding(
        number=section.number, name=section.name, treatment=section.treatment, game=game.id, title=state.title,
        code=game.code, control_url=links.control_url, join_url=links.join_url, wall_url=links.wall_url,
        status=game.status, turn=state.turn, turns=state.last_turn, turn_name=state.turn_name, phase=state.phase,
        phase_label=now.label if (now := state.now_phase) else "",
        phases=tuple(phase.id for phase in state.phases), ends_at_ms=timer.due_at_ms if timer else None,
        remaining_ms=timer.remaining_ms if timer else None, paused_reason=state.paused_reason,
        seats=tuple(_seat(case, state, seat, here) for seat in state.seats.values()), people=len(seen), here=len(here),
        queue=_queue(state), agreements=sum(text.status in IN_FORCE for text in engine.agreements(state.world)),
        on_the_table=sum(offer.status == "tabled" for offer in state.offers.values()),
        tracks=_tracks(game, case, state), acted_ms=game.at_ms,
        report_url=f"{base_url}/r/{game.id}" if game.status == "ended" else UNSET,
    )  # fmt: skip


def _seat(case: Scenario, state: State, seat: Seat, here: set[str]) -> SeatStanding:
    declared = case.seat[seat.id]
    team = next(team for team in case.teams if team.id == seat.team)
    sheet = state.sheets.get(seat.id)
    held = "person" if seat.members else "bot" if seat.policy is not None else "open" if seat.open else "vacant"
    return SeatStanding(
        id=seat.id, label=seat.label, short=declared.short or seat.label, pair=team.pair,
        glyph=declared.glyph or team.glyph, held=held, people=len(seat.members),
        on=any(person in here for person in seat.members), drafts=len(sheet.orders) if sheet else 0,
        submitted=sheet.submitted if sheet else False, ready=seat.ready, load=waiting(state, seat.id).total,
    )  # fmt: skip


def _queue(state: State) -> Queue:
    return Queue(
        rulings=int(state.proposal is not None),
        appeals=len(state.appeals),
        free_moves=sum(not one.admitted for one in state.free_moves.values()),
        requests=sum(one.to == CONTROL for one in state.taskings.values()),
        texts=sum(bool(offer.gate) for offer in state.offers.values()),
    )


def _tracks(game: Game, case: Scenario, state: State) -> tuple[Track, ...]:
    turns = range(state.first_turn, state.turn + 1)
    shown = [variable for variable in case.variables if variable.headline][:TRACKS]
    keys = [f"{variable.id}@{turn}" for variable in shown for turn in turns]
    rows = values_by_key(game.id, view=CONTROL, kind="reading", keys=keys)
    known = {key: msgspec.json.decode(value, type=_Read).value for key, value in rows.items()}
    return tuple(
        Track(
            variable.id, variable.label, variable.min or 0.0, 100.0 if variable.max is None else variable.max,
            tuple(known.get(f"{variable.id}@{turn}") for turn in turns),
        )
        for variable in shown
    )  # fmt: skip


class _Read(Struct):
    value: float | None = None
