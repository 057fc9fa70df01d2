"""What people did, said, opened and answered, counted from the events of an export."""

from collections import Counter
from itertools import pairwise
from math import fsum
from typing import Any

from tests.support.recomputed.reading import Json, Tables, grouped, items

KINDS = (
    "messages", "letters", "papers", "texts", "briefings", "requests", "answers", "arguments", "orders", "free_moves",
    "drafts", "clearances", "readings", "opened", "other",
)  # fmt: skip
WORDS = ("messages", "letters", "papers", "texts", "briefings", "requests", "answers", "arguments")


# --- plain lists ----------------------------------------------------------------------------------
def hours(of: Tables) -> list[list[int]]:
    return [[row["from_ms"], row["until_ms"]] for row in of.rows("hours")]


def injects(of: Tables) -> list[Json]:
    opened = grouped(of.rows("reads", kind="inject"), "item")
    return [
        {
            "turn": row["turn"], "at_ms": row["at_ms"],
            "opened": [{"at_ms": one["at_ms"]} for one in opened.get(row["inject"], [])],
        }
        for row in of.rows("injects", undone=False)
    ]  # fmt: skip


def messages(of: Tables) -> list[Json]:
    rows = sorted(of.rows("messages"), key=lambda row: row["at_ms"])
    return [
        {"turn": row["turn"], "at_ms": row["at_ms"]}
        | ({"arrived": row["arrived_turn"]} if row["channel"] == "letter" else {})
        for row in rows
    ]


def dyads(of: Tables) -> list[Json]:
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in sorted(of.rows("messages"), key=lambda row: row["at_ms"]):
        for other in items(row["audience"]) if row["room"] != "press" else ():
            pair = (min(row["seat"], other), max(row["seat"], other))
            found.setdefault(pair, Counter())[str(row["turn"])] += 1
    assert {(row["a"], row["b"], str(row["turn"])): row["messages"] for row in of.rows("pairs")} == {
        (a, b, turn): times for (a, b), by in found.items() for turn, times in by.items()
    }
    return [{"count": by.total(), "by_turn": dict(by)} for _, by in sorted(found.items())]


def papers(of: Tables) -> list[Json]:
    steps = grouped((row for row in of.rows("clearances") if row["what"] != "edited"), "paper")
    fields = ("turn", "at_ms", "version", "released_turn", "released_ms")
    return [
        {field: row[field] for field in fields}
        | {"steps": [{"at_ms": step["at_ms"]} for step in steps.get(row["paper"], [])]}
        for row in of.rows("papers")
    ]


def statements(of: Tables) -> list[Json]:
    out = [row for row in of.rows("papers") if row["status"] == "released" and row["public"]]
    return [{"turn": row["released_turn"], "at_ms": row["released_ms"]} for row in out]


def requests(of: Tables) -> list[Json]:
    fields = ("turn", "due", "at_ms", "taken_ms", "closed_ms", "closed_turn")
    return [{field: row[field] for field in fields} for row in of.rows("taskings")]


def notes(of: Tables) -> list[Json]:
    """Return notes by objective, those of the exercise first; notes under none stand last."""
    known = {row["label"].casefold(): row["objective"] for row in of.rows("objectives")}
    known |= {row["objective"]: row["objective"] for row in of.rows("objectives")}
    groups: dict[str, list[Json]] = {row["objective"]: [] for row in of.rows("objectives")}
    for row in of.rows("notes"):
        words = (row["objective"] or "").strip()
        groups.setdefault(known.get(words.casefold(), words), []).append(row)
    return [
        {"notes": [{"turn": row["turn"], "at_ms": row["at_ms"]} for row in mine]}
        for name, mine in sorted(groups.items(), key=lambda one: not one[0])
    ]


