"""One bot at one seat: look, think, act through `handle`.

Owns what a bot remembers between two looks: its seat's feed and what it has already tried in the phase. Command
ids are the same in every process, so that two workers nudging one bot do everything once.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late

import msgspec

from adjudication.policies import SIMPLE, Act, BotView, Policy, act, policy_for
from adjudication.scenario import Scenario
from wargame.bots.knowledge import Knowledge
from wargame.bots.moment import Moment, command_id, moment_of
from wargame.bots.picture import picture
from wargame.play.answers import Accepted, ActorRef, Answer
from wargame.play.handle import handle

log = logging.getLogger(__name__)

DEADLINE_S = 2.0
_thinking = ThreadPoolExecutor(max_workers=4, thread_name_prefix="bot")

Think = Callable[[BotView, Policy, frozenset[str]], list[Act]]


def _think(view: BotView, policy: Policy, tried: frozenset[str]) -> list[Act]:
    return act(view, policy, tried=tried)


class Player:
    """A bot that holds a seat."""

    def __init__(self, game: str, seat: str, *, policy: str, case: Scenario, think: Think = _think) -> None:
        self.game = game
        self.seat = seat
        self.case = case
        self.policy = policy_for(policy, case, seat)
        self.known = Knowledge(game, seat)
        self._think = think
        self._tried: set[str] = set()
        self._moment = Moment()
        self._idle_at = -1

    def step(self, *, now_ms: int) -> int:
        """Look and do what there is to do now; return how many commands were carried out."""
        self.known.refresh()
        if self.known.head == self._idle_at:
            return 0
        view = picture(self.known, self.case)
        if view is None:
            self._idle_at = self.known.head
            return 0
        moment = moment_of(self.known, turn=view.turn, phase=view.phase)
        if moment != self._moment:
            self._moment, self._tried = moment, set()
        done = sum(isinstance(self._send(one, now_ms), Accepted) for one in self._acts(view))
        if not done:
            self._idle_at = self.known.head
        return done

    def _acts(self, view: BotView) -> list[Act]:
        """Return what the policy wants within the deadline, or what a simple one wants, marked as such."""
        tried = frozenset(self._tried)
        try:
            return _thinking.submit(self._think, view, self.policy, tried).result(timeout=DEADLINE_S)
        except Late:
            why = f"{self.policy.id} took longer than {DEADLINE_S:g} s"
        except Exception as error:
            log.exception("bot.failed game=%s seat=%s policy=%s", self.game, self.seat, self.policy.id)
            why = f"{self.policy.id} failed ({type(error).__name__})"
        log.warning("bot.fallback game=%s seat=%s policy=%s", self.game, self.seat, self.policy.id)
        return [_marked(one, why) for one in act(view, policy_for(SIMPLE, self.case, self.seat), tried=tried)]

    def _send(self, one: Act, now_ms: int) -> Answer:
        self._tried.add(one.slug)
        name = command_id(self.seat, self._moment, one.slug)
        answer = handle(
            self.game, actor=ActorRef.of_bot(self.seat), command_id=name, name=one.name,
            args=msgspec.json.encode(one.args), now_ms=now_ms,
        )  # fmt: skip
        if not isinstance(answer, Accepted):
            log.debug("bot.refused game=%s seat=%s name=%s code=%s", self.game, self.seat, one.name, answer.code)
        return answer


def _marked(one: Act, why: str) -> Act:
    """Say in an order's rationale that a simpler policy gave it."""
    if "rationale" not in one.args:
        return one
    return Act(one.name, {**one.args, "rationale": f"{one.args['rationale']} [Simple policy: {why}.]"}, one.slug)
