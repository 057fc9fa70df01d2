"""A bot that takes too long or breaks is replaced for the moment by a simple one, and the log says so."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from wargame.bots import player as players
from wargame.bots.player import Player
from wargame.bots.theatre import Staged, stage, throwaway_store
from wargame.game.commands import GameCreate
from wargame.store.cases import case_now


@pytest.fixture
def staged(django_db_blocker: Any) -> Iterator[Staged]:
    with django_db_blocker.unblock(), throwaway_store():
        case = case_now("us-dprk-2017")
        assert case is not None
        order = GameCreate(
            title="One bot", scenario=case.meta.id, preset="full", seed="1", style="rigid", open_seats=(),
            bots={"rok": "maximiser"}, phase_ms={phase.id: None for phase in case.phases},
        )  # fmt: skip
        game = stage(order, game_id="one-bot")
        game.order("game.start", {"force": True}, slug="start")
        while not next(phase for phase in case.phases if phase.id == game.state.phase).orders:
            game.order("phase.end", {"expect": f"{game.state.turn}:{game.state.phase}"}, slug=game.state.phase)
        yield game


def reasons(staged: Staged, think: Any) -> list[str]:
    bot = Player(staged.game, "rok", policy="maximiser", case=staged.case, think=think)
    bot.step(now_ms=staged.clock.tick())
    return [order.rationale for order in staged.state.sheets["rok"].orders.values()]


def test_a_bot_that_takes_too_long_is_stood_in_for(staged: Staged, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(players, "DEADLINE_S", 0.05)

    def slowly(*_: Any) -> list[Any]:
        time.sleep(0.4)
        return []

    found = reasons(staged, slowly)
    assert found
    assert all("Simple policy: maximiser took longer than" in text for text in found)


def test_a_bot_that_breaks_is_stood_in_for(staged: Staged):
    def breaking(*_: Any) -> list[Any]:
        raise ZeroDivisionError

    found = reasons(staged, breaking)
    assert found
    assert all("maximiser failed (ZeroDivisionError)" in text for text in found)


def test_looking_ahead_is_done_within_the_deadline_and_says_why(staged: Staged):
    started = time.process_time()
    bot = Player(staged.game, "rok", policy="maximiser", case=staged.case)
    bot._acts(players.picture(_known(bot), staged.case))
    assert time.process_time() - started < players.DEADLINE_S
    found = reasons(staged, players._think)
    assert found
    assert all("Simple policy" not in text for text in found)


def _known(bot: Player) -> Any:
    bot.known.refresh()
    return bot.known