def perception(of: Tables) -> list[Json]:
    beliefs = {row["variable"] for row in of.rows("variables", kind="belief")}
    sums: dict[tuple[int, str, str, str], list[float]] = {}
    for row in of.rows("ledger"):
        if row["cause_kind"] == "order" and row["variable"] in beliefs:
            key = (row["turn"], row["cause"], row["variable"], row["rule"])
            sums.setdefault(key, []).append(row["applied"])
    rows: dict[tuple[int, str], list[Json]] = {}
    for (turn, order, _, _), parts in sums.items():
        if amount := round(fsum(parts), 6):
            rows.setdefault((turn, order), []).append({"amount": amount})
    read = grouped(of.rows("readings", what="read"), "paper")
    found: list[tuple[Any, Json]] = []
    for paper in of.rows("papers"):
        if paper["status"] == "released" and paper["public"]:
            turn = paper["released_turn"]
            mine = [row["order"] for row in of.rows("orders", turn=turn) if row["seat"] == paper["seat"]]
            told = {row["seat"]: row for row in read.get(paper["paper"], [])}
            one = {
                "turn": turn, "beliefs": [b for order in mine for b in rows.get((turn, order), [])],
                "read": [{"turn": told[s]["turn"], "at_ms": told[s]["at_ms"]} for s in sorted(told)],
            }  # fmt: skip
            found.append(((turn, False, paper["seq"], paper["paper"]), one))
    released = {row["turn"]: row["settled_seq"] for row in of.rows("turns")}
    for turn in of.settled():
        given = [(row["order"], row["drafted_seq"]) for row in of.rows("orders", turn=turn)]
        given += [(row["move"], row["seq"]) for row in of.rows("free_moves", settled_turn=turn)]
        for key, seq in given:
            if (turn, key) in rows:
                place = (turn, True, min(seq or released[turn], released[turn]), key)
                found.append((place, {"turn": turn, "beliefs": rows[turn, key], "read": []}))
    return [one for _, one in sorted(found, key=lambda one: one[0])]


# --- time of play ---------------------------------------------------------------------------------
class Played:
    """How long clocks had run at a moment."""

    def __init__(self, spans: list[list[int]]) -> None:
        self.spans = spans

    def within(self, stays: list[Json]) -> "Played":
        """Return the time of play within these stays."""
        cut = [
            [max(a, stay["from_ms"]), min(b, self.ends[1] if stay["until_ms"] is None else stay["until_ms"])]
            for stay in stays
            for a, b in self.spans
        ]
        return Played([span for span in cut if span[0] < span[1]])

    def at(self, moment: int) -> int:
        return sum(max(0, min(moment, until) - begins) for begins, until in self.spans)

    def between(self, since: int, until: int) -> int:
        return max(0, self.at(until) - self.at(since))

    @property
    def ends(self) -> tuple[int, int]:
        return (self.spans[0][0], self.spans[-1][1]) if self.spans else (0, 0)


# --- participation --------------------------------------------------------------------------------
def acts(of: Tables) -> list[Json]:
    """Return what seats did: event, kind of act, seat, person and words."""
    owners = {e["fact"]["tasking"]["id"]: e["fact"]["tasking"]["to"] for e in of.events("tasking.asked")}
    seats = {row["seat"] for row in of.rows("seats")}
    roles = {row["person"]: row["role"] for row in of.rows("people")}
    drafted: set[str] = set()
    found = []
    for before, e in pairwise((None, *of.events())):
        if (
            e is None
            or _wire(before, e)
            or e["actor"] not in ("person", "seat_bot")
            or roles.get(e["person"]) == "control"
        ):
            continue
        what = _act(e["kind"], e["fact"], owners)
        if what is None or what[1] not in seats:
            continue
        kind, seat, words = what
        if e["kind"] == "order.drafted":
            kind = "drafts" if e["fact"]["order"] in drafted else kind
            drafted.add(e["fact"]["order"])
        person = e["person"] if e["actor"] == "person" else None
        found.append(
            {"at_ms": e["at_ms"], "turn": e["turn"], "seat": seat, "person": person, "kind": kind,
             "words": len(words.split())}
        )  # fmt: skip
    return found


def _wire(before: Json | None, e: Json) -> bool:
    if before is None or before["kind"] != "paper.released" or not before["fact"]["public"]:
        return False
    same = before["at_ms"] == e["at_ms"]
    return same and e["kind"] == "message.posted" and bool(e["fact"]["room"] == "press")


