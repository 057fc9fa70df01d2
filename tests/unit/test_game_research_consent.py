"""What may be exported of a person is the person's own word; only the person and Control ever know it."""

import pytest

from tests.support.builders import CONTROL, SYSTEM, Game, a_game, bot, player
from wargame.game import commands as c
from wargame.game.events import Actor
from wargame.game.evolve import fold

OTHER = Actor(kind="person", person="p-second", seat="potus", role="player")


def a_delegation_of_two() -> Game:
    game = a_game(open_seats=("potus", "rok")).with_seats("potus", "rok").joined("p-second")
    return game.do(OTHER, c.SeatTake(seat="potus"))


def choice(game: Game, person: str) -> str:
    return game.state.people[person].consent


def test_nobody_has_chosen_until_they_were_asked_and_anybody_may_choose_again_after_the_end() -> None:
    game = a_delegation_of_two()
    assert {person.consent for person in game.state.people.values()} == {""}
    game.do(player("potus"), c.ConsentChoose(choice="words")).started()
    game.do(player("potus"), c.ConsentChoose(choice="nothing")).do(CONTROL, c.GameEnd())
    game.do(player("potus"), c.ConsentChoose(choice="figures")).do(CONTROL, c.ConsentChoose(choice="words"))
    assert (choice(game, "p-potus"), choice(game, "p-control"), choice(game, "p-second")) == ("figures", "words", "")
    assert fold(game.log) == game.state


@pytest.mark.parametrize("role", ["observer", "guest"])
def test_whoever_is_in_the_game_may_choose_and_a_bot_or_a_stranger_may_not(role: str) -> None:
    game = a_delegation_of_two().joined("p-looker", role=role)
    game.do(Actor(kind="person", person="p-looker", role=role), c.ConsentChoose(choice="nothing"))
    assert choice(game, "p-looker") == "nothing"
    ask = c.ConsentChoose(choice="words")
    assert game.refused(Actor(kind="person", person="p-nobody"), ask) == "who.unknown"
    assert a_game(bots={"dprk": "hawk"}).refused(bot("dprk"), ask) == "who.player_only"
    assert game.do(player("rok"), ask).refused(player("rok"), ask) == "consent.same_choice"


def test_control_records_that_somebody_who_left_allows_less_and_never_that_they_allow_more() -> None:
    game = a_delegation_of_two().do(player("potus"), c.ConsentChoose(choice="words"))
    game.do(CONTROL, c.PersonRemove(person="p-potus"))
    assert game.refused(player("potus"), c.ConsentChoose(choice="nothing")) == "who.removed"
    game.do(CONTROL, c.ConsentNarrow(person="p-potus", choice="figures"))
    for more in ("words", "figures"):
        assert game.refused(CONTROL, c.ConsentNarrow(person="p-potus", choice=more)) == "consent.only_less"  # type: ignore[arg-type]
        assert game.refused(CONTROL, c.ConsentNarrow(person="p-rok", choice=more)) == "consent.only_less"  # type: ignore[arg-type]
    assert game.refused(CONTROL, c.ConsentNarrow(person="p-nobody", choice="nothing")) == "person.unknown"
    assert game.refused(player("rok"), c.ConsentNarrow(person="p-rok", choice="nothing")) == "who.control_only"
    desk = Actor(kind="control", person="p-desk", role="control")
    game.do(SYSTEM, c.PersonJoin(person="p-desk", display="Desk", role="control", rights=("clock",)))
    assert game.refused(desk, c.ConsentNarrow(person="p-rok", choice="nothing")) == "who.no_right"


def test_a_rewind_gives_nobody_back_a_consent_they_have_taken_back() -> None:
    game = a_delegation_of_two().do(player("potus"), c.ConsentChoose(choice="words")).started()
    game.do(CONTROL, c.CheckpointMake(label="Here")).do(player("potus"), c.ConsentChoose(choice="nothing"))
    game.do(CONTROL, c.GameRewind(checkpoint=game.state.checkpoints[-1], reason="Once more."))
    assert choice(game, "p-potus") == "nothing"


def test_a_choice_reaches_the_desk_of_control_and_no_other_view_not_even_that_of_the_same_seat() -> None:
    silent, chosen = a_delegation_of_two(), a_delegation_of_two()
    chosen.do(player("potus"), c.ConsentChoose(choice="nothing"))
    chosen.do(CONTROL, c.ConsentNarrow(person="p-second", choice="nothing"))
    views = {row.view for row in silent.told}
    assert "seat:potus" in views
    assert {row.view for row in chosen.told} == views
    for view in views - {"control"}:
        assert chosen.feed(view) == silent.feed(view), view
    filed = chosen.seen("control", "enrolment")
    assert {one.consent for key, one in filed.items() if key in ("p-potus", "p-second")} == {"nothing"}  # type: ignore[attr-defined]
    assert "May be exported of Player potus: nothing." in {
        line.text  # type: ignore[attr-defined]
        for line in chosen.seen("control", "log").values()
    }
