"""Every refusal has a stable code, a sentence that says what to do next, and a test that brings it about."""

import re
from pathlib import Path

import pytest

from tests.support.builders import CONTROL, a_game, player
from wargame.game import commands as c
from wargame.game.rejections import REJECTIONS, Rejected, reject, sentence

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"\"((?:[a-z]+)\.[a-z_]+)\"")


def codes_in(folder: str, pattern: str) -> set[str]:
    found: set[str] = set()
    for path in ROOT.glob(f"{folder}/{pattern}"):
        found.update(CODE.findall(path.read_text()))
    return found & set(REJECTIONS)


def test_every_code_of_the_catalogue_is_used_by_a_rule() -> None:
    used = codes_in("wargame/game/decide", "*.py") | codes_in("negotiation", "*.py")
    assert set(REJECTIONS) - used == set()


def test_every_code_is_brought_about_by_a_test() -> None:
    assert set(REJECTIONS) - codes_in("tests/unit", "test_game_*.py") == set()


@pytest.mark.parametrize("code", sorted(REJECTIONS))
def test_a_refusal_is_one_or_two_whole_sentences(code: str) -> None:
    text = REJECTIONS[code]
    assert text.endswith(".")
    assert "!" not in text
    assert 20 <= len(text) <= 160
    assert code.count(".") == 1


def test_a_code_that_is_not_in_the_catalogue_cannot_be_given() -> None:
    with pytest.raises(KeyError):
        reject("no.such_code")


def test_a_refusal_reads_as_a_sentence_with_its_values() -> None:
    refused = a_game().with_seats("rok").try_(player("rok"), c.SeatTake(seat="moon"))
    assert isinstance(refused, Rejected)
    text = sentence(refused)
    assert "{" not in text
    assert "moon" in text
    assert "potus, state" in text


def test_a_refused_command_has_no_effect() -> None:
    game = a_game().with_seats("rok").started()
    before = game.state
    assert game.refused(player("rok"), c.OrdersSubmit()) == "order.phase_closed"
    assert game.refused(CONTROL, c.PhaseEnd(expect="plan")) == "phase.moved_on"
    assert game.state is before