_PLAIN = {
    "letter.sent": ("letters", "text"), "estimate.briefed": ("briefings", "note"), "message.held": ("messages", "text"),
    "freemove.argued": ("arguments", "text"), "appeal.lodged": ("arguments", "text"), "item.opened": ("opened", ""),
    "seat.readied": ("other", ""), "orders.submitted": ("other", ""), "orders.reopened": ("other", ""),
    "room.read": ("other", ""), "order.withdrawn": ("other", ""), "order.drafted": ("orders", ""),
    "freemove.proposed": ("free_moves", "action"), "paper.edited": ("drafts", ""),
    "paper.cleared": ("clearances", "note"),
    "paper.returned": ("clearances", "reason"), "statement.meant": ("readings", "text"),
    "statement.read": ("readings", "text"), "consent.asked": ("requests", "note"),
    "consent.answered": ("answers", "note"),
    "offer.signed": ("texts", ""), "offer.came_back": ("texts", ""), "offer.sponsored": ("texts", ""),
    "offer.walked_out": ("texts", "reason"), "offer.recessed": ("texts", "reason"),
    "offer.paraphrased": ("readings", "text"),
    "pad.edited": ("drafts", ""), "obligation.chosen": ("other", ""), "offer.widened": ("other", ""),
    "pad.shared": ("other", ""), "agreement.suspended": ("texts", "reason"), "agreement.withdrawn": ("texts", "reason"),
    "agreement.reaffirmed": ("texts", ""), "offer.countered": ("texts", "note"), "offer.marked": ("texts", ""),
    "offer.accepted": ("texts", ""), "offer.initialled": ("texts", ""), "message.posted": ("messages", "text"),
}  # fmt: skip


def _act(kind: str, fact: Json, owners: dict[str, str]) -> tuple[str, str, str] | None:
    match kind:
        case "message.posted" | "message.held" if fact.get("held") or fact.get("spoken_by"):
            return None
        case "paper.drafted":
            return "drafts", fact["seat"], " ".join(fact["fields"].values())
        case "paper.released":
            return "papers", fact["by"], ""
        case "tasking.asked":
            return "requests", fact["tasking"]["seat"], fact["tasking"]["text"]
        case "tasking.closed" if fact["how"] in ("answered", "declined"):
            return "answers", owners.get(fact["tasking"], ""), fact["text"]
        case "offer.drafted":
            return "drafts", fact["author"], fact["note"]
        case "offer.tabled":
            return "texts", fact["offer"].partition(":")[0], ""
        case "offer.held":
            answer = fact.get("answer")
            return ("texts", fact["offer"].partition(":")[0], "") if answer is None else (
                "texts", answer["by"] or answer["seat"], answer["note"]
            )  # fmt: skip
        case "mandate.given":
            return "other", fact["principal"], ""
        case _ if kind in _PLAIN:
            what, field = _PLAIN[kind]
            return what, fact.get("by") or fact["seat"], (fact.get(field) or "") if field else ""
    return None


def _counts(done: list[Json]) -> Json:
    found = Counter(act["kind"] for act in done)
    words = sum(act["words"] for act in done if act["kind"] in WORDS)
    return {kind: found[kind] for kind in KINDS} | {"said": sum(found[kind] for kind in WORDS), "words": words}


def _silence(played: Played, done: list[Json], turns: list[int]) -> Json:
    said = [act for act in done if act["kind"] in WORDS]
    first, last = played.ends
    marks = [first, *(act["at_ms"] for act in said), last]
    ms, since, until = max(
        ((played.between(a, b), a, b) for a, b in pairwise(marks)), key=lambda one: (one[0], -one[1])
    )
    spoke = {act["turn"] for act in said}
    quiet = [turn for turn in turns if turn not in spoke]
    return {"longest": {"ms": ms, "from_ms": since, "until_ms": until}, "turns": quiet}


