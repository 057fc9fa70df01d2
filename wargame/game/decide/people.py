"""Decide about people: invitations, links, names, the rights of facilitators, the rules of the entrance, the screens.

Nobody gives away a right they do not have, nor acts on a facilitator who has one they lack: else the right to
manage people would be every right.
"""

from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats
from wargame.game.decide.rights import ALL_RIGHTS, rights_of
from wargame.game.events import (
    ConsentChosen,
    EntranceSet,
    PersonJoined,
    PersonReadmitted,
    PersonRelinked,
    PersonRenamed,
    Right,
    RightsGiven,
    ScreensLocked,
    SeatNudged,
    SeatTaken,
)
from wargame.game.events.people import ConsentChoice
from wargame.game.names import plain_name
from wargame.game.rejections import Rejected, reject
from wargame.game.state import DELEGATION, PEOPLE, Person, State

LEAST_AWAY_MS = 30_000
"""A page that reconnects, and a phone that was put down, are back before that."""


def known(state: State, person: str) -> Person | None:
    """Return somebody who is in the game now."""
    found = state.people.get(person)
    return None if found is None or found.removed else found


def _own_rights(draft: Draft) -> frozenset[Right]:
    person = draft.state.people.get(draft.actor.person)
    return frozenset(ALL_RIGHTS) if draft.actor.kind == "system" or person is None else rights_of(person)


def check_above(draft: Draft, person: Person) -> Rejected | None:
    """Refuse to act on a facilitator who has a right the actor lacks."""
    lacking = rights_of(person) - _own_rights(draft)
    return reject("rights.not_yours", rights=tuple(sorted(lacking))) if lacking else None


# --- coming in --------------------------------------------------------------------------------
def people_invite(draft: Draft, command: c.PeopleInvite) -> Rejected | None:
    """Let people in by name, each with a personal link; one who cannot be let in stops all."""
    for number, invitation in enumerate(command.people):
        refused = check_invitation(draft.state, invitation, own=_own_rights(draft))
        if refused:
            return refused
        person = draft.ctx.ids(f"person:{number}")
        draft.emit(
            PersonJoined(
                person=person,
                display=plain_name(invitation.display),
                role=invitation.role,
                rights=_named(invitation.rights),
                wishes=invitation.wishes,
                link=1,
            )
        )
        if invitation.seat is not None:
            draft.emit(SeatTaken(seat=invitation.seat, person=person, by_control=True))
    return None


def check_invitation(state: State, invitation: c.Invitation, *, own: frozenset[Right]) -> Rejected | None:
    """Refuse an invitation that the game as it is has no place for."""
    if len(state.people) >= PEOPLE:
        return reject("person.too_many", limit=PEOPLE)
    if not plain_name(invitation.display):
        return reject("text.empty")
    if invitation.role != "control" and invitation.rights:
        return reject("rights.not_facilitator")
    asked = frozenset(invitation.rights or ALL_RIGHTS) if invitation.role == "control" else frozenset()
    lacking = asked - own - {"observe"}
    if lacking:
        return reject("rights.not_yours", rights=tuple(sorted(lacking)))
    seats = (*invitation.wishes, *([] if invitation.seat is None else [invitation.seat]))
    if seats and invitation.role != "player":
        return reject("person.not_player")
    refused = check_seats(state, seats)
    if refused:
        return refused
    if invitation.seat is not None and len(state.seats[invitation.seat].members) >= DELEGATION:
        return reject("seat.full")
    return None


def _named(rights: tuple[Right, ...]) -> tuple[Right, ...]:
    """Return rights in their order, each once; `observe` counts only by itself."""
    found: tuple[Right, ...] = tuple(right for right in ALL_RIGHTS if right in rights)
    return found or (("observe",) if rights else ())


def person_readmit(draft: Draft, command: c.PersonReadmit) -> Rejected | None:
    """Let somebody back in who was taken out; what they have seen is not forgotten."""
    person = draft.state.people.get(command.person)
    if person is None:
        return reject("person.unknown")
    if not person.removed:
        return reject("person.not_removed")
    refused = check_above(draft, person)
    if refused:
        return refused
    draft.emit(PersonReadmitted(person=person.id, link=person.link + 1))
    return None


