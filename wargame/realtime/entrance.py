"""Who a socket says it is: hello to entry. Sync, for a database thread; shared with no one else."""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from wargame.play.access import Entry, access_as_view, access_by_token
from wargame.play.answers import Refused
from wargame.play.views import views_of
from wargame.protocol.frames import Hello


def cookie_name(game_id: str) -> str:
    """Return the name of the cookie that holds a person's token for a game."""
    return f"t1_{game_id}"


def enter(game_id: str, hello: Hello, headers: Mapping[str, str]) -> Entry | Refused:
    """Return the entry of a socket. A cookie counts only on a page of our own; a token needs no page."""
    token = hello.token
    if token is None:
        token = _cookie(game_id, headers)
        if token is None:
            return Refused("access.unknown")
        if not same_origin(headers):
            return Refused("access.origin")
    entry = access_by_token(game_id, token=token)
    if isinstance(entry, Refused) or hello.as_view is None or hello.as_view == entry.view:
        return entry
    return access_as_view(entry, view=hello.as_view, known=views_of(game_id))


def same_origin(headers: Mapping[str, str]) -> bool:
    """Tell whether the browser says that a page of this host opened the socket."""
    origin = headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == headers.get("host", "")


def _cookie(game_id: str, headers: Mapping[str, str]) -> str | None:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(cookie_name(game_id))
    except CookieError:
        return None
    return found.value if found else None
