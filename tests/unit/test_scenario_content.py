"""What the case file promises its players: every text is there, every number has a source, every name exists.

Reads the YAML as an author wrote it, so that a fault points at the file and not at the loader.
"""

import csv
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ROOT = FIXTURES / "scenarios" / "us-dprk-2017.yaml"
MERGED = {"moves", "rules", "injects", "sources", "calendar", "glossary", "variables"}
SEATS = {"potus", "state", "defense", "intel", "dprk", "rok", "jpn"}
COMPARISONS = {"gt", "ge", "lt", "le", "eq", "between"}
PEOPLE = re.compile(
    r"\b(Trump|Kim|Jong|Pompeo|Bolton|Tillerson|Mattis|McMaster|Biegun|Coats|Haley|Warmbier|Cohen|Pence|Obama|Moon|Jae-in|Chung|Suh|Abe|Kono|"
    r"Xi|Jinping|Putin|Lavrov|Wang|Choe|Ri|Otto|Cha|Milley|Esper|Kang)\b"
)
IDS = re.compile(r"(?:^|_)(trump|kim|pompeo|bolton|tillerson|mattis|biegun|warmbier|moon|abe|xi|putin)(?:_|$)")


@pytest.fixture(scope="module")
def case() -> dict[str, Any]:
    """All sections of the case, joined over its files."""
    sections: dict[str, Any] = yaml.safe_load(ROOT.read_text())
    for name in sections.pop("include"):
        for section, content in yaml.safe_load((ROOT.parent / name).read_text()).items():
            if section in MERGED and section in sections:
                sections[section] = sections[section] + content
            elif section == "negotiation" and section in sections:
                sections[section] = sections[section] | content
            else:
                sections[section] = content
    return sections


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def operands(condition: object) -> Iterator[str]:
    """Every name a condition compares, at any depth."""
    if isinstance(condition, dict):
        for key, value in condition.items():
            if key in COMPARISONS:
                yield from (item for item in value if isinstance(item, str))
            else:
                yield from operands(value)
    elif isinstance(condition, list):
        for item in condition:
            yield from operands(item)


def ordered_moves(condition: object) -> Iterator[tuple[str, str | None]]:
    """Every (move, seat) a condition asks about."""
    if isinstance(condition, dict):
        if isinstance(condition.get("ordered"), dict):
            named = condition["ordered"].get("moves") or [condition["ordered"]["move"]]
            yield from ((move, condition["ordered"].get("by")) for move in named)
        if isinstance(condition.get("count"), dict):
            by = condition["count"].get("by") or [None]
            yield from itertools.product(condition["count"].get("moves", []), by)
        for value in condition.values():
            yield from ordered_moves(value)
    elif isinstance(condition, list):
        for item in condition:
            yield from ordered_moves(item)


