"""Who sits where without a player's own click: wishes, lots, hand-overs, deputies, and a seat nobody is heard from."""

from tests.support.builders import CONTROL, SYSTEM, Game, a_game, player
from wargame.game import commands as c
from wargame.game.events import Actor, SeatsDrawn


def person(name: str) -> Actor:
    return Actor(kind="person", person=name)


def a_delegation(*names: str, seat: str = "state") -> Game:
    game = a_game(open_seats=("potus", "state", "dprk"))
    for name in names:
        game.joined(name).do(person(name), c.SeatTake(seat=seat))
    return game


# --- wishes and lots ------------------------------------------------------------------------------
def test_wishes_are_met_and_controls_alone_to_read() -> None:
    game = a_game().joined("ann").joined("bo")
    game.do(person("ann"), c.SeatPrefer(seats=("dprk", "rok", "dprk")))
    assert game.seen("control", "enrolment")["ann"].wishes == ("dprk", "rok")  # type: ignore[attr-defined]
    assert {row.view for row in game.told if row.kind == "enrolment"} == {"control"}
    game.do(CONTROL, c.SeatsAssign(how="balanced"))
    assert game.state.people["ann"].seat == "dprk"
    assert game.state.people["bo"].seat is not None


def test_a_wish_names_open_seats_of_the_case() -> None:
    game = a_game(open_seats=("potus",)).joined("ann")
    assert game.refused(person("ann"), c.SeatPrefer(seats=("moon",))) == "seat.unknown"
    assert game.refused(person("ann"), c.SeatPrefer(seats=("dprk",))) == "seat.closed"
    assert game.refused(person("ann"), c.SeatPrefer(seats=())) == "seat.wishes_unchanged"


def test_lots_are_on_record_and_fall_the_same_again() -> None:
    seated = []
    for _ in range(2):
        game = a_game()
        for number in range(9):
            game.joined(f"p{number}")
        game.do(CONTROL, c.SeatsAssign(how="random"))
        drawn = game.last[0].payload
        assert isinstance(drawn, SeatsDrawn)
        assert set(drawn.drawn) == {f"p{number}" for number in range(9)}
        seated.append({p.id: p.seat for p in game.state.people.values()})
    assert seated[0] == seated[1]


def test_only_those_named_and_without_a_seat_are_seated() -> None:
    game = a_game().with_seats("potus").joined("ann").joined("bo")
    game.do(CONTROL, c.SeatsAssign(how="balanced", people=("ann", "p-potus")))
    assert game.state.people["ann"].seat not in (None, "potus")
    assert game.state.people["bo"].seat is None
    assert game.refused(CONTROL, c.SeatsAssign(how="random", people=("nobody",))) == "person.unknown"
    game.do(CONTROL, c.SeatsAssign(how="random"))
    assert game.refused(CONTROL, c.SeatsAssign(how="random")) == "person.none_waiting"


def test_the_lot_puts_nobody_behind_a_second_sides_papers() -> None:
    game = a_game(open_seats=("potus", "dprk")).joined("ann").joined("bo")
    game.do(person("ann"), c.SeatTake(seat="dprk")).do(person("ann"), c.SeatLeave()).started()
    game.do(CONTROL, c.SeatsAssign(how="random", people=("ann",)))
    assert game.state.people["ann"].seat == "dprk"
    late = a_game(open_seats=()).joined("ann")
    assert late.refused(CONTROL, c.SeatsAssign(how="random")) == "seat.none_free"


# --- hand-over ------------------------------------------------------------------------------------
def test_a_seat_is_handed_over_with_its_pen_and_is_empty_at_no_moment() -> None:
    game = a_delegation("ann", "bo").joined("cy").started()
    game.do(CONTROL, c.SeatHandOver(person="ann", to="cy"))
    seat = game.state.seats["state"]
    assert (seat.members, seat.pen) == (("cy", "bo"), "cy")
    assert game.state.people["ann"].seat is None
    assert game.state.people["cy"].held == ("state",)
    assert [fact.kind for fact in game.last] == ["seat.handed_over"]


def test_a_hand_over_takes_the_newcomer_out_of_another_seat() -> None:
    game = a_delegation("ann").joined("cy").do(person("cy"), c.SeatTake(seat="potus"))
    game.do(CONTROL, c.SeatHandOver(person="ann", to="cy"))
    assert game.state.seats["potus"].members == ()
    assert game.state.seats["state"].members == ("cy",)


def test_only_a_seated_player_hands_over_and_to_another_delegation_only() -> None:
    game = a_delegation("ann", "bo").joined("cy").joined("obi", role="observer")
    assert game.refused(CONTROL, c.SeatHandOver(person="cy", to="ann")) == "seat.holds_none"
    assert game.refused(CONTROL, c.SeatHandOver(person="ann", to="bo")) == "pen.same_seat"
    assert game.refused(CONTROL, c.SeatHandOver(person="ann", to="obi")) == "person.not_player"
    assert game.refused(CONTROL, c.SeatHandOver(person="ann", to="nobody")) == "person.unknown"


