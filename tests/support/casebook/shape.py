"""What a casebook may say, and how it is read. Every fault of the file is told with its line and the nearest name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from adjudication.lenses import ALL, PRESETS
from adjudication.orders import Conduct, FreeMove
from adjudication.scenario.schema import Scenario

ROOT = Path(__file__).resolve().parents[3]
CASEBOOK = ROOT / "fixtures" / "cases" / "catc.yaml"
NUMBER = re.compile(r"CATC-(\d{3})")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
VIEWS_OF_ALL = ("control", "observer", "public")


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base: closed and immutable."""


class Given(Part, frozen=True, kw_only=True):
    """The situation: the start of the case or of a preset, with some values set.

    `earlier`: orders carried out in the turns before, oldest first, as "seat move". `capital`: resources by their
    full name (`potus.capital`).
    """

    preset: str = ""
    set: dict[str, float] = {}
    capital: dict[str, float] = {}
    earlier: tuple[tuple[str, ...], ...] = ()


class Ordered(Part, frozen=True, kw_only=True):
    """One order. Written short as "seat move"."""

    by: str
    move: str
    params: dict[str, str | int | bool] = {}
    public: bool = True
    id: str = ""


class Signed(Part, frozen=True, kw_only=True):
    """A text both sides signed."""

    id: str = "t1"
    title: str = "A text"
    levels: dict[str, int]
    venue: Literal["summit", "exchange"] = "exchange"
    parties: tuple[str, ...] = ("potus", "dprk")


class Ruled(Part, frozen=True, kw_only=True):
    """A ruling of Control. `target` is an order ("seat move"), a variable or an event."""

    kind: Literal["replace_outcome", "add", "set", "force_event", "suppress_event", "reversal"]
    target: str
    value: float | str = 0.0
    reason: str = "Control saw it otherwise"


class Turn(Part, frozen=True, kw_only=True):
    """What is done in one turn. `forced` dice come on top of the quiet ones of the book."""

    orders: tuple[str | Ordered, ...] = ()
    texts: tuple[Signed, ...] = ()
    forced: dict[str, str] = {}
    overrides: tuple[Ruled, ...] = ()
    injects: tuple[str, ...] = ()
    arguments: dict[str, int] = {}
    bots: tuple[str, ...] = ()
    free: tuple[FreeMove, ...] = ()
    conduct: tuple[Conduct, ...] = ()
    """What parties do about what they signed."""
    consents: dict[str, dict[str, bool | None]] = {}
    """What seats answered when asked to consent to an order: order -> seat -> yes, no or nothing."""


class OrderExpected(Part, frozen=True, kw_only=True):
    """What becomes of one order. `unlock` and `why` are words that have to be in it."""

    status: Literal["done", "partial", "blocked", "converted", "delayed", "cancelled"]
    fidelity: float | None = None
    unlock: tuple[str, ...] = ()
    why: str = ""
    rules: tuple[str, ...] = ()
    returned: bool | None = None


class Told(Part, frozen=True, kw_only=True):
    """What a view has to be told, and what it must not find anywhere in its account."""

    says: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()


class Package(Part, frozen=True, kw_only=True):
    """One package as it would be judged in the situation given, before anything is done.

    `levels` not named stay as they are in force. `worth` is a party's utility over the status quo, `waiting` what a
    party expects of waiting, `regard` what a player whose consent counts makes of it, each exact; `stopped_by` names
    the gates and the veto players in the way, all of them.
    """

    levels: dict[str, int]
    worth: dict[str, float] = {}
    waiting: dict[str, float] = {}
    regard: dict[str, float] = {}
    stopped_by: tuple[str, ...] | None = None


