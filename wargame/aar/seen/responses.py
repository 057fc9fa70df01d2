"""How long this seat took to open what it was sent, to answer what it was asked, and to seal its sheets."""

from collections.abc import Callable, Iterator
from functools import partial

from wargame.aar.chronicle import Json
from wargame.aar.refs import merged
from wargame.aar.seen.desk import opened_at, sheets
from wargame.aar.seen.sight import FRAME_ROW, Sight
from wargame.aar.truth.responses import summed, waited
from wargame.game import entities as e


def responses(mine: Sight) -> Json:
    """Return what this seat was sent and asked, and how long it took to open and answer it."""
    found = [*_sent(mine), *_texts(mine), *_asked(mine), *_sheets(mine)]
    items = sorted((waited(mine.hours, one) for one in found), key=lambda one: (one["asked_ms"], one["refs"][0]))
    return {"items": items, "seats": summed(items), "refs": [FRAME_ROW]}


def _item(
    mine: Sight, kind: str, key: str, label: str, by: str, turn: int, asked_ms: int, refs: list[int], *,
    opened: tuple[int, int] | None = None, answered: tuple[int, int] | None = None, how: str = "",
) -> Json:  # fmt: skip
    more = [at[0] for at in (opened, answered) if at is not None]
    return {
        "kind": kind, "key": key, "label": label, "seat": mine.seat, "by": by, "turn": turn, "asked_ms": asked_ms,
        "opened_ms": opened[1] if opened else None, "answered_ms": answered[1] if answered else None, "closed_ms": None,
        "expected": "",
        "how": how if answered else "", "refs": merged(refs, more),
    }  # fmt: skip


def _sent(mine: Sight) -> Iterator[Json]:
    shown, seat = mine.shown, mine.seat
    if not mine.by_people:
        return
    for key, inject in shown.all(e.InjectSeen, "inject"):
        if seat in inject.to:
            opened = opened_at(mine, "inject", key)
            refs = shown.refs("inject", key)
            yield _item(mine, "inject", key, inject.title, "", inject.turn, inject.at_ms, refs, opened=opened)
    letters = shown.all(e.LetterSeen, "letter")
    labels = {key: one.label for key, one in shown.all(e.ChannelSeen, "channel")}
    back: dict[str, list[tuple[int, int]]] = {}
    for key, one in letters:
        if one.seat == seat:
            back.setdefault(one.to, []).append((shown.refs("letter", key)[0], one.at_ms))
    for key, one in letters:
        if one.to != seat or one.state != "arrived":
            continue
        came = shown.first_ms("letter", key)
        yield _item(
            mine, "letter", key, labels.get(one.channel, one.channel), one.seat, mine.turn_at(came), came,
            shown.refs("letter", key), opened=opened_at(mine, "letter", key), how="letter",
            answered=next((answer for answer in back.get(one.seat, ()) if answer[1] > came), None),
        )  # fmt: skip
    papers = shown.all(e.PaperSeen, "paper")
    replies = {one.reply_to: (shown.refs("paper", k)[0], one.at_ms) for k, one in papers if one.status == "released"}
    for key, paper in papers:
        if paper.status == "received" and seat in paper.to and not paper.public:
            yield _item(
                mine, "paper", key, paper.ref, paper.seat, paper.turn, shown.first_ms("paper", key),
                shown.refs("paper", key), opened=opened_at(mine, "paper", key), answered=replies.get(key), how="paper",
            )  # fmt: skip


def _texts(mine: Sight) -> Iterator[Json]:
    """Yield versions others put before this seat, with its first step on that text while the version lay there."""
    shown, seat = mine.shown, mine.seat
    offers = dict(shown.all(e.OfferSeen, "offer"))
    versions = sorted(
        ((v.offer, v.version, key, v) for key, v in shown.all(e.OfferVersionSeen, "offer_version") if v.version),
        key=lambda one: one[:2],
    )
    known = {(offer, number): (key, v) for offer, number, key, v in versions}
    for offer, number, key, v in versions:
        text = offers.get(offer)
        if text is None or v.author == seat or seat not in text.parties:
            continue
        answer = known.get((offer, number + 1))
        steps = _steps(mine, text, number)
        if answer is not None and answer[1].author == seat:
            steps.append(((shown.refs("offer_version", answer[0])[0], answer[1].at_ms), "countered"))
        first = min(steps, key=lambda step: step[0][1], default=(None, ""))
        yield _item(
            mine, "text", key, f"{text.title}, version {number}", v.author, v.turn, v.at_ms,
            shown.refs("offer_version", key), answered=first[0], how=first[1],
        )  # fmt: skip


def _steps(mine: Sight, text: e.OfferSeen, number: int) -> list[tuple[tuple[int, int], str]]:
    """Return the seat's own steps on a version: the row and time of each, and what it was."""
    shown, stance = mine.shown, f"{text.id}@{number}:{mine.seat}"
    found = [((n, shown.first_ms("stance", stance)), "marked") for n in shown.refs("stance", stance)]
    if number != text.version:
        return found
    taken: dict[str, Callable[[e.OfferSeen], tuple[str, ...]]] = {
        "accepted": lambda now: now.accepted, "initialled": lambda now: now.initialled,
        "signed": lambda now: now.signed, "walked_out": lambda now: now.out,
    }  # fmt: skip
    for how, seats in taken.items():
        at = shown.since(e.OfferSeen, "offer", text.id, partial(_among, mine.seat, seats))
        if at is not None:
            found.append((at, how))
    return found


def _among(seat: str, seats: Callable[[e.OfferSeen], tuple[str, ...]], now: e.OfferSeen) -> bool:
    return seat in seats(now)


_OVER = ("answered", "declined", "withdrawn")


def _asked(mine: Sight) -> Iterator[Json]:
    shown, seat = mine.shown, mine.seat
    for key, one in shown.all(e.TaskingSeen, "tasking"):
        if one.to == seat:
            end = shown.since(e.TaskingSeen, "tasking", key, lambda now: now.state in _OVER)
            yield _item(
                mine, "request", key, one.ref or one.kind, one.seat, one.turn, one.at_ms,
                shown.told_by("tasking", key)[:1], opened=shown.since(e.TaskingSeen, "tasking", key, lambda t: t.taken),
                answered=end, how=one.state,
            )  # fmt: skip
    for key, question in shown.all(e.ConsentSeen, "consent"):
        if question.to == seat:
            end = shown.since(e.ConsentSeen, "consent", key, lambda now: now.status != "open")
            yield _item(
                mine, "consent", key, question.label, question.seat, question.turn, shown.first_ms("consent", key),
                shown.told_by("consent", key)[:1], answered=end, how=question.status,
            )  # fmt: skip


def _sheets(mine: Sight) -> Iterator[Json]:
    """Yield for each turn the time from its beginning to the seat's own seal on its sheet."""
    begins = {int(turn["turn"]): int(turn["start_ms"]) for turn in mine.turns}
    for sheet, locked, sealed in sheets(mine):
        if sheet.turn in begins:
            key = f"{mine.seat}@{sheet.turn}"
            refs = merged(mine.shown.told_by("sheet", key)[:1], [locked[0]])
            asked_ms = begins[sheet.turn]
            yield _item(
                mine, "orders", key, "Orders", "", sheet.turn, asked_ms, refs, answered=sealed, how="sealed"
            ) | {"closed_ms": None if sealed else locked[1]}  # fmt: skip
