"""The past of a view over HTTP: the picture at one moment, and every row it was told, to step through in the browser.

Owns who may look through which view: one's own, any for Control and staff, and those the debrief has opened up to
its reach. It reads a view's own rows and nothing else; what a view may know was settled when they were written.
"""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

from wargame.accounts.sessions import entry_of, is_staff
from wargame.api.access import facilitator_in
from wargame.api.reply import Stop, endpoint, number, raw
from wargame.game.ids import CONTROL, PUBLIC
from wargame.play.access import Entry
from wargame.play.answers import Refused
from wargame.play.fog import FRAME, PERSONAL, lifted
from wargame.play.views import views_of
from wargame.protocol.items import item_text
from wargame.store.feed import Row, Told, rows_told, seq_at, view_at

MOST_ROWS = 20_000
"""Rows in one answer; a longer past comes in several."""


@endpoint("GET")
def at(request: HttpRequest, game: str) -> HttpResponse:
    """Return what a view knew at a moment (by number or by time); of a view the debrief opened, up to its reach."""
    at_ms, n = number(request, "at_ms"), number(request, "n")
    reach_ms = _opened_by_debrief(request, game)
    if reach_ms is None:
        view = view_asked(request, game)
    else:
        view, at_ms, n = request.GET["as_view"], min(reach_ms, reach_ms if at_ms is None else at_ms), None
    n, rows = view_at(game, view=view, n=n, at_ms=at_ms)
    if reach_ms is not None:
        _, public = view_at(game, view=PUBLIC, at_ms=at_ms)
        rows = [row for row in rows if row.kind not in FRAME | PERSONAL] + [row for row in public if row.kind in FRAME]
    moment = at_ms if at_ms is not None else max((row.at_ms for row in rows), default=0)
    return raw(f'{{"n":{n},"at_ms":{moment},"items":[{items(rows)}]}}')


@gzip_page
@endpoint("GET")
def replay(request: HttpRequest, game: str) -> HttpResponse:
    """Return the rows a view was told after `after`, in order, to whoever may ask for its picture at a moment.

    Folding them up to `n` gives the picture at `n`. `seqs` says of which event of the log each row came: to readers
    of Control's view only, since its gaps would tell another how much happened out of its sight. `more`: ask again.
    """
    after = number(request, "after") or 0
    reach_ms = _opened_by_debrief(request, game)
    if reach_ms is None:
        view = view_asked(request, game)
        found = rows_told(game, view=view, after=after, limit=MOST_ROWS + 1)
    else:
        view = request.GET["as_view"]
        found = _opened_rows(game, view, reach_ms=reach_ms)[after : after + MOST_ROWS + 1]
    told = found[:MOST_ROWS]
    seqs = f',"seqs":{msgspec.json.encode([one.seq for one in told]).decode()}' if view == CONTROL else ""
    more = "true" if len(found) > MOST_ROWS else "false"
    n = told[-1].row.n if told else after
    return raw(f'{{"n":{n},"items":[{items([one.row for one in told])}]{seqs},"more":{more}}}')


def view_asked(request: HttpRequest, game: str) -> str:
    """Return the view a request may look through: its own, or any for Control and staff. Stops the request else."""
    wanted = request.GET.get("as_view")
    here = entry_of(request, game)
    if isinstance(here, Entry) and wanted in (None, "", here.view):
        return here.view
    free = is_staff(request) or facilitator_in(request, game) is not None
    if not free:
        raise Stop(here if isinstance(here, Refused) else Refused("replay.own_view_only"))
    known = views_of(game)
    if not known or (wanted and wanted not in known):
        raise Stop(Refused("access.not_found"))
    return wanted or CONTROL


def items(rows: list[Row]) -> str:
    """Return rows as the items of a JSON list."""
    return ",".join(item_text(n=r.n, kind=r.kind, key=r.key, at_ms=r.at_ms, value=r.value) for r in rows)


# --- inside -----------------------------------------------------------------------------------------------------
def _opened_by_debrief(request: HttpRequest, game: str) -> int | None:
    """Return up to when a player may look through the view asked for, None where that is not the debrief's to say."""
    here, wanted = entry_of(request, game), request.GET.get("as_view")
    if not isinstance(here, Entry) or here.role == "control" or wanted in (None, "", here.view) or is_staff(request):
        return None
    opened = lifted(game)
    return opened.reach_ms if wanted in opened.views else None


def _opened_rows(game: str, view: str, *, reach_ms: int) -> list[Told]:
    """Return the rows of a view the debrief opened, up to its reach, without what is personal and in public's frame.

    They are numbered anew: the view's own numbers would tell how many of its rows are kept back.
    """
    upto = seq_at(game, reach_ms)
    own = [t for t in rows_told(game, view=view, upto=upto) if t.row.kind not in FRAME | PERSONAL]
    frame = [t for t in rows_told(game, view=PUBLIC, upto=upto) if t.row.kind in FRAME]
    merged = sorted([*own, *frame], key=lambda told: told.seq)
    return [Told(told.row._replace(n=n), told.seq) for n, told in enumerate(merged, start=1)]
