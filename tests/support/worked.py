"""The eight worked packages of the case file (section 3): clauses by key, the moment each is of, what its table says.

The mapping onto levels comes from the catalogue of the case; what it leaves open (the order of steps, what a clause
takes for granted) is written here and in docs/adr/0113-worked-packages-mapped.md.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from adjudication.played import Played, recorded_game, world_at
from adjudication.scenario import Scenario, load_scenario
from negotiation.package import whole_row
from negotiation.points import judge
from negotiation.ratification import refusals
from wargame.game.bargain import Moment, world_values

ROOT = Path(__file__).parents[2]
SIMULTANEOUS, STEPWISE, LAST = 0, 1, 2


@dataclass(frozen=True)
class Worked:
    """One package: `says` is (President, DPRK) by the table's acceptance rule; `also`: levels taken for granted."""

    number: int
    name: str
    turn: int
    clauses: str
    sequence: int
    says: tuple[bool, bool]
    also: dict[str, int] = field(default_factory=dict)


PACKAGES = (
    Worked(1, "Singapore", 6, "endstate_generic remains test_halt_verbal ex_suspend", STEPWISE, (True, True)),
    Worked(2, "Hanoi, asked by the DPRK", 9, "yb_dismantle test_halt_written five_unscr", SIMULTANEOUS, (False, True)),
    Worked(
        3, "Hanoi, asked by the United States", 9,
        "decl_full covert_site yb_dismantle warhead_ship endstate_ffvd security_assurance liaison", LAST, (True, False),
    ),
    Worked(
        4, "small deal with snapback", 9,
        "yb_dismantle test_halt_written access_yb textile_coal_36m liaison end_of_war snapback", STEPWISE,
        (True, False),
    ),
    Worked(
        5, "small deal with Kaesong", 9,
        "yb_dismantle test_halt_written access_yb textile_coal_36m kaesong_kumgang liaison end_of_war", STEPWISE,
        (True, True), {"unrel": 1},
    ),
    Worked(
        6, "Stockholm", 12, "yb_dismantle fissile_freeze_all textile_coal_36m security_assurance", STEPWISE,
        (True, False), {"ver": 1},
    ),
    Worked(
        7, "freeze for freeze", 3, "test_halt_verbal all_missile_halt ex_suspend no_strategic", STEPWISE,
        (False, True),
    ),
    Worked(
        8, "interim deal with institutions", 9,
        "yb_dismantle test_halt_written access_yb decl_phased textile_coal_36m sunset commission liaison end_of_war"
        " humanitarian ally_consult", STEPWISE, (True, False),
    ),
)  # fmt: skip


@cache
def the_record() -> Played:
    """Return the recorded path of the shipped case."""
    return recorded_game(load_scenario(ROOT / "fixtures/scenarios/us-dprk-2017.yaml"))


@cache
def moment(turn: int) -> Moment:
    """Return the bargaining problem as the record has it when a turn begins."""
    case = the_record().scenario
    world = world_at(the_record(), turn).to_payload(case)
    return Moment(world_values(case, world), {name: int(level) for name, level in world["clauses"].items()})


def levels_of(case: Scenario, package: Worked) -> dict[str, int]:
    """Return a package as levels: of several clauses of an issue the highest, side clauses as agreed."""
    known = {clause.id: clause for clause in case.negotiation.clauses}
    levels = {"seq": package.sequence, **package.also}
    for name in package.clauses.split():
        clause = known[name]
        key, level = (clause.issue, clause.level) if clause.issue else (clause.id, 1)
        levels[key] = max(level, levels.get(key, 0))
    return levels


@dataclass(frozen=True)
class Outcome:
    """What the model says of a package: surplus over waiting of (US, DPRK), whether anything stops it, who objects."""

    surplus: tuple[float, float]
    feasible: bool
    objects: tuple[str, ...]


def outcome(package: Worked, *, at: Moment | None = None) -> Outcome:
    """Judge a package in the world of its moment."""
    case, here = the_record().scenario, at or moment(package.turn)
    levels = levels_of(case, package)
    raised = {name: max(level, here.banked.get(name, 0)) for name, level in levels.items() if name != "seq"}
    levels = {**raised, "seq": package.sequence}
    judged = judge(case.negotiation, [whole_row(case.negotiation, levels, here.banked)], here.values, here.banked)
    one, two = (float(judged.surplus[party.id][0, 0]) for party in case.negotiation.parties)
    objects = refusals(case.negotiation, levels, here.values, here.banked)
    return Outcome((one, two), bool(judged.feasible[0, 0]), tuple(objects))
