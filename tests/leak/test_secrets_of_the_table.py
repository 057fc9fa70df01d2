"""Texts, mandates, readings and reader lists: whoever may not know of them is told the same without them, to the byte.

Two games play the same open commands; in the second, something secret happens too. Each view that may not know of it
gets an identical feed, in order and number, and identical answers to what it tries.
"""

import msgspec
import pytest

from negotiation.details import Annex, Detail
from tests.support.builders import CONTROL, Game, player
from tests.support.tables import BOTH, SEATED, SMALL, a_table
from wargame.game import commands as c
from wargame.game.events import Actor

Step = tuple[Actor, c.Command]
VIEWS = {*(f"seat:{seat}" for seat in SEATED), "seat:defense", "observer", "public"}
POTUS, STATE, DPRK, ROK = player("potus"), player("state"), player("dprk"), player("rok")
SECRET = {**SMALL, "remains": 1}
DETAILS = {"remains": Detail(secret=True, wording="Not a word."), "sec": Detail(after="remains")}


def a_draft(**more: object) -> Step:
    fields: dict[str, object] = {"offer": "o", "parties": BOTH, "levels": SMALL, **more}
    return POTUS, c.OfferDraft(**fields)  # type: ignore[arg-type]


TABLED: tuple[Step, ...] = (a_draft(readers=("intel",)), (POTUS, c.OfferTable(offer="o")))
KEY = "potus:o"
NOBODY_ELSE = VIEWS - {"seat:potus"}

SECRETS: dict[str, tuple[tuple[Step, ...], tuple[Step, ...], set[str]]] = {
    "a draft with all it says": (
        (),
        (
            a_draft(
                details={"sec": Detail(due=4, bracketed=True, wording="Ours.")},
                annexes=(Annex(id="a", title="Map", text="Here."),),
                package=True,
                expires=3,
            ),
            a_draft(levels={"test": 2}, note="The bottom line."),
        ),
        NOBODY_ELSE,
    ),
    "who reads a draft and who was asked to stand by it": (
        (),
        (
            a_draft(sponsors=("rok",)),
            (ROK, c.OfferSponsor(offer=KEY, stands=True)),
            (POTUS, c.OfferWiden(offer=KEY, readers=("state",))),
        ),
        NOBODY_ELSE - {"seat:rok", "seat:state"},
    ),
    "a reader let in after tabling": (
        TABLED,
        ((POTUS, c.OfferWiden(offer=KEY, readers=("state", "rok"))),),
        {"seat:dprk", "seat:jpn", "seat:defense", "observer", "public"},
    ),
    "marks, answers, a recess and a walk-out, to those who are not at the table": (
        TABLED,
        (
            (DPRK, c.OfferMark(offer=KEY, version=1, marks={"test": "reject"})),
            (DPRK, c.OfferInitial(offer=KEY, version=1)),
            (DPRK, c.OfferCounter(offer=KEY, against=1, levels={"test": 2}, sponsors=())),
            (DPRK, c.OfferRecess(offer=KEY, on=True)),
            (DPRK, c.OfferWalkOut(offer=KEY, reason="An insult.")),
            (DPRK, c.OfferComeBack(offer=KEY)),
        ),
        {"seat:state", "seat:rok", "seat:jpn", "seat:defense", "observer", "public"},
    ),
    "a mandate and its bounds, to all but the two": (
        TABLED,
        (
            (POTUS, c.MandateGive(seat="intel", may=("mark",), levels={"sec": (0, 1)}, note="No further.")),
            (POTUS, c.MandateGive(seat="intel", may=("accept", "counter"), levels={"sec": (0, 2)})),
            (POTUS, c.MandateEnd(seat="intel")),
        ),
        NOBODY_ELSE - {"seat:intel"},
    ),
    "what a clause means to a seat": (
        TABLED,
        (
            (DPRK, c.OfferParaphrase(offer=KEY, version=1, clause="sec", text="It binds them.")),
            (DPRK, c.OfferParaphrase(offer=KEY, version=1, clause="sec", text="It binds them alone.")),
        ),
        VIEWS - {"seat:dprk"},
    ),
    "positions on a secret clause, to a mere reader": (
        (a_draft(levels=SECRET, details=DETAILS, readers=("intel", "rok")), (POTUS, c.OfferTable(offer="o"))),
        ((DPRK, c.OfferMark(offer=KEY, version=1, marks={"remains": "reject"})),),
        VIEWS - {"seat:potus", "seat:dprk"},
    ),
}


