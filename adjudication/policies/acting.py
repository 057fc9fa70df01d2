"""One move of a bot: everything its seat wants to do at this moment, as commands.

Owns the order of a seat's work in a phase: read what came, order, brief, talk, bargain, be ready. It is a pure
function of the view and of what this seat has already tried in the phase.
"""

from adjudication.policies.bargain import bargain_acts
from adjudication.policies.base import Policy
from adjudication.policies.general import Bureaucrat
from adjudication.policies.sheet import order_acts
from adjudication.policies.speech import speech_acts
from adjudication.policies.view import Act, BotView

BRIEFS_A_TURN = 2


def act(view: BotView, policy: Policy, *, tried: frozenset[str] = frozenset()) -> list[Act]:
    """Return the commands of this moment; when nothing is left to do, the seat says it is ready."""
    acts = [Act("item.open", {"kind": kind, "key": key}, f"read:{kind}:{key}") for kind, key in view.unopened]
    if view.orders_open and not view.submitted and "submit" not in tried:
        acts += order_acts(policy.chair, view, policy.wishes(view))
    if view.orders_open:
        acts += _briefings(view, briefed(policy))
        acts += speech_acts(policy.chair, view)
    if view.bargaining_open:
        acts += bargain_acts(policy.chair, view)
    fresh = [one for one in acts if one.slug not in tried]
    if fresh or view.ready:
        return fresh
    return [Act("seat.ready", {"ready": True}, "ready")]


def briefed(policy: Policy) -> tuple[str, ...]:
    """Return whom a policy briefs of its own accord: as the case says; a bureaucrat its superior; others nobody.

    Others keep what they read to themselves; withholding is logged by the game.
    """
    chair = policy.chair
    if chair.spec.briefs:
        return chair.spec.briefs
    return (chair.superior,) if policy.id == Bureaucrat.id and chair.superior else ()


def _briefings(view: BotView, to: tuple[str, ...]) -> list[Act]:
    """Brief the estimates the seat holds and has not briefed yet, a few a turn."""
    if not to:
        return []
    return [
        Act(
            "estimate.brief",
            {"variable": variable, "to": to, "note": "Our best figure, with its margin."},
            f"brief:{variable}",
        )
        for variable in view.unbriefed[:BRIEFS_A_TURN]
    ]
