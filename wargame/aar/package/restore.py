"""Restoring a game from its package on this server: checked first, then written through the one path."""

from django.db import DataError

from wargame.aar.package.check import Checked, check_package
from wargame.lobby.services import control_token
from wargame.play.answers import Refused
from wargame.play.restore import KeptElsewhere, Restored, restore_game
from wargame.version import ENGINE


class CannotRestore(Exception):
    """The package is not taken in; the message says why and what to do."""


def import_package(raw: bytes, *, now_ms: int) -> Restored:
    """Restore the game of a package: same id, same log, same disclosures, a new join code. Raises CannotRestore."""
    checked = check_package(raw)
    if checked.foreign and checked.manifest is not None:
        raise CannotRestore(
            f"This package was written by engine {checked.manifest.engine}; this server has {ENGINE} and would settle"
            " the game by other rules. Restore it on a server of that release."
        )
    contents = checked.contents
    if contents is None:
        raise CannotRestore(_refusal(checked))
    line = contents.manifest.game
    kept = KeptElsewhere(
        game=line.id, created_ms=line.created_ms, text=contents.text, files=contents.files, case=contents.case,
        preset=line.preset, engine=line.engine, log=contents.log, told=contents.told,
    )  # fmt: skip
    try:
        done = restore_game(kept, control_token=control_token(line.id), now_ms=now_ms)
    except DataError as broken:
        raise CannotRestore(f"The database does not keep what is in this package: {broken}") from broken
    if isinstance(done, Refused):
        if done.code == "game.already_created":
            raise CannotRestore(f"The game {line.id} is on this server already. Nothing was changed.")
        raise CannotRestore(f"The game was refused: {done.code} {done.params}. Nothing was changed.")
    return done


def _refusal(checked: Checked) -> str:
    faults = "\n  ".join(checked.faults[:20])
    return f"This package is not whole, so nothing was changed. Get it again from where it was made.\n  {faults}"
