"""`manage.py lint_scenario`: read scenario files, say every finding with its place and what to do, and play them dry.

Owns the words on the terminal. What a scenario may say is decided by `adjudication.scenario`, what is unwise by
`adjudication.lint`; nothing is changed.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from adjudication.lint import Finding, lint
from adjudication.rehearsal import MOST_CLAMPED, Rehearsal, rehearse, rehearse_bots, replay_record
from adjudication.scenario import Scenario, ScenarioError, ScenarioErrors
from adjudication.scenario.loader import read_scenario
from adjudication.scenario.nodes import Node
from adjudication.scenario.places import Places

SECTIONS = ("seats", "variables", "moves", "rules", "injects", "calendar", "sources", "glossary")
GAMES = 100


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one scenario. `runs` is empty without `--deep`."""

    path: str
    loads: bool
    findings: tuple[Finding, ...]
    counts: dict[str, int] = {}
    packages: int = 0
    hash: str = ""
    runs: dict[str, Rehearsal] = {}

    def of(self, level: str) -> int:
        """Return how many findings of a level there are."""
        return sum(finding.level == level for finding in self.findings)


class Command(BaseCommand):
    help = "Check scenario files: names, numbers, words, sources, dead rules, unreachable moves; with --deep, dry runs."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", help="Root files (default: all of fixtures/scenarios).")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of sentences.")
        parser.add_argument("--strict", action="store_true", help="Let warnings fail as well.")
        parser.add_argument(
            "--deep", action="store_true", help="Play games of the case's own bots and of random sheets as well."
        )
        parser.add_argument("--games", type=int, default=GAMES, help=f"Games of each dry run (default {GAMES}).")

    def handle(self, *args: Any, **options: Any) -> None:
        shipped = sorted((Path(settings.BASE_DIR) / "fixtures" / "scenarios").glob("*.yaml"))
        paths = [Path(path) for path in options["paths"]] or shipped
        games = options["games"] if options["deep"] else 0
        reports = [report_on(path, games=games) for path in paths]
        errors = sum(report.of("error") for report in reports)
        warnings = sum(report.of("warning") for report in reports)
        failed = bool(errors or (options["strict"] and warnings))
        if options["json"]:
            body = {"ok": not failed, "scenarios": msgspec.to_builtins(reports)}
            self.stdout.write(json.dumps(body))
        else:
            for report in reports:
                self._say(report)
        if failed:
            raise CommandError(f"{errors} errors, {warnings} warnings.")

    def _say(self, report: Report) -> None:
        for finding in report.findings:
            self.stderr.write(str(finding))
        for name, run in report.runs.items():
            self.stdout.write(
                f"{report.path}: {run.games} games of {name}: {run.wars} ended in war, {run.clamped:.1%} of rows"
                f" cut off by a limit, {len(run.unused)} moves never ordered."
            )
        if report.loads:
            counts = ", ".join(f"{count} {section}" for section, count in report.counts.items())
            self.stdout.write(f"{report.path}: {counts}, {report.packages:,} packages. Hash {report.hash}.")


def report_on(path: Path, *, games: int) -> Report:
    """Read one scenario and say everything about it; `games` of each dry run, 0 for none."""
    try:
        scenario, sections = read_scenario(path)
    except ScenarioErrors as problem:
        return Report(path=str(path), loads=False, findings=tuple(_refusal(error) for error in problem.errors))
    runs = _runs(scenario, games)
    findings = (*lint(scenario, sections), *_returned(scenario, sections), *_judged(runs, sections))
    return Report(
        path=str(path), loads=True, findings=tuple(sorted(findings, key=lambda f: f.level)), runs=runs,
        counts={section: len(getattr(scenario, section)) for section in SECTIONS},
        packages=scenario.negotiation.space.size, hash=scenario.content_hash,
    )  # fmt: skip


def _refusal(error: ScenarioError) -> Finding:
    remedy = f"Allowed: {', '.join(error.allowed)}." if error.allowed else "Mend it; the case does not load."
    return Finding(
        level="error", file=error.file, line=error.line, path=error.path, message=f"{error.message}.", remedy=remedy
    )


def _runs(scenario: Scenario, games: int) -> dict[str, Rehearsal]:
    if not games:
        return {}
    return {"its own bots": rehearse_bots(scenario, games=games), "random sheets": rehearse(scenario, games=games)}


def _returned(scenario: Scenario, sections: Node) -> list[Finding]:
    """Play the recorded path once; say which of its orders the gates of the case send back."""
    places = Places(sections)
    found = []
    for order in replay_record(scenario):
        node = places.at("history", "orders", str(order.turn), order.seat)
        found.append(
            Finding(
                level="error", file=node.file, line=node.line, path=node.path,
                message=f"turn {order.turn}: {order.move} is returned: {order.why}.",
                remedy="Mend the gate, or the record.",
            )
        )  # fmt: skip
    return found


def _judged(runs: dict[str, Rehearsal], sections: Node) -> list[Finding]:
    """Say what left its range, whether limits cut too much off, and whether every ledger balances."""
    places = Places(sections)
    found = []

    def add(place: tuple[str, ...], message: str, remedy: str) -> None:
        node = places.at(*place)
        path = node.path or ".".join(place)
        found.append(Finding(level="error", file=node.file, line=node.line, path=path, message=message, remedy=remedy))

    for name, run in runs.items():
        for variable in run.astray:
            add(("variables", variable), f"leaves its range in games of {name}.", "Bound it, or its writers.")
        if run.clamped >= MOST_CLAMPED:
            message = f"{run.clamped:.0%} of all rows are cut off by a limit in games of {name}"
            add(("meta",), f"{message}; {MOST_CLAMPED:.0%} is too many.", "Make effects smaller, or scales wider.")
        if run.unreconciled:
            message = f"a ledger is {run.unreconciled:g} away from the change it explains in games of {name}."
            add(("meta",), message, "This is a fault of the engine: report it.")
    return found
