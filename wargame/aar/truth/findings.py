"""Findings: what stands out in a game, each in a title and a few sentences made from the numbers of its sections.

Owns which findings there are, their order, and from where on something stands out. A finding says what the sections say
and refers to the same events; where nothing stands out there is none. It knows no case and judges nobody.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from adjudication.words import share_word
from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged, refs_in
from wargame.aar.words import seat_name

EXPECTED_CLASHES = 0.25
"""From so many expected clashes on a quiet game is worth a word."""
RARE = 0.2
"""Luck of a chance up to this is called unusual."""
WRONG = 0.5
"""A seat misread a variable if at least this part of its estimates did not contain the truth."""
READ_OFTEN = 3
FAITHFUL = 0.995
MOST_PAIRS = 6
STOOD = {
    "withheld": "withheld", "late": "late", "suspended": "suspended", "breached": "breached", "pending": "not due yet",
    "struck": "struck", "ended": "ended with its agreement",
}  # fmt: skip
"""States of a clause that is not kept (`obligations.KEPT`), in words."""

Finder = Callable[[Chronicle, Json], Json | None]


def findings(log: Chronicle, report: Json) -> list[Json]:
    """Return the findings, numbered from 1: `id`, `title`, `text`, the `section` they come from, `refs`."""
    found = [one for find in FINDERS if (one := find(log, report)) is not None]
    return [{"number": number} | one for number, one in enumerate(found, start=1)]


def _finding(name: str, section: str, title: str, said: Iterable[str], *refs: Iterable[int]) -> Json:
    return {
        "id": name, "section": section, "title": title, "text": " ".join(part for part in said if part),
        "refs": merged(*refs),
    }  # fmt: skip


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _by_now(log: Chronicle) -> str:
    """Return when the report is of: a game that goes on has no end yet."""
    return "so far" if log.ended is None else "at the end"


# --- the bargain --------------------------------------------------------------------------------
def deal_missed(log: Chronicle, report: Json) -> Json | None:
    """Say that a text both could gain by existed and lay on no table, and how near the nearest one came."""
    missed = report["missed"]
    if not missed:
        return None
    near = min(
        (one for one in missed if one["nearest"] is not None),
        key=lambda one: (not one["nearest"]["feasible"], one["nearest"]["short"], one["turn"]), default=None,
    )  # fmt: skip
    said = [
        f"In {len(missed)} of {_count(len(report['map']), 'turn')} a text existed that made both sides better off than",
        "waiting, and none on the table was one.",
    ]
    if near is not None:
        nearest = near["nearest"]
        said.append(f"{nearest['label']} came nearest, in {log.case.turn_name(near['turn'])}: {_lacking(nearest)}.")
        if nearest["closing"] is not None:
            said.append(f"{nearest['closing']['label']} at “{nearest['closing']['level_label']}” alone closed it.")
    return _finding("deal_missed", "missed", "A deal was there and not on the table", said, refs_in(missed))


def _lacking(nearest: Json) -> str:
    """Return what the nearest text lacked to be a deal: gain for both sides, leave to be carried out, or both."""
    short = f"the side worse off stood {nearest['short']:.3g} short of waiting"
    if nearest["feasible"]:
        return short
    barred = "the law or somebody's consent stood in its way"
    return f"{barred}, and {short}" if nearest["short"] else f"both sides gained by it, and {barred}"


def no_deal(log: Chronicle, report: Json) -> Json | None:
    """Say in how many turns no text could have worked."""
    shut = [one for one in report["gap"] if not one["closed"]]
    if not shut:
        return None
    worst = min(shut, key=lambda one: (one["catalogue"], one["turn"]))
    said = [
        f"In {len(shut)} of {_count(len(report['gap']), 'turn')} no text made both sides better off than waiting.",
        f"The nearest in {worst['label']} left the side worse off {-worst['catalogue']:.3g} short of it.",
    ]
    return _finding("no_deal", "gap", "For a time no text could have worked", said, refs_in(shut))


def trust_short(log: Chronicle, report: Json) -> Json | None:
    """Say whose trust was below what the nearest text took, where leaders met or else in the last turn."""
    met = {turn.number for turn in log.turns if turn.resolution is not None and turn.resolution.summit is not None}
    drawn = [one for one in report["map"] if one["turn"] in met] or report["map"][-1:]
    short = [
        (one, party)
        for one in drawn
        for party in one["trust"]
        if party["needed"] is not None and party["held"] < party["needed"]
    ]
    if not short:
        return None
    said = (
        f"{one['label']}: {party['label']} had {party['held']:.2f} of the {party['needed']:.2f} the nearest text took."
        for one, party in short
    )
    return _finding(
        "trust_short", "map", "Trust fell short of what the text took", said, refs_in(one for one, _ in short)
    )


def owed_and_kept(log: Chronicle, report: Json) -> Json | None:
    """Say how much of what was signed was kept, was not, or had not come due."""
    owed = report["obligations"]
    if not owed:
        return None
    kept, broken = [one for one in owed if one["kept"]], [one for one in owed if one["kept"] is False]
    unseen = [one for one in owed if one["unseen"]]
    late = [one for one in owed if one["state"] != "late" and any(step["state"] == "late" for step in one["history"])]
    if broken:
        title = "Not all that was signed was kept"
    else:
        title = "What was signed was kept" if kept else "Nothing that was signed had come due"
    stood = ", ".join(
        f"{number} {words}"
        for state, words in STOOD.items()
        if (number := sum(one["state"] == state for one in owed))
    )  # fmt: skip
    said = [
        f"Of {_count(len(owed), 'clause')} owed, {len(kept)} stood kept {_by_now(log)}{f', {stood}' if stood else ''}.",
        f"{_count(len(late), 'clause')} came late." if late else "",
        f"{_count(len(unseen), 'breach', 'breaches')} stayed unseen for a time." if unseen else "",
    ]
    return _finding("owed_and_kept", "obligations", title, said, refs_in(owed))


def understood(log: Chronicle, report: Json) -> Json | None:
    """Say how much was signed without a side writing down what it took it to mean."""
    signed = [one for one in report.get("understandings", ()) if one["signed"]]
    silent = [one for one in signed if one["silent"]]
    if not silent:
        return None
    said = [f"In {len(silent)} of {_count(len(signed), 'signed clause')} a party never wrote down what it read in it."]
    return _finding("understood", "understandings", "Signed without saying what it meant", said, refs_in(silent))


# --- danger -------------------------------------------------------------------------------------
def danger(log: Chronicle, report: Json) -> Json | None:
    """Say what risk was carried, apart from what came of it."""
    carried = report["hazard"]
    if not carried["turns"] or (not carried["clashes"] and carried["clashes_expected"] < EXPECTED_CLASHES):
        return None
    worst = max(carried["turns"], key=lambda one: (one["p_war"], -one["turn"]))
    clashes, expected = carried["clashes"], carried["clashes_expected"]
    if not clashes:
        title = "Quiet was not safety"
    else:
        title = "The dice fell badly" if carried["luck"]["as_many"] <= RARE else "What came was to be expected"
    said = [
        f"{_count(clashes, 'clash', 'clashes')} came where {expected:.2g} were to be expected;",
        f"the chance of war carried over the game was {100 * carried['war_chance']:.1f} %",
        f"({100 * worst['share']:.0f} % of that risk in {log.case.turn_name(worst['turn'])}).",
    ]
    return _finding("danger", "hazard", title, said, carried["refs"])


def climbed(log: Chronicle, report: Json) -> Json | None:
    """Say when the moves carried out were harshest, and whose they were."""
    if not report["escalation"]:
        return None
    top = max(report["escalation"], key=lambda one: (one["points"], -one["turn"]))
    if top["points"] <= 0:
        return None
    lanes = {lane["id"]: lane["label"] for lane in report["lanes"]}
    first = max(top["by_lane"], key=lambda lane: (top["by_lane"][lane], lane))
    moves = [move for move in top["moves"] if move["lane"] == first and move["points"] > 0]
    said = [
        f"Its moves came to {top['points']} points of severity, {top['by_lane'][first]} of them by",
        f"{lanes.get(first, first)}: {'; '.join(sorted({move['label'] for move in moves}))}.",
    ]
    title = f"{log.case.turn_name(top['turn'])} was the harshest turn"
    return _finding("climbed", "escalation", title, said, top["refs"], refs_in(moves))


def turned(log: Chronicle, report: Json) -> Json | None:
    """Say in which turn the course of the game changed most."""
    points = report["turning_points"]["points"]
    if not points:
        return None
    top = max(points, key=lambda one: (one["weight"], -one["turn"]))
    said = [f"{top['title']}.", top["text"]]
    return _finding("turned", "turning_points", f"The game turned in {top['label']}", said, top["refs"])


def ruled(log: Chronicle, report: Json) -> Json | None:
    """Say what Control's rulings moved."""
    rulings = [one for one in report["overrides"]["rulings"] if one["changed"]]
    if not rulings:
        return None
    settled_ = report["overrides"]
    game = settled_["game"]["changed"][:2] if settled_["game"] else []
    said = [
        f"Control ruled {_count(len(rulings), 'time')} in a way that moved something, over",
        f"{_count(settled_['orders_settled'], 'order')} settled.",
        *(
            f"{one['label']} came to {one['with']:.4g}; without any ruling, {one['without']:.4g}."
            for one in game
        ),
    ]  # fmt: skip
    return _finding("ruled", "overrides", "Rulings moved the game", said, refs_in(rulings))


