"""Rosters: a list of people from a sheet, checked against the case and the game, and let in by one command.

Owns what the columns mean (docs/rosters.md lists them) and what is wrong with a row, by cell. Reading files is
`sheets`'s matter, letting people in the rules'. E-mail addresses stay beside the game: they enter no log and no view.
"""

import re
from collections.abc import Iterable, Sequence
from typing import get_args

from msgspec import Struct

from adjudication.scenario import Scenario
from wargame.control.sheets import Cell, Fault, Format, Table, read_table, write_csv, write_xlsx
from wargame.game.assign import How
from wargame.game.commands import Invitation
from wargame.game.decide.rights import ALL_RIGHTS, rights_of
from wargame.game.events import PersonRole, Right
from wargame.game.names import plain_name
from wargame.game.state import DELEGATION, State
from wargame.lobby.services import personal_link
from wargame.play import cache
from wargame.play.answers import ActorRef, Refused
from wargame.play.people import invite_people
from wargame.store.cases import case_of
from wargame.store.models import Game, Membership

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "person", "player", "participant", "student", "display name"),
    "email": ("email", "e-mail", "mail", "e-mail address", "email address"),
    "role": ("role", "type"),
    "rights": ("rights", "permissions"),
    "seat": ("seat", "position", "country role", "assignment"),
    "wishes": ("wishes", "preferences", "preference", "seat wishes"),
    "section": ("section", "group", "class"),
    "team": ("team", "side", "delegation"),
}
"""Column -> the headings it is known by, in lower case; the first is the one that is written."""

ROLES: dict[str, PersonRole] = {
    "": "player", "player": "player", "student": "player", "facilitator": "control", "control": "control",
    "instructor": "control", "observer": "observer", "guest": "guest",
}  # fmt: skip
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LISTED = re.compile(r"[,;/\n]|\s>\s")


class RosterRow(Struct, frozen=True, kw_only=True):
    """A person as a sheet has them; seats, teams and rights as they were written.

    `at`: the cell of the name; `cells`: column -> cell, of what else is written.
    """

    display: str
    email: str = ""
    role: PersonRole = "player"
    rights: tuple[Right, ...] = ()
    seat: str = ""
    wishes: tuple[str, ...] = ()
    section: str = ""
    team: str = ""
    at: str = ""
    cells: dict[str, str] = {}


class Sheet(Struct, frozen=True):
    """What a file holds: people, what is wrong with it, and the columns nothing is made of."""

    rows: tuple[RosterRow, ...]
    faults: tuple[Fault, ...] = ()
    ignored: tuple[str, ...] = ()


class Planned(Struct, frozen=True, kw_only=True):
    """What an import would do with a row. `known`: this person is in the game already and stays as they are."""

    at: str
    display: str
    email: str
    role: PersonRole
    rights: tuple[Right, ...]
    seat: str | None
    wishes: tuple[str, ...]
    section: str
    known: bool


class Plan(Struct, frozen=True):
    """What an import would do. Nothing is imported while there are faults."""

    people: tuple[Planned, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...]


class Invited(Struct, frozen=True):
    """Somebody who was let in, with the link they come by."""

    name: str
    email: str
    person: str
    seat: str | None
    link: str


# --- reading --------------------------------------------------------------------------------------
def read_roster(raw: bytes, *, kind: Format) -> Sheet:
    """Return the people of a sheet. Whatever is wrong is among its faults, by cell; nothing is raised."""
    return roster_of(read_table(raw, kind=kind))


def roster_of(table: Table) -> Sheet:
    """Return the people of a table: columns are found by their headings, in any order."""
    faults = list(table.faults)
    if not table.heading:
        return Sheet((), tuple(faults))
    places: dict[str, int] = {}
    ignored: list[str] = []
    for number, cell in sorted(table.heading.items()):
        name = next((name for name, known in COLUMNS.items() if cell.text.strip().lower() in known), None)
        if name is None:
            ignored.append(cell.text.strip())
        elif name in places:
            faults.append(Fault(cell.address, f"There are two columns for {name}. Keep one."))
        else:
            places[name] = number
    if "name" not in places:
        known = ", ".join(COLUMNS["name"])
        faults.append(Fault("A1", f"No column holds the names. Head one of them: {known}."))
        return Sheet((), tuple(faults), tuple(ignored))
    rows = tuple(row for cells in table.rows if (row := _row(cells, places, faults)) is not None)
    return Sheet(rows, tuple(faults), tuple(ignored))


