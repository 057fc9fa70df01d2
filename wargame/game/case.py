"""Read from a case what the game needs of it: seats, phases, rooms, moves, injects, terms. Holds no rule of its own."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from adjudication.scenario.course import Missed
from adjudication.scenario.schema import Channel, Move, PaperTemplate, Preset, Scenario, Seat
from negotiation.cables import CONTROL, below, chain
from negotiation.clauses import CatalogueClause
from negotiation.details import ClauseRule
from negotiation.rooms import Room, built_in
from wargame.game.events import PhaseSetUp, SeatSetUp

__all__ = ["Move", "Scenario"]

_MINUTE_MS = 60_000


class Played(Struct, frozen=True):
    """The turns a preset plays, and its phase lengths in minutes."""

    first: int
    last: int
    minutes: dict[str, float | None]


class Terms(Struct, frozen=True):
    """Highest level of everything a text may raise, side clauses too, and the issues chosen anew in every text."""

    highest: dict[str, int]
    never_banked: frozenset[str]


def preset_of(scenario: Scenario, preset: str) -> Played | None:
    """Return what a preset plays, or None if the case has no such preset."""
    found: Preset | None = scenario.preset.get(preset)
    if found is None:
        return None
    return Played(found.first, found.last or scenario.meta.turns, dict(found.minutes))


def list_of_injects(scenario: Scenario, played: Played) -> tuple[str, ...]:
    """Return the master list of a preset: what has no turn, and what falls into the turns that are played."""
    return tuple(one.id for one in scenario.injects if one.turn is None or played.first <= one.turn <= played.last)


def seat_set_ups(scenario: Scenario, *, open_seats: tuple[str, ...], bots: Mapping[str, str]) -> tuple[SeatSetUp, ...]:
    """Return the seats as a game is set up: which people may take, which a bot plays, which sign."""
    signatories = {party.signatory for party in scenario.negotiation.parties}
    return tuple(
        SeatSetUp(
            id=seat.id,
            team=seat.team,
            role=seat.role,
            side=seat.side,
            label=seat.label,
            budget=seat.budget,
            open=seat.id in open_seats,
            policy=bots.get(seat.id),
            signs=seat.id in signatories,
        )
        for seat in scenario.seats
    )


def phase_set_ups(
    scenario: Scenario, *, preset: Played, phase_ms: Mapping[str, int | None], missed: Mapping[str, Missed]
) -> tuple[PhaseSetUp, ...]:
    """Return the phases with their lengths: what the creator says, else the preset, else the case."""

    def length(phase: str, minutes: float | None) -> int | None:
        if phase in phase_ms:
            return phase_ms[phase]
        chosen = preset.minutes.get(phase, minutes)
        return None if chosen is None else round(chosen * _MINUTE_MS)

    return tuple(
        PhaseSetUp(
            id=phase.id,
            label=phase.label,
            length_ms=None if phase.ends == "control" else length(phase.id, phase.minutes),
            orders=phase.orders,
            adjudicate=phase.adjudicate,
            early_close=phase.early_close,
            missed=missed.get(phase.id, phase.missed),
        )
        for phase in scenario.phases
    )


def rooms(scenario: Scenario) -> tuple[Room, ...]:
    """Return the rooms every game of this case opens with."""
    return built_in(
        seats=[(seat.id, seat.team, seat.side, seat.label) for seat in scenario.seats],
        team_titles={team.id: team.label for team in scenario.teams},
    )


def move_of(scenario: Scenario, seat: str, move: str) -> Move | None:
    """Return a move if the seat owns it; another's move and none are the same."""
    found: Move | None = scenario.move.get(move)
    return found if found is not None and seat in found.seats else None


def moves_of(scenario: Scenario, seat: str) -> tuple[Move, ...]:
    """Return the catalogue of a seat."""
    return tuple(move for move in scenario.moves if seat in move.seats)


def consents_to(scenario: Scenario, move: str, *, by: str) -> tuple[str, ...]:
    """Return the other seats whose consent a move calls for: it may be asked of them, or is needed."""
    found = scenario.move[move]
    return tuple(dict.fromkeys(seat for seat in (*found.needs, *found.consent) if seat != by))


def terms(scenario: Scenario) -> Terms:
    """Return what a text may be about."""
    issues = scenario.negotiation.deal_issues
    return Terms(
        highest={issue.id: len(issue.levels) - 1 for issue in issues},
        never_banked=frozenset(issue.id for issue in issues if issue.kind == "sequence"),
    )


