"""Read what Control wrote of an entry and say what is wrong with it: words that mean nothing, triggers that never come.

Owns the way from the command's words to an entry as a scenario has it. The checks are those of the scenario loader.
"""

from collections.abc import Iterator

from adjudication.scenario.happenings import Action, Attachment, Inject
from wargame.game import commands as c
from wargame.game import engine
from wargame.game.decide.base import Draft
from wargame.game.msel import MINUTE_MS, words_of
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Entry


def read(draft: Draft, name: str, words: c.EntryWords) -> Inject | Rejected:
    """Return an entry as written, or which of its words cannot be read."""
    forms = engine.read_forms(trigger=words.when.condition, expects=words.expects, effects=words.effects)
    if isinstance(forms, str):
        return reject("inject.form", problem=forms)
    when = words.when
    return Inject(
        id=name,
        title=words.title,
        text=words.text,
        to=words.to,
        number=words.number,
        turn=when.turn,
        phase=when.phase,
        minutes=(when.offset_ms or when.delay_ms) / MINUTE_MS,
        kind=words.kind,
        trigger=forms.trigger,
        on=_action(when.on),
        silence=when.silence,
        after=when.after,
        by_hand=when.hand,
        chance=words.chance,
        source=words.source,
        channel=words.channel,
        room=words.room,
        variants=words.variants,
        attachments=tuple(Attachment(title=one.title, text=one.text) for one in words.attachments),
        expected=words.expected,
        expects=forms.expects,
        seen_on=_action(words.seen_on),
        objective=words.objective,
        owner=words.owner,
        precedence=words.precedence,
        effects=forms.effects,
        extra=words.extra,
    )


def _action(action: c.SeatAction | None) -> Action | None:
    if action is None:
        return None
    return Action(kind=action.kind, by=action.by, to=action.to, move=action.move, room=action.room)


def length(entry: Inject) -> int:
    """Return how many characters an entry takes to remember, about."""
    texts = (entry.title, entry.text, entry.expected, *entry.variants.values(), *entry.extra.values())
    return sum(map(len, texts)) + sum(len(one.title) + len(one.text) for one in entry.attachments)


def kept(entry: Entry) -> int:
    """Return how many characters the state remembers of an entry beyond what the case has, about."""
    own = length(entry.own) if entry.own is not None else 0
    return own + (kept(entry.was) if entry.was is not None else 0)


def check(draft: Draft, name: str, entry: Inject) -> Rejected | None:
    """Refuse an entry with unknown names, for nobody, that never comes, or that waits for itself."""
    state, scenario = draft.state, draft.ctx.scenario
    fault = engine.fault_of_entry(scenario, entry, known=frozenset(state.msel) | {name})
    if fault:
        return reject("inject.form", problem=fault)
    if entry.channel == "room" and entry.room not in state.rooms:
        return reject("inject.room_unknown", room=entry.room)
    circle = _circle(draft, name, entry)
    if circle:
        return reject("inject.circle", entries=circle)
    never = engine.never_comes(scenario, entry)
    return reject("inject.never", problem=never) if never else None


def _circle(draft: Draft, name: str, entry: Inject) -> tuple[str, ...]:
    """Return the entries that would wait for each other, or none."""
    path, at = [name], entry
    while at.after or at.silence:
        before = at.after or at.silence
        if before == name:
            return (*path, name)
        if before in path or before not in draft.state.msel:
            return ()
        path.append(before)
        at = words_of(draft.ctx.scenario, draft.state.msel[before])
    return ()


def leaning_on(draft: Draft, name: str) -> tuple[str, ...]:
    """Return the entries that wait for one."""
    return tuple(_leaning(draft, name))


def _leaning(draft: Draft, name: str) -> Iterator[str]:
    for entry in draft.state.msel.values():
        words = words_of(draft.ctx.scenario, entry)
        if name in (words.after, words.silence):
            yield entry.id
