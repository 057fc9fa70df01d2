"""Games held side by side: paths by turn, what each came to, how groups differ, and what that difference is worth.

Every number is of a game, never of a person: the unit is the game, and n is said. A test is made only of groups, only
over games that ended, and never without the sentences that say what it assumes. Pure over digests and a design.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from adjudication.scenario import Scenario
from wargame.aar.many.chance import ALPHA, DRAWN, Draws, Found, draws_of, randomisation_tests, superiority
from wargame.aar.many.digest import Digest
from wargame.aar.many.measures import Measured, lines, measures, spreads
from wargame.aar.many.shapes import Comparison, Design, Family, Measure, Sampling, Standing, Test

TESTED: tuple[Family, ...] = ("outcome", "index", "variable")
"""What a treatment is asked about. What people did and how seats stood in their own goals is described, not tested."""


def comparison(digests: Sequence[Digest], cases: Mapping[str, Scenario], design: Design) -> Comparison:
    """Hold games against each other. `cases`: game -> its case. The order of games and groups is kept."""
    group_of = {game: group.id for group in design.groups for game in group.games}
    groups = tuple(group for group in design.groups if group.games)
    over = [one for one in digests if one.ended and one.played and one.game in group_of]
    names = [group.id for group in groups if any(group_of[one.game] == group.id for one in over)]
    labels = [names.index(group_of[one.game]) for one in over]
    first = cases[digests[0].game] if digests else None
    draws, why_not = _draws(over, labels, len(names), design)
    found = measures(digests, cases)
    tests, ended = _tests(found, over, labels, draws if not why_not else None), {one.game for one in over}
    return Comparison(
        groups=groups,
        games=tuple(
            _standing(one, group_of.get(one.game, ""), design.names.get(one.game, one.title)) for one in digests
        ),
        turns=tuple(first.turn_name(turn) for turn in _turns(digests)) if first else (),
        first_turn=min(_turns(digests), default=1),
        lines=tuple(lines(digests, cases)),
        measures=tuple(
            Measure(
                one.id, one.label, one.unit, one.family, one.values,
                tuple(spreads(one, groups, over=ended, tested=one.id in tests)), tests.get(one.id),
            )
            for one in found
        ),
        sampling=Sampling(
            games=len(over), allowed=draws.allowed if draws else 0, exact=draws.exact if draws else True,
            smallest=draws.smallest if draws else 1.0, tests=len(tests), why_not=why_not,
            assumes=tuple(_assumes(design, draws, left_out=len(digests) - len(over))) if tests and draws else (),
        ),
        notes=tuple(_notes(digests, over, design)),
    )  # fmt: skip


def _turns(digests: Sequence[Digest]) -> list[int]:
    return sorted({turn for one in digests for turn in one.settled})


# --- tests --------------------------------------------------------------------------------------------------------
def _draws(over: Sequence[Digest], labels: Sequence[int], groups: int, design: Design) -> tuple[Draws | None, str]:
    """Return the draws of the design among the games that ended, and why nothing is tested, if nothing is."""
    if len(design.groups) < 2:
        return None, "The games are in one group: there is nothing to test."
    if groups < 2:
        return None, "Only one group has a game that ended: there is nothing to test yet."
    draws = draws_of(labels, [design.blocks.get(one.game, 0) for one in over])
    if draws.smallest > ALPHA:
        return draws, (
            f"Too few games to test: with {_sizes(labels)} that ended, the smallest p that any outcome could have under"
            f" this design is {draws.smallest:.2g}."
        )
    return draws, ""


def _sizes(labels: Sequence[int]) -> str:
    counts = [str(list(labels).count(label)) for label in sorted(set(labels))]
    return f"{', '.join(counts[:-1])} and {counts[-1]} games"


def _tests(
    found: Sequence[Measured], over: Sequence[Digest], labels: Sequence[int], draws: Draws | None
) -> dict[str, Test]:
    """Test what the treatment is asked about, as far as every game that ended has it and any two of them differ."""
    if draws is None:
        return {}
    asked = [
        one for one in found
        if one.family in TESTED and all(d.game in one.values for d in over)
        and len({one.values[d.game] for d in over}) > 1
    ]  # fmt: skip
    table = [[one.values[d.game] for d in over] for one in asked]
    results = randomisation_tests(table, labels, draws)
    return {one.id: _test(values, labels, result) for one, values, result in zip(asked, table, results, strict=True)}


def _test(values: Sequence[float], labels: Sequence[int], found: Found) -> Test:
    parts = [[v for v, own in zip(values, labels, strict=True) if own == label] for label in sorted(set(labels))]
    if len(parts) != 2:
        return Test(found.p, found.adjusted, None, None)
    first, second = parts
    difference = fsum(second) / len(second) - fsum(first) / len(first)
    return Test(found.p, found.adjusted, difference, superiority(first, second))


# --- words --------------------------------------------------------------------------------------------------------
def _assumes(design: Design, draws: Draws, *, left_out: int) -> Iterator[str]:
    """Yield what has to be so for a p to mean what it says."""
    if design.blocks and design.as_drawn:
        yield (
            "Treatments were drawn by chance, in blocks that hold each of them once, from a recorded seed. A test goes"
            " over the draws that could have come out: under the hypothesis that the treatment changed nothing, each"
            " was as likely."
        )
    elif design.blocks:
        yield "The treatments are not those the recorded seed gives: a p speaks as if they had been drawn by chance."
    else:
        yield (
            "These groups were not drawn by chance here. A p says how often labels dealt out at random would part the"
            " games as far as yours do; it says nothing of causes."
        )
    yield "One game is one observation. What people did within a game is not independent and is not counted as more."
    if left_out:
        yield f"Whether a game ended had nothing to do with its group: {left_out} that did not are left out."
    yield "Games did not influence each other: no section heard how another was going."
    yield (
        f"All {draws.allowed:,} draws were gone through, so the p is exact."
        if draws.exact
        else f"Of {draws.allowed:,} draws {DRAWN:,} were taken by keyed dice; the p is that of the sample."
    )
    yield "Holm's adjustment is over all measures tested here. Without it one of twenty is below 0.05 by luck alone."


def _notes(digests: Sequence[Digest], over: Sequence[Digest], design: Design) -> Iterator[str]:
    """Yield what a reader has to know before comparing."""
    going = [one for one in digests if not one.ended]
    if going:
        yield f"{len(going)} of {len(digests)} games have not ended. They are drawn as far as they came and not tested."
    if len({one.scenario_hash for one in digests}) > 1:
        yield "The games are not all of one case, text and preset. What one of them lacks is left out of the tests."
    if len({one.engine for one in digests}) > 1:
        yield "The games were begun under different versions of the engine."
    if design.shared_dice:
        yield "All sections rolled the same dice: they differ by what people did and by treatment, not by luck."
    if any(one.counts["rulings"] for one in over):
        yield "In some games Control ruled on outcomes. The rulings are in the numbers."


def _standing(one: Digest, group: str, name: str) -> Standing:
    return Standing(
        one.game, name, group, one.case_title, one.preset, one.turns, one.played, one.ended, one.ended_reason,
        one.war, one.deals, one.meetings, one.settled,
    )  # fmt: skip
