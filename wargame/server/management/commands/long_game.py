"""`manage.py long_game`: fill a game of this installation with thousands of messages, to try its rooms by hand."""

from argparse import ArgumentParser
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from wargame.bots.theatre import kept_store
from wargame.clock import utc_ms
from wargame.play.create import new_seed
from wargame.server.bench.talk import MESSAGES, long_game
from wargame.store.cases import DEFAULT_CASE, case_now


class Command(BaseCommand):
    """Make a long game through the path of every action and print how each seat gets in, as JSON."""

    help = "Create a game with a person in every seat and thousands of messages; print its links as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--messages", type=int, default=MESSAGES)
        parser.add_argument("--scenario", default=DEFAULT_CASE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Create it."""
        case = case_now(options["scenario"])
        if case is None:
            raise CommandError(f"There is no case {options['scenario']}.")
        with kept_store():
            name = f"long-{new_seed()[:8]}"
            made = long_game(messages=options["messages"], game_id=name, case=case, now_ms=utc_ms())
        links = {seat: f"/g/{made.game}#t={who.token}" for seat, who in made.people.items()}
        links["control"] = f"/g/{made.game}/control#t={made.control.token}"
        found = {"game": made.game, "room": made.room, "messages": made.messages, "links": links}
        self.stdout.write(msgspec.json.encode(found).decode())
