"""How long each seat took: to open injects, letters and papers, to answer texts, requests and consents, to be ready.

A wait runs from the moment a seat was asked to the moment it answered, in hours of play (`hours`): pauses, quiet hours
and the lobby do not count. What was never answered is there too, with the time it stood open.
"""

from collections.abc import Iterable, Iterator
from statistics import median

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.hours import Hours, hours_of
from wargame.aar.refs import merged
from wargame.aar.truth.acts import acts
from wargame.game import events as ev
from wargame.game.events import Recorded

METHOD: Json = {
    "wait": "From being asked to the answer, else to the opening, else as long as it stood open; in hours of play.",
    "median": "Over what was opened or answered; what never was counts for the longest wait alone.",
    "who": "Mail to be opened counts for seats people held; texts, requests and consents for every seat.",
}
"""How the numbers are made, for the page and the documents."""
KINDS = ("inject", "letter", "paper", "text", "request", "consent", "orders", "ready")


def responses(log: Chronicle) -> Json:
    """Return {items, seats}: every wait in the order it began, and each seat's median and longest by kind.

    An item: kind, key, label, seat (who was asked), by (who asked, "" for Control and the clock), turn, asked_ms,
    opened_ms, answered_ms, closed_ms (when no answer counted any more: the phase was over, the version replaced), how
    (what the answer was, "" for none), wait_ms, open (neither opened nor answered), and for an inject `expected`:
    whether what the master list expected of it was seen ("yes", "no", "" where nothing was marked). What is only to be
    opened is there for seats that people held: a bot opens nothing.
    """
    hours = hours_of(log)
    found = [
        *_injects(log), *_letters(log), *_papers(log), *_texts(log), *_requests(log), *_consents(log), *_sheets(log),
        *_ready(log),
    ]  # fmt: skip
    items = sorted((waited(hours, item) for item in found), key=lambda item: (item["refs"][0], item["seat"]))
    return {"items": items, "seats": summed(items), "refs": [log.events[0].seq]}


def waited(hours: Hours, item: Json) -> Json:
    """Return an item with its wait: to the answer, else to the opening, else as long as it stood open."""
    until = item["answered_ms"] or item["opened_ms"]
    item["open"] = until is None
    item["wait_ms"] = hours.between(item["asked_ms"], until or item["closed_ms"] or hours.ends[1])
    return item


def summed(items: Iterable[Json]) -> list[Json]:
    """Return for each seat and kind how many there were, how many were answered, and the median and longest wait."""
    groups: dict[tuple[str, str], list[Json]] = {}
    for item in items:
        groups.setdefault((item["seat"], item["kind"]), []).append(item)
    found = []
    for (seat, kind), mine in sorted(groups.items(), key=lambda one: (one[0][0], KINDS.index(one[0][1]))):
        done = [item["wait_ms"] for item in mine if not item["open"]]
        longest = max(mine, key=lambda item: item["wait_ms"])
        found.append(
            {
                "seat": seat, "kind": kind, "asked": len(mine), "answered": len(done),
                "median_ms": round(median(done)) if done else None, "longest_ms": longest["wait_ms"],
                "refs": longest["refs"],
            }
        )  # fmt: skip
    return found


def item(
    log: Chronicle, kind: str, key: str, label: str, seat: str, by: str, asked: Recorded, *,
    opened: Recorded | None = None, answered: Recorded | None = None, how: str = "",
) -> Json:  # fmt: skip
    """Return one thing a seat was asked or sent, without its wait."""
    refs = merged([asked.seq], [one.seq for one in (opened, answered) if one is not None])
    return {
        "kind": kind, "key": key, "label": label, "seat": seat, "by": by, "turn": log.turn_of[asked.seq],
        "asked_ms": asked.at_ms, "opened_ms": None if opened is None else opened.at_ms,
        "answered_ms": None if answered is None else answered.at_ms, "closed_ms": None, "how": how,
        "expected": "", "refs": refs,
    }  # fmt: skip


def openings(log: Chronicle) -> dict[tuple[str, str, str], Recorded]:
    """Return when each seat first opened each thing: (kind, key, seat) -> the fact."""
    found: dict[tuple[str, str, str], Recorded] = {}
    for recorded, fact in log.of(ev.ItemOpened):
        found.setdefault((fact.kind, fact.key, fact.seat), recorded)
    return found


def held_by_people(log: Chronicle) -> frozenset[str]:
    """Return the seats that somebody ever sat in."""
    return frozenset(fact.seat for kind in (ev.SeatTaken, ev.SeatHandedOver) for _, fact in log.of(kind))


