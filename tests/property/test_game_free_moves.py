"""Random proposals, arguments, estimates, frames and appeals: whatever is said, the log folds and the turn settles."""

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adjudication.ledger import unexplained
from adjudication.world import World
from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.events import decode_payload, encode
from wargame.game.evolve import fold
from wargame.game.rejections import Rejected
from wargame.game.snapshot import restore, snapshot

SEATS = ("potus", "dprk", "rok")
NAMES = ("f1", "potus:f1", "dprk:f1", "rok:f2", "rok:f1", "none")
VARIABLES = ("tension", "rapport", "inter_korean", "approval_nk", "missile_cap", "war", "moon")
words = st.text(st.characters(exclude_categories=("Cs",)), min_size=3, max_size=40)
names = st.sampled_from(NAMES)
numbers = st.floats(-14, 14, allow_nan=False).map(lambda x: round(x, 2))
deltas = st.dictionaries(st.sampled_from(VARIABLES), numbers, max_size=5)
circles = st.lists(st.sampled_from(SEATS), min_size=1, max_size=3).map(tuple)

of_seats = st.one_of(
    st.builds(
        c.FreeMovePropose, move=names, title=words, action=words, effect=words,
        arguments=st.lists(words, max_size=3).map(tuple), public=st.booleans(),
    ),
    st.builds(c.FreeMoveArgue, move=names, side=st.sampled_from(("for", "against")), text=words),
    st.builds(c.FreeMoveWithdraw, move=names),
    st.builds(c.FreeMoveEstimate, move=names, percent=st.integers(1, 99)),
    st.builds(c.AppealLodge, order=names, text=words),
)  # fmt: skip
of_control = st.one_of(
    st.builds(c.FreeMoveCirculate, move=names, seats=circles),
    st.builds(c.FreeMoveAsk, move=names, seats=circles),
    st.builds(c.FreeMoveEstimate, move=names, percent=st.integers(1, 99)),
    st.builds(
        c.FreeMoveFrame, move=names, seat=st.sampled_from(SEATS), severity=st.sampled_from(("de", "sq", "po", "nv")),
        effects=deltas, costs=deltas, cameo=st.sampled_from(("", "036", "999")), trust=st.sampled_from((0.0, 0.3, 0.9)),
        net=st.integers(-3, 3),
    ),
    st.builds(c.FreeMoveAdmit, move=names),
    st.builds(c.FreeMoveRefuse, move=names, reason=words),
)  # fmt: skip
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(SEATS), of_seats),
        st.tuples(st.just("control"), of_control),
        st.tuples(st.just("phase"), st.none()),
    ),
    min_size=8,
    max_size=40,
)


def perform(game: Game, who: str, command: c.Command | None) -> None:
    """Do it if it may be done; a refusal changes nothing."""
    if command is None:
        game.next_phase()
        return
    actor = CONTROL if who == "control" else player(who)
    before = game.state
    if isinstance(game.try_(actor, command), Rejected):
        assert game.state is before
    else:
        game.do(actor, command)


@given(steps)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_proposed_the_log_folds_and_the_ledger_adds_up(script: list[tuple[str, c.Command | None]]) -> None:
    game = a_game(seed="random-free").with_seats(*SEATS).started().in_phase("plan")
    game.do(player("rok"), c.FreeMovePropose(move="f1", title="A plan", action="We try.", effect="It helps."))
    game.do(CONTROL, c.FreeMoveEstimate(move="rok:f1", percent=50))
    game.do(CONTROL, c.FreeMoveFrame(move="rok:f1", seat="rok", severity="de", effects={"tension": -2.0}))
    for who, command in script:
        if game.state.status == "ended":
            break
        perform(game, who, command)
    assert fold(game.log) == game.state
    assert restore(snapshot(game.state)) == game.state
    for recorded in game.log:
        assert decode_payload(recorded.kind, recorded.v, encode(recorded.payload)) == recorded.payload
    worlds = [fold(game.log[:at]).world for at, one in enumerate(game.log) if one.kind == "turn.resolved"]
    for before, resolved in zip(worlds, (o for o in game.log if o.kind == "turn.resolved"), strict=True):
        values = [World.from_payload(game.scenario, w) for w in (before, resolved.payload.resolution.world)]  # type: ignore[attr-defined]
        start, end = ({v.id: w.value(game.scenario, v.id) for v in game.scenario.variables} for w in values)
        assert unexplained(resolved.payload.resolution.ledger, start, end) == {}  # type: ignore[attr-defined]
    for row in game.told:
        assert msgspec.json.encode(row.value)
