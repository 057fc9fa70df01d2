"""The debrief over HTTP: where it might halt. What it does is commands like all others."""

from django.http import HttpRequest, HttpResponse

from wargame.api.access import controlled
from wargame.api.reply import answer, endpoint
from wargame.control.debriefing import proposed_stops


@endpoint("GET")
def stops(request: HttpRequest, game: str) -> HttpResponse:
    """Propose stops for the debrief of a game."""
    return answer({"stops": proposed_stops(controlled(request, game))})
