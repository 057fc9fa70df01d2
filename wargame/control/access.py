"""Who may look at Control's desk over HTTP: the Control of the game, and staff. It grants nothing inside the game."""

from django.http import HttpRequest

from wargame.accounts.sessions import entry_of, is_staff
from wargame.api.reply import Stop
from wargame.play.access import Entry
from wargame.play.answers import Refused
from wargame.store.models import Game


def controlled(request: HttpRequest, game: str) -> Game:
    """Return the game the request's sender controls, or stop the view; hidden and missing answer alike."""
    here = entry_of(request, game)
    if not (isinstance(here, Entry) and here.role == "control") and not is_staff(request):
        raise Stop(here if isinstance(here, Refused) else Refused("access.denied"))
    found = Game.objects.filter(pk=game).first()
    if found is None:
        raise Stop(Refused("access.not_found"))
    return found
