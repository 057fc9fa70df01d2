"""Prove that a game is what its log says."""

from argparse import ArgumentParser
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from wargame.store.models import Game
from wargame.store.ready import make_ready
from wargame.store.verify import verify_game


class Command(BaseCommand):
    help = "Check a game's hash chain, fold its log again, ask the engine again, and compare what each view was told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("game", nargs="+", help="Id or join code of a game, or `all`.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of sentences.")

    def handle(self, *args: Any, **options: Any) -> None:
        make_ready()
        names: list[str] = options["game"]
        games = Game.objects.order_by("created_ms")
        if names != ["all"]:
            games = games.filter(pk__in=names) | games.filter(code__in=[name.upper() for name in names])
        verdicts = [verify_game(game.id) for game in games]
        if not verdicts and names != ["all"]:
            raise CommandError(f"There is no game {', '.join(names)}.")
        if not verdicts and not options["json"]:
            self.stdout.write("There are no games here yet.")
        good = all(verdict.good for verdict in verdicts)
        if options["json"]:
            self.stdout.write(msgspec.json.encode({"good": good, "games": verdicts}).decode())
        else:
            for verdict in verdicts:
                self.stdout.write(self._sentence(verdict.game, verdict.events, verdict.turns, verdict.faults))
        if not good:
            raise SystemExit(1)

    @staticmethod
    def _sentence(game: str, events: int, turns: int, faults: tuple[str, ...]) -> str:
        if faults:
            return f"{game}: NOT as its log says.\n  " + "\n  ".join(faults[:20])
        return f"{game}: {events} events, chain whole, {turns} settlements repeated to the byte, every view as told."
