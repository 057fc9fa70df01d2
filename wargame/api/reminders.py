"""The endpoints of reminders: where a person can be written to, and where a game posts. In no log, view or export."""

from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from msgspec import Meta, Struct

from wargame.accounts.sessions import entry_of
from wargame.api.access import controlled, facilitator_in
from wargame.api.reply import Stop, answer, body, endpoint, ok
from wargame.game.commands import RemindersSet
from wargame.game.decide.rights import check_right
from wargame.game.events import Actor
from wargame.play import cache
from wargame.play.answers import Refused
from wargame.store.models import Game, Membership
from wargame.timers.models import Webhook
from wargame.timers.reminders import sends_mail
from wargame.timers.webhook import fault_of


class EmailBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to write to; nothing stops it."""

    email: Annotated[str, Meta(max_length=254)]


class WebhookBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Where to post to; nothing stops it."""

    address: Annotated[str, Meta(max_length=500)]


@endpoint("GET", "POST")
def my_email(request: HttpRequest, game: str) -> HttpResponse:
    """Tell or set where the sender is reminded of deadlines. Control reads it in the roster, nobody else does."""
    entry = ok(entry_of(request, game))
    rows = Membership.objects.filter(game_id=game, person=entry.person)
    if request.method == "POST":
        email = body(request, EmailBody).email.strip()
        if email:
            try:
                validate_email(email)
            except ValidationError:
                raise _stop("reminder.no_address") from None
        rows.update(email=email)
    return answer({"email": rows.values_list("email", flat=True).first() or "", "sends": sends_mail()})


@endpoint("GET", "POST")
def webhook(request: HttpRequest, game: str) -> HttpResponse:
    """Tell whether a game posts reminders, or set where; the address itself is never shown again."""
    found = controlled(request, game)
    if request.method == "POST":
        here = facilitator_in(request, game)
        if here is not None:
            _may_set_time(found, here.person)
        address = body(request, WebhookBody).address.strip()
        if address and fault_of(address):
            raise _stop("reminder.no_webhook", fault=fault_of(address))
        if address:
            Webhook.objects.update_or_create(game_id=game, defaults={"address": address})
        else:
            Webhook.objects.filter(game_id=game).delete()
    return answer({"set": Webhook.objects.filter(game_id=game).exists()})


def _may_set_time(game: Game, person: str) -> None:
    """Stop a facilitator who may not say when people are reminded: the same right says where."""
    state = cache.state_at_head(game)
    refused = check_right(state, Actor(kind="control", person=person), RemindersSet)
    if refused:
        raise Stop(Refused(refused.code, dict(refused.params)))


def _stop(code: str, **params: str) -> Stop:
    return Stop(Refused(code, dict(params)))
