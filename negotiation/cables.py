"""Own the life of one paper and of one tasking: drafted, cleared step by step, released; asked, taken, answered.

A paper is cleared by steps: all seats of a step clear before the next is asked. An edit re-opens every clearance that
was given to another text: those of the editor's own step and of all steps after it, so that nothing is released which
those who cleared it last have not read. Checks return a `Refused` value or None; changes return new values and check
nothing, so that a recorded change can always be applied again. Which seats are held, who holds the pen and what a
template asks for is told by the caller.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from negotiation.offers import Refused

PaperStatus = Literal["draft", "in_clearance", "cleared", "returned"]
StepState = Literal["waiting", "asked", "cleared", "vacant"]
TaskingKind = Literal["rfi", "tasking"]
TaskingState = Literal["open", "taken", "answered", "declined", "withdrawn"]

ADDRESSEES = "to"
"""The name under which a change of the addressees is tracked beside the fields."""
CONTROL = "control"
EDITS_A_PAPER = 24
"""Most tracked changes of one paper; one that needs more is written anew."""
MARKS = ("seat", "to", "turn", "n")
"""What a pattern of reference numbers may name."""
_MARK = re.compile(r"\{(\w+)(?::0?(\d))?\}")


class Clearance(Struct, frozen=True, kw_only=True):
    """Where one seat of a step stands. `again`: it had cleared an earlier text. `vacant`: nobody held it when asked."""

    seat: str
    state: StepState = "waiting"
    note: str = ""
    again: bool = False


class Change(Struct, frozen=True, kw_only=True):
    """A tracked change of one field."""

    seat: str
    field: str
    before: str
    after: str


Steps = tuple[tuple[Clearance, ...], ...]


class Paper(Struct, frozen=True, kw_only=True):
    """A paper that has not gone out. `version` counts its texts; `readers` are the seats that were ever asked.

    `meant`: its drafter has recorded what it is to signal.
    """

    id: str
    template: str
    seat: str
    to: tuple[str, ...]
    fields: dict[str, str]
    turn: int
    status: PaperStatus = "draft"
    version: int = 1
    reply_to: str = ""
    reply_ref: str = ""
    steps: Steps = ()
    readers: tuple[str, ...] = ()
    edits: tuple[Change, ...] = ()
    meant: bool = False


class Filed(Struct, frozen=True, kw_only=True):
    """A released paper as a seat's file knows it. `own`: the seat issued it; `got`: it was sent to the seat."""

    id: str
    ref: str
    seat: str
    public: bool
    receipt: bool = False
    own: bool = False
    got: bool = False
    meant: bool = False


class Tasking(Struct, frozen=True, kw_only=True):
    """A request for information or a tasking that is not closed. `seat` asks, `to` owns it; `due` is a turn."""

    id: str
    kind: TaskingKind
    ref: str
    seat: str
    to: str
    text: str
    turn: int
    due: int
    paper: str = ""
    taken: bool = False
    late: bool = False