# --- people and what they knew --------------------------------------------------------------------
def obeyed(log: Chronicle, report: Json) -> Json | None:
    """Say how much of what one seat ordered another carried out, and what was told of it."""
    given = report["directives"]
    short = [one for one in given if one["status"] not in ("done", "partial") or one["fidelity"] < FAITHFUL]
    if not short:
        return None
    hidden = [one for one in short if not one["truthful"]]
    learned = [one for one in hidden if one["learned_turn"] is not None]
    worst = min(short, key=lambda one: (one["fidelity"], one["turn"], one["directive"]))
    said = [
        f"Of {_count(len(given), 'order')} that one seat gave and another carried out,",
        f"{len(short)} did not come out in full;",
        f"{_executor(log, worst)} carried out “{worst['label']}” {share_word(worst['fidelity'])}.",
        f"{len(hidden)} of them were reported as done; {len(learned)} of these came to light." if hidden else "",
    ]
    return _finding("obeyed", "directives", "Orders were not what was done", said, refs_in(short))


def _executor(log: Chronicle, directive: Json) -> str:
    return seat_name(log, directive["executor"])


def decided_without(log: Chronicle, report: Json) -> Json | None:
    """Say how often a seat decided without what another of its side had."""
    gaps = list(_kept_back(report))
    if not gaps:
        return None
    decisions = {(one["turn"], one["seat"]) for one, _ in gaps}
    one, gap = gaps[0]
    holders = ", ".join(seat_name(log, seat) for seat in gap["holders"])
    said = [
        f"{_count(len(decisions), 'decision')} were taken without something another seat of the side had."
        if len(decisions) != 1 else "One decision was taken without something another seat of the side had.",
        f"In {log.case.turn_name(one['turn'])} {seat_name(log, one['seat'])} decided without",
        f"“{gap['label']}”{f', which {holders} had' if holders else ''}.",
    ]  # fmt: skip
    return _finding(
        "decided_without", "knowledge", "What one room knew another decided without", said,
        *(merged(one["refs"], gap["refs"]) for one, gap in gaps),
    )  # fmt: skip


