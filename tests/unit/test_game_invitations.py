"""Inviting people, their links and names, the rights facilitators give one another, and the rules of the entrance."""

import pytest

from tests.support.builders import CONTROL, SYSTEM, Game, a_game, player
from wargame.game import commands as c
from wargame.game.decide.rights import ALL_RIGHTS, rights_of
from wargame.game.events import Actor, Right
from wargame.game.state import PEOPLE, Person


def facilitator(name: str) -> Actor:
    return Actor(kind="control", person=name, role="control")


def with_facilitator(game: Game, name: str, *rights: Right) -> Game:
    return game.do(SYSTEM, c.PersonJoin(person=name, display=name, role="control", rights=rights))


def invite(*people: c.Invitation) -> c.PeopleInvite:
    return c.PeopleInvite(people=people)


def named(game: Game, display: str) -> Person:
    return next(person for person in game.state.people.values() if person.display == display)


# --- inviting -------------------------------------------------------------------------------------
def test_people_are_invited_with_their_seat_their_wishes_and_a_first_link() -> None:
    both = c.Invitation(display=" Ann\u202e Ng ", seat="potus"), c.Invitation(display="Bo", wishes=("rok",))
    game = a_game().do(CONTROL, invite(*both))
    ann, bo = named(game, "Ann Ng"), named(game, "Bo")
    assert (ann.seat, ann.link, bo.seat, bo.wishes) == ("potus", 1, None, ("rok",))
    assert game.state.seats["potus"].pen == ann.id


def test_one_who_cannot_be_let_in_stops_the_whole_list() -> None:
    game = a_game()
    wrong = {
        "seat.unknown": c.Invitation(display="Bo", seat="moon"),
        "text.empty": c.Invitation(display=" \u200e "),
        "rights.not_facilitator": c.Invitation(display="Bo", rights=("clock",)),
        "person.not_player": c.Invitation(display="Bo", role="observer", seat="potus"),
    }
    for code, bo in wrong.items():
        assert game.refused(CONTROL, invite(c.Invitation(display="Ann"), bo)) == code
    full = invite(*(c.Invitation(display=f"P{n}", seat="potus") for n in range(9)))
    assert game.refused(CONTROL, full) == "seat.full"
    assert set(game.state.people) == {"p-control"}


def test_a_game_remembers_only_so_many_people() -> None:
    game = a_game()
    while len(game.state.people) < PEOPLE:
        some = min(200, PEOPLE - len(game.state.people))
        game.do(CONTROL, invite(*(c.Invitation(display=f"P{n}") for n in range(some))))
    assert game.refused(CONTROL, invite(c.Invitation(display="One more"))) == "person.too_many"
    late = c.PersonJoin(person="late", display="Late", role="player")
    assert game.refused(SYSTEM, late) == "person.too_many"


# --- links and names ------------------------------------------------------------------------------
def test_a_new_link_is_numbered_on_and_nobody_locks_themselves_out() -> None:
    game = a_game().joined("ann")
    game.do(CONTROL, c.PersonRelink(person="ann")).do(CONTROL, c.PersonRelink(person="ann"))
    assert game.state.people["ann"].link == 2
    assert game.refused(CONTROL, c.PersonRelink(person="p-control")) == "person.relink_you"
    assert game.refused(CONTROL, c.PersonRelink(person="nobody")) == "person.unknown"


def test_who_was_taken_out_comes_back_without_a_seat_and_with_what_they_have_seen() -> None:
    game = a_game().with_seats("potus")
    assert game.refused(CONTROL, c.PersonReadmit(person="p-potus")) == "person.not_removed"
    game.do(CONTROL, c.PersonRemove(person="p-potus")).do(CONTROL, c.PersonReadmit(person="p-potus"))
    back = game.state.people["p-potus"]
    assert (back.removed, back.seat, back.held, back.link) == (False, None, ("potus",), 1)
    assert game.refused(player("potus"), c.SeatTake(seat="dprk")) == "seat.held_another"
    assert game.refused(CONTROL, c.PersonReadmit(person="nobody")) == "person.unknown"


def test_a_name_is_put_right_wherever_it_stands() -> None:
    game = a_game().with_seats("potus")
    game.do(CONTROL, c.PersonRename(person="p-potus", display="Ann  Ng"))
    assert game.seen("seat:dprk", "seat")["potus"].members[0].display == "Ann Ng"  # type: ignore[attr-defined]
    assert game.refused(CONTROL, c.PersonRename(person="p-potus", display="Ann Ng")) == "person.name_unchanged"
    assert game.refused(CONTROL, c.PersonRename(person="p-potus", display="\u202e")) == "text.empty"
    assert game.refused(CONTROL, c.PersonRename(person="nobody", display="No")) == "person.unknown"


# --- rights ---------------------------------------------------------------------------------------
def test_rights_are_given_and_taken_by_those_who_have_them() -> None:
    game = with_facilitator(a_game(), "fay", "inject")
    game.do(CONTROL, c.RightsSet(person="fay", rights=("clock", "people", "observe")))
    assert game.state.people["fay"].rights == ("clock", "people")
    game.do(CONTROL, c.RightsSet(person="fay", rights=("observe",)))
    assert rights_of(game.state.people["fay"]) == frozenset()
    assert game.refused(CONTROL, c.RightsSet(person="fay", rights=("observe",))) == "rights.unchanged"
    assert game.refused(CONTROL, c.RightsSet(person="p-control", rights=("clock",))) == "rights.own"
    assert game.refused(CONTROL, c.RightsSet(person="nobody", rights=("clock",))) == "person.unknown"
    game.joined("ann")
    assert game.refused(CONTROL, c.RightsSet(person="ann", rights=("clock",))) == "rights.not_facilitator"


