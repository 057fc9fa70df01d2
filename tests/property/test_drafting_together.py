"""Two to four people write in one pad over lines that drop, double and reorder: they end with one text, all of it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiation import pads
from negotiation.yupdates import read_update
from tests.support.drafting import Writer

CLAUSES = ("test", "sec")
SCRIPTS = ("wort", "한국어", "العربية", "🕊️👩‍👩‍👧", "e\u0301")
OPENING = "5eed"


@dataclass
class Author:
    """One browser: what it wrote and the server has not taken, in order, and what it has heard."""

    writer: Writer
    unsent: list[str] = field(default_factory=list)
    told: int = 0


@dataclass
class Room:
    """The server's pad and its authors. `edits` is the feed: parts of it come early or twice, in the end all of it."""

    pad: pads.Pad
    authors: list[Author]
    edits: list[str] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)

    def write(self, who: int, clause: str, at: int, script: str) -> None:
        author = self.authors[who]
        # A word nobody else writes and nobody can cut in two: it stands between spaces and is never a part of another.
        word = f"<{who}.{len(self.written)}.{script}>"
        author.unsent.append(author.writer.write(clause, self._between(author, clause, at), word))
        self.written.append((clause, word))

    def cut(self, who: int, clause: str, which: int) -> None:
        """Delete one whole word that stands there now."""
        author = self.authors[who]
        words = self._words(author.writer.read(clause))
        if words:
            at, word = words[which % len(words)]
            author.unsent.append(author.writer.cut(clause, at, len(word)))
            self.written.remove((clause, word)) if (clause, word) in self.written else None

    def send(self, who: int, *, twice: bool) -> None:
        """Send the oldest edit; a line that broke after it arrived sends it again."""
        author = self.authors[who]
        if not author.unsent:
            return
        for _ in range(1 + twice):
            update = author.unsent[0]
            assert pads.check_update(self.pad, update, clauses=CLAUSES) is None
            if pads.changes(self.pad, update):
                self.pad = pads.edited(self.pad, update)
                self.edits.append(update)
        author.unsent.pop(0)

    def hear(self, who: int, pick: int) -> None:
        """Hear any edit there is: the next, an old one again, or one before its time."""
        if self.edits:
            self.authors[who].writer.hear(self.edits[pick % len(self.edits)])

    @staticmethod
    def _words(text: str) -> list[tuple[int, str]]:
        found, at = [], 0
        while (start := text.find("<", at)) >= 0:
            at = text.find(">", start) + 1
            found.append((start, text[start:at]))
        return found

    def _between(self, author: Author, clause: str, at: int) -> int:
        ends = [0, *(start + len(word) for start, word in self._words(author.writer.read(clause)))]
        return ends[at % len(ends)]


STEP = st.one_of(
    st.tuples(
        st.just("write"), st.integers(0, 3), st.sampled_from(CLAUSES), st.integers(0, 40), st.sampled_from(SCRIPTS)
    ),
    st.tuples(st.just("cut"), st.integers(0, 3), st.sampled_from(CLAUSES), st.integers(0, 40)),
    st.tuples(st.just("send"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("hear"), st.integers(0, 3), st.integers(0, 60)),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people=st.integers(2, 4), steps=st.lists(STEP, min_size=5, max_size=60))
def test_whoever_writes_in_whatever_order_all_end_with_one_text_and_no_word_is_lost(people: int, steps: list) -> None:  # type: ignore[type-arg]
    begun = pads.begun({"test": "<as.it.was>"}, opening=OPENING)
    whole = b64encode(begun).decode()
    pad = pads.Pad(offer="o", seat="potus", counter=False, opening=OPENING, merged=begun)
    room = Room(
        pad, [Author(Writer(100 + number, whole)) for number in range(people)], written=[("test", "<as.it.was>")]
    )
    for kind, person, *rest in steps:
        who = person % people
        match kind:
            case "write":
                room.write(who, *rest)
            case "cut":
                room.cut(who, *rest)
            case "send":
                room.send(who, twice=rest[0])
            case "hear":
                room.hear(who, *rest)
    for who in range(people):
        while room.authors[who].unsent:
            room.send(who, twice=False)
    newcomer = Writer(999, b64encode(room.pad.merged).decode())
    for author in room.authors:
        for update in room.edits:  # the feed: whatever came before its time or twice, at last all of it in order
            author.writer.hear(update)
    for clause in CLAUSES:
        texts = {author.writer.read(clause) for author in room.authors}
        assert texts == {newcomer.read(clause)}
        found = [word for _, word in room._words(newcomer.read(clause))]
        assert sorted(found) == sorted(word for where, word in room.written if where == clause)


def _damaged(at: int, byte: int, cut: int) -> bytes:
    """Return a real update with one byte changed and a few dropped."""
    from base64 import b64decode

    whole = bytearray(b64decode(Writer(3).write("test", 0, "Real words, 한국어.")))
    whole[at % len(whole)] = byte
    return bytes(whole[: len(whole) - cut])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.builds(_damaged, st.integers(0, 200), st.integers(0, 255), st.integers(0, 3)))
def test_no_bytes_whatever_break_the_reading_or_the_pad(raw: bytes) -> None:
    pad = pads.Pad(
        offer="o", seat="potus", counter=False, opening=OPENING, merged=pads.begun({"test": "Kept."}, opening=OPENING)
    )
    refused = pads.check_update(pad, b64encode(raw).decode(), clauses=CLAUSES)
    if refused is None:
        assert read_update(raw) is not None
        after = pads.edited(pad, b64encode(raw).decode())
        again = pads.Pad(offer="o", seat="potus", counter=False, opening=OPENING, merged=after.merged)
        assert pads.wordings(again) == pads.wordings(after)
    assert pads.wordings(pad) == {"test": "Kept."}
