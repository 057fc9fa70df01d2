"""Lists for people who set games up: the cases there are, the games there are."""

from msgspec import UNSET, Struct, UnsetType

from adjudication.policies import policies_of
from adjudication.scenario import Scenario
from adjudication.scenario.schema import Preset
from wargame.lobby.services import game_links
from wargame.store import cases
from wargame.store.feed import latest_value
from wargame.store.models import Game, Membership


class PresetShown(Struct, frozen=True):
    """A way to play the case."""

    id: str
    title: str
    summary: str
    turns: int
    minutes: dict[str, float | None]
    """Lengths of phases that differ from the case's own."""


class SeatShown(Struct, frozen=True):
    """A seat of the case."""

    id: str
    label: str
    short: str
    team: str
    pair: str
    glyph: str
    office: str


class PhaseShown(Struct, frozen=True):
    """A phase of a turn."""

    id: str
    label: str
    minutes: float | None
    orders: bool
    adjudicate: bool


class PolicyShown(Struct, frozen=True):
    """A policy a bot can follow."""

    id: str
    label: str
    text: str


class BotShown(Struct, frozen=True):
    """What can play a seat by itself."""

    default: str
    policies: tuple[PolicyShown, ...]


class CaseShown(Struct, frozen=True):
    """A case as the form for a new game needs it."""

    id: str
    title: str
    summary: str
    turns: int
    presets: tuple[PresetShown, ...]
    seats: tuple[SeatShown, ...]
    phases: tuple[PhaseShown, ...]
    bots: dict[str, BotShown]


class GameShown(Struct, frozen=True, omit_defaults=False):
    """A line of the list of games."""

    id: str
    title: str
    case_title: str
    status: str
    turn: int
    turns: int
    created_ms: int
    people: int
    code: str
    control_url: str
    join_url: str
    report_url: str | UnsetType = UNSET


def case_list() -> list[CaseShown]:
    """Return every shipped case."""
    return [_case_shown(case) for case in cases.cases()]


def broken_cases() -> list[str]:
    """Return one line for every shipped case that does not load: its first fault, and how many there are."""
    return [
        f"{faults[0]}" + (f" ({len(faults)} faults in all)" if len(faults) > 1 else "")
        for faults in cases.unreadable().values()
    ]


def game_list(*, base_url: str, limit: int = 200) -> list[GameShown]:
    """Return the newest games, for staff."""
    return [_game_shown(game, base_url) for game in Game.objects.order_by("-created_ms")[:limit]]


def played_turns(case: Scenario, preset: Preset) -> int:
    """Return how many turns a preset plays."""
    return len(preset.schedule) or (preset.last or case.meta.turns) - preset.first + 1


def _case_shown(case: Scenario) -> CaseShown:
    glyphs = {team.id: team.glyph for team in case.teams}
    pairs = {team.id: team.pair for team in case.teams}
    return CaseShown(
        id=case.meta.id,
        title=case.meta.title,
        summary=case.meta.summary,
        turns=case.meta.turns,
        presets=tuple(PresetShown(p.id, p.title, p.summary, played_turns(case, p), p.minutes) for p in case.presets),
        seats=tuple(
            SeatShown(s.id, s.label, s.short, s.team, pairs[s.team], s.glyph or glyphs.get(s.team, ""), s.office)
            for s in case.seats
        ),
        phases=tuple(PhaseShown(p.id, p.label, p.minutes, p.orders, p.adjudicate) for p in case.phases),
        bots={
            seat.id: BotShown(
                default=case.bots[seat.id].policy if seat.id in case.bots else "",
                policies=tuple(PolicyShown(p.id, p.label, p.text) for p in policies_of(case, seat.id)),
            )
            for seat in case.seats
        },
    )


def _game_shown(game: Game, base_url: str) -> GameShown:
    seen = latest_value(game.id, view="control", kind="game", key="game") or {}
    links = game_links(game, base_url=base_url)
    people = Membership.objects.filter(game_id=game.id, removed=False).exclude(role="control").count()
    return GameShown(
        id=game.id, title=game.title, case_title=str(seen.get("case_title", game.scenario)), status=game.status,
        turn=int(str(seen.get("turn", 0))), turns=int(str(seen.get("turns", 0))), created_ms=game.created_ms,
        people=people, code=game.code, control_url=links.control_url, join_url=links.join_url,
        report_url=f"{base_url}/r/{game.id}" if game.status == "ended" else UNSET,
    )  # fmt: skip
