"""Cards drawn at the start: dealt by the seed alone, or as recorded; told in the end and never before."""

import msgspec
import numpy as np

from adjudication.draws import deal, revealed
from adjudication.scenario import Scenario
from adjudication.world import World
from tests.support.second_crisis import a_case, rule

CARD = {
    "id": "powder", "label": "What the powder is", "historical": "wet", "sources": ["judgement"],
    "outcomes": [
        {"id": "dry", "p": 0.8, "text": "It was dry.", "set": {"flag.powder_dry": 1, "guns": 3}},
        {"id": "wet", "p": 0.2, "text": "It was wet.", "set": {"strain": -8}},
    ],
}  # fmt: skip
USED = [rule("R-H01", when={"flag": "powder_dry"}, effects=[{"add": ["strain", 1]}])]


def case() -> Scenario:
    return a_case(cards=[CARD], rules=USED)


def test_a_card_falls_as_its_odds_say_and_by_the_seed_alone() -> None:
    made = case()
    lies = deal(made, range(4000), 4000)["card.powder"]
    assert 0.77 < float(np.mean(lies == 0)) < 0.83
    assert np.array_equal(lies[:10], deal(made, range(10), 10)["card.powder"])


def test_what_a_card_sets_is_there_from_the_start() -> None:
    made = case()
    seed = next(n for n in range(40) if deal(made, (n,), 1)["card.powder"][0] == 0)
    world = World.initial(made, seeds=(seed,))
    assert world.flag_map(made)["powder_dry"]
    assert world.value(made, "guns") == 7
    assert world.value(made, "strain") == 40


def test_a_recorded_game_starts_with_the_recorded_card() -> None:
    made = case()
    world = World.initial(made)
    assert not world.flag_map(made)["powder_dry"]
    assert world.value(made, "strain") == 32


def test_a_card_survives_being_stored() -> None:
    made = case()
    for seed in range(12):
        world = World.initial(made, seeds=(seed,))
        stored = msgspec.json.decode(msgspec.json.encode(world.to_payload(made)))
        again = World.from_payload(made, stored)
        assert np.array_equal(again.flags, world.flags)
        assert again.marks == world.marks
        assert revealed(made, stored["marks"])[0].outcome == ("dry", "wet")[int(world.marks["card.powder"][0])]


def test_a_batch_deals_each_game_its_own_cards() -> None:
    made = case()
    batch = World.initial(made, 30, seeds=range(30))
    alone = [World.initial(made, seeds=(n,)) for n in range(30)]
    assert np.array_equal(batch.values, np.concatenate([w.values for w in alone], axis=1))
    assert np.array_equal(batch.flags, np.concatenate([w.flags for w in alone], axis=1))
