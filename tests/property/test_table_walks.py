"""Random play at the table: a version never changes, nothing binds unsigned, every state is reached and none is stuck.

A walk is a seeded sequence of commands about texts, legal ones and careless ones, by all who may sit at a table.
"""

import random
from collections.abc import Iterator

import pytest

from negotiation.details import Detail, brackets
from negotiation.offers import Offer, audience
from tests.support.builders import CONTROL, Game, player
from tests.support.tables import SEATED, a_table
from wargame.game import commands as c
from wargame.game import engine, legal_deal
from wargame.game.events import Actor, OfferAccepted, OfferCountered, OfferEnded, OfferSigned
from wargame.game.rejections import Rejected

SEEDS = tuple(range(4))
STEPS = 180
LONGEST = 5
"""Texts at most on the table at once, so that walks get deep and not wide."""

STATES = {
    "draft", "held", "returned", "tabled", "bracketed", "countered", "package", "sponsored", "initialled", "agreed",
    "half signed", "signed", "walked out", "recess asked", "recess", "answer held", "in_force", "lapsed", "walked_away",
}  # fmt: skip


def states_of(offer: Offer) -> Iterator[str]:
    """Yield every state a text is in, by name."""
    if offer.gate:
        yield "held"
    if offer.status == "draft":
        yield "returned" if offer.returned else "draft"
        return
    yield "half signed" if offer.signed and offer.status == "agreed" else offer.status
    for name, holds in (
        ("bracketed", brackets(offer.details)), ("countered", offer.version > 1), ("package", offer.package),
        ("sponsored", offer.sponsors), ("initialled", offer.initialled), ("walked out", offer.out),
        ("answer held", offer.waiting), ("recess asked", offer.adjourning), ("recess", offer.recess),
    ):  # fmt: skip
        if holds:
            yield name


def options(game: Game, seat: str) -> list[c.Command]:
    """Return the ready commands of a seat about texts; no more drafts than the walk has room for."""
    state = game.state
    found = list(legal_deal.of_seat(state, state.seats[seat], game.scenario))
    many = len(state.offers) >= LONGEST
    return [one for one in found if not (many and isinstance(one, c.OfferDraft))]


def careless(game: Game, pick: random.Random) -> c.Command:
    """Return a command somebody might send by mistake."""
    offer = pick.choice([*game.state.offers, "none"])
    version, clause = pick.randint(1, 4), pick.choice(["test", "sec", "remains", "moon"])
    levels = {clause: pick.randint(0, 2)}
    return pick.choice(
        [
            c.OfferAccept(offer=offer, version=version),
            c.OfferSign(offer=offer, version=version, venue=pick.choice(["summit", "exchange", "oral"])),
            c.OfferInitial(offer=offer, version=version),
            c.OfferCounter(offer=offer, against=version, levels=levels),
            c.OfferCounter(
                offer=offer, against=version, levels=levels, details={clause: Detail(after=clause, secret=True)}
            ),
            c.OfferMark(offer=offer, version=version, marks={clause: "accept"}),
            c.OfferTable(offer=offer),
            c.OfferWalkOut(offer=offer),
            c.OfferComeBack(offer=offer),
            c.OfferRecess(offer=offer, on=pick.random() < 0.5),
            c.OfferSponsor(offer=offer, stands=True),
            c.OfferWiden(offer=offer, readers=(pick.choice(SEATED),)),
            c.MandateGive(seat=pick.choice(SEATED), may=("accept",), levels={clause: (0, 1)}),
        ]
    )


