"""One move of a bot: everything its seat wants to do at this moment, as commands.

Owns the order of a seat's work in a phase: read what came, order, brief, talk, bargain, be ready. It is a pure
function of the view and of what this seat has already tried in the phase.
"""

from adjudication.policies.bargain import bargain_acts
from adjudication.policies.base import HOT, Chair, Policy
from adjudication.policies.desk import desk_acts
from adjudication.policies.general import Bureaucrat
from adjudication.policies.keeping import keeping_acts
from adjudication.policies.post import by_post
from adjudication.policies.sheet import order_acts
from adjudication.policies.speech import speech_acts
from adjudication.policies.view import Act, BotView

BRIEFS_A_TURN = 2


def act(view: BotView, policy: Policy, *, tried: frozenset[str] = frozenset()) -> list[Act]:
    """Return the commands of this moment; when nothing is left to do, the seat says it is ready."""
    acts = [Act("item.open", {"kind": kind, "key": key}, f"read:{kind}:{key}") for kind, key in view.unopened]
    acts += desk_acts(view)
    if view.orders_open and not view.submitted and "submit" not in tried:
        acts += order_acts(policy.chair, view, policy.wishes(view))
    if view.orders_open:
        acts += keeping_acts(policy.chair, view)
        acts += _consents(policy.chair, view)
        acts += _briefings(view, briefed(policy))
        acts += speech_acts(policy.chair, view)
    if view.bargaining_open:
        acts += by_post(view, bargain_acts(policy.chair, view, tried=tried))
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


def _consents(chair: Chair, view: BotView) -> list[Act]:
    """Answer what the seat was asked, and ask for what its own sealed orders cannot do without."""
    acts = []
    for one in view.asked:
        given = consents(chair, view, one.move)
        note = "We can live with it." if given else "Not now, and not without us."
        acts.append(Act("consent.answer", {"request": one.id, "given": given, "note": note}, f"consent:{one.id}"))
    for move in view.sheet:
        known = chair.move(move)
        for to in known.needs if known.unanswered == "refused" else ():
            args: dict[str, object] = {"order": f"t{view.turn}-{move}", "to": to, "note": "We need your word on this."}
            acts.append(Act("consent.ask", args, f"ask:{move}:{to}"))
    return acts


def consents(chair: Chair, view: BotView, move: str) -> bool:
    """Tell whether a seat lets an ally's order pass: never an act of war, nothing hostile when it is hot."""
    asked = chair.move(move)
    if asked.severity in ("vi", "nu"):
        return False
    return view.reads(chair.danger) < HOT or asked.severity in ("de", "sq")
