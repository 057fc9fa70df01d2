"""`manage.py import_game`: restore a game from its package on this installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wargame.aar.package.restore import CannotRestore, import_package
from wargame.clock import utc_ms
from wargame.lobby.services import game_links
from wargame.store.models import Game
from wargame.store.ready import make_ready


class Command(BaseCommand):
    """Check a package and write its game into this store."""

    help = "Restore a game from a package. One that is not whole, of another engine, or here already is refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("package", help="The file.")
        parser.add_argument("--url", default=settings.PUBLIC_URL, help="Address of the server, for Control's link.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of sentences.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore it, and say how to get in."""
        path = Path(options["package"])
        try:
            raw = path.read_bytes()
        except OSError as broken:
            raise CommandError(f"{path} cannot be read: {broken.strerror}.") from broken
        make_ready()
        try:
            done = import_package(raw, now_ms=utc_ms())
        except CannotRestore as why:
            raise CommandError(str(why)) from why
        links = game_links(Game.objects.get(pk=done.game), base_url=options["url"].rstrip("/"))
        if options["json"]:
            self.stdout.write(msgspec.json.encode({"paused": done.paused, "links": links}).decode())
            return
        self.stdout.write(f"The game {done.game} is here, with the join code {done.code}.")
        self.stdout.write(f"  Control: {links.control_url}")
        if done.paused:
            self.stdout.write("  It was running when it was exported: it is paused now, and its log says so.")
