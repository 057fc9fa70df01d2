"""Statements: on the press wall for everybody, with a meaning of their issuer's and readings of their readers' own."""

from typing import Any

import msgspec
import pytest

from tests.support.builders import player
from tests.support.papers import clear, drafted, out, playing, release, seen, sent
from wargame.game import commands as c


# --- statements -------------------------------------------------------------------------------
def test_a_statement_stands_on_the_press_wall_and_its_meaning_with_its_issuer_alone() -> None:
    game = playing()
    paper = sent(game, drafted(game, template="statement"))
    game.do(player("state"), c.StatementMean(paper=paper, text="A door, not a promise."))
    clear(game, paper, "defense", "potus")
    release(game, paper)
    for view in ("seat:dprk", "seat:rok", "observer", "public"):
        wall = [m.text for m in game.seen(view, "message").values()]  # type: ignore[attr-defined]
        assert wall == ["We are ready\n\nWe are ready to talk, and to wait."]
        assert seen(game, view, paper).ref == "PRESS STATE/PUBLIC 2017Q1 001"  # type: ignore[union-attr]
    assert set(game.seen("seat:state", "meaning")) == set(game.seen("control", "meaning")) == {paper}
    for view in ("seat:defense", "seat:potus", "seat:dprk", "observer", "public"):
        assert game.seen(view, "meaning") == {}


def test_what_a_receiver_read_stays_with_the_receiver() -> None:
    game = playing()
    paper = out(game, "potus", template="statement")
    game.do(player("dprk"), c.StatementRead(paper=paper, text="They are in a hurry."))
    game.do(player("dprk"), c.StatementRead(paper=paper, text="They are in no hurry."))
    assert [v.text for v in game.seen("seat:dprk", "statement_reading").values()] == ["They are in no hurry."]  # type: ignore[attr-defined]
    assert set(game.seen("control", "statement_reading")) == {f"{paper}:dprk"}
    for view in ("seat:potus", "seat:state", "observer", "public"):
        assert game.seen(view, "statement_reading") == {}


def test_a_meaning_may_be_recorded_once_after_the_release_and_never_again() -> None:
    game = playing()
    paper = out(game, "potus", template="statement")
    game.do(player("potus"), c.StatementMean(paper=paper, text="A door."))
    refused = game.refused(player("potus"), c.StatementMean(paper=paper, text="No, a wall."))
    assert refused == "statement.meant_already"


@pytest.mark.parametrize(
    ("seat", "command", "code"),
    [
        ("state", c.StatementMean(paper="CABLE", text="x"), "statement.not_public"),
        ("dprk", c.StatementRead(paper="CABLE", text="x"), "statement.not_public"),
        ("rok", c.StatementRead(paper="CABLE", text="x"), "statement.unknown"),
        ("rok", c.StatementMean(paper="STATEMENT", text="x"), "statement.unknown"),
        ("state", c.StatementRead(paper="STATEMENT", text="x"), "statement.own"),
        ("rok", c.StatementRead(paper="STATEMENT", text=" "), "text.empty"),
        ("state", c.StatementMean(paper="STATEMENT", text=" "), "text.empty"),
        ("state", c.StatementMean(paper="DRAFT", text="x"), "statement.not_public"),
    ],
)
def test_meanings_and_readings_are_of_public_statements(seat: str, command: Any, code: str) -> None:
    game = playing()
    names = {"CABLE": out(game), "STATEMENT": out(game, template="statement"), "DRAFT": drafted(game)}
    assert game.refused(player(seat), msgspec.structs.replace(command, paper=names[command.paper])) == code
