"""A small text signed in a small case, for tests of what parties owe and what they do about it."""

from adjudication.agreed import Agreement, Owed
from adjudication.orders import Conduct, SignedText
from adjudication.resolve import resolve_turn
from adjudication.results import Resolution
from adjudication.scenario import Scenario
from adjudication.testkit import a_world
from adjudication.world import World
from negotiation.agreements import Undertaking
from tests.support.second_crisis import Sections, a_case, rule, variable

RULES = [rule("R-V01", 3.5, code=True), rule("R-V21", 8, code=True), rule("R-V22", 8, code=True),
         rule("R-V23", 8, code=True), rule("R-V24", 8, code=True),
         rule("R-V25", 3.5, code=True, text={"struck": "No."}),
         rule("R-V18", 8, event="breach_by_SOUTH", effects=[{"signal": ["trust_north", -0.8]}])]  # fmt: skip
CLAUSES: list[Sections] = [
    {"id": "bones", "label": "Bones", "obligor": "SOUTH", "reversibility": 0, "due": 1, "detection": 0.9,
     "values": {"NORTH": 0.03, "SOUTH": 0.01}, "verified_by": "By eye", "secret_ok": True},
    {"id": "grain", "label": "Grain", "obligor": "NORTH", "reversibility": 4, "detection": 0.0, "secret_ok": True,
     "values": {"NORTH": -0.02, "SOUTH": 0.05}, "params": {"tranches": [1, 4], "secret": True}},
    {"id": "board", "label": "A joint board"},
]  # fmt: skip
for clause in CLAUSES:
    clause["text"] = f"{clause['label']}, in the words of the text."
CONDUCT = {
    "late": {"rule": "R-V21", "trust": -0.15}, "suspended": {"rule": "R-V22", "trust": -0.3},
    "withdrawn": {"rule": "R-V23", "trust": -0.45}, "grace": 1,
    "suspicion": {"rule": "R-V24", "unseen": 1.0, "alarm": 0.0, "means": 0.5, "observers": {"grain": ["isle"]}},
}  # fmt: skip
QUIET = {"break": "no"}


def case(**negotiation: object) -> Scenario:
    return a_case(
        rules=RULES,
        variables=[variable("deal_form", 0, "count", max=3)],
        beliefs={"trust": {"NORTH": "trust_south", "SOUTH": "trust_north"}},
        commitments={"conduct": CONDUCT, "plain": ["guns_out", "pledge"]},
        negotiation={
            "clauses": CLAUSES,
            "table": {"oral": True, "means": {"By eye": 0.6, "By count": 0.95}},
            **negotiation,
        },
    )


def text(venue: str = "exchange", details: dict[str, Undertaking] | None = None, **agreed: int) -> SignedText:
    return SignedText("t", "The text", agreed, venue, ("queen", "king"), 1, details or {})  # type: ignore[arg-type]


def turn(
    made: Scenario, world: World, at: int, *texts: SignedText, conduct: tuple[Conduct, ...] = (), **forced: str
) -> tuple[Resolution, World]:
    found = resolve_turn(
        made, world, turn=at, orders=[], seed=1, texts=texts, conduct=conduct, forced={**QUIET, **forced}
    )
    return found, World.from_payload(made, found.world)


def signed(made: Scenario, *, details: dict[str, Undertaking] | None = None, **agreed: int) -> World:
    return turn(made, a_world(made), 1, text(details=details, **agreed))[1]


def does(kind: str, clause: str = "", seat: str = "king", **more: object) -> Conduct:
    return Conduct(agreement="t", seat=seat, kind=kind, clause=clause, **more)  # type: ignore[arg-type]


def book(world: World, name: str = "t") -> dict[str, Owed]:
    return {row.clause: row for row in the_text(world, name).owed}


def states(world: World) -> dict[str, str]:
    return {clause: row.state for clause, row in book(world).items()}


def the_text(world: World, name: str = "t") -> Agreement:
    return next(one for one in world.agreements if one.id == name)


def trust_lost(made: Scenario, found: Resolution, rule_id: str) -> float:
    return round(sum(row.raw for row in found.ledger if row.rule_id == rule_id and row.var == "trust_north"), 6)
