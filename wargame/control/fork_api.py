"""Beginning another game from a moment of this one, over HTTP: checks who asks, calls one function and answers."""

import hashlib
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from msgspec import Meta

from wargame.accounts.links import link_token
from wargame.api.access import controlled, facilitator_in
from wargame.api.reply import Stop, answer, base_url, body, endpoint, ok
from wargame.clock import utc_ms
from wargame.game.names import plain_name
from wargame.lobby.services import control_token
from wargame.play.answers import ActorRef, Refused
from wargame.play.create import CONTROL, new_game_id
from wargame.play.fork import ForkOrder, fork_game


class ForkBody(ForkOrder, frozen=True, forbid_unknown_fields=True):
    """What Control sends to begin another game. `retry` makes sending it twice harmless."""

    retry: Annotated[str, Meta(min_length=8, max_length=64)] | None = None


@endpoint("POST")
def fork(request: HttpRequest, game: str) -> HttpResponse:
    """Begin a game from a moment of this one; tell its code and the way to its console."""
    origin = controlled(request, game)
    asked = body(request, ForkBody)
    title = plain_name(asked.title)
    if not title:
        raise Stop(Refused("request.malformed", {"at": "title", "expected": "a title of 1 to 60 characters"}))
    here = facilitator_in(request, origin.id)
    actor = ActorRef.of_person(here.person) if here is not None else ActorRef.of_system()
    made_id = _game_id(origin.id, asked.retry)

    def token_of(person: str) -> str:
        return control_token(made_id) if person == CONTROL else link_token("fork", made_id, person)

    made = ok(
        fork_game(
            origin.id, order=msgspec.structs.replace(asked, title=title), actor=actor, command_id=f"branch:{made_id}",
            game_id=made_id, token_of=token_of, now_ms=utc_ms(),
        )
    )  # fmt: skip
    url = f"{base_url(request)}/c/{made.control.token}"
    return answer({"game": made.game, "code": made.code, "control_url": url}, status=201)


def _game_id(origin: str, retry: str | None) -> str:
    if retry is None:
        return new_game_id()
    return "g" + hashlib.blake2b(f"{origin}\n{retry}".encode(), digest_size=8).hexdigest()
