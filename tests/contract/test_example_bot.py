"""The example bot plays a whole game over the public WebSocket of a real installation, with nothing but a token."""

import threading
import urllib.parse
from pathlib import Path

import pytest

from adjudication.policies import policy_for
from adjudication.scenario import load_scenario
from tests.support.services import installation
from tests.support.wire import Browser, Player, join
from wargame.bots.client import SocketBot

CASE = Path(__file__).parents[2] / "fixtures/scenarios/us-dprk-2017.yaml"
PHASE_MS = 1500


@pytest.mark.slow
def test_the_example_bot_plays_a_whole_game_with_a_token_and_no_cookie() -> None:
    case = load_scenario(CASE)
    with installation("--demo") as running:
        staff = Browser(running.url)
        staff.done(urllib.parse.urlsplit(str(running.ready["staff"])).path)
        made = staff.done(
            "/api/games",
            {
                "title": "A bot from outside", "scenario": case.meta.id, "preset": "ninety", "style": "rigid",
                "seats": ["dprk"], "bots": {seat: bot.policy for seat, bot in case.bots.items() if seat != "dprk"},
                "phase_ms": {phase.id: PHASE_MS for phase in case.phases if phase.minutes is not None},
            },
        )  # fmt: skip
        game, token = join(running.url, made["code"], "Bot from outside")
        bot = SocketBot(
            url=running.url, game=game, token=token, seat="dprk", case=case,
            policy=policy_for("opportunist", case, "dprk"),
        )  # fmt: skip
        stop = threading.Event()
        playing = threading.Thread(target=bot.play, kwargs={"until": stop.is_set}, daemon=True)
        playing.start()
        control_token = urllib.parse.urlsplit(made["control_url"]).path.rsplit("/", 1)[1]
        control = Player(running.url, game, control_token, name="control")
        try:
            control.until(lambda: (control.get("seat", "dprk") or {}).get("members"), what="the bot in its seat")
            control.do("game.start", force=True)
            control.until(lambda: control.get("game", "game")["status"] == "ended", within_s=150, what="the end")
            playing.join(timeout=20)
        finally:
            stop.set()
            control.close()
        assert bot.over
        orders = [order for order in control.all("order") if order["seat"] == "dprk"]
        assert {order["turn"] for order in orders} == set(range(4, 10))
        assert all(order["rationale"] for order in orders)
        assert bot.carried_out > len(orders)
        # The other seats are played by the installation's own bots, nudged by its worker.
        assert {order["seat"] for order in control.all("order")} == set(case.seat)
