"""Marked moments, rewinds and forks as rules: what is brought back, what stays, and what is refused."""

from tests.support.builders import CONTROL, SEATS, SYSTEM, Game, a_game, player
from wargame.game import commands as c
from wargame.game.events import Actor, CheckpointMade, GameForked, GameRewound, OrderDrafted, OrdersLocked

MINUTE = 60_000
SECOND = Actor(kind="control", person="p-second", role="control")


def a_running_game(style: str = "semi_rigid") -> Game:
    return a_game(style=style, phase_ms={"brief": 20 * MINUTE}).with_seats("potus", "dprk").started()


def marked(game: Game, label: str = "Here") -> str:
    """Mark the moment and return its id."""
    return game.do(CONTROL, c.CheckpointMake(label=label)).state.checkpoints[-1]


def labels(game: Game) -> list[str]:
    """Return the labels of all checkpoints Control sees, in order."""
    seen = sorted(game.seen("control", "checkpoint").values(), key=lambda one: one.seq)  # type: ignore[attr-defined]
    return [one.label for one in seen]  # type: ignore[attr-defined]


def test_a_moment_is_marked_when_a_phase_begins_and_before_orders_are_locked() -> None:
    game = a_running_game().in_phase("outcome")
    phases = {phase.id: phase.label for phase in game.state.phases}
    assert labels(game) == [
        f"Turn 1, {phases['brief']} begins", f"Turn 1, {phases['plan']} begins",
        f"Turn 1, {phases['negotiate']} begins", f"Turn 1, {phases['negotiate']}, before the orders were locked",
        f"Turn 1, {phases['lock']} begins", f"Turn 1, {phases['outcome']} begins",
    ]  # fmt: skip


def test_the_moment_before_orders_were_locked_stands_before_everything_of_that_command() -> None:
    game = a_running_game().in_phase("lock")
    kinds = [type(one.payload) for one in game.last]
    assert kinds[0] is kinds[-1] is CheckpointMade
    assert OrdersLocked in kinds
    before = game.state.checkpoints[-2]
    game.do(CONTROL, c.GameRewind(checkpoint=before, reason="Somebody was not done."))
    assert (game.state.phase, game.state.locked, game.state.proposal) == ("negotiate", False, None)


def test_only_control_learns_of_checkpoints() -> None:
    game = a_running_game()
    marked(game)
    assert game.seen("control", "checkpoint")
    assert all(row.view == "control" for row in game.told if row.kind in ("checkpoint", "branch"))


def test_a_rewind_during_an_adjudication_drops_the_proposal_and_says_so() -> None:
    game = a_running_game()
    name = marked(game)
    assert game.in_phase("lock").state.proposal is not None
    game.do(CONTROL, c.GameRewind(checkpoint=name, reason="The wrong orders were on the sheet."))
    rewound = game.last[-1].payload
    assert isinstance(rewound, GameRewound)
    assert rewound.pending
    assert game.state.proposal is None
    said = [getattr(row.value, "text", "") for row in game.told if row.kind == "log"]
    assert "The adjudication that was pending is dropped." in said[-1]
    assert game.refused(CONTROL, c.RulingAccept(turn=1)) == "ruling.none_pending"


def test_what_was_ordered_since_is_off_the_sheet_and_can_be_ordered_again() -> None:
    game = a_running_game().in_phase("plan")
    name = marked(game)
    order = c.OrderDraft(order="one", move="d_talks")
    game.do(player("dprk"), order)
    game.do(CONTROL, c.GameRewind(checkpoint=name, reason="Once more.")).do(CONTROL, c.GameResume())
    assert game.state.sheets["dprk"].orders == {}
    assert "dprk:one" not in game.seen("seat:dprk", "order")
    game.do(player("dprk"), order)
    assert isinstance(game.last[0].payload, OrderDrafted)


def test_who_is_there_and_where_they_sit_stays_as_it_is_now() -> None:
    game = a_running_game()
    name = marked(game)
    game.do(CONTROL, c.SeatAssign(person="p-dprk", seat="rok")).joined("p-late", "Late")
    game.do(CONTROL, c.GameRewind(checkpoint=name, reason="Once more."))
    assert game.state.seats["rok"].members == ("p-dprk",)
    assert game.state.seats["dprk"].members == ()
    assert "p-late" in game.state.people


