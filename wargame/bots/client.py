"""An example bot: plays a seat over the public WebSocket with a token, from another process or another machine.

    python -m wargame.bots.client --url http://127.0.0.1:8000 --game g12 --token ... --seat dprk --policy opportunist

It needs the case's files for the rule book and nothing else of the server: no database, no Django. Reconnects by
itself with its cursor; repeats a command whose answer was lost under the same id.
"""

import argparse
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from adjudication.policies import Act, Policy, act, policy_for
from adjudication.scenario import Scenario, load_scenario
from wargame.bots.held import Held
from wargame.bots.moment import Moment, command_id, moment_of
from wargame.bots.picture import picture
from wargame.game.entities import GameSeen
from wargame.protocol.frames import AckIn, AckOut, Bye, Feed, Hello, Reject, ServerFrame, Snapshot, Welcome

log = logging.getLogger(__name__)

ANSWER_S = 10.0
QUIET_S = 0.5
RETRY_S = 1.0


class Dismissed(RuntimeError):
    """The server has shown the bot the door."""


class SocketBot:
    """One bot at one WebSocket."""

    def __init__(self, *, url: str, game: str, token: str, seat: str, policy: Policy, case: Scenario) -> None:
        self.address = f"{url.replace('http', 'ws', 1).rstrip('/')}/ws/game/{game}"
        self.token, self.policy, self.case = token, policy, case
        self.known = Held(seat)
        self.carried_out = 0
        self._socket: ClientConnection | None = None
        self._welcome: Welcome | None = None
        self._answers: dict[str, AckOut | Reject] = {}
        self._tried: set[str] = set()
        self._moment = Moment()
        self._frames = msgspec.json.Decoder(ServerFrame)

    def play(self, *, until: Callable[[], bool] = lambda: False) -> None:
        """Play until the game has ended or `until` says so. Raises Dismissed if the server refuses the bot."""
        while not (until() or self.over):
            try:
                with connect(self.address, max_size=2**24, compression=None) as self._socket:
                    self._hello()
                    while not (until() or self.over):
                        self._read(QUIET_S)
                        self._act()
            except (ConnectionClosed, WebSocketException, OSError) as lost:
                log.info("socketbot.lost seat=%s why=%s", self.known.seat, type(lost).__name__)
                time.sleep(RETRY_S)

    @property
    def over(self) -> bool:
        """Tell whether the game has ended, as far as the bot was told."""
        game = self.known.one(GameSeen, "game", "game")
        return game is not None and game.status == "ended"

    def _hello(self) -> None:
        self._welcome = None
        self._say(Hello(cursor=self.known.head, token=self.token))
        end = time.monotonic() + ANSWER_S
        while not self._is_level():
            self._read(QUIET_S)
            if time.monotonic() > end:
                raise WebSocketException("no first picture")
        if self._seatless():
            self._send(Act("seat.take", {"seat": self.known.seat}, "take"), name=f"bot:{self.known.seat}:take")

    def _is_level(self) -> bool:
        return self._welcome is not None and self.known.head >= self._welcome.head

    def _seatless(self) -> bool:
        return self._welcome is not None and self._welcome.seat is None

    def _act(self) -> None:
        view = picture(self.known, self.case)
        if view is None:
            return
        moment = moment_of(self.known, turn=view.turn, phase=view.phase)
        if moment != self._moment:
            self._moment, self._tried = moment, set()
        for one in act(view, self.policy, tried=frozenset(self._tried)):
            answer = self._send(one, name=command_id(view.seat, self._moment, one.slug))
            self._tried.add(one.slug)
            self.carried_out += isinstance(answer, AckOut)
            if isinstance(answer, Reject):
                log.debug("socketbot.refused name=%s code=%s", one.name, answer.code)

    def _send(self, one: Act, *, name: str) -> AckOut | Reject:
        self._say({"t": "command", "id": name, "name": one.name, "args": one.args, "seen": self.known.head})
        end = time.monotonic() + ANSWER_S
        while name not in self._answers:
            self._read(QUIET_S)
            if time.monotonic() > end:
                raise WebSocketException("no answer")
        return self._answers.pop(name)

    def _say(self, frame: Any) -> None:
        assert self._socket is not None
        self._socket.send(msgspec.json.encode(frame).decode())

    def _read(self, wait_s: float) -> None:
        """Read one frame if one comes in time."""
        assert self._socket is not None
        try:
            text = self._socket.recv(timeout=wait_s)
        except TimeoutError:
            return
        match self._frames.decode(text):
            case Welcome() as welcome:
                self._welcome = welcome
            case Snapshot() as shot:
                if shot.first:
                    self.known.drop()
                for item in shot.items:
                    self.known.take(item.k, item.id, bytes(item.v), n=0)
                if not shot.more:
                    self._level_with(shot.n)
            case Feed() as feed:
                for item in feed.items:
                    self.known.take(item.k, item.id, bytes(item.v), n=item.n)
                self._level_with(feed.b)
            case AckOut() as ack:
                self._answers[ack.id] = ack
            case Reject() as reject if reject.id is not None:
                self._answers[reject.id] = reject
            case Bye() as bye:
                raise Dismissed(f"{bye.code} {bye.reason}")

    def _level_with(self, n: int) -> None:
        self.known.head = max(self.known.head, n)
        self._say(AckIn(n=self.known.head))


def main() -> None:
    """Read the command line and play."""
    parser = argparse.ArgumentParser(description="Play a seat over the WebSocket with a token.")
    parser.add_argument("--url", required=True)
    parser.add_argument("--game", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--seat", required=True)
    parser.add_argument("--policy", default="tit_for_tat")
    parser.add_argument("--scenario", type=Path, default=Path("fixtures/scenarios/us-dprk-2017.yaml"))
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO)
    case = load_scenario(given.scenario)
    policy = policy_for(given.policy, case, given.seat)
    SocketBot(url=given.url, game=given.game, token=given.token, seat=given.seat, policy=policy, case=case).play()


if __name__ == "__main__":
    main()
