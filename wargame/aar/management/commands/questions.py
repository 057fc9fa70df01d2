"""`manage.py questions`: the questions of the case, answered for a game by paired runs and turned dials."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from adjudication.played import Played
from adjudication.questions import Answer, RunAnswer, answers
from adjudication.scenario.review import Question
from wargame.aar.experiments import add_game, number, table, the_game
from wargame.aar.questions import METHOD, finding, held_fixed


class Command(BaseCommand):
    """Answer the questions of the case."""

    help = "Answer the questions of the case for a played game: a finding each, its runs, and what it hangs on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        add_game(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Play every run and say what came of it."""
        played = the_game(options)
        review = played.scenario.review
        if review is None or not review.questions:
            raise CommandError(f"The case {played.scenario.meta.id} asks no questions: it has no review.questions.")
        found = answers(played, runs=options["runs"], told=self._told)
        if options["json"]:
            self.stdout.write(msgspec.json.encode(found).decode())
            return
        self.stdout.write(METHOD)
        for question, answer in zip(review.questions, found, strict=True):
            for line in lines(played, question, answer):
                self.stdout.write(line)

    def _told(self, what: str, done: int, of: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K{done} of {of}  {what}", ending="")


def lines(played: Played, question: Question, answer: Answer) -> Iterator[str]:
    """Yield an answer for people."""
    yield ""
    yield f"{question.title}. {question.text}"
    yield finding(played.scenario, answer)
    yield ""
    head = ("", "original", "changed", "difference", "90 % interval")
    yield from table(head, (row for run in answer.runs for row in _rows(played, run)))


def _rows(played: Played, run: RunAnswer) -> Iterator[tuple[str, str, str, str, str]]:
    yield f"{run.label} ({run.runs} pairs)", "", "", "", ""
    if run.players:
        yield f"  {held_fixed(played.scenario, run)}", "", "", "", ""
    for one in run.outcomes:
        low, high = (number(end, share=one.share, sign=True) for end in (one.mean_low, one.mean_high))
        yield (
            f"  {one.label}", number(one.original, share=one.share), number(one.changed, share=one.share),
            number(one.delta, share=one.share, sign=True), f"{low} to {high}",
        )  # fmt: skip