def _kept_back(report: Json) -> Iterator[tuple[Json, Json]]:
    for one in report.get("knowledge", {}).get("decisions", ()):
        for gap in one["without"]:
            if gap["why"] == "not_shared":
                yield one, gap


def misread(log: Chronicle, report: Json) -> Json | None:
    """Say which seat's estimates of what missed the truth most often."""
    missed = list(_misses(report))
    if not missed:
        return None
    _, variable, seat, wrong, of, refs = max(missed, key=lambda one: (one[0], one[4], one[2], one[1]["id"]))
    others = len({(one[1]["id"], one[2]) for one in missed}) - 1
    said = [
        f"{wrong} of {of} estimates of {variable['label']} that {seat_name(log, seat)} was given missed the truth.",
        f"The same holds of {_count(others, 'other pair')} of seat and variable." if others else "",
    ]
    title = f"{seat_name(log, seat)} misread {variable['label']}"
    return _finding("misread", "variables", title, said, refs)


def _misses(report: Json) -> Iterator[tuple[float, Json, str, int, int, list[int]]]:
    for variable in report["variables"]:
        truth = {point["turn"]: point["value"] for point in variable["truth"]}
        for seat, readings in variable["estimates"].items():
            given: list[Any] = [
                one
                for one in readings
                if one["low"] is not None and one["high"] is not None and one["turn"] - 1 in truth
            ]
            wrong = [one for one in given if not one["low"] <= truth[one["turn"] - 1] <= one["high"]]
            if len(given) >= READ_OFTEN and len(wrong) / len(given) >= WRONG:
                yield len(wrong) / len(given), variable, seat, len(wrong), len(given), refs_in(wrong)


