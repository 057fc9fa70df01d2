"""`manage.py attribution`: which explanation owns how much of what a game came to."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import msgspec
from django.core.management.base import BaseCommand

from adjudication.attribution import Attribution, attribution
from adjudication.played import Played
from wargame.aar.experiments import add_game, number, rulings_note, table, the_game

LENSES = {"lead": "leadership", "inst": "institutions", "rat": "rational choice"}


class Command(BaseCommand):
    """Share every outcome of a game out among the three lenses (Shapley values)."""

    help = "Settle a played game under all eight combinations of lenses and share its outcomes out among them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        add_game(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Play again and share out."""
        played = the_game(options)
        done = attribution(played, runs=options["runs"], with_overrides=options["with_overrides"])
        if options["json"]:
            self.stdout.write(msgspec.json.encode(done).decode())
            return
        for line in lines(played, done):
            self.stdout.write(line)


def lines(played: Played, done: Attribution) -> Iterator[str]:
    """Yield the attribution for people."""
    yield f"{played.scenario.meta.title}: {done.runs} runs under each of 8 combinations of lenses, same keyed dice."
    yield from filter(None, (done.held_fixed, done.caveat, rulings_note(done.rulings, kept=done.with_overrides)))
    yield ""
    yield from table(
        ("", "none", "all", *(f"{word}" for word in LENSES.values())),
        (
            (one.label, number(one.none, share=one.share), number(one.all, share=one.share),
             *(number(one.lenses[lens].value, share=one.share, sign=True) for lens in LENSES))
            for one in done.outcomes
        ),
    )  # fmt: skip
    yield ""
    yield "Each row: with no lens, with all, and what each lens adds; the three add up to the difference."
