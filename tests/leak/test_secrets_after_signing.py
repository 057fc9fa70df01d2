"""Choices, unseen breaches and secret clauses: whoever may not know of them is told the same without them, to the byte.

Two games sign the same text in the open; in the second, something hidden happens too. Each view that may not know of
it gets an identical feed, in order and number, over the settlement of the turn and the next, and identical answers.
"""

import msgspec
import pytest

from negotiation.details import Detail
from tests.support.builders import CONTROL, SEATS, Game, a_game, player
from wargame.game import commands as c
from wargame.game.entities import ObligationSeen
from wargame.game.events import Actor
from wargame.game.rejections import Rejected

POTUS, DPRK = player("potus"), player("dprk")
Step = tuple[Actor, c.Command]
VIEWS = {*(f"seat:{seat}" for seat in SEATS), "observer", "public"}
US = {f"seat:{seat}" for seat in ("potus", "state", "defense", "intel")}
KEY = "potus:o"
OPEN = {"test": 1, "sec": 1, "remains": 1, "security_assurance": 1, "seq": 0}
DETAILS = {"security_assurance": Detail(secret=True)}
CALM = "seed-139"


def signed(levels: dict[str, int], details: dict[str, Detail], *, seed: str = CALM) -> Game:
    game = a_game(seed=seed).with_seats("potus", "state", "dprk", "rok", "jpn").started().in_phase("negotiate")
    text = c.OfferDraft(offer="o", parties=("potus", "dprk"), levels=levels, details=details, title="First step")
    game.do(POTUS, text).do(POTUS, c.OfferTable(offer="o")).do(DPRK, c.OfferAccept(offer=KEY, version=1))
    for actor in (POTUS, DPRK):
        game.do(actor, c.OfferSign(offer=KEY, version=1, venue="exchange"))
    return game.at_turn(2).in_phase("plan")


READ = {"reading", "outcome", "move"}
"""What rests on a seat's own estimates: of trust between the parties, which open or not is a fact of the world."""


def told(game: Game, view: str, *, without: set[str] = frozenset()) -> list[bytes]:  # type: ignore[assignment]
    rows = (row for row in game.feed(view) if row.kind not in without)
    return [msgspec.json.encode((row.kind, row.key, row.value)) for row in rows]


def answers(game: Game, seat: str) -> list[object]:
    """What a seat is told when it tries what it can about what was signed."""
    tries = (
        *(
            c.ObligationChoose(obligation=f"{KEY}:{clause}", choice=choice)  # type: ignore[arg-type]
            for clause in ("security_assurance", "remains", "test", "liaison")
            for choice in ("keep", "withhold")
        ),
        c.AgreementSuspend(agreement=KEY, clause="security_assurance", reason="Enough."),
        c.AgreementSuspend(agreement=KEY, clause="liaison", reason="Enough."),
        c.AgreementReaffirm(agreement=KEY),
    )
    made = [game.try_(player(seat), command) for command in tries]
    return [one if isinstance(one, Rejected) else "accepted" for one in made]


UNKNOWN: dict[str, tuple[tuple[Step, ...], set[str]]] = {
    "a choice to withhold what nobody sees through": (
        ((POTUS, c.ObligationChoose(obligation=f"{KEY}:security_assurance", choice="withhold")),),
        VIEWS - US,
    ),
    "a choice taken back": (
        (
            (DPRK, c.ObligationChoose(obligation=f"{KEY}:test", choice="withhold")),
            (DPRK, c.ObligationChoose(obligation=f"{KEY}:test", choice="delay")),
            (DPRK, c.ObligationChoose(obligation=f"{KEY}:test", choice="keep")),
        ),
        VIEWS - {"seat:dprk"},
    ),
}
FELT: dict[str, tuple[Step, ...]] = {
    "a secret clause late": ((POTUS, c.ObligationChoose(obligation=f"{KEY}:security_assurance", choice="delay")),),
    "a secret clause suspended": (
        (POTUS, c.AgreementSuspend(agreement=KEY, clause="security_assurance", reason="It was talked about.")),
    ),
}
"""Done in secret by the parties, and it costs trust between them, which others estimate as they always do."""


