"""Nobody but Control learns of the master list: what is on it, what moves on it, in which words others read.

An inject taken back leaves the views that had it, and says nothing to those that had not.
"""

import msgspec
import pytest

from tests.support.builders import CONTROL, SEATS, Game, player
from tests.support.listing import MINUTE, entry, playing, send, words, written
from wargame.game import commands as c
from wargame.game.visibility import Disclosure

OTHERS = [*(f"seat:{seat}" for seat in SEATS), "observer", "public"]
DESK: list[c.Command] = [
    c.InjectWrite(msel="A", entry=words("A", when=c.When(turn=1, phase="plan", offset_ms=5 * MINUTE)), draft=True),
    c.InjectApprove(msel="A", version=1),
    c.InjectHold(msel="A"),
    c.InjectHold(msel="A", on=False),
    c.InjectRetime(msel="A", turn=1, phase="plan", offset_ms=9 * MINUTE, following=True),
    c.GamePause(),
    c.GameResume(),
    c.InjectSkip(msel="A"),
    c.InjectRestore(msel="A"),
    c.InjectWrite(msel="A", entry=words("A", expected="That they yield."), version=2),
    c.InjectWrite(msel="B", entry=words("B"), draft=True),
    c.InjectRemove(msel="B"),
]
"""A morning at the list in which nothing goes out."""


def told(game: Game, since: int, view: str) -> bytes:
    """Return what a view was told since, in order, without what the clocks of a pause tell everybody."""
    rows: list[Disclosure] = [row for row in game.feed(view) if row.kind not in ("game", "clock")]
    return msgspec.json.encode(rows[since:])


@pytest.mark.parametrize("view", OTHERS)
def test_work_on_the_list_says_nothing_to_anybody_else(view: str) -> None:
    game = playing().in_phase("plan")
    since = len([row for row in game.feed(view) if row.kind not in ("game", "clock")])
    for command in DESK:
        game.do(CONTROL, command)
    assert told(game, since, view) == b"[]"
    assert any(row.kind == "msel" for row in game.feed("control"))
    assert not any(row.kind in ("msel", "log") for row in game.feed(view))


def test_taking_an_inject_back_says_nothing_to_those_who_had_not_got_it() -> None:
    game = send(written(playing(), "E", to=("potus",)), "E")
    before = {view: len(game.feed(view)) for view in OTHERS}
    game.do(CONTROL, c.InjectUndo(inject=entry(game, "E").sent))
    heard = {view for view in OTHERS if len(game.feed(view)) != before[view]}
    assert heard == {"seat:potus"}
    assert game.feed("seat:potus")[-1].value is None


def test_what_some_read_in_other_words_reaches_nobody_else_in_any_form() -> None:
    game = written(playing(), "E", to=("all",), variants={"potus": "The password is heron."})
    send(game, "E")
    knowing = {view for view in [*OTHERS, "control"] if b"heron" in msgspec.json.encode(game.feed(view))}
    assert knowing == {"seat:potus", "control"}


def test_that_an_expected_action_was_seen_is_told_to_control_alone() -> None:
    game = written(playing(), "A", seen_on=c.SeatAction(kind="message", by=("potus",), room="press"))
    send(game, "A")
    before = {view: len(game.feed(view)) for view in OTHERS}
    game.do(player("potus"), c.MessagePost(message="m", room="press", text="We have seen it."))
    assert entry(game, "A").expected_seen == "yes"
    for view in OTHERS:
        assert {row.kind for row in game.feed(view)[before[view] :]} <= {"message", "room", "read"}
