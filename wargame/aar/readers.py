"""Who may read a report over HTTP, and which part of it.

A facilitator of the game and staff read everything at any time. A player reads what its own seat was shown, and only
after the end of the game; the whole truth only once Control has shared it. It grants nothing inside the game.
"""

from django.http import HttpRequest

from wargame.aar.report import TRUTH
from wargame.aar.services import report_shared
from wargame.aar.work import Reader
from wargame.accounts.sessions import entry_of, is_staff
from wargame.api.access import facilitator_in
from wargame.api.reply import Stop, ok
from wargame.game.commands import DebriefLift
from wargame.game.decide.rights import check_right
from wargame.game.events import Actor
from wargame.play.access import Entry
from wargame.play.answers import Refused
from wargame.play.cache import state_at_head
from wargame.store.cases import case_of
from wargame.store.models import Game


def reader_of(request: HttpRequest, game: str) -> Reader:
    """Return who asks for the report of a game, or stop the view; hidden and missing answer alike."""
    here = entry_of(request, game)
    row = Game.objects.filter(pk=game).first()
    staff = is_staff(request)
    if row is not None and (staff or facilitator_in(request, game) is not None):
        return Reader(desk=True, staff=staff, person=here.person if isinstance(here, Entry) else "")
    entry: Entry = ok(here)
    if row is None or row.status != "ended" or entry.seat is None:
        raise Stop(Refused("access.denied"))
    return Reader(desk=False, person=entry.person, seat=entry.seat, shared=report_shared(game))


def staff_reader(request: HttpRequest) -> Reader:
    """Return the reader of what concerns many games: staff alone, or stop the view."""
    if not is_staff(request):
        raise Stop(Refused("access.staff_only"))
    return Reader(desk=True, staff=True)


def view_asked(game: Game, wanted: str | None, reader: Reader) -> str:
    """Return the view a request means: the reader's widest if it names none. Stops the view for one not open to it."""
    view = wanted or (TRUTH if reader.desk or not reader.seat else reader.seat)
    if not reader.may_read(view):
        raise Stop(Refused("access.denied"))
    if view != TRUTH and view not in case_of(game.scenario, game.scenario_hash).seat:
        raise Stop(Refused("access.not_found"))
    return view


def share_refused(game: str, reader: Reader) -> Refused | None:
    """Return why a reader may not open the whole report to the players: as with lifting a debrief's fog, but for good.

    It takes the same right as that, or staff, and the end of the game.
    """
    if not reader.desk:
        return Refused("access.denied")
    row = Game.objects.get(pk=game)
    if not reader.staff:
        rejected = check_right(state_at_head(row), Actor("person", reader.person), DebriefLift)
        if rejected is not None:
            return Refused(rejected.code, dict(rejected.params))
    return None if row.status == "ended" else Refused("share.not_ended")
