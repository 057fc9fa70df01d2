"""The script of the golden game: the historical orders of twelve quarters, with talk, texts, rulings and a pause.

In turn 3 a text is signed for a meeting that is not held; in turn 6 one is signed at the summit. Every kind of fact
occurs at least once.
"""

from negotiation.details import Detail
from tests.golden import afterwards, bench, desk, hours, listing, moments, people, rooms
from tests.support.builders import CONTROL, SEATS, SYSTEM, Game, player
from tests.support.drafting import words
from wargame.game import commands as c
from wargame.game.events import Actor

DEPUTY = Actor(kind="person", person="p-deputy")
MINUTE = 60_000


def play(game: Game) -> Game:
    """Play the whole script on a fresh game."""
    _lobby(game)
    history = game.scenario.history
    assert history is not None
    for turn in range(1, 13):
        _plan(game, turn, history.orders.get(turn, {}))
        _negotiate(game, turn)
        _settle(game, turn)
    afterwards.talk_it_over(game)
    return game


def _lobby(game: Game) -> None:
    game.do(
        SYSTEM,
        c.GameCreate(
            title="Golden",
            scenario="us-dprk-2017",
            preset="full",
            seed="golden",
            style="semi_rigid",
            open_seats=SEATS,
            bots={"jpn": "dove"},
            forced="historical",
        ),
    )
    moments.of_its_own(game)
    game.joined("p-control", "Control", "control").joined("p-observer", "Observer", "observer")
    game.with_seats(*SEATS[:6]).joined("p-deputy", "Deputy").joined("p-rude", "Rude")
    game.do(DEPUTY, c.SeatTake(seat="state")).do(player("state"), c.PenPass(person="p-deputy"))
    game.do(DEPUTY, c.PenPass(person="p-state"))
    people.at_the_pen(game)
    game.do(DEPUTY, c.SeatLeave())
    people.before_the_start(game)
    game.do(CONTROL, c.SeatAssign(person="p-rude", seat="rok")).do(CONTROL, c.PersonRemove(person="p-rude"))
    game.do(CONTROL, c.SeatBot(seat="jpn", policy=None)).do(CONTROL, c.SeatBot(seat="jpn", policy="lobbyist"))
    game.do(player("potus"), c.SeatReady(ready=True)).do(CONTROL, c.GameStart(force=True))


def _plan(game: Game, turn: int, orders: dict[str, tuple[str, ...]]) -> None:
    if turn == 2:
        moments.there_and_back(game)
    if turn == 1:
        game.do(player("intel"), c.EstimateBrief(variable="missile_cap", to=("potus",), note="Firm."))
        game.do(player("potus"), c.ItemOpen(kind="brief", key="potus"))
        people.in_the_first_turn(game)
    game.later(30_000).do(CONTROL, c.PhaseEnd(expect=f"{turn}:brief"))
    for seat, moves in orders.items():
        for number, move in enumerate(moves if game.state.seats[seat].members else ()):
            order = c.OrderDraft(order=f"{turn}-{number}", move=move, rationale="As it was.")
            game.do(player(seat), order)
    if turn == 1:
        game.do(player("dprk"), c.OrderDraft(order="extra", move="d_talks"))
        game.do(player("dprk"), c.OrderWithdraw(order="extra")).do(player("dprk"), c.OrdersSubmit())
        game.do(player("dprk"), c.OrdersReopen())
    if turn == 3:
        _consent(game)
    if turn == 8:
        _free_move(game)
    game.do(CONTROL, c.PhaseEnd(expect=f"{turn}:plan"))


def _consent(game: Game) -> None:
    """Ask Seoul about an exercise, and about a second order that is taken off before it answers."""
    defense, rok = player("defense"), player("rok")
    game.do(defense, c.ConsentAsk(order="3-0", to="rok", note="As every autumn."))
    game.do(rok, c.ConsentAnswer(request=next(iter(game.state.consents)), given=True, note="As every autumn."))
    game.do(defense, c.OrderDraft(order="second", move="missile_defence_rok"))
    game.do(defense, c.ConsentAsk(order="second", to="rok")).do(defense, c.OrderWithdraw(order="second"))