class Watch:
    """What was said of each text so far, and what must hold of it from then on."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, int], tuple[object, ...]] = {}
        self.readers: dict[str, set[str]] = {}
        self.versions: dict[str, int] = {}
        self.reached: set[str] = set()
        self.seen_facts = 0

    def look(self, game: Game) -> None:
        """Ask every invariant of every text on the table."""
        for offer in game.state.offers.values():
            self.reached |= set(states_of(offer))
            self._wording(offer)
            self._people(offer)
            if offer.status == "signed":
                self._bound(game, offer)
        for recorded in game.log[self.seen_facts :]:
            if isinstance(recorded.payload, OfferEnded):
                self.reached.add(recorded.payload.how)
        self.seen_facts = len(game.log)

    def _wording(self, offer: Offer) -> None:
        if offer.version:
            said = (offer.wording, offer.proposer, offer.note, offer.at_ms, offer.title, offer.parties)
            assert self.said.setdefault((offer.id, offer.version), said) == said, "a version changed"
        assert offer.version - self.versions.get(offer.id, 0) in (0, 1)
        self.versions[offer.id] = offer.version
        assert set(offer.details) <= set(offer.levels)
        assert all(set(marks) <= set(offer.levels) for marks in offer.marks.values())

    def _people(self, offer: Offer) -> None:
        parties = set(offer.parties)
        for seats in (offer.accepted, offer.initialled, offer.signed, offer.out, offer.adjourning, tuple(offer.marks)):
            assert set(seats) <= parties
        assert set(offer.left) == set(offer.out)
        assert self.readers.get(offer.id, set()) <= set(offer.readers), "a reader was taken off"
        self.readers[offer.id] = set(offer.readers)
        assert set(offer.invited) <= set(audience(offer))
        if brackets(offer.details):
            assert (offer.accepted, offer.signed, offer.initialled) == ((), (), ())
        if offer.status == "draft":
            assert (offer.accepted, offer.signed, offer.marks, offer.out) == ((), (), {}, ())
        if offer.signed:
            assert set(offer.accepted) == parties

    def _bound(self, game: Game, offer: Offer) -> None:
        """A signed text was accepted by every party and signed by each whose authority it needs, in this version."""
        facts = [r.payload for r in game.log]
        signed = {(f.seat, f.version) for f in facts if isinstance(f, OfferSigned) and f.offer == offer.id}
        assert all((seat, offer.version) in signed for seat in game.state.signatories)
        stood = {
            f.seat for f in facts if isinstance(f, OfferAccepted) and (f.offer, f.version) == (offer.id, offer.version)
        }
        stood |= {offer.proposer, *offer.sponsors}
        assert set(offer.parties) <= stood


def walk(seed: int, *, gate: str) -> tuple[Game, Watch]:
    """Play texts at random through a few turns."""
    pick = random.Random(seed)
    game, watch = a_table(gate=gate), Watch()
    for _ in range(STEPS):
        if game.state.status != "running":
            break
        roll = pick.random()
        if roll < 0.02 and game.state.turn < 4:
            game.next_phase() if game.state.phase != "negotiate" else game.do(
                CONTROL, c.PhaseEnd(expect=f"{game.state.turn}:negotiate")
            )
            game.in_phase("negotiate")
        elif roll < 0.15:
            seat = pick.choice(SEATED)
            try_it(game, player(seat), careless(game, pick))
        elif roll < 0.30:
            at_the_gate(game, pick)
        else:
            deal(game, pick)
        watch.look(game)
    return game, watch


def at_the_gate(game: Game, pick: random.Random) -> None:
    """Let Control release, or now and then return, something that waits."""
    found = list(legal_deal.of_control(game.state, game.scenario))
    back = [one for one in found if isinstance(one, c.OfferReturn)]
    out = [one for one in found if isinstance(one, c.OfferRelease)]
    chosen = back if not out or pick.random() < 0.2 else out
    if chosen:
        game.do(CONTROL, pick.choice(chosen))


def deal(game: Game, pick: random.Random) -> None:
    """Let a seat do something it may: kinds are equally likely, leaving for good and signing weighted to go deep."""
    seat = pick.choice([*SEATED, "potus", "dprk", "potus", "dprk"])
    found = options(game, seat)
    kinds = sorted({type(one).__name__ for one in found})
    weight = {"OfferWalkAway": 0.15, "OfferWalkOut": 0.25, "OfferRecess": 2.5, "OfferSign": 6, "OfferAccept": 4,
              "OfferTable": 3, "OfferComeBack": 3, "MandateEnd": 0.5, "OfferSponsor": 3}  # fmt: skip
    if not kinds:
        return
    kind = pick.choices(kinds, weights=[weight.get(kind, 1) for kind in kinds])[0]
    command = pick.choice([one for one in found if type(one).__name__ == kind])
    game.do(player(seat), command)


def try_it(game: Game, actor: Actor, command: c.Command) -> None:
    """Give a command that may be refused."""
    answer = game.try_(actor, command)
    if not isinstance(answer, Rejected):
        game.do(actor, command)


@pytest.fixture(scope="module")
def walked() -> list[tuple[Game, Watch]]:
    return [walk(seed, gate="control" if seed % 2 else "none") for seed in SEEDS]


def test_every_state_of_a_text_is_reached(walked: list[tuple[Game, Watch]]) -> None:
    reached = set().union(*(watch.reached for _, watch in walked))
    assert reached >= STATES


def test_a_version_is_put_down_once(walked: list[tuple[Game, Watch]]) -> None:
    for game, watch in walked:
        countered = [r for r in game.log if isinstance(r.payload, OfferCountered)]
        assert len([key for key in watch.said if key[1] > 1]) == len(countered)
        for view in ("control", "seat:potus", "seat:dprk"):
            first: dict[str, object] = {}
            for row in game.feed(view):
                if row.kind == "offer_version" and not row.key.endswith("@0"):
                    seen = first.setdefault(row.key, row.value)
                    assert seen == row.value, f"{row.key} changed for {view}"


def test_nothing_is_given_to_the_engine_that_is_not_fully_signed(walked: list[tuple[Game, Watch]]) -> None:
    for game, _ in walked:
        texts = {text.id: text for text in engine.sealed(game.scenario, game.state).texts}
        assert set(texts) == {o.id for o in game.state.offers.values() if o.status == "signed"}
        in_force = {
            r.payload.offer for r in game.log if isinstance(r.payload, OfferEnded) and r.payload.how == "in_force"
        }
        signed = [(r.payload.offer, r.payload.seat) for r in game.log if isinstance(r.payload, OfferSigned)]
        assert all((offer, seat) in signed for offer in in_force for seat in game.state.signatories)


def test_no_text_is_stuck_whatever_state_it_is_in(walked: list[tuple[Game, Watch]]) -> None:
    """Each text has a way off the table: a party leaves for good, or the settlement of the turn takes it."""
    tried = 0
    for game, _ in walked:
        for key, offer in game.state.offers.items():
            tried += 1
            if offer.status == "signed":
                continue
            leavers = {offer.author} if offer.status == "draft" else set(offer.parties)
            for seat in leavers & set(SEATED):
                assert not isinstance(game.try_(player(seat), c.OfferWalkAway(offer=key)), Rejected), (key, seat)
        signed = {key for key, offer in game.state.offers.items() if offer.status == "signed"}
        if game.state.status == "running":
            game.at_turn(game.state.turn + 1)
        left = {key for key in signed if key in game.state.offers and game.state.offers[key].status == "signed"}
        assert not left, "the settlement takes or unsigns every signed text"
    assert tried > 5


@pytest.mark.parametrize("gate", ["none", "control"])
def test_from_any_state_a_text_can_still_become_agreed(gate: str) -> None:
    """Whatever random play left on the table can be brought to a signature by parties of good will."""
    game, _ = walk(40, gate=gate)
    game.in_phase("negotiate")
    on_table = [key for key, offer in sorted(game.state.offers.items()) if offer.status != "draft"]
    assert on_table
    for key in on_table:
        brought_to_agreement(game, key)
        offer = game.state.offers[key]
        assert offer.status in ("agreed", "signed"), key


def brought_to_agreement(game: Game, key: str) -> None:
    offer = game.state.offers[key]
    for seat in offer.out:
        game.do(player(seat), c.OfferComeBack(offer=key))
    if offer.recess:
        game.do(player("potus"), c.OfferRecess(offer=key, on=False))
    if offer.status in ("agreed", "signed"):
        return
    if brackets(offer.details):
        counter = c.OfferCounter(offer=key, against=offer.version, levels=offer.levels, details={})
        game.do(player("dprk"), counter)
    for party in game.state.offers[key].waiting if brackets(offer.details) else ():
        if party == "dprk":
            game.do(CONTROL, c.OfferRelease(offer=key, seat=party))
    offer = game.state.offers[key]
    for seat in offer.parties:
        if seat not in game.state.offers[key].accepted:
            game.do(player(seat), c.OfferAccept(offer=key, version=offer.version))