def _row(cells: dict[int, Cell], places: dict[str, int], faults: list[Fault]) -> RosterRow | None:
    found = {name: cells[number] for name, number in places.items() if number in cells}
    if not found:
        return None
    name = plain_name(found["name"].text) if "name" in found else ""
    first = next(iter(cells.values())).address
    at = found["name"].address if "name" in found else first
    if not 1 <= len(name) <= 60:
        faults.append(Fault(at, "A name has 1 to 60 characters. Write it here."))
        return None

    def text(column: str) -> str:
        return found[column].text.strip() if column in found else ""

    role = ROLES.get(text("role").lower())
    if role is None:
        faults.append(Fault(found["role"].address, f"{text('role')} is no role. Write one of: {', '.join(_roles())}."))
    rights = _rights(found.get("rights"), faults)
    return RosterRow(
        display=name, email=text("email"), role=role or "player", rights=rights, seat=text("seat"),
        wishes=tuple(_listed(text("wishes"))), section=text("section"), team=text("team"), at=at,
        cells={name: cell.address for name, cell in found.items()},
    )  # fmt: skip


def _roles() -> tuple[str, ...]:
    return tuple(word for word in ROLES if word)


def _listed(text: str) -> list[str]:
    return [word for part in _LISTED.split(text) if (word := part.strip())]


def _rights(cell: Cell | None, faults: list[Fault]) -> tuple[Right, ...]:
    known: tuple[Right, ...] = get_args(Right)
    asked = [] if cell is None else [word.lower() for word in _listed(cell.text)]
    if cell is None or "all" in asked:
        return ()
    wrong = [word for word in asked if word not in known]
    if wrong:
        faults.append(Fault(cell.address, f"{wrong[0]} is no right. Write some of: {', '.join(known)}, or all."))
    return tuple(right for right in known if right in asked)


# --- planning -------------------------------------------------------------------------------------
def plan(sheet: Sheet, state: State, case: Scenario, *, own: frozenset[Right]) -> Plan:
    """Return what letting these people into a game would do, and what is wrong, by cell. Changes nothing.

    `own`: the rights of the facilitator who asks; nobody invites a facilitator with a right they lack themselves.
    """
    faults = list(sheet.faults)
    here = {person.display.casefold() for person in state.people.values() if not person.removed}
    room = {seat.id: DELEGATION - len(seat.members) for seat in state.seats.values()}
    named: dict[str, str] = {}
    people: list[Planned] = []
    for row in sheet.rows:
        name = row.display.casefold()
        if name in named:
            faults.append(Fault(row.at, f"{row.display} stands at {named[name]} already. Tell the two apart."))
            continue
        named[name] = row.at
        seat = _seat_of(row.seat, case, row, faults, column="seat")
        wishes = [_seat_of(wish, case, row, faults, column="wishes") for wish in row.wishes[:3]]
        known = name in here
        _check(row, seat, own, faults)
        if seat is not None and not known:
            room[seat] -= 1
            if room[seat] < 0:
                full = f"The seat {_label(case, seat)} holds {DELEGATION}. Choose another."
                faults.append(Fault(_at(row, "seat"), full))
        people.append(
            Planned(
                at=row.at, display=row.display, email=row.email, role=row.role, rights=row.rights, seat=seat,
                wishes=tuple(dict.fromkeys(w for w in wishes if w is not None)), section=row.section, known=known,
            )
        )  # fmt: skip
    return Plan(tuple(people), tuple(faults), sheet.ignored)


def _check(row: RosterRow, seat: str | None, own: frozenset[Right], faults: list[Fault]) -> None:
    if row.email and not (_EMAIL.fullmatch(row.email) and len(row.email) <= 254):
        faults.append(Fault(_at(row, "email"), f"{row.email} is no e-mail address. Mend it, or leave it out."))
    if row.role != "player" and (seat is not None or row.wishes):
        where = _at(row, "seat" if row.seat else "wishes")
        faults.append(Fault(where, f"{row.display} comes as {row.role}: only players have seats. Take the seat out."))
    if row.role != "control" and row.rights:
        faults.append(Fault(_at(row, "rights"), f"{row.display} comes as {row.role}: only facilitators have rights."))
    lacking = (set(row.rights or ALL_RIGHTS) - {"observe"} - own) if row.role == "control" else set()
    if lacking:
        said = f"You lack a right that {row.display} would have: {', '.join(sorted(lacking))}."
        faults.append(Fault(_at(row, "rights"), said))


def _at(row: RosterRow, column: str) -> str:
    return row.cells.get(column, row.at)


def _seat_of(word: str, case: Scenario, row: RosterRow, faults: list[Fault], *, column: str) -> str | None:
    """Return the seat a sheet means: by id, label, short label or office, however it is capitalised."""
    wanted = word.strip().casefold()
    if not wanted:
        return None
    for seat in case.seats:
        if wanted in {seat.id.casefold(), seat.label.casefold(), seat.short.casefold(), seat.office.casefold()} - {""}:
            return seat.id
    labels = ", ".join(seat.label for seat in case.seats)
    faults.append(Fault(_at(row, column), f"{row.display}: the case has no seat {word}. It has: {labels}."))
    return None


def _label(case: Scenario, seat: str) -> str:
    return case.seat[seat].label


