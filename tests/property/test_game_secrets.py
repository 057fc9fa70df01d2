"""Non-interference at the pure level: what a view may not know changes nothing it is told, not one byte.

Two games play the same open commands. In the second, others also do things behind the view's back. The view's
whole feed, in order, and the answers to everything it tries, have to be equal.
"""

import random

import msgspec
import pytest

from adjudication.lint.msel import caused
from negotiation.offers import audience
from negotiation.rooms import may_read
from tests.support.builders import CONTROL, SEATS, Game, a_game, player
from wargame.game import commands as c
from wargame.game import engine
from wargame.game.events import Actor
from wargame.game.legal import legal
from wargame.game.msel import words_of
from wargame.game.rejections import Rejected
from wargame.game.visibility.case import move_rows_of

VIEWS = [*(f"seat:{seat}" for seat in SEATS), "observer", "public"]
HIDDEN_WORK = (
    c.OrderDraft, c.OrderWithdraw, c.OrdersSubmit, c.OrdersReopen, c.ConsentAsk, c.ConsentAnswer, c.EstimateBrief,
    c.RoomOpen, c.MessagePost,
    c.RoomRead, c.ItemOpen, c.OfferDraft, c.OfferTable, c.OfferCounter, c.OfferMark, c.OfferAccept,
    c.FreeMovePropose, c.FreeMoveArgue, c.FreeMoveWithdraw, c.FreeMoveEstimate, c.FreeMoveCirculate, c.FreeMoveAsk,
    c.FreeMoveFrame, c.FreeMoveRefuse, c.ArgumentGrant, c.AppealLodge, c.OfferWalkAway, c.NotePin, c.InjectSend,
    c.InjectWrite, c.InjectApprove, c.InjectRemove, c.InjectHold, c.InjectRestore, c.InjectRetime, c.InjectUndo,
    c.InjectMark, c.AssessRate, c.AssessPlan,
    c.InjectSkip, c.OfferInitial, c.OfferParaphrase, c.OfferWiden, c.OfferSponsor, c.OfferRecess, c.OfferWalkOut,
    c.OfferComeBack, c.MandateGive, c.MandateEnd,
)  # fmt: skip


def is_hidden(game: Game, view: str, actor: Actor, command: c.Command) -> bool:
    """Tell whether a view may not know of a command. Written anew here, not asked of the code under test."""
    seat = view.removeprefix("seat:")
    if not isinstance(command, HIDDEN_WORK) or actor == player(seat):
        return False
    match command:
        case c.RoomOpen(seats=seats):
            return seat not in seats
        case c.ConsentAsk(to=to):
            return seat != to
        case c.ConsentAnswer(request=request):
            return seat != game.state.consents[request].seat
        case c.MessagePost(room=room):
            return not may_read(game.state.rooms[room], seat)
        case c.EstimateBrief(to=to):
            return seat not in to
        case c.OfferTable(offer=o) | c.OfferCounter(offer=o) | c.OfferMark(offer=o) | c.OfferAccept(offer=o):
            offer = game.state.offers[o]
            return seat not in {*audience(offer), *offer.parties}
        case (
            c.OfferWalkAway(offer=o)
            | c.OfferInitial(offer=o)
            | c.OfferRecess(offer=o)
            | c.OfferWalkOut(offer=o)
            | c.OfferComeBack(offer=o)
            | c.OfferSponsor(offer=o)
        ):
            return seat not in audience(game.state.offers[o])
        case c.OfferWiden(offer=o, readers=readers):
            return seat not in {*audience(game.state.offers[o]), *readers}
        case c.MandateGive(seat=to) | c.MandateEnd(seat=to):
            return seat != to
        case c.OfferDraft(readers=readers, sponsors=sponsors):
            return seat not in {*readers, *sponsors}
        case c.FreeMovePropose():
            return True
        case c.FreeMoveCirculate(move=move, seats=seats) | c.FreeMoveAsk(move=move, seats=seats):
            return seat not in {*seats, *in_on(game, move)}
        case c.FreeMoveArgue(move=move) | c.FreeMoveWithdraw(move=move) | c.FreeMoveRefuse(move=move):
            return seat not in in_on(game, move)
        case c.InjectSkip(msel=name) | c.InjectHold(msel=name) | c.InjectRestore(msel=name) | c.InjectRetime(msel=name):
            words = words_of(game.scenario, game.state.msel[name])
            return not caused(words)  # what would have come by itself is missed, or comes at another time
        case c.InjectMark(msel=name):
            return not any(words_of(game.scenario, one).silence == name for one in game.state.msel.values())
        case c.InjectUndo(inject=inject):
            return seat not in game.state.injects[inject] and set(game.state.injects[inject]) < set(game.state.seats)
        case c.InjectSend(to=to):
            return "all" not in to and seat not in to
        case _:
            return True


