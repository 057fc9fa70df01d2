"""A change to a played game in words: what is different, a sentence each, in the case's own names."""

from collections.abc import Iterable, Iterator

from adjudication.conditions import All, Condition, Not, Some
from adjudication.lenses import LABELS
from adjudication.scenario.review import Dropped, Given
from adjudication.scenario.schema import Scenario
from adjudication.variation import ALL_RULINGS, Change, Pin
from adjudication.words import Sayings

FATES = {"done": "carried out", "partial": "carried out in part", "blocked": "refused"}
SWITCHES = {0.0: "down", 1.0: "up"}


def change_words(case: Scenario, change: Change, *, turns: tuple[int, int]) -> list[str]:
    """Return what a change makes different. `turns`: the first and the last that were played."""
    said = [
        f"{case.turn_name(turn)}: {_seat(case, seat)} orders {_moves(case, [o.move for o in orders]) or 'nothing'}."
        for turn, seats in sorted(change.orders.items())
        for seat, orders in sorted(seats.items())
    ]
    said += [
        f"{case.turn_name(one.turn)}: {_moves(case, [one.move])} of {_seat(case, one.seat)} is ruled {FATES[one.fate]}."
        for one in change.outcomes
    ]
    said += [_pin(case, pin, turns) for pin in change.pins]
    said += [_dropped(case, one) for one in change.drop]
    said += [_given(case, one) for one in change.give]
    if change.lenses is not None:
        lenses = " and ".join(LABELS[lens].lower() for lens in sorted(change.lenses))
        said.append(f"Settled under {lenses or 'no lens at all'}{' alone' if len(change.lenses) == 1 else ''}.")
    said += _players(case, change)
    said += [f"Left out: {_rule(case, name)}." for name in change.rules_off]
    return [*said, *_rulings(change)]


def condition_words(case: Scenario, condition: Condition, *, negated: bool = False) -> str:
    """Return a condition in the case's own names, in brackets where it joins several ways."""
    match condition:
        case All(items) | Some(items):
            joint = isinstance(condition, All) != negated
            parts = [condition_words(case, item, negated=negated) for item in items]
            said = (" and " if joint else " or ").join(parts)
            return said if joint or len(parts) == 1 else f"({said})"
        case Not(item):
            return condition_words(case, item, negated=not negated)
        case _:
            return Sayings(case).leaf(condition, negated)


def _seat(case: Scenario, seat: str) -> str:
    return case.seat[seat].short or case.seat[seat].label


def _moves(case: Scenario, moves: Iterable[str]) -> str:
    return "; ".join(f"\u201c{case.move[move].text.order}\u201d" for move in moves)


def _pin(case: Scenario, pin: Pin, turns: tuple[int, int]) -> str:
    first, last = max(pin.first, turns[0]), min(pin.last, turns[1])
    if pin.ordered:
        when = f"wherever {_moves(case, pin.ordered)} is ordered"
    elif (first, last) == turns:
        when = "in every turn"
    else:
        when = case.turn_name(first) + (f" to {case.turn_name(last)}" if last != first else "")
    head, _, rest = pin.name.partition(".")
    if head == "flag":
        fact = case.fact.get(rest)
        label, value = (rest if fact is None else fact.label), SWITCHES.get(pin.value, f"{pin.value:g}")
        return f"Held {value}, {when}: {label}."
    if head == "clause":
        issue = case.negotiation.deal_issue[rest]
        return f"{issue.label} is held at \u201c{issue.levels[int(pin.value)].label}\u201d, {when}."
    return f"{case.variable[pin.name].label} is held at {pin.value:g}, {when}."


def _dropped(case: Scenario, one: Dropped) -> str:
    who = ", ".join(_seat(case, seat) for seat in one.seats) or "Anybody"
    when = f" in turns that begin with {condition_words(case, one.when)}" if one.when is not None else ""
    return f"{who}: {_moves(case, one.moves)} is not ordered{when}."


def _given(case: Scenario, one: Given) -> str:
    when = f" in turns that begin with {condition_words(case, one.when)}" if one.when is not None else ""
    when += f" wherever {_moves(case, one.ordered)} is" if one.ordered else ""
    return f"{_seat(case, one.seat)} orders {_moves(case, [one.move])} besides{when}."


def _players(case: Scenario, change: Change) -> Iterator[str]:
    by: dict[str, list[str]] = {}
    for seat, spec in sorted(change.players.items()):
        rules = "a rule book of the case" if spec.policy == "rulebook" else spec.policy.replace("_", " ")
        by.setdefault(rules, []).append(_seat(case, seat))
    for rules, seats in sorted(by.items()):
        yield f"Played anew by {rules}: {', '.join(seats)}."


def _rule(case: Scenario, name: str) -> str:
    found = case.rule.get(name)
    return f"all rules {name}" if found is None else f"{name}, {found.name}"


def _rulings(change: Change) -> Iterator[str]:
    if ALL_RULINGS in change.without_rulings:
        yield "Without any ruling of Control."
    elif change.without_rulings:
        count = len(change.without_rulings)
        yield f"Without {'a ruling' if count == 1 else f'{count} rulings'} of Control."
    elif not change.with_overrides:
        yield "Control's rulings are left out of both runs."
