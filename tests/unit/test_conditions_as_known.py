"""Conditions over what a seat knows: yes, no, or "cannot tell", never a guess (`conditions.judge`)."""

from collections.abc import Mapping

import pytest

from adjudication.conditions import (
    All,
    Between,
    Chance,
    Compare,
    Condition,
    Count,
    Deal,
    LensOn,
    Not,
    OrderFilter,
    Some,
    judge,
)
from adjudication.scalars import Const, Scalar

THREATS = OrderFilter(moves=("threat",))


class Seat:
    """A seat that reads `low` as 10 to 20, `sharp` as 15, `word` as "open", and nothing of `dark`."""

    spans: Mapping[str, tuple[float, float] | str | None] = {
        "low": (10.0, 20.0), "sharp": (15.0, 15.0), "high": (20.0, 30.0), "far": (40.0, 50.0), "nought": (0.0, 0.0),
        "word": "open", "dark": None,
    }  # fmt: skip

    def interval(self, name: str) -> tuple[float, float] | str | None:
        return self.spans[name]

    def count(self, orders: OrderFilter, within: int) -> tuple[float, float] | None:
        return (1.0, 3.0) if orders == THREATS and within == 2 else None

    def deal(self, form: str) -> bool | None:
        return {"any": True, "text": False}.get(form)

    def lens(self, name: str) -> bool:
        return name == "inst"

    def roll(self, key: str, p: Scalar) -> bool | None:
        return {"mine": True, "lost": False}.get(key)


YES, NO, UNKNOWN = LensOn("inst"), LensOn("lead"), Chance(Const(0.5), "another's")


@pytest.mark.parametrize(
    ("op", "left", "right", "verdict"),
    [
        ("gt", "low", 9.9, True), ("gt", "low", 10.0, None), ("gt", "low", 19.9, None), ("gt", "low", 20.0, False),
        ("ge", "low", 10.0, True), ("ge", "low", 10.1, None), ("ge", "low", 20.0, None), ("ge", "low", 20.1, False),
        ("lt", "low", 20.1, True), ("lt", "low", 20.0, None), ("lt", "low", 10.1, None), ("lt", "low", 10.0, False),
        ("le", "low", 20.0, True), ("le", "low", 19.9, None), ("le", "low", 10.0, None), ("le", "low", 9.9, False),
        ("eq", "sharp", 15.0, True), ("eq", "sharp", 14.9, False), ("eq", "sharp", 15.1, False),
        ("eq", "low", 15.0, None), ("eq", "low", 10.0, None), ("eq", "low", 20.0, None), ("eq", "low", 9.9, False),
        ("eq", "low", 20.1, False), ("eq", "nought", 0.0, True),
        ("gt", "far", "low", True), ("gt", "low", "far", False), ("ge", "high", "low", True),
        ("gt", "high", "low", None),
        ("le", "low", "high", True), ("lt", "low", "high", None), ("lt", "low", "far", True),
        ("le", "far", "low", False),
        ("ge", "low", "far", False), ("lt", "far", "low", False),
        ("gt", "dark", 1.0, None), ("le", 1.0, "dark", None), ("eq", "dark", "dark", None),
        ("eq", "word", "word", True), ("eq", "word", "low", False), ("eq", "low", "word", False),
    ],
)  # fmt: skip
def test_a_comparison_is_sure_only_where_the_whole_interval_is(op: str, left, right, verdict: bool | None) -> None:
    assert judge(Compare(op, left, right), Seat()) is verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(("word", "verdict"), [("open", True), ("shut", False), ("low", False)])
def test_a_word_is_compared_as_a_word_and_never_read_as_a_name(word: str, verdict: bool) -> None:
    assert judge(Compare("eq", "word", word, text=True), Seat()) is verdict


@pytest.mark.parametrize(
    ("ref", "low", "high", "verdict"),
    [
        ("low", 10.0, 20.0, True), ("low", 9.0, 21.0, True), ("low", 10.1, 21.0, None), ("low", 9.0, 19.9, None),
        ("low", 20.0, 30.0, None), ("low", 20.1, 30.0, False), ("low", 0.0, 10.0, None), ("low", 0.0, 9.9, False),
        ("dark", 0.0, 99.0, None), ("word", 0.0, 99.0, None),
    ],
)  # fmt: skip
def test_a_span_is_inside_outside_or_across(ref: str, low: float, high: float, verdict: bool | None) -> None:
    assert judge(Between(ref, low, high), Seat()) is verdict


@pytest.mark.parametrize(
    ("items", "every", "one"),
    [
        ((YES, YES), True, True), ((YES, NO), False, True), ((NO, NO), False, False), ((YES, UNKNOWN), None, True),
        ((NO, UNKNOWN), False, None), ((UNKNOWN, UNKNOWN), None, None), ((), True, False),
    ],
)  # fmt: skip
def test_an_unknown_item_leaves_a_list_open_only_where_it_decides(
    items: tuple[Condition, ...], every: bool | None, one: bool | None
) -> None:
    assert judge(All(items), Seat()) is every
    assert judge(Some(items), Seat()) is one


@pytest.mark.parametrize(("item", "verdict"), [(YES, False), (NO, True), (UNKNOWN, None)])
def test_not_turns_what_is_known_and_leaves_what_is_not(item: Condition, verdict: bool | None) -> None:
    assert judge(Not(item), Seat()) is verdict


@pytest.mark.parametrize(("at_least", "verdict"), [(1, True), (2, None), (3, None), (4, False)])
def test_orders_one_may_not_have_seen_leave_a_count_open(at_least: int, verdict: bool | None) -> None:
    assert judge(Count(THREATS, at_least, 2), Seat()) is verdict
    assert judge(Count(THREATS, at_least, 1), Seat()) is None


def test_texts_lenses_and_dice_are_asked_of_the_seat() -> None:
    assert judge(Deal("any"), Seat()) is True
    assert judge(Deal("text"), Seat()) is False
    assert judge(Deal("statement"), Seat()) is None
    assert judge(Chance(Const(0.1), "mine"), Seat()) is True
    assert judge(Chance(Const(0.1), "lost"), Seat()) is False
