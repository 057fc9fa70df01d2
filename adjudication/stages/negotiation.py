"""Stage 3b: meetings of leaders, signed texts, what they bank (sections 5.4, 5.6; R-I03, R-I08, R-I10, R-I13).

With a signed text the engine only asks whether it can be carried out. Without one, the leaders' fallbacks decide:
leave, or settle for a headline text that both sides prefer to waiting (or for the officials' prepared text).
"""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from adjudication.agreed import Agreement, Clause
from adjudication.orders import SignedText
from adjudication.results import Happening, SummitResult
from adjudication.settlement import Bools, Floats, Settlement
from adjudication.stages.effects import run_rules
from adjudication.stages.legality import late_gates
from adjudication.stages.signing import (
    BANK_RULE,
    Outcome,
    Signing,
    bank,
    columns,
    flat_rows,
    prepared,
    sign_text,
    values_of,
)
from adjudication.stages.trust import weigh_trust
from adjudication.world import FORMS, RANK
from negotiation.agreements import strength
from negotiation.points import judge, menu
from negotiation.search import best_packages
from negotiation.terms import Menu
from negotiation.valuation import consent

ORAL, STATEMENT, TEXT = FORMS.index("oral"), FORMS.index("statement"), FORMS.index("text")
EVENTS = frozenset(
    {
        "summit",
        "signed",
        "signed_at_summit",
        "signed_by_exchange",
        "signed_statement",
        "signed_text",
        "walk_away",
        "text_struck",
        "understood",
    }
)


def settle_negotiation(s: Settlement, texts: tuple[SignedText, ...]) -> Outcome:
    """Resolve meetings and texts, bank clauses, commit, and let the strength of what was signed take effect."""
    s.stage = 3.5
    outcome = Outcome()
    held = _held(s)
    outcome.held = held
    s.emit("summit", held)
    values, banked = values_of(s), dict(s.clauses)
    form = np.zeros(s.batch, dtype=np.int64)
    signed_here = s.none
    for text in sorted(texts, key=lambda t: t.id):
        where = held if text.venue == "summit" else s.all
        if s.record and not bool(where[0]):
            outcome.texts[text.id] = "no_meeting"
            continue
        got = sign_text(s, text, where, values, banked, outcome)
        form = stronger(form, got)
        if text.venue == "summit":
            signed_here = signed_here | (got > 0)
            s.emit("signed_at_summit", got > 0)
        elif text.venue == "exchange":
            s.emit("signed_by_exchange", got > 0)
    if bool(np.any(held & ~signed_here)):
        got = _fallback(s, held & ~signed_here, values, banked, outcome)
        form = stronger(form, got)
    outcome.result = np.where(held, np.where(form == ORAL, 0, form), -1)
    _events(s, held, form)
    _discontent(s, form > 0, values, banked, outcome.signings)
    run_rules(s, 3.5)
    late_gates(s, 3.5)
    unhappy = {f"discontent_{player.id}" for player in s.scenario.negotiation.players}
    run_rules(s, 3.5, events=EVENTS | unhappy)
    s.commit()
    _strength(s, form)
    if s.record and bool(held[0]):
        _tell(s, outcome)
        weigh_trust(s, outcome.summit, values, banked)
    return outcome


