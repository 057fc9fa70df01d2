"""Random games with rewinds in them: whatever was played, the state and every view are as they were at the moment.

A walk is seeded. It marks moments as it goes, goes back to random ones, also to such as an earlier rewind had left,
and plays on from there.
"""

import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from msgspec.structs import asdict, replace

from tests.support.builders import CONTROL, SEATS, SYSTEM, Game, a_game, bot, player
from wargame.game import commands as c
from wargame.game.branches import way_here
from wargame.game.events import Actor, GameRewound
from wargame.game.evolve import fold
from wargame.game.evolve.rewind import KEPT as KEPT_OF_STATE
from wargame.game.evolve.rewind import KEPT_OF_SEAT
from wargame.game.legal import legal
from wargame.game.snapshot import snapshot
from wargame.game.state import State
from wargame.game.timers import timers
from wargame.game.views import views
from wargame.game.visibility import KEPT, disclose
from wargame.store.retold import Feeds

STEPS = 130
NOT_HERE = (c.GameEnd, c.GamePause, c.GameRewind, c.PersonRemove, c.ScreensLock)
ACTORS = (CONTROL, CONTROL, bot("jpn"), *map(player, SEATS[:6]))
Picture = dict[str, dict[tuple[str, str], Any]]


def picture(game: Game) -> Picture:
    """Return what each view holds of all that a rewind brings back."""
    held: Picture = {view: {} for view in views(game.state)}
    for row in game.told:
        if row.kind not in KEPT:
            held[row.view][row.kind, row.key] = row.value
    return {view: {key: value for key, value in rows.items() if value is not None} for view, rows in held.items()}


def without_clocks(shown: Picture) -> Picture:
    """Leave out when an entry of the list goes out: its clock runs in the picture and stands after a rewind."""

    def still(kind: str, value: Any) -> Any:
        return replace(value, due_at_ms=None, left_ms=None) if kind == "msel" else value

    return {view: {key: still(key[0], value) for key, value in rows.items()} for view, rows in shown.items()}


def played(state: State) -> dict[str, Any]:
    """Return the part of a state that a rewind brings back."""
    parts = asdict(state)
    for name in (*KEPT_OF_STATE, "rewinds", "status", "paused_reason", "paused_at_ms", "phase_began_ms", "timers"):
        del parts[name]
    parts["seats"] = {
        seat.id: {name: value for name, value in asdict(seat).items() if name not in (*KEPT_OF_SEAT, "ready")}
        for seat in state.seats.values()
    }
    return parts


def left(state: State, now_ms: int) -> dict[str, int | None]:
    """Return what every clock that stands or runs has left."""
    return {
        key: remaining if due is None else max(0, due - now_ms)
        for key, (_, due, remaining) in timers(state).items()
        if (due, remaining) != (None, None)
    }


class Marked(msgspec.Struct):
    """A moment as it was when it was marked."""

    parts: dict[str, Any]
    shown: Picture
    left: dict[str, int | None]
    passed: int


def marked_now(game: Game) -> Marked:
    """Return the moment as it is: what was played, shown, what clocks have left and how long the phase has run."""
    until = game.now if game.state.paused_at_ms is None else game.state.paused_at_ms
    clocks = left(game.state, game.now)
    return Marked(played(game.state), picture(game), clocks, until - game.state.phase_began_ms)


def step(game: Game, pick: random.Random, *, actors: Sequence[Actor] = ACTORS) -> None:
    """Let somebody do something, and time pass."""
    if game.state.status == "paused":
        game.do(CONTROL, c.GameResume())
    actor = pick.choice(actors)
    options = [one for one in legal(game.state, actor, game.scenario) if not isinstance(one, NOT_HERE)]
    if options:
        kind = pick.choice(sorted({type(one).__name__ for one in options}))
        game.do(actor, pick.choice([one for one in options if type(one).__name__ == kind]))
    game.later(pick.randint(0, 90_000))
    for key, (generation, due, _) in timers(game.state).items():
        if due is not None and due <= game.now:
            game.do(SYSTEM, c.TimerFire(key=key, generation=generation))