class Expected(Part, frozen=True, kw_only=True):
    """What the model has to make of it, in the last turn.

    `changes`: "up", "down", "same" or the exact change; `ends`: the exact value after the turn; `asks`: what a rule
    asks for (raw, before saturation; beliefs in log-odds), by variable; `chances`: `p_clash`, `p_war` or a die by key.
    """

    orders: dict[str, str | OrderExpected] = {}
    changes: dict[str, float | str] = {}
    ends: dict[str, float] = {}
    asks: dict[str, dict[str, float]] = {}
    chances: dict[str, float] = {}
    happens: tuple[str, ...] = ()
    not_happens: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    """How principals learned what was really done: candid, leak, shown, inquiry."""
    summit: Literal["", "none", "statement", "text", "walk_away"] = ""
    surplus: dict[str, dict[str, float]] = {}
    packages: tuple[Package, ...] = ()
    texts: dict[str, str] = {}
    struck: dict[str, tuple[str, ...]] = {}
    told: dict[str, Told] = {}


class Case(Part, frozen=True, kw_only=True):
    """One numbered case. `fires` and `silent` are claims about rules; the runner proves each of them."""

    id: str
    title: str
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    given: Given = Given()
    turn: int = 9
    """The default is a turn for which the calendar has nothing."""
    seed: int = 1
    lenses: str | tuple[str, ...] = "all"
    before: tuple[Turn, ...] = ()
    """Turns played before the one that counts."""
    do: Turn = Turn()
    then: Expected = Expected()
    because: str = ""
    """Where the expectation comes from, if not from the statement of the rule."""
    line: int = 0

    @property
    def active(self) -> frozenset[str]:
        """The lenses that are on."""
        return PRESETS[self.lenses] if isinstance(self.lenses, str) else frozenset(self.lenses)


class Book(Part, frozen=True, kw_only=True):
    """A casebook: the scenario its cases are set in, the dice that lie still unless a case moves them, the cases."""

    scenario: str
    title: str
    quiet: dict[str, str]
    cases: tuple[Case, ...]


