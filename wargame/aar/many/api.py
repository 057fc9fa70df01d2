"""Many games over HTTP: the sections of an exercise held against each other, or games somebody chose.

An exercise is open to staff; chosen games to whoever sits at the desk of every one of them. At most `MOST`
games are read in one request, whichever way they are named: an exercise has no more sections. It answers a closed
game and one that does not exist alike.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

from wargame.aar.many.compare import comparison
from wargame.aar.many.design import MOST, chosen_design, exercise_design
from wargame.aar.many.digest import digest_of
from wargame.aar.many.shapes import Comparison, Design
from wargame.aar.readers import reader_of, staff_reader
from wargame.api.reply import Stop, answer, endpoint
from wargame.control.models import Exercise
from wargame.play.answers import Refused
from wargame.store.cases import case_of
from wargame.store.models import Game


@gzip_page
@endpoint("GET")
def compare(request: HttpRequest) -> HttpResponse:
    """Hold games side by side: `?exercise=x`, or `?games=a,b;c,d` with a semicolon between groups."""
    wanted = request.GET.get("exercise")
    if wanted is not None:
        staff_reader(request)
        exercise = Exercise.objects.filter(pk=wanted).first()
        if exercise is None:
            raise Stop(Refused("access.not_found"))
        return answer(_compared(exercise_design(exercise)))
    groups = [[one for one in part.split(",") if one] for part in request.GET.get("games", "").split(";")]
    games = [game for group in groups for game in group]
    if not games or len(games) > MOST or len(set(games)) < len(games):
        expected = f"1 to {MOST} different games, commas between them and semicolons between groups"
        raise Stop(Refused("request.malformed", {"at": "games", "expected": expected}))
    for game in games:
        if not reader_of(request, game).desk:
            raise Stop(Refused("access.denied"))
    return answer(_compared(chosen_design([group for group in groups if group])))


def _compared(design: Design) -> Comparison:
    order = [game for group in design.groups for game in group.games]
    rows = Game.objects.in_bulk(order)
    digests = [digest_of(rows[game]) for game in order if game in rows]
    cases = {row.id: case_of(row.scenario, row.scenario_hash) for row in rows.values()}
    return comparison(digests, cases, design)