def _injects(log: Chronicle) -> Iterator[Json]:
    undone = {fact.inject for _, fact in log.of(ev.InjectUndone)}
    opened, people = openings(log), held_by_people(log)
    marks = {fact.msel: (recorded, fact.seen) for recorded, fact in log.of(ev.InjectMarked)}
    for recorded, fact in log.of(ev.InjectSent):
        mark, seen = marks.get(fact.msel or "", (None, ""))
        for seat in () if fact.inject in undone else fact.to:
            if seat in people:
                there = opened.get(("inject", fact.inject, seat))
                one = item(log, "inject", fact.inject, fact.title, seat, "", recorded, opened=there)
                yield one | {"expected": seen, "refs": merged(one["refs"], [mark.seq] if mark and seen else [])}


def _letters(log: Chronicle) -> Iterator[Json]:
    """Yield letters that arrived, answered by the next one the other way."""
    sent = {fact.letter: fact for _, fact in log.of(ev.LetterSent)}
    opened, labels = openings(log), {channel.id: channel.label for channel in log.case.channels}
    back: dict[tuple[str, str], list[tuple[Recorded, str]]] = {}
    for recorded, fact in log.of(ev.LetterSent):
        back.setdefault((fact.seat, fact.to), []).append((recorded, fact.letter))
    people = held_by_people(log)
    for recorded, arrived in log.of(ev.LetterArrived):
        fact = sent.get(arrived.letter)
        if fact is None or fact.to not in people:
            continue
        answers = back.get((fact.to, fact.seat), ())
        answer = next((one for one, _ in answers if one.seq > recorded.seq), None)
        yield item(
            log, "letter", fact.letter, labels.get(fact.channel, fact.channel), fact.to, fact.seat, recorded,
            opened=opened.get(("letter", fact.letter, fact.to)), answered=answer, how="letter" if answer else "",
        )  # fmt: skip


def _papers(log: Chronicle) -> Iterator[Json]:
    """Yield papers that went out to named addressees, answered by a paper written in reply to them."""
    drafts = {fact.paper: fact for _, fact in log.of(ev.PaperDrafted)}
    to = {key: fact.to for key, fact in drafts.items()}
    to.update({fact.paper: fact.to for _, fact in log.of(ev.PaperEdited)})
    opened, people = openings(log), held_by_people(log)
    replies: dict[tuple[str, str], Recorded] = {}
    for recorded, fact in log.of(ev.PaperReleased):
        draft = drafts.get(fact.paper)
        if draft is not None and draft.reply_to:
            replies.setdefault((draft.reply_to, draft.seat), recorded)
    for recorded, fact in log.of(ev.PaperReleased):
        draft = drafts.get(fact.paper)
        for seat in () if draft is None or fact.public else sorted(people & set(to[fact.paper])):
            answer = replies.get((fact.paper, seat))
            yield item(
                log, "paper", fact.paper, fact.ref, seat, draft.seat if draft else "", recorded,
                opened=opened.get(("paper", fact.paper, seat)), answered=answer, how="paper" if answer else "",
            )  # fmt: skip


_STEPS: dict[type[ev.Payload], str] = {
    ev.OfferCountered: "countered", ev.OfferMarked: "marked", ev.OfferAccepted: "accepted",
    ev.OfferInitialled: "initialled", ev.OfferSigned: "signed", ev.OfferWalkedOut: "walked_out",
}  # fmt: skip


def _texts(log: Chronicle) -> Iterator[Json]:
    """Yield each version on the table for each other party, answered by its first step on that text."""
    drafts: dict[str, ev.OfferDrafted] = {}
    waiting: dict[str, dict[str, Json]] = {}
    versions: dict[str, int] = {}
    for recorded in log.events:
        fact = recorded.payload
        offer = str(getattr(fact, "offer", ""))
        if isinstance(fact, ev.OfferDrafted):
            drafts[offer] = fact
        elif type(fact) in _STEPS or (isinstance(fact, ev.OfferEnded) and fact.how == "walked_away"):
            seat = fact.by if isinstance(fact, ev.OfferEnded) else str(getattr(fact, "seat", ""))
            asked = waiting.get(offer, {}).pop(seat, None)
            if asked is not None:
                how = "walked_away" if isinstance(fact, ev.OfferEnded) else _STEPS[type(fact)]
                yield asked | {"answered_ms": recorded.at_ms, "how": how, "refs": [*asked["refs"], recorded.seq]}
        if isinstance(fact, ev.OfferEnded):
            yield from _closed(waiting.pop(offer, {}), recorded)
        if isinstance(fact, ev.OfferTabled | ev.OfferCountered) and offer in drafts:
            yield from _closed(waiting.get(offer, {}), recorded)
            versions[offer] = versions.get(offer, 0) + 1
            draft, author = drafts[offer], getattr(fact, "seat", "") or drafts[offer].author
            label = f"{draft.title or offer}, version {versions[offer]}"
            key = f"{offer}@{versions[offer]}"
            parties = (seat for seat in draft.parties if seat != author)
            waiting[offer] = {s: item(log, "text", key, label, s, author, recorded) for s in parties}
    for offer in sorted(waiting):
        yield from waiting[offer].values()


