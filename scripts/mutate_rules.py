"""Mutation testing of rules that are data: change one thing in the scenario and see whether a numbered case notices.

A mutant flips a comparison, negates a condition, moves a number, drops an effect, turns a sign round, swaps the lens of
a rule or changes a parameter of a form in code. Survivors are gaps of the casebook, or changes nobody can see.

    .venv/bin/python scripts/mutate_rules.py [--only rules|parameters|bargaining|moves] [--list] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from adjudication.conditions import All, Between, Chance, Compare, Count, Deal, LensOn, Not, Some  # noqa: E402
from adjudication.scalars import Lin, Table, Var  # noqa: E402
from adjudication.scenario import Scenario, load_scenario  # noqa: E402
from adjudication.scenario.schema import Move, Rule  # noqa: E402
from negotiation.terms import AffineTerm, Negotiation  # noqa: E402
from tests.support.casebook.claims import broken  # noqa: E402
from tests.support.casebook.play import differences, play  # noqa: E402
from tests.support.casebook.shape import Book, Case, order_of, read_book  # noqa: E402

CONDITIONS = (All, Between, Chance, Compare, Count, Deal, LensOn, Not, Some)
FLIPPED = {"gt": "le", "ge": "lt", "lt": "ge", "le": "gt"}
EDGED = {"gt": "ge", "ge": "gt", "lt": "le", "le": "lt"}
LENSES = ("inst", "lead", "rat", "none")
PARAMETERS = ("hazard", "beliefs", "implementations", "interaction", "summit", "commitments", "vows", "votes", "tabled")
WORDS_ONLY = {
    "id", "name", "say", "sources", "text", "statement", "label", "note", "title", "code", "gate_for", "see", "group",
    "order", "headline", "good", "unit", "rises", "falls", "kind", "cameo", "goldstein", "precedent", "multiplier",
}  # fmt: skip
swap = msgspec.structs.replace


@dataclass(frozen=True)
class Mutant:
    """One changed scenario. `about` names the rule, move or block; `what` says the change."""

    room: str
    about: str
    what: str
    scenario: Scenario


# --- values and their neighbours --------------------------------------------------------------
def variants(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every single change of a value, with its words."""
    if isinstance(value, bool):
        yield f"{name}: {value} -> {not value}", not value
    elif isinstance(value, int | float):
        yield from _numbers(value, name)
    elif isinstance(value, Compare):
        yield from _comparisons(value, name)
    elif isinstance(value, Table):
        yield f"{name}: table turned round", Table(value.name, value.xs, tuple(-y for y in value.ys))
        for at, y in enumerate(value.ys):
            if y:
                yield f"{name}: value {at} of the table", swap(value, ys=(*value.ys[:at], y * 1.5, *value.ys[at + 1 :]))
    elif isinstance(value, msgspec.Struct):
        yield from _structs(value, name)
    elif isinstance(value, dict):
        for key, item in value.items():
            for words, other in variants(item, f"{name}.{key}"):
                yield words, {**value, key: other}
    elif isinstance(value, tuple):
        yield from _rows(value, name)


def _numbers(value: float, name: str) -> Iterator[tuple[str, Any]]:
    moved = value + 1 if isinstance(value, int) else value * 1.5
    if value:
        yield f"{name}: {value:g} -> {-value:g}", -value
        yield f"{name}: {value:g} -> {moved:g}", moved
    elif not isinstance(value, int):
        yield f"{name}: 0 -> 1", 1.0


def _comparisons(value: Compare, name: str) -> Iterator[tuple[str, Any]]:
    words = f"{name}: {value.left} {value.op} {value.right}"
    yield f"{words} negated", Not(value)
    if value.op in EDGED:
        yield f"{words} at its edge", swap(value, op=EDGED[value.op])
    if isinstance(value.right, float) and not str(value.left).startswith(("flag.", "event.")):
        yield f"{words} threshold up", swap(value, right=value.right + 1.0)
        yield f"{words} threshold down", swap(value, right=value.right - 1.0)


