"""A change as people write it: lens names, `var=value@turn`, a table of replacement orders.

Owns the reading of it and what is wrong with it, by place and with what to do. It changes nothing itself. The table is
plain data (`{turn: {seat: [move or {move, params, public}]}}`); whoever calls has read the file.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

import msgspec

from adjudication.lenses import ALL, PRESETS
from adjudication.orders import Order, ParamValue
from adjudication.policies import policies_of
from adjudication.scenario.bots import BotSpec
from adjudication.scenario.checks.review import rules_named
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Move, Param, Scenario
from adjudication.variation import ALL_RULINGS, Change, Fate, Pin, Ruled

SET = re.compile(r"^(?P<name>[\w.]+)=(?P<value>[-+]?[\d.]+(?:[eE][-+]?\d+)?)@(?P<first>\d+)(?:-(?P<last>\d+))?$")


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a change: where it is written, and what to write instead."""

    where: str
    message: str

    def __str__(self) -> str:
        """Return the place and the words."""
        return f"{self.where}: {self.message}"


def read_change(
    scenario: Scenario, *, turns: Sequence[int], from_turn: int | None = None, orders: object = None,
    lenses: str | None = None, pins: Sequence[str] = (), with_overrides: bool = False, rules_off: Sequence[str] = (),
    players: Mapping[str, str] | None = None, without_rulings: Sequence[str] = (),
    rulings: Collection[str] | None = None, outcomes: object = None,
    sealed: Mapping[int, Collection[tuple[str, str]]] | None = None,
) -> Change | tuple[Fault, ...]:  # fmt: skip
    """Return the change these words ask for, or everything that is wrong with them. `turns` are those played.

    `rulings`: the ids of those Control made, `sealed`: seat and move of the orders of each turn; None where they are
    not known yet, and nothing is held against them.
    """
    reader = _Reader(scenario, tuple(turns))
    change = Change(
        from_turn=reader.turn("--from", from_turn), orders=reader.orders(orders), lenses=reader.lenses(lenses),
        pins=tuple(pin for text in pins for pin in reader.pin(text)), with_overrides=with_overrides,
        rules_off=reader.rules(rules_off), players=reader.players(players or {}),
        without_rulings=reader.rulings(without_rulings, rulings),
    )  # fmt: skip
    change = msgspec.structs.replace(change, outcomes=reader.outcomes(outcomes, sealed, change))
    if change.players and from_turn not in (None, *turns[:1]):
        reader.fault("players", "a policy knows what it has seen: seat it from the first turn on")
    if from_turn is not None:
        reader.faults += [
            Fault(f"orders.{turn}", f"this turn is before --from {from_turn}; begin at {turn} or leave it out")
            for turn in change.orders
            if turn < from_turn
        ]
    return tuple(reader.faults) or change