class CasebookError(Exception):
    """All faults of a casebook, one line each: file, line, case, what is wrong."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def read_book(path: Path = CASEBOOK) -> Book:
    """Read a casebook. Raises CasebookError with every fault of shape found."""
    text = path.read_text(encoding="utf-8")
    node, raw = yaml.compose(text, Loader=LOADER), yaml.load(text, Loader=LOADER)
    if not isinstance(raw, dict) or not isinstance(raw.get("cases"), list):
        raise CasebookError([f"{path.name}:1: a casebook is a mapping with a list of cases"])
    lines = _lines_of_cases(node)
    faults: list[str] = []
    cases: list[Case] = []
    for one, line in zip(raw["cases"], lines, strict=True):
        try:
            cases.append(msgspec.convert({**one, "line": line}, Case))
        except (msgspec.ValidationError, TypeError) as fault:
            name = one.get("id", "a case without an id") if isinstance(one, dict) else "a case that is no mapping"
            faults.append(f"{path.name}:{line}: {name}: {fault}")
    if faults:
        raise CasebookError(faults)
    try:
        return msgspec.structs.replace(msgspec.convert({**raw, "cases": []}, Book), cases=tuple(cases))
    except msgspec.ValidationError as fault:
        raise CasebookError([f"{path.name}:1: {fault}"]) from fault


def _lines_of_cases(node: Any) -> list[int]:
    for key, value in node.value:
        if key.value == "cases":
            return [item.start_mark.line + 1 for item in value.value]
    return []


def check_book(book: Book, scenario: Scenario, name: str = CASEBOOK.name) -> None:
    """Check every name a book uses against its scenario. Raises CasebookError with all faults."""
    faults = [f"{name}:{case.line}: {case.id}: {words}" for case in book.cases for words in _faults(case, scenario)]
    for number, case in enumerate(book.cases, start=1):
        found = NUMBER.fullmatch(case.id)
        if found is None or int(found[1]) != number:
            faults.append(f"{name}:{case.line}: {case.id}: the next number is CATC-{number:03d}")
    if faults:
        raise CasebookError(faults)


def _faults(case: Case, scenario: Scenario) -> Iterator[str]:
    flags = {f"flag.{flag}" for flag in scenario.flags}
    clauses = {f"clause.{issue}" for issue in scenario.issues}
    state = {*scenario.variable, *flags, *clauses}
    resources = {f"{seat.id}.{name}" for seat in scenario.seats for name in seat.resources}
    views = {*(f"seat:{seat}" for seat in scenario.seat), *VIEWS_OF_ALL}
    rules = {*scenario.rule, "MOVE", "CLAMP"}
    if isinstance(case.lenses, str) and case.lenses not in PRESETS:
        yield _unknown("lens preset", case.lenses, PRESETS)
    for lens in case.lenses if not isinstance(case.lenses, str) else ():
        if lens not in ALL:
            yield _unknown("lens", lens, ALL)
    if case.given.preset and case.given.preset not in scenario.preset:
        yield _unknown("preset", case.given.preset, scenario.preset)
    checked: tuple[tuple[str, Any, Any], ...] = (
        ("rule", (*case.fires, *case.silent, *case.then.asks), rules),
        ("value", case.given.set, state),
        ("value", (*case.then.changes, *case.then.ends), {*state, *resources}),
        ("value", [v for asked in case.then.asks.values() for v in asked], state),
        ("resource", case.given.capital, resources),
        ("view", case.then.told, views),
        ("menu", case.then.surplus, {menu.id for menu in scenario.negotiation.menus}),
        *_of_packages(case, scenario),
    )
    for what, used, known in checked:
        for word in used:
            if word not in known:
                yield _unknown(what, word, known)
    for rule in set(case.fires) & set(case.silent):
        yield f"rule {rule} cannot both fire and be silent"
    yield from _faults_of_orders(case, scenario)
    for view in ("changes", "ends"):
        if any(isinstance(w, str) and w not in ("up", "down", "same") for w in getattr(case.then, view).values()):
            yield f"{view}: a change is a number, up, down or same"
    if not (case.fires or case.silent or case.then.packages):
        yield "a case has to say of some rule that it fires or is silent, or what packages are worth"


def _of_packages(case: Case, scenario: Scenario) -> Iterator[tuple[str, Any, Any]]:
    """Yield what kind of name the packages of a case use, the names, and those there are."""
    terms = scenario.negotiation
    parties, players = {party.id for party in terms.parties}, {player.id for player in terms.players}
    gates = {gate.id for gate in terms.gates}
    for package in case.then.packages:
        yield "issue", package.levels, set(terms.deal_ids)
        yield "party", (*package.worth, *package.waiting), parties
        yield "player", package.regard, players
        yield "gate or player", package.stopped_by or (), gates | players


def _faults_of_orders(case: Case, scenario: Scenario) -> Iterator[str]:
    given = [order_of(o) for turn in (*case.before, case.do) for o in turn.orders]
    given += [order_of(o) for turn in case.given.earlier for o in turn]
    for order in given:
        if order.by not in scenario.seat:
            yield _unknown("seat", order.by, scenario.seat)
        if order.move not in scenario.move:
            yield _unknown("move", order.move, scenario.move)
            continue
        params = {param.id for param in scenario.move[order.move].params}
        for name in order.params:
            if name not in params:
                yield _unknown(f"parameter of {order.move}", name, params)
    for issue in (i for turn in (*case.before, case.do) for text in turn.texts for i in text.levels):
        if issue not in scenario.negotiation.deal_issue:
            yield _unknown("issue", issue, scenario.negotiation.deal_ids)
    carried = {name_of(order_of(o)) for turn in (*case.before, case.do) for o in turn.orders}
    for name in case.then.orders:
        if name not in carried and not name.startswith("R-"):
            yield _unknown("order of this case", name, carried)


def order_of(written: str | Ordered) -> Ordered:
    """Return an order from its short form, "seat move"."""
    if isinstance(written, Ordered):
        return written
    seat, _, move = written.partition(" ")
    return Ordered(by=seat, move=move)


def name_of(order: Ordered) -> str:
    """Return how a case names an order: its id if it has one, else "seat move"."""
    return order.id or f"{order.by} {order.move}"


def _unknown(what: str, word: str, known: Any) -> str:
    near = get_close_matches(str(word), [str(k) for k in known], n=1, cutoff=0.5)
    return f"unknown {what} {word!r}" + (f"; did you mean {near[0]!r}?" if near else "")
