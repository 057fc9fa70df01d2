"""The HTTP endpoints: each checks who asks, calls one function and answers. No rule, no query of its own."""

from typing import Annotated, Literal

import msgspec
import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec import Meta, Struct

from wargame.accounts.sessions import entry_of, is_staff, is_staff_token, keep_place, place_token, sign_in_staff
from wargame.api.access import controlled
from wargame.api.newgame import NewGameBody, order_of
from wargame.api.replay import items, view_asked
from wargame.api.reply import Stop, address_of, answer, base_url, body, endpoint, may_try, number, ok, raw, refuse
from wargame.clock import utc_ms
from wargame.lobby import attempts, selectors, services
from wargame.play.access import Entry
from wargame.play.answers import Refused
from wargame.store.cases import case_of
from wargame.store.feed import page, room_page
from wargame.store.models import Game
from wargame.store.news import news_since
from wargame.store.search import LIMIT, SEARCHED, Asked, search, words_of


class JoinBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person sends to join. `retry` makes sending it twice harmless."""

    code: Annotated[str, Meta(max_length=40)]
    name: Annotated[str, Meta(max_length=200)]
    role: Literal["player", "guest"] = "player"
    retry: Annotated[str, Meta(min_length=8, max_length=64)] | None = None


# --- getting in -------------------------------------------------------------------------------------------------
@endpoint("GET")
def code_info(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what a code leads to; takes no seat."""
    may_try(request)
    game = services.game_by_code(code)
    if game is None:
        attempts.failed(address_of(request), now_ms=utc_ms())
        return refuse(Refused("join.unknown_code"))
    case = case_of(game.scenario, game.scenario_hash)
    return answer({
        "game": game.id, "title": game.title, "case": case.meta.title, "open": True, "status": game.status,
        "guests": services.guests_welcome(game.id),
    })  # fmt: skip


@endpoint("POST")
def join(request: HttpRequest) -> HttpResponse:
    """Join a game by code; a browser that is in already gets its place back."""
    asked = body(request, JoinBody)
    may_try(request)
    game = services.game_by_code(asked.code)
    if game is None:
        attempts.failed(address_of(request), now_ms=utc_ms())
        return refuse(Refused("join.unknown_code"))
    here, token = entry_of(request, game.id), place_token(request, game.id)
    if isinstance(here, Entry) and token:
        return answer({"game": here.game, "person": here.person, "token": token})
    joined = ok(services.join_by_code(asked.code, name=asked.name, retry=asked.retry, now_ms=utc_ms(), role=asked.role))
    response = answer({"game": joined.game, "person": joined.person, "token": joined.token})
    keep_place(response, joined.game, joined.token)
    return response


@endpoint("GET")
def staff_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign a browser in as staff."""
    if not is_staff_token(token):
        return refuse(Refused("access.not_found"))
    response = HttpResponseRedirect("/staff")
    sign_in_staff(response)
    return response


@endpoint("GET")
def control_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the console of a game. The fragment lets a tab keep its own place (several roles in one browser)."""
    game = services.control_link_game(token)
    if game is None:
        return refuse(Refused("access.not_found"))
    response = HttpResponseRedirect(f"/g/{game}/control#t={token}")
    keep_place(response, game, token)
    return response


