"""What this seat knew when, and what it decided without opening or reading what it had."""

from collections.abc import Iterator

from wargame.aar.chronicle import Json
from wargame.aar.refs import merged
from wargame.aar.seen.desk import opened_at, read_upto, sheets
from wargame.aar.seen.sight import FRAME_ROW, Sight
from wargame.aar.truth.intelligence import stretches
from wargame.aar.truth.knowledge import SHOWN, WINDOW
from wargame.game import entities as e


def knowledge(mine: Sight) -> Json:
    """Return the same lists as in the truth, of this seat alone: what it had and read, what it decided without it."""
    items = sorted(_items(mine), key=lambda one: (one["at_ms"], one["refs"][0]))
    return {
        "intelligence": _intelligence(mine), "items": items,
        "decisions": list(_decisions(mine, items)), "seats": [_by_turn(mine, items)],
        "refs": [FRAME_ROW],
    }  # fmt: skip


def _items(mine: Sight) -> Iterator[Json]:
    shown, seat = mine.shown, mine.seat
    for key, inject in shown.all(e.InjectSeen, "inject"):
        if seat in inject.to:
            yield _item(mine, "inject", key, inject.title, inject.source, inject.at_ms, opens=True)
    labels = {key: one.label for key, one in shown.all(e.ChannelSeen, "channel")}
    for key, letter in shown.all(e.LetterSeen, "letter"):
        if letter.to == seat:
            label = labels.get(letter.channel, letter.channel)
            yield _item(mine, "letter", key, label, letter.seat, shown.first_ms("letter", key), opens=True)
    for key, paper in shown.all(e.PaperSeen, "paper"):
        if paper.status == "received" and seat in paper.to and not paper.public:
            yield _item(mine, "paper", key, paper.ref, paper.seat, shown.first_ms("paper", key), opens=True)
    variables = {one.id: one.label for one in mine.case.variables}
    for key, reading in shown.all(e.ReadingSeen, "reading"):
        if reading.briefed_by:
            label = variables.get(reading.variable, reading.variable)
            yield _item(mine, "briefing", key, label, reading.briefed_by, shown.first_ms("reading", key))
    for key, heard in shown.all(e.InterceptSeen, "intercept"):
        yield _item(mine, "intercept", key, heard.text[:80], heard.seat, heard.at_ms)
    first = mine.turns[0]["start_ms"] if mine.turns else 0
    for key, fact in shown.all(e.FactSeen, "fact"):
        at = shown.since(e.FactSeen, "fact", key, lambda now: now.up) or shown.since(
            e.FactSeen, "fact", key, lambda now: not now.up
        )
        if at is not None and at[1] > first:
            yield _item(mine, "fact", key, fact.text, "", at[1])


def _item(mine: Sight, kind: str, key: str, label: str, source: str, at_ms: int, *, opens: bool = False) -> Json:
    row = "reading" if kind == "briefing" else kind
    opened = opened_at(mine, kind, key) if opens else None
    turn, refs = mine.turn_at(at_ms), mine.shown.refs(row, key)
    return {
        "kind": kind, "key": key, "label": label, "source": source, "turn": turn, "at_ms": at_ms, "opens": opens,
        "refs": refs,
        "seats": [
            {
                "seat": mine.seat, "turn": turn, "at_ms": at_ms,
                "opened_turn": mine.turn_at(opened[1]) if opened else None, "opened_ms": opened[1] if opened else None,
                "variant": False,
                "refs": merged(refs, [opened[0]] if opened else []),
            }
        ],
    }  # fmt: skip


def _intelligence(mine: Sight) -> list[Json]:
    """Return how well this seat read each variable, in stretches of turns."""
    told: dict[str, list[tuple[int, int, dict[str, str]]]] = {}
    played = {int(turn["turn"]) for turn in mine.turns}
    for key, reading in mine.shown.all(e.ReadingSeen, "reading"):
        if not reading.briefed_by and reading.turn in played:
            ref = mine.shown.refs("reading", key)[0]
            told.setdefault(reading.variable, []).append((reading.turn, ref, {mine.seat: reading.mode}))
    looked: dict[str, list[tuple[int, int, str]]] = {}
    for key, opened in mine.shown.all(e.OpenedSeen, "opened"):
        if opened.kind == "estimate" and opened.seat == mine.seat:
            ref = mine.shown.refs("opened", key)[0]
            looked.setdefault(opened.key, []).append((mine.turn_at(opened.at_ms), ref, mine.seat))
    labels = {variable.id: variable.label for variable in mine.case.variables}
    return [
        row
        for name, rows in sorted(told.items())
        for row in stretches(name, labels.get(name, name), sorted(rows, key=lambda one: one[0]), looked.get(name, ()))
    ]