def test_a_game_that_ended_by_mistake_can_be_taken_back() -> None:
    game = a_running_game()
    name = marked(game)
    game.do(CONTROL, c.GameEnd())
    game.do(CONTROL, c.GameRewind(checkpoint=name, reason="That was the wrong button."))
    assert (game.state.status, game.state.phase) == ("paused", "brief")
    assert game.state.timers["phase"].remaining_ms == 20 * MINUTE
    undo = game.state.checkpoints[-1]
    game.do(CONTROL, c.GameRewind(checkpoint=undo, reason="It was the right button."))
    assert game.state.status == "ended"


def test_of_two_facilitators_who_go_back_at_once_the_second_is_told_so() -> None:
    game = a_running_game().joined("p-second", "Second", "control")
    first, second = marked(game, "One"), marked(game, "Two")
    game.do(CONTROL, c.GameRewind(checkpoint=first, reason="To the first.", rewinds=0))
    late = c.GameRewind(checkpoint=second, reason="To the second.", rewinds=0)
    assert game.refused(SECOND, late) == "rewind.moved_on"
    game.do(SECOND, c.GameRewind(checkpoint=second, reason="To the second.", rewinds=1))


def test_what_is_no_moment_no_name_or_no_reason_is_refused() -> None:
    game = a_running_game()
    name = marked(game)
    assert game.refused(CONTROL, c.GameRewind(checkpoint="nothing", reason="Why not.")) == "checkpoint.unknown"
    assert game.refused(CONTROL, c.GameRewind(checkpoint=name, reason="   ")) == "text.empty"
    assert game.refused(CONTROL, c.CheckpointMake(label="  ")) == "text.empty"
    assert game.refused(player("potus"), c.GameRewind(checkpoint=name, reason="Unfair.")) == "who.control_only"
    assert game.refused(player("potus"), c.CheckpointMake(label="Mine")) == "who.control_only"


def test_a_fork_of_an_ended_game_is_refused_and_players_stay_out_of_a_sandbox() -> None:
    fork = c.GameFork(origin="g-first", seq=9, at_ms=0, title="Copy", bots={"dprk": "hawk"}, open=("potus",))
    game = a_running_game()
    assert game.refused(SYSTEM, c.GameFork(origin="g", seq=1, at_ms=0, title="C", open=("atlantis",))) == "seat.unknown"
    wrong = c.GameFork(origin="g", seq=1, at_ms=0, title="C", bots={"dprk": "genius"})
    assert game.refused(SYSTEM, wrong) == "seat.policy_unknown"
    game.do(SYSTEM, c.GameFork(origin="g-first", seq=9, at_ms=game.now, title="Sandbox", sandbox=True))
    assert game.refused(SYSTEM, c.PersonJoin(person="p-new", display="New", role="player")) == "game.sandbox"
    game.joined("p-look", "Looker", "observer")
    assert game.do(CONTROL, c.GameEnd()).refused(SYSTEM, fork) == "fork.ended"


def test_a_fork_keeps_what_the_clock_had_left_and_the_seed_unless_a_new_one_is_given() -> None:
    game = a_running_game().later(5 * MINUTE)
    at_ms = game.now
    game.later(90 * MINUTE)
    seed, passed = game.state.seed, at_ms - game.state.phase_began_ms
    game.do(SYSTEM, c.GameFork(origin="g-first", seq=9, at_ms=at_ms, title="Copy", open=SEATS))
    forked = game.last[0].payload
    assert isinstance(forked, GameForked)
    assert game.state.seed == seed
    assert game.state.timers["phase"].remaining_ms == 15 * MINUTE
    stopped = game.state.paused_at_ms
    assert stopped is not None
    assert stopped - game.state.phase_began_ms == passed
    game.do(SYSTEM, c.GameFork(origin="g-first", seq=9, at_ms=at_ms, title="Copy", open=SEATS, seed="another"))
    assert game.state.seed == "another"
    assert game.state.seed_hash not in ("", forked.seed_hash)


def test_only_the_newest_moments_are_remembered_by_the_state() -> None:
    game = a_running_game()
    first = game.state.checkpoints[0]
    for number in range(400):
        marked(game, f"Moment {number}")
    assert len(game.state.checkpoints) == 400
    assert game.refused(CONTROL, c.GameRewind(checkpoint=first, reason="Far back.")) == "checkpoint.unknown"
