"""Texts: every version with its clauses, who did what about it, agreements, obligations, and the bargaining problem."""

from collections.abc import Iterator
from typing import Any

import msgspec

from wargame.aar.data.columns import Row, Table
from wargame.aar.data.rows.shared import EVENT, GAME, LABEL, PERSON, SEAT, TURN, count, flag, many, number, shape, text
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.source import Source
from wargame.aar.seen import deals as seen
from wargame.aar.truth import deals
from wargame.game import events as ev


def texts(source: Source) -> Iterator[Row]:
    """Yield every text as it stood at the end."""
    began = {fact.offer: recorded for recorded, fact in reversed(source.log.of(ev.OfferDrafted))}
    for one in deals.texts(source.log):
        yield source.where(began[one["offer"]]) | {
            "offer": one["offer"], "title": one["title"], "author": one["author"], "parties": one["parties"],
            "status": one["status"], "last_turn": one["turn"], "versions": len(one["versions"]),
            "accepted": one["accepted"], "signed": one["signed"], "venue": one["venue"] or None,
            "ended_by": one["ended_by"] or None, "reason": one["reason"],
        }  # fmt: skip


def texts_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield every text the seat could read, as it last knew it."""
    for one in seen.texts(mine.sight):
        yield {
            "game": mine.game, "seq": max(one["refs"], default=None), "offer": one["offer"], "title": one["title"],
            "parties": one["parties"], "status": one["status"], "last_turn": one["turn"],
            "versions": len(one["versions"]), "accepted": one["accepted"], "signed": one["signed"],
            "venue": one["venue"] or None,
        }  # fmt: skip


def offers(source: Source) -> Iterator[Row]:
    """Yield every version that was put on the table."""
    drafts: dict[str, ev.OfferDrafted] = {}
    number: dict[str, int] = {}
    for recorded in source.log.events:
        match recorded.payload:
            case ev.OfferDrafted() as drafted:
                drafts[drafted.offer] = drafted
            case ev.OfferTabled() as tabled:
                said = drafts[tabled.offer]
                number[tabled.offer] = 1
                yield source.where(recorded) | _version(said, 1, said.author, tabled.details or said.details) | {
                    "person": source.person(recorded)
                }  # fmt: skip
            case ev.OfferCountered() as answer:
                number[answer.offer] += 1
                yield (
                    source.where(recorded)
                    | _version(answer, number[answer.offer], answer.seat, answer.details)
                    | {
                        "person": source.person(recorded),
                        "by": answer.by or None,
                        "ad_referendum": answer.ad_referendum,
                    }
                )
            case _:
                pass


def _version(said: ev.OfferDrafted | ev.OfferCountered, number: int, author: str, details: Any) -> dict[str, Any]:
    return {
        "offer": said.offer, "version": number, "author": author, "levels": said.levels, "note": said.note,
        "details": msgspec.to_builtins(details) or None, "sponsors": list(said.sponsors), "package": said.package,
        "annexes": msgspec.to_builtins(said.annexes) or None, "expires": said.expires,
    }  # fmt: skip


def offers_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the versions the seat could read."""
    for one in seen.texts(mine.sight):
        for version in one["versions"]:
            yield {
                "game": mine.game, "seq": max(version["refs"], default=None), "at_ms": version["at_ms"],
                "turn": version["turn"], "offer": one["offer"], "version": version["version"],
                "author": version["author"], "note": version["note"],
            }  # fmt: skip


def clauses(source: Source) -> Iterator[Row]:
    """Yield what every version says, clause by clause."""
    for one in offers(source):
        details = one["details"] or {}
        for clause in deals.clauses(source.log.case.negotiation, one["levels"]):
            more = details.get(clause["issue"], {})
            yield {
                "game": source.game, "offer": one["offer"], "version": one["version"], "clause": clause["issue"],
                "label": clause["label"], "level": clause["level"], "level_label": clause["level_label"],
                "text": clause["text"], "wording": more.get("wording") or None, "due": more.get("due"),
                "tranches": more.get("tranches"), "verified_by": more.get("verified_by") or None,
                "after": more.get("after") or None, "secret": more.get("secret", False),
                "bracketed": more.get("bracketed", False),
            }  # fmt: skip


