"""`manage.py sensitivity`: which numbers of a case matter for what the recorded path comes to."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from adjudication.scenario import Scenario
from adjudication.sensitivity import Missing, Ranked, Sensitivity, Study, fault, narrowed, study
from wargame.aar.experiments import table
from wargame.store.cases import DEFAULT_CASE, case_now

SHOWN = 6
FIXED = "Orders are held fixed: players who met other numbers would have chosen differently."
CAVEAT = (
    "The numbers of a case were tuned by hand, and so were the ranges of its dials. A ranking says which dials move the"
    " model, not which moved the world."
)
KEY = (
    "`end.X` is a variable's last value and `peak.X` its highest; `gap.N` is the best worst surplus of any text as turn"
    " N begins (below zero: how far from a deal). The others are those of `manage.py attribution`."
)


class Command(BaseCommand):
    """Screen the dials of a case with Morris, and share out the variance among the strongest with Sobol."""

    help = "Rank the numbers of a case by what they do to its recorded path (Morris, then Sobol on the strongest)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--scenario", default=DEFAULT_CASE)
        parser.add_argument("--study", metavar="FILE", help="Dials and outcomes (fixtures/sensitivity/SCENARIO.yaml).")
        parser.add_argument("--method", choices=("morris", "sobol"), default="morris", help="sobol runs morris first.")
        parser.add_argument("--trajectories", type=int, default=20, help="Of Morris: each dial moves once in each.")
        parser.add_argument("--base", type=int, default=256, help="Base sample of Sobol, a power of two.")
        parser.add_argument("--top", type=int, default=8, help="How many dials Sobol looks at.")
        parser.add_argument("--runs", type=int, default=20, help="Dice per setting of the dials.")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--markdown", action="store_true", help="Print the page of the documentation.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the study and print the ranking."""
        case, plan = self._plan(options)
        try:
            done = [self._run(case, plan, "morris", options)]
            if options["method"] == "sobol":
                strongest = narrowed(plan, done[0].leading(options["top"]))
                done.append(self._run(case, strongest, "sobol", options))
        except Missing as gone:
            raise CommandError(str(gone)) from gone
        if options["json"]:
            self.stdout.write(msgspec.json.encode(done).decode())
            return
        for line in page(case, done, _asked(options)) if options["markdown"] else lines(done):
            self.stdout.write(line)

    def _plan(self, options: dict[str, Any]) -> tuple[Scenario, Study]:
        for name, low in (("trajectories", 2), ("base", 2), ("top", 1), ("runs", 1)):
            if options[name] < low:
                raise CommandError(f"--{name} {options[name]}: give at least {low}.")
        case = case_now(options["scenario"])
        if case is None or case.history is None:
            raise CommandError(f"There is no scenario {options['scenario']!r} with a record.")
        path = Path(options["study"] or settings.BASE_DIR / "fixtures" / "sensitivity" / f"{case.meta.id}.yaml")
        try:
            plan = msgspec.convert(yaml.safe_load(path.read_text("utf-8")), Study)
        except (OSError, yaml.YAMLError, msgspec.ValidationError) as broken:
            raise CommandError(f"{path}: {broken}. Give dials and outcomes as in fixtures/sensitivity.") from broken
        wrong = fault(case, plan)
        if wrong is not None:
            raise CommandError(f"{path}: {wrong}.")
        return case, plan

    def _run(self, case: Scenario, plan: Study, method: str, options: dict[str, Any]) -> Sensitivity:
        def progress(done: int, of: int) -> None:
            if done % 20 == 0 or done == of:
                self.stderr.write(f"{method}: {done} of {of} settings", ending="\r" if done < of else "\n")

        size = options["trajectories"] if method == "morris" else options["base"]
        return study(
            case, plan, method="morris" if method == "morris" else "sobol", size=size, runs=options["runs"],
            progress=progress,
        )  # fmt: skip


HEADS = {
    "morris": ("dial", "mean effect", "spread", "+-"),
    "sobol": ("dial", "share, with others", "share alone", "+-"),
}


def _rows(one: Sensitivity, ranked: Ranked) -> list[tuple[str, str, str, str]]:
    labels = {dial.id: dial.label for dial in one.dials}
    return [
        (f"{labels[e.dial]} ({e.dial})", f"{e.size:.3g}", f"{e.spread:.3g}", f"{e.within:.2g}")
        for e in ranked.dials[:SHOWN]
        if e.size > 0
    ]


def lines(done: list[Sensitivity]) -> Iterator[str]:
    """Yield the ranking for people."""
    for one in done:
        yield f"{one.method.capitalize()}: {one.samples} settings of {len(one.dials)} dials, {one.runs} dice each."
        for ranked in one.ranked:
            yield ""
            yield f"{ranked.outcome}: {ranked.low:.3g} to {ranked.high:.3g}"
            rows = _rows(one, ranked)
            yield from table(HEADS[one.method], rows) if rows else ("no dial moves it",)
        yield ""
    yield CAVEAT


def _asked(options: dict[str, Any]) -> str:
    """Return the command that prints a page again: what was not left as it is by itself."""
    usual = {"method": "morris", "trajectories": 20, "base": 256, "top": 8, "runs": 20}
    other = "".join(f" --{name} {options[name]}" for name, value in usual.items() if options[name] != value)
    return f"python manage.py sensitivity --scenario {options['scenario']}{other} --markdown"


def page(case: Scenario, done: list[Sensitivity], command: str) -> Iterator[str]:
    """Yield the page of the documentation; `command` prints it."""
    yield f"# Which dials matter: {case.meta.title}"
    yield ""
    yield f"Made by `{command}`; do not edit by hand."
    yield (
        f"The dials and their ranges are in `fixtures/sensitivity/{case.meta.id}.yaml`. Every setting plays the"
        f" recorded orders over {done[0].runs} keyed dice; outcomes are means."
    )
    yield ""
    yield f"**Read with care.** {CAVEAT} {FIXED}"
    yield ""
    yield KEY
    for one in done:
        yield from _section(one)


def _section(one: Sensitivity) -> Iterator[str]:
    yield ""
    yield f"## {one.method.capitalize()}"
    yield ""
    if one.method == "morris":
        yield (
            f"{one.samples} settings of {len(one.dials)} dials. Mean effect: the mean absolute change of the outcome"
            " when the dial goes through its range; a spread as large as the mean says that it depends on the others."
        )
    else:
        yield (
            f"{one.samples} settings of the {len(one.dials)} dials with the largest effect on any outcome. Shares of"
            " the outcome's variance; where the two shares differ much the dial works through others."
        )
    for ranked in one.ranked:
        yield ""
        yield f"### `{ranked.outcome}` ({ranked.low:.3g} to {ranked.high:.3g})"
        yield ""
        rows = _rows(one, ranked)
        if not rows:
            yield "No dial moves it."
            continue
        yield "| " + " | ".join(HEADS[one.method]) + " |"
        yield "|---|---:|---:|---:|"
        for row in rows:
            yield "| " + " | ".join(row) + " |"
