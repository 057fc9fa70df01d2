"""`manage.py calibrate`: many games played by bots on the engine alone, held against the targets of the case."""

import time
from argparse import ArgumentParser
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from adjudication.calibration import Calibrated, calibrated, path_of
from adjudication.scenario import Scenario
from wargame.store.cases import DEFAULT_CASE, case_now


class Command(BaseCommand):
    """Play every strategy of the case and print targets and comparison; exit code 0 only if all targets are met."""

    help = "Play many games with bots on the engine alone, by strategy, and check the calibration targets of a case."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--scenario", default=DEFAULT_CASE)
        parser.add_argument("--games", type=int, default=1000, help="Games a strategy.")
        parser.add_argument("--seed", default="calibrate", help="Root of the seeds; all strategies share them.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play, measure, print."""
        case = case_now(options["scenario"])
        if case is None or case.calibration is None:
            raise CommandError(f"There is no scenario {options['scenario']!r} with calibration targets.")
        started, paths = time.perf_counter(), {}
        for strategy in case.calibration.strategies:
            paths[strategy.id] = path_of(case, strategy, games=options["games"], seed=options["seed"])
            if not options["json"]:
                self.stderr.write(f"{strategy.label}: {time.perf_counter() - started:.0f} s")
        found = calibrated(case, paths)
        seconds = round(time.perf_counter() - started, 1)
        if options["json"]:
            report = {
                "scenario": case.meta.id, "games": found.games, "seed": options["seed"], "pass": found.passed,
                "seconds": seconds, "targets": found.targets, "compare": found.compare,
            }  # fmt: skip
            self.stdout.write(msgspec.json.encode(report).decode())
        else:
            self.stdout.write("\n".join(lines(case, found)))
            self.stdout.write(f"{found.games} games a strategy in {seconds:.0f} s.")
        if not found.passed:
            raise SystemExit(1)


def lines(case: Scenario, found: Calibrated) -> list[str]:
    """Return the targets, then the strategies side by side, as lines."""
    assert case.calibration is not None, "the case has targets"
    out = []
    for target in found.targets:
        low = "" if target.low is None else f"{target.low:g}"
        high = "" if target.high is None else f"{target.high:g}"
        mark = "met   " if target.ok else "MISSED"
        out.append(f"{target.id:>4}  {mark}  {target.measured:>9.3f}  [{low} .. {high}]  {target.statement}")
    labels = {column.id: column.label for column in case.calibration.compare}
    names = [strategy.id for strategy in case.calibration.strategies]
    out += ["", " " * 34 + "".join(f"{name[:13]:>14}" for name in names)]
    out += [
        f"{labels[row]:<34}" + "".join(f"{numbers[n]:>14g}" for n in names) for row, numbers in found.compare.items()
    ]
    return out