@pytest.fixture(scope="module", params=[1, 2, 3])
def walked(request: pytest.FixtureRequest) -> tuple[Game, int]:
    """Play a random game; every rewind is compared where it happens. Return it with the number of rewinds."""
    pick = random.Random(request.param)
    game = a_game(seed=f"rewind-{request.param}", style=pick.choice(["rigid", "semi_rigid"]), bots={"jpn": "dove"})
    game.with_seats(*SEATS[:6]).started()
    moments: dict[str, Marked] = {}
    rewinds = 0
    for number in range(STEPS):
        step(game, pick)
        if game.state.status in ("running", "paused") and number % 9 == 0:
            game.do(CONTROL, c.CheckpointMake(label=f"Moment {number}"))
            moments[game.state.checkpoints[-1]] = marked_now(game)
        if number % 26 == 25:
            rewinds += 1
            _back(game, pick.choice(sorted(moments)), moments)
    return game, rewinds


def _back(game: Game, checkpoint: str, moments: dict[str, Marked]) -> None:
    left_behind = marked_now(game)
    people, before = game.state.people, timers(game.state)
    game.do(CONTROL, c.GameRewind(checkpoint=checkpoint, reason="Once more from there."))
    marked = moments[checkpoint]
    assert played(game.state) == marked.parts
    assert without_clocks(picture(game)) == without_clocks(marked.shown)
    assert left(game.state, game.now) == marked.left
    assert marked_now(game).passed == marked.passed
    assert game.state.people == people
    assert game.state.status == "paused"
    for key, (generation, _, _) in before.items():
        assert timers(game.state)[key][0] > generation
        assert game.try_(SYSTEM, c.TimerFire(key=key, generation=generation)) == ()
    rewound = game.last[-1].payload
    assert isinstance(rewound, GameRewound)
    moments[rewound.before] = left_behind


def test_the_state_and_every_view_are_as_they_were_and_the_log_folds_to_the_same(walked: tuple[Game, int]) -> None:
    game, rewinds = walked
    assert rewinds >= 4
    assert fold(game.log) == game.state
    assert game.state.rewinds == rewinds


def test_the_feeds_made_again_from_the_log_end_in_the_same_pictures(walked: tuple[Game, int]) -> None:
    game, _ = walked
    feeds, state = Feeds(), State()
    for recorded in game.log:
        if isinstance(recorded.payload, GameRewound):
            assert recorded.payload.state.encode() == snapshot(fold(game.log[: recorded.payload.to_seq]))
            feeds.rewind(recorded.seq, to_seq=recorded.payload.to_seq)
        after = fold([recorded], start=state)
        for one in disclose(recorded, state, after, game.scenario):
            value = msgspec.json.encode(one.value, order="deterministic")
            feeds.tell(recorded.seq, one.view, one.kind, one.key, value)
        state = after
    held: dict[str, dict[tuple[str, str], bytes]] = {view: {} for view in views(game.state)}
    for view, lines in feeds.lines.items():
        for line in lines:
            held[view][line.kind, line.key] = line.value
    for view, rows in picture(game).items():
        again = {key: value for key, value in held[view].items() if value != b"null" and key[0] not in KEPT}
        assert again == {key: msgspec.json.encode(value, order="deterministic") for key, value in rows.items()}


def test_what_was_taken_back_is_not_on_the_way_to_where_the_game_stands(walked: tuple[Game, int]) -> None:
    game, rewinds = walked
    way = way_here(game.log)
    assert len(way) < len(game.log)
    assert way[-1].seq == len(game.log)
    assert [one.seq for one in way] == sorted({one.seq for one in way})
    assert sum(isinstance(one.payload, GameRewound) for one in way) <= rewinds
