"""Decide about injects and Control's notes."""

from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats
from wargame.game.events import InjectSent, InjectSkipped, NotePinned
from wargame.game.rejections import Rejected, reject

ALL = "all"


def _waiting(draft: Draft, msel: str) -> Rejected | None:
    known = draft.state.msel.get(msel)
    if known is None:
        return reject("inject.unknown")
    return reject("inject.not_waiting", state=known) if known == "sent" else None


def inject_send(draft: Draft, command: c.InjectSend) -> Rejected | None:
    """Send an inject now. A scheduled one keeps its effects whatever its words; a skipped one may still go."""
    everyone = tuple(draft.state.seats)
    to = everyone if ALL in command.to else tuple(s for s in everyone if s in command.to)
    refused = None if ALL in command.to else check_seats(draft.state, command.to)
    if not refused and command.msel is not None:
        refused = _waiting(draft, command.msel)
    if refused:
        return refused
    draft.emit(
        InjectSent(
            inject=draft.ctx.ids("inject"),
            msel=command.msel,
            source=command.source,
            to=to,
            title=command.title,
            text=command.text,
            precedence=command.precedence,
            effects=command.msel is not None and bool(draft.ctx.scenario.inject[command.msel].effects),
        )
    )
    return None


def inject_skip(draft: Draft, command: c.InjectSkip) -> Rejected | None:
    """Take a scheduled inject off the list."""
    known = draft.state.msel.get(command.msel)
    if known is None:
        return reject("inject.unknown")
    if known != "waiting":
        return reject("inject.not_waiting", state=known)
    draft.emit(InjectSkipped(msel=command.msel))
    return None


def note_pin(draft: Draft, command: c.NotePin) -> Rejected | None:
    """Keep a private note of Control."""
    if not command.text.strip():
        return reject("text.empty")
    draft.emit(NotePinned(note=draft.ctx.ids("note"), text=command.text))
    return None