def clause_rules(scenario: Scenario, levels: Mapping[str, int]) -> dict[str, ClauseRule]:
    """Return what may be said of each clause a text has at these levels.

    A clause of the catalogue says it itself; an issue at a level the catalogue does not word is free, but secret only
    where the issue knows secret levels. How steps are ordered is no clause that falls due.
    """
    negotiation = scenario.negotiation
    rules: dict[str, ClauseRule] = {}
    worded = {key: negotiation.clause_of(key, level) for key, level in levels.items() if level}
    places = {clause.id: key for key, clause in worded.items() if clause is not None}
    for key, level in levels.items():
        issue, clause = negotiation.deal_issue.get(key), worded.get(key)
        if issue is None:
            continue
        secret = issue.secret or level in issue.secret_levels
        if issue.kind == "sequence":
            rules[key] = ClauseRule(due=False, tranches=(1, 1), after=False)
        elif clause is None:
            rules[key] = ClauseRule(secret=secret, verification=tuple(negotiation.table.means))
        else:
            rule = _rule_of(clause, secret=secret, places=places)
            rules[key] = rule if rule.verification else replace(rule, verification=tuple(negotiation.table.means))
    return rules


def _rule_of(clause: CatalogueClause, *, secret: bool, places: Mapping[str, str]) -> ClauseRule:
    """Return the rule of a clause of the catalogue. `places`: where the text has the clauses it has."""
    return ClauseRule(
        due=clause.params.due,
        tranches=clause.params.tranches,
        verification=clause.params.verification,
        after=clause.params.depends_on,
        secret=secret or clause.secret_ok,
        excludes=frozenset(places[other] for other in clause.excludes if other in places),
    )


def recipients(scenario: Scenario, to: tuple[str, ...]) -> tuple[str, ...]:
    """Return the seats an inject goes to, in the order of the case; `all` and an empty list mean every seat.

    A word that is no seat means the seats of that role, or else team, or else side.
    """
    meant = {seat for word in to for seat in _meant(scenario, word)}
    return tuple(seat.id for seat in scenario.seats if not to or "all" in to or seat.id in meant)


def _meant(scenario: Scenario, word: str) -> tuple[str, ...]:
    for key in ("id", "role", "team", "side"):
        found = tuple(seat.id for seat in scenario.seats if getattr(seat, key) == word)
        if found:
            return found
    return ()


def by_letter_only(scenario: Scenario, one: str, other: str) -> Channel | None:
    """Return the channel without which these two seats cannot reach each other, if there is one."""
    for channel in scenario.channels:
        there = one in channel.source and other in channel.to
        back = other in channel.source and one in channel.to
        if channel.only and (there or back):
            return channel
    return None


# --- papers -----------------------------------------------------------------------------------
def templates_of(scenario: Scenario, seat: str) -> tuple[PaperTemplate, ...]:
    """Return the templates a seat may draft by."""
    return tuple(one for one in scenario.templates if not one.seats or seat in one.seats)


def addressees(scenario: Scenario, template: PaperTemplate, seat: str) -> tuple[str, ...]:
    """Return whom a paper of this seat may go to, Control last; who is reached by letter only is not among them."""
    if template.public:
        return ()
    own, superiors = scenario.seat[seat], _above(scenario, seat)

    def meant(other: Seat) -> bool:
        words = {"any", "side" if other.side == own.side else "others", other.id}
        words |= {"superior"} if other.id in superiors else set()
        return bool(words & set(template.to))

    found = [one.id for one in scenario.seats if one.id != seat and meant(one)]
    reached = [one for one in found if by_letter_only(scenario, seat, one) is None]
    return (*reached, CONTROL) if CONTROL in template.to else tuple(reached)


def _above(scenario: Scenario, seat: str) -> tuple[str, ...]:
    found: list[str] = []
    up = scenario.seat[seat].superior
    while up and up not in found:
        found.append(up)
        up = scenario.seat[up].superior
    return tuple(found)


def clearance(
    scenario: Scenario, template: PaperTemplate, seat: str, to: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return who clears what a seat drafts by a template, step by step."""
    side = {one.id for one in scenario.seats if one.side == scenario.seat[seat].side}
    return chain(template.clearance, drafter=seat, side=side, to=to)


def asked_by(scenario: Scenario, who: str) -> tuple[str, ...]:
    """Return whom a seat, or Control, may ask for information."""
    if who == CONTROL:
        return tuple(one.id for one in scenario.seats)
    others = [one.id for one in scenario.seats if one.id != who and by_letter_only(scenario, who, one.id) is None]
    return (*others, CONTROL)


def tasked_by(scenario: Scenario, who: str) -> tuple[str, ...]:
    """Return whom a seat may set tasks: those that answer to it; Control may task anybody."""
    if who == CONTROL:
        return tuple(one.id for one in scenario.seats)
    return below(who, superiors={one.id: one.superior for one in scenario.seats})
