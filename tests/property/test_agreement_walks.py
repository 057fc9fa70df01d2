"""Random conduct over a signed text in the shipped case: what is listed is accepted, folds agree, and nothing leaks.

A walk is a seeded sequence of choices among the commands `legal_agreement` lists for the two principals, with turns
settled in between.
"""

import random

import pytest

from tests.support.builders import Game, player
from tests.unit.test_game_agreements import signed
from wargame.game import commands as c
from wargame.game import engine, obligations
from wargame.game.entities import AgreementSeen, ObligationSeen
from wargame.game.evolve import fold
from wargame.game.legal_agreement import of_seat
from wargame.game.rejections import Rejected
from wargame.game.snapshot import restore, snapshot

PRINCIPALS = ("potus", "dprk")
SIDE = {"potus": "US", "dprk": "DPRK"}
TURNS = 5


def walk(seed: int) -> Game:
    """Sign, then let both principals do what they may about it, turn after turn."""
    pick = random.Random(seed)
    game = signed(seed=f"walk-{seed}")
    for _ in range(TURNS):
        for _ in range(pick.randint(0, 4)):
            seat = pick.choice(PRINCIPALS)
            options = list(of_seat(game.state, game.state.seats[seat], game.scenario))
            for option in options:
                answer = game.try_(player(seat), option)
                assert not isinstance(answer, Rejected), f"listed as legal but refused: {option} {answer}"
            if options:
                game.do(player(seat), pick.choice(options))
        game.at_turn(game.state.turn + 1).in_phase("plan")
        _shown_as_it_may_be(game)
    return game


def _shown_as_it_may_be(game: Game) -> None:
    """Hold what each view was told against the truth, written anew here."""
    for text in engine.agreements(game.state.world):
        told = game.seen("public", "agreement").get(text.id)
        if isinstance(told, AgreementSeen) and told.status == "ended":
            open_rows = [row for row in text.owed if row.side and not row.secret and row.state != "struck"]
            assert told.ended_turn == max(row.since for row in open_rows)
        for row in text.owed:
            if not row.side:
                continue
            key = f"{text.id}:{row.clause}"
            for view in ("seat:potus", "seat:dprk", "seat:jpn", "public", "control"):
                shown = game.seen(view, "obligation").get(key)
                seat = view.removeprefix("seat:")
                if row.secret and seat not in text.parties and view != "control":
                    assert shown is None, f"{view} was told of a secret clause"
                    continue
                if shown is None:
                    assert row.state == "struck"
                    continue
                assert isinstance(shown, ObligationSeen)
                own = view == "control" or SIDE.get(seat) == row.side
                if row.state == "withheld":
                    assert shown.state == ("breached" if own else "fulfilled")
                assert own or shown.choice == ""
                if view != "control":
                    assert shown.possible_breach == (seat in row.suspected)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_conduct_over_a_signed_text_is_accepted_folded_and_shown_as_it_may_be(seed: int) -> None:
    game = walk(seed)
    assert fold(game.log) == game.state
    head = restore(snapshot(fold(game.log[: len(game.log) // 2])))
    assert fold(game.log[len(game.log) // 2 :], start=head) == game.state


def test_a_choice_is_gone_when_the_turn_is_settled() -> None:
    game = signed().do(player("dprk"), c.ObligationChoose(obligation="potus:o:fac", choice="withhold"))
    game.at_turn(3)
    assert (game.state.choices, game.state.declared) == ({}, ())
    assert obligations.upcoming(game.state) == 3
