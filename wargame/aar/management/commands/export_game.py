"""`manage.py export_game`: write a game of this installation as one package file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from wargame.aar.package.container import Opened, opened
from wargame.aar.package.export import package_of
from wargame.store.models import Game
from wargame.store.ready import make_ready


class Command(BaseCommand):
    """Write a package: the case, the engine's version, the seed, the log, and what each view was told."""

    help = "Write a game as one package file that `verify` checks and `import_game` restores. It holds every secret."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("game", help="Id or join code of a game.")
        parser.add_argument("-o", "--output", help="The file to write; default: GAME.package.zip, here.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of sentences.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say its digest."""
        make_ready()
        name: str = options["game"]
        game = (Game.objects.filter(pk=name) | Game.objects.filter(code=name.upper())).first()
        if game is None:
            raise CommandError(f"There is no game {name!r}; give its id or its join code.")
        raw = package_of(game.id)
        path = Path(options["output"] or f"{game.id}.package.zip")
        try:
            path.write_bytes(raw)
        except OSError as broken:
            raise CommandError(f"{path} cannot be written: {broken.strerror}.") from broken
        made = opened(raw)
        assert isinstance(made, Opened), "what was just sealed is whole"
        if options["json"]:
            told = {"file": str(path), "bytes": len(raw), "manifest": made.manifest}
            self.stdout.write(msgspec.json.encode(told).decode())
            return
        self.stdout.write(f"{path}: {made.manifest.game.head} events, {len(raw):,} bytes.")
        self.stdout.write(f"  digest {made.manifest.digest}")
        self.stdout.write("  Note the digest elsewhere: whoever has it can tell this package from any other.")