def _by_turn(mine: Sight, items: list[Json]) -> Json:
    rows = []
    for turn in (int(one["turn"]) for one in mine.turns):
        given = [one for one in items if one["turn"] == turn]
        opened = [one["seats"][0]["opened_turn"] for one in given if one["seats"][0]["opened_ms"] is not None]
        rows.append(
            {
                "turn": turn, "given": len(given), "to_open": sum(one["opens"] for one in given),
                "opened": len(opened), "at_once": opened.count(turn),
                "refs": merged(*(one["refs"] for one in given)) or [FRAME_ROW],
            }
        )  # fmt: skip
    return {"seat": mine.seat, "turns": rows, "refs": [FRAME_ROW]}


def _decisions(mine: Sight, items: list[Json]) -> Iterator[Json]:
    """Yield the seat's orders and signatures that people took with something unopened or unread, in order of turn."""
    if not mine.by_people:
        return
    taken = sorted([*_orders(mine), *_signatures(mine)], key=lambda one: (one["turn"], one["at_ms"], one["refs"][0]))
    said: dict[int, list[tuple[str, e.MessageSeen]]] = {}
    for key, message in mine.shown.all(e.MessageSeen, "message"):
        said.setdefault(message.turn, []).append((key, message))
    for one in taken:
        gaps = [
            *_unopened(items, one["turn"], one["at_ms"]),
            *_unread(mine, said.get(one["turn"], []), one["turn"], one["at_ms"]),
        ]
        if gaps:
            yield one | {"seat": mine.seat, "without": gaps}


def _orders(mine: Sight) -> Iterator[Json]:
    orders: dict[int, list[tuple[str, e.OrderSeen]]] = {}
    for key, order in mine.shown.all(e.OrderSeen, "order"):
        if order.seat == mine.seat and order.status not in ("draft", "withdrawn"):
            orders.setdefault(order.turn, []).append((key, order))
    for sheet, locked, sealed in sheets(mine):
        given = orders.get(sheet.turn, [])
        moment = sealed or locked
        if given:
            yield {
                "decision": "orders", "turn": sheet.turn, "at_ms": moment[1],
                "label": ", ".join(order.label for _, order in given),
                "orders": [{"order": key, "label": order.label} for key, order in given],
                "refs": merged([moment[0]], *(mine.shown.refs("order", key) for key, _ in given)),
            }  # fmt: skip


def _signatures(mine: Sight) -> Iterator[Json]:
    for key, text in mine.shown.all(e.OfferSeen, "offer"):
        at = mine.shown.since(e.OfferSeen, "offer", key, lambda now: mine.seat in now.signed)
        if at is not None:
            yield {
                "decision": "signature", "turn": mine.turn_at(at[1]), "at_ms": at[1], "label": text.title or key,
                "orders": [], "refs": [at[0]],
            }  # fmt: skip


def _unopened(items: list[Json], turn: int, at_ms: int) -> Iterator[Json]:
    for one in items:
        opened = one["seats"][0]["opened_ms"]
        fresh = turn - WINDOW <= one["turn"] <= turn and one["at_ms"] < at_ms
        if one["opens"] and fresh and (opened is None or opened > at_ms):
            yield {
                "why": "unopened", "kind": one["kind"], "key": one["key"], "label": one["label"], "holders": [],
                "refs": one["seats"][0]["refs"],
            }  # fmt: skip


def _unread(mine: Sight, said_here: list[tuple[str, e.MessageSeen]], turn: int, at_ms: int) -> Iterator[Json]:
    """Yield one gap for the messages of the turn this seat had not read by then."""
    upto = read_upto(mine, at_ms)
    kinds = {key: room.kind for key, room in mine.shown.all(e.RoomSeen, "room")}
    unread = [
        mine.shown.refs("message", key)[0]
        for key, said in said_here
        if said.at_ms < at_ms and said.seat != mine.seat and kinds.get(said.room) != "press"
        and said.number > upto.get(said.room, 0)
    ]  # fmt: skip
    if unread:
        label = f"{len(unread)} message{'s' if len(unread) > 1 else ''}"
        yield {
            "why": "unread", "kind": "message", "key": str(turn), "label": label, "holders": [],
            "refs": sorted(unread)[-SHOWN:],
        }  # fmt: skip
