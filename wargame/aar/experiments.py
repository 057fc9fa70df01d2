"""What the commands on played games share: which game, how many runs, and numbers for people.

Owns arguments and words. It must never settle a turn itself.
"""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.base import CommandError

from adjudication.played import Played
from wargame.aar.replayed import Unplayable, played_by_name, played_record
from wargame.store.cases import DEFAULT_CASE

MOST_RUNS = 100_000


def add_game(parser: ArgumentParser) -> None:
    """Declare which game is meant, and how often it is played again."""
    parser.add_argument("game", nargs="?", help="Id or join code of a game.")
    parser.add_argument("--history", action="store_true", help="Take the recorded path of a case instead of a game.")
    parser.add_argument("--scenario", default=DEFAULT_CASE, help="The case of --history (%(default)s).")
    parser.add_argument("--rolled", action="store_true", help="With --history: roll what the record fixes.")
    parser.add_argument("--runs", type=int, default=200, help="Paired runs; the first has the game's own dice.")
    parser.add_argument("--with-overrides", action="store_true", help="Keep Control's rulings; they are left out else.")
    parser.add_argument("--json", action="store_true")


def the_game(options: dict[str, Any]) -> Played:
    """Return the game the arguments name. Raises CommandError with what to do."""
    if bool(options["game"]) == bool(options["history"]):
        raise CommandError("Name a game by its id or join code, or give --history: one of the two.")
    if options["rolled"] and not options["history"]:
        raise CommandError("--rolled goes with --history: a game of the store keeps the mode it was played in.")
    if not 1 <= options["runs"] <= MOST_RUNS:
        raise CommandError(f"--runs {options['runs']}: give 1 to {MOST_RUNS}; 200 is usual.")
    try:
        if options["history"]:
            return played_record(options["scenario"], rolled=options["rolled"])
        return played_by_name(options["game"])
    except Unplayable as gone:
        raise CommandError(str(gone)) from gone


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield lines of a table: the first column to the left, the others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for line in lines:
        cells = [cell.ljust(widths[0]) if at == 0 else cell.rjust(widths[at]) for at, cell in enumerate(line)]
        yield "  ".join(cells).rstrip()


def number(value: float, *, share: bool = False, sign: bool = False) -> str:
    """Say a number: shares of runs in per cent."""
    size = 100 * value if share else value
    digits = 1 if share else 3 if abs(size) < 1 else 2
    if round(size, digits) == 0:
        return "0 %" if share else "0"
    return f"{size:{'+' if sign else ''}.{digits}f}{' %' if share else ''}"


def rulings_note(rulings: int, *, kept: bool, without: int = 0) -> str:
    """Say what became of Control's rulings, if there were any. `without`: how many were named to be left out."""
    if not rulings:
        return ""
    some = "a ruling" if rulings == 1 else f"{rulings} rulings"
    if without:
        return f"Control made {some}; kept in the original, and left out of the changed run where named."
    return (
        f"Control made {some}; {'kept in all runs' if kept else 'left out of all runs (--with-overrides keeps them)'}."
    )
