"""Coming in, sitting down, the pen, bots, and the start of a game."""

from tests.support.builders import CONTROL, SYSTEM, a_game, bot, player
from wargame.game import commands as c
from wargame.game.events import Actor
from wargame.game.state import EMPTY


def person(name: str) -> Actor:
    return Actor(kind="person", person=name)


def test_nothing_can_be_done_in_a_game_that_does_not_exist() -> None:
    game = a_game()
    game.state = EMPTY
    assert game.refused(CONTROL, c.GamePause()) == "game.unknown"


def test_a_game_is_created_once() -> None:
    game = a_game()
    create = c.GameCreate(
        title="Again", scenario="us-dprk-2017", preset="full", seed="s", style="rigid", open_seats=("potus",)
    )
    assert game.refused(SYSTEM, create) == "game.already_created"


def test_the_list_of_injects_holds_no_turn_that_the_preset_does_not_play() -> None:
    whole, late = a_game(), a_game(preset="hanoi")
    planned = {inject.id: inject.turn for inject in whole.scenario.injects}
    assert set(whole.state.msel) == set(planned)
    assert {planned[inject] for inject in late.state.msel} <= {None, 8, 9, 10}
    assert set(late.seen("control", "msel")) == set(late.state.msel) < set(planned)


def test_an_unknown_preset_or_bot_or_seat_is_refused_with_what_is_allowed() -> None:
    game = a_game()
    game.state = EMPTY
    base = {"title": "x", "scenario": "us-dprk-2017", "seed": "s", "style": "rigid"}
    assert game.refused(SYSTEM, c.GameCreate(**base, preset="nope", open_seats=("potus",))) == "game.preset_unknown"
    assert game.refused(SYSTEM, c.GameCreate(**base, preset="full", open_seats=("moon",))) == "seat.unknown"
    wrong = c.GameCreate(**base, preset="full", open_seats=(), bots={"dprk": "genius"})
    assert game.refused(SYSTEM, wrong) == "seat.policy_unknown"


def test_a_second_join_of_the_same_person_is_refused() -> None:
    game = a_game().joined("ann")
    assert game.refused(SYSTEM, c.PersonJoin(person="ann", display="Ann", role="player")) == "person.already_joined"


def test_the_first_to_sit_down_holds_the_pen_and_passes_it() -> None:
    game = a_game().joined("ann").joined("bo")
    game.do(person("ann"), c.SeatTake(seat="state")).do(person("bo"), c.SeatTake(seat="state"))
    assert game.state.seats["state"].pen == "ann"
    assert game.refused(person("bo"), c.SeatReady(ready=True)) == "who.pen_only"
    assert game.refused(person("ann"), c.PenPass(person="ann")) == "pen.yours"
    assert game.refused(person("ann"), c.PenPass(person="nobody")) == "pen.not_member"
    game.do(person("ann"), c.PenPass(person="bo")).do(person("bo"), c.SeatReady(ready=True))
    assert game.state.seats["state"].ready


def test_when_the_pen_leaves_the_next_member_has_it() -> None:
    game = a_game().joined("ann").joined("bo")
    game.do(person("ann"), c.SeatTake(seat="state")).do(person("bo"), c.SeatTake(seat="state"))
    game.do(person("ann"), c.SeatLeave())
    assert game.state.seats["state"].pen == "bo"
    game.do(person("bo"), c.SeatLeave())
    assert game.state.seats["state"].pen is None


def test_a_seat_that_is_not_open_or_not_there_cannot_be_taken() -> None:
    game = a_game(open_seats=("potus",)).joined("ann")
    assert game.refused(person("ann"), c.SeatTake(seat="dprk")) == "seat.closed"
    assert game.refused(person("ann"), c.SeatTake(seat="moon")) == "seat.unknown"
    game.do(person("ann"), c.SeatTake(seat="potus"))
    assert game.refused(person("ann"), c.SeatTake(seat="potus")) == "seat.already_yours"


def test_a_delegation_has_a_limit() -> None:
    game = a_game()
    for n in range(8):
        game.joined(f"m{n}").do(person(f"m{n}"), c.SeatTake(seat="state"))
    game.joined("late")
    assert game.refused(person("late"), c.SeatTake(seat="state")) == "seat.full"
    assert game.refused(CONTROL, c.SeatAssign(person="late", seat="state")) == "seat.full"


def test_one_changes_seats_freely_within_a_side_in_the_lobby_but_not_after_the_start() -> None:
    game = a_game().joined("ann").do(person("ann"), c.SeatTake(seat="state"))
    game.do(person("ann"), c.SeatTake(seat="potus")).do(person("ann"), c.SeatTake(seat="state")).started()
    game.do(person("ann"), c.SeatLeave())
    assert game.refused(person("ann"), c.SeatTake(seat="potus")) == "seat.held_another"
    game.do(CONTROL, c.SeatAssign(person="ann", seat="potus"))
    assert game.state.people["ann"].seat == "potus"


