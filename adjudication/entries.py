"""What the engine says of an entry of the master list: can it be read, can it ever come, its die.

For entries written during a game; those of a case are checked as it is loaded, by the same rules.
"""

import msgspec

from adjudication.conditions import Condition
from adjudication.dice import Die, draw
from adjudication.effects import Effect
from adjudication.lint.reach import Reach
from adjudication.scenario.checks.msel import check_entry
from adjudication.scenario.checks.trees import check_condition, check_effect
from adjudication.scenario.happenings import Inject
from adjudication.scenario.nodes import Faults, Node
from adjudication.scenario.places import Desk
from adjudication.scenario.schema import Scenario
from adjudication.scenario.vocabulary import Vocabulary
from adjudication.scenario.written import read_condition, read_effects

PATH = 80
"""Characters of the place of a fault that are told; circles of aliases make them long."""


class Forms(msgspec.Struct, frozen=True):
    """The conditions and effects of an entry."""

    trigger: Condition | None
    expects: Condition | None
    effects: tuple[Effect, ...]


def read_forms(*, trigger: str, expects: str, effects: str) -> Forms | str:
    """Return the forms of an entry as written, or what cannot be read of them."""
    faults = Faults()
    forms = Forms(
        read_condition(trigger, faults, where="if"),
        read_condition(expects, faults, where="expects"),
        read_effects(effects, faults, where="effects"),
    )
    return _first(faults) or forms


def _first(faults: Faults) -> str:
    """Return the first fault in words, with the names that are allowed."""
    if not faults.errors:
        return ""
    fault = faults.errors[0]
    where = f"{fault.path[:PATH]}: " if fault.path and fault.path != "(file)" else ""
    return f"{where}{fault.message}" + (f" ({', '.join(fault.allowed)})" if fault.allowed else "")


def fault_of_entry(scenario: Scenario, entry: Inject, *, known: frozenset[str]) -> str:
    """Return what is wrong with an entry, or nothing. `known`: the entries of the list."""
    faults, words = Faults(), Vocabulary(scenario)
    desk = Desk(Node({}, "", 1, ""), faults)
    place = ("injects", entry.id)
    check_entry(scenario, desk, entry, known)
    for condition in (entry.trigger, entry.expects):
        if condition is not None:
            check_condition(scenario, words, desk, place, condition, frozenset())
    for effect in entry.effects:
        check_effect(scenario, words, desk, place, effect)
    return _first(faults)


def never_comes(scenario: Scenario, entry: Inject) -> str:
    """Return why an entry can never go out, or nothing. What cannot be told counts as possible."""
    if entry.trigger is None and entry.on is None:
        return ""
    reach = Reach(scenario)
    if not reach.possible(entry.trigger):
        return "its condition contradicts itself or asks for what never is"
    if entry.on is not None and entry.on.kind == "order" and entry.on.move and entry.on.move not in reach.moves:
        return f"{entry.on.move} can never be ordered"
    return ""


def chance_of(entry: str, p: float, *, turn: int, seed: str | int) -> Die:
    """Return the die of an entry: it goes out where the number falls below its chance (R-F03)."""
    key = f"inject:{entry}"
    u = draw(seed, turn, key)
    return Die(key, u, p, "yes" if u < p else "no")
