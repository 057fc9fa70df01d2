"""Cookies: the staff session (signed, nothing stored) and a person's place in a game (a token)."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from wargame.accounts.links import link_token, same_token
from wargame.play.access import Entry, access_by_token
from wargame.play.answers import Refused

STAFF_COOKIE = "t1_staff"
STAFF_S = 30 * 24 * 3600
PLACE_S = 60 * 24 * 3600


def place_cookie(game_id: str) -> str:
    """Return the name of the cookie that holds a person's token for a game."""
    return f"t1_{game_id}"


def staff_token() -> str:
    """Return the token of the staff link of this installation."""
    return link_token("staff")


def is_staff_token(token: str) -> bool:
    """Tell whether a link is the staff link."""
    return same_token(token, staff_token())


def sign_in_staff(response: HttpResponse) -> None:
    """Give the browser a staff session."""
    _set(response, STAFF_COOKIE, signing.dumps("staff", salt=STAFF_COOKIE), STAFF_S)


def is_staff(request: HttpRequest) -> bool:
    """Tell whether the browser has a staff session."""
    try:
        return bool(signing.loads(request.COOKIES.get(STAFF_COOKIE, ""), salt=STAFF_COOKIE, max_age=STAFF_S) == "staff")
    except signing.BadSignature:
        return False


def keep_place(response: HttpResponse, game_id: str, token: str) -> None:
    """Let the browser come back to its place in a game."""
    _set(response, place_cookie(game_id), token, PLACE_S)


def place_token(request: HttpRequest, game_id: str) -> str | None:
    """Return the token a request carries for a game: a bearer token first, else the cookie."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token else request.COOKIES.get(place_cookie(game_id))


def entry_of(request: HttpRequest, game_id: str) -> Entry | Refused:
    """Return who the request comes from in this game."""
    token = place_token(request, game_id)
    return access_by_token(game_id, token=token) if token else Refused("access.unknown")


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )  # fmt: skip
