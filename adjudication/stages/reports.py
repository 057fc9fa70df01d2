"""Stage 9, before drift: what a principal was told of an order others carry out, and how it learns better (R-I19).

An agency that held an order up or carried it out in part reports it as carried out, unless it chooses to be candid.
The world keeps only the reports nobody has seen through; the whole trace is `adjudication.directives`. What is told
concerns the record alone: the world the half-done order leads to speaks for itself. Changes no variable; it raises
`learned_<side>`, and the rules of that event say what follows.
"""

from collections import Counter

import msgspec
import numpy as np

from adjudication.results import Happening, Learned, LearnedHow
from adjudication.scenario.parameters import Reporting
from adjudication.scenario.schema import Scenario
from adjudication.settlement import Act, Bools, Settlement
from adjudication.stages.effects import run_rules
from adjudication.words import share_word
from adjudication.world import Report

ALL_ORDERS = "all"
HOWS: tuple[LearnedHow, ...] = ("candid", "leak", "shown", "inquiry")


def name_directives(s: Settlement) -> None:
    """Give every order that another seat carries out its name: turn, seat, move and number, never its client's id."""
    count: Counter[str] = Counter()
    for act in s.acts:
        if act.carried or not answers_to(s.scenario, act.move.executor, act.order.seat):
            continue
        stem = f"{s.turn}:{act.order.seat}:{act.move.id}"
        count[stem] += 1
        act.directive = f"{stem}:{count[stem]}"


def answers_to(scenario: Scenario, seat: str, principal: str) -> bool:
    """Tell whether a seat answers to another, directly or through its superior."""
    for _ in scenario.seats:
        known = scenario.seat.get(seat)
        if known is None or known.superior in ("", principal):
            return known is not None and known.superior == principal
        seat = known.superior
    return False


def settle_reports(s: Settlement) -> None:
    """Move every report nobody has seen through on by a turn, write down the new ones, and tell what came out."""
    s.stage = 9.0
    for act in s.acts:
        _tell(s, act)
    if not s.record and not _matters(s):
        return
    still: list[Report] = []
    known: dict[str, Bools] = {}
    for report in (*s.world.reports, *_fresh(s)):
        spec = reporting(s, report.side)
        if spec is None or s.turn - report.turn > spec.memory:
            s.forgotten.append(report)
            continue
        came_out = _came_out(s, spec, report)
        known[report.side] = known.get(report.side, s.none) | came_out
        left = np.array(report.open) & ~came_out
        if bool(np.any(left)):
            still.append(msgspec.structs.replace(report, open=tuple(map(bool, left))))
    s.reports = tuple(still)
    for side in sorted(known):
        s.emit(f"learned_{side}", known[side])
    run_rules(s, 9, events=frozenset(f"learned_{side}" for side in known))


def _agencies(s: Settlement, act: Act) -> str:
    """Return the side of whoever carries an order out."""
    executor = s.scenario.seat.get(act.move.executor)
    return act.side if executor is None else executor.side


def reporting(s: Settlement, side: str) -> Reporting | None:
    """Return how the agencies of a side report, None where a principal always knows (or the rule is switched off)."""
    block = s.scenario.implementation_of(side)
    spec = None if block is None else block.reports
    return spec if spec is not None and s.rule_on(s.scenario.rule[spec.rule]) else None


def _matters(s: Settlement) -> bool:
    return any(rule.event.startswith("learned_") for rule in s.scenario.rules)


def _tell(s: Settlement, act: Act) -> None:
    """Set what the principal is told of an order of this turn, as long as it has not learned better."""
    spec = reporting(s, _agencies(s, act))
    if spec is None or act.by_ruling:
        return
    if act.carried:
        unseen = any(r.order == act.order.id and r.move == act.move.id for r in s.world.reports)
        act.told = "nothing" if unseen else ""
    elif act.slowed and act.directive and bool(np.any(act.live | act.delayed)):
        act.told = "done"
        if s.record and bool(_candid(s, spec, act.move.executor, act.move.id)[0]):
            act.told, act.learned = "", "candid"


