"""A long game to talk in, made of real commands, and how fast its rooms open, page, search and take a reading mark."""

import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from msgspec import Struct

from adjudication.scenario.schema import Scenario
from wargame.bots.theatre import CONTROL, stage, throwaway_store
from wargame.clock import utc_ms
from wargame.game.commands import GameCreate
from wargame.play.access import new_token
from wargame.play.answers import Accepted, ActorRef
from wargame.play.handle import handle
from wargame.play.people import Joined, join, join_and_sit
from wargame.server import environment
from wargame.server.environment import Mode
from wargame.store.cases import DEFAULT_CASE, case_now
from wargame.store.feed import room_page, view_now
from wargame.store.search import Asked, search, words_of

MESSAGES = 5_000
RARE = "heliotrope"
"""A word said once, near the beginning: looking for it reads the whole game."""
REPEATS = 15


class LongGame(Struct, frozen=True):
    """A game full of talk: its people by seat, the room most was said in, and how many messages there are."""

    game: str
    people: dict[str, Joined]
    control: Joined
    room: str
    messages: int


class TalkSpeed(Struct, frozen=True):
    """Milliseconds at the server, the middle of `REPEATS`, in a game of `messages` messages."""

    database: str
    messages: int
    first_load_ms: float
    open_room_ms: float
    far_page_ms: float
    search_common_ms: float
    search_rare_ms: float
    search_nothing_ms: float
    mark_read_ms: float


def long_game(*, messages: int = MESSAGES, game_id: str, case: Scenario, now_ms: int) -> LongGame:
    """Create a game with a person in every seat and let them talk: half in one room of two, the rest all over."""
    phases: dict[str, int | None] = {phase.id: None for phase in case.phases}
    order = GameCreate(
        title="A long game", scenario=case.meta.id, preset=case.presets[0].id, seed="talk", style="rigid",
        open_seats=tuple(seat.id for seat in case.seats), phase_ms=phases,
    )  # fmt: skip
    staged = stage(order, game_id=game_id)
    staged.clock.now_ms = now_ms - messages * 1_000 - 60_000
    people = {
        seat.id: _seated(staged.game, seat.id, seat.label, staged.clock.tick()) for seat in case.seats
    }  # fmt: skip
    staged.order("game.start", {"force": True}, slug="start")
    sides = list(dict.fromkeys(seat.side for seat in case.seats))
    pair = tuple(sorted(case.principals[side] for side in sides if side in case.principals))[:2]
    _do(staged.game, people[pair[0]], "room.open", {"room": "x", "seats": [pair[1]]}, staged.clock.tick())
    main = f"talk:{'.'.join(pair)}"
    others = [room.id for room in staged.state.rooms.values() if room.kind == "team"] + ["press"]
    words = _sentences(case)
    members = {room.id: room.seats or tuple(people) for room in staged.state.rooms.values()}
    for number in range(messages):
        room = main if number % 2 == 0 else others[number // 2 % len(others)]
        seat = members[room][number // 3 % len(members[room])]
        text = f"{next(words)} {RARE}" if number == messages // 100 else next(words)
        said = {"message": "m", "room": room, "text": text}
        _do(staged.game, people[seat], "message.post", said, staged.clock.tick())
    control = join(
        staged.game, display=CONTROL, role="control", person=staged.control, now_ms=staged.clock.tick()
    )  # fmt: skip
    assert isinstance(control, Joined), control
    return LongGame(staged.game, people, control, main, messages)


def talk_speed(name: str, *, messages: int = MESSAGES, database_url: str | None = None) -> TalkSpeed:
    """Make a long game in a store of its own and measure what a page asks of the server."""
    postgresql = environment.database({"DATABASE_URL": database_url}, Mode.EMBEDDED, Path()) if database_url else None
    with throwaway_store(database=postgresql):
        case = case_now(DEFAULT_CASE)
        assert case is not None, "the shipped case loads"
        made = long_game(messages=messages, game_id="long-game", case=case, now_ms=utc_ms())
        game, (seat, other) = made.game, made.room.removeprefix("talk:").split(".")
        view, last = f"seat:{seat}", (messages + 1) // 2

        def find(query: str) -> Callable[[], object]:
            return lambda: search(game, view=view, asked=Asked(words=words_of(query)))

        assert len(search(game, view=view, asked=Asked(words=(RARE,))).rows) == 1, "the rare word is found"
        return TalkSpeed(
            database=name, messages=messages, first_load_ms=_middle(lambda: view_now(game, view=view)),
            open_room_ms=_middle(lambda: room_page(game, view=view, room=made.room, upto=last, limit=60)),
            far_page_ms=_middle(lambda: room_page(game, view=view, room=made.room, upto=100, limit=60)),
            search_common_ms=_middle(find("the")), search_rare_ms=_middle(find(RARE)),
            search_nothing_ms=_middle(find("nobody-ever-said-this")), mark_read_ms=_marks(made, seat, other, last),
        )  # fmt: skip


def _seated(game: str, seat: str, label: str, now_ms: int) -> Joined:
    joined = join_and_sit(game, seat=seat, display=label, person=f"p-{seat}", token=new_token(), now_ms=now_ms)
    assert isinstance(joined, Joined), joined
    return joined


def _do(game: str, who: Joined, name: str, args: dict[str, Any], now_ms: int) -> None:
    answer = handle(
        game, actor=ActorRef.of_person(who.person), command_id=f"talk-{now_ms}", name=name, args=args, now_ms=now_ms
    )  # fmt: skip
    assert isinstance(answer, Accepted), answer


def _sentences(case: Scenario) -> "cycle[str]":
    """Return sentences to say for ever: those of the case itself, of every length it has."""
    texts = [text for move in case.moves for text in (move.text.help, move.text.effects)]
    return cycle(islice((text for text in texts if text.strip()), 400))


def _marks(made: LongGame, reader: str, writer: str, last: int) -> float:
    """Return the middle time of marking one more message as read: a command with its transaction."""
    times = []
    for upto in range(last + 1, last + 1 + REPEATS):
        said = {"message": "m", "room": made.room, "text": "One more."}
        now = utc_ms() + 2 * upto  # commands are named by their moment
        _do(made.game, made.people[writer], "message.post", said, now)
        begun = time.perf_counter()
        _do(made.game, made.people[reader], "room.read", {"room": made.room, "upto": upto}, now + 1)
        times.append((time.perf_counter() - begun) * 1000)
    return round(sorted(times)[REPEATS // 2], 2)


def _middle(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return round(sorted(times)[REPEATS // 2], 2)