def unopened(log: Chronicle, report: Json) -> Json | None:
    """Say how much of what was sent to seats nobody opened."""
    people = {seat["id"] for seat in report["seats"] if seat["people"]}
    sent = sum(len(people & set(inject["to"])) for inject in report["injects"])
    left = [people & set(one["to"]) - {mark["seat"] for mark in one["opened"]} for one in report["injects"]]
    shut = [one for one, seats in zip(report["injects"], left, strict=True) if seats]
    if not shut:
        return None
    said = [
        f"Of {_count(sent, 'inject')} to seats with people, one count a seat, {sum(map(len, left))} stayed unopened."
    ]
    return _finding("unopened", "injects", "Not everything that was sent was opened", said, refs_in(shut))


def strangers(log: Chronicle, report: Json) -> Json | None:
    """Say which seats of different teams never spoke with each other."""
    team = {seat.id: seat.team for seat in log.case.seats}
    pairs = [pair for pair in report["silent_pairs"] if team[pair[0]] != team[pair[1]]]
    if not pairs or not report["messages"]:
        return None
    names = [f"{seat_name(log, a)} and {seat_name(log, b)}" for a, b in pairs[:MOST_PAIRS]]
    more = f", and {len(pairs) - MOST_PAIRS} more" if len(pairs) > MOST_PAIRS else ""
    said = [f"{'; '.join(names)}{more}."]
    title = f"{_count(len(pairs), 'pair')} of seats across teams never spoke"
    return _finding("strangers", "dyads", title, said, [log.events[-1].seq], refs_in(report["messages"][-1:]))


# --- against the record ---------------------------------------------------------------------------
def left_the_record(log: Chronicle, report: Json) -> Json | None:
    """Say in what the game went furthest from the recorded path."""
    scale = {v["id"]: max(v["high"] - v["low"], 1e-9) for v in report["variables"]}
    paths = [one for one in report["history"]["paths"] if one["furthest"] and one["furthest"]["apart"]]
    if not paths:
        return None
    far = max(paths, key=lambda one: (abs(one["furthest"]["apart"]) / scale[one["variable"]], one["variable"]))
    apart = far["furthest"]["apart"]
    said = [
        f"{far['label']} stood {abs(apart):.3g} {'above' if apart > 0 else 'below'} the path of the recorded orders in",
        f"{log.case.turn_name(far['furthest']['turn'])}, as this model settles both.",
    ]
    title = f"The game left the record furthest in {far['label']}"
    return _finding("left_the_record", "history", title, said, far["furthest"]["refs"])


FINDERS: tuple[Finder, ...] = (
    turned, deal_missed, no_deal, trust_short, danger, owed_and_kept, understood, obeyed, decided_without, misread,
    climbed, ruled, left_the_record, unopened, strangers,
)  # fmt: skip
"""In the order in which they are numbered."""
