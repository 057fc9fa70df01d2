"""Random work at the desks: whatever is done to papers, nothing goes out uncleared and nothing is ever stuck."""

import random
from collections import defaultdict

import pytest

from negotiation import cables
from negotiation.cables import Paper
from tests.support.builders import CONTROL, SEATS, Game, a_game, player
from wargame.game import commands as c
from wargame.game import legal_papers
from wargame.game.decide.papers import OPEN_PAPERS
from wargame.game.decide.taskings import OPEN_TASKINGS
from wargame.game.entities import PaperSeen
from wargame.game.events import Actor, PaperCleared, PaperDrafted, PaperEdited, PaperReleased, PaperSent, Recorded
from wargame.game.evolve import evolve
from wargame.game.state import EMPTY, State

STEPS = 400
ACTORS: tuple[tuple[str, Actor], ...] = (("control", CONTROL), *((seat, player(seat)) for seat in SEATS[:6]))


def options(game: Game, who: str) -> list[c.Command]:
    """Return what one may do about papers now."""
    if who == "control":
        return list(legal_papers.of_control(game.state, game.scenario))
    return list(legal_papers.of_seat(game.state, game.state.seats[who], game.scenario))


def walk(seed: int) -> Game:
    """Let the desks work at random; kinds of work are equally likely, so that release is as common as drafting."""
    pick = random.Random(seed)
    game = a_game(seed=f"papers-{seed}").with_seats(*SEATS[:6]).at_turn(1)
    for step in range(STEPS):
        who, actor = pick.choice(ACTORS)
        by_kind = defaultdict(list)
        for option in options(game, who):
            by_kind[type(option).__name__].append(option)
        if by_kind:
            game.do(actor, pick.choice(by_kind[pick.choice(sorted(by_kind))]))
        if step % 60 == 59:
            game.at_turn(game.state.turn + 1)
    return game


@pytest.fixture(scope="module", params=[1, 2, 3, 4])
def walked(request: pytest.FixtureRequest) -> Game:
    return walk(request.param)


def replayed(game: Game) -> list[tuple[State, Recorded]]:
    """Return each fact with the state it met."""
    state, pairs = EMPTY, []
    for recorded in game.log:
        pairs.append((state, recorded))
        state = evolve(state, recorded)
    return pairs


def test_the_walk_takes_papers_all_the_way(walked: Game) -> None:
    kinds = {recorded.kind for recorded in walked.log}
    assert {"paper.released", "paper.returned", "paper.withdrawn", "paper.cleared", "tasking.late"} <= kinds
    assert {"statement.meant", "statement.read", "tasking.closed", "tasking.taken", "tasking.extended"} <= kinds


def test_nothing_goes_out_that_its_chain_has_not_cleared_as_it_stands(walked: Game) -> None:
    """Told from the log alone: who cleared after the last edit that was theirs to clear again."""
    texts: dict[str, int] = {}
    edits: dict[str, list[tuple[int, str]]] = defaultdict(list)
    cleared: dict[str, dict[str, int]] = defaultdict(dict)
    released = 0
    for before, recorded in replayed(walked):
        match recorded.payload:
            case PaperDrafted(paper=paper):
                texts[paper] = 1
            case PaperEdited(paper=paper, version=version, seat=seat):
                texts[paper] = version
                edits[paper].append((version, seat))
            case PaperSent(paper=paper):
                cleared[paper] = {}
            case PaperCleared(paper=paper, seat=seat):
                cleared[paper][seat] = texts[paper]
            case PaperReleased(paper=paper):
                released += 1
                _check_chain(before.papers[paper], cleared[paper], edits[paper])
            case _:
                pass
    assert released >= 3


def _check_chain(paper: Paper, cleared: dict[str, int], edits: list[tuple[int, str]]) -> None:
    place = {one.seat: number for number, step in enumerate(paper.steps) for one in step}
    held = {one.seat for step in paper.steps for one in step if one.state != "vacant"}
    assert held <= set(cleared), "somebody of the chain never cleared it"
    for seat in held:
        later = [editor for version, editor in edits if version > cleared[seat]]
        assert all(place.get(editor, -1) > place[seat] for editor in later), "changed since by no one above it"


def test_numbers_have_no_gap_and_none_is_given_twice(walked: Game) -> None:
    numbers: dict[str, list[int]] = defaultdict(list)
    refs: list[str] = []
    for recorded in walked.log:
        if isinstance(recorded.payload, PaperReleased):
            numbers[recorded.payload.series].append(recorded.payload.number)
            refs.append(recorded.payload.ref)
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert len(refs) == len(set(refs))


def test_a_paper_is_known_to_who_may_know_it_and_to_nobody_else(walked: Game) -> None:
    for row in walked.told:
        if row.kind != "paper" or row.view == "control":
            continue
        seen = row.value
        assert isinstance(seen, PaperSeen)
        if seen.status == "received":
            assert seen.public or row.view in {f"seat:{seat}" for seat in seen.to}
            assert (seen.steps, seen.edits, seen.version, seen.reason, seen.returned_by) == ((), (), 0, "", "")
        else:
            side = walked.state.seats[seen.seat].side
            assert row.view.startswith("seat:")
            assert walked.state.seats[row.view.removeprefix("seat:")].side == side


def test_every_state_of_a_paper_has_an_exit(walked: Game) -> None:
    """At each moment somebody who plays can do something with each paper and each tasking that is open."""
    for state, _ in replayed(walked)[::7]:
        if state.status != "running":
            continue
        for paper in state.papers.values():
            readers = {paper.seat, *paper.readers}
            done = [
                command
                for seat in readers
                for command in legal_papers.of_seat(state, state.seats[seat], walked.scenario)
                if getattr(command, "paper", "") == paper.id
            ]
            kinds = {type(command) for command in done}
            assert c.PaperWithdraw in kinds
            if paper.status == "in_clearance":
                assert cables.waiting_for(paper.steps), "a paper goes round and nobody is asked"
                assert {c.PaperClear, c.PaperReturn} <= kinds
            elif paper.status == "cleared":
                assert c.PaperRelease in kinds


def test_what_is_listed_is_accepted() -> None:
    game = walk(7)
    for who, actor in ACTORS:
        for option in options(game, who):
            assert isinstance(game.try_(actor, option), tuple), option


def test_no_file_and_no_desk_grows_without_bound(walked: Game) -> None:
    desks: dict[str, int] = defaultdict(int)
    for paper in walked.state.papers.values():
        desks[paper.seat] += 1
        assert len(paper.edits) <= cables.EDITS_A_PAPER
    assert max(desks.values(), default=0) <= OPEN_PAPERS
    assert all(len(file) <= 100 for file in walked.state.files.values())
    assert len(walked.state.taskings) <= OPEN_TASKINGS * len(ACTORS)
