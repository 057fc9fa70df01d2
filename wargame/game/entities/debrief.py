"""The guided debrief: where every screen stands, and Control's plan of it."""

from wargame.game.entities.base import Entity


class AnchorSeen(Entity, frozen=True, kw_only=True):
    """What happened outside the game: a dated event of the case's record and its sources in words."""

    id: str
    date: str
    title: str
    text: str
    sources: tuple[str, ...]


class DebriefSeen(Entity, frozen=True, kw_only=True):
    """kind `debrief`, key `debrief`: the stop every screen stands at, for everybody.

    `at_ms` is the moment to show; views of the `lifted` teams answer up to `reach_ms`. `place` of `of` counts stops
    from 1. Question `number` is `prompt`; nothing is asked while it is empty.
    """

    open: bool
    stop: str
    title: str
    turn: int
    turn_label: str
    at_ms: int
    reach_ms: int
    place: int
    of: int
    number: int
    prompt: str
    lifted: tuple[str, ...]
    anchors: tuple[AnchorSeen, ...]


class DebriefStopSeen(Entity, frozen=True, kw_only=True):
    """A stop as Control planned it."""

    id: str
    at_ms: int
    turn: int
    title: str
    prompt: str


class DebriefPlanSeen(Entity, frozen=True, kw_only=True):
    """kind `debrief_plan`, key `plan`: all stops, those to come too, for Control."""

    stops: tuple[DebriefStopSeen, ...]


class DebriefAnswerSeen(Entity, frozen=True, kw_only=True):
    """kind `debrief_answer`, key `<number>:<person>`: for Control, and for the delegation it was given in."""

    number: int
    prompt: str
    stop: str
    person: str
    display: str
    seat: str
    text: str
    at_ms: int


class BoardAnswerSeen(Entity, frozen=True, kw_only=True):
    """An answer as everybody sees it."""

    seat: str
    text: str


class DebriefBoardSeen(Entity, frozen=True, kw_only=True):
    """kind `debrief_board`, key `board`: the answers Control put on every screen last."""

    number: int
    prompt: str
    answers: tuple[BoardAnswerSeen, ...]
