"""The list of a whole class: who comes into which section, by the list or by lot of the exercise's recorded seed.

Owns only the dealing. What a row means and letting somebody into a game are `roster`'s matter, section by section.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from wargame.control import roster
from wargame.control.allocation import deal
from wargame.control.models import Exercise, Section
from wargame.control.roster import RosterRow, Sheet
from wargame.control.sheets import Fault, Format, write_csv, write_xlsx
from wargame.game.assign import How
from wargame.game.decide.rights import ALL_RIGHTS
from wargame.game.events import PersonRole
from wargame.game.state import State
from wargame.play import cache
from wargame.play.answers import ActorRef, Refused
from wargame.play.create import CONTROL
from wargame.store.cases import case_of

EVERYWHERE = 0
"""In place of a section's number: facilitators and onlookers whom the list puts into none come into all."""


class Dealt(Struct, frozen=True, kw_only=True):
    """A row and where it leads. `by_lot`: the list named no section. `seat`: as it was written."""

    at: str
    display: str
    email: str
    role: PersonRole
    seat: str
    wishes: tuple[str, ...]
    section: int
    by_lot: bool
    known: bool


class ClassPlan(Struct, frozen=True):
    """What letting a class in would do. Nothing is done while there are faults."""

    people: tuple[Dealt, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...]


class Placed(Struct, frozen=True):
    """Somebody who was let in, into which section, and the link they come by."""

    section: int
    name: str
    email: str
    seat: str | None
    link: str


def class_plan(exercise: Exercise, sheet: Sheet) -> ClassPlan:
    """Return where everybody of a list would go, and what is wrong with it, by cell. Changes nothing."""
    sections = list(Section.objects.filter(exercise=exercise).order_by("number").select_related("game"))
    states = {one.number: cache.state_at_head(one.game) for one in sections}
    faults = list(sheet.faults)
    placed = [(row, _section_of(row, sections, states, faults)) for row in sheet.rows]
    waiting = [row.display for row, at in placed if at is None and row.role == "player"]
    sizes = {number: _players(state) for number, state in states.items()}
    for row, at in placed:
        if at and row.role == "player" and row.display.casefold() not in _names(states[at]):
            sizes[at] += 1
    lots = iter(deal(exercise.seed, waiting, sizes))
    dealt = [
        (row, at if at is not None else next(lots) if row.role == "player" else EVERYWHERE, at is None)
        for row, at in placed
    ]
    for section in sections:
        rows = tuple(row for row, at, _ in dealt if at in (section.number, EVERYWHERE))
        case = case_of(section.game.scenario, section.game.scenario_hash)
        checked = roster.plan(Sheet(rows), states[section.number], case, own=frozenset(ALL_RIGHTS))
        faults += [fault for fault in checked.faults if fault not in faults]
    inside = set[str]().union(*(_names(state) for state in states.values()))
    people = tuple(
        Dealt(
            at=row.at, display=row.display, email=row.email, role=row.role, seat=row.seat, wishes=row.wishes,
            section=at, by_lot=by_lot and at != EVERYWHERE, known=row.display.casefold() in inside,
        )
        for row, at, by_lot in dealt
    )  # fmt: skip
    return ClassPlan(people, tuple(faults), sheet.ignored)


def class_invite(
    exercise: Exercise, rows: Sequence[RosterRow], *, command_id: str, now_ms: int, base_url: str,
    assign: How | None = None,
) -> tuple[Placed, ...] | Refused:  # fmt: skip
    """Let a class in, section by section, and seat who has no seat if `assign` says how; refuses the whole list first.

    A retry with the same `command_id` lets nobody in twice: people a section knows by name keep their place.
    """
    planned = class_plan(exercise, Sheet(tuple(rows)))
    if planned.faults:
        first = planned.faults[0]
        return Refused("roster.faults", {"count": len(planned.faults), "cell": first.cell, "first": first.message})
    found: list[Placed] = []
    for section in Section.objects.filter(exercise=exercise).order_by("number"):
        places = [place for place, one in enumerate(planned.people) if one.section in (section.number, EVERYWHERE)]
        if not places:
            continue
        invited = roster.invite(
            section.game_id, [replace(rows[place], section="") for place in places], by=ActorRef.of_person(CONTROL),
            command_id=command_id, now_ms=now_ms, base_url=base_url, assign=assign,
        )  # fmt: skip
        if isinstance(invited, Refused):
            return invited
        found += [Placed(section.number, one.name, one.email, one.seat, one.link) for one in invited]
    return tuple(found)


def write_class(exercise: Exercise, *, kind: Format, base_url: str) -> bytes:
    """Return everybody of all sections as a sheet, with personal links; it can be read in again."""
    rows: list[Sequence[str]] = [("name", "email", "role", "section", "seat", "link")]
    for section in Section.objects.filter(exercise=exercise).order_by("number").select_related("game"):
        labels = {seat.id: seat.label for seat in cache.state_at_head(section.game).seats.values()}
        rows += [
            (one.display, one.email, "facilitator" if one.role == "control" else one.role, section.name,
             labels.get(one.seat or "", ""), one.link)
            for one in roster.members(section.game, own=frozenset(ALL_RIGHTS), base_url=base_url)
            if not one.removed and one.person != CONTROL
        ]  # fmt: skip
    return write_csv(rows) if kind == "csv" else write_xlsx(rows, title="Class", widths=(24, 30, 12, 18, 24, 60))


def _section_of(
    row: RosterRow, sections: Sequence[Section], states: dict[int, State], faults: list[Fault]
) -> int | None:
    """Return the section a row names or its person is in already; None where neither says."""
    wanted = row.section.strip().casefold()
    if wanted:
        for section in sections:
            if wanted in {section.name.casefold(), str(section.number)}:
                return section.number
        names = ", ".join(section.name for section in sections)
        faults.append(Fault(row.at, f"{row.display}: there is no section {row.section}. There are: {names}."))
    here = [number for number, state in states.items() if row.display.casefold() in _names(state)]
    return here[0] if len(here) == 1 else None


def _names(state: State) -> set[str]:
    return {person.display.casefold() for person in state.people.values() if not person.removed}


def _players(state: State) -> int:
    return sum(person.role == "player" and not person.removed for person in state.people.values())
