"""`manage.py rehearse`: play a case's list of injects against bots, many times faster than life."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from wargame.bots.management.commands.play import policies
from wargame.bots.rehearsal import Programme, rehearse
from wargame.bots.rehearsed import Played, Report, read, report_of
from wargame.bots.theatre import Stuck, throwaway_store
from wargame.store.cases import DEFAULT_CASE, case_now, case_of

GAMES = 3


class Command(BaseCommand):
    """Rehearse a list of injects and print the report."""

    help = (
        "Play the list of injects of a case against bots and report what is never sent, collides, or leaves seats idle."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("scenario", nargs="?", default=DEFAULT_CASE)
        parser.add_argument("--preset", default="", help="Default: the case's first.")
        parser.add_argument("--games", type=int, default=GAMES, help=f"Games with different dice (default {GAMES}).")
        parser.add_argument("--seed", type=int, default=1, help="Seed of the first game; the next ones count up.")
        parser.add_argument(
            "--programme", default="", metavar="FILE",
            help="JSON of what to rehearse instead (lengths, vacant seats, entries of Control); `-`: the input.",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rehearse and print. Findings are no failure; a game that gets stuck is."""
        with throwaway_store():
            report = self._report(self._programme(options), games=max(1, options["games"]), seed=options["seed"])
        self.stdout.write(msgspec.json.encode(report).decode() if options["json"] else in_words(report))

    def _programme(self, options: dict[str, Any]) -> Programme:
        if options["programme"]:
            try:
                raw = sys.stdin.buffer.read() if options["programme"] == "-" else _bytes(options["programme"])
                return msgspec.json.decode(raw, type=Programme)
            except (OSError, msgspec.DecodeError) as odd:
                raise CommandError(f"{options['programme']}: {odd}") from odd
        case = case_now(options["scenario"])
        if case is None:
            raise CommandError(f"There is no scenario {options['scenario']!r}.")
        preset = options["preset"] or case.presets[0].id
        if preset not in case.preset:
            raise CommandError(f"No preset {preset!r}. Presets: {', '.join(case.preset)}.")
        return Programme(scenario=case.meta.id, preset=preset)

    def _report(self, programme: Programme, *, games: int, seed: int) -> Report:
        case = case_now(programme.scenario)
        if case is None:
            raise CommandError(f"There is no scenario {programme.scenario!r}.")
        bots = {**policies(case, "all"), **programme.bots}
        started = time.perf_counter()
        played: list[Played] = []
        try:
            for number in range(seed, seed + games):
                staged = rehearse(programme, seed=number, bots=bots)
                played.append(read(staged))
        except Stuck as stuck:
            raise CommandError(str(stuck)) from stuck
        row = staged.row
        seconds = time.perf_counter() - started
        return report_of(
            played, scenario=case_of(row.scenario, row.scenario_hash), preset=programme.preset, seconds=seconds
        )  # fmt: skip


def _bytes(path: str) -> bytes:
    return Path(path).read_bytes()


def in_words(report: Report) -> str:
    """Return the report for a terminal."""
    minutes = report.game_ms / 60_000
    head = (
        f"{report.games} games of {report.scenario} ({report.preset}), {report.turns} turns,"
        f" {minutes:.0f} minutes each, in {report.seconds:.1f} s: {report.times_faster:.0f} times faster than life."
    )
    sent = sum(bool(entry.sent) for entry in report.entries)
    lines = [head, f"{sent} of {len(report.entries)} entries went out in at least one game."]
    lines += [
        f"  {phase.label}: {phase.mean_ms / 60_000:.1f} min"
        f" ({phase.least_ms / 60_000:.1f} to {phase.most_ms / 60_000:.1f})"
        for phase in report.phases
    ]
    return "\n".join([*lines, *(f"- {finding}" for finding in report.findings)])
