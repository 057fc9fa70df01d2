"""Print a casebook as a page of the documentation: a table per lens, each case in two lines."""

from __future__ import annotations

from collections.abc import Iterable

from adjudication.scenario.schema import Scenario
from adjudication.words import Sayings
from tests.support.casebook.shape import Book, Case, Ordered, OrderExpected, Package, Turn, name_of, order_of

SECTIONS = (
    ("inst", "Law, institutions, alliances", "Switched off together by the lens of institutions."),
    ("lead", "Leadership", "Switched off by the lens of leadership."),
    ("rat", "Rational choice", "Switched off by the lens of rational choice."),
    ("none", "Whatever the lens", "Chance, others, the meeting, time and Control: always on."),
    ("worth", "What packages are worth, and who stops them", "In brackets each issue of the text with its level."),
)
HEAD = """# Numbered adjudication cases

What the model makes of {count} situations, one by one. Printed from `fixtures/cases/{file}` by `scripts/casebook.py`;
the suite `tests/cases` plays every case and proves every claim. Each case stands under the first rule it is about.

A case starts in January 2017 with the values named. Its first line gives the situation and the orders, its second what
follows. **Fires** and *silent* are claims about rules: a rule fires if it leaves a trace in the explanation or if the
outcome would be another without it. "Asks" is what a rule asks for before saturation (beliefs in log-odds). Words in
quotation marks are told to the view named before them.
"""


def page(book: Book, scenario: Scenario, file: str) -> str:
    """Return the whole page."""
    printer = _Printer(scenario)
    parts = [HEAD.format(count=len(book.cases), file=file)]
    lens = {case.id: _lens(case, scenario) for case in book.cases}
    for key, title, words in SECTIONS:
        cases = [case for case in book.cases if lens[case.id] == key]
        parts.append(f"## {title}\n\n{words}\n\n| case | situation and orders, and what follows |\n|---|---|\n")
        parts[-1] += "".join(printer.row(case) for case in cases)
    parts.append(_index(book, scenario))
    return "\n".join(parts)


def _lens(case: Case, scenario: Scenario) -> str:
    """Return the section of a case: the lens of its first rule; `worth` where it only values packages."""
    first = next(iter((*case.fires, *case.silent)), "")
    if not first:
        return "worth"
    return scenario.rule[first].lens if first in scenario.rule else "none"


def _index(book: Book, scenario: Scenario) -> str:
    lines = ["## Rules and their cases", "", "| rule | says | fires in | silent in |", "|---|---|---|---|"]
    for rule in sorted(scenario.rules, key=lambda r: r.id):
        sides = [[c.id.removeprefix("CATC-") for c in book.cases if rule.id in side(c)] for side in (_fires, _silent)]
        shown = [", ".join(side[:8]) + (", …" if len(side) > 8 else "") for side in sides]
        lines.append(f"| {rule.id} {_cell(rule.name)} | {_cell(rule.say)} | {shown[0]} | {shown[1]} |")
    return "\n".join(lines) + "\n"


def _fires(case: Case) -> tuple[str, ...]:
    return case.fires


def _silent(case: Case) -> tuple[str, ...]:
    return case.silent


def _cell(text: str) -> str:
    return text.replace("|", "/")


