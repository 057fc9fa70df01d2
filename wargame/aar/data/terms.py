"""Under which terms a game leaves the house: whose words are left out, and whether people are named.

Owns the filter that everything of an export passes before a table, a line or a statement is made of it: the events of
the log, and the rows of a seat's view. What is not known to be free to tell is withheld.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from adjudication.scenario import Scenario
from wargame.aar.data.authors import joint_words
from wargame.aar.data.names import Names
from wargame.aar.data.wording import (
    CARRIERS,
    KNOWN,
    MIXED,
    NAMES,
    PEOPLE,
    QUOTING,
    SEALED,
    SEALED_OF,
    SIGNS_OF,
    WHOLE,
    WORDS,
    closed_names,
    closed_values,
)
from wargame.game import events as ev
from wargame.game.events import REGISTRY, Recorded
from wargame.game.evolve import fold
from wargame.game.snapshot import snapshot

WITHHELD = "[text withheld by its author]"
LEFT_OUT = "withheld"
"""What somebody is called who allows nothing to be exported."""
FRAGMENT = 3
"""Characters words have at least to be looked for inside others."""
OFFICES = ("control", "observer", "bot", "server", "seat", "team", "game")
"""Words that are nobody's name here, whatever somebody calls themselves."""
EPOCH_MS = 10**11
"""A number of milliseconds above this is a moment, below it a length."""


class Terms(Struct, frozen=True):
    """`consent`: people's choices are kept to. `anonymised`: nobody is named and no moment told."""

    consent: bool = True
    anonymised: bool = False


class Filter:
    """The terms applied to one game. `left_out`: ids, as they are outside, of people nothing personal is told of.

    `of_the_case`: what the case says itself, and closed sets: nobody's words.
    """

    def __init__(
        self, case: Scenario, log: Iterable[Recorded], *, terms: Terms, choices: Mapping[str, str], called: str = ""
    ) -> None:
        """Read once who said what. `choices`: person -> words, figures, nothing or "" (never asked: figures)."""
        whole = list(log)
        self.terms, self.began_ms = terms, whole[0].at_ms if whole else 0
        self._choices, self._called = choices, called
        self.of_the_case = closed_values().union(_strings(msgspec.to_builtins(case, str_keys=True, enc_hook=str)))
        people = _people(whole)
        seats = [word for seat in case.seats for word in (seat.id, seat.team, seat.label, seat.short)]
        self._people = people
        self.names = Names(people, keep=(*seats, *OFFICES))
        nothing = [person for person in people if terms.consent and choices.get(person) == "nothing"]
        self._gone = {person: f"{LEFT_OUT}-{number}" for number, person in enumerate(nothing, start=1)}
        self._gone_names = {name for person in nothing for name in people[person]}
        self.left_out = frozenset(self._gone.values())
        self._written: dict[str, bool] = {}
        self._parts: set[str] = set()
        self._answers: dict[str, str] = {}
        self._joint: dict[int, dict[str, bool]] = {}
        if terms.consent:
            self._joint = joint_words(whole, free=self._may)
            for recorded in whole:
                self._listen(recorded)

    # --- what was written by whom ------------------------------------------------------------
    def _may(self, recorded: Recorded) -> bool:
        """Tell whether the words of an event are free to tell: those of a bot, or of somebody who allows it."""
        if recorded.actor.kind == "seat_bot":
            return True
        return self._choices.get(recorded.actor.person) == "words"

    def _listen(self, recorded: Recorded) -> None:
        if recorded.kind in QUOTING or recorded.actor.kind == "system":
            return
        joint, own = self._joint.get(recorded.seq, {}), self._may(recorded)

        def heard(value: str, name: str) -> str:
            again = recorded.kind in MIXED and value in self._written and value not in joint
            if value and value not in self.of_the_case and not again:
                free = joint.get(value, own)
                self._written[value] = self._written.get(value, False) or free
                if not free and name not in WHOLE and len(value) >= FRAGMENT:
                    self._parts.add(value)
            return value

        _each(msgspec.to_builtins(recorded.payload), "", recorded.kind, heard, str)

    # --- events ------------------------------------------------------------------------------
    def log(self, whole: Iterable[Recorded]) -> tuple[Recorded, ...]:
        """Return a log as it may leave the house. What a rewind goes back to is made anew from what is told of it."""
        told: list[Recorded] = []
        for recorded in whole:
            one = self.event(recorded)
            if isinstance(one.payload, ev.GameRewound) and one is not recorded:
                then = snapshot(fold([before for before in told if before.seq <= one.payload.to_seq])).decode()
                one = replace(one, payload=replace(one.payload, state=then))
            told.append(one)
        return tuple(told)

    def event(self, recorded: Recorded) -> Recorded:
        """Return an event as it may leave the house: of the same kind, so that it folds like the first."""
        if not (self.terms.consent or self.terms.anonymised):
            return recorded
        own = recorded.actor.kind != "system" and recorded.kind not in QUOTING
        free = self._may(recorded)
        mixed = recorded.kind in MIXED or recorded.seq in self._joint

        def worded(value: str, name: str) -> str:
            mine = own and not (mixed and value in self._written)
            return self._words(value, free=free if mine else None)

        payload = _each(
            msgspec.to_builtins(recorded.payload), "", recorded.kind, worded, self.sign, self._name, self.person
        )
        self._named(recorded.payload, payload)
        actor = replace(recorded.actor, person=self.person(recorded.actor.person))
        shape = REGISTRY[recorded.kind][1]
        return replace(
            recorded, actor=actor, at_ms=self.moment(recorded.at_ms), payload=msgspec.convert(self._timed(payload),
            shape),
            id="" if self.terms.anonymised else recorded.id, cause=self._cause(recorded.cause),
        )  # fmt: skip

    def _named(self, before: ev.Payload, after: dict[str, Any]) -> None:
        """Put what a person and the game are called outside where the log says it of them, in place."""
        if not self.terms.anonymised:
            return
        person, display = getattr(before, "person", ""), getattr(before, "display", None)
        if display in self._people.get(person, ()) and person not in self._gone:
            after["display"] = self.names.called[person]
        if isinstance(before, ev.GameCreated | ev.GameForked | ev.GameBranched):
            after |= {"title": self._called or "A game", "game": self._called}
            after |= {"origin": ""} if isinstance(before, ev.GameForked) else {}

    def row(self, kind: str, key: str, value: Any) -> tuple[str, Any]:
        """Return key and value of what a view was shown as they may leave the house."""
        told = _each(
            value, "", kind, lambda words, name: self._words(words, free=None), self.sign, self._name, self.person
        )
        if kind == "game" and self.terms.anonymised:
            told |= {"title": self._called or "A game", "seed": None, "seed_hash": ""}
        if kind == "person" and told is not None:
            told["id"] = self.person(value["id"])
        return self.person(key) if kind == "person" else self.sign(key), self._timed(told)

    def moment(self, at_ms: int) -> int:
        """Return a moment as it is told: in an anonymised export as milliseconds since the game was created."""
        return at_ms - self.began_ms if self.terms.anonymised and at_ms >= EPOCH_MS else at_ms

    def _cause(self, cause: str) -> str:
        """Return what an event followed from, without the ids of people that a joining or a deadline may name."""
        if self.terms.anonymised and not cause.startswith("timer:"):
            return ""
        for person, called in self._gone.items():
            cause = cause.replace(person, called)
        return self.names.sign(cause) if self.terms.anonymised else cause

    # --- strings -----------------------------------------------------------------------------
    def _words(self, value: str, *, free: bool | None) -> str:
        """Return words as they may be told. `free` None: they are another's, or made by rules."""
        if not value or value in self.of_the_case:
            return value
        if self.terms.consent:
            if free is False:
                return WITHHELD
            if free is None:
                value = self._quoted(value)
        return self.names.scrub(value) if self.terms.anonymised else self._ungone(value)

    def _quoted(self, value: str) -> str:
        if value not in self._answers:
            known = self._written.get(value)
            held = known is False or (known is None and any(_stands_in(part, value) for part in self._parts))
            self._answers[value] = WITHHELD if held else value
        return self._answers[value]

    def _ungone(self, value: str) -> str:
        return self._gone.get(value, value) if self._gone else value

    def person(self, value: str) -> str:
        """Return the id of a person as it is told."""
        told = self._gone.get(value, value)
        return self.names.id_of.get(told, told) if self.terms.anonymised else told

    def sign(self, value: str) -> str:
        """Return an id, a kind or a term as it is told; the first facilitator's id is also the name of the office."""
        if value in self._gone and value not in OFFICES:
            return self._gone[value]
        return self.names.sign(value) if self.terms.anonymised else value

    def _name(self, value: str) -> str:
        if value in self._gone_names:
            return LEFT_OUT
        return self.names.name(value) if self.terms.anonymised else value

    def _timed(self, value: Any) -> Any:
        """Return a value with its moments as they are told."""
        if not self.terms.anonymised:
            return value
        if isinstance(value, dict):
            return {
                name: self.moment(one) if isinstance(one, int) and name.endswith("_ms") else self._timed(one)
                for name, one in value.items()
            }
        return [self._timed(one) for one in value] if isinstance(value, list) else value