def person_relink(draft: Draft, command: c.PersonRelink) -> Rejected | None:
    """Make a new personal link and void what came before."""
    person = known(draft.state, command.person)
    if person is None:
        return reject("person.unknown")
    if person.id == draft.actor.person:
        return reject("person.relink_you")
    refused = check_above(draft, person)
    if refused:
        return refused
    draft.emit(PersonRelinked(person=person.id, link=person.link + 1))
    return None


def person_rename(draft: Draft, command: c.PersonRename) -> Rejected | None:
    """Put a name right."""
    person, display = known(draft.state, command.person), plain_name(command.display)
    if person is None:
        return reject("person.unknown")
    refused = check_above(draft, person)
    if refused:
        return refused
    if not display:
        return reject("text.empty")
    if display == person.display:
        return reject("person.name_unchanged")
    draft.emit(PersonRenamed(person=person.id, display=display))
    return None


def rights_set(draft: Draft, command: c.RightsSet) -> Rejected | None:
    """Set what another facilitator may do. One's own rights are another's to change, so that somebody keeps them."""
    person = known(draft.state, command.person)
    if person is None:
        return reject("person.unknown")
    if person.role != "control":
        return reject("rights.not_facilitator")
    if person.id == draft.actor.person:
        return reject("rights.own")
    rights = _named(command.rights)
    lacking = (rights_of(person) ^ (frozenset(rights) - {"observe"})) - _own_rights(draft)
    if lacking:
        return reject("rights.not_yours", rights=tuple(sorted(lacking)))
    if frozenset(rights) - {"observe"} == rights_of(person):
        return reject("rights.unchanged")
    draft.emit(RightsGiven(person=person.id, rights=rights))
    return None


# --- consent to research ----------------------------------------------------------------------
LESS: tuple[ConsentChoice, ...] = ("words", "figures", "nothing")
"""What may be exported of a person, from most to least."""


def consent_choose(draft: Draft, command: c.ConsentChoose) -> Rejected | None:
    """Take a person's own word on what may be exported of them."""
    person = draft.state.people[draft.actor.person]
    if person.consent == command.choice:
        return reject("consent.same_choice")
    draft.emit(ConsentChosen(person=person.id, choice=command.choice))
    return None


def consent_narrow(draft: Draft, command: c.ConsentNarrow) -> Rejected | None:
    """Record that somebody, who may have left, allows less than they did; more only they can say themselves."""
    person = draft.state.people.get(command.person)
    if person is None:
        return reject("person.unknown")
    if LESS.index(command.choice) <= LESS.index(person.consent or "figures"):
        return reject("consent.only_less")
    draft.emit(ConsentChosen(person=person.id, choice=command.choice))
    return None


# --- the house --------------------------------------------------------------------------------
def lobby_set(draft: Draft, command: c.LobbySet) -> Rejected | None:
    """Set the rules of the entrance; what is left out stays."""
    now = draft.state.entrance
    if command.away_ms is not None and 0 < command.away_ms < LEAST_AWAY_MS:
        return reject("lobby.away_too_short", least=LEAST_AWAY_MS // 1000)
    fact = EntranceSet(
        seats_locked=now.seats_locked if command.seats_locked is None else command.seats_locked,
        guests=now.guests if command.guests is None else command.guests,
        away_ms=now.away_ms if command.away_ms is None else command.away_ms,
    )
    if (fact.seats_locked, fact.guests, fact.away_ms) == (now.seats_locked, now.guests, now.away_ms):
        return reject("lobby.unchanged")
    draft.emit(fact)
    return None


def seat_nudge(draft: Draft, command: c.SeatNudge) -> Rejected | None:
    """Say a word to one seat in private."""
    refused = check_seats(draft.state, (command.seat,))
    if refused:
        return refused
    if not draft.state.seats[command.seat].members:
        return reject("seat.nobody_there")
    if not command.text.strip():
        return reject("text.empty")
    draft.emit(SeatNudged(seat=command.seat, text=command.text.strip()))
    return None


def screens_lock(draft: Draft, command: c.ScreensLock) -> Rejected | None:
    """Lock the players' screens, or unlock them; a new word may be put on locked ones."""
    text = command.text.strip() if command.on else ""
    if draft.state.screens == (text if command.on else None):
        return reject("screens.unchanged")
    draft.emit(ScreensLocked(on=command.on, text=text))
    return None
