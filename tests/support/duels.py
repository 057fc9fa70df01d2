"""Two bots at one table without a server: each acts on its own view, and the table does what the protocol would.

Only what bargaining needs: tabling, countering, accepting, initialling, signing, walking out, coming back, leaving.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from adjudication.policies.bargain import bargain_acts
from adjudication.policies.judging import judgement
from adjudication.policies.view import Act, BotView, OfferOnTable, Proposed
from adjudication.scenario.bots import Bargaining, BotSpec
from negotiation.details import Detail
from tests.support.views import a_chair, a_view

SEATS = ("potus", "dprk")
MEETING = {"potus": "summit", "dprk": "d_summit"}
ROUNDS = 40


@dataclass
class Duel:
    """A talk between the two signatories, each with its own readings and strategy."""

    readings: Mapping[str, Mapping[str, float]]
    how: Mapping[str, Bargaining]
    banked: Mapping[str, int] = field(default_factory=dict)
    table: OfferOnTable | None = None
    said: list[tuple[str, str]] = field(default_factory=list)
    tried: dict[str, set[str]] = field(default_factory=lambda: {seat: set() for seat in SEATS})

    @property
    def offer(self) -> OfferOnTable:
        """The text on the table; there has to be one."""
        assert self.table is not None, "nobody brought a text"
        return self.table

    @offer.setter
    def offer(self, text: OfferOnTable) -> None:
        self.table = text

    def chair(self, seat: str) -> Any:
        """Return a seat's chair."""
        return a_chair(seat, BotSpec(policy="rulebook", bargains=self.how[seat]))

    def view(self, seat: str) -> BotView:
        """Return what a seat sees now."""
        return a_view(
            seat, moves=[], bargaining_open=True, orders_open=False, submitted=True, sheet=(MEETING[seat],),
            readings=dict(self.readings[seat]), banked=dict(self.banked),
            offers=() if self.table is None else (self.table,), others_ready=frozenset(SEATS) - {seat},
            flags={"terror_listed": False},
        )  # fmt: skip

    def play(self, first: str = "potus") -> "Duel":
        """Let both act in turn until the text is signed or left, or nobody has anything to do."""
        order = (first, next(seat for seat in SEATS if seat != first))
        for _ in range(ROUNDS):
            before = len(self.said)
            for seat in order:
                acts = bargain_acts(self.chair(seat), self.view(seat), tried=frozenset(self.tried[seat]))
                for one in acts:
                    if one.slug not in self.tried[seat] and self.status not in ("signed", "left"):
                        self.tried[seat].add(one.slug)
                        self.said.append((seat, one.name))
                        self._do(seat, one)
            if len(self.said) == before or self.status in ("signed", "left"):
                break
        return self

    @property
    def status(self) -> str:
        """How the text stands; empty where nobody brought one."""
        return "" if self.table is None else self.table.status

    def worth(self, seat: str, levels: Mapping[str, int] | None = None) -> float:
        """Return what a text, or the one on the table, is worth to a seat in its own eyes."""
        view = self.view(seat)
        party = view.terms.party_of_seat(seat)
        assert party is not None
        return judgement(self.chair(seat), view, party.id).surplus(self.offer.levels if levels is None else levels)

    def names(self, seat: str) -> list[str]:
        """Return what a seat did, in order."""
        return [name for who, name in self.said if who == seat]

    def _do(self, seat: str, one: Act) -> None:
        args: Any = one.args
        match one.name:
            case "offer.draft":
                self.offer = OfferOnTable(
                    id=args["offer"], author=seat, proposer=seat, status="draft", version=0,
                    levels=dict(args["levels"]), accepted=(), signed=(), parties=tuple(sorted(SEATS)), venue="", turn=5,
                )  # fmt: skip
            case "offer.table":
                self._put(seat, self.offer.levels, {})
            case "offer.counter":
                self._put(seat, dict(args["levels"]), args["details"])
            case "offer.accept":
                self.offer = replace(self.offer, accepted=tuple(sorted({*self.offer.accepted, seat})))
                if set(self.offer.accepted) == set(SEATS):
                    self.offer = replace(self.offer, status="agreed")
            case "offer.initial":
                self.offer = replace(self.offer, initialled=tuple(sorted({*self.offer.initialled, seat})))
            case "offer.sign":
                signed = tuple(sorted({*self.offer.signed, seat}))
                status = "signed" if set(signed) == set(SEATS) else self.offer.status
                self.offer = replace(self.offer, signed=signed, venue=args["venue"], status=status)
            case "offer.walk_out":
                self.offer = replace(self.offer, out=tuple(sorted({*self.offer.out, seat})))
            case "offer.come_back":
                self.offer = replace(self.offer, out=tuple(s for s in self.offer.out if s != seat))
            case "offer.walk_away":
                self.offer = replace(self.offer, status="left")
            case "offer.mark":
                assert set(args["marks"]) <= set(self.offer.levels)
            case _:
                raise AssertionError(f"{one.name} does not belong at this table")

    def _put(self, seat: str, levels: dict[str, int], details: Mapping[str, Mapping[str, Any]]) -> None:
        assert not self.offer.out, "nobody deals while a chair is empty"
        said = {clause: Detail(**given) for clause, given in details.items()}
        version = self.offer.version + 1
        accepted = () if any(d.bracketed for d in said.values()) else (seat,)
        self.offer = replace(
            self.offer, version=version, proposer=seat, levels=levels, status="tabled", accepted=accepted, signed=(),
            initialled=(), details=said, before=(*self.offer.before, Proposed(version, seat, dict(levels))),
        )  # fmt: skip


def same_readings(values: Mapping[str, float]) -> dict[str, Mapping[str, float]]:
    """Return the same readings for both."""
    return dict.fromkeys(SEATS, values)