class _Reader:
    """Reads a change and collects what is wrong."""

    def __init__(self, scenario: Scenario, turns: tuple[int, ...]) -> None:
        self.scenario, self.turns = scenario, turns
        self.faults: list[Fault] = []

    def fault(self, where: str, message: str) -> None:
        self.faults.append(Fault(where, message))

    # --- turns, lenses, pins --------------------------------------------------------------------
    def turn(self, where: str, turn: int | None) -> int | None:
        if turn is not None and turn not in self.turns:
            self.fault(where, f"turn {turn} was not played; the game has {_span(self.turns)}")
        return turn

    def lenses(self, text: str | None) -> frozenset[str] | None:
        """Read a preset, or lenses joined by + or commas; `none` is no lens at all. Not given: the game's own."""
        if text is None:
            return None
        if text in PRESETS:
            return PRESETS[text]
        names = frozenset(part for part in re.split(r"[+,\s]+", text.strip()) if part and part != "none")
        for name in sorted(names - ALL):
            self.fault("--lens", f"{name!r} is no lens and no preset{_near(name, (*PRESETS, *ALL))}")
        return names & ALL

    def pin(self, text: str) -> Iterator[Pin]:
        where = f"--set {text}"
        found = SET.match(text)
        if found is None:
            self.fault(where, "write variable=number@turn, for example strain=60@4 or trust=0.4@5-8")
            return
        name, first = found["name"], int(found["first"])
        last = int(found["last"] or first)
        if first > last:
            self.fault(where, f"{first}-{last} runs backwards")
        self.turn(where, first)
        self.turn(where, last)
        try:
            value = float(found["value"])
        except ValueError:
            self.fault(where, f"{found['value']!r} is not a number")
            return
        if self._settable(where, name, value):
            yield Pin(name, value, first, last)

    def _settable(self, where: str, name: str, value: float) -> bool:
        """Tell whether a name may be given a value."""
        case = self.scenario
        known = [*case.variable, *(f"clause.{i}" for i in case.issues), *(f"flag.{f}" for f in case.flags)]
        if name not in known:
            self.fault(where, f"{name!r} is no variable, clause or flag of this case{_near(name, known)}")
            return False
        if name.startswith("clause."):
            issue = case.negotiation.deal_issue[name[7:]]
            low, high = 0.0, float(len(issue.levels) - 1)
        elif name.startswith("flag."):
            low, high = 0.0, 1.0
        else:
            variable = case.variable[name]
            low, high = limits(variable.kind, variable.min, variable.max)
        if not low <= value <= high:
            self.fault(where, f"{name} lies between {low:g} and {high:g}")
        elif not name.startswith("clause.") or value == int(value):
            return True
        else:
            self.fault(where, f"{name} is a level: a whole number from 0 to {high:g}")
        return False

    # --- rules, rulings, players ------------------------------------------------------------------
    def rules(self, names: Sequence[str]) -> tuple[str, ...]:
        for name in names:
            found = rules_named(self.scenario, (name,))
            if not found:
                self.fault("rules_off", f"there is no rule {name!r}{_near(name, self.scenario.rule)}")
            elif all(self.scenario.rule[rule].code for rule in found):
                self.fault("rules_off", f"the form of {name} lives in code and cannot be left out; a lens can")
        return tuple(names)

    def rulings(self, names: Sequence[str], known: Collection[str] | None) -> tuple[str, ...]:
        for name in names:
            if known is not None and name != ALL_RULINGS and name not in known:
                made = ", ".join(sorted(known)) or "none"
                self.fault("without_rulings", f"Control made no ruling {name!r}; made were: {made}")
        if ALL_RULINGS in names and known is not None and not known:
            self.fault("without_rulings", "Control made no rulings in these turns: there is none to leave out")
        return tuple(names)

    def outcomes(
        self, table: object, sealed: Mapping[int, Collection[tuple[str, str]]] | None, change: Change
    ) -> tuple[Ruled, ...]:
        found = []
        for key, seats in self._table("outcomes", table, "turn: {seat: {move: done, partial or blocked}}"):
            turn = int(key) if str(key).isdigit() else 0
            self.turn(f"outcomes.{key}", turn)
            for seat, fates in self._table(f"outcomes.{key}", seats, "seat: {move: done, partial or blocked}"):
                where = f"outcomes.{key}.{seat}"
                for move, fate in self._table(where, fates, "move: done, partial or blocked"):
                    if fate not in get_args(Fate):
                        self.fault(f"{where}.{move}", f"{fate!r} is no outcome; {_or(get_args(Fate))}")
                        continue
                    replaced = change.orders.get(turn, {}).get(str(seat))
                    given = None if sealed is None else {name for who, name in sealed.get(turn, ()) if who == seat}
                    known = given if replaced is None else {order.move for order in replaced}
                    if known is not None and move not in known:
                        has = f"; it ordered {', '.join(sorted(known))}" if known else ""
                        self.fault(f"{where}.{move}", f"{seat} did not order {move} in that turn{has}")
                    found.append(Ruled(turn, str(seat), str(move), fate))
        return tuple(found)

    def players(self, seats: Mapping[str, str]) -> dict[str, BotSpec]:
        found = {}
        for seat, policy in seats.items():
            if seat not in self.scenario.seat:
                self.fault(f"players.{seat}", f"there is no seat {seat!r}{_near(seat, self.scenario.seat)}")
                continue
            known = [one.id for one in policies_of(self.scenario, seat)]
            if policy not in known:
                self.fault(f"players.{seat}", f"nobody plays as {policy!r}{_near(policy, known)}")
            found[seat] = BotSpec(policy=policy)
        return found

    # --- orders ---------------------------------------------------------------------------------
    def orders(self, table: object) -> dict[int, dict[str, tuple[Order, ...]]]:
        found: dict[int, dict[str, tuple[Order, ...]]] = {}
        for key, seats in self._table("orders", table, "turn: {seat: [move, ...]}"):
            where = f"orders.{key}"
            turn = int(key) if str(key).isdigit() else None
            if turn is None:
                self.fault(where, "the first level is the number of a turn, as in `6: {seat: [move]}`")
                continue
            self.turn(where, turn)
            found[turn] = {
                str(seat): self._sheet(f"{where}.{seat}", turn, str(seat), sheet)
                for seat, sheet in self._table(where, seats, "seat: [move, ...]")
            }
        return found

    def _table(self, where: str, value: object, shape: str) -> Iterable[tuple[Any, Any]]:
        if value is None:
            return ()
        if not isinstance(value, Mapping):
            self.fault(where, f"expected {{{shape}}}, found {_kind(value)}")
            return ()
        return value.items()

    def _sheet(self, where: str, turn: int, seat: str, sheet: object) -> tuple[Order, ...]:
        known = self.scenario.seat.get(seat)
        if known is None:
            self.fault(where, f"there is no seat {seat!r}{_near(seat, self.scenario.seat)}")
            return ()
        if sheet is None:
            sheet = []
        if not isinstance(sheet, list | tuple):
            self.fault(where, f"expected a list of moves (an empty one for no orders), found {_kind(sheet)}")
            return ()
        read = [self._order(f"{where}[{place}]", turn, seat, place, item) for place, item in enumerate(sheet)]
        orders = tuple(order for order in read if order is not None)
        cost = sum(self.scenario.move[order.move].cost for order in orders)
        if cost > known.budget:
            self.fault(where, f"these cost {cost} orders; {seat} has {known.budget} a turn: leave some out")
        return orders

    def _order(self, where: str, turn: int, seat: str, place: int, item: object) -> Order | None:
        if isinstance(item, str):
            item = {"move": item}
        if not isinstance(item, Mapping) or not isinstance(item.get("move"), str):
            self.fault(where, f"expected a move or {{move, params, public}}, found {_kind(item)}")
            return None
        for extra in sorted(set(map(str, item)) - {"move", "params", "public"}):
            self.fault(f"{where}.{extra}", "unknown key; an order has move, params and public")
        name = str(item["move"])
        move = self.scenario.move.get(name)
        if move is None:
            own = [m.id for m in self.scenario.moves if seat in m.seats]
            self.fault(f"{where}.move", f"there is no move {name!r}{_near(name, own)}")
            return None
        if seat not in move.seats:
            self.fault(f"{where}.move", f"{seat} cannot order {name}; {_or(move.seats)} can")
            return None
        public = item.get("public", move.visibility == "public")
        if not isinstance(public, bool):
            self.fault(f"{where}.public", f"write true or false, not {public!r}")
            public = True
        params = self._params(f"{where}.params", move, item.get("params"))
        return Order(f"{seat}:{turn}:{place}:{name}", seat, name, params, public)

    def _params(self, where: str, move: Move, given: object) -> dict[str, ParamValue]:
        params: dict[str, ParamValue] = {p.id: p.default for p in move.params if p.default is not None}
        known = {param.id: param for param in move.params}
        for name, value in self._table(where, given, "parameter: value"):
            param = known.get(str(name))
            if param is None:
                self.fault(f"{where}.{name}", f"{move.id} has no such parameter{_near(str(name), known)}")
            elif (message := _misfit(param, value)) is not None:
                self.fault(f"{where}.{name}", message)
            else:
                params[param.id] = value
        return params


