"""`manage.py scenario_reference`: write the reference of the scenario format, or check that it is current."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from adjudication.scenario.loader import read_scenario
from wargame.protocol.scenario_reference import reference
from wargame.protocol.scenario_schema import schema

EXAMPLES = ("practice", "cuba-1962", "us-dprk-2017")
"""Shipped cases that examples of sections are taken from, the smallest first."""


class Command(BaseCommand):
    help = "Write docs/scenario-reference.md and the JSON Schema from the code; with --check only compare."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail if anything differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        stale = []
        for name, text in documents(root).items():
            path = root / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(name)
            if not options["check"]:
                path.write_text(text, encoding="utf-8")
        if options["check"] and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run manage.py scenario_reference and commit.")
        self.stdout.write(f"Written: {', '.join(stale)}." if stale else "Up to date.")


def documents(root: Path) -> dict[str, str]:
    """Return what is generated, by path below the root of the project."""
    folder = root / "fixtures" / "scenarios"
    written = [read_scenario(path)[1] for name in EXAMPLES if (path := folder / f"{name}.yaml").exists()]
    return {
        "docs/scenario-reference.md": reference(written),
        "docs/scenario.schema.json": json.dumps(schema(), indent=1, sort_keys=False) + "\n",
    }
