"""Who may look at Control's desk over HTTP: a game's facilitators, and staff. It grants nothing inside the game."""

from typing import TypeGuard

from django.http import HttpRequest

from wargame.accounts.sessions import entry_of, is_staff
from wargame.api.reply import Stop
from wargame.play.access import Entry
from wargame.play.answers import Refused
from wargame.store.models import Game


def facilitator_in(request: HttpRequest, game: str) -> Entry | None:
    """Return the sender's place in a game if they are a facilitator of it."""
    here = entry_of(request, game)
    return here if _facilitates(here) else None


def controlled(request: HttpRequest, game: str) -> Game:
    """Return the game the request's sender controls, or stop the view; hidden and missing answer alike."""
    here = entry_of(request, game)
    if not _facilitates(here) and not is_staff(request):
        raise Stop(here if isinstance(here, Refused) else Refused("access.denied"))
    found = Game.objects.filter(pk=game).first()
    if found is None:
        raise Stop(Refused("access.not_found"))
    return found


def _facilitates(here: Entry | Refused) -> TypeGuard[Entry]:
    return isinstance(here, Entry) and here.role == "control"
