"""Show Control the rulings on a proposal, who makes them and what was looked at. No other view gets any of these."""

from adjudication.orders import RuledEffect
from wargame.game.entities import ReviewSeen, RuledEffectSeen, RulingSeen
from wargame.game.events import Recorded, RulingDropped, RulingMade
from wargame.game.state import Ruling, State
from wargame.game.visibility.base import Rows, control_only, show


def effect_words(effect: RuledEffect) -> str:
    """Return an effect of a ruling in a few words."""
    name = effect.target.replace("_", " ").replace(".", ", ")
    if effect.kind == "flag":
        return f"{name} {'raised' if effect.value else 'lowered'}"
    return f"{name} at level {effect.value:g}" if effect.kind == "clause" else f"{name} {effect.value:+g}"


def value_words(ruling: Ruling | RulingMade) -> str:
    """Return what a ruling says, apart from what it is about."""
    match ruling.kind:
        case "edit":
            return f"{ruling.delta:+g}"
        case "set" | "row":
            return f"{ruling.delta:g}"
        case "fidelity":
            return f"{ruling.delta:.0%}"
        case "effects":
            return "; ".join(effect_words(effect) for effect in ruling.effects)
        case "reversal":
            return "a reversal"
        case "annotate":
            return "a remark"
        case "replace" | "event":
            return ruling.outcome


def ruling_seen(state: State, ruling: Ruling, *, dropped: bool) -> RulingSeen:
    """Return a ruling as Control sees it."""
    return RulingSeen(
        id=ruling.id,
        turn=state.turn,
        kind=ruling.kind,
        target=ruling.target,
        value=value_words(ruling),
        reason=ruling.reason,
        by=ruling.by,
        dropped=dropped,
        shown_to=ruling.shown_to,
        rule=ruling.rule,
        cause=ruling.cause,
        effects=tuple(RuledEffectSeen(kind=e.kind, target=e.target, value=e.value) for e in ruling.effects),
    )


def ruling_made(recorded: Recorded, fact: RulingMade, before: State, after: State) -> Rows:
    """Yield the ruling."""
    ruling = next(r for r in after.rulings if r.id == fact.ruling)
    return show(control_only(), "ruling", fact.ruling, ruling_seen(after, ruling, dropped=False))


def ruling_dropped(recorded: Recorded, fact: RulingDropped, before: State, after: State) -> Rows:
    """Yield that a ruling was withdrawn."""
    ruling = next(r for r in before.rulings if r.id == fact.ruling)
    return show(control_only(), "ruling", fact.ruling, ruling_seen(before, ruling, dropped=True))


def review_moved(before: State, after: State) -> Rows:
    """Yield who rules and what was looked at, where a fact changed either. A released turn keeps its last."""
    if after.proposal is None:
        return
    begun = before.proposal is None
    if not begun and (before.ruling_by, before.reviewed) == (after.ruling_by, after.reviewed):
        return
    by = after.people.get(after.ruling_by)
    seen = ReviewSeen(
        turn=after.turn, by=after.ruling_by, by_name=by.display if by else "", reviewed=tuple(sorted(after.reviewed))
    )
    yield from show(control_only(), "review", f"turn@{after.turn}", seen)
