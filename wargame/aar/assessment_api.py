"""The assessment over HTTP: read it, and rate or plan without a socket.

Facilitators and staff read and write it at any time; players read it with the whole report, once that was shared.
"""

from django.http import HttpRequest, HttpResponse

from wargame.aar.assessment import Order, assess, assessment_of_game
from wargame.aar.readers import reader_of
from wargame.aar.report import TRUTH
from wargame.api.access import facilitator_in
from wargame.api.reply import Stop, answer, body, endpoint, ok
from wargame.clock import utc_ms
from wargame.play.answers import Refused
from wargame.store.models import Game


@endpoint("GET", "POST")
def assessment(request: HttpRequest, game: str) -> HttpResponse:
    """Return the assessment and whether the sender may write it; POST gives one command of it first."""
    reader = reader_of(request, game)
    if not reader.may_read(TRUTH) or (request.method == "POST" and not reader.desk):
        raise Stop(Refused("access.denied"))
    found = Game.objects.get(pk=game)
    if request.method == "POST":
        here = facilitator_in(request, game)
        ok(assess(found, body(request, Order), by="" if here is None else here.person, now_ms=utc_ms()))
        found.refresh_from_db()
    return answer({**assessment_of_game(found), "writable": reader.desk})