def in_on(game: Game, move: str) -> set[str]:
    """Return the seats that may know of a free move."""
    found = game.state.free_moves[move]
    return {found.seat, *found.readers, *found.asked}


def secretly(game: Game, actor: Actor, command: c.Command) -> None:
    """Do something under a command id of its own, so that open commands keep theirs."""
    count = game._commands
    game._commands = 1_000_000 + len(game.log)
    game.do(actor, command)
    game._commands = count


def behind_the_back(game: Game, view: str, pick: random.Random, *, steps: int) -> None:
    """Let others do things the view may not know of; no order of theirs stays on a sheet."""
    seat = view.removeprefix("seat:")
    others = [player(s) for s in SEATS if s != seat]
    for _ in range(steps):
        actor = pick.choice([*others, CONTROL])
        options = [o for o in legal(game.state, actor, game.scenario) if is_hidden(game, view, actor, o)]
        if actor == CONTROL:
            to = tuple(s for s in SEATS if s != seat)[:2]
            options.append(c.InjectSend(inject="i", to=to, title="Secret", text="For your eyes"))
        if options:
            kind = pick.choice(sorted({type(o).__name__ for o in options}))
            secretly(game, actor, pick.choice([o for o in options if type(o).__name__ == kind]))
    for name in SEATS:
        sheet = game.state.sheets[name]
        if sheet.submitted and sheet.orders:
            secretly(game, player(name), c.OrdersReopen())
        for order in tuple(sheet.orders) if name != seat else ():
            secretly(game, player(name), c.OrderWithdraw(order=order))
    for order in tuple(game.state.grants):
        secretly(game, CONTROL, c.ArgumentGrant(order=order, net=0))


def openly(game: Game, view: str) -> None:
    """Do what both games do in the planning phase."""
    game.do(player("rok"), c.MessagePost(message="m", room="press", text="Seoul is watching"))
    if view.startswith("seat:"):
        seat = view.removeprefix("seat:")
        move = next(m for m in game.scenario.moves if seat in m.seats and not m.params and m.capital == 0)
        game.do(player(seat), c.OrderDraft(order="mine", move=move.id))
        game.do(player(seat), c.OfferDraft(offer="mine", parties=("potus", "dprk"), levels={"test": 1}))


def answers(game: Game, view: str, names: list[str]) -> list[object]:
    """Return what the view gets told when it gropes for hidden things by name."""
    if not view.startswith("seat:"):
        return []
    actor = player(view.removeprefix("seat:"))
    probes: list[c.Command] = [c.RoomRead(room="control:dprk", upto=99), c.RulingAccept(turn=1)]
    for name in names:
        short = name[:64]
        probes += [
            c.OfferAccept(offer=short, version=1),
            c.OfferWiden(offer=short, readers=("rok", "state")),
            c.OfferWalkOut(offer=short),
            c.OfferSponsor(offer=short, stands=True),
            c.OfferParaphrase(offer=short, version=1, clause="test", text="What is it?"),
            c.MandateGive(seat="state", may=("mark",), offer=short),
            c.OfferDraft(offer=short[-20:], parties=("potus", "dprk"), levels={"test": 1}),
            c.OrderWithdraw(order=short),
            c.MessagePost(message="m", room=short, text="psst"),
            c.RoomRead(room=short, upto=1),
            c.ItemOpen(kind="inject", key=short),
            c.FreeMoveArgue(move=short, side="for", text="Let me in."),
            c.FreeMoveEstimate(move=short, percent=50),
            c.FreeMoveWithdraw(move=short),
            c.AppealLodge(order=short, text="What of it?"),
        ]
    return [game.try_(actor, probe) for probe in probes]


