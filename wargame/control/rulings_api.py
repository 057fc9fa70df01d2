"""Ruling over HTTP: what a ruling would do before it is made, the second umpire's docket, and the audit trail.

Each endpoint checks who asks, calls one function and answers. None changes a game: a ruling, a rating and a note are
commands like all others.
"""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from msgspec import Meta, Struct

from wargame.accounts.sessions import entry_of
from wargame.api.access import controlled
from wargame.api.reply import Stop, answer, body, endpoint, number, ok, raw
from wargame.clock import utc_ms
from wargame.control import trail as trails
from wargame.control.sheets import write_csv
from wargame.game.ids import UMPIRE
from wargame.game.rejections import Rejected
from wargame.game.whatif import TRIALS, Trial, targets, what_if
from wargame.play import cache
from wargame.play.answers import Refused
from wargame.protocol.items import item_text
from wargame.store.cases import case_of
from wargame.store.feed import Row, view_now
from wargame.store.models import Game
from wargame.store.search import words_of


class TrialBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Rulings to try out on the pending proposal, all together."""

    rulings: Annotated[tuple[Trial, ...], Meta(min_length=1, max_length=TRIALS)]


@endpoint("GET", "POST")
def try_out(request: HttpRequest, game: str) -> HttpResponse:
    """Tell what rulings would change of the pending proposal, or what effects of one may name. Nothing is written."""
    found = controlled(request, game)
    state, case = cache.state_at_head(found), case_of(found.scenario, found.scenario_hash)
    if request.method == "GET":
        return answer({"targets": targets(state, case)})
    asked = body(request, TrialBody)
    told = what_if(state, asked.rulings, case, now_ms=utc_ms())
    if isinstance(told, Rejected):
        raise Stop(Refused(told.code, dict(told.params)))
    return answer(told)


@endpoint("GET")
def docket(request: HttpRequest, game: str) -> HttpResponse:
    """Return what the second umpire has to rate and has rated; to anybody else there is nothing here."""
    here = ok(entry_of(request, game))
    found = Game.objects.filter(pk=game).first()
    if found is None or cache.state_at_head(found).umpire != here.person:
        raise Stop(Refused("access.not_found"))
    _, rows = view_now(game, view=UMPIRE)
    return raw(f'{{"items":[{_items(rows)}]}}')


@endpoint("GET")
def trail(request: HttpRequest, game: str) -> HttpResponse:
    """Return lines of Control's log, newest first: by `who`, `role`, `what`, `turn` and words (`q`).

    `next` is where older ones go on (`before`), null at the beginning of the game.
    """
    found = controlled(request, game)
    limit = max(1, min(number(request, "limit") or trails.PAGE, trails.PAGE))
    told = trails.trail(found.id, asked=_asked(request), before=number(request, "before"), limit=limit)
    return raw(f'{{"items":[{_items(told.rows)}],"next":{"null" if told.next is None else told.next}}}')


@endpoint("GET")
def trail_sheet(request: HttpRequest, game: str) -> HttpResponse:
    """Give the log, filtered in the same way, as a csv file: the oldest line first."""
    found = controlled(request, game)
    rows = [trails.HEADING, *trails.trail_table(found.id, asked=_asked(request))]
    response = HttpResponse(
        write_csv(rows), content_type="text/csv; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
    response["Content-Disposition"] = f'attachment; filename="control-log-{found.code}.csv"'
    return response


def _asked(request: HttpRequest) -> trails.Asked:
    query = request.GET.get("q", "")
    if len(query) > 200:
        raise Stop(Refused("request.malformed", {"at": "q", "expected": "at most 200 characters"}))
    return trails.Asked(
        who=request.GET.get("who", ""),
        role=request.GET.get("role", ""),
        what=request.GET.get("what", ""),
        turn=number(request, "turn"),
        words=words_of(query),
    )


def _items(rows: list[Row]) -> str:
    return ",".join(item_text(n=r.n, kind=r.kind, key=r.key, at_ms=r.at_ms, value=r.value) for r in rows)