def _misfit(param: Param, value: object) -> str | None:
    """Return why a value is none of a parameter's, or None."""
    match param.kind:
        case "choice":
            return None if value in param.choices else f"{value!r} is no choice; {_or(param.choices)}"
        case "bool":
            return None if isinstance(value, bool) else f"write true or false, not {value!r}"
        case "int":
            if isinstance(value, bool) or not isinstance(value, int):
                return f"write a whole number, not {value!r}"
            low = param.low if param.low is not None else value
            high = param.high if param.high is not None else value
            return None if low <= value <= high else f"{value} is outside {low} to {high}"


def _near(name: str, known: Iterable[str]) -> str:
    names = list(known)
    close = get_close_matches(name, names, n=3, cutoff=0.5)
    return f"; did you mean {_or(close)}?" if close else f"; it has {', '.join(sorted(names)[:12])}"


def _or(names: Sequence[str]) -> str:
    return " or ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} or {names[-1]}"


def _span(turns: Sequence[int]) -> str:
    return f"turns {turns[0]} to {turns[-1]}" if turns else "no turns yet"


def _kind(value: object) -> str:
    return {"str": "a word", "int": "a number", "float": "a number", "list": "a list", "NoneType": "nothing"}.get(
        type(value).__name__, "a table" if isinstance(value, Mapping) else type(value).__name__
    )