def things_with_effects(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from case["moves"]
    yield from case["injects"]
    yield from case["calendar"]


def flags_set(case: dict[str, Any]) -> Iterator[str]:
    """Flags that some order or event raises; one that is only ever lowered does not count."""
    for thing in things_with_effects(case):
        for effect in thing.get("effects", []):
            match effect.get("set_flag"):
                case str(flag) | [str(flag), True]:
                    yield flag


def conditions(case: dict[str, Any]) -> Iterator[tuple[str, object]]:
    for move in case["moves"]:
        if move.get("require"):
            yield move["id"], move["require"]
    for inject in case["injects"]:
        if inject.get("trigger"):
            yield inject["id"], inject["trigger"]
    for thing in things_with_effects(case):
        for effect in thing.get("effects", []):
            if "when" in effect:
                yield thing["id"], effect["when"]


def test_the_case_loads_without_a_fault() -> None:
    from adjudication.scenario import load_scenario

    scenario = load_scenario(ROOT)
    assert len(scenario.moves) >= 89
    assert len(scenario.injects) == 54


def test_every_move_tells_what_it_does_and_what_it_costs(case: dict[str, Any]) -> None:
    for move in case["moves"]:
        text = move["text"]
        assert set(text) == {"order", "help", "effects"}, move["id"]
        assert 5 <= len(text["order"]) <= 70, move["id"]
        assert not text["order"].endswith("."), move["id"]
        assert len(re.findall(r"[.!?](?:\s|$)", text["help"])) >= 2, f"{move['id']}: a use and a trade-off"
        assert len(text["help"]) <= 260, move["id"]
        assert text["effects"].endswith("."), move["id"]
        assert move["precedent"], move["id"]
        assert move["sources"], move["id"]
        assert move["severity"] in {"de", "sq", "po", "nv", "vi", "nu"}, move["id"]
        assert move["visibility"] in {"public", "private", "covert"}, move["id"]
        assert move["group"] in GROUPS, move["id"]
        assert {*move["seats"], move["executor"]} <= SEATS, move["id"]


GROUPS = {
    "signals", "talks", "pressure", "military", "relief",
    "alliance", "intelligence", "institutions", "arsenal", "gestures",
}  # fmt: skip


def test_a_covert_move_can_be_detected_and_an_open_one_need_not_be(case: dict[str, Any]) -> None:
    for move in case["moves"]:
        if move["visibility"] == "covert":
            assert 0 < move.get("detect", 0) < 1, move["id"]
        else:
            assert move.get("detect", 0) == 0, move["id"]


def test_every_seat_has_work_of_its_own(case: dict[str, Any]) -> None:
    count = Counter(seat for move in case["moves"] for seat in move["seats"])
    assert set(count) == SEATS
    assert min(count.values()) >= 6, count


def test_ids_and_codes_are_unique(case: dict[str, Any]) -> None:
    for section in ("moves", "injects", "sources", "seats", "presets", "calendar"):
        ids = [item["id"] for item in case[section]]
        assert len(ids) == len(set(ids)), (section, [i for i, n in Counter(ids).items() if n > 1])
    codes = [move["code"] for move in case["moves"] if move.get("code")]
    assert len(codes) == len(set(codes))
    terms = [entry["term"] for entry in case["glossary"]]
    assert len(terms) == len(set(terms))


def test_weights_equal_the_published_table(case: dict[str, Any]) -> None:
    lines = (FIXTURES / "reference" / "cameo_goldstein.csv").read_text().splitlines()
    table = {row["code"]: float(row["goldstein"]) for row in csv.DictReader(lines[1:])}
    assert table["195"] == -10.0
    for move in case["moves"]:
        assert move["goldstein"] == table[move["cameo"]], move["id"]


def test_every_number_has_a_source_and_every_source_a_text(case: dict[str, Any]) -> None:
    known = {source["id"] for source in case["sources"]}
    for source in case["sources"]:
        assert len(source["text"]) > 20, source["id"]
    cited = [item for section in ("moves", "injects", "calendar", "rules", "variables") for item in case[section]]
    for item in cited:
        assert item.get("sources"), item["id"]
        assert set(item["sources"]) <= known, (item["id"], set(item["sources"]) - known)
    for seat in case["seats"]:
        assert set(seat["brief"]["sources"]) <= known, seat["id"]


def test_effects_name_what_exists_and_stay_in_bounds(case: dict[str, Any]) -> None:
    variables = {variable["id"]: variable for variable in case["variables"]}
    for thing in things_with_effects(case):
        for effect in thing.get("effects", []):
            if "add" in effect:
                name, amount = effect["add"]
                assert name in variables, (thing["id"], name)
                if isinstance(amount, int | float):
                    assert 0 < abs(amount) <= 40, (thing["id"], name)


def test_conditions_ask_only_about_what_exists(case: dict[str, Any]) -> None:
    variables = {variable["id"] for variable in case["variables"]} | {"turn"}
    issues = {issue["id"] for issue in case["negotiation"]["issues"]}
    flags = set(flags_set(case))
    orders = {move["id"]: set(move["seats"]) for move in case["moves"]}
    for owner, condition in conditions(case):
        for name in operands(condition):
            head, _, tail = name.partition(".")
            match head:
                case "flag":
                    assert tail in flags, (owner, name)
                case "clause":
                    assert tail in issues, (owner, name)
                case "param":
                    move = next(move for move in case["moves"] if move["id"] == owner)
                    assert tail in {param["id"] for param in move["params"]}, (owner, name)
                case _:
                    assert name in variables, (owner, name)
        for move, seat in ordered_moves(condition):
            assert move in orders, (owner, move)
            assert seat is None or seat in orders[move], (owner, move, seat)


def test_every_flag_can_be_said_in_words(case: dict[str, Any]) -> None:
    facts = {fact["id"]: fact for fact in case["facts"]}
    raised_by_rules = {
        effect["set_flag"]
        for rule in case["rules"]
        for effect in rule.get("effects", [])
        if isinstance(effect.get("set_flag"), str)
    }
    assert set(facts) == set(flags_set(case)) | raised_by_rules
    for fact in facts.values():
        assert fact["label"] != fact["absent"], fact["id"]
        assert fact["see"], fact["id"]
        assert set(fact["see"]) <= SEATS | {"all"}, fact["id"]


def test_a_seat_can_read_every_flag_its_own_moves_depend_on(case: dict[str, Any]) -> None:
    readers = {fact["id"]: set(fact["see"]) for fact in case["facts"]}
    for move in case["moves"]:
        for name in operands(move.get("require", {})):
            if name.startswith("flag."):
                known_to = readers[name.removeprefix("flag.")]
                assert "all" in known_to or set(move["seats"]) <= known_to, (move["id"], name)


def test_a_move_that_wins_over_another_names_a_move(case: dict[str, Any]) -> None:
    moves = {move["id"] for move in case["moves"]}
    for move in case["moves"]:
        assert set(move.get("exclusive", [])) <= moves - {move["id"]}, move["id"]


def test_every_choice_has_a_label_and_a_valid_default(case: dict[str, Any]) -> None:
    for move in case["moves"]:
        for param in move.get("params", []):
            assert param["label"], move["id"]
            if param["kind"] == "choice":
                assert len(param["choices"]) == len(param["labels"]) > 1, move["id"]
                assert param["default"] in param["choices"], move["id"]


def test_the_fifty_four_injects_are_complete(case: dict[str, Any]) -> None:
    injects = case["injects"]
    assert [inject["id"] for inject in injects] == [f"I{n:02d}" for n in range(1, 55)]
    for inject in injects:
        assert inject["kind"] in {"H", "C", "S"}, inject["id"]
        assert inject["turn"] is not None or inject["trigger"] is not None, inject["id"]
        assert inject["turn"] is None or 1 <= inject["turn"] <= 12, inject["id"]
        assert inject["to"], inject["id"]
        assert set(inject["to"]) <= SEATS | {"all"}, inject["id"]
        assert inject["precedence"] in {"routine", "priority", "immediate", "flash"}, inject["id"]
        for key in ("from", "title", "text", "expected", "objective"):
            assert inject[key], (inject["id"], key)
        assert 60 <= len(inject["text"]) <= 400, inject["id"]
        assert len(inject["title"]) <= 60, inject["id"]


def test_every_brief_is_complete_and_its_check_has_one_answer(case: dict[str, Any]) -> None:
    assert {seat["id"] for seat in case["seats"]} == SEATS
    for seat in case["seats"]:
        brief = seat["brief"]
        for key in ("interests", "resources", "constraints", "red_lines", "powers"):
            assert len(brief[key]) >= 2, (seat["id"], key)
        assert 120 <= len(brief["summary"]) <= 600, seat["id"]
        assert abs(sum(goal["weight"] for goal in brief["objectives"]) - 1) < 1e-9, seat["id"]
        assert all(goal["measure"] for goal in brief["objectives"]), seat["id"]
        check = brief["check"]
        assert 3 <= len(check["options"]) <= 5, seat["id"]
        assert 0 <= check["answer"] < len(check["options"]), seat["id"]


def test_what_a_brief_promises_is_what_is_scored(case: dict[str, Any]) -> None:
    for seat in case["seats"]:
        promised = {goal["label"]: goal["weight"] for goal in seat["brief"]["objectives"]}
        scored = {goal["label"]: goal["weight"] for goal in case["goals"][seat["id"]].values()}
        assert scored == promised, seat["id"]


def test_presets_stay_inside_the_case(case: dict[str, Any]) -> None:
    variables = {variable["id"] for variable in case["variables"]}
    issues = {issue["id"] for issue in case["negotiation"]["issues"]}
    phases = {phase["id"] for phase in case["phases"]}
    assert {"full", "singapore", "hanoi", "ninety"} <= {preset["id"] for preset in case["presets"]}
    for preset in case["presets"]:
        assert 1 <= preset["first"] <= preset["last"] <= case["meta"]["turns"], preset["id"]
        assert set(preset.get("minutes", {})) <= phases, preset["id"]
        for name in preset.get("start", {}):
            head, _, tail = name.partition(".")
            known = tail in issues if head == "clause" else head == "flag" or name in variables
            assert known, (preset["id"], name)


def test_historical_orders_are_orders_those_seats_may_give_within_budget(case: dict[str, Any]) -> None:
    orders = {move["id"]: move for move in case["moves"]}
    budget = {seat["id"]: seat["budget"] for seat in case["seats"]}
    for turn, sheets in case["history"]["orders"].items():
        for seat, sheet in sheets.items():
            assert all(seat in orders[move]["seats"] for move in sheet), (turn, seat)
            assert sum(orders[move].get("cost", 1) for move in sheet) <= budget[seat], (turn, seat)


def test_no_text_names_a_living_person(case: dict[str, Any]) -> None:
    for section, content in case.items():
        if section == "sources":  # Titles and authors of the literature.
            continue
        for text in strings(content):
            found = PEOPLE.search(text)
            assert found is None, (section, text[:80])
            assert IDS.search(text) is None, (section, text)


def test_glossary_entries_are_short_sentences(case: dict[str, Any]) -> None:
    assert len(case["glossary"]) >= 40
    for entry in case["glossary"]:
        assert entry["text"].endswith("."), entry["term"]
        assert len(entry["text"]) <= 220, entry["term"]


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example of the authors' guide as files: its first block is the root, the others are included."""
    guide = (FIXTURES.parent / "docs" / "scenario-authoring.md").read_text(encoding="utf-8")
    first, *others = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    folder = tmp_path_factory.mktemp("guide")
    names = [f"part{number}.yaml" for number, _ in enumerate(others)]
    for name, text in zip(names, others, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "strait.yaml").write_text(f"{first}include: [{', '.join(names)}]\n", encoding="utf-8")
    return folder / "strait.yaml"


def test_the_example_of_the_authors_guide_loads_and_makes_sense(guided: Path) -> None:
    from adjudication.lint import lint
    from adjudication.scenario.loader import read_scenario

    assert [str(finding) for finding in lint(*read_scenario(guided))] == []


def test_the_example_of_the_authors_guide_is_played_to_its_end_by_bots(guided: Path) -> None:
    from adjudication.rehearsal import rehearse, rehearse_bots
    from adjudication.scenario import load_scenario

    scenario = load_scenario(guided)
    bots, sheets = rehearse_bots(scenario, games=10), rehearse(scenario, games=10)
    assert bots.passed, bots
    assert sheets.passed, sheets
    assert sheets.unused == ()


def test_the_guide_tells_what_a_wrong_sign_does(guided: Path) -> None:
    from adjudication.scenario import ScenarioErrors, load_scenario

    part = next(path for path in guided.parent.glob("part*.yaml") if "R-N01" in path.read_text(encoding="utf-8"))
    text = part.read_text(encoding="utf-8")
    part.write_text(text.replace("{relu: [tension, 60, -0.2]}", "{relu: [tension, 60, 0.2]}"), encoding="utf-8")
    try:
        with pytest.raises(ScenarioErrors, match="moves traffic up as tension rises; promised: down"):
            load_scenario(guided)
    finally:
        part.write_text(text, encoding="utf-8")