@endpoint("GET")
def seat_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sit down in the seat of a demo link."""
    joined = ok(services.seat_link_open(token, now_ms=utc_ms()))
    response = HttpResponseRedirect(f"/g/{joined.game}#t={joined.token}")
    keep_place(response, joined.game, joined.token)
    return response


# --- setting up -------------------------------------------------------------------------------------------------
@endpoint("GET")
def scenarios(request: HttpRequest) -> HttpResponse:
    """List the cases."""
    return answer(selectors.case_list())


@endpoint("GET", "POST")
def games(request: HttpRequest) -> HttpResponse:
    """List the games, or create one. Staff only."""
    if not is_staff(request):
        return refuse(Refused("access.staff_only"))
    if request.method == "GET":
        listed = selectors.game_list(base_url=base_url(request))
        return answer({"games": listed, "broken_cases": selectors.broken_cases()})
    order = ok(order_of(body(request, NewGameBody)))
    made = ok(services.game_create(order, now_ms=utc_ms()))
    return answer(_links(Game.objects.get(pk=made.game), request), status=201)


@endpoint("GET")
def links(request: HttpRequest, game: str) -> HttpResponse:
    """Show the links of a game again, to its Control and to staff.

    The first facilitator's own link has every right: a facilitator with fewer does not get it.
    """
    found = controlled(request, game)
    here = entry_of(request, game)
    shown = _links(found, request)
    if isinstance(here, Entry) and not services.has_all_rights(found, here.person):
        shown["control_url"] = ""
    return answer(shown)


# --- being in ---------------------------------------------------------------------------------------------------
@endpoint("GET")
def me(request: HttpRequest) -> HttpResponse:
    """Tell a browser who it is in a game."""
    here = ok(entry_of(request, request.GET.get("game", "")))
    return answer({
        "game": here.game, "person": here.person, "display": here.display, "role": here.role, "seat": here.seat,
        "view": here.view, "wishes": services.wishes_of(here.game, here.person),
    })  # fmt: skip


@endpoint("GET")
def page_of(request: HttpRequest, game: str) -> HttpResponse:
    """Return older values of a long collection: of kind `kind`, first known before that of id `before`.

    With `room` and `upto` instead: the messages of a room, from that number down.
    """
    view = view_asked(request, game)
    limit = number(request, "limit") or 50
    upto = number(request, "upto")
    if upto is not None:
        said = room_page(game, view=view, room=request.GET.get("room", "")[:64], upto=upto, limit=limit)
        more = bool(said) and upto - min(limit, 100) >= 1
        return raw(f'{{"items":[{items(said)}],"more":{"true" if more else "false"}}}')
    rows = page(
        game, view=view, kind=request.GET.get("kind", ""), before=request.GET.get("before") or None, limit=limit
    )
    if rows is None:
        return refuse(Refused("access.not_found"))
    return raw(f'{{"items":[{items(rows)}],"more":{"true" if len(rows) == min(limit, 100) else "false"}}}')


@endpoint("GET")
def find(request: HttpRequest, game: str) -> HttpResponse:
    """Find words in what a view was told. `next` is where older hits go on (`before`), null at the beginning."""
    view = view_asked(request, game)
    query, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    room, seat, turn = request.GET.get("room", ""), request.GET.get("seat", ""), number(request, "turn")
    if len(query) > 200:
        raise Stop(Refused("request.malformed", {"at": "q", "expected": "at most 200 characters"}))
    if kind and kind not in SEARCHED:
        raise Stop(Refused("request.malformed", {"at": "kind", "expected": ", ".join(SEARCHED)}))
    words = words_of(query)
    if not (words or room or seat or turn is not None):
        raise Stop(Refused("request.malformed", {"at": "q", "expected": "a word, a room, a seat or a turn"}))
    kinds = (kind,) if kind else SEARCHED
    asked = Asked(words=words, kinds=kinds, room=room, seat=seat, turn=turn)
    limit = max(1, min(number(request, "limit") or LIMIT, 100))
    hits = search(game, view=view, asked=asked, before=number(request, "before"), limit=limit)
    return raw(f'{{"items":[{items(hits.rows)}],"next":{"null" if hits.next is None else hits.next}}}')


@endpoint("GET")
def catch_up(request: HttpRequest, game: str) -> HttpResponse:
    """Return what a view came to know after `since_ms` (0: all there is), by kind, for somebody who was away."""
    view = view_asked(request, game)
    missed = news_since(game, view=view, since_ms=number(request, "since_ms") or 0)
    news = ",".join(
        f'{{"kind":"{one.kind}","changed":{one.changed},"new":{one.new},"items":[{items(one.rows)}]}}'
        for one in missed.news
    )
    return raw(f'{{"n":{missed.n},"said":{msgspec.json.encode(missed.said).decode()},"news":[{news}]}}')


# --- inside -----------------------------------------------------------------------------------------------------
def _links(game: Game, request: HttpRequest) -> dict[str, str]:
    found: dict[str, str] = msgspec.to_builtins(services.game_links(game, base_url=base_url(request)))
    drawn = segno.make(found["join_url"], error="m")
    return {**found, "qr_svg": drawn.svg_inline(border=2, dark="#000", light="#fff", omitsize=True)}
