"""Order and obedience inside a side: every directive from the order to what was done, told and learned (R-I19)."""

from adjudication.directives import Directive, directives_of
from adjudication.words import share_word
from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged, ordered, settled
from wargame.aar.words import move_name


def directives(log: Chronicle) -> list[Json]:
    """Return every order one seat gave and another carried out, in the order given, with all that became of it."""
    played = (turn.resolution for turn in log.turns if turn.resolution is not None)
    return [_row(log, directive) for directive in directives_of(played)]


def _row(log: Chronicle, directive: Directive) -> Json:
    done = directive.status in ("done", "partial")
    return {
        "directive": directive.directive, "order": directive.order, "turn": directive.turn, "seat": directive.seat,
        "executor": directive.executor, "move": directive.move, "label": move_name(log, directive.move),
        "params": directive.params, "public": directive.public, "status": directive.status,
        "fidelity": directive.fidelity, "share": share_word(directive.fidelity) if done else "",
        "delay": directive.delay, "done_turn": directive.done_turn, "told": directive.told,
        "truthful": directive.truthful, "learned_turn": directive.learned_turn, "how": directive.how,
        "slowed_by": list(directive.slowed_by), "refs": _refs(log, directive),
    }  # fmt: skip


def _refs(log: Chronicle, directive: Directive) -> list[int]:
    turns = (directive.turn, directive.done_turn, directive.learned_turn)
    return merged(ordered(log, directive.order), settled(log, *(turn for turn in turns if turn is not None)))
