"""An export keeps to what somebody allows also where another lets their paper out under a name of their own."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.games import Table, a_game
from wargame.aar import jobs
from wargame.aar.report import TRUTH
from wargame.aar.work import Reader, Result
from wargame.bots.theatre import throwaway_store
from wargame.play.people import join

pytestmark = pytest.mark.one_store
DESK = Reader(desk=True)
HEAD, BODY, QUESTION, WHY = (
    "Mineheadline is out",
    "Minebody stays with me",
    "Minequestion to them",
    "Mineweighty reason",
)
ADDED, FREE = "with a word of the editor", "Freeheadline of the second hand"


@pytest.fixture(scope="module")
def table(django_db_blocker: Any) -> Iterator[Table]:
    """Somebody who allows nothing drafts a statement and a request; who takes over the seat allows words."""
    with django_db_blocker.unblock(), throwaway_store():
        made = a_game(seats=("potus", "rok"), started=True)
        made.must("rok", "consent.choose", choice="nothing")
        made.must("rok", "paper.draft", template="statement", fields={"headline": HEAD, "body": BODY}, to=[])
        ask = {"question": QUESTION, "why": WHY}
        made.must("rok", "paper.draft", template="intelligence_request", fields=ask, to=["control"])
        made.must("rok", "paper.draft", template="statement", fields={"headline": FREE, "body": BODY}, to=[])
        second = join(made.game, display="Second hand", role="player", now_ms=made.now_ms)
        made.people["second"] = second
        made.must("control", "seat.hand_over", person=made.people["rok"].person, to=second.person)
        made.must("second", "consent.choose", choice="words")
        first, asked, third = made.state().papers.values()
        fields = {"body": f"{BODY} {ADDED}"}
        made.must("second", "paper.edit", paper=first.id, version=first.version, fields=fields)
        for paper in (first.id, asked.id):
            version = made.state().papers[paper].version
            made.must("second", "paper.release", paper=paper, version=version)
        fields = {"headline": "", "body": ""}
        made.must("second", "paper.edit", paper=third.id, version=third.version, fields=fields)
        fields = {"headline": f"{FREE} alone", "body": "Written by one hand"}
        made.must("second", "paper.edit", paper=third.id, version=third.version + 1, fields=fields)
        made.must("second", "paper.release", paper=third.id, version=third.version + 2)
        yield made


def handed(table: Table, who: Reader, view: str, **params: Any) -> str:
    told = jobs.job_ask(table.row(), kind="export", view=view, params=params, reader=who, now_ms=1)
    assert isinstance(told, tuple), told
    jobs.job_run(told[0].id)
    made = jobs.job_result(table.row(), told[0].id, reader=who)
    assert isinstance(made, Result), made
    archive = zipfile.ZipFile(io.BytesIO(made.body))
    return "\n".join(archive.read(name).decode("utf-8", "replace") for name in sorted(archive.namelist()))


@pytest.mark.parametrize("wanted", ["jsonl", "csv", "xapi"])
def test_whoever_lets_a_paper_out_does_not_free_the_words_of_those_who_wrote_it(table: Table, wanted: str) -> None:
    potus = Reader(desk=False, person=table.people["potus"].person, seat="potus")
    whole = handed(table, DESK, TRUTH, format=wanted)
    for text in (whole, handed(table, potus, "potus", format=wanted)):
        for words in (HEAD, BODY, QUESTION, WHY, ADDED):
            assert words not in text, words
        assert f"{FREE} alone" in text
    assert HEAD in handed(table, DESK, TRUTH, format=wanted, consent=False)