def stronger(one: NDArray[np.int64], two: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the form that binds more, game by game."""
    return np.asarray(np.where(RANK[two] > RANK[one], two, one), dtype=np.int64)


def _held(s: Settlement) -> Bools:
    spec = s.scenario.summit
    if spec is None:
        return s.none
    one, two = spec.orders
    return _live(s, one) & _live(s, two)


def _live(s: Settlement, move: str) -> Bools:
    found = s.none
    for act in s.acts:
        if act.move.id == move:
            found = found | act.live
    return found


def _at(value: Any, games: NDArray[np.intp]) -> NDArray[Any]:
    array = np.asarray(value).reshape(-1)
    return array[games] if array.size > 1 else array


def mood(s: Settlement) -> dict[str, Floats]:
    """Draw the leaders' moods: triangular, keyed by summit, halved without the leadership lens."""
    spec, sides = s.scenario.summit, sorted(s.scenario.principals)
    if spec is None:
        return {side: np.zeros(s.batch) for side in sides}
    scale = spec.mood * (1.0 if s.lens("lead") else spec.mood_without_lens)
    return {side: scale * (s.dice.u(f"mood:{side}") + s.dice.u(f"mood2:{side}") - 1.0) for side in sides}


def _heard(s: Settlement, tempers: dict[str, Floats]) -> dict[str, Floats]:
    """Add what allies asked for this turn to what one leader makes of a text, up to a small cap (R-A04)."""
    spec = s.scenario.summit.influence if s.scenario.summit is not None else None
    if spec is None or not s.rule_on(s.scenario.rule[spec.rule]):
        return tempers
    wish = sum((lean.weight * (s.count(lean.orders, 0) > 0) for lean in spec.leans), start=np.zeros(s.batch))
    heard = np.clip(wish, -spec.cap, spec.cap)
    if s.record and float(heard[0]):
        s.rule_row(spec.rule, {"side": spec.side, "utility": round(float(heard[0]), 6)}, visible=())
    return {**tempers, spec.side: tempers[spec.side] + heard}


# --- no signed text ---------------------------------------------------------------------------
def _fallback(
    s: Settlement, where: Bools, values: Mapping[str, Any], banked: dict[str, Any], outcome: Outcome
) -> NDArray[np.int64]:
    terms = s.scenario.negotiation
    tempers = _heard(s, mood(s))
    choices = [*terms.menus]
    cubes = [menu(terms, choice, banked) for choice in choices]
    levels = np.stack([np.broadcast_to(cube, (s.batch, len(terms.issues))) for cube in cubes], axis=1)
    judged = judge(terms, levels, values, banked, s.lenses, tempers)
    sides = [party.id for party in terms.parties]
    product = judged.surplus[sides[0]] * judged.surplus[sides[1]]
    score = np.where(judged.good, product, -np.inf)
    best = np.argmax(score, axis=1)
    agreed = where & np.any(judged.good, axis=1) & ~_leaves(s)
    chosen = np.take_along_axis(levels, best[:, None, None], axis=1)[:, 0, :]
    form = np.where(agreed, np.array([FORMS.index(choice.form) for choice in choices])[best], 0).astype(np.int64)
    groundwork = prepared(s, values) & where & ~_leaves(s)
    chosen, form, nash = _prepared_text(s, groundwork, values, banked, tempers, chosen, form)
    agreed = agreed | nash
    table = {issue.id: chosen[:, axis] for axis, issue in enumerate(terms.issues) if issue.kind != "sequence"}
    if s.record:
        _record_summit(
            s,
            choices,
            judged.surplus,
            int(best[0]),
            bool(agreed[0]),
            bool(nash[0]),
            bool(groundwork[0]),
            table,
            outcome,
        )
    axis = terms.space.sequence
    steps = np.zeros(s.batch, dtype=np.int64) if axis is None else chosen[:, axis].astype(np.int64)
    outcome.signings.append(Signing(f"summit@{s.turn}", _over(s, table), agreed, steps))
    bank(s, table, agreed, "summit")
    s.emit("signed_at_summit", agreed)
    return np.where(agreed, form, 0)


def _over(s: Settlement, table: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.int64]]:
    """Return the level of everything in force once a text is."""
    return {issue: np.maximum(level, table.get(issue, 0)).astype(np.int64) for issue, level in s.clauses.items()}


def _leaves(s: Settlement) -> Bools:
    """Return where a leader would rather leave than sign a slogan."""
    leaves, spec = s.none, s.scenario.summit
    for act in s.acts:
        if spec is not None and act.move.id in spec.orders and act.order.params.get("fallback") == "walk_away":
            leaves = leaves | act.live
    return leaves


def _prepared_text(
    s: Settlement, where: Bools, values: Mapping[str, Any], banked: Mapping[str, Any], tempers: Mapping[str, Floats],
    chosen: NDArray[np.intp], form: NDArray[np.int64],
) -> tuple[NDArray[np.intp], NDArray[np.int64], Bools]:  # fmt: skip
    """Put the officials' text on the table where there is groundwork: the Nash package of the whole space."""
    found = np.zeros(s.batch, dtype=np.bool_)
    spec = s.scenario.summit
    if spec is None or not spec.text_menu or not bool(np.any(where)):
        return chosen, form, found
    here = np.flatnonzero(where)
    best = best_packages(
        s.scenario.negotiation, {name: _at(value, here) for name, value in values.items()},
        {issue: _at(level, here) for issue, level in banked.items()}, s.lenses,
        {side: _at(temper, here) for side, temper in tempers.items()}, games=here.size,
    )  # fmt: skip
    at = here[best.found]
    chosen, form = chosen.copy(), form.copy()
    chosen[at], form[at], found[at] = best.package[best.found], FORMS.index("text"), True
    return chosen, form, found


def _record_summit(
    s: Settlement, choices: list[Menu], surplus: Mapping[str, Floats], best: int, agreed: bool, nash: bool,
    prepared: bool, table: Mapping[str, NDArray[np.intp]], outcome: Outcome,
) -> None:  # fmt: skip
    shown = {c.id: {side: round(float(x[0, n]), 6) for side, x in surplus.items()} for n, c in enumerate(choices)}
    result: Literal["statement", "text", "walk_away"] = "walk_away"
    levels: dict[str, int] = {}
    if agreed:
        result = "text" if nash else "statement"
        levels = {issue: int(level[0]) for issue, level in table.items()}
        clauses = tuple(
            Clause(i, int(s.clauses[i][0]), level) for i, level in levels.items() if level > int(s.clauses[i][0])
        )
        title = "Prepared text of the officials" if nash else choices[best].label
        parties = tuple(s.scenario.principals.values())
        outcome.agreements.append(Agreement(f"summit@{s.turn}", title, parties, clauses, "summit", result, s.turn))
    choice = "prepared" if nash else choices[best].id if agreed else "walk_away"
    outcome.summit = SummitResult(
        turn=s.turn, result=result, choice=choice, prepared=prepared, surplus=shown, levels=levels
    )