def _structs(value: msgspec.Struct, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, CONDITIONS) and not isinstance(value, Not):
        yield f"{name}: negated", Not(value)
    if isinstance(value, Some | All) and len(value.items) > 1:
        other = All if isinstance(value, Some) else Some
        yield f"{name}: {'any' if other is All else 'all'} -> {'all' if other is All else 'any'}", other(value.items)
    if isinstance(value, Var):
        yield f"{name}: -{value.name}", Lin(0.0, ((-1.0, value),))
    unread = {"at"} if isinstance(value, AffineTerm) and value.shape == "linear" else set()
    for field in value.__struct_fields__:
        if field not in WORDS_ONLY and field not in unread:
            for words, other in variants(getattr(value, field), f"{name}.{field}" if name else field):
                yield words, swap(value, **{field: other})


def _rows(value: tuple[Any, ...], name: str) -> Iterator[tuple[str, Any]]:
    for at, item in enumerate(value):
        if not isinstance(item, str | int | float):
            yield f"{name}[{at}] dropped", (*value[:at], *value[at + 1 :])
        elif isinstance(item, str) and len(value) > 1:
            yield f"{name}: without {item}", (*value[:at], *value[at + 1 :])
        for words, other in variants(item, f"{name}[{at}]"):
            yield words, (*value[:at], other, *value[at + 1 :])


# --- the rooms of a scenario ------------------------------------------------------------------
def of_rules(scenario: Scenario) -> Iterator[Mutant]:
    """Change the rules: their gates, conditions, effects and lenses, and what drifts by itself."""
    for at, rule in enumerate(scenario.rules):
        for words, other in _of_rule(rule):
            rules = (*scenario.rules[:at], other, *scenario.rules[at + 1 :])
            yield Mutant("rules", rule.id, words, swap(scenario, rules=rules))
    for at, variable in enumerate(scenario.variables):
        for field in ("drift", "prior", "forget", "lens"):
            value = getattr(variable, field)
            if variable.kind != "belief" and field == "forget":
                continue  # only beliefs are forgotten
            changes = [(f"{field}: off", "")] if field == "lens" and value else variants(value, field)
            for what, changed in changes:
                row = swap(variable, **{field: changed})
                rows = (*scenario.variables[:at], row, *scenario.variables[at + 1 :])
                yield Mutant("rules", variable.id, what, swap(scenario, variables=rows))


def _of_rule(rule: Rule) -> Iterator[tuple[str, Rule]]:
    if not rule.code:
        for lens in LENSES:
            if lens != rule.lens and "none" in (lens, rule.lens):
                yield f"lens {rule.lens} -> {lens}", swap(rule, lens=lens)
                break
    elif rule.lens != "none":
        yield f"lens {rule.lens} -> none", swap(rule, lens="none")
    for field in ("when", "require", "effects", "otherwise", "on"):
        value = getattr(rule, field)
        if value is None or value == ():
            continue
        if field == "require":
            yield "no gate", swap(rule, require=All(()))
        for words, other in variants(value, field):
            yield words, swap(rule, **{field: other})


def of_moves(scenario: Scenario) -> Iterator[Mutant]:
    """Change the moves: preconditions, effects, signals, resistance, capital, what excludes what."""
    fields = ("require", "effects", "signal", "resist", "capital", "exclusive", "once", "lead_turns", "detect",
              "unilateral", "consent", "lens_scale")  # fmt: skip
    for at, move in enumerate(scenario.moves):
        for field in fields:
            if _default(move, field):
                continue
            for words, other in variants(getattr(move, field), field):
                moves = (*scenario.moves[:at], swap(move, **{field: other}), *scenario.moves[at + 1 :])
                yield Mutant("moves", move.id, words, swap(scenario, moves=moves))


def _default(move: Move, field: str) -> bool:
    return getattr(move, field) in (None, (), {}, 0, 0.0, False)


def of_parameters(scenario: Scenario) -> Iterator[Mutant]:
    """Change the parameters of the forms that are code."""
    for block in PARAMETERS:
        for words, other in variants(getattr(scenario, block), block):
            yield Mutant("parameters", block, words, swap(scenario, **{block: other}))
    for at, event in enumerate(scenario.calendar):
        for words, other in variants(event.effects, f"{event.id}.effects"):
            calendar = (*scenario.calendar[:at], swap(event, effects=other), *scenario.calendar[at + 1 :])
            yield Mutant("parameters", "calendar", words, swap(scenario, calendar=calendar))


