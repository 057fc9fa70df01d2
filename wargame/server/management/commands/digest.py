"""`manage.py digest`: play one headless game and print the hashes of its log and of its report.

The proof of determinism: same case, same seed, same engine give the same line on any machine, any Python and any
`PYTHONHASHSEED`. Owns nothing; the game is played in a store of its own that is gone afterwards.
"""

import hashlib
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wargame.aar.services import report_pages
from wargame.bots.theatre import Stuck, play_out, stage, throwaway_store
from wargame.game.commands import GameCreate
from wargame.store.cases import DEFAULT_CASE, case_now

SPARE = "tit_for_tat"
"""Who plays a seat for which the case names no policy."""


class Command(BaseCommand):
    """Print what must be equal everywhere."""

    help = "Play one game with bots and print the hashes of its log and of every page of its report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--scenario", default=DEFAULT_CASE)
        parser.add_argument("--preset", default="full")
        parser.add_argument("--seed", default="3")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play, build the report as of the start of the game, and print one line of JSON with sorted keys."""
        with throwaway_store():
            case = case_now(options["scenario"])
            if case is None:
                raise CommandError(f"There is no scenario {options['scenario']!r}.")
            bots = {seat.id: case.bots[seat.id].policy if seat.id in case.bots else SPARE for seat in case.seats}
            order = GameCreate(
                title="Digest", scenario=case.meta.id, preset=options["preset"], seed=options["seed"], style="rigid",
                open_seats=(), bots=bots, phase_ms={phase.id: None for phase in case.phases},
            )  # fmt: skip
            try:
                staged = stage(order, game_id="digest")
                play_out(staged)
            except Stuck as stuck:
                raise CommandError(str(stuck)) from stuck
            row = staged.row
            pages = report_pages(row, progress=lambda message, of: None)
        report = {view: hashlib.blake2b(body, digest_size=16).hexdigest() for view, body in pages.items()}
        found = {"case": case.content_hash, "events": row.head, "log": row.head_hash, "report": report}
        self.stdout.write(json.dumps(found, sort_keys=True))
