"""Facilitators with rights of their own, observers and guests: who may do what."""

from typing import get_args

import pytest

from tests.support.builders import CONTROL, SYSTEM, Game, a_game, player
from wargame.game import commands as c
from wargame.game.decide.rights import ALL_RIGHTS
from wargame.game.events import Actor, Right


def facilitator(name: str) -> Actor:
    return Actor(kind="control", person=name, role="control")


def a_game_with_facilitator(*rights: Right) -> Game:
    game = a_game().with_seats("potus", "dprk").started()
    return game.do(SYSTEM, c.PersonJoin(person="fay", display="Fay", role="control", rights=rights))


ONE_OF_EACH: dict[Right, c.Command] = {
    "inject": c.InjectSend(inject="i", to=("all",), title="News", text="Something happened."),
    "adjudicate": c.FreeMoveCirculate(move="none", seats=("potus",)),
    "clock": c.GamePause(),
    "people": c.SeatBot(seat="rok", policy=None),
    "speak": c.MessagePost(message="m", room="press", text="From Control."),
}


@pytest.mark.parametrize("right", ALL_RIGHTS)
def test_a_facilitator_does_what_the_rights_cover_and_nothing_else(right: Right) -> None:
    game = a_game_with_facilitator(right)
    refused = {one for one, command in ONE_OF_EACH.items() if _refused_for_rights(game, command)}
    assert refused == set(ALL_RIGHTS) - {right}


def _refused_for_rights(game: Game, command: c.Command) -> bool:
    answer = game.try_(facilitator("fay"), command)
    return getattr(answer, "code", "") == "who.no_right"


def test_a_facilitator_who_only_observes_may_still_write_private_notes() -> None:
    game = a_game_with_facilitator("observe")
    assert all(_refused_for_rights(game, command) for command in ONE_OF_EACH.values())
    assert game.refused(facilitator("fay"), c.GamePause()) == "who.no_right"
    game.do(facilitator("fay"), c.NotePin(note="n", text="The table went quiet."))


def test_a_facilitator_without_named_rights_has_all_of_them() -> None:
    game = a_game_with_facilitator()
    assert not any(_refused_for_rights(game, command) for command in ONE_OF_EACH.values())
    assert set(ALL_RIGHTS) == set(get_args(Right)) - {"observe"}


def test_whoever_lacks_a_right_is_told_whom_to_ask() -> None:
    game = a_game_with_facilitator("inject")
    answer = game.try_(facilitator("fay"), c.GamePause())
    assert getattr(answer, "params", None) == {"right": "clock", "who": ("Control",)}


@pytest.mark.parametrize("role", ["observer", "guest"])
def test_observers_and_guests_can_do_nothing_but_look(role: str) -> None:
    game = a_game().with_seats("potus").joined("gus", "Gus", role).started()
    gus = Actor(kind="person", person="gus", role=role)
    for command in (c.SeatTake(seat="dprk"), c.MessagePost(message="m", room="press", text="Hear me."), c.SeatLeave()):
        assert game.refused(gus, command) == "who.player_only"
    assert game.refused(gus, c.GamePause()) == "who.control_only"
    assert game.refused(CONTROL, c.SeatAssign(person="gus", seat="dprk")) == "person.not_player"
    game.do(player("potus"), c.SeatReady(ready=True))
