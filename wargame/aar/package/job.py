"""A package as a piece of work the review asks for: for the desk when the game is over, for staff at any time.

A package holds the seed and every secret, which the facilitators of a running game are not told either.
"""

from msgspec import Struct

from wargame.aar.package.export import package_of
from wargame.aar.work import Kind, Reader, Result, Tell, Work
from wargame.play.answers import Refused
from wargame.store.models import Game


class NoParams(Struct, frozen=True, forbid_unknown_fields=True):
    """A package has no options: it is the whole game."""


def _build(work: Work, tell: Tell) -> Result:
    tell("Writing the package", 0, 1)
    return Result(package_of(work.game), "application/zip", f"{work.game}.package.zip")


def _check(work: Work, reader: Reader, game: Game | None) -> Refused | None:
    if game is None:
        return Refused("access.not_found")
    return None if game.status == "ended" or reader.staff else Refused("package.not_ended")


PACKAGE = Kind(build=_build, who="desk", params=NoParams, check=_check)
