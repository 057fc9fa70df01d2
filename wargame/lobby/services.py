"""Setting games up: create, links, join by code, a link to try a seat, the demo. All changes go through `play`."""

import hashlib
import secrets
from typing import Literal
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from wargame.accounts.links import link_token, same_token
from wargame.accounts.sessions import staff_token
from wargame.game.commands import GameCreate
from wargame.game.decide.rights import ALL_RIGHTS, rights_of
from wargame.game.ids import PUBLIC
from wargame.game.names import plain_name
from wargame.play import cache
from wargame.play.access import token_hash
from wargame.play.answers import Refused
from wargame.play.create import CONTROL, Created, create_game, new_game_id
from wargame.play.people import Joined, admit, join, join_and_sit
from wargame.store import cases
from wargame.store.cases import DEFAULT_CASE
from wargame.store.feed import latest_value
from wargame.store.models import Game, Link, Membership

JOINABLE = ("lobby", "running", "paused")
DEMO = "demo"


class Links(Struct, frozen=True):
    """Every way into a game. Shown to Control and staff only."""

    game: str
    code: str
    join_url: str
    control_url: str
    wall_url: str


class DemoLinks(Struct, frozen=True):
    """What the one-command start prints."""

    game: str
    code: str
    staff: str
    control: str
    join: str
    seats: dict[str, str]
    titles: dict[str, str]


def staff_link(*, base_url: str) -> str:
    """Return the link that signs a browser in as staff."""
    return f"{base_url}/s/{staff_token()}"


def game_links(game: Game, *, base_url: str) -> Links:
    """Return the links of a game."""
    return Links(
        game=game.id,
        code=game.code,
        join_url=f"{base_url}/j/{quote(game.code)}",
        control_url=_control_url(game.id, base_url=base_url),
        wall_url=f"{base_url}/g/{game.id}/wall",
    )


def has_all_rights(game: Game, person: str) -> bool:
    """Tell whether a person is a facilitator of a game who may do all that a facilitator may."""
    known = cache.state_at_head(game).people.get(person)
    return known is not None and not known.removed and rights_of(known) == frozenset(ALL_RIGHTS)


def wishes_of(game_id: str, person: str) -> tuple[str, ...]:
    """Return the seats somebody said they would like: for themselves to read."""
    known = cache.state_at_head(Game.objects.get(pk=game_id)).people.get(person)
    return () if known is None else known.wishes


def _control_url(game_id: str, *, base_url: str) -> str:
    """Return the way of the first facilitator; once another facilitator has renewed it, that is a personal link."""
    link = Membership.objects.filter(game_id=game_id, person=CONTROL).values_list("link", flat=True).first()
    if link:
        return personal_link(game_id, CONTROL, link, base_url=base_url)
    return f"{base_url}/c/{control_token(game_id)}"


def control_token(game_id: str) -> str:
    """Return the token of a game's Control link; it is the membership token of its Control as well."""
    return link_token("control", game_id)


def game_create(order: GameCreate, *, now_ms: int, game_id: str | None = None) -> Created | Refused:
    """Create a game with its Control."""
    checked = order_checked(order)
    if isinstance(checked, Refused):
        return checked
    game_id = game_id or new_game_id()
    return create_game(order=checked, now_ms=now_ms, game_id=game_id, control_token=control_token(game_id))


def order_checked(order: GameCreate) -> GameCreate | Refused:
    """Return the order with its title as it can be shown, or what is wrong with its words and phases."""
    title, case = plain_name(order.title), cases.case_now(order.scenario)
    if not title:
        return Refused("request.malformed", {"at": "title", "expected": "a title of 1 to 60 characters"})
    phases = [phase.id for phase in case.phases] if case else list(order.phase_ms)
    unknown = next((phase for phase in order.phase_ms if phase not in phases), None)
    if unknown is not None:
        return Refused("request.malformed", {"at": f"phase_ms.{unknown}", "expected": f"one of {', '.join(phases)}"})
    return replace(order, title=title)


def game_by_code(code: str) -> Game | None:
    """Return the game that can be joined under a code, however it was typed."""
    wanted = "".join(letter for letter in code.upper() if letter.isalnum())
    return Game.objects.filter(code=wanted, status__in=JOINABLE).first()


def join_by_code(
    code: str, *, name: str, retry: str | None, now_ms: int, role: Literal["player", "guest"] = "player"
) -> Joined | Refused:
    """Let somebody in, as a player or to read. The same `retry` id gives the same place again."""
    game = game_by_code(code)
    if game is None:
        return Refused("join.unknown_code")
    display = plain_name(name)
    if not 1 <= len(display) <= 60:
        return Refused("join.name_missing")
    if role == "guest" and not guests_welcome(game.id):
        return Refused("join.no_guests")
    if retry is None:
        return join(game.id, display=display, role=role, now_ms=now_ms)
    person = "p" + hashlib.blake2b(f"{game.id}\n{retry}".encode(), digest_size=5).hexdigest()
    if Membership.objects.filter(game_id=game.id, person=person, link__gt=0).exists():
        return Refused("access.unknown")  # given another way in since: this one is void
    token = link_token("join", game.id, retry)
    return join(game.id, display=display, role=role, now_ms=now_ms, person=person, token=token)