# --- letting in -----------------------------------------------------------------------------------
def invite(
    game_id: str, rows: Sequence[RosterRow], *, by: ActorRef, command_id: str, now_ms: int, base_url: str,
    assign: How | None = None,
) -> tuple[Invited, ...] | Refused:  # fmt: skip
    """Let people into a game in one step, and seat those without a seat if `assign` says how.

    Refuses the whole list with `roster.faults` and the first fault. People the game knows by name stay as they are
    and are returned with the link they have, if it lends the sender no right. The same `command_id` again changes
    nothing and returns the same.
    """
    game = Game.objects.filter(pk=game_id).first()
    if game is None:
        return Refused("access.not_found")
    state, case = cache.state_at_head(game), case_of(game.scenario, game.scenario_hash)
    sender = state.people.get(by.person)
    own = frozenset(ALL_RIGHTS) if sender is None else rights_of(sender)
    planned = plan(Sheet(tuple(rows)), state, case, own=own)
    if planned.faults:
        first = planned.faults[0]
        return Refused("roster.faults", {"count": len(planned.faults), "cell": first.cell, "first": first.message})
    return invite_planned(
        game_id, planned.people, by=by, command_id=command_id, now_ms=now_ms, base_url=base_url, assign=assign
    )


def invite_planned(
    game_id: str, people: Iterable[Planned], *, by: ActorRef, command_id: str, now_ms: int, base_url: str,
    assign: How | None = None,
) -> tuple[Invited, ...] | Refused:  # fmt: skip
    """Do the same for a plan without faults."""
    wanted = tuple(people)
    fresh = [one for one in wanted if not one.known]
    if fresh or assign:
        done = invite_people(
            game_id, actor=by, command_id=command_id, now_ms=now_ms, assign=assign,
            people=tuple(
                Invitation(display=one.display, role=one.role, rights=one.rights, seat=one.seat, wishes=one.wishes)
                for one in fresh
            ),
            emails=tuple(one.email for one in fresh),
        )  # fmt: skip
        if isinstance(done, Refused):
            return done
    here = {row.display.casefold(): row for row in Membership.objects.filter(game_id=game_id, removed=False)}
    rows = [here[name] for one in wanted if (name := one.display.casefold()) in here]
    state = cache.state_at_head(Game.objects.get(pk=game_id))
    sender = state.people.get(by.person)
    own = frozenset(ALL_RIGHTS) if sender is None else rights_of(sender)
    return tuple(
        Invited(
            row.display, row.email, row.person, row.seat,
            "" if rights_of(state.people[row.person]) - own else _link(row, base_url),
        )
        for row in rows
    )  # fmt: skip


def _link(row: Membership, base_url: str) -> str:
    return personal_link(row.game_id, row.person, row.link, base_url=base_url) if row.link else ""


# --- the list of those who are in -----------------------------------------------------------------
class Member(Struct, frozen=True, kw_only=True):
    """Somebody of a game as Control's list has them. `seen_ms`: when they were last heard from, 0: never yet."""

    person: str
    display: str
    email: str
    role: str
    rights: tuple[Right, ...]
    seat: str | None
    wishes: tuple[str, ...]
    removed: bool
    link: str
    seen_ms: int


def members(game: Game, *, own: frozenset[Right], base_url: str) -> tuple[Member, ...]:
    """Return everybody a game knows, in the order they came, with the links that are good now.

    The link of a facilitator with a right that is not among `own`, the reader's, is left out: it would lend it.
    """
    state = cache.state_at_head(game)
    rows = {row.person: row for row in Membership.objects.filter(game_id=game.id)}
    return tuple(
        Member(
            person=person.id, display=person.display, email=rows[person.id].email, role=person.role,
            rights=person.rights, seat=person.seat, wishes=person.wishes, removed=person.removed,
            link="" if person.removed or rights_of(person) - own else _link(rows[person.id], base_url),
            seen_ms=rows[person.id].last_seen_ms,
        )
        for person in state.people.values() if person.id in rows
    )  # fmt: skip


def write_roster(game: Game, *, kind: Format, own: frozenset[Right], base_url: str) -> bytes:
    """Return the list as a sheet that can be read in again, with a column of personal links."""
    case = case_of(game.scenario, game.scenario_hash)
    words = {"control": "facilitator"}
    rows: list[Sequence[str]] = [("name", "email", "role", "rights", "seat", "wishes", "link")]
    rows += [
        (
            one.display, one.email, words.get(one.role, one.role), ", ".join(one.rights),
            _label(case, one.seat) if one.seat else "", "; ".join(_label(case, wish) for wish in one.wishes), one.link,
        )
        for one in members(game, own=own, base_url=base_url) if not one.removed
    ]  # fmt: skip
    return write_csv(rows) if kind == "csv" else write_xlsx(rows, title="Roster", widths=(24, 30, 12, 24, 24, 30, 60))