class _Printer:
    """Says cases in the words of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.words = Sayings(scenario)

    def row(self, case: Case) -> str:
        situation = "; ".join(part for part in (self._given(case), self._done(case)) if part)
        follows = "; ".join(self._follows(case))
        claims = f"**Fires** {', '.join(case.fires) or 'nothing named'}." if case.fires or case.silent else ""
        if case.silent:
            claims += f" *Silent* {', '.join(case.silent)}."
        note = f" ({case.because}.)" if case.because else ""
        lens = f" Lens: {self._lenses(case)}." if case.lenses != "all" else ""
        return _line(f"{case.id} **{case.title}**", f"{situation}.{lens}<br>{follows}. {claims}{note}")

    def _lenses(self, case: Case) -> str:
        return case.lenses if isinstance(case.lenses, str) else " and ".join(case.lenses) + " alone"

    def _given(self, case: Case) -> str:
        found = [f"preset {case.given.preset}"] if case.given.preset else []
        found += [self._value(name, value) for name, value in case.given.set.items()]
        found += [f"{name} {amount:g}" for name, amount in case.given.capital.items()]
        past = [o for turn in case.given.earlier for o in turn]
        if past:
            found.append("earlier: " + ", ".join(self._order(order_of(o)) for o in past))
        return ", ".join(found) if found else "As at the start"

    def _value(self, name: str, value: float) -> str:
        head, _, tail = name.partition(".")
        if head == "flag":
            fact = self.scenario.fact.get(tail)
            return tail.replace("_", " ") if fact is None else fact.label if value else fact.absent
        if head == "clause":
            issue = self.scenario.negotiation.deal_issue[tail]
            return f"{issue.label}: {issue.levels[int(value)].label}"
        return f"{self._name(name)} {value:.4g}"

    def _done(self, case: Case) -> str:
        turns = [self._turn(turn) for turn in (*case.before, case.do)]
        told = "; then ".join(turn or "nothing" for turn in turns)
        return f"ordered: {told}" if any(turns) else "nothing is ordered"

    def _turn(self, turn: Turn) -> str:
        found = [self._order(order_of(o)) for o in turn.orders]
        for one in turn.conduct:
            what = self.scenario.negotiation.deal_issue[one.clause].label if one.clause else "all it owes"
            found.append(f"{self.scenario.seat[one.seat].short or one.seat}: {one.kind} ({what})")
        found += [f"free move “{move.title}”" for move in turn.free]
        for text in turn.texts:
            levels = ", ".join(self._value(f"clause.{i}", n) for i, n in text.levels.items())
            found.append(f"signed {'at the meeting' if text.venue == 'summit' else 'by exchange'} ({levels})")
        found += [f"dice: {key} {word}" for key, word in turn.forced.items()]
        found += [f"ruling: {r.kind.replace('_', ' ')} {r.target}" for r in turn.overrides]
        found += [f"{n:+d} arguments for {order}" for order, n in turn.arguments.items()]
        for order, answers in turn.consents.items():
            found += [f"{seat} {_answer(given)} to {order}" for seat, given in answers.items()]
        return ", ".join(found)

    def _order(self, order: Ordered) -> str:
        seat, move = self.scenario.seat[order.by], self.scenario.move[order.move]
        params = ", ".join(str(value) for value in order.params.values())
        quiet = ", not announced" if not order.public else ""
        return f"{seat.short or seat.label} “{move.text.order}”{f' ({params})' if params else ''}{quiet}"

    def _follows(self, case: Case) -> Iterable[str]:
        then = case.then
        for name, order in then.orders.items():
            want = order if isinstance(order, OrderExpected) else OrderExpected(status=order)  # type: ignore[arg-type]
            at = f" at {want.fidelity:.0%}" if want.fidelity is not None else ""
            unlock = f", unless {' / '.join(want.unlock)}" if want.unlock else ""
            yield f"{self._named(name, case)}: {want.status}{at}{f' (“{want.why}”)' if want.why else ''}{unlock}"
        for rule, asked in then.asks.items():
            amounts = ", ".join(f"{self._name(var)} {amount:+.4g}" for var, amount in asked.items())
            yield f"{rule} asks {amounts or 'nothing'}" if rule != "MOVE" else f"the orders ask {amounts}"
        for name, change in then.changes.items():
            yield f"{self._name(name)} {change if isinstance(change, str) else format(change, '+.4g')}"
        yield from (self._value(name, value) for name, value in then.ends.items())
        yield from (f"chance of {key.replace('_', ' ')} {chance:.3g}" for key, chance in then.chances.items())
        yield from (f"{kind.replace('_', ' ')} happens" for kind in then.happens)
        yield from (f"no {kind.replace('_', ' ')}" for kind in then.not_happens)
        if then.summit:
            yield f"the meeting: {then.summit.replace('_', ' ')}"
        yield from (f"learned: {how}" for how in then.learned)
        yield from map(self._package, then.packages)
        for text, issues in then.struck.items():
            yield f"struck from {text}: {', '.join(issues)}"
        for view, told in then.told.items():
            who = view.removeprefix("seat:")
            yield from (f"{who}: “{line}”" for line in told.says)
            if told.hides:
                yield f"hidden from {who}: {', '.join(told.hides)}"

    def _package(self, package: Package) -> str:
        known = self.scenario.negotiation.deal_issue
        levels = ", ".join(f"{known[name].label} {level}" for name, level in package.levels.items())
        told = [f"worth {amount:+.4g} to {party}" for party, amount in package.worth.items()]
        told += [f"waiting is worth {amount:+.4g} to {party}" for party, amount in package.waiting.items()]
        told += [f"{player} makes {amount:+.4g} of it" for player, amount in package.regard.items()]
        if package.stopped_by is not None:
            told.append(f"stopped by {', '.join(package.stopped_by) or 'nobody'}")
        return f"[{levels or 'nothing new'}]: {', '.join(told)}"

    def _named(self, name: str, case: Case) -> str:
        given = {name_of(order_of(o)): order_of(o) for turn in (*case.before, case.do) for o in turn.orders}
        return f"“{self.scenario.move[given[name].move].text.order}”" if name in given else name

    def _name(self, name: str) -> str:
        seat, _, resource = name.partition(".")
        return (
            f"{resource} of {self.scenario.seat[seat].label}" if seat in self.scenario.seat else self.words.name(name)
        )


def _answer(given: bool | None) -> str:
    return "says nothing" if given is None else "says yes" if given else "says no"


def _line(first: str, second: str) -> str:
    return f"| {_cell(first)} | {_cell(second)} |\n"