# --- the pen --------------------------------------------------------------------------------------
def test_the_deputy_takes_the_pen_and_its_holder_takes_it_back() -> None:
    game = a_delegation("ann", "bo", "cy").do(person("ann"), c.DeputyName(person="cy"))
    assert game.refused(person("bo"), c.PenTake()) == "pen.not_deputy"
    game.do(person("cy"), c.PenTake())
    assert (game.state.seats["state"].pen, game.state.seats["state"].principal) == ("cy", "ann")
    assert game.refused(person("cy"), c.PenTake()) == "pen.yours"
    game.do(person("ann"), c.PenTake())
    assert (game.state.seats["state"].pen, game.state.seats["state"].principal) == ("ann", None)


def test_the_deputy_inherits_the_pen_of_one_who_leaves() -> None:
    game = a_delegation("ann", "bo", "cy").do(person("ann"), c.DeputyName(person="cy"))
    game.do(person("ann"), c.SeatLeave())
    assert game.state.seats["state"].pen == "cy"


def test_a_deputy_is_another_member_of_the_delegation() -> None:
    game = a_delegation("ann", "bo").joined("cy")
    assert game.refused(person("ann"), c.DeputyName(person="cy")) == "pen.not_member"
    assert game.refused(person("ann"), c.DeputyName(person="ann")) == "pen.yours"
    assert game.refused(person("ann"), c.DeputyName(person=None)) == "deputy.unchanged"
    assert game.refused(person("bo"), c.DeputyName(person="bo")) == "who.pen_only"


def test_control_puts_the_pen_into_a_hand_of_the_delegation() -> None:
    game = a_delegation("ann", "bo").do(CONTROL, c.PenGive(seat="state", person="bo"))
    assert game.state.seats["state"].pen == "bo"
    assert game.refused(CONTROL, c.PenGive(seat="state", person="bo")) == "pen.held_already"
    assert game.refused(CONTROL, c.PenGive(seat="state", person="p-control")) == "pen.not_member"
    assert game.refused(CONTROL, c.PenGive(seat="moon", person="bo")) == "seat.unknown"


# --- a dropped seat -------------------------------------------------------------------------------
def watched(game: Game) -> Game:
    return game.do(CONTROL, c.LobbySet(away_ms=60_000)).started()


def watch(game: Game, *here: str, seat: str = "state") -> Game:
    return game.do(SYSTEM, c.SeatWatch(seat=seat, here=here, since_ms=game.now - 90_000))


def test_a_bot_holds_a_seat_nobody_is_heard_from_and_gives_it_back() -> None:
    game = watch(watched(a_delegation("ann", "bo")))
    seat = game.state.seats["state"]
    assert seat.policy is not None
    assert (seat.members, seat.pen, seat.away_since_ms) == (("ann", "bo"), "ann", game.now - 90_000)
    assert game.seen("seat:dprk", "seat")["state"].away  # type: ignore[attr-defined]
    watch(game.later(120_000), "bo")
    seat = game.state.seats["state"]
    assert (seat.policy, seat.away_since_ms, seat.pen) == (None, None, "bo")
    back = game.seen("seat:state", "catchup")["state"]
    assert (back.person, back.until_ms - back.since_ms) == ("bo", 210_000)  # type: ignore[attr-defined]
    assert {row.view for row in game.told if row.kind == "catchup"} == {"control", "seat:state"}


def test_the_pen_of_one_who_is_away_goes_to_the_deputy_who_is_there() -> None:
    game = a_delegation("ann", "bo", "cy").do(person("ann"), c.DeputyName(person="cy"))
    watch(watched(game), "bo", "cy")
    seat = game.state.seats["state"]
    assert (seat.pen, seat.principal, seat.policy) == ("cy", "ann", None)
    game.do(person("ann"), c.PenTake())
    assert game.state.seats["state"].pen == "ann"


def test_no_bot_takes_a_seat_where_nobody_asked_for_it() -> None:
    game = watch(a_delegation("ann").started())
    assert game.last == ()
    assert watch(game, seat="dprk").last == ()
    assert game.refused(SYSTEM, c.SeatWatch(seat="moon", here=(), since_ms=0)) == "seat.unknown"


def test_watching_a_seat_twice_changes_it_once() -> None:
    game = watch(watched(a_delegation("ann")))
    assert watch(game).last == ()
    watch(game, "ann")
    assert watch(game, "ann").last == ()


def test_who_sits_down_in_a_dropped_seat_has_it() -> None:
    game = watch(watched(a_delegation("ann"))).joined("bo")
    game.do(CONTROL, c.SeatHandOver(person="ann", to="bo"))
    seat = game.state.seats["state"]
    assert (seat.policy, seat.away_since_ms, seat.pen) == (None, None, "bo")


def test_the_last_seat_dropped_does_not_keep_the_others_waiting() -> None:
    game = a_game(open_seats=("potus", "dprk")).with_seats("potus", "dprk")
    game.do(CONTROL, c.LobbySet(away_ms=60_000)).started().in_phase("negotiate")
    game.do(player("potus"), c.SeatReady(ready=True))
    game.do(SYSTEM, c.SeatWatch(seat="dprk", here=(), since_ms=0))
    assert not game.state.seats["dprk"].ready
    game.do(Actor(kind="seat_bot", seat="dprk"), c.SeatReady(ready=True))
    assert game.state.phase != "negotiate"
