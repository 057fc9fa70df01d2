"""Which strings of events and of what views are shown are people's words, and which are signs: ids, kinds, case terms.

Owns the table by the name of a field. Every field that can hold a text stands in exactly one of the sets (a test looks
at all shapes there are), so that a new field never leaves the house unfiltered.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import inspect

from wargame.game import entities
from wargame.game.events import REGISTRY

WORDS = frozenset({
    # said and written by people
    "text", "note", "reason", "title", "label", "rationale", "expects", "argument", "arguments", "action", "effect",
    "fields", "before", "after", "wording", "verified_by", "agenda", "prompt", "answer", "reply", "variants",
    "expected", "extra", "number", "owner", "objective", "area", "start", "due", "strengths", "improve", "source",
    "from", "name", "screen_lock", "returned", "value", "left",
    # made by rules, and may repeat what was said
    "say", "why", "missing", "unlock", "titles", "slots", "held_back", "account", "deck", "headline", "unknown",
    "events", "paused_reason", "ended_reason", "ends", "effects", "effects_text", "trigger", "obligations", "who",
    "precedent", "x", "y",
})  # fmt: skip
"""Words, and what may hold words of somebody."""
NAMES = frozenset({"display", "by_name"})
"""What people are called."""
PEOPLE = frozenset({"person", "spoken_by", "approved_by"})
"""Fields that hold the id of a person and nothing else; all of them are signs too."""
SEALED = frozenset({"update", "merged", "state"})
SEALED_OF = {
    "pad.edited": "update", "pad.shared": "merged", "game.rewound": "state", "pad": "state", "pad_edit": "update",
}  # fmt: skip
"""By kind, the field that holds a whole paper in a form no filter can read: a shared draft (Yjs, base64), a state.

They are left empty; elsewhere the same names are signs."""
SIGNS = frozenset({
    # who, where, which
    "id", "key", "game", "origin", "person", "seat", "seats", "team", "teams", "side", "sides", "role", "principal",
    "deputy", "author", "by", "to", "of", "at", "called_by", "opened_by", "approved_by", "spoken_by",
    "released_by", "returned_by", "ended_by", "briefed_by", "blocked_by", "sent", "chair", "executor",
    "obligor", "readers", "editors", "audience", "addressed", "parties", "sponsors", "invited", "accepted", "signed",
    "initialled", "adjourning", "out", "asked", "taps", "targets", "target", "shown_to", "visible_to", "visibility",
    "suspected", "slowed_by", "source_known_to", "lifted", "open", "vacant", "late", "laid", "left_out", "held",
    "wishes", "reviewed", "bots", "stand_ins", "superior",
    # things of a game
    "room", "message", "letter", "intercept", "paper", "reply_to", "reply_ref", "ref", "series", "tasking", "offer",
    "agreement", "clause", "clauses", "issue", "order", "move", "moves", "appeal", "request", "inject",
    "msel", "checkpoint", "conference", "pad", "opening", "line", "ruling", "rulings", "directive", "item", "stop",
    "event", "mentions", "spills", "struck", "texts", "consents",
    # terms of the case and of the rules
    "scenario", "scenario_hash", "seed", "seed_hash", "preset", "policy", "kind", "what", "form", "form_rule", "status",
    "venue", "channel", "choice", "choices", "template", "field", "variable", "variables", "var", "rule", "rules",
    "rule_id", "formula_id", "lens", "severity", "cameo", "cause", "band", "belief", "flag", "resource", "consent",
    "right", "outcome", "authority", "code", "group", "glyph", "pair", "phase", "from_phase", "zone", "silence",
    "params", "world", "about", "told", "how", "leaked_from", "fell", "odds", "verification", "clearance",
    "if", "game_date", "game_dates", "date", "time", "place", "turn_names", "turn_label", "turn_word", "span",
    "case_title", "team_label", "short", "office", "unit", "word", "chance_word", "clash_word", "war_word",
    "fidelity_word", "default", "labels", "means", "measure", "summary", "help", "interests", "constraints", "powers",
    "red_lines", "resources", "check_question", "check_options", "sources",
})  # fmt: skip
"""Ids, closed sets and the case's own words."""
SIGNS_OF = {"note.pinned": "note", "game.rewound": "before", "ruling.taken": "before"}
"""By kind, the field of it that is a sign though others of its name hold words."""
CARRIERS = frozenset({"fields", "variants", "extra", "titles", "slots"})
"""Maps from names to words: nothing inside them is a field."""
KNOWN = WORDS | NAMES | SEALED | SIGNS
QUOTING = frozenset({
    "turn.proposed", "turn.reproposed", "turn.resolved", "message.leaked", "message.intercepted", "debrief.revealed",
    "inject.undone", "game.rewound", "game.forked", "game.branched", "game.created", "estimates.made",
})  # fmt: skip
"""Events that hold words of others than the one who did it, or words made by rules."""
MIXED = frozenset({"inject.sent", "appeal.lodged", "paper.edited", "message.posted"})
"""Events that hold words of the one who did it, and may repeat those of others."""
WHOLE = frozenset({"text", "note", "rationale", "expects", "answer", "fields", "before", "after"})
"""Fields whose words are only ever repeated whole: none of them is made part of a sentence."""


@cache
def text_fields() -> frozenset[str]:
    """Return the name of every field of an event or an entity that can hold a text of any kind."""
    return frozenset(name for name, shape in _fields() if isinstance(shape, inspect.StrType | inspect.AnyType))


@cache
def closed_values() -> frozenset[str]:
    """Return every text that stands for itself in some shape: members of closed sets, which nobody wrote."""
    return frozenset(
        value
        for _, shape in _fields()
        if isinstance(shape, inspect.LiteralType)
        for value in shape.values
        if isinstance(value, str)
    )


@cache
def closed_names() -> frozenset[str]:
    """Return the names of fields that hold members of closed sets: what stands there may look like somebody's id."""
    return frozenset(name for name, shape in _fields() if isinstance(shape, inspect.LiteralType))


def _fields() -> Iterator[tuple[str, inspect.Type]]:
    shapes = [shape for _, shape in REGISTRY.values()] + list(entities.KINDS.values())
    seen: set[type] = set()
    for kind in inspect.multi_type_info(shapes):
        yield from _within("", kind, seen)


def _within(name: str, kind: inspect.Type, seen: set[type]) -> Iterator[tuple[str, inspect.Type]]:
    match kind:
        case inspect.StructType():
            if kind.cls not in seen:
                seen.add(kind.cls)
                for field in kind.fields:
                    yield from _within(field.encode_name, field.type, seen)
        case inspect.DictType():
            yield from _within(name, kind.value_type, seen)
        case inspect.UnionType() | inspect.TupleType():
            parts: Iterable[inspect.Type] = kind.types if isinstance(kind, inspect.UnionType) else kind.item_types
            for part in parts:
                yield from _within(name, part, seen)
        case inspect.ListType() | inspect.VarTupleType() | inspect.SetType() | inspect.FrozenSetType():
            yield from _within(name, kind.item_type, seen)
        case _:
            yield name, kind
