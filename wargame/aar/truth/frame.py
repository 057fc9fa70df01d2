"""The frame of a report: the game, its turns and seats, the timeline by team, and every step in one line."""

from typing import Any

from adjudication.agreed import IN_FORCE
from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged, of_order, settled
from wargame.aar.truth.deals import is_signed, texts
from wargame.aar.words import line, move_name, seat_name
from wargame.game import engine
from wargame.game import events as ev

SEVERITIES = {
    "de": "eases",
    "sq": "neutral",
    "po": "raises",
    "nv": "raises_sharply",
    "vi": "raises_sharply",
    "nu": "raises_sharply",
}
CONTROL_LANE = "CTL"


def game(log: Chronicle) -> Json:
    """Return what game this was."""
    created, ended = log.created, log.ended
    started = log.of(ev.GameStarted)
    return {
        "id": log.identity.game, "title": log.identity.title, "case_title": created.case_title,
        "turns": created.last_turn - created.first_turn + 1,
        "turns_played": sum(turn.resolution is not None for turn in log.turns),
        "status": "running" if ended is None else "ended",
        "ended_reason": "" if ended is None else ended.payload.reason,  # type: ignore[attr-defined]
        "started_ms": started[0][0].at_ms if started else log.events[0].at_ms,
        "ended_ms": None if ended is None else ended.at_ms, "style": created.style, "preset": created.preset,
        "strain": log.case.interaction.variable,
    }  # fmt: skip


def cards(log: Chronicle) -> list[Json]:
    """Return the hidden cards of the game as they lay: what nobody was told."""
    lay = engine.cards(log.case, log.created.world)
    made = log.of(ev.GameCreated)[0][0].seq
    return [{"id": c.card, "label": c.label, "outcome": c.outcome, "text": c.text, "refs": [made]} for c in lay]


def turns(log: Chronicle) -> list[Json]:
    """Return the turns that were opened, with their span in the log."""
    return [
        {
            "turn": t.number, "label": t.label, "game_date": t.game_date, "start_ms": t.start_ms, "end_ms": t.end_ms,
            "first_seq": t.first_seq, "last_seq": t.last_seq,
        }
        for t in log.turns
    ]  # fmt: skip


def rewinds(log: Chronicle) -> list[Json]:
    """Return each time Control took the game back, why, and to which turn, as everybody was told."""
    return [
        {
            "at_ms": recorded.at_ms,
            "turn": turn,
            "reason": getattr(recorded.payload, "reason", ""),
            "refs": [recorded.seq],
        }
        for recorded, turn in log.rewound
    ]


def seats(log: Chronicle) -> list[Json]:
    """Return the seats and who held them at any time."""
    people: dict[str, list[str]] = {seat.id: [] for seat in log.case.seats}
    bots = {seat.id for seat in log.created.seats if seat.policy}
    for _, taken in log.of(ev.SeatTaken):
        name = log.names.get(taken.person, "")
        if name and name not in people.setdefault(taken.seat, []):
            people[taken.seat].append(name)
    glyphs = {team.id: team.glyph for team in log.case.teams}
    pairs = {team.id: team.pair for team in log.case.teams}
    return [
        {
            "id": s.id, "label": s.label, "short": s.short or s.label, "team": s.team, "pair": pairs[s.team],
            "glyph": s.glyph or glyphs.get(s.team, "circle"), "people": people[s.id],
            "bot": s.id in bots and not people[s.id],
        }
        for s in log.case.seats
    ]  # fmt: skip


def lanes(log: Chronicle) -> list[Json]:
    """Return one lane a team, Control's last."""
    teams = sorted(log.case.teams, key=lambda team: team.id == CONTROL_LANE)
    return [
        {
            "id": team.id, "label": team.label, "glyph": team.glyph, "team": team.id, "pair": team.pair,
            "seats": [seat.id for seat in log.case.seats if seat.team == team.id],
        }
        for team in teams
    ]  # fmt: skip


def timeline(log: Chronicle) -> list[Json]:
    """Return what a reader sees at a glance: moves as carried out, texts, injects, rulings and events."""
    marks: list[Json] = []
    undone = {fact.inject for _, fact in log.of(ev.InjectUndone)}
    for recorded, fact in ((r, r.payload) for r in log.events):
        match fact:
            case ev.TurnResolved():
                marks += _of_resolution(log, recorded)
            case ev.InjectSent() if fact.inject not in undone:
                marks.append(
                    _mark(log, recorded, "inject", CONTROL_LANE, None, "neutral", fact.title, fact.text, fact.inject)
                )
            case ev.GameRewound():
                marks.append(
                    _mark(log, recorded, "ruling", CONTROL_LANE, None, "neutral", "Taken back", fact.reason, "")
                )
            case ev.RulingMade():
                marks.append(
                    _mark(log, recorded, "ruling", CONTROL_LANE, None, "neutral", "Ruling", fact.reason, fact.ruling)
                )
            case ev.OfferTabled() | ev.OfferCountered() | ev.OfferSigned() | ev.OfferEnded():
                text = line(log, fact) or ""
                seat = getattr(fact, "seat", None) or fact.offer.partition(":")[0]
                label = {"offer.ended": "Text leaves the table"}.get(
                    recorded.kind, recorded.kind.replace("offer.", "Text ")
                )
                marks.append(_mark(log, recorded, "text", _lane(log, seat), seat, "eases", label, text, fact.offer))
    return sorted(marks, key=lambda mark: (mark["seq"], mark["frac"]))