@pytest.mark.parametrize(
    "command",
    [
        c.RightsSet(person="boss", rights=("people",)),
        c.RightsSet(person="gus", rights=("people", "clock")),
        c.PersonRelink(person="boss"),
        c.PersonRename(person="boss", display="Somebody else"),
        c.PersonRemove(person="boss"),
        invite(c.Invitation(display="New", role="control")),
        invite(c.Invitation(display="New", role="control", rights=("clock",))),
    ],
)
def test_the_right_to_manage_people_is_not_every_right(command: c.Command) -> None:
    game = with_facilitator(with_facilitator(with_facilitator(a_game(), "fay", "people"), "boss"), "gus", "people")
    assert game.refused(facilitator("fay"), command) == "rights.not_yours"
    game.do(CONTROL, command)


def test_a_facilitator_taken_out_cannot_be_brought_back_by_one_with_fewer_rights() -> None:
    game = with_facilitator(with_facilitator(a_game(), "fay", "people"), "boss").do(
        CONTROL, c.PersonRemove(person="boss")
    )
    assert game.refused(facilitator("fay"), c.PersonReadmit(person="boss")) == "rights.not_yours"
    game.do(CONTROL, c.PersonReadmit(person="boss"))
    assert rights_of(game.state.people["boss"]) == frozenset(ALL_RIGHTS)


def test_links_rights_and_wishes_are_told_to_control_alone() -> None:
    game = with_facilitator(a_game().with_seats("potus"), "fay", "inject").joined("ann")
    before = len(game.told)
    game.do(CONTROL, c.RightsSet(person="fay", rights=("clock",))).do(CONTROL, c.PersonRelink(person="fay"))
    game.do(Actor(kind="person", person="ann"), c.SeatPrefer(seats=("dprk",)))
    assert {row.view for row in game.told[before:]} == {"control"}


# --- the entrance and the screens -----------------------------------------------------------------
def test_locked_seats_are_controls_to_give() -> None:
    game = a_game().with_seats("potus").joined("ann")
    game.do(CONTROL, c.LobbySet(seats_locked=True))
    ann = Actor(kind="person", person="ann")
    assert game.refused(ann, c.SeatTake(seat="dprk")) == "seat.locked"
    assert game.refused(player("potus"), c.SeatLeave()) == "seat.locked"
    game.do(CONTROL, c.SeatAssign(person="ann", seat="dprk"))
    assert game.refused(CONTROL, c.LobbySet(seats_locked=True)) == "lobby.unchanged"
    assert game.seen("public", "game")["game"].seats_locked  # type: ignore[attr-defined]


def test_a_bot_does_not_hold_a_seat_sooner_than_a_page_reconnects() -> None:
    game = a_game()
    assert game.refused(CONTROL, c.LobbySet(away_ms=5_000)) == "lobby.away_too_short"
    game.do(CONTROL, c.LobbySet(away_ms=60_000, guests=True)).do(CONTROL, c.LobbySet(away_ms=0))
    assert (game.state.entrance.away_ms, game.state.entrance.guests) == (0, True)


def test_locked_screens_stop_players_and_nobody_else() -> None:
    game = a_game(bots={"rok": "dove"}).with_seats("potus").started()
    game.do(CONTROL, c.ScreensLock(on=True, text="Eyes to the front."))
    assert game.refused(player("potus"), c.SeatReady(ready=True)) == "screens.locked"
    assert game.refused(player("potus"), c.SeatLeave()) == "screens.locked"
    game.do(player("potus"), c.ItemOpen(kind="brief", key="potus"))
    game.do(Actor(kind="seat_bot", seat="rok"), c.SeatReady(ready=True))
    game.do(CONTROL, c.NotePin(note="n", text="All listen."))
    assert game.seen("public", "game")["game"].screen_lock == "Eyes to the front."  # type: ignore[attr-defined]
    assert game.refused(CONTROL, c.ScreensLock(on=True, text="Eyes to the front.")) == "screens.unchanged"
    game.do(CONTROL, c.ScreensLock(on=False)).do(player("potus"), c.SeatReady(ready=True))
    assert game.refused(CONTROL, c.ScreensLock(on=False)) == "screens.unchanged"


def test_a_word_to_one_seat_is_heard_there_and_nowhere_else() -> None:
    game = a_game().with_seats("potus", "dprk").started()
    game.do(CONTROL, c.SeatNudge(seat="potus", text=" Ask your allies. "))
    told = {row.view for row in game.told if row.kind == "nudge"}
    assert told == {"control", "seat:potus"}
    assert game.seen("seat:potus", "nudge")["potus"].text == "Ask your allies."  # type: ignore[attr-defined]
    assert game.refused(CONTROL, c.SeatNudge(seat="rok", text="Hello")) == "seat.nobody_there"
    assert game.refused(CONTROL, c.SeatNudge(seat="potus", text="  ")) == "text.empty"
    assert game.refused(CONTROL, c.SeatNudge(seat="moon", text="Hello")) == "seat.unknown"
