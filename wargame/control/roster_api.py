"""The roster over HTTP: who is in and by which link, as a page, as a sheet; and a sheet read in, first as a plan.

Each endpoint checks who asks, calls one function and answers. Letting people in is a command like all others.
"""

from typing import Annotated, Literal, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from msgspec import Meta, Struct

from wargame.api.access import controlled, facilitator_in
from wargame.api.reply import Stop, answer, base_url, body, endpoint, ok
from wargame.clock import utc_ms
from wargame.control import roster
from wargame.control.sheets import Format
from wargame.game.assign import How
from wargame.game.commands import PeopleInvite
from wargame.game.decide.rights import ALL_RIGHTS, check_right, rights_of
from wargame.game.events import Actor, Right
from wargame.play import cache
from wargame.play.answers import ActorRef, Refused
from wargame.play.create import CONTROL
from wargame.store.cases import case_of
from wargame.store.models import Game

FILE_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Cell = Annotated[str, Meta(max_length=400)]


class PersonBody(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person of a plan."""

    display: Cell
    email: Cell = ""
    role: Literal["control", "player", "observer", "guest"] = "player"
    rights: Annotated[tuple[Right, ...], Meta(max_length=6)] = ()
    seat: Annotated[str, Meta(max_length=64)] = ""
    wishes: Annotated[tuple[Cell, ...], Meta(max_length=3)] = ()


class ImportBody(Struct, frozen=True, forbid_unknown_fields=True):
    """People to let in, as a plan showed them. `id` makes sending it twice harmless; `assign` seats those who wait."""

    id: Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
    people: Annotated[tuple[PersonBody, ...], Meta(max_length=200)]
    assign: How | None = None


@endpoint("GET", "POST")
def people(request: HttpRequest, game: str) -> HttpResponse:
    """List the people of a game with their links, or let people in."""
    found = controlled(request, game)
    sender, own = _sender(request, found)
    if request.method == "GET":
        return answer({"people": roster.members(found, own=own, base_url=base_url(request))})
    asked = body(request, ImportBody)
    rows = tuple(
        roster.RosterRow(
            display=one.display, email=one.email, role=one.role, rights=one.rights, seat=one.seat,
            wishes=one.wishes, at=f"row {number}",
        )
        for number, one in enumerate(asked.people, start=1)
    )  # fmt: skip
    invited = roster.invite(
        game, rows, by=sender, command_id=asked.id, now_ms=utc_ms(), base_url=base_url(request),
        assign=asked.assign,
    )  # fmt: skip
    return answer({"people": ok(invited)})


@endpoint("GET", "POST")
def sheet(request: HttpRequest, game: str, kind: str) -> HttpResponse:
    """Give the roster as a file, or tell what a file would do (the body is the file). Nobody is let in by this."""
    found = controlled(request, game)
    _, own = _sender(request, found)
    written = cast("Format", kind)
    if request.method == "GET":
        content = roster.write_roster(found, kind=written, own=own, base_url=base_url(request))
        response = HttpResponse(content, content_type=FILE_TYPES[written], headers={"Cache-Control": "no-store"})
        response["Content-Disposition"] = f'attachment; filename="roster-{found.code}.{kind}"'
        return response
    read, case = roster.read_roster(file_of(request), kind=written), case_of(found.scenario, found.scenario_hash)
    return answer(roster.plan(read, cache.state_at_head(found), case, own=own))


def file_of(request: HttpRequest) -> bytes:
    """Return the body of a request as the file it is; stops the view where it is too large."""
    try:
        return request.body
    except RequestDataTooBig:
        limit = f"at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE:,} bytes"
        raise Stop(Refused("request.malformed", {"at": "the file", "expected": limit})) from None


def _sender(request: HttpRequest, game: Game) -> tuple[ActorRef, frozenset[Right]]:
    """Return who asks, and their rights: a facilitator by name, staff as the one who set the game up.

    Links are ways in as somebody else: they are for facilitators with the right `people`.
    """
    here = facilitator_in(request, game.id)
    if here is None:
        return ActorRef.of_person(CONTROL), frozenset(ALL_RIGHTS)
    state = cache.state_at_head(game)
    refused = check_right(state, Actor(kind="control", person=here.person), PeopleInvite)
    if refused:
        raise Stop(Refused(refused.code, dict(refused.params)))
    return ActorRef.of_person(here.person), rights_of(state.people[here.person])