def _of_resolution(log: Chronicle, recorded: ev.Recorded) -> list[Json]:
    turn = log.turn(log.turn_of[recorded.seq])
    if turn is None or turn.resolution is None:
        return []
    result, marks = turn.resolution, []
    for order in result.orders:
        if order.status in ("blocked", "cancelled"):
            continue
        move = log.case.move.get(order.move)
        severity = SEVERITIES.get(move.severity if move else "sq", "neutral")
        label = move_name(log, order.move)
        text = f"{seat_name(log, order.seat)}: {label} ({order.status})."
        mark = _mark(log, recorded, "move", _lane(log, order.seat), order.seat, severity, label, text, order.id)
        marks.append(mark | {"refs": of_order(log, order.id, result.turn)})
    for free in result.free:
        severity = SEVERITIES.get(free.severity, "neutral") if free.status != "failed" else "neutral"
        text = f"{seat_name(log, free.seat)}: {free.title} ({free.status})."
        mark = _mark(log, recorded, "move", _lane(log, free.seat), free.seat, severity, free.title, text, free.id)
        marks.append(mark | {"refs": of_order(log, free.id, result.turn)})
    if result.summit is not None:
        label = {"statement": "Summit: statement", "text": "Summit: text", "walk_away": "Summit: no agreement"}[
            result.summit.result
        ]
        severity = "raises" if result.summit.result == "walk_away" else "eases"
        host = _lane(log, next(iter(log.case.principals.values())))
        marks.append(_mark(log, recorded, "summit", host, None, severity, label, label, ""))
    for event in result.happenings:
        severity = "raises_sharply" if event.kind in ("clash", "war", "break") else "neutral"
        label = _short(event.text) or event.kind.replace("_", " ")
        marks.append(_mark(log, recorded, "event", CONTROL_LANE, None, severity, label, event.text, event.rule))
    for place, mark in enumerate(marks):
        mark["frac"] = round(0.5 + 0.45 * (place + 1) / (len(marks) + 1), 4)
    return marks


def _short(text: str, most: int = 48) -> str:
    """Return the beginning of a sentence, for a mark that has room for a few words."""
    words = text.rstrip(".")
    return words if len(words) <= most else words[: most - 1].rstrip() + "\u2026"


def _lane(log: Chronicle, seat: str | None) -> str:
    found = log.case.seat.get(seat or "")
    return CONTROL_LANE if found is None else found.team


def _mark(
    log: Chronicle, recorded: ev.Recorded, kind: str, lane: str, seat: str | None, severity: str, label: str,
    text: str, ref: str,
) -> dict[str, Any]:  # fmt: skip
    number = log.turn_of[recorded.seq]
    turn = log.turn(number)
    span = 1 if turn is None else max(1, turn.last_seq - turn.first_seq + 1)
    frac = 0.0 if turn is None else round((recorded.seq - turn.first_seq) / span, 4)
    return {
        "seq": recorded.seq, "at_ms": recorded.at_ms, "turn": number, "frac": frac, "lane": lane, "seat": seat,
        "kind": kind, "severity": severity, "label": label, "text": text, "ref": ref,
        "refs": [recorded.seq],
    }  # fmt: skip


def steps(log: Chronicle) -> list[Json]:
    """Return every event worth a stop, in one line."""
    found = []
    for recorded in log.events:
        text = line(log, recorded.payload)
        if text is not None:
            found.append(
                {
                    "seq": recorded.seq,
                    "at_ms": recorded.at_ms,
                    "turn": log.turn_of[recorded.seq],
                    "text": text,
                    "refs": [recorded.seq],
                }
            )
    return found


def headline(log: Chronicle) -> Json:
    """Return the game in two sentences made from its numbers."""
    played = [turn for turn in log.turns if turn.resolution is not None and turn.after is not None]
    if not played:
        deck = "No outcome was released."
        return {"title": "No turn was resolved", "deck": deck, "refs": [log.events[-1].seq]}
    last = played[-1].resolution
    assert last is not None
    summits = [t.resolution.summit for t in played if t.resolution is not None and t.resolution.summit is not None]
    in_force = [a for a in last.agreements if a.status in IN_FORCE]
    if last.war:
        title = "The crisis became a war"
    elif any(a.form == "text" for a in in_force):
        title = "A negotiated text is in force"
    elif summits and not in_force:
        title = "Leaders met, and nothing they signed is in force"
    elif in_force:
        title = "A statement of principles is what remains"
    else:
        title = "No agreement was reached" if log.ended is not None else "No agreement was reached so far"
    refs = merged(settled(log, *(turn.number for turn in played)), [r.seq for r, _ in log.of(ev.OfferSigned)])
    return {"title": title, "deck": _deck(log, played, len(summits)), "refs": refs}


def _deck(log: Chronicle, played: list[Any], summits: int) -> str:
    lead = next((v for v in log.case.variables if v.headline), log.case.variables[0])
    path = [(turn.label, float(turn.after["values"][lead.id])) for turn in played]
    top = max(path, key=lambda at: at[1])
    known = [text for text in texts(log) if text["versions"]]
    tabled, signed = len(known), sum(is_signed(text) for text in known)
    if log.ended is None:
        stands = "and is there so far" if top == path[-1] else f"and stands at {path[-1][1]:.0f} so far"
    else:
        stands = "and was there at the end" if top == path[-1] else f"and ended at {path[-1][1]:.0f}"
    met = f"Meetings of leaders: {summits}. " if log.case.summit is not None else ""
    return f"{lead.label} peaked at {top[1]:.0f} in {top[0]} {stands}. {met}Texts tabled: {tabled}, signed: {signed}."
