"""Letting people in: a person, a token for them, and their place in the log, in one transaction."""

import secrets

from msgspec import Struct

from wargame.game.assign import How
from wargame.game.commands import Invitation, PeopleInvite, PersonJoin, SeatsAssign, SeatTake
from wargame.play.access import new_token, token_hash
from wargame.play.answers import Accepted, ActorRef, Refused
from wargame.play.gate import writing
from wargame.play.handle import handle_locked, names_of
from wargame.store.models import Game, Membership
from wargame.store.rows import lock_game


class Joined(Struct, frozen=True):
    """Somebody who is in. The token is told once and kept as a hash."""

    game: str
    person: str
    token: str


def new_person() -> str:
    """Return an id for somebody new; it says nothing about when they came."""
    return f"p{secrets.token_hex(5)}"


def join(
    game_id: str, *, display: str, role: str, now_ms: int, person: str | None = None, token: str | None = None
) -> Joined | Refused:
    """Let a person in under a name. A given `person` who is in already only gets the token."""
    with writing():
        game = lock_game(game_id)
        if game is None:
            return Refused("access.not_found")
        return join_locked(game, display=display, role=role, now_ms=now_ms, person=person, token=token)


def join_locked(
    game: Game, *, display: str, role: str, now_ms: int, person: str | None = None, token: str | None = None
) -> Joined | Refused:
    """Do the same for a caller that holds the game's row."""
    person, token = person or new_person(), token or new_token()
    if not Membership.objects.filter(game_id=game.id, person=person).exists():
        answer = handle_locked(
            game, actor=ActorRef.of_system(), command_id=f"join:{person}", now_ms=now_ms,
            command=PersonJoin(person=person, display=display, role=role),  # type: ignore[arg-type]
        )  # fmt: skip
        if isinstance(answer, Refused):
            return answer
    Membership.objects.filter(game_id=game.id, person=person).update(token_hash=token_hash(token))
    return Joined(game.id, person, token)


def admit(game_id: str, *, person: str, token: str) -> Joined | Refused:
    """Let somebody in by a link that was checked: from now on its token is theirs. A removed person is told so."""
    row = Membership.objects.filter(game_id=game_id, person=person).first()
    if row is None:
        return Refused("access.not_found")
    if row.removed:
        return Refused("access.removed")
    if row.token_hash != token_hash(token):
        Membership.objects.filter(pk=row.pk, link=row.link).update(token_hash=token_hash(token))
    return Joined(game_id, person, token)


def invite_people(
    game_id: str, *, actor: ActorRef, command_id: str, people: tuple[Invitation, ...], emails: tuple[str, ...],
    now_ms: int, assign: How | None = None,
) -> Accepted | Refused:  # fmt: skip
    """Let people in by name and seat those who wait if `assign` says how: everything or, refused, nothing.

    `emails`: where each can be written to ("": unknown); they are kept beside the game and never in it.
    """
    try:
        with writing():
            game = lock_game(game_id)
            if game is None:
                return Refused("access.not_found")
            return _invite_locked(
                game, actor=actor, command_id=command_id, people=people, emails=emails, now_ms=now_ms, assign=assign
            )
    except _Undo as undone:
        return undone.why


class _Undo(Exception):
    """Roll the transaction back: a list that cannot be let in whole is not let in."""

    def __init__(self, why: Refused) -> None:
        self.why = why


def _invite_locked(
    game: Game, *, actor: ActorRef, command_id: str, people: tuple[Invitation, ...], emails: tuple[str, ...],
    now_ms: int, assign: How | None,
) -> Accepted | Refused:  # fmt: skip
    answer: Accepted | Refused = Accepted(game.head, 0)
    if people:
        answer = handle_locked(
            game, actor=actor, command_id=command_id, command=PeopleInvite(people=people), now_ms=now_ms
        )
        if isinstance(answer, Refused):
            return answer
        name = names_of(game.id, command_id)
        for number, email in enumerate(emails):
            if email:
                Membership.objects.filter(game_id=game.id, person=name(f"person:{number}")).update(email=email)
    if assign:
        seated = handle_locked(
            game, actor=actor, command_id=f"{command_id}:seats", command=SeatsAssign(how=assign), now_ms=now_ms
        )
        if isinstance(seated, Refused) and seated.code not in ("person.none_waiting", "seat.none_free"):
            raise _Undo(seated)
    return answer


def join_and_sit(
    game_id: str, *, seat: str, display: str, person: str, token: str, now_ms: int
) -> Joined | Refused:  # fmt: skip
    """Let a person in and into a seat, both or neither being needed again when they come back."""
    joined = join(game_id, display=display, role="player", now_ms=now_ms, person=person, token=token)
    if isinstance(joined, Refused):
        return joined
    row = Membership.objects.get(game_id=game_id, person=person)
    if row.removed:
        return Refused("access.removed")
    if row.seat == seat:
        return joined
    with writing():
        game = lock_game(game_id)
        if game is None:
            return Refused("access.not_found")
        answer = handle_locked(
            game, actor=ActorRef.of_person(person), command_id=f"sit:{secrets.token_hex(6)}",
            command=SeatTake(seat=seat), now_ms=now_ms,
        )  # fmt: skip
    return joined if isinstance(answer, Accepted) else answer