def of_bargaining(scenario: Scenario) -> Iterator[Mutant]:
    """Change what packages are worth, who may refuse them and how long they last."""
    terms: Negotiation = scenario.negotiation
    for block in ("parties", "verification", "gates", "players", "menus", "prepared", "durability"):
        for words, other in variants(getattr(terms, block), block):
            if "factors" not in words or "dropped" not in words:
                yield Mutant("bargaining", block, words, swap(scenario, negotiation=swap(terms, **{block: other})))
    for at, clause in enumerate(terms.clauses):
        for field in ("values", "players"):
            for words, other in variants(getattr(clause, field), f"{clause.id}.{field}"):
                clauses = (*terms.clauses[:at], swap(clause, **{field: other}), *terms.clauses[at + 1 :])
                yield Mutant("bargaining", "clauses", words, swap(scenario, negotiation=swap(terms, clauses=clauses)))


ROOMS = {"rules": of_rules, "parameters": of_parameters, "bargaining": of_bargaining, "moves": of_moves}


# --- the hunt ---------------------------------------------------------------------------------
def near(case: Case, mutant: Mutant) -> int:
    """Return how likely a case is to notice a change: 0 first."""
    about = mutant.about
    if about in case.fires or (mutant.room == "bargaining" and case.then.packages):
        return 0
    ordered = {order_of(o).move for o in case.do.orders}
    if about in case.silent or about in ordered or about in case.given.set:
        return 1
    return 2 if case.then.summit or case.do.texts else 3


def noticed(mutant: Mutant, book: Book) -> str:
    """Return the case that notices a mutant, or nothing."""
    for case in sorted(book.cases, key=lambda c: (near(c, mutant), c.id)):
        try:
            played = play(mutant.scenario, case, book.quiet)
            if next(differences(played), None) is not None:
                return case.id
        except Exception:  # noqa: BLE001 - a scenario that cannot be settled is noticed
            return case.id
    return _claimed(mutant, book)


def _claimed(mutant: Mutant, book: Book) -> str:
    """Ask the claims of the cases about a rule, where their outcomes noticed nothing."""
    for case in book.cases:
        if mutant.about in (*case.fires, *case.silent):
            played = play(mutant.scenario, case, book.quiet)
            if any(words.startswith(f"{mutant.about} ") for words in broken(played, book.quiet)):
                return case.id
    return ""


def sound(scenario: Scenario, book: Book) -> Book:
    """Return the book without cases that fail as things are: they would notice everything."""
    fails = [case.id for case in book.cases if next(differences(play(scenario, case, book.quiet)), None) is not None]
    if fails:
        print(f"left out, because they fail as things are: {', '.join(fails)}")
    return swap(book, cases=tuple(case for case in book.cases if case.id not in fails))


def main() -> None:
    """Hunt, and print the score of each room and the survivors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=sorted(ROOMS), action="append")
    parser.add_argument("--list", action="store_true", help="print the survivors")
    parser.add_argument("--about", help="only this rule, move or block")
    parser.add_argument("--every", type=int, default=1, help="a sample: every n-th mutant")
    parser.add_argument("--skip", type=int, default=0, help="leave out the first so many mutants of each room")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--least", type=float, default=0.0, help="fail below this share of killed mutants")
    args = parser.parse_args()
    book = read_book()
    scenario = load_scenario(ROOT / "fixtures" / "scenarios" / f"{book.scenario}.yaml")
    book = sound(scenario, book)
    alive: list[Mutant] = []
    made: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    started = time.monotonic()
    for room in args.only or ROOMS:
        for number, mutant in enumerate(ROOMS[room](scenario)):
            if (args.about and mutant.about != args.about) or number < args.skip or number % args.every:
                continue
            made[room] += 1
            if not noticed(mutant, book):
                kept[room] += 1
                alive.append(mutant)
                if args.list:
                    print(f"  alive  {mutant.room:<11}{mutant.about:<14}{mutant.what}", flush=True)
    total, lost = sum(made.values()), sum(kept.values())
    for room, count in made.items():
        print(f"{room:<11}{count:6} mutants {count - kept[room]:6} killed {100 * (count - kept[room]) / count:6.1f} %")
    share = (total - lost) / total if total else 1.0
    print(f"{total} mutants, {100 * share:.1f} % killed, {time.monotonic() - started:.0f} s")
    if args.json:
        rows = [{"room": m.room, "about": m.about, "what": m.what} for m in alive]
        args.json.write_text(json.dumps({"made": made, "alive": rows}, indent=1) + "\n", encoding="utf-8")
    sys.exit(share < args.least)


if __name__ == "__main__":
    main()