def both(view: str, seed: int) -> tuple[Game, Game]:
    """Play the same open game twice, the second time with secrets."""
    games = []
    for secret in (False, True):
        pick = random.Random(seed)
        game = a_game(seed=f"quiet-{seed}").with_seats(*SEATS).started()
        for phase in ("plan", "negotiate"):
            game.in_phase(phase)
            if phase == "plan":
                openly(game, view)
            if secret:
                behind_the_back(game, view, pick, steps=40)
        games.append(game)
    return games[0], games[1]


@pytest.mark.parametrize("view", VIEWS)
def test_what_goes_on_behind_a_view_s_back_leaves_no_trace_in_its_feed_or_its_answers(view: str) -> None:
    plain, secret = both(view, seed=len(view))
    assert len(secret.log) > len(plain.log) + 30, "the second game has to have secrets"
    seat = view.removeprefix("seat:")
    names = [n for n, o in secret.state.offers.items() if seat not in audience(o)]
    names += [r.id for r in secret.state.rooms.values() if not may_read(r, seat)]
    names += [i for i, to in secret.state.injects.items() if seat not in to]
    names += [move for move in secret.state.free_moves if seat not in in_on(secret, move)]
    assert names
    assert answers(plain, view, names) == answers(secret, view, names)
    for game in (plain, secret):
        game.in_phase("lock").do(CONTROL, c.RulingAccept(turn=1)).at_turn(2)
    assert encoded(plain, view) == encoded(secret, view)


def encoded(game: Game, view: str) -> list[tuple[str, str, bytes]]:
    return [(row.kind, row.key, msgspec.json.encode(row.value)) for row in game.feed(view)]


@pytest.mark.parametrize("seat", SEATS)
def test_a_variable_a_seat_cannot_read_changes_neither_its_readings_nor_its_moves(seat: str) -> None:
    game = a_game().with_seats(*SEATS).started()
    state, scenario = game.state, game.scenario
    read = {r.variable for r in state.readings[seat]}
    hidden = [v.id for v in scenario.variables if v.id not in read]
    assert hidden
    plain = engine.readings(scenario, state.world, turn=2, seed="s", errors=state.errors)
    moves = move_rows_of(state, scenario, seat)
    for variable in hidden:
        values = dict(state.world["values"])  # type: ignore[call-overload]
        values[variable] += 0.3 if values[variable] <= 0.7 else -0.3
        world = {**state.world, "values": values}
        other = engine.readings(scenario, world, turn=2, seed="s", errors=state.errors)
        assert other.readings[seat] == plain.readings[seat], variable
        assert move_rows_of(msgspec.structs.replace(state, world=world), scenario, seat) == moves, variable


@pytest.mark.parametrize("seat", SEATS)
def test_a_flag_a_seat_may_not_know_changes_none_of_its_moves(seat: str) -> None:
    game = a_game().with_seats(*SEATS).started()
    state, scenario = game.state, game.scenario
    moves = move_rows_of(state, scenario, seat)
    secret = [f for f in scenario.flags if f not in engine.known_flags(scenario, state, seat)]
    for flag in secret:
        world = {**state.world, "flags": [flag]}
        assert move_rows_of(msgspec.structs.replace(state, world=world), scenario, seat) == moves, flag


def test_the_test_itself_would_notice_a_leak() -> None:
    plain, secret = both("seat:rok", seed=1)
    secretly(secret, player("jpn"), c.MessagePost(message="m", room="team:ALLY", text="you should know"))
    assert encoded(plain, "seat:rok") != encoded(secret, "seat:rok")
    assert isinstance(plain.try_(player("rok"), c.RulingAccept(turn=1)), Rejected)
