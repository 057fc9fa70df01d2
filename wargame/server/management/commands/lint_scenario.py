"""`manage.py lint_scenario`: read scenario files and say every fault with its place; then play the scripted path once.

Owns the words on the terminal. What a scenario may say is decided by `adjudication.scenario`; nothing is changed.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from adjudication.orders import Order, ParamValue
from adjudication.rehearsal import MOST_CLAMPED, rehearse
from adjudication.resolve import resolve_turn
from adjudication.scenario import Scenario, ScenarioErrors, load_scenario
from adjudication.world import World

SECTIONS = ("seats", "variables", "moves", "rules", "injects", "calendar", "sources", "glossary")


class Command(BaseCommand):
    help = "Check scenario files: names, numbers, words and sources, with file and line of every fault."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", help="Root files (default: all of fixtures/scenarios).")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of sentences.")

    def handle(self, *args: Any, **options: Any) -> None:
        shipped = sorted((Path(settings.BASE_DIR) / "fixtures" / "scenarios").glob("*.yaml"))
        reports = [_lint(path) for path in ([Path(p) for p in options["paths"]] or shipped)]
        faults = sum(len(report["faults"]) + len(report["returned"]) + len(report["dry_run"]) for report in reports)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not faults, "scenarios": reports}))
        else:
            for report in reports:
                self._say(report)
        if faults:
            raise CommandError(f"{faults} faults.")

    def _say(self, report: dict[str, Any]) -> None:
        for fault in report["faults"]:
            self.stderr.write(f"{fault['file']}:{fault['line']}: {fault['path']}: {fault['message']}")
            if fault["allowed"]:
                self.stderr.write(f"    allowed: {', '.join(fault['allowed'])}")
        for order in report["returned"]:
            place = f"{report['path']}: history, turn {order['turn']}"
            self.stderr.write(f"{place}: {order['move']} is returned: {order['why']}")
        for line in report["dry_run"]:
            self.stderr.write(f"{report['path']}: dry run: {line}")
        if not report["faults"]:
            counts = ", ".join(f"{count} {section}" for section, count in report["counts"].items())
            self.stdout.write(f"{report['path']}: {counts}. Hash {report['hash']}.")


def _lint(path: Path) -> dict[str, Any]:
    empty: dict[str, Any] = {"path": str(path), "faults": [], "returned": [], "counts": {}, "hash": "",
                             "dry_run": []}  # fmt: skip
    try:
        scenario = load_scenario(path)
    except ScenarioErrors as problem:
        faults = [
            {"file": e.file, "line": e.line, "path": e.path, "message": e.message, "allowed": list(e.allowed)}
            for e in problem.errors
        ]
        return {**empty, "faults": faults}
    counts = {section: len(getattr(scenario, section)) for section in SECTIONS}
    return {**empty, "counts": counts, "hash": scenario.content_hash, "returned": _rehearse(scenario),
            "dry_run": _dry_run(scenario)}  # fmt: skip


def _dry_run(scenario: Scenario) -> list[str]:
    """Play a hundred games of random legal sheets; say what left its range and whether limits cut too much off."""
    found = rehearse(scenario)
    lines = [f"{name} leaves its range." for name in found.astray]
    if found.clamped >= MOST_CLAMPED:
        lines.append(f"{found.clamped:.0%} of all rows are cut off by a limit; {MOST_CLAMPED:.0%} is too many.")
    return lines


def _rehearse(scenario: Scenario) -> list[dict[str, Any]]:
    """Play the scripted orders once; return those that the gates of the scenario send back."""
    history = scenario.history
    if history is None:
        return []
    world = World.initial(scenario, 1)
    returned: list[dict[str, Any]] = []
    for turn in range(1, scenario.meta.turns + 1):
        orders = [
            Order(id=f"{turn}:{seat}:{n}", seat=seat, move=move, params=_params(scenario, move))
            for seat, sheet in history.orders.get(turn, {}).items()
            for n, move in enumerate(sheet)
        ]
        done = resolve_turn(scenario, world, turn=turn, orders=orders, seed="rehearsal", forced=dict(history.forced))
        returned += [
            {"turn": turn, "move": order.move, "why": "; ".join(order.missing)}
            for order in done.orders
            if order.status == "blocked" and order.missing
        ]
        world = World.from_payload(scenario, done.world)
    return returned


def _params(scenario: Scenario, move: str) -> dict[str, ParamValue]:
    return {param.id: param.default for param in scenario.move[move].params if param.default is not None}