def _free_move(game: Game) -> None:
    """Take a move of Seoul's own through argument, odds and frame to the engine, and withdraw another."""
    rok, dprk = player("rok"), player("dprk")
    for name in ("relay", "second"):
        told = "Carry the torch over the line."
        game.do(rok, c.FreeMovePropose(move=name, title="A relay across the line", action=told, effect="Calm."))
    game.do(rok, c.FreeMoveWithdraw(move="second"))
    move = next(iter(game.state.free_moves))
    game.do(CONTROL, c.FreeMoveCirculate(move=move, seats=("dprk", "state")))
    game.do(dprk, c.FreeMoveArgue(move=move, side="against", text="The line is not a running track."))
    game.do(CONTROL, c.FreeMoveAsk(move=move, seats=("state",)))
    game.do(player("state"), c.FreeMoveEstimate(move=move, percent=40))
    game.do(CONTROL, c.FreeMoveEstimate(move=move, percent=60))
    game.do(
        CONTROL, c.FreeMoveFrame(move=move, seat="rok", severity="de", effects={"tension": -2.0}, cameo="036", net=1)
    )
    game.do(CONTROL, c.FreeMoveAdmit(move=move))
    game.do(CONTROL, c.ArgumentGrant(order="state:8-0", net=1, reason="The counterpart has a mandate."))


def _negotiate(game: Game, turn: int) -> None:
    game.do(player("rok"), c.MessagePost(message="m", room="press", text=f"Seoul on turn {turn}."))
    if turn == 7:
        desk.work(game)
        bench.appoint(game)
        bench.speak(game)
    if turn == 5:
        rooms.confer(game)
        rooms.bend(game)
    if turn == 6:
        rooms.straighten(game)
    if turn == 2:
        game.do(player("potus"), c.RoomOpen(room="r", seats=("dprk",), title="Back channel"))
        game.do(player("dprk"), c.MessagePost(message="m", room="talk:dprk.potus", text="We read your letter."))
        game.do(player("potus"), c.RoomRead(room="talk:dprk.potus", upto=1))
        game.do(player("dprk"), c.LetterSend(channel="leaders_letter", to="potus", text="Your Excellency."))
        game.do(CONTROL, c.GamePause(reason="Fire drill")).later(61 * MINUTE).do(CONTROL, c.GameResume())
        game.do(CONTROL, c.ClockExtend(by_ms=5 * MINUTE))
        game.do(CONTROL, c.InjectSend(inject="i", to=("rok", "jpn"), title="Call", text="A call.", precedence="flash"))
        game.do(CONTROL, c.NotePin(note="n", text="Watch the back channel."))
        listing.work(game)
    if turn in (3, 6):
        _text(game, f"t{turn}", {"test": 1, "sec": 1} if turn == 3 else {"rec": 1, "fac": 1})
    if turn == 4:
        game.do(player("dprk"), c.OfferWalkAway(offer="potus:t3", reason="No meeting, no text."))
    if turn == 7:
        _after_signing(game, "potus:t6")
    if turn == 10:
        hours.given(game)
        hours.missed(game, turn)
        return
    game.later(MINUTE).do(CONTROL, c.PhaseEnd(expect=f"{turn}:negotiate"))


