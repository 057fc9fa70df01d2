"""What never comes about: rules that cannot fire, effects and triggers that cannot hold, moves nobody can order."""

from adjudication.lint.findings import Notes
from adjudication.lint.reach import Reach
from adjudication.scenario.names import effects_of
from adjudication.scenario.schema import Move, Rule, Scenario

CAPITAL_MOST = 100.0
"""Political capital never grows beyond this."""


def dead_rules(scenario: Scenario, reach: Reach, notes: Notes) -> None:
    """Note every data rule that can never act, and every gate that never refuses or always does."""
    for rule in scenario.rules:
        if not rule.code:
            _rule(reach, notes, rule)
    for place, effect in effects_of(scenario):
        owner = scenario.rule.get(str(place[1])) if place[0] == "rules" else scenario.move.get(str(place[1]))
        if effect.when is None or not reach.alive(place):
            continue
        if not reach.possible(effect.when, owner):
            what = "Its condition contradicts itself or asks for what never is."
            notes.error(
                (*place, "when"), f"this effect never happens. {what}", "Mend the condition or drop the effect."
            )


def _rule(reach: Reach, notes: Notes, rule: Rule) -> None:
    place = ("rules", rule.id)
    if not rule.effects and rule.require is None:
        notes.error(place, "this rule does nothing.", "Give it effects or a requirement, or mark it `code: true`.")
        return
    if rule.event and rule.event not in reach.events:
        notes.error((*place, "event"), f"never fires: nothing ever raises {rule.event}.", "Raise the event or drop it.")
    elif rule.event and rule.stage not in reach.heard(rule.event):
        stages = ", ".join(f"{stage:g}" for stage in sorted(reach.heard(rule.event)))
        notes.error(
            (*place, "stage"), f"never fires: {rule.event} is answered at stage {stages}, not {rule.stage:g}.",
            f"Move it to stage {stages}.",
        )  # fmt: skip
    elif rule.on is not None and not reach.matched(rule.on):
        notes.error((*place, "on"), "never fires: no order anybody can give is meant.", "Name a move of the catalogue.")
    elif not reach.possible(rule.when, rule):
        message = "never fires: the condition contradicts itself or asks for what never is."
        notes.error((*place, "when"), message, "Mend the condition or drop the rule.")
    elif rule.require is not None and not reach.possible(rule.require, rule):
        notes.error((*place, "require"), "always refuses: nothing can meet it.", "Mend the requirement.")
    elif rule.require is not None and reach.certain(rule.require, rule):
        notes.warning((*place, "require"), "never refuses: it always holds.", "Sharpen the requirement or drop it.")


def unreachable_moves(scenario: Scenario, reach: Reach, notes: Notes) -> None:
    """Note every move that nobody can ever order or that arrives after the game."""
    for move in scenario.moves:
        _move(scenario, reach, notes, move)


def _move(scenario: Scenario, reach: Reach, notes: Notes, move: Move) -> None:
    place = ("moves", move.id)
    seats = [scenario.seat[seat] for seat in move.seats]
    if not seats:
        notes.error((*place, "seats"), "nobody may order this move.", "Name a seat, or drop the move.")
    elif all(move.cost > seat.budget for seat in seats):
        most = max(seat.budget for seat in seats)
        message = f"costs {move.cost} orders; the largest budget of its seats is {most}."
        notes.error((*place, "cost"), message, "Lower the cost or raise a budget.")
    elif move.capital > max((CAPITAL_MOST if "capital" in s.resources else 0.0) for s in seats):
        notes.error(
            (*place, "capital"), f"costs {move.capital:g} capital nobody can have.", "Lower it, or give capital."
        )
    elif not reach.possible(move.require, move):
        message = "can never be ordered: its requirement contradicts itself or asks for what never is."
        notes.error((*place, "require"), message, "Mend the requirement or drop the move.")
    elif not reach.possible(move.hidden_until, move):
        notes.error((*place, "hidden_until"), "stays hidden for ever.", "Mend the condition or drop the move.")
    elif move.lead_turns >= scenario.meta.turns:
        message = f"takes effect {move.lead_turns} turns later; the case has {scenario.meta.turns}."
        notes.error((*place, "lead_turns"), message, "Shorten it.")
    elif not move.effects and move.signal is None and not _named(scenario, move.id):
        notes.warning(place, "changes nothing and no rule asks about it.", "Give it an effect or a signal.")


def _named(scenario: Scenario, move: str) -> bool:
    """Tell whether any other part of the case has a use for a move."""
    from adjudication.lint.unused import moves_asked  # noqa: PLC0415 - it reads the same names

    return move in moves_asked(scenario)


def dead_triggers(scenario: Scenario, reach: Reach, notes: Notes) -> None:
    """Note events, flashpoints and standing orders that never come about."""
    remedy = "Mend the condition or drop it."
    for event in scenario.calendar:
        if not reach.possible(event.when):
            notes.error(("calendar", event.id, "when"), "never happens: its condition cannot hold.", remedy)
    for hazard in scenario.hazards:
        if not reach.possible(hazard.when):
            notes.error(("hazards", hazard.id, "when"), "never threatens: its condition cannot hold.", remedy)
    for order in scenario.standing:
        if not reach.possible(order.on):
            notes.error(("standing", order.id, "on"), "is never carried out: its condition cannot hold.", remedy)
        if order.unless is not None and reach.certain(order.unless):
            notes.error(("standing", order.id, "unless"), "is never carried out: `unless` always holds.", remedy)
    for vote in scenario.tabled:
        if not reach.possible(vote.when):
            notes.error(("tabled", vote.key, "when"), "is never tabled: its condition cannot hold.", remedy)
