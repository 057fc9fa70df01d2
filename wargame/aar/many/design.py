"""Which games are compared, in which groups, and how they came into them. Reads exercises; it looks into no game."""

from collections.abc import Sequence

from wargame.aar.many.shapes import Design, Group
from wargame.control.allocation import allocate
from wargame.control.models import Exercise, Section
from wargame.control.plans import SECTIONS, plan_of

MOST = SECTIONS
"""Games of one comparison."""


def exercise_design(exercise: Exercise) -> Design:
    """Return the sections of an exercise by treatment, each with the block of the draw it was in."""
    plan = plan_of(exercise.plan)
    sections = list(Section.objects.filter(exercise=exercise).order_by("number"))
    arms = [one.id for one in plan.treatments]
    groups = [
        Group(one.id, one.label, one.note, tuple(s.game_id for s in sections if s.treatment == one.id))
        for one in plan.treatments
    ]
    if not groups:
        groups = [Group("all", exercise.title, "", tuple(section.game_id for section in sections))]
    return Design(
        groups=tuple(groups), blocks={s.game_id: (s.number - 1) // len(arms) for s in sections} if arms else {},
        as_drawn=[s.treatment for s in sections] == list(allocate(exercise.seed, arms, len(sections))),
        shared_dice=plan.dice == "shared", names={section.game_id: section.name for section in sections},
    )  # fmt: skip


def chosen_design(groups: Sequence[Sequence[str]]) -> Design:
    """Return games in the groups somebody put them into."""
    return Design(
        groups=tuple(Group(f"g{n}", f"Group {n}", "", tuple(games)) for n, games in enumerate(groups, start=1))
    )