def _text(game: Game, name: str, levels: dict[str, int]) -> None:
    potus, dprk, key = player("potus"), player("dprk"), f"potus:{name}"
    draft = c.OfferDraft(
        offer=name, parties=("potus", "dprk"), levels=levels, readers=("state",), sponsors=("rok",), expires=12
    )
    game.do(potus, draft)
    game.do(player("rok"), c.OfferSponsor(offer=key, stands=name == "t3"))
    if name == "t3":
        game.do(potus, c.PadShare(offer=key, editors=("state",)))
        game.do(player("state"), c.PadEdit(offer=key, update=words("test", "No test of any kind.")))
    game.do(potus, c.OfferTable(offer=name))
    if name == "t3":
        game.do(CONTROL, c.OfferReturn(offer=key, reason="Say which sanctions first.")).do(potus, draft)
        game.do(potus, c.OfferTable(offer=name))
    game.do(CONTROL, c.OfferRelease(offer=key))
    game.do(dprk, c.OfferMark(offer=key, version=1, marks=dict.fromkeys(levels, "bracket")))
    first = min(levels)
    counter = c.OfferCounter(
        offer=key,
        against=1,
        levels={**levels, "seq": 1},
        details={first: Detail(due=12, wording="As we understand it.")},
    )
    game.do(dprk, counter).do(CONTROL, c.OfferRelease(offer=key, seat="dprk"))
    if name == "t3":
        _around_the_table(game, key, first)
    game.do(potus, c.OfferAccept(offer=key, version=2))
    for actor in (potus, dprk):
        game.do(actor, c.OfferSign(offer=key, version=2, venue="summit"))


def _after_signing(game: Game, key: str) -> None:
    """Let a side be late with what it owes, and take back in the same turn what it declared about the text."""
    potus = player("potus")
    game.do(potus, c.ObligationChoose(obligation=f"{key}:rec", choice="delay"))
    game.do(potus, c.AgreementSuspend(agreement=key, clause="rec", reason="Nothing has come of it."))
    game.do(potus, c.AgreementWithdraw(agreement=key, notice=3, reason="The Senate asks for it."))
    game.do(potus, c.AgreementReaffirm(agreement=key))


def _around_the_table(game: Game, key: str, clause: str) -> None:
    """Let the working level initial under a mandate, a party walk out and come back, and both rest."""
    potus, dprk = player("potus"), player("dprk")
    game.do(potus, c.OfferWiden(offer=key, readers=("intel",)))
    game.do(potus, c.MandateGive(seat="state", offer=key, may=("initial", "mark"), levels={clause: (0, 2)}))
    game.do(player("state"), c.OfferInitial(offer=key, version=2)).do(potus, c.MandateEnd(seat="state"))
    game.do(dprk, c.OfferWalkOut(offer=key, reason="The envoy was kept waiting."))
    game.do(dprk, c.OfferComeBack(offer=key))
    for actor in (potus, dprk):
        game.do(actor, c.OfferRecess(offer=key, on=True, reason="To ask home."))
    game.do(dprk, c.OfferRecess(offer=key, on=False))
    game.do(dprk, c.OfferParaphrase(offer=key, version=2, clause=clause, text="It binds them first."))


def _settle(game: Game, turn: int) -> None:
    if turn == 4:
        edit = c.RulingEdit(turn=turn, variable="tension", delta=2.0, reason="Carrier in port.", shown_to=("rok",))
        game.do(CONTROL, edit)
        game.do(CONTROL, c.RulingDrop(turn=turn, ruling=game.state.rulings[0].id))
        assert game.state.proposal is not None
        order = game.state.proposal.orders[0].id
        ruling = c.RulingReplace(turn=turn, order=order, outcome="partial", reason="Weather.", shown_to=("dprk",))
        game.do(CONTROL, ruling)
    if turn == 9:
        bench.rule(game, turn)
    game.do(CONTROL, c.RulingAccept(turn=turn)).later(MINUTE)
    if turn == 8:
        game.do(player("state"), c.AppealLodge(order="state:8-0", text="Their envoy came."))
        appeal = next(iter(game.state.appeals))
        game.do(CONTROL, c.AppealAnswer(appeal=appeal, verdict="declined", text="He had nothing to say."))
    if game.state.status == "running" and game.state.phase == "outcome":
        game.do(CONTROL, c.PhaseEnd(expect=f"{turn}:outcome"))
