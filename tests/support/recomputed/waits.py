"""How long seats took, from the events of an export."""

from collections.abc import Iterator
from statistics import median

from tests.support.recomputed.people import Played, acts, hours
from tests.support.recomputed.reading import Json, Tables, grouped, items

KINDS = ("inject", "letter", "paper", "text", "request", "consent", "orders", "ready")


def responses(of: Tables) -> Json:
    played = Played(hours(of))
    found = [one for part in (_sent, _texts, _requests, _consents, _sheets, _ready) for one in part(of)]
    for one in found:
        until = one["answered_ms"] or one["opened_ms"]
        one["open"] = until is None
        one["wait_ms"] = played.between(one["asked_ms"], until or one["closed_ms"] or played.ends[1])
    found.sort(key=lambda one: (one["seq"], one["seat"]))
    shown = ("turn", "asked_ms", "opened_ms", "answered_ms", "closed_ms", "wait_ms")
    sums = []
    for (_, _), mine in sorted(
        grouped(found, "seat", "kind").items(), key=lambda one: (one[0][0], KINDS.index(one[0][1]))
    ):
        done = [one["wait_ms"] for one in mine if not one["open"]]
        sums.append(
            {
                "asked": len(mine), "answered": len(done), "median_ms": round(median(done)) if done else None,
                "longest_ms": max(one["wait_ms"] for one in mine),
            }
        )  # fmt: skip
    return {"items": [{name: one[name] for name in shown} for one in found], "seats": sums}


def _item(kind: str, seat: str, e: Json, opened: Json | None = None, answered: Json | None = None) -> Json:
    return {
        "kind": kind, "seat": seat, "seq": e["seq"], "turn": e["turn"], "asked_ms": e["at_ms"], "closed_ms": None,
        "opened_ms": None if opened is None else opened["at_ms"],
        "answered_ms": None if answered is None else answered["at_ms"],
    }  # fmt: skip


def _sent(of: Tables) -> Iterator[Json]:
    """Yield injects, letters and papers to seats somebody ever sat in."""
    people = {e["fact"]["seat"] for e in of.events("seat.taken", "seat.handed_over")}
    opened: dict[tuple[str, str, str], Json] = {}
    for row in of.rows("reads"):
        opened.setdefault((row["kind"], row["item"], row["seat"]), row)
    for row in of.rows("injects", undone=False):
        for seat in items(row["to"]):
            if seat in people:
                yield _item("inject", seat, row, opened.get(("inject", row["inject"], seat)))
    letters = {e["fact"]["letter"]: e["fact"] for e in of.events("letter.sent")}
    for e in of.events("letter.arrived"):
        sent = letters.get(e["fact"]["letter"])
        if sent is None or sent["to"] not in people:
            continue
        back = [
            one for one in of.events("letter.sent")
            if (one["fact"]["seat"], one["fact"]["to"]) == (sent["to"], sent["seat"]) and one["seq"] > e["seq"]
        ]  # fmt: skip
        key = ("letter", sent["letter"], sent["to"])
        yield _item("letter", sent["to"], e, opened.get(key), back[0] if back else None)
    papers = {row["paper"]: row for row in of.rows("papers")}
    replies: dict[tuple[str, str], Json] = {}
    for e in of.events("paper.released"):
        paper = papers[e["fact"]["paper"]]
        replies.setdefault((paper["reply_to"] or "", paper["seat"]), e)
    for e in of.events("paper.released"):
        paper = papers[e["fact"]["paper"]]
        for seat in () if paper["public"] else sorted(people & set(items(paper["to"]))):
            key = ("paper", paper["paper"], seat)
            yield _item("paper", seat, e, opened.get(key), replies.get((paper["paper"], seat)))


_STEPS = ("offer.countered", "offer.marked", "offer.accepted", "offer.initialled", "offer.signed", "offer.walked_out")


def _texts(of: Tables) -> Iterator[Json]:
    drafts: dict[str, Json] = {}
    waiting: dict[str, dict[str, Json]] = {}
    for e in of.events():
        fact, offer = e["fact"], e["fact"].get("offer", "") if isinstance(e["fact"], dict) else ""
        if e["kind"] == "offer.drafted":
            drafts[offer] = fact
        walked = e["kind"] == "offer.ended" and fact["how"] == "walked_away"
        if e["kind"] in _STEPS or walked:
            asked = waiting.get(offer, {}).pop(fact["by"] if walked else fact["seat"], None)
            if asked is not None:
                yield asked | {"answered_ms": e["at_ms"]}
        if e["kind"] == "offer.ended":
            yield from (one | {"closed_ms": e["at_ms"]} for one in waiting.pop(offer, {}).values())
        if e["kind"] in ("offer.tabled", "offer.countered") and offer in drafts:
            yield from (one | {"closed_ms": e["at_ms"]} for one in waiting.get(offer, {}).values())
            author = fact.get("seat") or drafts[offer]["author"]
            waiting[offer] = {seat: _item("text", seat, e) for seat in drafts[offer]["parties"] if seat != author}
    for offer in sorted(waiting):
        yield from waiting[offer].values()


def _requests(of: Tables) -> Iterator[Json]:
    seats = {row["seat"] for row in of.rows("seats")}
    taken = {e["fact"]["tasking"]: e for e in of.events("tasking.taken")}
    closed = {e["fact"]["tasking"]: e for e in of.events("tasking.closed")}
    for row in of.rows("taskings"):
        if row["to"] in seats:
            yield _item("request", row["to"], row, taken.get(row["tasking"]), closed.get(row["tasking"]))


def _consents(of: Tables) -> Iterator[Json]:
    ends = {e["fact"]["request"]: e for e in of.events("consent.withdrawn")}
    ends |= {e["fact"]["request"]: e for e in of.events("consent.answered")}
    locks = of.events("orders.locked")
    for row in of.rows("consents"):
        lock = next((e for e in locks if e["seq"] > row["seq"]), None)
        end = ends.get(row["request"])
        one = _item("consent", row["to"], row, None, end)
        yield one | {"closed_ms": None if lock is None or end is not None else lock["at_ms"]}


def _sheets(of: Tables) -> Iterator[Json]:
    created = of.events("game.created")[0]["fact"]
    writing = {phase["id"] for phase in created["phases"] if phase["orders"]}
    seats = sorted({act["seat"] for act in acts(of)})
    here: dict[str, Json] = {}
    turn = 0
    for e in of.events():
        fact = e["fact"]
        if e["kind"] == "phase.entered" and fact["phase"] in writing and fact["turn"] != turn:
            turn = fact["turn"]
            here = {seat: _item("orders", seat, e) for seat in seats}
        elif e["kind"] == "orders.submitted" and fact["seat"] in here:
            here[fact["seat"]]["answered_ms"] = e["at_ms"]
        elif e["kind"] == "orders.reopened" and fact["seat"] in here:
            here[fact["seat"]]["answered_ms"] = None
        elif e["kind"] in ("orders.locked", "game.ended"):
            for one in here.values():
                yield one if one["answered_ms"] is not None else one | {"closed_ms": e["at_ms"]}
            here = {}
    yield from here.values()


def _ready(of: Tables) -> Iterator[Json]:
    phase: Json | None = None
    said: set[str] = set()
    for e in of.events("phase.entered", "seat.readied"):
        if e["kind"] == "phase.entered":
            phase, said = e, set()
        elif e["fact"]["ready"] and phase is not None and e["fact"]["seat"] not in said:
            said.add(e["fact"]["seat"])
            yield _item("ready", e["fact"]["seat"], phase, None, e)
