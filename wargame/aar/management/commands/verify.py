"""`manage.py verify`: prove that a game, here or in a package, is what its log says."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from wargame.aar.package.check import Checked, check_package
from wargame.store.models import Game
from wargame.store.ready import make_ready
from wargame.store.verify import Verdict, verify_game
from wargame.version import ENGINE

MOST = 20
"""Faults that are printed; there may be more."""


class Command(BaseCommand):
    """Check games of this installation and packages; a package needs no database."""

    help = (
        "Check a game's hash chain, fold its log again, ask the engine again, and compare what each view was told."
        " A package is checked down to its last byte before that."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("game", nargs="+", help="Id or join code of a game, a package file, or `all`.")
        parser.add_argument("--digest", help="The digest or SHA-256 that was noted of the package, to hold it against.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of sentences.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what is named. Ends with status 1 if anything is wrong."""
        names: list[str] = options["game"]
        files = [Path(name) for name in names if Path(name).is_file()]
        if options["digest"] and len(files) != 1:
            raise CommandError("--digest goes with one package file.")
        packages = {str(file): _against(check_package(file.read_bytes()), options["digest"]) for file in files}
        verdicts = self._here([name for name in names if not Path(name).is_file()])
        good = all(verdict.good for verdict in verdicts) and all(one.good for one in packages.values())
        if options["json"]:
            shown = [_as_json(name, one) for name, one in packages.items()]
            self.stdout.write(msgspec.json.encode({"good": good, "games": verdicts, "packages": shown}).decode())
        else:
            if not verdicts and not packages:
                self.stdout.write("There are no games here yet.")
            for verdict in verdicts:
                self.stdout.write(_sentence(verdict))
            for name, checked in packages.items():
                self.stdout.write(_sentence_of_package(name, checked))
        if not good:
            raise SystemExit(1)

    def _here(self, names: list[str]) -> list[Verdict]:
        if not names:
            return []
        make_ready()
        games = Game.objects.order_by("created_ms")
        if names != ["all"]:
            games = games.filter(pk__in=names) | games.filter(code__in=[name.upper() for name in names])
        verdicts = [verify_game(game.id) for game in games]
        if not verdicts and names != ["all"]:
            raise CommandError(f"There is no game {', '.join(names)}. Give an id, a join code, or a package file.")
        return verdicts


def _against(checked: Checked, noted: str | None) -> Checked:
    """Return the finding with a fault more if the package is whole and not the one that was noted."""
    known = {checked.sha256, checked.manifest.digest if checked.manifest else ""}
    if noted is None or noted.lower() in known or checked.faults:
        return checked
    return msgspec.structs.replace(checked, faults=(f"it is whole, but not the package {noted} was noted of",))


def _sentence(verdict: Verdict) -> str:
    if verdict.faults:
        return _wrong(verdict.game, verdict.faults)
    return f"{verdict.game}: {_found(verdict)}"


def _sentence_of_package(name: str, checked: Checked) -> str:
    foreign = checked.manifest.engine if checked.manifest and checked.foreign else ""
    note = f"\n  It was written by engine {foreign}; this is {ENGINE}, which may settle otherwise." if foreign else ""
    if checked.faults or checked.verdict is None or checked.manifest is None:
        return _wrong(name, checked.faults) + note
    return (
        f"{name}: whole to the last byte. Game {checked.verdict.game}: {_found(checked.verdict)}{note}\n"
        f"  digest {checked.manifest.digest}"
    )


def _found(verdict: Verdict) -> str:
    return (
        f"{verdict.events} events, chain whole, {verdict.turns} settlements repeated to the byte, every view as told."
    )


def _wrong(name: str, faults: tuple[str, ...]) -> str:
    more = f"\n  and {len(faults) - MOST} more" if len(faults) > MOST else ""
    return f"{name}: NOT as its log says.\n  " + "\n  ".join(faults[:MOST]) + more


def _as_json(name: str, checked: Checked) -> dict[str, object]:
    return {
        "file": name, "sha256": checked.sha256, "manifest": checked.manifest, "verdict": checked.verdict,
        "faults": checked.faults,
    }  # fmt: skip
