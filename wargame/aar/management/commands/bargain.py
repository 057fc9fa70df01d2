"""`manage.py bargain`: was there a deal to be had at a moment of the recorded path, and who stood in its way."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from wargame.aar.experiments import table
from wargame.aar.problem import Found, Problem, Text, problem_at, turn_named
from wargame.aar.replayed import Unplayable, played_record
from wargame.store.cases import DEFAULT_CASE, case_now, cases

CAVEAT = "In this model, with the numbers of the case: judgements tuned to the record, not measurements."


class Command(BaseCommand):
    """Analyse the bargaining problem exactly, from the world the record has as a turn begins."""

    help = "Analyse the bargaining problem as a turn of the recorded path begins: headline texts, best text, gap."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--scenario", default=DEFAULT_CASE, help="A case with a record (%(default)s).")
        parser.add_argument("--at", required=True, metavar="TURN", help="Name or number of a turn, as 2019Q1 or 9.")
        parser.add_argument("--count", action="store_true", help="Count every text of the catalogue (takes its time).")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Analyse and print."""
        case = case_now(options["scenario"])
        if case is None:
            known = ", ".join(one.meta.id for one in cases())
            raise CommandError(f"There is no scenario {options['scenario']!r}. Known: {known}.")
        turn = turn_named(case, options["at"])
        if turn is None:
            names = ", ".join(case.turn_name(number) for number in range(1, case.meta.turns + 1))
            raise CommandError(f"--at {options['at']}: no such turn. Give 1 to {case.meta.turns}, or one of: {names}.")
        try:
            found = problem_at(played_record(options["scenario"]), turn, count=options["count"])
        except Unplayable as gone:
            raise CommandError(str(gone)) from gone
        if options["json"]:
            self.stdout.write(msgspec.json.encode(found).decode())
            return
        for line in lines(found, case.meta.title):
            self.stdout.write(line)


def lines(found: Problem, title: str) -> Iterator[str]:
    """Yield the problem for people."""
    yield f"{title}: the bargaining problem as {found.name} begins"
    yield "Numbers are gains over waiting, in units where the whole programme is worth about one."
    yield ""
    sides = list(found.parties)
    yield from table(
        ("headline text", *(found.parties[side] for side in sides), "can be carried out"),
        [(m.label, *(f"{m.surplus[s]:+.3f}" for s in sides), "yes" if m.feasible else "no") for m in found.menus],
    )
    yield ""
    yield from _analysis("The issues alone", found.issues, found)
    if found.catalogue is not None:
        yield ""
        yield from _analysis("The whole catalogue, side clauses included", found.catalogue, found)
    yield ""
    for side, trust in found.trust.items():
        needed = "no trust would be enough" if trust.needed is None else f"it takes {trust.needed:.2f}"
        yield f"Trust of {found.parties[side]} for the best package of the issues: {needed}, there is {trust.held:.2f}."
    yield ""
    yield from table(
        ("who narrows it", "accepts", "leaves"),
        [
            (f"{c.label}{'' if c.veto else ' (no veto)'}", f"{100 * c.share:.1f} %", f"{100 * c.shrinkage:.1f} %")
            for c in found.constraints
        ],
    )
    yield ""
    yield CAVEAT


def _analysis(head: str, one: Found, problem: Problem) -> Iterator[str]:
    yield head
    some = f"{one.texts:,} texts"
    yield f"  {some}{'' if one.feasible is None else f', {one.feasible:,} can be carried out'}; frontier {one.frontier}"
    zopa = "too many to count here (--count does)" if one.zopa is None else f"{one.zopa:,}"
    room = "room for a deal" if one.gap >= 0 else "short of a deal"
    yield f"  gap {one.gap:+.4f} ({room}); texts both prefer to waiting: {zopa}"
    for name, text in (("best", one.best), ("Nash", one.nash), ("Kalai-Smorodinsky", one.kalai_smorodinsky)):
        if text is not None:
            yield f"  {name}: {_said(text, problem)}"


def _said(text: Text, problem: Problem) -> str:
    worth = ", ".join(f"{problem.parties[side]} {text.surplus[side]:+.3f}" for side in problem.parties)
    return f"{'; '.join(text.words)} ({worth})"
