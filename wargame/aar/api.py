"""The report over HTTP: start it, ask how far it is, read it.

Control and staff read everything at any time. A player reads what its own seat was shown, and only after the end of
the game; the whole truth only once Control has shared it, and Control's own notes never.
"""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

from wargame.aar.changeable import changeable
from wargame.aar.parts import parts_of
from wargame.aar.readers import reader_of, share_refused
from wargame.aar.replayed import Unplayable, played_game
from wargame.aar.report import PRIVATE, TRUTH
from wargame.aar.services import (
    report_claim,
    report_page,
    report_progress,
    report_share,
    report_shared,
    seat_claim,
    seat_progress,
)
from wargame.aar.tasks import build_report
from wargame.api.reply import Stop, answer, endpoint, raw
from wargame.clock import utc_ms
from wargame.play.answers import Refused
from wargame.protocol.errors import sentence


@endpoint("GET", "POST")
def report(request: HttpRequest, game: str) -> HttpResponse:
    """Tell how far the report is, and what of it the sender may read; POST starts it if it is not there yet."""
    reader = reader_of(request, game)
    whole = reader.may_read(TRUTH)
    if request.method == "POST":
        now_ms = utc_ms()
        job = report_claim(game, now_ms=now_ms) if whole else seat_claim(game, seat=reader.seat, now_ms=now_ms)
        if job is not None:
            build_report.delay(job)
    may: dict[str, object] = {"desk": reader.desk, "truth": whole, "seat": reader.seat or None}
    if reader.desk:
        may["share"] = _share_told(share_refused(game, reader), game)
    progress = report_progress(game) if whole else seat_progress(game, seat=reader.seat)
    return answer({**msgspec.to_builtins(progress), "reader": may})


@gzip_page
@endpoint("GET")
def data(request: HttpRequest, game: str) -> HttpResponse:
    """Return the report as `?as=` asks: `truth` or a seat; players without it get their own seat's.

    `only` and `without` name sections, with commas between: the page reads what it draws first, then the rest.
    """
    reader = reader_of(request, game)
    wanted = request.GET.get("as") or (TRUTH if reader.desk else reader.seat)
    if not reader.may_read(wanted):
        raise Stop(Refused("access.denied"))
    page = report_page(game, view=wanted)
    if page is None:
        raise Stop(Refused("access.not_found"))
    private = () if reader.desk else PRIVATE
    return raw(parts_of(page, only=_named(request, "only"), without=[*_named(request, "without"), *private]))


@endpoint("GET")
def changes(request: HttpRequest, game: str) -> HttpResponse:
    """List what of the game a counterfactual may change: every sealed order is in it, so for readers of the truth."""
    if not reader_of(request, game).may_read(TRUTH):
        raise Stop(Refused("access.denied"))
    try:
        return answer(changeable(played_game(game)))
    except Unplayable as gone:
        raise Stop(Refused("report.no_turn")) from gone


@endpoint("POST")
def share(request: HttpRequest, game: str) -> HttpResponse:
    """Open the whole report to the players, once the game has ended. Nothing closes it again."""
    refused = share_refused(game, reader_of(request, game))
    if refused is not None:
        raise Stop(refused)
    report_share(game, now_ms=utc_ms())
    return answer({"shared": True})


def _share_told(refused: Refused | None, game: str) -> dict[str, object]:
    """Return whether the whole report is open to the players, and why the asker may not open it ("": may)."""
    why = "" if refused is None else sentence(refused.code, refused.params)
    return {"done": report_shared(game), "why_not": why}


def _named(request: HttpRequest, name: str) -> list[str]:
    return [one for one in request.GET.get(name, "").split(",") if one]
