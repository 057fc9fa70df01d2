"""`manage.py history`: the recorded orders through the real command path, held against the record."""

from argparse import ArgumentParser
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from wargame.bots.record import history_table
from wargame.bots.theatre import Stuck, kept_store, throwaway_store
from wargame.store.cases import DEFAULT_CASE, case_now


class Command(BaseCommand):
    """Play the record and print the table of expectations; exit code 0 only if all hold."""

    help = "Play the recorded orders through the real command path and check what the record says should come out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--scenario", default=DEFAULT_CASE)
        parser.add_argument("--seed", default="0", help="Seed of the one game through the real path.")
        parser.add_argument("--keep", action="store_true", help="Keep the game in the store of this installation.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play, measure, print."""
        with kept_store() if options["keep"] else throwaway_store():
            case = case_now(options["scenario"])
            if case is None or case.history is None:
                raise CommandError(f"There is no scenario {options['scenario']!r} with a record.")
            try:
                table = history_table(case, seed=options["seed"])
            except Stuck as stuck:
                raise CommandError(str(stuck)) from stuck
        passed = all(line.passed for line in table)
        if options["json"]:
            report = {
                "scenario": case.meta.id,
                "seed": options["seed"],
                "seeds": case.history.seeds,
                "pass": passed,
                "table": table,
            }
            self.stdout.write(msgspec.json.encode(report).decode())
        else:
            for line in table:
                mark = "holds" if line.passed else "FAILS"
                self.stdout.write(f"{line.id:>4}  {mark}  {line.value:>9.3f}  ({line.tolerance})  {line.statement}")
            self.stdout.write("All hold." if passed else "Not all hold.")
        if not passed:
            raise SystemExit(1)
