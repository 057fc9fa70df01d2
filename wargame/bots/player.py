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
from wargame.bots.held import Held
from wargame.bots.knowledge import Knowledge
from wargame.bots.moment import Moment, command_id, moment_of
from wargame.bots.picture import picture
from wargame.game.entities import SeatSeen, StandingSeen
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
        acts = self._acts(view)
        if posted_for_people_away(self.known):
            acts = under_standing_orders(view, acts, frozenset(self._tried))
        done = sum(isinstance(self._send(one, now_ms), Accepted) for one in acts)
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


WITHOUT_ORDERS: frozenset[str] = frozenset({"orders.submit", "seat.ready", "room.read", "item.open"})
"""What a bot does of its own accord in a seat whose people left orders for it: nothing that binds them."""


def posted_for_people_away(known: Held) -> bool:
    """Tell whether the seat has people, who are away, and the standing orders they posted."""
    own = known.one(SeatSeen, "seat", known.seat)
    posted = known.one(StandingSeen, "standing", known.seat)
    return own is not None and bool(own.members) and posted is not None and bool(posted.orders)


def under_standing_orders(view: BotView, acts: list[Act], tried: frozenset[str]) -> list[Act]:
    """Return what is done under standing orders: they are laid on the sheet and sealed, and nothing else binds."""
    own = [one for one in acts if one.name in WITHOUT_ORDERS]
    if view.orders_open and not view.submitted and "standing" not in tried:
        return [Act("standing.file", {}, "standing"), *own]
    return own


def _marked(one: Act, why: str) -> Act:
    """Say in an order's rationale that a simpler policy gave it."""
    if "rationale" not in one.args:
        return one
    return Act(one.name, {**one.args, "rationale": f"{one.args['rationale']} [Simple policy: {why}.]"}, one.slug)
