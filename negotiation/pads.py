"""Own the shared drafting of a text: several people write its clauses at once and no word is lost.

A pad is a Yjs document with one text a clause, named by the clause's id, merged by the library; this module decides
what may be merged and who writes. Texts are named roots and never values of a map: two people who begin the same
clause at once begin the same text. Checks return a `Refused` value or None; `merged` is total for what was checked.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from pycrdt import Doc, Text

from negotiation.details import WORDING, Detail, Refused, kept
from negotiation.yupdates import Update, read_clocks, read_update

UPDATE_BYTES = 32 << 10
"""Most bytes of one update: a clause pasted whole, in any script, fits several times."""
PAD_BYTES = 64 << 10
"""Most bytes of a merged pad. Deleting is always possible."""
PUBLISH_EDITS = 32
"""Edits after which the merged whole is told anew, so that a first load reads one whole and fewer edits than this."""
PUBLISH_BYTES = 16 << 10
"""Bytes of edits after which it is told anew."""


class Pad(Struct, frozen=True, kw_only=True):
    """The shared writing on a draft (`counter` false), or on one seat's answer to a text on the table.

    `seat` leads it; `editors` may write too, `readers` of a counter may look. `opening` tells it from an earlier one
    of the same key: what was written there never ends up here. `slot` counts the edits since the merged whole was
    told, `unpublished` their bytes.
    """

    offer: str
    seat: str
    counter: bool
    opening: str = ""
    editors: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    merged: bytes = b""
    edits: int = 0
    slot: int = 0
    unpublished: int = 0

    @property
    def key(self) -> str:
        """Return the name of the pad among all pads."""
        return pad_key(self.offer, self.seat if self.counter else "")

    @property
    def named(self) -> tuple[str, ...]:
        """Return the seats that were let in beside the leading one."""
        return tuple(sorted({*self.editors, *self.readers}))


def pad_key(offer: str, counter_of: str) -> str:
    """Return the key of a draft's pad, or of a seat's counter to a text."""
    return f"{offer}@{counter_of}" if counter_of else offer


class _Merge(NamedTuple):
    whole: bytes
    clocks: dict[int, int]
    texts: dict[str, str]


# --- checks -----------------------------------------------------------------------------------
def check_writer(pad: Pad, *, seat: str, opening: str) -> Refused | None:
    """Refuse writing by a seat that only reads, and what was written for an earlier pad of the same key."""
    if seat not in (pad.seat, *pad.editors):
        return Refused("pad.not_editor")
    return None if opening in ("", pad.opening) else Refused("pad.over")


def check_update(pad: Pad, encoded: str, *, clauses: Iterable[str]) -> Refused | None:
    """Refuse what is no update of a pad, builds on what nobody has seen, or makes the pad too large.

    `encoded` is base64. The update is tried on a copy; the pad itself is untouched whatever it holds.
    """
    raw = decoded(encoded)
    if raw is not None and len(raw) > UPDATE_BYTES:
        return Refused("pad.update_too_large", {"limit": UPDATE_BYTES, "size": len(raw)})
    update = None if raw is None else read_update(raw)
    if raw is None or update is None:
        return Refused("pad.malformed")
    known = set(clauses)
    foreign = sorted(update.names - known)
    if foreign:
        return Refused("pad.unknown_clause", {"allowed": tuple(sorted(known))})
    before = _merge(pad.merged, b"")
    if _builds_on_unseen(update, before.clocks):
        return Refused("pad.behind")
    try:
        after = _merge(pad.merged, raw)
    except BaseException as error:  # the library panics on some impossible documents: that is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        return Refused("pad.malformed")
    if after.clocks != _expected(update, before.clocks):  # the library waits for letters it does not know
        return Refused("pad.behind")
    return _check_sizes(pad, update, before, after)


def _check_sizes(pad: Pad, update: Update, before: _Merge, after: _Merge) -> Refused | None:
    for clause, text in sorted(after.texts.items()):
        if len(text) > WORDING and len(text) > len(before.texts.get(clause, "")):
            return Refused("pad.clause_full", {"issue": clause, "limit": WORDING, "over": len(text) - WORDING})
    if update.inserts and len(after.whole) > PAD_BYTES and len(after.whole) > len(pad.merged):
        return Refused("pad.full", {"limit": PAD_BYTES, "size": len(after.whole)})
    return None


def _builds_on_unseen(update: Update, clocks: Mapping[int, int]) -> bool:
    if any(first > clocks.get(client, 0) for client, (first, _) in update.structs.items()):
        return True
    expected = _expected(update, clocks)
    return any(clock + length > expected.get(client, 0) for client, clock, length in update.deletes)


def _expected(update: Update, clocks: Mapping[int, int]) -> dict[int, int]:
    """Return the clocks after an update all of which could be taken in."""
    return {**clocks, **{client: max(end, clocks.get(client, 0)) for client, (_, end) in update.structs.items()}}


# --- changes ----------------------------------------------------------------------------------
def begun(wordings: Mapping[str, str], *, opening: str) -> bytes:
    """Return the merged bytes of a pad that begins with these wordings; the same words give the same bytes.

    `opening` is a hexadecimal name. It is the writer of these words, so that no two pads begin with the same letters.
    """
    doc: Doc[Text] = Doc(client_id=int(opening[:8], 16))
    for clause, wording in sorted(wordings.items()):
        if wording:
            doc.get(clause, type=Text).insert(0, wording)
    return doc.get_update()


def edited(pad: Pad, encoded: str) -> Pad:
    """Return the pad with a checked update merged in."""
    raw = decoded(encoded) or b""
    whole = _merge(pad.merged, raw).whole
    told_anew = pad.slot + 1 >= PUBLISH_EDITS or pad.unpublished + len(raw) > PUBLISH_BYTES
    return replace(
        pad,
        merged=whole,
        edits=pad.edits + 1,
        slot=0 if told_anew else pad.slot + 1,
        unpublished=0 if told_anew else pad.unpublished + len(raw),
    )


def appended(pad: Pad, clause: str, words: str, *, writer: int) -> str:
    """Return the update, in base64, by which a writer of this number adds words at the end of a clause."""
    doc: Doc[Text] = Doc(client_id=writer)
    doc.apply_update(pad.merged)
    before, text = doc.get_state(), doc.get(clause, type=Text)
    text.insert(len(text), words)
    return b64encode(doc.get_update(before)).decode()


def changes(pad: Pad, encoded: str) -> bool:
    """Tell whether a checked update brings anything new: one sent twice does not."""
    return edited(pad, encoded).merged != pad.merged


def wordings(pad: Pad) -> dict[str, str]:
    """Return what each clause says in own words, without those that say nothing."""
    return {clause: text.strip() for clause, text in _merge(pad.merged, b"").texts.items() if text.strip()}


def worded(details: Mapping[str, Detail], pad: Pad | None, *, clauses: Iterable[str]) -> dict[str, Detail]:
    """Return the details of a text with the wording of its clauses taken from its pad, if it has one."""
    if pad is None:
        return dict(details)
    mine, said = set(clauses), wordings(pad)
    spoken = {clause: replace(details.get(clause, Detail()), wording=said.get(clause, "")) for clause in mine}
    return kept({**details, **spoken}, mine)


def decoded(encoded: str) -> bytes | None:
    """Return the bytes of an update, or None if the text is no base64."""
    try:
        return b64decode(encoded, validate=True)
    except (NotBase64, ValueError):
        return None


@lru_cache(maxsize=16)
def _merge(whole: bytes, update: bytes) -> _Merge:
    """Merge on a copy. Deciding and folding ask the same question: the answer is kept for a moment."""
    doc: Doc[Text] = Doc()
    for part in (whole, update):
        if part:
            doc.apply_update(part)
    texts = {name: str(doc.get(name, type=Text)) for name in sorted(doc.keys())}
    return _Merge(doc.get_update(), read_clocks(doc.get_state()), texts)
