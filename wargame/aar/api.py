"""The report over HTTP: start it, ask how far it is, read it.

Control and staff read everything at any time. A player reads what its own seat was shown, and only after the end of
the game; the whole truth only once Control has shared it.
"""

from django.http import HttpRequest, HttpResponse

from wargame.aar.report import TRUTH
from wargame.aar.services import report_claim, report_page, report_progress, report_share, report_shared
from wargame.aar.tasks import build_report
from wargame.accounts.sessions import entry_of, is_staff
from wargame.api.access import facilitator_in
from wargame.api.reply import Stop, answer, endpoint, ok, raw
from wargame.clock import utc_ms
from wargame.play.access import Entry
from wargame.play.answers import Refused
from wargame.store.models import Game


@endpoint("GET", "POST")
def report(request: HttpRequest, game: str) -> HttpResponse:
    """Tell how far the report is; POST starts it if it is not there yet."""
    _reader(request, game)
    if request.method == "POST":
        job = report_claim(game, now_ms=utc_ms())
        if job is not None:
            build_report.delay(job)
    return answer(report_progress(game))


@endpoint("GET")
def data(request: HttpRequest, game: str) -> HttpResponse:
    """Return the report as `?as=` asks: `truth` or a seat; players without it get their own seat's."""
    seat = _reader(request, game)
    wanted = request.GET.get("as") or (TRUTH if seat is None else seat)
    if seat is not None and wanted != seat and not (wanted == TRUTH and report_shared(game)):
        raise Stop(Refused("access.denied"))
    page = report_page(game, view=wanted)
    if page is None:
        raise Stop(Refused("access.not_found"))
    return raw(page)


@endpoint("POST")
def share(request: HttpRequest, game: str) -> HttpResponse:
    """Open the whole report to the players. Control or staff; nothing closes it again."""
    if _reader(request, game) is not None:
        raise Stop(Refused("access.denied"))
    report_share(game, now_ms=utc_ms())
    return answer({"shared": True})


def _reader(request: HttpRequest, game: str) -> str | None:
    """Return the seat whose report the sender may read, or None for somebody who may read all."""
    here = entry_of(request, game)
    row = Game.objects.filter(pk=game).first()
    if row is not None and (is_staff(request) or facilitator_in(request, game) is not None):
        return None
    entry: Entry = ok(here)
    if row is None or row.status != "ended" or entry.seat is None:
        raise Stop(Refused("access.denied"))
    return entry.seat