def clauses_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield what the versions the seat could read say."""
    for one in seen.texts(mine.sight):
        for version in one["versions"]:
            for clause in version["clauses"]:
                yield {
                    "game": mine.game, "offer": one["offer"], "version": version["version"], "clause": clause["issue"],
                    "label": clause["label"], "level": clause["level"], "level_label": clause["level_label"],
                    "text": clause["text"],
                }  # fmt: skip


_ACTS: dict[type[ev.Payload], str] = {
    ev.OfferAccepted: "accepted", ev.OfferInitialled: "initialled", ev.OfferSigned: "signed",
    ev.OfferParaphrased: "paraphrased", ev.OfferSponsored: "sponsored", ev.OfferRecessed: "recess",
    ev.OfferWalkedOut: "walked_out", ev.OfferCameBack: "came_back", ev.OfferWidened: "widened",
}  # fmt: skip


def acts(source: Source) -> Iterator[Row]:
    """Yield what parties did about a text beyond putting versions on the table."""
    for recorded, fact in source.of(*_ACTS):
        yield source.where(recorded) | {
            "offer": fact.offer, "version": getattr(fact, "version", None), "seat": fact.seat or None,
            "person": source.person(recorded), "by": getattr(fact, "by", "") or None, "act": _ACTS[type(fact)],
            "clause": getattr(fact, "clause", None), "on": getattr(fact, "on", getattr(fact, "stands", None)),
            "venue": getattr(fact, "venue", None), "text": getattr(fact, "text", getattr(fact, "reason", None)),
        }  # fmt: skip
    for recorded, fact in source.of(ev.OfferMarked):
        for clause, mark in sorted(fact.marks.items()):
            yield source.where(recorded) | {
                "offer": fact.offer, "version": fact.version, "seat": fact.seat, "person": source.person(recorded),
                "by": fact.by or None, "act": f"marked_{mark}", "clause": clause,
            }  # fmt: skip
    for recorded, fact in source.log.of(ev.OfferEnded):
        yield source.where(recorded) | {
            "offer": fact.offer, "seat": fact.by or None, "act": fact.how, "text": fact.reason or None,
        }  # fmt: skip


def agreements(source: Source) -> Iterator[Row]:
    """Yield the agreements as they stood at the end of every turn."""
    for turn in source.log.turns:
        for one in () if turn.resolution is None else turn.resolution.agreements:
            yield {
                "game": source.game, "turn": turn.number, "agreement": one.id, "title": one.title,
                "parties": list(one.parties), "venue": one.venue, "form": one.form, "signed_turn": one.turn,
                "status": one.status, "ended_turn": one.ended_turn,
            }  # fmt: skip


def agreements_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the agreements the seat knew of, as it last knew them."""
    for one in seen.agreements(mine.sight):
        yield {
            "game": mine.game, "agreement": one["id"], "title": one["title"], "parties": one["parties"],
            "venue": one["venue"], "form": one["form"], "signed_turn": one["turn"], "status": one["status"],
            "ended_turn": one["ended_turn"],
        }  # fmt: skip


def agreed(source: Source) -> Iterator[Row]:
    """Yield the clauses of every agreement, at the end of the game."""
    played = [turn.resolution for turn in source.log.turns if turn.resolution is not None]
    labels = {issue.id: issue.label for issue in source.log.case.negotiation.deal_issues}
    for one in played[-1].agreements if played else ():
        for clause in one.clauses:
            yield {
                "game": source.game, "agreement": one.id, "clause": clause.issue,
                "label": labels.get(clause.issue, clause.issue), "from_level": clause.from_level,
                "level": clause.level, "secret": clause.secret,
            }  # fmt: skip


