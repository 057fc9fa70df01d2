"""What concerns one person: look where a personal link leads, come in by it, and read one's own choice of consent."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from msgspec import Struct

from wargame.accounts.sessions import entry_of, keep_place
from wargame.api.access import controlled
from wargame.api.reply import Stop, address_of, answer, body, endpoint, may_try, ok
from wargame.clock import utc_ms
from wargame.lobby import attempts, services
from wargame.play import cache
from wargame.play.answers import Refused
from wargame.store.cases import case_of
from wargame.store.models import Game


class ComeInBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What the button of the welcome page sends: nothing but the wish to come in."""


class LinkShown(Struct, frozen=True):
    """Where a personal link leads. `seat` is the label of the seat that waits for the person, if one does."""

    game: str
    title: str
    case: str
    status: str
    display: str
    role: str
    seat: str


@endpoint("GET", "POST")
def personal_link(request: HttpRequest, game: str, person: str, token: str) -> HttpResponse:
    """Tell whose link it is (GET), or let them in by it (POST). A link of nobody counts as a failed try."""
    may_try(request)
    if request.method == "POST":
        body(request, ComeInBody)
        joined = services.personal_link_open(game, person=person, token=token)
        if isinstance(joined, Refused):
            raise _failed(request, joined)
        response = answer({"game": joined.game, "person": joined.person, "token": joined.token})
        keep_place(response, joined.game, joined.token)
        return response
    row = services.personal_link_of(game, person=person, token=token)
    if isinstance(row, Refused):
        raise _failed(request, row)
    found = Game.objects.get(pk=game)
    case = case_of(found.scenario, found.scenario_hash)
    seat = next((seat.label for seat in case.seats if seat.id == row.seat), "")
    return answer(LinkShown(game, found.title, case.meta.title, found.status, row.display, row.role, seat))


@endpoint("GET")
def my_consent(request: HttpRequest, game: str) -> HttpResponse:
    """Tell the sender what they chose may be exported of them ("": never asked). No view holds it but Control's.

    It is changed by the command `consent.choose`, like everything else in a game.
    """
    entry = ok(entry_of(request, game))
    state = cache.state_at_head(Game.objects.get(pk=entry.game))
    return answer({"choice": state.people[entry.person].consent})


@endpoint("GET")
def consents(request: HttpRequest, game: str) -> HttpResponse:
    """Count the choices of those who play, for facilitators and staff; "" are those who never chose."""
    state = cache.state_at_head(controlled(request, game))
    made = Counter(one.consent for one in state.people.values() if one.role == "player")
    return answer({choice: made[choice] for choice in ("words", "figures", "nothing", "")})


def _failed(request: HttpRequest, why: Refused) -> Stop:
    if why.code == "access.not_found":
        attempts.failed(address_of(request), now_ms=utc_ms())
    return Stop(why)
