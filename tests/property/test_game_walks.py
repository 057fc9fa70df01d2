"""Random legal play: what is listed as legal is accepted, every fact folds, and folds agree however they are cut.

A walk is a seeded sequence of choices among `legal` commands by random actors, so that a failure is replayed by
its seed.
"""

import random

import pytest

from tests.support.builders import CONTROL, SEATS, START_MS, SYSTEM, Game, a_game, bot, player
from wargame.game import commands as c
from wargame.game.events import Actor, decode_payload, encode
from wargame.game.evolve import fold
from wargame.game.legal import legal
from wargame.game.snapshot import restore, snapshot
from wargame.game.state import State
from wargame.game.timers import timers
from wargame.game.views import views

STEPS = 250
RARE = (c.GameEnd, c.GameRewind, c.PersonRemove, c.SeatLeave, c.GamePause, c.ScreensLock)


def walk(seed: int, *, steps: int = STEPS, check: bool = False) -> Game:
    """Play a random legal game."""
    pick = random.Random(seed)
    game = a_game(seed=f"walk-{seed}", style=pick.choice(["rigid", "semi_rigid"]), bots={"jpn": "dove"})
    game.with_seats(*SEATS[:6]).joined("latecomer").started()
    for _ in range(steps):
        if game.state.status == "ended":
            break
        actor = pick.choice(
            [CONTROL, CONTROL, bot("jpn"), Actor(kind="person", person="latecomer"), *map(player, SEATS[:6])]
        )
        options = [o for o in legal(game.state, actor, game.scenario) if check or not isinstance(o, RARE)]
        if check:
            for option in options:
                assert not hasattr(game.try_(actor, option), "code"), f"listed as legal but refused: {option}"
            options = [o for o in options if not isinstance(o, RARE)]
        if not options:
            continue
        by_kind = sorted({type(o).__name__ for o in options})
        kind = pick.choice(by_kind)
        game.do(actor, pick.choice([o for o in options if type(o).__name__ == kind]))
        game.later(pick.randint(0, 90_000))
        key = timers(game.state).get("phase")
        if key is not None:
            game.do(SYSTEM, c.TimerFire(key="phase", generation=key[0]))
    return game


@pytest.fixture(scope="module", params=[1, 2, 3])
def walked(request: pytest.FixtureRequest) -> Game:
    return walk(request.param)


def test_whatever_is_listed_as_legal_is_accepted() -> None:
    walk(11, steps=25, check=True)


def test_a_walk_gets_somewhere(walked: Game) -> None:
    assert len({r.kind for r in walked.log}) >= 20
    assert walked.state.turn > walked.state.first_turn


def test_the_live_state_is_the_fold_of_the_log(walked: Game) -> None:
    assert fold(walked.log) == walked.state


def test_a_snapshot_and_the_tail_fold_to_the_same_state(walked: Game) -> None:
    for cut in (1, len(walked.log) // 3, len(walked.log) // 2, len(walked.log) - 1):
        head = restore(snapshot(fold(walked.log[:cut])))
        assert fold(walked.log[cut:], start=head) == walked.state


def test_payloads_come_back_from_storage_as_they_were(walked: Game) -> None:
    for recorded in walked.log:
        assert decode_payload(recorded.kind, recorded.v, encode(recorded.payload)) == recorded.payload


def test_the_same_walk_makes_the_same_bytes() -> None:
    one, two = walk(5, steps=120), walk(5, steps=120)
    assert [encode(r.payload) for r in one.log] == [encode(r.payload) for r in two.log]
    assert snapshot(one.state) == snapshot(two.state)
    assert one.told == two.told


def test_the_state_does_not_grow_with_talk() -> None:
    game = a_game().with_seats("potus", "dprk").started()

    def size_after(messages: int) -> int:
        for n in range(messages):
            game.do(player("potus"), c.MessagePost(message=f"m{n}", room="press", text="x" * 500))
        return len(snapshot(game.state))

    first = size_after(10)
    assert size_after(200) - first < 64


def test_the_state_stays_small_through_a_whole_game() -> None:
    game = a_game().with_seats("potus", "dprk").at_turn(2)
    early = len(snapshot(game.state))
    game.at_turn(12)
    assert len(snapshot(game.state)) < early * 1.5 + 4_000


def test_views_only_ever_hear_of_themselves(walked: Game) -> None:
    known = set(views(walked.state))
    assert {row.view for row in walked.told} <= known
    for row in walked.told:
        if row.kind in ("brief", "sheet"):
            seat = row.key.partition("@")[0]
            assert row.view in (f"seat:{seat}", "control")


def test_times_only_move_forward_and_start_where_they_should(walked: Game) -> None:
    stamps = [r.at_ms for r in walked.log]
    assert stamps == sorted(stamps)
    assert stamps[0] == START_MS
    assert isinstance(walked.state, State)