def guests_welcome(game_id: str) -> bool:
    """Tell whether who has the code may come in to read."""
    seen = latest_value(game_id, view=PUBLIC, kind="game", key="game") or {}
    return bool(seen.get("guests"))


def control_link_game(token: str) -> str | None:
    """Return the game a Control link opens, or None."""
    found = Membership.objects.filter(token_hash=token_hash(token), role="control", removed=False)
    return found.values_list("game_id", flat=True).first()


# --- personal links -------------------------------------------------------------------------------------------
def personal_token(game_id: str, person: str, link: int) -> str:
    """Return the token of somebody's personal link; the next link has another."""
    return link_token("person", game_id, person, str(link))


def personal_link(game_id: str, person: str, link: int, *, base_url: str) -> str:
    """Return somebody's personal link. The page it opens takes no seat: programs that look at links change nothing."""
    return f"{base_url}/l/{game_id}/{person}/{personal_token(game_id, person, link)}"


def personal_link_of(game_id: str, *, person: str, token: str) -> Membership | Refused:
    """Return whose link it is, if it is good: hidden, missing and outdated answer alike."""
    row = Membership.objects.filter(game_id=game_id, person=person, link__gt=0).first()
    if row is None or not same_token(token, personal_token(game_id, person, row.link)):
        return Refused("access.not_found")
    return Refused("access.removed") if row.removed else row


def personal_link_open(game_id: str, *, person: str, token: str) -> Joined | Refused:
    """Let somebody in by their personal link."""
    row = personal_link_of(game_id, person=person, token=token)
    return row if isinstance(row, Refused) else admit(game_id, person=person, token=token)


# --- the demo -------------------------------------------------------------------------------------------------
def seat_link(game_id: str, seat: str, *, base_url: str, now_ms: int) -> str:
    """Return the link under which anybody may try a seat of a game (for the demo)."""
    token = link_token("seat", game_id, seat)
    defaults = {"kind": "seat", "game_id": game_id, "seat": seat, "created_ms": now_ms}
    Link.objects.get_or_create(token_hash=token_hash(token), defaults=defaults)
    return f"{base_url}/k/{token}"


def seat_link_open(token: str, *, now_ms: int) -> Joined | Refused:
    """Sit down in the seat of a link; coming again finds the same person."""
    link = Link.objects.filter(token_hash=token_hash(token), kind="seat").first()
    if link is None or link.game_id is None:
        return Refused("access.not_found")
    label = next((seat.label for seat in cases.case_of_game(link.game_id).seats if seat.id == link.seat), link.seat)
    return join_and_sit(
        link.game_id, seat=link.seat, display=f"Demo {label}", person=f"demo-{link.seat}", token=token, now_ms=now_ms
    )  # fmt: skip


def demo_game(*, base_url: str, now_ms: int, scenario: str = DEFAULT_CASE) -> DemoLinks:
    """Return the links of the demo game; create it, or a fresh one if the last was played to its end.

    Raises RuntimeError if the case or its rules do not allow the demo: that is a broken installation.
    """
    links = Link.objects.filter(kind=DEMO).select_related("game").order_by("-created_ms")
    game = next((link.game for link in links if link.game and link.game.status != "ended"), None)
    if game is None:
        game = _make_demo(scenario, now_ms)
    case = cases.case_of(game.scenario, game.scenario_hash)
    seats = {seat.id: seat_link(game.id, seat.id, base_url=base_url, now_ms=now_ms) for seat in case.seats}
    found = game_links(game, base_url=base_url)
    return DemoLinks(
        game=game.id, code=game.code, staff=staff_link(base_url=base_url), control=found.control_url,
        join=found.join_url, seats=seats, titles={seat.id: seat.label for seat in case.seats},
    )  # fmt: skip


def _make_demo(scenario: str, now_ms: int) -> Game:
    case = cases.case_now(scenario)
    if case is None:
        raise RuntimeError(f"There is no case named {scenario} to show.")
    order = GameCreate(
        title="Demo game", scenario=scenario, preset=case.presets[0].id, seed=secrets.token_hex(8), style="semi_rigid",
        open_seats=tuple(seat.id for seat in case.seats), bots={seat: bot.policy for seat, bot in case.bots.items()},
    )  # fmt: skip
    made = game_create(order, now_ms=now_ms)
    if isinstance(made, Refused):
        raise RuntimeError(f"The demo game was refused: {made.code} {made.params}")
    Link.objects.create(token_hash=token_hash(f"demo:{made.game}"), kind=DEMO, game_id=made.game, created_ms=now_ms)
    return Game.objects.get(pk=made.game)