def _closed(waiting: dict[str, Json], recorded: Recorded) -> Iterator[Json]:
    """Yield what nobody can answer any more; what was answered in time stays as it is."""
    for one in waiting.values():
        yield one if one["answered_ms"] is not None else one | {"closed_ms": recorded.at_ms}


def _requests(log: Chronicle) -> Iterator[Json]:
    """Yield requests and taskings to seats; taking one on counts as opening it."""
    taken = {fact.tasking: recorded for recorded, fact in log.of(ev.TaskingTaken)}
    closed = {fact.tasking: (recorded, fact.how) for recorded, fact in log.of(ev.TaskingClosed)}
    for recorded, fact in log.of(ev.TaskingAsked):
        one = fact.tasking
        end, how = closed.get(one.id, (None, ""))
        if one.to in log.case.seat:
            yield item(
                log, "request", one.id, one.ref or one.kind, one.to, one.seat, recorded, opened=taken.get(one.id),
                answered=end, how=how,
            )  # fmt: skip


def _consents(log: Chronicle) -> Iterator[Json]:
    ends: dict[str, tuple[Recorded, str]] = {fact.request: (r, "withdrawn") for r, fact in log.of(ev.ConsentWithdrawn)}
    ends |= {fact.request: (r, "given" if fact.given else "refused") for r, fact in log.of(ev.ConsentAnswered)}
    locks = [recorded for recorded, _ in log.of(ev.OrdersLocked)]
    for recorded, fact in log.of(ev.ConsentAsked):
        move = log.case.move.get(fact.move)
        label = fact.move if move is None else move.text.order
        end, how = ends.get(fact.request, (None, ""))
        lock = next((one for one in locks if one.seq > recorded.seq), None)
        asked = item(log, "consent", fact.request, label, fact.to, fact.seat, recorded, answered=end, how=how)
        yield asked | {"closed_ms": None if lock is None or end is not None else lock.at_ms}


def _sheets(log: Chronicle) -> Iterator[Json]:
    """Yield for each turn and seat that ever acted the time from when orders could be written to its sealed sheet."""
    writing = {phase.id for phase in log.created.phases if phase.orders}
    played = sorted({act.seat for act in acts(log)})
    here: dict[str, Json] = {}
    turn = 0
    for recorded in log.events:
        fact = recorded.payload
        if isinstance(fact, ev.PhaseEntered) and fact.phase in writing and fact.turn != turn:
            turn = fact.turn
            here = {seat: item(log, "orders", str(turn), "Orders", seat, "", recorded) for seat in played}
        elif isinstance(fact, ev.OrdersSubmitted) and fact.seat in here:
            one = here[fact.seat]
            one |= {"answered_ms": recorded.at_ms, "how": "sealed", "refs": [one["refs"][0], recorded.seq]}
        elif isinstance(fact, ev.OrdersReopened) and fact.seat in here:
            here[fact.seat] |= {"answered_ms": None, "how": ""}
        elif isinstance(fact, ev.OrdersLocked | ev.GameEnded):
            late = fact.late if isinstance(fact, ev.OrdersLocked) else ()
            for seat, one in here.items():
                one["how"] = "late" if seat in late and not one["how"] else one["how"]
            yield from _closed(here, recorded)
            here = {}
    yield from here.values()


def _ready(log: Chronicle) -> Iterator[Json]:
    """Yield each time a seat said that it was ready, from the beginning of the phase."""
    labels = {phase.id: phase.label for phase in log.case.phases}
    phase: tuple[Recorded, ev.PhaseEntered] | None = None
    said: set[str] = set()
    for recorded in log.events:
        fact = recorded.payload
        if isinstance(fact, ev.PhaseEntered):
            phase, said = (recorded, fact), set()
        elif isinstance(fact, ev.SeatReadied) and fact.ready and phase is not None and fact.seat not in said:
            said.add(fact.seat)
            key, label = f"{phase[1].turn}:{phase[1].phase}", labels.get(phase[1].phase, phase[1].phase)
            yield item(log, "ready", key, label, fact.seat, "", phase[0], answered=recorded, how="ready")
