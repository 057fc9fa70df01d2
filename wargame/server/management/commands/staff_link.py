"""`manage.py staff_link`: print the link that signs a browser in as staff."""

from __future__ import annotations

import argparse
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Print the link that signs a browser in as staff. Treat it like a password: it is bound to SECRET_KEY."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--url", default=settings.PUBLIC_URL, help="the address of the server (TRACKONE_PUBLIC_URL)"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        from wargame.lobby import services  # noqa: PLC0415 - models may only be imported once the apps are loaded

        if not options["url"]:
            raise CommandError("Say which address people use: set TRACKONE_PUBLIC_URL, or give --url https://...")
        link = services.staff_link(base_url=options["url"].rstrip("/"))
        self.stdout.write(json.dumps({"staff": link}) if options["json"] else link)