def _fresh(s: Settlement) -> list[Report]:
    """Return the orders of this turn that were reported as carried out and were not, in full and in time."""
    found = []
    for act in s.acts:
        side = _agencies(s, act)
        block = s.scenario.implementation_of(side)
        if (
            reporting(s, side) is None
            or block is None
            or act.carried
            or act.by_ruling
            or not act.slowed
            or not act.directive
        ):
            continue
        short = (act.live & (act.fidelity < block.partial_below)) | act.delayed
        if not bool(np.any(short)):
            continue
        late = np.where(act.delayed, np.nan_to_num(act.delay) if act.delay is not None else 0.0, 0.0)
        found.append(
            Report(
                directive=act.directive, order=act.order.id, seat=act.order.seat, side=side,
                executor=act.move.executor, move=act.move.id, turn=s.turn, fidelity=tuple(map(float, act.fidelity)),
                late=tuple(map(int, late)), open=tuple(map(bool, short)),
            )
        )  # fmt: skip
    return found


def _came_out(s: Settlement, spec: Reporting, report: Report) -> Bools:
    """Return where the principal learns this turn what became of an order, and tell it (scalar)."""
    there = np.array(report.open)
    shown = s.test(spec.shown[report.move]) if report.move in spec.shown else s.none
    ways: dict[LearnedHow, Bools] = {
        "candid": _candid(s, spec, report.executor, report.move), "leak": _exposed(s, report.move), "shown": shown,
    }  # fmt: skip
    seen = ways["candid"] | ways["leak"] | ways["shown"]
    ways["inquiry"] = s.none
    if report.turn < s.turn:
        ways["inquiry"] = s.roll(
            f"learn:{report.directive}", s.amount(spec.learn), where=there & ~seen, yes="learned", no="not learned"
        )
    came_out: Bools = there & (seen | ways["inquiry"])
    if s.record and bool(came_out[0]):
        _announce(s, spec, report, next(how for how in HOWS if bool(ways[how][0])))
    return came_out


def _candid(s: Settlement, spec: Reporting, executor: str, move: str) -> Bools:
    """Return where the executing seat chose this turn to say what it really did."""
    found = s.none
    for act in s.acts:
        about = act.order.params.get("target", ALL_ORDERS)
        if spec.candid and act.move.id == spec.candid and act.order.seat == executor and about in (ALL_ORDERS, move):
            found = found | act.live
    return found


def _exposed(s: Settlement, move: str) -> Bools:
    """Return where a hidden order against this one came to light."""
    found = s.none
    for act in s.acts:
        if act.move.detect > 0 and act.order.params.get("target") == move:
            found = found | s.events.get(f"leak_{act.move.id}", s.none)
    return found


def _announce(s: Settlement, spec: Reporting, report: Report, how: LearnedHow) -> None:
    late = report.late[0]
    found = Learned(
        directive=report.directive, order=report.order, seat=report.seat, executor=report.executor, move=report.move,
        turn=report.turn, fidelity=round(report.fidelity[0], 6), late=late, how=how,
    )  # fmt: skip
    s.learned.append(found)
    for act in s.acts:
        if act.order.id == report.order and act.move.id == report.move:
            act.told, act.learned = "", how
    slots: dict[str, str | float] = {
        "order": s.scenario.move[report.move].text.order, "turn": s.scenario.turn_name(report.turn),
        "agency": s.scenario.seat[report.executor].label, "done": done_words(s, report.fidelity[0], late),
    }  # fmt: skip
    text = s.scenario.rule[spec.rule].text[how]
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", str(value))
    s.rule_row(spec.rule, {**slots, "how": how, "directive": report.directive}, visible=(report.seat,))
    s.happenings.append(
        Happening(kind="learned", rule=spec.rule, visible_to=(report.seat,), text=text, slots={"how": how})
    )


def done_words(s: Settlement, fidelity: float, late: int) -> str:
    """Say how far an order was carried out, and how late."""
    word = f"carried out {share_word(fidelity)}"
    label = s.scenario.meta.turn_label
    return word if not late else f"{word}, {late} {label}{'s' if late > 1 else ''} late"