def both(steps: tuple[Step, ...]) -> tuple[Game, Game]:
    """Two games with as many commands; in the second, Control's notes of the first are what is hidden."""
    plain, secret = signed(OPEN, DETAILS), signed(OPEN, DETAILS)
    for number, (actor, command) in enumerate(steps):
        plain.do(CONTROL, c.NotePin(note=f"n{number}", text="Nothing."))
        secret.do(actor, command)
    return plain, secret


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_done_in_secret_changes_no_byte_for_those_who_may_not_know(name: str) -> None:
    steps, views = UNKNOWN[name]
    plain, secret = both(steps)
    for at in (2, 3):
        for view in sorted(views):
            assert told(secret, view) == told(plain, view), f"{view} in turn {at}"
        for seat in ("rok", "jpn"):
            assert answers(secret, seat) == answers(plain, seat)
        for game in (plain, secret):
            game.at_turn(at + 1).in_phase("plan")


@pytest.mark.parametrize("name", FELT)
def test_what_parties_do_about_a_secret_clause_is_told_to_nobody_else(name: str) -> None:
    plain, secret = both(FELT[name])
    for at in (2, 3):
        for view in ("seat:rok", "seat:jpn", "seat:state", "observer", "public"):
            assert told(secret, view, without=READ) == told(plain, view, without=READ), f"{view} in turn {at}"
            lines = [line for row in secret.seen(view, "outcome").values() for line in row.account]  # type: ignore[attr-defined]
            assert not any("attack" in line for line in lines)
        for seat in ("rok", "jpn", "state"):
            assert answers(secret, seat) == answers(plain, seat)
        for game in (plain, secret):
            game.at_turn(at + 1).in_phase("plan")


def test_the_breach_happened_and_its_own_side_and_control_know() -> None:
    """The allowed half: without it, the denials above could pass because nothing was hidden."""
    steps, _ = UNKNOWN["a choice to withhold what nobody sees through"]
    game = signed(OPEN, DETAILS)
    for actor, command in steps:
        game.do(actor, command)
    game.at_turn(3).in_phase("plan")
    shown = {
        view: game.seen(view, "obligation")[f"{KEY}:security_assurance"]
        for view in ("seat:potus", "control", "seat:dprk")
    }
    states = {view: row.state for view, row in shown.items() if isinstance(row, ObligationSeen)}
    assert states == {"seat:potus": "breached", "control": "breached", "seat:dprk": "fulfilled"}


def test_a_clause_agreed_in_secret_changes_no_byte_for_those_who_are_no_party() -> None:
    without = {name: level for name, level in OPEN.items() if name != "security_assurance"}
    plain, secret = signed(without, {}), signed(OPEN, DETAILS)
    for view in sorted(VIEWS - {"seat:potus", "seat:dprk"}):
        assert told(secret, view) == told(plain, view), view
    for seat in ("rok", "jpn", "state"):
        assert answers(secret, seat) == answers(plain, seat)


def test_a_possible_breach_is_a_row_of_those_who_watch_and_of_nobody_else() -> None:
    for number in range(400):
        game = a_game(seed=f"w-{number}")
        if _noticed(game.state.seed):
            break
    game = signed({"remains": 1, "rec": 1, "seq": 0}, {"remains": Detail(due=2)}, seed=f"w-{number}")
    game.do(DPRK, c.ObligationChoose(obligation=f"{KEY}:remains", choice="withhold"))
    game.at_turn(3).in_phase("plan")
    flagged = {
        view
        for view in (*VIEWS, "control")
        if game.seen(view, "obligation")[f"{KEY}:remains"].possible_breach  # type: ignore[attr-defined]
    }
    assert flagged == {"seat:potus", "seat:defense", "control"}, "the other principal, and whom the case names"
    told_of = {
        view
        for view in (*VIEWS, "control")
        if any("Possible breach" in line for line in game.seen(view, "outcome")["turn@2"].account)  # type: ignore[attr-defined]
    }
    assert told_of == flagged


def _noticed(seed: str) -> bool:
    """Tell whether, under a seed, the breach goes unseen and is suspected."""
    from adjudication.dice import Dice

    dice = Dice((seed,), 2, {})
    return float(dice.u("caught:remains")[0]) > 0.96 and float(dice.u("suspect:remains")[0]) < 0.3