def participation(of: Tables) -> Json:
    played, done = Played(hours(of)), acts(of)
    spans = {row["turn"]: (row["start_ms"], row["end_ms"]) for row in of.rows("turns")}
    turns = list(spans)
    by_seat, by_person = grouped(done, "seat"), grouped(done, "person")
    stays = _stays(of)
    came = sorted((e for e in of.events("person.joined")), key=lambda e: e["seq"])
    return {
        "played_ms": sum(until - begins for begins, until in played.spans),
        "seats": [
            {
                "counts": _counts(mine), "silence": _silence(played, mine, turns), **_given(of, seat),
                **_heard(of, seat),
                "turns": [
                    {"turn": turn, "counts": _counts([act for act in mine if act["turn"] == turn])} for turn in turns
                ],
                "first_ms": mine[0]["at_ms"] if mine else None, "last_ms": mine[-1]["at_ms"] if mine else None,
            }
            for seat in (row["seat"] for row in of.rows("seats"))
            for mine in [by_seat.get(seat, [])]
        ],
        "people": [
            {
                "seats": stays.get(person, []), "counts": _counts(mine), "joined_ms": e["at_ms"],
                "silence": _silence(there, mine, [turn for turn in turns if there.between(*spans[turn])])
                if stays.get(person) else None,
                "read": sum(times for (_, reader), times in _read(of).items() if reader == person),
                "turns": sorted({act["turn"] for act in mine}),
                "first_ms": mine[0]["at_ms"] if mine else None, "last_ms": mine[-1]["at_ms"] if mine else None,
            }
            for e in came
            for person in [e["fact"]["person"]]
            for mine in [by_person.get(person, [])]
            for there in [played.within(stays.get(person, []))]
        ],
    }  # fmt: skip


def _given(of: Tables, seat: str) -> Json:
    letters = of.rows("messages", channel="letter")
    sent = [("inject", row["inject"]) for row in of.rows("injects", undone=False) if seat in items(row["to"])]
    sent += [
        ("letter", row["message"])
        for row in letters if items(row["audience"]) == [seat] and row["arrived_turn"] is not None
    ]  # fmt: skip
    sent += [("paper", row["paper"]) for row in of.rows("papers", status="released") if seat in items(row["to"])]
    opened = {
        (row["kind"], row["item"])
        for row in of.rows("reads", seat=seat)
        if row["kind"] in ("inject", "letter", "paper")
    }
    return {"sent": len(sent), "opened": sum(one in opened for one in sent)}


def _heard(of: Tables, seat: str) -> Json:
    heard = sum(seat in items(row["audience"]) for row in of.rows("messages", channel="room"))
    return {"heard": heard, "read": sum(times for (reader, _), times in _read(of).items() if reader == seat)}


def marks(of: Tables) -> list[Json]:
    """Return marks of reading in order: those set, and those of writing, which reads what stands above."""
    found = [
        {"seq": row["seq"], "room": row["item"], "seat": row["seat"], "person": row["person"], "upto": row["upto"]}
        for row in of.rows("reads", kind="room")
    ]
    found += [
        {"seq": row["seq"], "room": row["room"], "seat": row["seat"], "person": row["person"], "upto": row["number"]}
        for row in of.rows("messages", channel="room", held=False, spoken_by=None)
    ]
    return sorted(found, key=lambda mark: mark["seq"])


def _read(of: Tables) -> Counter[tuple[str, str]]:
    """Count what marks of reading read: messages of others between the seat's last mark in the room and the new one."""
    found: Counter[tuple[str, str]] = Counter()
    upto: dict[tuple[str, str], int] = {}
    for mark in marks(of):
        place = (mark["room"], mark["seat"])
        before, after = upto.get(place, 0), max(upto.get(place, 0), mark["upto"])
        upto[place] = after
        for row in of.rows("messages", channel="room", room=mark["room"]):
            heard = mark["seat"] in items(row["audience"])
            found[mark["seat"], mark["person"]] += heard and before < row["number"] <= after
    return found


def _stays(of: Tables) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}

    def leaves(person: str, e: Json) -> None:
        for stay in found.get(person, ()):
            stay["until_ms"] = e["at_ms"] if stay["until_ms"] is None else stay["until_ms"]

    for e in of.events("seat.taken", "seat.handed_over", "seat.left", "person.removed"):
        leaves(e["fact"]["person"], e)
        sits = {"seat.taken": "person", "seat.handed_over": "to"}.get(e["kind"])
        if sits is not None:
            found.setdefault(e["fact"][sits], []).append({"from_ms": e["at_ms"], "until_ms": None})
    return found
