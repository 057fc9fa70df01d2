"""A designed experiment: every combination over the same seeds, played once, resumed, and written as Parquet."""

import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from adjudication.design import Block, Design, Factor, Setting, blocks, cells, play_block
from adjudication.scenario import load_scenario
from wargame.aar import study
from wargame.aar.models import StudyBlock

pytestmark = pytest.mark.one_store
CASES = Path(__file__).parents[2] / "fixtures/scenarios"
PLAN = """
study: two-starts
scenario: practice
games: 3
factors:
  - {id: start, vary: "start:%s", levels: {low: 10, high: 60}}
  - {id: lens, vary: lenses, levels: {all: all, none: none}}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    case = load_scenario(CASES / "practice.yaml")
    path = tmp_path / "two-starts.yaml"
    path.write_text(PLAN % next(v.id for v in case.variables if v.kind == "scale"))
    return path


def test_cells_are_every_combination_in_the_order_of_the_design() -> None:
    one = Factor(id="a", vary="lenses", levels={"x": "all", "y": "none"})
    two = Factor(id="b", vary="strategy", levels={"p": "p", "q": "q", "r": "r"})
    found = cells(Design(study="s", scenario="c", factors=(one, two)))
    assert [tuple(s.level for s in cell.settings) for cell in found] == [
        ("x", "p"), ("x", "q"), ("x", "r"), ("y", "p"), ("y", "q"), ("y", "r"),
    ]  # fmt: skip
    assert [cell.number for cell in found] == [1, 2, 3, 4, 5, 6]


def test_a_block_stands_for_itself_whatever_is_played_beside_it() -> None:
    case = load_scenario(CASES / "practice.yaml")
    variable = next(v.id for v in case.variables if v.kind == "scale")
    block = Block(
        scenario=case.meta.id, scenario_hash=case.content_hash, engine="1", seed="s",
        settings=(Setting("start", "high", f"start:{variable}", 60),), outcomes=(f"end.{variable}", f"mean.{variable}"),
        first=1, games=4,
    )  # fmt: skip
    whole = play_block(case, block)
    alone = play_block(
        case, Block(**{name: getattr(block, name) for name in block.__struct_fields__} | {"first": 3, "games": 1})
    )
    assert alone.games == whole.games[2:3]
    assert alone.turns == tuple(row for row in whole.turns if row["game"] == 3)


@pytest.mark.django_db
def test_a_study_is_played_once_and_writes_the_same_bytes_again(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, turns = tmp_path / "games.parquet", tmp_path / "turns.parquet"
    call_command("study", str(plan), "--here", out=str(out), turns=str(turns))
    games = pq.read_table(io.BytesIO(out.read_bytes())).to_pylist()
    assert [(row["cell"], row["start"], row["lens"], row["game"]) for row in games] == [
        (cell, start, lens, game)
        for cell, (start, lens) in enumerate(
            [("low", "all"), ("low", "none"), ("high", "all"), ("high", "none")], start=1
        )
        for game in (1, 2, 3)
    ]
    assert len({row["seed"] for row in games}) == 3, "every cell plays the same seeds"
    first = out.read_bytes(), turns.read_bytes()

    def never(*_: object) -> None:
        raise AssertionError("a block that was played is not played again")

    monkeypatch.setattr(study, "play_block", never)
    call_command("study", str(plan), "--here", out=str(out), turns=str(turns))
    assert (out.read_bytes(), turns.read_bytes()) == first


@pytest.mark.django_db
def test_an_interrupted_study_goes_on_where_it_stopped(
    plan: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real, played = study.play_block, []

    def stopping(case: object, block: Block) -> object:
        if len(played) == 2:
            raise KeyboardInterrupt
        played.append(block)
        return real(case, block)  # type: ignore[arg-type]

    monkeypatch.setattr(study, "play_block", stopping)
    with pytest.raises(KeyboardInterrupt):
        call_command("study", str(plan), "--here", out=str(tmp_path / "x.parquet"))
    assert not (tmp_path / "x.parquet").exists()
    monkeypatch.setattr(study, "play_block", lambda case, block: played.append(block) or real(case, block))
    StudyBlock.objects.filter(state="waiting").update(told_ms=0)
    call_command("study", str(plan), "--here", out=str(tmp_path / "x.parquet"))
    assert len(played) == 4
    assert len({study.key_of(block) for block in played}) == 4


@pytest.mark.django_db
def test_without_a_worker_it_says_so_and_asks_for_nothing(plan: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No worker answers"):
        call_command("study", str(plan), out=str(tmp_path / "x.parquet"))
    assert StudyBlock.objects.count() == 0


@pytest.mark.django_db
def test_a_block_of_a_case_that_was_changed_says_so(plan: Path) -> None:
    case = load_scenario(CASES / "practice.yaml")
    variable = next(v.id for v in case.variables if v.kind == "scale")
    design = Design(
        study="s", scenario="practice", games=1, factors=(Factor(id="a", vary=f"start:{variable}", levels={"x": 1}),)
    )
    [(_, block)] = blocks(case, design, engine="1")
    changed = Block(**{name: getattr(block, name) for name in block.__struct_fields__} | {"scenario_hash": "other"})
    asked = {study.key_of(changed): changed}
    [key] = study.blocks_ask(asked, now_ms=1, most=5)
    study.block_run(key)
    found = study.standing(asked)
    assert (found.ready, found.failed) == (0, 1)
    assert "was changed" in found.message


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("high: 60", "high: 600", "two-starts.yaml:6: factors[start].levels.high: 600: "),
        ("all: all", "all: al", "two-starts.yaml:7: factors[lens].levels.all: unknown lens or preset 'al'"),
        ("vary: lenses", "vary: lense", "factors[lens].vary: 'lense' cannot be varied"),
        ("scenario: practice", "scenario: practise", "two-starts.yaml:3: scenario: there is no 'practise'"),
        ("games: 3", "games: 0", "two-starts.yaml:4: games: 0 games a cell"),
        ("id: lens,", "id: seed,", "the factor 'seed' needs a name of its own"),
        ("games: 3", "games: 3\noutcomes: [end.nothing]", "unknown outcome 'end.nothing'"),
        ("games: 3", "gmes: 3", "unknown key of a design 'gmes'"),
    ],
)
def test_a_design_that_cannot_be_played_names_file_line_and_path(plan: Path, old: str, new: str, said: str) -> None:
    plan.write_text(plan.read_text().replace(old, new))
    with pytest.raises(CommandError) as refused:
        call_command("study", str(plan), "--here")
    assert said in str(refused.value)
    assert StudyBlock.objects.count() == 0
