"""What each person did, for whoever has to grade them: everything they wrote, ordered, signed, read and expected.

Owns the reading of the log by person: only what a person did with their own hands in a seat, with their own words in
full. What Control did or said in somebody's place is not theirs, nor is what a bot did in their seat. It grades
nothing.
"""

from collections.abc import Iterator, Mapping

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.truth import journals, participation
from wargame.aar.truth.deals import clauses
from wargame.game import events as ev
from wargame.game.events import Recorded

SECTIONS = ("wrote", "ordered", "table", "read")
"""What a pack holds, in this order."""


def evidence(log: Chronicle) -> list[Json]:
    """Return a pack for everybody who ever sat in a seat, in the order they came.

    A pack: person, display, seats (with from and until), counts, silence, and rows by section with turn, at_ms, refs:
    `wrote` {kind, where, to, text}, `ordered` {order, seat, label, rationale, expects, status, moved}, `table` {what,
    title, version, text}, `read` {kind, label}.
    """
    packs = {
        row["person"]: row | {name: list[Json]() for name in SECTIONS}
        for row in participation.participation(log)["people"]
        if row["seats"]
    }
    known = _Known(log)
    for recorded in log.events:
        pack = packs.get(recorded.actor.person)
        if pack is None or recorded.actor.kind != "person" or recorded.actor.role == "control":
            continue
        for section, row in known.rows(recorded):
            when = {"turn": log.turn_of[recorded.seq], "at_ms": recorded.at_ms, "refs": [recorded.seq]}
            pack[section].append(when | row)
    for entry in journals.journals(log):
        if entry["person"] in packs:
            packs[entry["person"]]["ordered"].append(entry)
    return list(packs.values())


class _Known:
    """Names of what acts refer to: rooms, channels, papers, texts, injects."""

    def __init__(self, log: Chronicle) -> None:
        """Read once what things are called."""
        self.log = log
        self.channels = {channel.id: channel.label for channel in log.case.channels}
        self.titles = {fact.offer: fact.title for _, fact in log.of(ev.OfferDrafted)}
        self.versions: dict[str, int] = {}
        self.papers: dict[str, ev.PaperDrafted] = {fact.paper: fact for _, fact in log.of(ev.PaperDrafted)}
        self.refs: dict[str, str] = {fact.paper: fact.ref for _, fact in log.of(ev.PaperReleased)}
        self.injects = {fact.inject: fact.title for _, fact in log.of(ev.InjectSent)}
        self.letters = {fact.letter: self.channels.get(fact.channel, fact.channel) for _, fact in log.of(ev.LetterSent)}

    def rows(self, recorded: Recorded) -> Iterator[tuple[str, Json]]:
        """Yield what one fact adds to the pack of whoever did it: the section and the row."""
        fact = recorded.payload
        yield from (("wrote", row) for row in self._wrote(fact))
        yield from (("table", row) for row in self._table(fact))
        if isinstance(fact, ev.ItemOpened):
            yield "read", {"kind": fact.kind, "label": self._label(fact.kind, fact.key)}

    def _wrote(self, fact: ev.Payload) -> Iterator[Json]:
        match fact:
            case ev.MessagePosted(spoken_by="", held="") | ev.MessageHeld(spoken_by=""):
                room = self.log.rooms.get(fact.room)
                to = [] if room is None else [seat for seat in room.seats if seat != fact.seat]
                yield _words("message", "" if room is None else room.title, to, fact.text)
            case ev.LetterSent():
                yield _words("letter", self.channels.get(fact.channel, fact.channel), [fact.to], fact.text)
            case ev.PaperDrafted():
                text = "\n".join(f"{name}: {words}" for name, words in fact.fields.items() if words)
                yield _words("paper", self._paper(fact.paper), list(fact.to), text)
            case ev.PaperEdited():
                text = "\n".join(f"{one.field}: {one.after}" for one in fact.changes)
                yield _words("edit", self._paper(fact.paper), list(fact.to), text)
            case ev.PaperReturned():
                yield _words("return", self._paper(fact.paper), [], fact.reason)
            case ev.StatementMeant():
                yield _words("meaning", self._paper(fact.paper), [], fact.text)
            case ev.StatementWasRead():
                yield _words("reading", self._paper(fact.paper), [], fact.text)
            case ev.EstimateBriefed():
                variable = self.log.case.variable.get(fact.reading.variable)
                label = fact.reading.variable if variable is None else variable.label
                yield _words("briefing", label, list(fact.to), fact.note)
            case ev.TaskingAsked():
                yield _words("request", fact.tasking.ref, [fact.tasking.to], fact.tasking.text)
            case ev.TaskingClosed(how="answered") | ev.TaskingClosed(how="declined"):
                yield _words("answer", fact.how, [], fact.text)
            case ev.FreeMoveArgued():
                yield _words("argument", fact.side, [], fact.text)
            case ev.AppealLodged():
                yield _words("appeal", fact.label, [], fact.text)
            case ev.ConsentAnswered():
                yield _words("consent", "given" if fact.given else "refused", [], fact.note)
            case _:
                pass

    def _table(self, fact: ev.Payload) -> Iterator[Json]:
        match fact:
            case ev.OfferDrafted():
                yield self._text("drafted", fact.offer, 0, fact.note, fact.levels)
            case ev.OfferTabled():
                self.versions[fact.offer] = self.versions.get(fact.offer, 0) + 1
                yield self._text("tabled", fact.offer, self.versions[fact.offer], "", None)
            case ev.OfferCountered():
                self.versions[fact.offer] = self.versions.get(fact.offer, 0) + 1
                yield self._text("countered", fact.offer, self.versions[fact.offer], fact.note, fact.levels)
            case ev.OfferAccepted():
                yield self._text("accepted", fact.offer, fact.version, "", None)
            case ev.OfferInitialled():
                yield self._text("initialled", fact.offer, 0, "", None)
            case ev.OfferSigned():
                yield self._text("signed", fact.offer, fact.version, fact.venue, None)
            case ev.OfferWalkedOut():
                yield self._text("walked out", fact.offer, 0, fact.reason, None)
            case ev.OfferParaphrased():
                issue = self.log.case.negotiation.deal_issue.get(fact.clause)
                label = fact.clause if issue is None else issue.label
                yield self._text("paraphrased", fact.offer, fact.version, f"{label}: {fact.text}", None)
            case _:
                pass

    def _text(self, what: str, offer: str, version: int, words: str, levels: Mapping[str, int] | None) -> Json:
        said = "; ".join(f"{c['label']}: {c['level_label']}" for c in clauses(self.log.case.negotiation, levels or {}))
        return {
            "what": what, "title": self.titles.get(offer, offer), "version": version,
            "text": "\n".join(part for part in (words, said) if part),
        }  # fmt: skip

    def _paper(self, paper: str) -> str:
        if paper in self.refs:
            return self.refs[paper]
        drafted = self.papers.get(paper)
        return paper if drafted is None else drafted.template

    def _label(self, kind: str, key: str) -> str:
        known = {"inject": self.injects, "letter": self.letters}.get(kind, {})
        return known.get(key) or (self._paper(key) if kind == "paper" else key)


def _words(kind: str, where: str, to: list[str], text: str) -> Json:
    return {"kind": kind, "where": where, "to": to, "text": text}
