"""`manage.py data_reference`: write docs/data.md, the codebook of exports, or check that it is current."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wargame.aar.data.codebook import codebook

PAGE = "docs/data.md"


class Command(BaseCommand):
    help = "Write docs/data.md from the schema of exports; with --check only compare."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail if it differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        path, text = Path(settings.BASE_DIR) / PAGE, codebook()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            self.stdout.write("Up to date.")
        elif options["check"]:
            raise CommandError(f"Out of date: {PAGE}. Run manage.py data_reference and commit.")
        else:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"Written: {PAGE}.")