def test_nobody_reads_the_brief_of_two_sides_by_hopping_in_the_lobby() -> None:
    game = a_game().joined("ann").do(person("ann"), c.SeatTake(seat="dprk"))
    for other in ("rok", "jpn", "potus", "state", "defense", "intel"):
        if game.state.seats[other].side != "DPRK":
            assert game.refused(person("ann"), c.SeatTake(seat=other)) == "seat.held_another", other
    assert game.state.people["ann"].seat == "dprk", "a refusal moves nobody"
    game.do(person("ann"), c.SeatLeave())
    assert game.refused(person("ann"), c.SeatTake(seat="potus")) == "seat.held_another"
    game.do(person("ann"), c.SeatTake(seat="dprk")).do(CONTROL, c.SeatAssign(person="ann", seat="rok"))
    assert game.state.people["ann"].seat == "rok", "Control may move anybody"
    game.do(person("ann"), c.SeatLeave())
    assert game.refused(person("ann"), c.SeatTake(seat="rok")) == "seat.held_another", "and is asked again"


def test_a_latecomer_takes_an_open_seat_and_its_bot_yields() -> None:
    game = a_game(bots={"dprk": "opportunist"}).started().joined("ann")
    assert game.state.bots == {"dprk": "opportunist"}
    game.do(person("ann"), c.SeatTake(seat="dprk"))
    assert game.state.bots == {}
    assert game.refused(bot("dprk"), c.SeatReady(ready=True)) == "who.no_seat"


def test_only_players_sit_and_only_control_controls() -> None:
    game = a_game().joined("obs", role="observer").joined("ann")
    assert game.refused(person("obs"), c.SeatTake(seat="rok")) == "who.player_only"
    assert game.refused(person("ann"), c.GameStart(force=True)) == "who.control_only"
    assert game.refused(person("ann"), c.SeatReady(ready=True)) == "who.no_seat"
    assert game.refused(person("ghost"), c.SeatTake(seat="rok")) == "who.unknown"
    assert game.refused(bot("rok"), c.SeatTake(seat="rok")) == "who.player_only"
    assert game.refused(CONTROL, c.SeatAssign(person="obs", seat="rok")) == "person.not_player"
    assert game.refused(CONTROL, c.SeatAssign(person="ghost", seat="rok")) == "person.unknown"
    assert game.refused(CONTROL, c.SeatAssign(person="ann", seat=None)) == "seat.unchanged"


def test_who_is_taken_out_stays_out_and_the_place_is_free() -> None:
    game = a_game().with_seats("rok")
    game.do(CONTROL, c.PersonRemove(person="p-rok", reason="left the class"))
    assert game.state.seats["rok"].members == ()
    assert game.refused(player("rok"), c.SeatTake(seat="rok")) == "who.removed"
    assert game.refused(SYSTEM, c.PersonJoin(person="p-rok", display="x", role="player")) == "who.removed"
    assert game.refused(CONTROL, c.PersonRemove(person="p-rok")) == "person.unknown"
    assert game.refused(CONTROL, c.PersonRemove(person="p-control")) == "person.is_you"


def test_control_gives_a_seat_to_a_bot_and_takes_it_back() -> None:
    game = a_game().do(CONTROL, c.SeatBot(seat="jpn", policy="dove"))
    assert game.refused(CONTROL, c.SeatBot(seat="jpn", policy="dove")) == "seat.policy_unchanged"
    assert game.refused(CONTROL, c.SeatBot(seat="jpn", policy="genius")) == "seat.policy_unknown"
    assert game.refused(CONTROL, c.SeatBot(seat="moon", policy=None)) == "seat.unknown"
    game.do(CONTROL, c.SeatBot(seat="jpn", policy=None))
    assert game.state.bots == {}


def test_ready_twice_is_refused() -> None:
    game = a_game().with_seats("rok").do(player("rok"), c.SeatReady(ready=True))
    assert game.refused(player("rok"), c.SeatReady(ready=True)) == "seat.ready_unchanged"


def test_the_start_waits_for_open_seats_unless_control_insists() -> None:
    game = a_game(bots=dict.fromkeys(("state", "defense", "intel", "rok", "jpn"), "dove")).with_seats("potus")
    assert game.refused(CONTROL, c.GameStart()) == "game.seats_unheld"
    game.do(CONTROL, c.GameStart(force=True))
    assert game.state.status == "running"
    assert game.state.turn == 1
    assert game.state.phase == "brief"
    assert game.refused(CONTROL, c.GameStart()) == "game.already_started"


def test_a_game_with_every_seat_held_starts_without_force() -> None:
    game = a_game(bots=dict.fromkeys(("state", "defense", "intel", "rok", "jpn", "dprk"), "dove")).with_seats("potus")
    game.do(CONTROL, c.GameStart())
    assert game.state.status == "running"


def test_the_seed_is_hidden_until_the_end_and_its_hash_is_known_from_the_start() -> None:
    game = a_game(seed="a-secret-seed")
    for view in ("control", "public", "seat:dprk"):
        first = game.seen(view, "game")["game"]
        assert first.seed is None
        assert first.seed_hash
    game.do(CONTROL, c.GameEnd(reason="enough"))
    last = game.seen("public", "game")["game"]
    assert last.seed == "a-secret-seed"
    assert last.ended_reason == "enough"
    assert game.refused(CONTROL, c.GameEnd()) == "game.ended"