# --- consequences -----------------------------------------------------------------------------
def _events(s: Settlement, held: Bools, form: NDArray[np.int64]) -> None:
    s.emit("signed", (form == STATEMENT) | (form == TEXT))
    s.emit("signed_statement", form == STATEMENT)
    s.emit("signed_text", form == TEXT)
    s.emit("understood", form == ORAL)
    at_table = s.events.get("signed_at_summit", s.none)
    s.emit("walk_away", held & ~at_table)


def _discontent(
    s: Settlement, signed: Bools, values: Mapping[str, Any], banked: Mapping[str, Any], signings: list[Signing]
) -> None:
    """Ask those who cannot refuse a text (allies, agencies) whether they would have: `discontent_<player>`.

    They judge what they are told: what the parties keep between themselves is not there for them.
    """
    terms = s.scenario.negotiation
    told = dict(s.clauses)
    for signing in signings:
        for clause in sorted(name for name, fixed in signing.details.items() if fixed.secret and name in told):
            told[clause] = np.where(signing.where, banked[clause], told[clause])
    levels, rows = columns(s, told), flat_rows(terms, banked)
    for player in terms.players:
        if not player.blocks and player.lens in s.lenses:
            content = np.broadcast_to(consent(player, terms, levels, rows, values, s.lenses), (s.batch,))
            s.emit(f"discontent_{player.id}", signed & ~content)


def _strength(s: Settlement, form: NDArray[np.int64]) -> None:
    """Let what was signed take effect at the strength of its form and of the channel that carries it."""
    spec, rules = s.scenario.commitments, s.scenario.negotiation.durability
    weight = 1.0 if s.lens("inst") else spec.institution_off
    channel = s.values[spec.institution] * weight if spec.institution else np.zeros(s.batch)
    fresh = np.select(
        [form == TEXT, form == ORAL],
        [strength(rules, "text", channel), strength(rules, "oral", channel)],
        strength(rules, "statement", channel),
    )
    half_hearted = s.events.get(f"discontent_{spec.agent}", s.none)
    fresh = fresh * np.where(half_hearted, spec.agent_factor, 1.0)
    gain = np.where(form > 0, np.maximum(0.0, fresh - s.values[spec.strength]), 0.0)
    s.add(spec.strength, gain, BANK_RULE, "event", "signed", names=(spec.institution,) if spec.institution else ())
    now = np.rint(s.values[spec.form]).astype(np.int64)
    s.add(spec.form, (stronger(now, form) - now).astype(np.float64), BANK_RULE, "event", "signed")
    s.commit()


def _tell(s: Settlement, outcome: Outcome) -> None:
    if outcome.summit is None:
        text = next((a for a in outcome.agreements if a.venue == "summit"), None)
        result: Literal["statement", "text", "walk_away"] = "walk_away"
        if text is not None and text.status == "in_force":
            result = "text" if text.form == "text" else "statement"
        groundwork = bool(prepared(s, values_of(s))[0])
        outcome.summit = SummitResult(turn=s.turn, result=result, choice=text.id if text else "", prepared=groundwork)
    words = {
        "statement": "The leaders met and signed a statement.",
        "text": "The leaders met and signed a prepared text.",
        "walk_away": "The leaders met and left without a text.",
    }
    result = outcome.summit.result
    rule = {"statement": "R-M03", "text": "R-M04", "walk_away": "R-M06"}[result]
    s.happenings.append(Happening(kind=f"summit_{result}", rule=rule, text=words[result]))


def announce(s: Settlement, agreements: list[Agreement]) -> None:
    """Tell the parties of texts that came into force by exchange, and of what was agreed by word of mouth."""
    for agreement in agreements:
        if agreement.venue == "oral" and agreement.status == "in_force":
            text = f"\u201c{agreement.title or 'The text'}\u201d was agreed by word of mouth."
            s.happenings.append(
                Happening(kind="understood", rule=BANK_RULE, visible_to=agreement.parties, text=text)
            )  # fmt: skip
        if agreement.venue == "exchange" and agreement.status == "in_force":
            text = f"\u201c{agreement.title or 'The text'}\u201d was exchanged and is in force."
            s.happenings.append(Happening(kind="signed", rule="R-M10", visible_to=agreement.parties, text=text))