def _stands_in(part: str, value: str) -> bool:
    """Tell whether words stand inside others, as words."""
    at = value.find(part)
    while at >= 0:
        end = at + len(part)
        if not (value[at - 1 : at].isalnum() and part[0].isalnum()) and not (
            value[end : end + 1].isalnum() and part[-1].isalnum()
        ):
            return True
        at = value.find(part, at + 1)
    return False


def _people(log: Iterable[Recorded]) -> dict[str, list[str]]:
    """Return everybody's names, in the order people came."""
    found: dict[str, list[str]] = {}
    for recorded in log:
        if isinstance(recorded.payload, ev.PersonJoined | ev.PersonRenamed):
            found.setdefault(recorded.payload.person, []).append(recorded.payload.display)
    return found


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from (str(name), *_strings(one))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


Told = Callable[[str], str]


def _each(
    value: Any, name: str, kind: str, worded: Callable[[str, str], str], sign: Told, named: Told | None = None,
    person: Told | None = None,
) -> Any:  # fmt: skip
    """Return a value with every string in it told anew by what its field holds. Inside words all is words."""
    if isinstance(value, str):
        if name in NAMES:
            return (named or sign)(value)
        if name in PEOPLE:
            return (person or sign)(value)
        if name in SEALED:
            return "" if SEALED_OF.get(kind) == name else sign(value)
        if name in closed_names() and value in closed_values():
            return value  # a kind of room is called as the first facilitator's id is
        return worded(value, name) if name in WORDS and SIGNS_OF.get(kind) != name else sign(value)
    if isinstance(value, list | tuple):
        return [_each(one, name, kind, worded, sign, named, person) for one in value]
    if isinstance(value, dict):
        return {
            sign(key): _each(
                one, key if key in KNOWN and name not in CARRIERS else name, kind, worded, sign, named, person
            )
            for key, one in value.items()
        }
    return value