def agreed_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the clauses the seat knew of."""
    for one in seen.agreements(mine.sight):
        for clause in one["clauses"]:
            yield {
                "game": mine.game, "agreement": one["id"], "clause": clause["issue"], "label": clause["label"],
                "from_level": clause["from_level"], "level": clause["level"],
            }  # fmt: skip


def obligations(source: Source) -> Iterator[Row]:
    """Yield how it stood with every obligation, in truth, at the end of every turn."""
    for turn in source.log.turns:
        for one in () if turn.resolution is None else turn.resolution.agreements:
            for owed in one.owed:
                yield {
                    "game": source.game, "turn": turn.number, "agreement": one.id, "clause": owed.clause,
                    "side": owed.side or None, "from_level": owed.from_level, "level": owed.level, "due": owed.due,
                    "tranches": owed.tranches, "verified_by": owed.verified_by or None, "detection": owed.detection,
                    "after": owed.after, "reversible": owed.reversible, "secret": owed.secret, "state": owed.state,
                    "since": owed.since, "suspected": list(owed.suspected), "why": owed.why, "rule": owed.rule or None,
                }  # fmt: skip


def choices(source: Source) -> Iterator[Row]:
    """Yield what sides chose about what they owe, and what parties declared about their texts."""
    for recorded, fact in source.of(
        ev.ObligationChosen, ev.AgreementSuspended, ev.AgreementWithdrawn, ev.AgreementReaffirmed
    ):
        yield source.where(recorded) | {
            "agreement": fact.agreement, "clause": getattr(fact, "clause", "") or None, "seat": fact.seat,
            "person": source.person(recorded), "reason": getattr(fact, "reason", None),
            "what": fact.choice if isinstance(fact, ev.ObligationChosen) else recorded.kind.partition(".")[2],
        }  # fmt: skip


def mandates(source: Source) -> Iterator[Row]:
    """Yield who was let deal for whom."""
    for recorded, fact in source.of(ev.MandateGiven, ev.MandateEnded):
        given = isinstance(fact, ev.MandateGiven)
        yield source.where(recorded) | {
            "principal": fact.principal, "seat": fact.seat, "what": "given" if given else "ended",
            "person": source.person(recorded), "offer": (fact.offer or None) if given else None,
            "may": list(fact.may) if given else None, "levels": fact.levels if given else None,
            "note": fact.note if given else None,
        }  # fmt: skip


_OFFER = text("offer", "Id of the text: `texts`.")
_VERSION = count("version", "Number of the version, from 1: `offers`.")
_CLAUSE = text("clause", "Id of the issue or side clause.")
_AGREEMENT = text("agreement", "Id of the agreement: the text it came of.")
TABLES: dict[str, Table] = {
    "texts": Table(
        "Every text as it stood at the end.",
        ("game", "offer"),
        (
            *EVENT, _OFFER, text("title", "What it is called."), text("author", "The seat that began it."),
            many("parties", "Who is to sign."),
            text("status", "draft, tabled, agreed, in_force, lapsed, walked_away ..."),
            count("last_turn", "Turn it last moved in."), count("versions", "Versions that were tabled."),
            many("accepted", "Seats that accept the last."), many("signed", "Seats that signed it."),
            text("venue", "summit, exchange or oral."), text("ended_by", "Who ended it."), text("reason", "Why."),
        ),
        texts,
        texts_seen,
    ),
    "offers": Table(
        "Every version that was put on the table.",
        ("game", "offer", "version"),
        (
            *EVENT, _OFFER, _VERSION, text("author", "The seat that proposes it."), PERSON,
            text("by", "The seat that wrote it for the author."), shape("levels", "Level of every clause."),
            shape("details", "What clauses say beyond their level."), text("note", "The words that went with it."),
            many("sponsors", "Seats invited to stand by it."), flag("package", "To be accepted whole or not at all."),
            shape("annexes", "Papers attached."), count("expires", "Turn with whose end it lapses."),
            flag("ad_referendum", "Its author has not accepted it itself."),
        ),
        offers,
        offers_seen,
    ),
    "clauses": Table(
        "What every version says, clause by clause.",
        ("game", "offer", "version", "clause"),
        (
            GAME, _OFFER, _VERSION, _CLAUSE, LABEL, count("level", "Its level."),
            text("level_label", "What that is called."),
            text("text", "Words of the catalogue."), text("wording", "Own words instead."),
            count("due", "Turn by whose end the first step is due."), count("tranches", "In how many parts."),
            text("verified_by", "Who checks."), text("after", "Clause that has to be carried out first."),
            flag("secret", "Known to the parties alone."), flag("bracketed", "Proposed and not agreed."),
        ),
        clauses,
        clauses_seen,
    ),
    "acts": Table(
        "What parties did about a text beyond putting versions on the table.",
        ("game", "seq", "clause"),
        (
            *EVENT, _OFFER, _VERSION, SEAT, PERSON, text("by", "The seat that acted for it."),
            text("act", "accepted, initialled, signed, paraphrased, marked_accept, marked_bracket, marked_reject ..."),
            _CLAUSE, flag("on", "Whether for or against, where it can be both."), text("venue", "Where it was signed."),
            text("text", "The paraphrase, or the reason."),
        ),
        acts,
    ),
    "agreements": Table(
        "Agreements as they stood at the end of every turn.",
        ("game", "turn", "agreement"),
        (
            GAME, TURN, _AGREEMENT, text("title", "What it is called."), many("parties", "Who signed."),
            text("venue", "summit, exchange or oral."), text("form", "statement, text ..."),
            count("signed_turn", "Turn it was signed in."),
            text("status", "in_force, suspended, notice, or how it ended."),
            count("ended_turn", "Turn it ended in."),
        ),
        agreements,
        agreements_seen,
    ),
    "agreed": Table(
        "The clauses of every agreement.",
        ("game", "agreement", "clause"),
        (
            GAME, _AGREEMENT, _CLAUSE, LABEL, count("from_level", "Level before."), count("level", "Level agreed."),
            flag("secret", "Known to the parties alone."),
        ),
        agreed,
        agreed_seen,
    ),
    "obligations": Table(
        "How it stood with every obligation at the end of every turn, in truth.",
        ("game", "turn", "agreement", "clause"),
        (
            GAME, TURN, _AGREEMENT, _CLAUSE, text("side", "The side that owes it; nothing: a form of the text."),
            count("from_level", "Level before."), count("level", "Level owed."),
            count("due", "Turn of the first step."),
            count("tranches", "In how many parts."), text("verified_by", "Who checks."),
            number("detection", "probability", "Chance a turn that a breach of it is seen."),
            text("after", "Clause it waits for."), flag("reversible", "Whether it can be undone."),
            flag("secret", "Known to the parties alone."),
            text("state", "pending, fulfilled, withheld, late, suspended, breached, struck or ended."),
            count("since", "Turn since when."), many("suspected", "Seats that noticed something this turn."),
            text("why", "Why it last changed."), text("rule", "By which rule."),
        ),
        obligations,
    ),
    "choices": Table(
        "What sides chose about what they owe, and what parties declared about their texts.",
        ("game", "seq"),
        (
            *EVENT, _AGREEMENT, _CLAUSE, SEAT, PERSON,
            text("what", "keep, delay, withhold; suspended, withdrawn, reaffirmed."), text("reason", "Why."),
        ),
        choices,
    ),
    "mandates": Table(
        "Who was let deal for whom.",
        ("game", "seq"),
        (
            *EVENT, text("principal", "The seat it is given by."), SEAT, PERSON, text("what", "given or ended."),
            _OFFER,
            many("may", "What it allows."), shape("levels", "Range of every clause."),
            text("note", "The words with it."),
        ),
        mandates,
    ),
}  # fmt: skip