def play(opening: tuple[Step, ...], secret: tuple[Step, ...], *, gate: str = "none") -> Game:
    """Play an opening, perhaps something secret under command ids of its own, and what everybody sees after."""
    game = a_table(gate=gate)
    for actor, command in opening:
        game.do(actor, command)
    count = game._commands
    game._commands = 1_000_000
    for actor, command in secret:
        game.do(actor, command)
    game._commands = count
    return game.do(ROK, c.MessagePost(message="m", room="press", text="No comment."))


def feed(game: Game, view: str) -> list[tuple[str, str, bytes]]:
    return [(row.kind, row.key, msgspec.json.encode(row.value)) for row in game.feed(view)]


def probes(view: str) -> list[Step]:
    """Return what a view may try to find out by."""
    if not view.startswith("seat:") or view == "seat:defense":
        return []
    actor = player(view.removeprefix("seat:"))
    commands: list[c.Command] = [
        c.OfferSponsor(offer=KEY, stands=True),
        c.OfferWiden(offer=KEY, readers=("intel", "state")),
        c.OfferParaphrase(offer=KEY, version=1, clause="remains", text="Is it there?"),
        c.OfferMark(offer=KEY, version=1, marks={"remains": "accept"}),
        c.MandateEnd(seat="intel"),
        c.MandateEnd(seat="state"),
        c.OfferRelease(offer=KEY),
        c.MandateGive(seat="jpn", may=("mark",), offer=KEY),
    ]
    return [(actor, command) for command in commands]


@pytest.mark.parametrize("name", SECRETS)
def test_who_may_not_know_is_told_the_same_without_it(name: str) -> None:
    opening, secret, views = SECRETS[name]
    quiet, busy = play(opening, ()), play(opening, secret)
    assert feed(quiet, "control") != feed(busy, "control"), "the secret is there to be kept"
    for view in sorted(views):
        assert feed(quiet, view) == feed(busy, view), view
        for actor, probe in probes(view):
            assert quiet.try_(actor, probe) == busy.try_(actor, probe), (view, probe)


@pytest.mark.parametrize("name", SECRETS)
def test_the_comparison_would_notice(name: str) -> None:
    opening, secret, views = SECRETS[name]
    quiet, busy = play(opening, ()), play(opening, secret)
    assert any(feed(quiet, view) != feed(busy, view) for view in VIEWS - views)


def test_a_secret_clause_leaves_no_trace_with_a_mere_reader() -> None:
    """The same text with and without a secret clause: a reader's feed is the same to the byte, advice and all."""
    plain = (a_draft(readers=("intel", "rok")), (POTUS, c.OfferTable(offer="o")))
    closed = (a_draft(levels=SECRET, details=DETAILS, readers=("intel", "rok")), (POTUS, c.OfferTable(offer="o")))
    one, other = play(plain, ()), play(closed, ())
    for view in ("seat:intel", "seat:rok"):
        assert feed(one, view) == feed(other, view), view
    assert feed(one, "seat:dprk") != feed(other, "seat:dprk")


def test_nothing_of_a_text_at_the_gate_is_told_before_its_release() -> None:
    quiet, busy = play((), (), gate="control"), play((), TABLED, gate="control")
    for view in sorted(VIEWS - {"seat:potus", "seat:intel"}):
        assert feed(quiet, view) == feed(busy, view), view
        for actor, probe in probes(view):
            assert quiet.try_(actor, probe) == busy.try_(actor, probe), (view, probe)
    busy.do(CONTROL, c.OfferRelease(offer=KEY))
    assert feed(quiet, "seat:dprk") != feed(busy, "seat:dprk")
    assert feed(quiet, "seat:state") == feed(busy, "seat:state")


def test_a_delegate_s_reader_is_not_shown_to_the_side_that_wrote_the_text() -> None:
    theirs: tuple[Step, ...] = (
        (DPRK, c.OfferDraft(offer="t", parties=BOTH, levels=SMALL)), (DPRK, c.OfferTable(offer="t")),
    )  # fmt: skip
    brought: tuple[Step, ...] = (
        (POTUS, c.MandateGive(seat="state", may=("mark",))),
        (POTUS, c.OfferWiden(offer="dprk:t", readers=("intel",))),
    )
    quiet, busy = play(theirs, ()), play(theirs, brought)
    assert feed(quiet, "seat:dprk") == feed(busy, "seat:dprk")
    readers = {view: busy.seen(view, "offer")["dprk:t"].readers for view in ("seat:potus", "seat:dprk")}  # type: ignore[attr-defined]
    assert readers == {"seat:potus": ("intel", "state"), "seat:dprk": ()}