# --- the chain --------------------------------------------------------------------------------
def chain(
    clearance: Iterable[Iterable[str]], *, drafter: str, side: Collection[str], to: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """Return who clears a paper, step by step: seats of the drafter's own side, and from its own step on.

    Neither the drafter nor an addressee clears; a step nobody is left of falls away.
    """
    steps = [tuple(dict.fromkeys(step)) for step in clearance]
    own = next((place for place, step in enumerate(steps) if drafter in step), 0)
    left = [tuple(seat for seat in step if seat in side and seat != drafter and seat not in to) for step in steps[own:]]
    return tuple(step for step in left if step)


def opened(seats: Iterable[Iterable[str]], *, held: Collection[str]) -> Steps:
    """Return a fresh chain with its first step asked."""
    return _ask(tuple(tuple(Clearance(seat=seat) for seat in step) for step in seats), held=held)


def _ask(steps: Steps, *, held: Collection[str]) -> Steps:
    """Ask the first step that is not through; a seat nobody holds is passed over."""
    asked: list[tuple[Clearance, ...]] = []
    blocked = False
    for step in steps:
        now = step if blocked else tuple(_called(one, held=held) for one in step)
        blocked = blocked or any(one.state == "asked" for one in now)
        asked.append(now)
    return tuple(asked)


def _called(one: Clearance, *, held: Collection[str]) -> Clearance:
    if one.state != "waiting":
        return one
    return replace(one, state="asked" if one.seat in held else "vacant")


def status_of(steps: Steps) -> PaperStatus:
    """Return where a paper stands that was sent round."""
    return "in_clearance" if waiting_for(steps) else "cleared"


def waiting_for(steps: Steps) -> tuple[str, ...]:
    """Return the seats that were asked and have not answered."""
    return tuple(one.seat for step in steps for one in step if one.state == "asked")


def standing_of(steps: Steps, seat: str) -> StepState | None:
    """Return where a seat of the chain stands, None for one that is not in it."""
    return next((one.state for step in steps for one in step if one.seat == seat), None)


def cleared(steps: Steps, *, seat: str, note: str, held: Collection[str]) -> Steps:
    """Return the chain after a seat has cleared; the last one of a step lets the next be asked."""
    done = tuple(
        tuple(replace(one, state="cleared", note=note, again=False) if one.seat == seat else one for one in step)
        for step in steps
    )
    return _ask(done, held=held)


def reopened(steps: Steps, *, seat: str, held: Collection[str]) -> Steps:
    """Return the chain after an edit by a seat: its own step and all after it clear the new text."""
    own = next((place for place, step in enumerate(steps) if any(one.seat == seat for one in step)), 0)
    fresh = tuple(
        step if place < own else tuple(_anew(one) for one in step) for place, step in enumerate(steps)
    )  # fmt: skip
    return _ask(fresh, held=held)


def _anew(one: Clearance) -> Clearance:
    return replace(one, state="waiting", again=one.again or one.state == "cleared")


# --- who may do what --------------------------------------------------------------------------
def may_see(paper: Paper, seat: str) -> bool:
    """Tell whether a seat may know of a paper that has not gone out: who drafts it and who was ever asked."""
    return seat == paper.seat or seat in paper.readers


def check_edit(paper: Paper, *, seat: str, version: int) -> Refused | None:
    """Refuse an edit of an older text, of another's draft, and by who is not asked yet."""
    if paper.status in ("draft", "returned"):
        refused = None if seat == paper.seat else Refused("paper.with_drafter", {"drafter": paper.seat})
    else:
        allowed = seat == paper.seat or standing_of(paper.steps, seat) in ("asked", "cleared")
        refused = None if allowed else Refused("paper.not_your_turn", {"waiting": waiting_for(paper.steps)})
    return refused or _check_version(paper, version)


def _check_version(paper: Paper, version: int) -> Refused | None:
    return None if version == paper.version else Refused("paper.stale", {"version": paper.version})


def check_send(paper: Paper, *, seat: str, version: int) -> Refused | None:
    """Refuse sending another's paper round, and one that is round already."""
    if seat != paper.seat:
        return Refused("paper.not_drafter", {"drafter": paper.seat})
    if paper.status == "in_clearance":
        return Refused("paper.in_clearance", {"waiting": waiting_for(paper.steps)})
    if paper.status == "cleared":
        return Refused("paper.already_cleared")
    return _check_version(paper, version)


def check_answer(paper: Paper, *, seat: str, version: int) -> Refused | None:
    """Refuse clearing or returning out of turn, twice, or a text that has changed since."""
    if paper.status in ("draft", "returned"):
        return Refused("paper.with_drafter", {"drafter": paper.seat})
    standing = standing_of(paper.steps, seat)
    if standing == "cleared":
        return Refused("paper.cleared_already")
    if standing != "asked":
        return Refused("paper.not_your_turn", {"waiting": waiting_for(paper.steps) or ("nobody",)})
    return _check_version(paper, version)


def check_release(paper: Paper, *, seat: str, version: int, needs: bool) -> Refused | None:
    """Refuse the release of an uncleared text, and by who neither drafted it nor clears it last.

    `needs`: the paper has a chain to pass at all; without one its drafter releases the draft.
    """
    last = {one.seat for one in paper.steps[-1]} if paper.steps else set()
    if seat != paper.seat and seat not in last:
        return Refused("paper.not_releaser", {"drafter": paper.seat})
    if paper.status == "in_clearance":
        return Refused("paper.not_cleared", {"waiting": waiting_for(paper.steps)})
    if paper.status == "returned" or (paper.status == "draft" and needs):
        return Refused("paper.never_cleared")
    return _check_version(paper, version)


# --- the text ---------------------------------------------------------------------------------
def changes(paper: Paper, *, seat: str, fields: Mapping[str, str], to: tuple[str, ...]) -> tuple[Change, ...]:
    """Return what an edit changes, field by field in the order of the new text; the addressees last."""
    found = [
        Change(seat=seat, field=field, before=paper.fields.get(field, ""), after=text)
        for field, text in fields.items()
        if text != paper.fields.get(field, "")
    ]
    if to != paper.to:
        found.append(Change(seat=seat, field=ADDRESSEES, before=", ".join(paper.to), after=", ".join(to)))
    return tuple(found)


def tracked(edits: tuple[Change, ...], new: Iterable[Change]) -> tuple[Change, ...]:
    """Return the tracked changes with new ones; a seat's second thought on a field follows on its first."""
    kept = list(edits)
    for one in new:
        before = kept[-1] if kept else None
        if before is not None and (before.seat, before.field) == (one.seat, one.field):
            kept[-1] = replace(before, after=one.after)
            if kept[-1].before == kept[-1].after:
                kept.pop()
        else:
            kept.append(one)
    return tuple(kept)


# --- numbers ----------------------------------------------------------------------------------
def series(seat: str, to: Iterable[str], *, public: bool) -> str:
    """Return the series a paper is numbered in: one seat's papers to exactly these addressees.

    A single series of a seat would tell each addressee how many papers the others got.
    """
    return f"{seat}>{'public' if public else '+'.join(sorted(to))}"


def reference(pattern: str, *, seat: str, to: Iterable[str], turn: str, number: int) -> str:
    """Return a reference number. `seat`, `to` and `turn` are words for people; the number may be padded: {n:03}."""
    words = {"seat": _plain(seat), "to": "+".join(_plain(one) for one in to), "turn": "".join(turn.split())}

    def fill(mark: re.Match[str]) -> str:
        name, width = mark.group(1), int(mark.group(2) or 1)
        return f"{number:0{width}d}" if name == "n" else words.get(name, mark.group(0))

    return _MARK.sub(fill, pattern)


def _plain(word: str) -> str:
    return "".join(word.split()).upper()


def marks_of(pattern: str) -> tuple[str, ...]:
    """Return what a pattern names in braces, in order."""
    return tuple(found.group(1) for found in _MARK.finditer(pattern))


# --- taskings ---------------------------------------------------------------------------------
def below(seat: str, *, superiors: Mapping[str, str]) -> tuple[str, ...]:
    """Return the seats that answer to a seat, directly or through others, in the order of the case."""
    found: list[str] = []
    for one in superiors:
        up, seen = superiors.get(one, ""), {one}
        while up and up not in seen:
            if up == seat:
                found.append(one)
                break
            seen.add(up)
            up = superiors.get(up, "")
    return tuple(found)


def check_owner(tasking: Tasking, *, owner: str) -> Refused | None:
    """Refuse an answer by who was not asked."""
    return None if owner == tasking.to else Refused("tasking.not_owner")


def check_asker(tasking: Tasking, *, asker: str) -> Refused | None:
    """Refuse a change by who did not ask."""
    return None if asker == tasking.seat else Refused("tasking.not_asker")


def overdue(tasking: Tasking, *, turn: int) -> bool:
    """Tell whether a tasking is newly late as a turn opens: its due turn is over."""
    return not tasking.late and tasking.due < turn
