"""The lens panel: a game settled again under each set of explanations, and how much of each outcome a lens owns.

Owns the job and which sets are shown. The eight replays and the Shapley values are `adjudication.attribution`'s; every
set is compared with the game as it was played, over the same dice. It never shows a seed.
"""

from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from adjudication.attribution import TUNED_BY_HAND, attribution, replays
from adjudication.counterfactual import HELD_FIXED
from adjudication.lenses import ALL, LABELS, PRESETS
from adjudication.played import Paths, Played, outcomes
from adjudication.questions import compared
from wargame.aar.chronicle import Json
from wargame.aar.counterfactuals import MEDIA, MOST, USUAL, playable, settled_hash
from wargame.aar.work import Kind, Result, Tell, Work

SCHEMA = "lenses/1"
SETS: dict[str, str] = {
    "all": "All three lenses",
    "rational_only": "Rational choice alone",
    "no_institutions": "Without institutions",
    "no_leadership": "Without leadership",
    "leadership_only": "Leadership alone",
}
"""What each named set of lenses is called; those of `adjudication.lenses.PRESETS`, in this order."""
METHOD = (
    "The game settled again under every combination of the lenses, with everybody's orders, Control's rulings and the"
    " keyed dice as they were. A lens's share of an outcome is its Shapley value: the mean of what it adds over all"
    " orders in which the three can be switched on (Shapley 1953); the shares add up to all lenses minus none. Shares"
    " of an outcome that only a finished game has are over the runs no combination cuts short by war."
)


class LensesParams(Struct, frozen=True, forbid_unknown_fields=True):
    """Over how many paired runs the game is settled under each set of lenses."""

    runs: Annotated[int, Meta(ge=1, le=MOST)] = USUAL


def build(work: Work, tell: Tell) -> Result:
    """Settle a game under each set of lenses. Raises Unbuildable where no turn was settled."""
    tell("Reading the game", 0, 1)
    body = panel(playable(work.game), runs=work.params.runs, tell=tell)
    return Result(msgspec.json.encode(body), MEDIA, f"{work.game}-lenses.json")


def panel(played: Played, *, runs: int, tell: Tell = lambda *_: None) -> Json:
    """Return the panel of a game: each named set beside the game as played, and the shares of the lenses."""
    paths = replays(played, runs=runs, with_overrides=True, told=tell)
    played_under = played.turns[0].sealed.lenses & ALL
    shares = attribution(played, runs=runs, with_overrides=True, paths=paths)
    return {
        "schema": SCHEMA, "runs": runs, "played_under": sorted(played_under), "rulings": shares.rulings,
        "labels": {lens: LABELS[lens] for lens in sorted(ALL)}, "method": METHOD, "held_fixed": HELD_FIXED,
        "caveat": TUNED_BY_HAND,
        "sets": [
            {
                "id": name, "label": label, "lenses": sorted(PRESETS[name]),
                "outcomes": _beside(played, paths[played_under], paths[PRESETS[name]]),
            }
            for name, label in SETS.items()
        ],
        "outcomes": msgspec.to_builtins(shares.outcomes), "means": shares.means,
    }  # fmt: skip


def _beside(played: Played, original: Paths, changed: Paths) -> list[Json]:
    names = [name for name in outcomes(played.scenario, original) if name in outcomes(played.scenario, changed)]
    return [msgspec.to_builtins(one) for one in compared(played.scenario, original, changed, names)]


LENSES = Kind(build=build, who="truth", params=LensesParams, stands=settled_hash, common=True, version=2)
