"""The seat board: who is there, when they last did something, what lies before them, which rooms are hot.

Read only and for Control alone. Every number is counted from the state at the head and from a bounded number of rows,
so that asking every few seconds costs the same in a long game as in a short one. It changes nothing and rings nobody.
"""

import json
from collections.abc import Iterable, Mapping

from msgspec import Struct

from negotiation.cables import waiting_for
from negotiation.rooms import Room
from wargame.game.ids import CONTROL, seat_view
from wargame.game.state import Seat, State
from wargame.play import cache
from wargame.play.answers import ActorRef
from wargame.store.acts import last_acts
from wargame.store.feed import newest_keys
from wargame.store.models import Game, Membership

HERE_MS = 40_000
"""A person heard from within this time is on-line (the heartbeat's own expiry)."""
BEAT_MS = 60_000
BEATS = 12
"""A room's heat: messages in each of the last twelve minutes."""
COUNTED = 300
"""Newest messages of the game that are looked at; a game with more in twelve minutes is hot anyway."""


class Waiting(Struct, frozen=True):
    """What lies before a seat and waits for it, by kind; counts of things, never of words."""

    messages: int
    injects: int
    letters: int
    papers: int
    requests: int
    """Requests for information and taskings it owns and has not closed."""
    clearances: int
    """Papers of others that wait for its clearance."""
    consents: int
    offers: int
    """Texts on the table of which it has marked nothing since the newest version."""

    @property
    def total(self) -> int:
        """Return how many things there are in all: the seat's load."""
        return sum(getattr(self, name) for name in self.__struct_fields__)


class SeatOnBoard(Struct, frozen=True):
    """One seat. Times are wall clock in ms; None: never, or nobody can tell. `told`: things its view was ever told."""

    seat: str
    on: bool
    seen_ms: int | None
    acted_ms: int | None
    unread: int
    load: int
    waiting: Waiting
    drafts: int
    submitted: bool
    told: int


class RoomOnBoard(Struct, frozen=True):
    """A room and its heat: messages a minute over the last minutes, the oldest first; `at_ms`: its newest message."""

    room: str
    count: int
    at_ms: int | None
    beats: tuple[int, ...]


class Board(Struct, frozen=True):
    """What the endpoint answers. `told`: things Control's own view was ever told."""

    at_ms: int
    told: int
    seats: tuple[SeatOnBoard, ...]
    rooms: tuple[RoomOnBoard, ...]


def board(game: Game, *, now_ms: int) -> Board:
    """Return the board of a game at this moment."""
    state = cache.state_at_head(game)
    people = {member: seat.id for seat in state.seats.values() for member in seat.members}
    seen = dict(
        Membership.objects.filter(game_id=game.id, person__in=list(people)).values_list("person", "last_seen_ms")
    )
    actors = [*people, *(ActorRef.of_bot(seat).person for seat in state.seats)]
    acts = last_acts(game.id, actors)
    heads: dict[str, int] = json.loads(game.heads)
    rows = tuple(
        _seat_row(state, seat, seen=seen, acts=acts, heads=heads, now_ms=now_ms) for seat in state.seats.values()
    )
    return Board(now_ms, heads.get(CONTROL, 0), rows, tuple(_room_rows(game.id, state, now_ms=now_ms)))


def waiting(state: State, seat: str) -> Waiting:
    """Return what lies before a seat."""
    opened = frozenset(state.opened.get(seat, ()))

    def unopened(kind: str, ids: Iterable[str]) -> int:
        return sum(f"{kind}:{one}" not in opened for one in ids)

    return Waiting(
        messages=sum(_unread(state, room, seat) for room in state.rooms.values()),
        injects=unopened("inject", (one for one, to in state.injects.items() if seat in to)),
        letters=unopened("letter", state.delivered.get(seat, ())),
        papers=unopened("paper", (filed.id for filed in state.files.get(seat, ()) if filed.got)),
        requests=sum(task.to == seat for task in state.taskings.values()),
        clearances=sum(seat in waiting_for(paper.steps) for paper in state.papers.values()),
        consents=sum(one.to == seat and not one.answer for one in state.consents.values()),
        offers=sum(
            offer.status == "tabled" and seat in offer.parties and offer.proposer != seat and not offer.marks.get(seat)
            and seat not in (*offer.accepted, *offer.out)
            for offer in state.offers.values()
        ),
    )  # fmt: skip


def _seat_row(
    state: State, seat: Seat, *, seen: Mapping[str, int], acts: Mapping[str, int], heads: Mapping[str, int], now_ms: int
) -> SeatOnBoard:
    heard = max((seen.get(person, 0) for person in seat.members), default=0)
    bot = (ActorRef.of_bot(seat.id).person,) if seat.policy is not None else ()
    acted = max((acts.get(person, 0) for person in (*seat.members, *bot)), default=0)
    before, sheet = waiting(state, seat.id), state.sheets.get(seat.id)
    return SeatOnBoard(
        seat=seat.id, on=heard > 0 and now_ms - heard <= HERE_MS, seen_ms=heard or None, acted_ms=acted or None,
        unread=before.messages, load=before.total, waiting=before,
        drafts=len(sheet.orders) if sheet else 0, submitted=sheet.submitted if sheet else False,
        told=heads.get(seat_view(seat.id), 0),
    )  # fmt: skip


def _unread(state: State, room: Room, seat: str) -> int:
    if room.kind == "press" or seat not in room.seats:
        return 0
    return max(0, room.last - state.reads.get(room.id, {}).get(seat, 0))


def _room_rows(game_id: str, state: State, *, now_ms: int) -> Iterable[RoomOnBoard]:
    """Yield every room in which something was said, or which is open to talk in, with its heat."""
    said: dict[str, list[int]] = {}
    for key, at_ms in newest_keys(game_id, view=CONTROL, kind="message", limit=COUNTED):
        said.setdefault(key.rpartition(":")[0], []).append(at_ms)
    for room in state.rooms.values():
        times = said.get(room.id, [])
        beats = [0] * BEATS
        for at_ms in times:
            ago = (now_ms - at_ms) // BEAT_MS
            if 0 <= ago < BEATS:
                beats[BEATS - 1 - ago] += 1
        yield RoomOnBoard(room.id, room.last, max(times, default=None), tuple(beats))
