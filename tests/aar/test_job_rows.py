"""What a job is made from fits the row it is kept in, whatever is asked for and however large."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.odd_games import SHORT_CASE, odd_game
from wargame.aar.jobs import job_ask
from wargame.aar.kinds import KINDS
from wargame.aar.models import Job
from wargame.aar.work import Reader
from wargame.bots.theatre import throwaway_store
from wargame.control.models import Exercise, Section
from wargame.control.plans import SECTIONS
from wargame.play.answers import Refused
from wargame.store.models import Game

pytestmark = pytest.mark.one_store


@pytest.fixture(scope="module")
def game(django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), throwaway_store():
        yield odd_game("one_turn")


ASKED: dict[str, dict[str, Any]] = {
    "counterfactual": {"change": {"lenses": "none"}}, "document": {"format": "html"}, "export": {}, "lenses": {},
    "package": {}, "questions": {},
}  # fmt: skip


@pytest.fixture
def crowd(game: str) -> Iterator[Exercise]:
    """As many sections as an exercise may have, each with a log of its own and a treatment with a long name."""
    whole = Exercise.objects.create(
        id="crowd", title="T" * 80, code="crowd", scenario=SHORT_CASE, preset="taste", plan="{}",
        seed="s" * 48, created_ms=1,
    )  # fmt: skip
    for number in range(1, SECTIONS + 1):
        game = Game.objects.create(
            id=f"crowd{number}", title="T", scenario=SHORT_CASE, code=f"crowd{number}", created_ms=1,
            head_hash=f"{number:064d}",
        )  # fmt: skip
        Section.objects.create(exercise=whole, number=number, name="N" * 18, game=game, treatment="t" * 64)
    yield whole
    Section.objects.filter(exercise=whole).delete()
    whole.delete()
    Game.objects.filter(id__startswith="crowd").delete()


def test_what_any_kind_of_job_is_made_from_fits_its_row(game: str, crowd: Exercise) -> None:
    asked = ASKED | {"course": {"exercise": crowd.id}}
    assert set(asked) == set(KINDS)
    staff_member, room = Reader(desk=True, staff=True), Job._meta.get_field("stands").max_length or 0
    for name, params in asked.items():
        row = None if name == "course" else Game.objects.get(pk=game)
        told = job_ask(row, kind=name, view="truth", params=params, reader=staff_member, now_ms=1)
        assert not isinstance(told, Refused), (name, told)
        job = Job.objects.get(pk=told[0].id)
        assert 0 < len(job.stands) <= room, name
        job.delete()
