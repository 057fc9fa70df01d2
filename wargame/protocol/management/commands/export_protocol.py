"""Write the published schemas, or check that the checked-in ones are what the code would write."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wargame.protocol.export import documents


class Command(BaseCommand):
    help = "Write fixtures/protocol/ from the types of the wire; with --check only compare."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail if anything differs.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of a sentence.")
        parser.add_argument("--to", default=None, help="Folder to write to (default fixtures/protocol).")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["to"] or Path(settings.BASE_DIR) / "fixtures" / "protocol")
        made = documents()
        stale = sorted(name for name, text in made.items() if not _same(folder / name, text))
        if not options["check"]:
            folder.mkdir(parents=True, exist_ok=True)
            for name in stale:
                (folder / name).write_bytes(made[name])
        if options["json"]:
            self.stdout.write(json.dumps({"files": sorted(made), "changed": stale, "checked": options["check"]}))
        if options["check"] and stale:
            raise CommandError(f"Out of date: {', '.join(stale)}. Run manage.py export_protocol and commit the result.")
        if not options["json"]:
            self.stdout.write(f"{len(made)} files in {folder}, {len(stale)} changed." if stale else "Up to date.")


def _same(path: Path, text: bytes) -> bool:
    return path.exists() and path.read_bytes() == text
