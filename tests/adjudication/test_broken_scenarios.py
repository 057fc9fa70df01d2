# ruff: noqa: E501 - a row of the table is read as one line
"""A scenario that lies never loads: each lie, the exact line it stands in, and the sentence its author reads.

Every row spoils the practice case in one place. The mark § in the new text stands in the line the fault must name.
"""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from adjudication.scenario import ScenarioError, ScenarioErrors, load_scenario

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
ROOT = "../practice.yaml"
MARK = "§"
HERE = "# --- who plays when nobody does"
"""A place in the root file where another section fits; it is kept."""


class Lie(NamedTuple):
    """One spoilt place: file, old text, new text, and the fault it must give."""

    part: str
    old: str
    new: str
    path: str
    message: str


LIES = (
    # --- names that are not there ---------------------------------------------------------------
    Lie("moves.yaml", "{add: [reservoir, 9]}", "§{add: [reservoire, 9]}", "moves[fill_fast].effects[0].add[0]",
        "unknown variable 'reservoire'; did you mean 'reservoir'?"),
    Lie("moves.yaml", "    executor: works\n    severity: po", "    §executor: worker\n    severity: po",
        "moves[fill_fast].executor", "unknown seat 'worker'; did you mean 'works'?"),
    Lie("moves.yaml", "exclusive: [fill_slow, hold_filling]", "§exclusive: [fill_slo, hold_filling]",
        "moves[fill_fast].exclusive[0]", "unknown move 'fill_slo'; did you mean 'fill_slow'?"),
    Lie("moves.yaml", "signal: {about: ARD, trust: -0.3}", "§signal: {about: ARDA, trust: -0.3}",
        "moves[fill_fast].signal.about", "unknown side of a signal 'ARDA'; did you mean 'ARD'?"),
    Lie("moves.yaml", "require: {lt: [harvest, 68]}", "§require: {lt: [harvests, 68]}",
        "moves[pump_fund].require.lt[0]", "unknown name 'harvests'; did you mean 'harvest'?"),
    Lie("rules.yaml", "when: {eq: [flag.pledged, 1]}", "§when: {eq: [flag.pledge, 1]}",
        "rules[R-L02].when.eq[0]", "unknown flag (no effect ever sets it) 'flag.pledge'; did you mean 'flag.pledged'?"),
    Lie("rules.yaml", "when: {not: {ordered: {move: shuttle}}}", "§when: {not: {ordered: {move: shutle}}}",
        "rules[R-I01].when.not.ordered.move", "unknown move 'shutle'; did you mean 'shuttle'?"),
    Lie("rules.yaml", "{move: fill_fast, by: upriver}", "§{move: fill_fast, by: upstream}",
        "rules[R-L03].require.not.ordered.by", "unknown seat 'upstream'"),
    Lie("rules.yaml", "{move: fill_fast, by: upriver}", "§{move: fill_fast, by: broker}",
        "rules[R-L03].require", "broker may not order fill_fast"),
    Lie("rules.yaml", "event: discontent_AUTH", "§event: discontent_AUTHORITY",
        "rules[R-I05].event", "unknown event 'discontent_AUTHORITY'; did you mean 'discontent_AUTH'?"),
    Lie("rules.yaml", "{id: R-R14, name: \"It takes two\", lens: rat, stage: 3,", "§{id: R-R14, name: \"It takes two\", lens: rational, stage: 3,",
        "rules[R-R14].lens", "unknown value 'rational'"),
    Lie("rules.yaml", "stage: 4, on: {unilateral: true", "§stage: 4.5, on: {unilateral: true",
        "rules[R-I01].stage", "there is no stage 4.5"),
    Lie("rules.yaml", "{fidelity: [0.4, channel]}", "§{fidelity: [0.4, chanel]}",
        "rules[R-R14].effects[0].fidelity[1]", "unknown variable 'chanel'; did you mean 'channel'?"),
    Lie("rules.yaml", "{signal: [trust_bel, -0.7]}", "§{signal: [tension, -0.7]}",
        "rules[R-R18].effects[0].signal[0]", "unknown belief 'tension'"),
    Lie("rules.yaml", "{clause: [fill, 0]}", "§{clause: [fill, 3]}", "rules[R-R17].effects[3]", "fill has no level 3"),
    Lie("rules.yaml", "on: {unilateral: true, severity: [po, nv]}", "§on: {unilateral: true, severity: [po, xx]}",
        "rules[R-I01].on.severity[1]", "unknown severity 'xx'"),
    Lie("rules.yaml", "{block: refused}", "§{block: refuse}", "rules[R-I02].else[0].block",
        "unknown text of the rule 'refuse'; did you mean 'refused'?"),
    Lie("world.yaml", "drift: {target: 40, rate: 0.12, rule: R-D01}", "§drift: {target: 40, rate: 0.12, rule: R-D11}",
        "variables[tension].drift.rule", "unknown rule 'R-D11'; did you mean 'R-D01'?"),
    Lie("world.yaml", "see: {ARDAN: exact, WORKS: exact, default: {noise: 6}}", "§see: {ARDEN: exact, WORKS: exact, default: {noise: 6}}",
        "variables[reservoir].see.ARDEN", "unknown seat or role 'ARDEN'; did you mean 'ARDAN'?"),
    Lie("people.yaml", "    superior: upriver", "    §superior: upstream", "seats[works].superior", "unknown seat 'upstream'"),
    Lie("people.yaml", "    team: BEL\n    role", "    §team: BELMAR\n    role", "seats[downriver].team",
        "unknown team 'BELMAR'; did you mean 'BEL'?"),
    Lie("bargaining.yaml", "fill: [0, -0.01, -0.05]", "§fil: [0, -0.01, -0.05]", "negotiation.players[AUTH].values.fil",
        "unknown issue 'fil'"),
    Lie("bargaining.yaml", "signatory: downriver", "§signatory: downstream", "negotiation.parties[BEL].signatory",
        "unknown seat 'downstream'"),
    Lie("bargaining.yaml", "levels: {fill: 2, gauge: 2}", "§levels: {fill: 2, gauge: 3}", "negotiation.menus[downstream_ask].levels.gauge",
        "gauge has no level 3"),
    Lie("words.yaml", "{id: figures_shared, ", "§{id: figure_shared, ", "facts[figure_shared].id",
        "unknown flag 'figure_shared'; did you mean 'figures_shared'?"),
    Lie("moves.yaml", "sources: [wolf-2003, judgement]", "§sources: [wolf-2004, judgement]", "moves[fill_fast].sources[0]",
        "unknown source 'wolf-2004'; did you mean 'wolf-2003'?"),
    Lie(ROOT, "  orders: [meet_up, meet_down]", "  §orders: [meet_up, meet]", "summit.orders[1]",
        "unknown move 'meet'; did you mean 'meet_up'?"),
    Lie(ROOT, "  trust: [trust_ard, trust_bel]", "  §trust: [trust_ard, trust_be]", "commitments.trust[1]",
        "unknown variable 'trust_be'; did you mean 'trust_bel'?"),
    Lie(ROOT, "interaction: {sides: [ARD, BEL]", "§interaction: {sides: [ARD, BELL]", "interaction.sides[1]",
        "unknown side 'BELL'; did you mean 'BEL'?"),
    Lie(ROOT, "to: [downriver, broker]", "§to: [downriver, brokers]", "injects[P02].to[1]",
        "unknown addressee 'brokers'; did you mean 'broker'?"),
    # --- shapes ---------------------------------------------------------------------------------
    Lie("moves.yaml", "    group: dam\n", "    §grup: dam\n", "moves[fill_fast].grup",
        "unknown key of a move 'grup'; did you mean 'group'?"),
    Lie("moves.yaml", "{add: [tension, 8]}", "§{adds: [tension, 8]}", "moves[fill_fast].effects[1]",
        "unknown effect 'adds'; did you mean 'add'?"),
    Lie("moves.yaml", "  - id: fill_fast\n    code: U01\n    group: dam\n    seats: [upriver]\n", "  §- id: fill_fast\n    code: U01\n    group: dam\n",
        "moves[fill_fast]", "'seats' is missing"),
    Lie("world.yaml", "kind: scale, init: 48", "§kind: scales, init: 48", "variables[tension].kind",
        "unknown value 'scales'; did you mean 'scale'?"),
    Lie("moves.yaml", "  - id: warn\n", "  §- id: shuttle\n", "moves[shuttle]",
        "'shuttle' is given twice in moves: first in practice/moves.yaml, line 277"),
    Lie(ROOT, "  turns: 3", "  §turns: three", "meta.turns", "a whole number is expected, not 'three'"),
    # --- numbers --------------------------------------------------------------------------------
    Lie("moves.yaml", "    detect: 0.3", "    §detect: 1.3", "moves[drag_feet].detect", "detect is 1.3; it must lie in 0..1"),
    Lie("moves.yaml", "    resist: 0.2", "    §resist: -0.2", "moves[fill_fast].resist", "resist is -0.2; it must lie in 0..1"),
    Lie("moves.yaml", "{add: [reservoir, 9]}", "§{add: [reservoir, 90]}", "moves[fill_fast].effects[0]",
        "an effect of 90 on reservoir is beyond 40"),
    Lie("world.yaml", "rate: 0.12, rule: R-D01", "§rate: 1.2, rule: R-D01", "variables[tension].drift.rate",
        "rate is 1.2; it must lie in 0..1"),
    Lie("world.yaml", "kind: scale, init: 70", "§kind: scale, init: 170", "variables[harvest].init", "init 170 is outside 0..100"),
    Lie(ROOT, "trigger: {ge: [tension, 62]}", "§trigger: {chance: {p: {lin: {const: 0.2, terms: [[0.01, tension]]}}, key: shot}}",
        "injects[P03].trigger", "a probability from 0.2 to 1.2: it must stay in 0..1; bound it with min and max"),
    Lie("bargaining.yaml", "detection: [0.2, 0.6, 0.95]", "§detection: [0.2, 0.6, 1.95]",
        "negotiation.verification.detection[2]", "detection is 1.95; it must lie in 0..1"),
    Lie(ROOT, "  upriver:\n    light: {label: \"A lake that turns turbines\", weight: 0.4", "  §upriver:\n    light: {label: \"A lake that turns turbines\", weight: 0.5",
        "goals.upriver", "the weights add up to 1.1, not 1"),
    Lie("people.yaml", "      objectives:\n        - {label: \"A lake that turns turbines\", weight: 0.4", "      §objectives:\n        - {label: \"A lake that turns turbines\", weight: 0.3",
        "seats[upriver].brief.objectives", "the weights add up to 0.9, not 1"),
    Lie("people.yaml", "\"It is refused by law\"]\n        answer: 1", "\"It is refused by law\"]\n        §answer: 3", "seats[upriver].brief.check.answer",
        "answer 3 is none of the 3 options; count from 0"),
    Lie(ROOT, "  - turn: 2\n    id: river_feast", "  - §turn: 4\n    id: river_feast", "calendar[river_feast].turn",
        "there is no turn 4; the case has 1 to 3"),
    Lie(ROOT, "    first: 1\n    last: 3", "    §first: 1\n    last: 5", "presets[full].first", "plays turns 1 to 5; the case has turns 1 to 3"),
    Lie(ROOT, "turn_names: [\"June\", \"July\", \"August\"]", "§turn_names: [\"June\", \"July\"]", "meta.turn_names",
        "3 turns, 2 turn_names; give one for each turn"),
    Lie(ROOT, "\"2031-08-01\"", "§\"2031-05-01\"", "meta.game_dates[2]", "2031-05-01 lies before the turn before it (2031-07-01)"),
    Lie(ROOT, "kent:                # words for probabilities (after Sherman Kent)\n  - {upto: 0.01", "§kent:\n  - {upto: 0.11", "kent",
        "words for probabilities rise, and the last holds up to 1.0"),
    Lie(ROOT, "h0: 0.012", "§h0: 1.0e+999", "hazard.h0", "a number is expected, not '1.0e+999'"),
    # --- promises and signs ---------------------------------------------------------------------
    Lie("rules.yaml", "{relu: [reservoir, 20, -0.18]}", "§{relu: [reservoir, 20, 0.18]}", "rules[R-N02]",
        "moves harvest up as reservoir rises; promised: down"),
    # --- words ----------------------------------------------------------------------------------
    Lie("moves.yaml", "order: \"Fill the lake as fast as the wall allows\"", "§order: \"\"", "moves[fill_fast].text.order",
        "order is empty; players read it here"),
    Lie("rules.yaml", "say: \"The leaders met.\"", "§say: \" \"", "rules[R-M01].say", "say is empty; players read it here"),
    Lie("rules.yaml", "say: \"The leaders met.\", sources: [judgement]", "§say: \"The leaders met.\", sources: []",
        "rules[R-M01].sources", "a rule needs a source (or `judgement`)"),
    Lie("rules.yaml", "partial: \"Carried out in part", "§parts: \"Carried out in part", "rules[R-I06]",
        "needs the text 'partial': the engine says it to players"),
    Lie("bargaining.yaml", "{label: \"they stay\"", "§{label: \"\"", "negotiation.issues[post].levels[0].label",
        "label is empty; players read it here"),
    # --- circles --------------------------------------------------------------------------------
    Lie(ROOT, "# --- who plays when", "derived:\n  - §{id: a, scalar: {var: b}}\n  - {id: b, scalar: {lin: {const: 1, terms: [[1, a]]}}}\n# --- who plays when",
        "derived[a]", "a -> b -> a: a value cannot be computed from itself"),
    Lie(ROOT, "  - id: P03\n    trigger: {ge: [tension, 62]}\n", "  - §id: P03\n    trigger: {eq: [flag.fire, 1]}\n    effects: [{set_flag: fire}]\n", "injects[P03]",
        "circular trigger: P03 -> P03 sets itself off; let one of them wait for something else"),
    Lie("rules.yaml", "else: [{block: refused}], text", "§else: [{convert: patrol_border}], text", "rules[R-I02]",
        "patrol_border -> patrol_border: these orders would be turned into each other for ever"),
    Lie("rules.yaml", "event: leak_drag_feet, effects: [{add: [approval, -2]}]", "§event: noise, effects: [{emit: noise}]", "rules[R-M14]",
        "circular trigger: R-M14 -> R-M14 sets itself off; let one of them wait for something else"),
    Lie("people.yaml", "    resources: {capital: 40}\n    brief:\n      summary: >-\n        Your country", "    §superior: works\n    brief:\n      summary: >-\n        Your country",
        "seats[upriver].superior", "upriver -> works -> upriver: nobody can be the superior of their own superior"),
    # --- the machinery only some cases need -----------------------------------------------------
    Lie(ROOT, HERE, "cards:\n  - id: mine\n    label: A mine\n    §outcomes: [{id: live, p: 0.8, text: It is live.}, {id: dud, p: 0.3, text: It is not.}]\n",
        "cards[mine].outcomes", "the chances of the outcomes add up to 1.1, not 1"),
    Lie(ROOT, HERE, "cards:\n  - id: mine\n    label: A mine\n    outcomes:\n      - {id: live, p: 1.0, text: It is live., set: {flag.mined: 1, §tensions: 5}}\n",
        "cards[mine].outcomes[live].set.tensions", "unknown variable 'tensions'; did you mean 'tension'?"),
    Lie(ROOT, HERE, "clock:\n  basis_hours: 12\n  §turns: [{name: one, hours: 12}, {name: two, hours: 12}]\n",
        "clock.turns", "3 turns in meta, 2 on the clock; give one for each"),
    Lie(ROOT, "    first: 1\n    last: 1\n", "    first: 1\n    last: 3\n    schedule:\n      - {name: a, covers: [1, 1], hours: 1}\n      - {name: b, §covers: [3, 3], hours: 1}\n",
        "presets[taste].schedule[1].covers", "nothing covers turn 2; b begins at 3"),
    Lie(ROOT, "    first: 1\n    last: 1\n", "    first: 1\n    last: 3\n    schedule:\n      - {name: a, covers: [1, 2], hours: 1}\n      - {name: b, §covers: [2, 3], hours: 1}\n",
        "presets[taste].schedule[1].covers", "b covers turn 2, which was covered before"),
    Lie(ROOT, HERE, "hazards:\n  - {id: ferry, label: The ferry, rule: R-R08, event: shots, §p: {lin: {terms: [[0.02, tension]]}}}\n",
        "hazards[ferry].p", "a probability from 0 to 2: it must stay in 0..1; bound it with min and max"),
    Lie(ROOT, HERE, "hazards:\n  - §{id: ferry, label: The ferry, rule: R-R08, event: shots}\n",
        "hazards[ferry]", "give either p (a probability) or logit (log-odds), one of them"),
    Lie(ROOT, HERE, "indicators:\n  - {id: flow, label: Flow, sources: [judgement], §points: [{turn: 4, value: 1}]}\n",
        "indicators[flow].points", "there is no turn 4; the case has 1 to 3"),
    Lie(ROOT, HERE, "indicators:\n  - {id: flow, label: Flow, sources: [judgement], §points: [{turn: 2, value: 1}, {turn: 1, value: 2}]}\n",
        "indicators[flow].points", "its points are not in the order of turns, or one turn has two"),
    Lie(ROOT, HERE, "indicators:\n  - {id: flow, label: Flow, §sources: [], points: [{turn: 1, value: 1}]}\n",
        "indicators[flow].sources", "an indicator needs a source: it says what happened"),
    Lie(ROOT, HERE, "indicators:\n  - {id: flow, label: Flow, sources: [judgement], points: [], §moves: [survy]}\n",
        "indicators[flow].moves[0]", "unknown move 'survy'; did you mean 'survey'?"),
    Lie(ROOT, HERE, "indicators:\n  - {id: flow, label: Flow, sources: [judgement], points: [], scalar: {var: tension}, §moves: [survey]}\n",
        "indicators[flow].moves", "give either a scalar or moves to lay beside it, not both"),
    Lie(ROOT, HERE, "indicators:\n  - {id: flow, label: Flow, sources: [judgement], points: [], §scalar: {var: tensoin}}\n",
        "indicators[flow].scalar.var", "unknown name 'tensoin'; did you mean 'tension'?"),
    Lie(ROOT, HERE, "ladder: {variable: war, rungs: [peace, war], §ends_at: 4}\n", "ladder.ends_at",
        "the game ends at rung 4; the rungs are 0 to 1"),
    Lie(ROOT, HERE, "standing:\n  - {id: S1, seat: downriver, name: Fire back, on: {event: clash}, §do: patrol_bordr, rule: R-R08}\n",
        "standing[S1].do", "unknown move 'patrol_bordr'; did you mean 'patrol_border'?"),
    Lie(ROOT, HERE, "channels:\n  - {id: letter, label: Letter, from: [upriver], §to: [downstream], delay: 1}\n",
        "channels[letter].to[0]", "unknown seat 'downstream'; did you mean 'downriver'?"),
    Lie(ROOT, HERE, "lines:\n  - {id: wire, between: [[upriver], [§downstream]], delay: 1}\n",
        "lines[wire].between[1][0]", "unknown seat 'downstream'; did you mean 'downriver'?"),
    Lie(ROOT, HERE, "lines:\n  - §{id: wire, between: [[upriver], [downriver]], kind: bilateral, delay: 1}\n",
        "lines[wire]", "a line is given by `between` or by `kind`, one of them"),
    Lie(ROOT, HERE, "lines:\n  - {id: wire, kind: bilateral, intercept: [{by: upriver, §p: 1.5, rule: R-M14}]}\n",
        "lines[wire].intercept[0].p", "p is 1.5; a chance lies in 0..1"),
    Lie(ROOT, HERE, "lines:\n  - §{id: wire, kind: bilateral}\n",
        "lines[wire]", "nothing befalls a message on this line; give a delay, an intercept or a leak"),
    Lie(ROOT, HERE, "lines:\n  - {id: wire, kind: bilateral, §delay: -1, leak: {p: 0.1, rule: R-M14}}\n",
        "lines[wire].delay", "a delay of -1 turns; give 0 or more"),
    Lie(ROOT, HERE, "lines:\n  - {id: wire, kind: corridor, §delay: 1}\n",
        "lines[wire].delay", "people in one room hear each other at once; only lines used from afar are slow"),
    Lie(ROOT, HERE, "talk:\n  §reads: sides\n", "talk.reads", "unknown value 'sides'; did you mean 'side'?"),
    Lie("words.yaml", "    to: [any]\n    reference", "    §to: [anybody]\n    reference", "templates[note].to[0]",
        "unknown addressee 'anybody'; did you mean 'any'?"),
    Lie("words.yaml", "    to: [any]\n    reference", "    §seats: [upstream]\n    to: [any]\n    reference", "templates[note].seats[0]",
        "unknown seat 'upstream'"),
    Lie("words.yaml", "\"NOTE {seat}-{to} {n:03}\"", "§\"NOTE {seat} {n:03}\"", "templates[note].reference",
        "the pattern lacks {to}: numbers run within what one seat sends the same addressees, so that none tells of papers to others"),
    Lie("words.yaml", "\"NOTE {seat}-{to} {n:03}\"", "§\"NOTE {seat}-{to} {year} {n:03}\"", "templates[note].reference",
        "the pattern names {year}"),
    Lie("words.yaml", "    to: [any]\n    reference", "    seats: [upriver]\n    to: [any]\n    §clearance: [[downriver]]\n    reference",
        "templates[note].clearance[0]", "downriver is never asked: no seat of its side may draft this paper"),
    Lie("words.yaml", "    to: [any]\n    reference", "    to: [any]\n    clearance:\n      - [works]\n      - §[works]\n    reference",
        "templates[note].clearance[1]", "works is asked in two steps; once is enough"),
    Lie("words.yaml", "{id: subject, label: \"Subject\", required: true", "§{id: subject, label: \"Subject\", lines: 4",
        "templates[note].fields[subject]", "the first field names the paper in lists: one line, required, no choices"),
    Lie("words.yaml", "    kind: cable\n", "    kind: rfi\n    §due: -1\n", "templates[note].due",
        "due in -1 turns; give 0 (the same turn) or more"),
    Lie("words.yaml", "{id: body, label: \"Text\"", "§{id: to, label: \"Text\"", "templates[note].fields[to].id",
        "`to` is the line of addressees; name the field otherwise"),
    Lie("bargaining.yaml", "      obligor: BEL\n      symbolic: true", "      obligor: BEL\n      secret_levels: {§3: {holders: [upriver, downriver]}}",
        "negotiation.issues[pay].secret_levels.3", "pay has no secret level 3"),
    Lie("bargaining.yaml", "  prepared_rule: R-I08", "  leaks:\n    - §{issue: pay, level: 1, p: 0.1, event: out, rule: R-M14}\n  prepared_rule: R-I08",
        "negotiation.leaks[0]", "pay has no secret level 1 that could leak"),
    Lie("bargaining.yaml", "  prepared_rule: R-I08", "  absent:\n    - id: FARM\n      label: Farmers\n      values: {fill: [0, 1, 2]}\n      §executes: {fil: 1}\n      event: no\n      rule: R-M14\n  prepared_rule: R-I08",
        "negotiation.absent[FARM].executes.fil", "unknown issue 'fil'; did you mean 'fill'?"),
    Lie(ROOT, "order: fill_fast, why", "§order: pull_back, why", "bots.upriver.rules[0].order", "upriver may not order pull_back"),
    Lie(ROOT, HERE, "scoring: {measures: [§{id: hot, sum: 1, peak: {var: tension}}]}\n", "scoring.measures[hot]",
        "a measure has exactly one form, not 2"),
    Lie(ROOT, "variables: [tension, harvest, approval", "§variables: [tension, esc_pts, approval", "free_moves.variables[1]",
        "esc_pts is kept by the adjudicator; no free move touches it"),
    # --- the record -----------------------------------------------------------------------------
    Lie(ROOT, HERE, "history:\n  orders:\n    1: {§upriver: [pull_back]}\n", "history.orders.1.upriver", "turn 1: upriver may not order pull_back"),
    Lie(ROOT, HERE, "history:\n  orders:\n    1: {§upriver: [pledge, fill_fast, offer_power]}\n", "history.orders.1.upriver", "turn 1: upriver spends 3, its budget is 2"),
    Lie(ROOT, HERE, "history:\n  orders:\n    §4: {upriver: [pledge]}\n", "history.orders.4", "there is no turn 4; the case has 1 to 3"),
    Lie(ROOT, HERE, "history:\n  orders: {}\n  texts:\n    - {turn: 2, levels: {§fill: 7}, parties: [upriver, downriver]}\n", "history.texts[0].levels.fill", "fill has no level 7"),
    Lie(ROOT, HERE, "standing:\n  - §{id: S1, seat: downriver, name: Keep it shut, on: {flag: market_closed}, do: close_market, rule: R-R08}\n",
        "standing[S1]", "circular trigger: S1 -> S1 sets itself off; let one of them wait for something else"),
    # --- sizes ----------------------------------------------------------------------------------
)  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The practice case as files an author may spoil."""
    shutil.copytree(SHIPPED / "practice", tmp_path / "practice")
    return Path(shutil.copy(SHIPPED / "practice.yaml", tmp_path))


def spoil(root: Path, lie: Lie) -> tuple[str, int]:
    """Write the lie into its file; return the file as faults name it, and the line of the mark."""
    part = (root.parent / "practice" / lie.part).resolve()
    text = part.read_text(encoding="utf-8")
    assert lie.old in text
    spoilt = text.replace(lie.old, lie.new + (HERE if lie.old == HERE else ""), 1)
    part.write_text(spoilt.replace(MARK, ""), encoding="utf-8")
    return part.relative_to(root.parent).as_posix(), spoilt[: spoilt.index(MARK)].count("\n") + 1


def faults(root: Path) -> list[ScenarioError]:
    with pytest.raises(ScenarioErrors) as caught:
        load_scenario(root)
    return caught.value.errors


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: f"{lie.path}: {lie.message[:40]}")
def test_a_lie_is_refused_at_its_line_with_a_sentence(copy: Path, lie: Lie) -> None:
    file, line = spoil(copy, lie)
    (fault,) = faults(copy)
    assert (fault.file, fault.line, fault.path, fault.message) == (file, line, lie.path, lie.message)


def test_more_packages_than_can_be_enumerated_are_refused_with_advice(copy: Path) -> None:
    part = copy.parent / "practice" / "bargaining.yaml"
    levels = "".join(f"        - {{label: L{n}, text: T{n}.}}\n" for n in range(10))
    issues = "".join(f"    - id: x{n}\n      label: X{n}\n      levels:\n{levels}" for n in range(8))
    text = part.read_text(encoding="utf-8")
    part.write_text(text.replace("  issues:\n", "  issues:\n" + issues, 1), encoding="utf-8")
    found = [fault for fault in faults(copy) if "packages" in fault.message]
    assert {(fault.file, fault.line, fault.path) for fault in found} == {
        ("practice/bargaining.yaml", 3, "negotiation.issues")
    }
    (advice,) = [fault.message for fault in found if "merge" in fault.message]
    assert advice == (
        "5,400,000,000 packages; at most 2,000,000 can be enumerated: merge issues or drop levels until there are "
        "2,700 times fewer, first x7 (10 levels), x6 (10 levels), x5 (10 levels)"
    )


def test_an_alias_that_repeats_itself_does_not_fill_the_memory(copy: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
    )
    (copy.parent / "practice" / "words.yaml").write_text(bomb, encoding="utf-8")
    assert any("repeated aliases" in fault.message for fault in faults(copy))
    (copy.parent / "practice" / "words.yaml").write_text("glossary: &a [*a]\n", encoding="utf-8")
    assert any("repeated aliases" in fault.message for fault in faults(copy))


def test_every_lie_of_a_file_is_told_at_once(copy: Path) -> None:
    for lie in (LIES[0], LIES[1], LIES[4]):
        spoil(copy, lie)
    assert {fault.message for fault in faults(copy)} == {LIES[0].message, LIES[1].message, LIES[4].message}
