"""Decide about Control's notes."""

from wargame.game import commands as c
from wargame.game.decide.base import Draft
from wargame.game.events import NotePinned
from wargame.game.rejections import Rejected, reject


def note_pin(draft: Draft, command: c.NotePin) -> Rejected | None:
    """Keep a private note of Control."""
    if not command.text.strip():
        return reject("text.empty")
    draft.emit(NotePinned(note=draft.ctx.ids("note"), text=command.text))
    return None
