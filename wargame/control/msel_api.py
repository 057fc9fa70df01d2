"""The master list over HTTP as a file: given out, looked at as a plan, and carried out; and its rehearsal.

Each endpoint checks who asks, calls one function and answers. What a file changes is commands like all others.
"""

from typing import cast

from django.http import HttpRequest, HttpResponse

from wargame.api.access import controlled, facilitator_in
from wargame.api.reply import answer, endpoint
from wargame.clock import utc_ms
from wargame.control import rehearsals
from wargame.control.msel_import import carry_out, plan_import
from wargame.control.roster_api import FILE_TYPES, file_of
from wargame.control.sheets import Format
from wargame.control.spreadsheet import export
from wargame.control.tasks import rehearse_game
from wargame.game.events import Actor
from wargame.play.create import CONTROL


@endpoint("GET", "POST")
def sheet(request: HttpRequest, game: str, kind: str) -> HttpResponse:
    """Give the list as a file; or tell what a file (the body) would change, and with `apply=1` change it.

    `start`: when the exercise begins by the clock on the wall, for lists that have no other times. `seen`: the stamp of
    the plan that was looked at.
    """
    found, written = controlled(request, game), cast("Format", kind)
    if request.method == "GET":
        response = HttpResponse(
            export(found, kind=written), content_type=FILE_TYPES[written], headers={"Cache-Control": "no-store"}
        )
        response["Content-Disposition"] = f'attachment; filename="msel-{found.code}.{kind}"'
        return response
    raw, actor, start = file_of(request), _sender(request, game), request.GET.get("start", "")[:20]
    if request.GET.get("apply") != "1":
        return answer(plan_import(found, raw, kind=written, actor=actor, start=start)[0])
    seen = request.GET.get("seen", "")[:64]
    return answer(carry_out(found, raw, kind=written, actor=actor, now_ms=utc_ms(), start=start, seen=seen))


def _sender(request: HttpRequest, game: str) -> Actor:
    """Return who asks: a facilitator by name, staff as the one who set the game up."""
    here = facilitator_in(request, game)
    return Actor(kind="control", person=CONTROL if here is None else here.person, role="control")


@endpoint("GET", "POST")
def rehearsal(request: HttpRequest, game: str) -> HttpResponse:
    """Tell how far the rehearsal of the list is, and what it showed; POST begins one of the game as it stands."""
    found = controlled(request, game)
    if request.method == "POST" and rehearsals.rehearsal_claim(found, now_ms=utc_ms()):
        rehearse_game.delay(found.id)
    return answer(rehearsals.standing(found))
