"""Stage 3b: what a signature does: who has to consent, what is struck, what is banked (5.4; R-I03, R-I04, R-I13).

A text is put to every authority whose consent one of its clauses needs; what is refused is struck from it and the rest
is in force. Writes clauses through the commit, and down what each authority said. Chooses no text and draws no die.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adjudication.agreed import Agreement, Clause, Consented, Owed
from adjudication.ledger import Cause
from adjudication.orders import SignedText
from adjudication.results import Happening, SummitResult
from adjudication.settlement import Bools, Settlement
from adjudication.world import FORMS
from negotiation.agreements import Undertaking
from negotiation.points import banked_rows
from negotiation.terms import Gate, Negotiation
from negotiation.valuation import holds, passes

Ints = NDArray[np.int64]

BANK_RULE = "R-M16"
SECRETS = ("leaked.", "told.", "open.")
"""What the engine remembers of secret levels; the bargaining domain reads it beside the world."""


@dataclass(eq=False)
class Signing:
    """One text that took effect: where, at which levels (B,) once what failed was struck, in which order of steps."""

    text: str
    levels: dict[str, Ints]
    where: Bools
    sequence: Ints
    details: dict[str, Undertaking] = field(default_factory=dict)
    oral: bool = False


class Outcome:
    """What the negotiation stage found, for the resolution (scalar parts are None in a batch)."""

    def __init__(self) -> None:
        self.summit: SummitResult | None = None
        self.agreements: list[Agreement] = []
        self.struck: dict[str, tuple[str, ...]] = {}
        self.texts: dict[str, str] = {}
        self.held: Bools | None = None
        self.signings: list[Signing] = []
        self.result: Ints | None = None
        """(B,): -1 no meeting, 0 left without a text, 1 statement, 2 text."""


def values_of(s: Settlement) -> dict[str, Any]:
    """Return the world as the bargaining domain reads it: variables, derived values, flags, all (B,)."""
    values: dict[str, Any] = dict(s.values)
    values.update({derived.id: np.asarray(s.read(derived.id)) for derived in s.scenario.derived})
    values.update({f"flag.{flag}": on.astype(np.float64) for flag, on in s.flags.items()})
    values.update({name: mark for name, mark in s.marks.items() if name.startswith(SECRETS)})
    return values


def prepared(s: Settlement, values: Mapping[str, Any]) -> Bools:
    """Return where the groundwork is there for a text that binds as one."""
    terms = s.scenario.negotiation
    if not s.lens("inst"):
        return s.all
    if terms.prepared is None:
        return s.none
    return np.broadcast_to(np.asarray(holds(terms.prepared, values), dtype=np.bool_), (s.batch,))


def columns(s: Settlement, levels: Mapping[str, NDArray[Any]]) -> list[NDArray[Any]]:
    """Return the levels of everything a text may raise, (B,) each, as the bargaining domain orders them."""
    nothing = np.zeros(s.batch, dtype=np.int64)
    return [levels.get(name, nothing) for name in s.scenario.negotiation.deal_ids]


def flat_rows(terms: Negotiation, banked: Mapping[str, Any]) -> list[NDArray[Any]]:
    """Return the levels in force, one (B,) or (1,) array each."""
    return [np.asarray(row).reshape(-1) for row in banked_rows(terms, banked)]


def bank(s: Settlement, levels: Mapping[str, NDArray[Any]], where: Bools, source: str) -> None:
    """Put in force what rises."""
    for issue, level in levels.items():
        rise = where & (level > s.clauses[issue])
        s.clause_moves.append((issue, np.asarray(level, dtype=np.float64), rise, BANK_RULE, Cause("event", source)))
    s.commit_clauses()


def sign_text(
    s: Settlement, text: SignedText, where: Bools, values: Mapping[str, Any], banked: dict[str, Any], outcome: Outcome
) -> Ints:
    """Let a text its principals signed take effect where it can; return its form, (B,), 0 where it says nothing."""
    s.parties[text.id] = text.parties
    levels = {
        issue: np.maximum(np.full(s.batch, text.levels.get(issue, 0)), s.clauses[issue]) for issue in s.scenario.issues
    }
    said: list[Consented] = []
    struck = _ratify(s, text, levels, values, banked, said)
    if s.record and struck:
        outcome.struck[text.id] = tuple(struck)
    for issue in struck:
        s.emit("text_struck", where & struck[issue])
    raised = s.none
    for issue in s.scenario.issues:
        raised = raised | (where & (levels[issue] > s.clauses[issue]))
    form = _form(s, text, where & raised, values)
    if s.record and bool(where[0]):
        _record_text(s, text, levels, int(form[0]), tuple(said), struck, outcome)
    outcome.signings.append(
        Signing(text.id, levels, where & raised, _sequence(s, text), dict(text.details), text.venue == "oral")
    )
    bank(s, levels, where, text.id)
    return form


def _form(s: Settlement, text: SignedText, where: Bools, values: Mapping[str, Any]) -> Ints:
    if text.venue == "oral":
        return np.where(where, FORMS.index("oral"), 0).astype(np.int64)
    groundwork = prepared(s, values)
    return np.where(where, np.where(groundwork, FORMS.index("text"), FORMS.index("statement")), 0).astype(np.int64)


def _sequence(s: Settlement, text: SignedText) -> Ints:
    axis = s.scenario.negotiation.space.sequence
    if axis is None:
        return np.zeros(s.batch, dtype=np.int64)
    spec = s.scenario.negotiation.issues[axis]
    return np.full(s.batch, text.levels.get(spec.id, spec.default), dtype=np.int64)


# --- who has to consent -----------------------------------------------------------------------
def _ratify(
    s: Settlement, text: SignedText, levels: dict[str, Ints], values: Mapping[str, Any], banked: Mapping[str, Any],
    said: list[Consented],
) -> dict[str, Bools]:  # fmt: skip
    """Strike what no authority can deliver: lower what a failed gate guards to what is in force."""
    terms = s.scenario.negotiation
    struck: dict[str, Bools] = {}
    for gate in terms.gates:
        if gate.lens not in s.lenses:
            continue
        asked = _asked(s, gate, levels)
        failed = ~np.broadcast_to(
            passes(gate, terms, columns(s, levels), flat_rows(terms, banked), values), (s.batch,)
        )  # fmt: skip
        hits: list[str] = []
        for issue, level in gate.raises.items():
            hit = failed & (levels[issue] >= level) & (levels[issue] > s.clauses[issue])
            if bool(np.any(hit)):
                hits.append(issue)
                struck[issue] = struck.get(issue, s.none) | hit
                levels[issue] = np.where(hit, s.clauses[issue], levels[issue])
        if s.record and asked:
            said.append(_answer(s, gate, tuple(hits), asked))
    return struck


def _asked(s: Settlement, gate: Gate, levels: Mapping[str, Ints]) -> tuple[str, ...]:
    """Return the clauses of a text that go to an authority (scalar only)."""
    if not s.record or any(int(levels[issue][0]) < level for issue, level in gate.raises.items()):
        return ()
    return tuple(issue for issue in gate.raises if int(levels[issue][0]) > int(s.clauses[issue][0]))


def _answer(s: Settlement, gate: Gate, struck: tuple[str, ...], asked: tuple[str, ...]) -> Consented:
    known = s.scenario.rule.get(gate.rule)
    refused = (known.text.get("struck") or known.say) if known is not None else gate.text
    return Consented(
        authority=gate.id, label=gate.label or gate.id, said="refused" if struck else "consented",
        clauses=struck or asked, rule=gate.rule, text=refused if struck else gate.text,
    )  # fmt: skip


# --- what is told -----------------------------------------------------------------------------
def _record_text(
    s: Settlement, text: SignedText, levels: Mapping[str, Ints], form: int, said: tuple[Consented, ...],
    struck: Mapping[str, Bools], outcome: Outcome,
) -> None:  # fmt: skip
    clauses = tuple(
        Clause(issue, int(s.clauses[issue][0]), int(levels[issue][0]), _secret(text, issue))
        for issue in s.scenario.issues
        if int(levels[issue][0]) > int(s.clauses[issue][0])
    )
    status = "in_force" if clauses else "struck"
    words = FORMS[form] if form else "statement"
    outcome.texts[text.id] = status
    outcome.agreements.append(
        Agreement(
            text.id, text.title, text.parties, clauses, text.venue, words, s.turn, status, consents=said,
            owed=tuple(_struck(s, text, issue, said) for issue in struck if struck[issue][0]),
        )
    )  # fmt: skip
    for answer in said:
        _tell_answer(s, text, answer)
    told = {issue for answer in said if answer.said == "refused" for issue in answer.clauses}
    for issue in struck:
        if issue not in told:
            _tell_struck(s, text, issue)


def _struck(s: Settlement, text: SignedText, issue: str, said: tuple[Consented, ...]) -> Owed:
    """Return what would have been owed, had its authority consented."""
    terms = s.scenario.negotiation
    known = terms.deal_issue[issue]
    side = known.obligor or ("" if issue in terms.side else terms.parties[1].id)
    no = next((a for a in said if a.said == "refused" and issue in a.clauses), None)
    return Owed(
        clause=issue, side=side, from_level=int(s.clauses[issue][0]), level=text.levels[issue], due=None,
        reversible=known.reversible, secret=_secret(text, issue), state="struck", since=s.turn,
        why=no.text if no is not None else "", rule=no.rule if no is not None else BANK_RULE,
    )  # fmt: skip


def _secret(text: SignedText, issue: str) -> bool:
    fixed = text.details.get(issue)
    return fixed is not None and fixed.secret


def _tell_answer(s: Settlement, text: SignedText, answer: Consented) -> None:
    names = ", ".join(s.scenario.negotiation.deal_issue[clause].label.lower() for clause in answer.clauses)
    if answer.said == "refused":
        for clause in answer.clauses:
            s.happenings.append(
                Happening(
                    kind="struck", rule=answer.rule, visible_to=text.parties, text=answer.text,
                    slots={"issue": clause, "text": text.id, "authority": answer.authority},
                )
            )  # fmt: skip
        return
    s.happenings.append(
        Happening(
            kind="ratified", rule=answer.rule, visible_to=text.parties,
            text=f"{answer.label}: consent was given to what was signed on {names}.",
            slots={"text": text.id, "authority": answer.authority},
        )
    )  # fmt: skip


def _tell_struck(s: Settlement, text: SignedText, issue: str) -> None:
    rule = next((gate.rule for gate in s.scenario.negotiation.gates if issue in gate.raises), BANK_RULE)
    known = s.scenario.rule.get(rule)
    words = (known.text.get("struck") or known.say) if known is not None else "Struck from the text."
    s.happenings.append(
        Happening(
            kind="struck", rule=rule, visible_to=text.parties, text=words, slots={"issue": issue, "text": text.id}
        )
    )
