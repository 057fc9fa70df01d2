"""What staff ask for when they set up an exercise: sections, treatments, and how a section's game follows from both.

Shapes and one translation; it writes nothing and asks no game.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from adjudication.lenses import Lens
from adjudication.scenario import Scenario
from wargame.api.newgame import NewGameBody
from wargame.game.commands import Id, Text

SECTIONS = 40
TREATMENTS = 8
OPENINGS = 100

Title = Annotated[str, Meta(min_length=1, max_length=40)]
SectionName = Annotated[str, Meta(min_length=1, max_length=18)]
Names = Annotated[tuple[SectionName, ...], Meta(min_length=1, max_length=SECTIONS)]
"""With ": " between them, title and name fit the title of a game."""


class Opening(Struct, frozen=True, forbid_unknown_fields=True):
    """A command of Control about the master list, given in every section of a treatment before its start."""

    name: Annotated[str, Meta(pattern=r"^inject\.[a-z_]+$", max_length=40)]
    args: dict[str, object]


class Treatment(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What sections of one arm have that others have not; where nothing is named, it is as in the plan.

    `note` says what it is for. `reworded`: another text for entries of the master list. With another `scenario`, seats
    the plan does not know are held by that case's own bots, which yield to people where the plan lets people in.
    """

    id: Id
    label: Title
    note: Annotated[str, Meta(max_length=500)] = ""
    scenario: Id | None = None
    preset: Id | None = None
    lens: Lens | None = None
    forced: Literal["free", "historical"] | None = None
    msel: Annotated[tuple[Opening, ...], Meta(max_length=OPENINGS)] = ()
    reworded: Annotated[dict[Id, Text], Meta(max_length=OPENINGS)] = {}


Treatments = Annotated[tuple[Treatment, ...], Meta(max_length=TREATMENTS)]
Seed = Annotated[str, Meta(min_length=1, max_length=48, pattern=r"^[A-Za-z0-9._:@-]+$")]


class ExerciseBody(NewGameBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An exercise to be made: the game every section plays, the sections by name, and what they are given by chance.

    `dice`: whether sections roll their own dice or share one luck.
    """

    title: Title
    sections: Names
    seed: Seed | None = None
    treatments: Treatments = ()
    dice: Literal["own", "shared"] = "own"


def plan_of(text: str) -> ExerciseBody:
    """Return a plan as it was kept."""
    return msgspec.json.decode(text, type=ExerciseBody)


def doubled(asked: ExerciseBody) -> str | None:
    """Return a section name or treatment that is there twice, or None."""
    for names in (asked.sections, tuple(one.id for one in asked.treatments)):
        for place, name in enumerate(names):
            if name in names[:place]:
                return name
    return None


def treated(plan: ExerciseBody, treatment: Treatment | None, case: Scenario | None) -> NewGameBody:
    """Return the game of a section: the plan, and what its treatment changes. `case`: the treatment's other case."""
    fields = {name: getattr(plan, name) for name in NewGameBody.__struct_fields__}
    game = NewGameBody(**fields)
    if treatment is None:
        return game
    changes = {name: getattr(treatment, name) for name in ("scenario", "preset", "lens", "forced")}
    game = replace(game, **{name: value for name, value in changes.items() if value is not None})
    if case is None or treatment.scenario in (None, plan.scenario):
        return game
    seats = [seat.id for seat in case.seats]
    own = {seat: case.bots[seat].policy for seat in seats if seat in case.bots and seat not in plan.seats}
    phases = {phase.id for phase in case.phases}
    return replace(
        game,
        preset=treatment.preset or case.presets[0].id,
        seats=tuple(seat for seat in seats if seat in plan.seats or (plan.seats and seat not in plan.bots)),
        bots=own,
        phase_ms={phase: length for phase, length in plan.phase_ms.items() if phase in phases},
    )
