"""Control's desk over HTTP: the seat board and who knows what.

Each endpoint checks who asks, calls one function and answers. No rule, no query of its own; what changes a game goes
through the one path of commands, never through here.
"""

from django.http import HttpRequest, HttpResponse

from wargame.api.access import controlled
from wargame.api.reply import Stop, answer, endpoint
from wargame.clock import utc_ms
from wargame.control import board as boards
from wargame.control import known as knowledge
from wargame.play.answers import Refused


@endpoint("GET")
def board(request: HttpRequest, game: str) -> HttpResponse:
    """Tell who is there, when each seat last acted, what lies before it, and which rooms are hot."""
    return answer(boards.board(controlled(request, game), now_ms=utc_ms()))


@endpoint("GET")
def known(request: HttpRequest, game: str) -> HttpResponse:
    """Tell which seats hold the newest things of a kind (`kind`), and which have opened them."""
    asked = controlled(request, game)
    kind = next((one for one in knowledge.KINDS if one == request.GET.get("kind")), None)
    if kind is None:
        raise Stop(Refused("request.malformed", {"at": "kind", "expected": ", ".join(knowledge.KINDS)}))
    return answer({"items": knowledge.known(asked, kind=kind)})
