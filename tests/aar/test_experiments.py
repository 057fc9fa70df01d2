"""The commands on played games: a game of the store comes out again to the byte, and what they say can be acted on."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.management import CommandError, call_command

from adjudication.counterfactual import Change, counterfactual
from adjudication.lenses import PRESETS
from adjudication.played import accounts
from wargame.aar.replayed import played_by_name, played_game
from wargame.bots.management.commands.play import policies
from wargame.bots.player import Player
from wargame.bots.theatre import Staged, play_phase, stage, throwaway_store
from wargame.game.commands import GameCreate
from wargame.store.cases import case_now

TURNS = 3


@pytest.fixture(scope="module")
def game(django_db_blocker: Any) -> Iterator[Staged]:
    """Three turns of bots; Control edits the first proposal before it is released."""
    with django_db_blocker.unblock(), throwaway_store():
        case = case_now("us-dprk-2017")
        assert case is not None
        staged = stage(
            GameCreate(
                title="To be played again", scenario=case.meta.id, preset="singapore", seed="again",
                style="semi_rigid", open_seats=(), bots=policies(case, "all"),
                phase_ms={phase.id: None for phase in case.phases},
            ),
            game_id="played-again",
        )  # fmt: skip
        staged.order("game.start", {"force": True}, slug="start")
        players = [
            Player(staged.game, seat, policy=policy, case=staged.case)
            for seat, policy in sorted(staged.state.bots.items())
        ]
        while staged.state.turn <= TURNS and staged.state.status == "running":
            play_phase(staged, players)
            now = staged.state
            if now.turn == 1 and now.proposal is not None and not now.rulings:
                edit = {"turn": 1, "variable": "tension", "delta": 7.5, "reason": "A near miss at sea."}
                staged.order("ruling.edit", edit, slug="edit")
        yield staged


def asked(*args: str) -> Any:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_the_engine_gives_every_turn_of_a_played_game_again_to_the_byte(game):
    played = played_game(game.game)
    assert [turn.number for turn in played.turns] == list(range(1, TURNS + 1))
    assert played.seed == "again"
    for again, turn in zip(accounts(played, played.turns, played.start), played.turns, strict=True):
        ours, theirs = (msgspec.json.encode(one, order="deterministic") for one in (again, turn.resolution))
        assert ours == theirs
    assert played.turns[0].sealed.bots == tuple(game.state.bots)


def test_what_control_ruled_is_part_of_the_record_and_left_out_of_the_runs_unless_kept(game):
    played = played_game(game.game)
    assert [ruling.target for ruling in played.turns[0].sealed.overrides] == ["tension"]
    plain = counterfactual(played, Change(), runs=3)
    kept = counterfactual(played, Change(with_overrides=True), runs=3)
    assert plain.reproduced is kept.reproduced is True
    assert plain.rulings == kept.rulings == 1
    assert kept.turns[0].variables["tension"].original == pytest.approx(
        plain.turns[0].variables["tension"].original + 7.5, abs=0.01
    )


def test_a_game_is_found_by_its_join_code(game):
    assert played_by_name(game.row.code.lower()).seed == played_by_name(game.game).seed == "again"


def test_the_command_tells_it_as_data_and_in_words(game, tmp_path: Path):
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text("2:\n  potus: [{move: threat, public: true}]\n")
    words = ("counterfactual", game.game, "--orders", str(sheet), "--from", "2", "--runs", "8", "--set", "tension=70@2")
    done = json.loads(asked(*words, "--json"))
    assert (done["runs"], done["from_turn"], done["reproduced"], done["rulings"]) == (8, 2, True, 0)
    assert done["replaced"] == {"2": ["potus"]}
    assert [turn["turn"] for turn in done["turns"]] == [2, 3]
    band = done["turns"][0]["variables"]["tension"]
    assert band["changed"] - band["original"] == pytest.approx(band["delta"], abs=1e-5)
    said = asked(*words)
    for part in (
        "holding everybody's other choices fixed",
        "comes out again to the byte",
        "In the end",
        "first parts in",
    ):
        assert part in said


def test_the_words_say_what_became_of_controls_rulings(game):
    assert "left out of all runs" in asked("counterfactual", game.game, "--runs", "2")
    assert "kept in all runs" in asked("counterfactual", game.game, "--runs", "2", "--with-overrides")


def test_the_shares_of_a_games_lenses_add_up(game):
    done = json.loads(asked("attribution", game.game, "--runs", "4", "--json"))
    for one in done["outcomes"]:
        parts = sum(round(share["value"] * 10**6) for share in one["lenses"].values())
        assert parts == round(one["all"] * 10**6) - round(one["none"] * 10**6)
    assert "institutions" in asked("attribution", game.game, "--runs", "2")


def test_the_record_of_a_case_needs_no_game():
    done = json.loads(asked("counterfactual", "--history", "--lens", "no_leadership", "--runs", "3", "--json"))
    assert done["lenses"] == sorted(PRESETS["no_leadership"])
    assert done["reproduced"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("counterfactual",), "one of the two"),
        (("counterfactual", "x", "--history"), "one of the two"),
        (("counterfactual", "x", "--rolled"), "--rolled goes with --history"),
        (("counterfactual", "--history", "--scenario", "nowhere"), "There is no scenario 'nowhere'"),
        (("counterfactual", "--history", "--runs", "0"), "200 is usual"),
        (("counterfactual", "--history", "--lens", "leed"), "--lens: 'leed' is no lens"),
        (("counterfactual", "--history", "--set", "x=1@1", "--from", "40"), "turn 40 was not played"),
        (("counterfactual", "--history", "--orders", "/nowhere/sheet.yaml"), "/nowhere/sheet.yaml: cannot be read"),
        (("attribution", "--history", "--scenario", "nowhere"), "There is no scenario"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(words, said):
    with pytest.raises(CommandError, match=r".") as refused:
        asked(*words)
    assert said in str(refused.value)


def test_a_file_that_is_no_table_is_refused_by_line(tmp_path: Path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("6:\n  potus: [threat\n")
    with pytest.raises(CommandError) as refused:
        asked("counterfactual", "--history", "--orders", str(broken))
    assert f"{broken}:3: not YAML or JSON" in str(refused.value)


def test_a_game_nobody_knows_is_refused(game):
    with pytest.raises(CommandError, match="There is no game 'nobody'"):
        asked("counterfactual", "nobody")
