"""`manage.py counterfactual`: a played game settled again with one thing changed and the same keyed dice."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml
from django.core.management.base import BaseCommand, CommandError

from adjudication.changes import read_change
from adjudication.counterfactual import Change, Comparison, Ended, counterfactual
from adjudication.lenses import PRESETS
from adjudication.played import Played
from wargame.aar.experiments import add_game, number, rulings_note, table, the_game


class Command(BaseCommand):
    """Compare a game with itself under other orders, other lenses or other values."""

    help = "Settle a played game again with other orders, lenses or values and the same keyed dice, and compare."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        add_game(parser)
        parser.add_argument("--from", type=int, dest="from_turn", metavar="TURN", help="Play again from this turn on.")
        parser.add_argument(
            "--orders", metavar="FILE",
            help="YAML or JSON: {turn: {seat: [move, or {move, params, public}]}}; replaces all orders of that seat.",
        )  # fmt: skip
        parser.add_argument("--lens", help=f"{', '.join(PRESETS)}, or lenses joined by +, or none.")
        parser.add_argument(
            "--set", action="append", default=[], dest="pins", metavar="VAR=VALUE@TURN",
            help="Set a variable, clause.X or flag.X as a turn (or turns, 3-6) begins. May be repeated.",
        )  # fmt: skip

        parser.add_argument(
            "--play", action="append", default=[], dest="players", metavar="SEAT=POLICY",
            help="Let a policy play a seat anew. May be repeated.",
        )  # fmt: skip
        parser.add_argument(
            "--without-rule", action="append", default=[], dest="rules_off", metavar="RULE",
            help="Leave a rule out, or a family as R-A*. May be repeated.",
        )  # fmt: skip
        parser.add_argument(
            "--without-ruling", action="append", default=[], dest="without_rulings", metavar="ID",
            help="Leave a ruling of Control out of the changed run alone; * for all. May be repeated.",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Play again and compare."""
        played = the_game(options)
        done = counterfactual(played, self._change(played, options), runs=options["runs"])
        if options["json"]:
            self.stdout.write(msgspec.json.encode(done).decode())
            return
        for line in lines(played, done):
            self.stdout.write(line)

    def _change(self, played: Played, options: dict[str, Any]) -> Change:
        orders = read_orders(Path(options["orders"])) if options["orders"] else None
        change = read_change(
            played.scenario, turns=[turn.number for turn in played.turns], from_turn=options["from_turn"],
            orders=orders, lenses=options["lens"], pins=options["pins"], with_overrides=options["with_overrides"],
            players=dict(seats_played(options["players"])), rules_off=options["rules_off"],
            without_rulings=options["without_rulings"],
            rulings=[ruling.id for turn in played.turns for ruling in turn.sealed.overrides],
        )  # fmt: skip
        if isinstance(change, Change):
            return change
        file = f" in {options['orders']}" if orders is not None else ""
        raise CommandError("\n".join([f"This change cannot be made{file}:", *(f"  {fault}" for fault in change)]))


def seats_played(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield seat and policy of each `seat=policy`. Raises CommandError for one that is none."""
    for text in texts:
        seat, equals, policy = text.partition("=")
        if not (seat and equals and policy):
            raise CommandError(f"--play {text}: write seat=policy, the names of one of the seats and of a policy.")
        yield seat, policy


def read_orders(path: Path) -> object:
    """Read a table of replacement orders. Raises CommandError with file and line."""
    try:
        return yaml.safe_load(path.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError) as broken:
        raise CommandError(f"{path}: cannot be read ({broken}). Give a YAML or JSON file.") from broken
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark is not None else str(path)
        raise CommandError(f"{place}: not YAML or JSON ({getattr(broken, 'problem', broken)}).") from broken


def lines(played: Played, done: Comparison) -> Iterator[str]:
    """Yield the comparison for people."""
    yield f"{played.scenario.meta.title}: {done.runs} paired runs from turn {done.from_turn}, same keyed dice."
    yield from filter(None, _notes(done))
    yield ""
    yield "In the end"
    shown = [one for one in done.ended if one.band.original or one.band.changed]
    yield from table(("", "original", "changed", "difference", "90 % of runs"), map(_row, shown))
    yield ""
    yield from _by_turn(played, done)
    yield ""
    if done.divergence is None:
        yield "The game's own run does not part from the original."
    else:
        d = done.divergence
        yield (
            f"The game's own run first parts in {d.label} (stage {d.stage:g}): {d.rule} on {d.variable} by {d.cause},"
            f" {d.original:+.2f} originally, {d.changed:+.2f} now."
        )
    for chance in done.chances[:12]:
        yield f"  turn {chance.turn}: {chance.key} {chance.original or 'not cast'} -> {chance.changed or 'not cast'}"
    for turn, side, words in done.happened[:12]:
        yield f"  turn {turn}, {side} only: {words}"


def _notes(done: Comparison) -> Iterator[str]:
    yield done.held_fixed
    yield rulings_note(done.rulings, kept=done.with_overrides, without=len(done.without_rulings))
    if done.reproduced is not None:
        yield (
            "The game itself comes out again to the byte."
            if done.reproduced
            else "This engine settles the game otherwise than it was settled when it was played."
        )
    cut = [turn for turn in done.turns if turn.pairs < done.runs]
    if cut:
        yield (
            f"War cut runs short: turns compare the pairs at peace as they began ({cut[-1].pairs} in the last), ends"
            " those at peace throughout; averages are over the turns a run survived, shares over all runs."
        )


def _row(one: Ended) -> tuple[str, str, str, str, str]:
    b, share = one.band, one.share
    reach = f"{number(b.low, share=share, sign=True)} to {number(b.high, share=share, sign=True)}"
    return (one.label, number(b.original, share=share), number(b.changed, share=share),
            number(b.delta, share=share, sign=True), reach)  # fmt: skip


def _by_turn(played: Played, done: Comparison) -> Iterator[str]:
    """Yield the variables that moved most, turn by turn."""
    case = played.scenario
    books = {case.commitments.form, case.commitments.strength}
    moved = {
        v.id: max((abs(turn.variables[v.id].delta) for turn in done.turns if v.id in turn.variables), default=0.0)
        / (v.max if v.max is not None else 1.0 if v.kind == "belief" else 100.0)
        for v in case.variables
        if v.group != "tally" and v.id not in books
    }  # fmt: skip
    names = [name for name in sorted(moved, key=lambda name: (-moved[name], name)) if moved[name] > 1e-6][:6]
    if not names:
        yield "No variable moved in any turn."
        return
    yield "Mean difference by turn (what moved most)"
    labels = [played.scenario.variable[name].label for name in names]
    yield from table(
        ("", "pairs", *labels),
        (
            (turn.label, str(turn.pairs),
             *(number(turn.variables[name].delta, sign=True) if name in turn.variables else "-" for name in names))
            for turn in done.turns
        ),
    )  # fmt: skip
