"""Change only what a view may not know, and its feed stays the same to the byte: numbers, times, refusals and all."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.drafting import words
from tests.support.games import CASE, Table, a_game, same_ids_again
from wargame.bots import services
from wargame.play import cache as states
from wargame.play.answers import Accepted
from wargame.play.people import join
from wargame.store.cases import case_now
from wargame.store.models import Disclosure

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = ("potus", "state", "dprk", "rok", "jpn")
WATCHED = ("seat:potus", "seat:state", "seat:jpn", "observer", "public")
"""Views that may know nothing of what the North, Seoul and Control do below."""

SECRETS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("dprk", "room.open", {"room": "r", "seats": ["rok"], "title": "Two of us"}),
    ("dprk", "message.post", {"message": "m", "room": "talk:dprk.rok", "text": "Nobody else hears this."}),
    ("rok", "message.post", {"message": "m", "room": "talk:dprk.rok", "text": "Nor this."}),
    ("rok", "room.read", {"room": "talk:dprk.rok", "upto": 1}),
    (
        "rok",
        "message.post",
        {"message": "m", "room": "talk:dprk.rok", "text": "To you", "reply_to": 1, "mentions": ["dprk"]},
    ),
    ("dprk", "message.pin", {"room": "talk:dprk.rok", "number": 1}),
    ("dprk", "conference.call", {"conference": "c", "title": "A quiet place", "seats": ["rok"], "agenda": ["One"]}),
    ("dprk", "conference.open", {"conference": "dprk:c"}),
    ("dprk", "conference.point", {"conference": "dprk:c", "point": 1}),
    ("dprk", "message.post", {"message": "m", "room": "conference:dprk:c", "text": "We are alone."}),
    ("rok", "room.open", {"room": "x", "seats": ["dprk"], "at": "dprk:c"}),
    ("dprk", "conference.recess", {"conference": "dprk:c"}),
    ("dprk", "conference.chair", {"conference": "dprk:c", "seat": "rok"}),
    ("rok", "conference.close", {"conference": "dprk:c"}),
    ("control", "seat.nudge", {"seat": "dprk", "text": "Your neighbour is listening."}),
    ("dprk", "seat.prefer", {"seats": ["rok", "jpn"]}),
    ("control", "line.intercept", {"room": "talk:dprk.rok", "by": "defense"}),
    ("control", "line.delay", {"room": "talk:dprk.rok", "turns": 1}),
    ("dprk", "order.draft", {"order": "s1", "move": "MOVE", "rationale": "Thinking of it."}),
    ("dprk", "order.withdraw", {"order": "s1"}),
    ("dprk", "offer.draft", {"offer": "d1", "parties": ["dprk", "potus"], "levels": {"test": 1}, "note": "A draft."}),
    ("dprk", "offer.draft", {"offer": "d1", "parties": ["dprk", "potus"], "levels": {"test": 2}, "note": "Better."}),
    ("dprk", "pad.share", {"offer": "d1"}),
    ("dprk", "pad.edit", {"offer": "d1", "update": words("test", "Written in private.")}),
    (
        "dprk",
        "offer.draft",
        {
            "offer": "d1",
            "parties": ["dprk", "potus"],
            "levels": {"test": 2, "fac": 1},
            "details": {"fac": {"due": 3, "after": "test", "bracketed": True, "wording": "In our own words."}},
            "annexes": [{"id": "map", "title": "A map", "text": "Here."}],
            "sponsors": ["rok"],
            "expires": 4,
        },
    ),
    ("rok", "offer.sponsor", {"offer": "dprk:d1", "stands": True}),
    ("dprk", "offer.widen", {"offer": "d1", "readers": ["rok"]}),
    ("dprk", "offer.paraphrase", {"offer": "d1", "version": 1, "clause": "test", "text": "A pause, no end."}),
    ("dprk", "mandate.give", {"seat": "rok", "may": ["accept"]}),
    ("control", "offer.return", {"offer": "dprk:d1", "reason": "Not yet."}),
    ("dprk", "item.open", {"kind": "brief", "key": "dprk"}),
    ("dprk", "orders.submit", {}),
    ("dprk", "orders.reopen", {}),
    ("dprk", "offer.accept", {"offer": "none:1", "version": 1}),
    (
        "dprk",
        "freemove.propose",
        {
            "move": "f1",
            "title": "A hidden envoy",
            "action": "Send a cousin.",
            "effect": "A door opens.",
            "arguments": ["Blood counts."],
            "public": False,
        },
    ),
    ("control", "freemove.circulate", {"move": "dprk:f1", "seats": ["rok"]}),
    ("rok", "freemove.argue", {"move": "dprk:f1", "side": "against", "text": "He is not trusted."}),
    ("control", "freemove.ask", {"move": "dprk:f1", "seats": ["rok"]}),
    ("rok", "freemove.estimate", {"move": "dprk:f1", "percent": 35}),
    ("control", "freemove.estimate", {"move": "dprk:f1", "percent": 55}),
    ("control", "freemove.frame", {"move": "dprk:f1", "seat": "dprk", "severity": "de", "effects": {"tension": -2}}),
    ("control", "freemove.refuse", {"move": "dprk:f1", "reason": "Not this quarter."}),
    ("dprk", "freemove.withdraw", {"move": "f1"}),
    ("control", "argument.grant", {"order": "dprk:s1", "net": 2, "reason": "Fair point."}),
    ("control", "note.pin", {"note": "n", "text": "The North is bluffing."}),
    ("control", "assess.plan", {"item": "i", "action": "Brief the North sooner.", "owner": "Dean"}),
    ("control", "assess.drop", {"item": "i"}),
    ("control", "inject.send", {"inject": "i", "to": ["dprk"], "title": "To Pyongyang", "text": "A word in private."}),
    ("control", "phase.end", {"expect": "no-such-phase"}),
)

SCRIPT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("potus", "order.draft", {"order": "p1", "move": "MOVE", "rationale": "Because."}),
    ("potus", "message.post", {"message": "m", "room": "talk:dprk.rok", "text": "Are you there?"}),
    ("jpn", "message.post", {"message": "m", "room": "press", "text": "Tokyo is concerned."}),
    ("potus", "conference.open", {"conference": "dprk:c"}),
    ("potus", "room.open", {"room": "x", "seats": ["rok"], "at": "dprk:c"}),
    ("state", "message.pin", {"room": "talk:dprk.rok", "number": 1}),
    ("potus", "offer.accept", {"offer": "dprk:d1", "version": 1}),
    ("potus", "pad.edit", {"offer": "dprk:d1", "update": words("test", "Who writes here?", client=8)}),
    ("state", "room.open", {"room": "x", "seats": ["jpn"]}),
    ("potus", "orders.submit", {}),
    ("potus", "order.draft", {"order": "p2", "move": "no_such_move"}),
    ("potus", "freemove.argue", {"move": "dprk:f1", "side": "for", "text": "What are they up to?"}),
    ("jpn", "freemove.estimate", {"move": "dprk:f1", "percent": 50}),
    ("rok", "order.draft", {"order": "r1", "move": "MOVE"}),
)  # fmt: skip
ENDS = ("plan", "negotiate", "outcome")


@dataclass
class Heard:
    """All that the watched views were ever told, and every answer given to those who look through them."""

    feeds: dict[str, list[tuple[int, str, str, int, bytes]]] = field(default_factory=dict)
    answers: list[object] = field(default_factory=list)


def a_move(seat: str) -> str:
    case = case_now(CASE)
    assert case is not None
    return next(move.id for move in case.moves if seat in move.seats and not move.params and move.require is None)


def do(table: Table, who: str, name: str, args: dict[str, Any], command_id: str) -> object:
    if args.get("move") == "MOVE":
        args = {**args, "move": a_move(who)}
    answer = table.say(who, name, command_id=command_id, **args)
    return ("ack", answer.n) if isinstance(answer, Accepted) else ("reject", answer.code, sorted(answer.params.items()))


@cache
def quiet_game() -> Heard:
    """Play the script once without any secret: it is what every other game is held against."""
    return play([[]] * len(SCRIPT))


def play(secrets: list[list[int]]) -> Heard:
    """Play the script over one turn with these secret actions before each of its steps."""
    call_command("flush", verbosity=0, interactive=False)
    states.forget()
    services.forget()
    same_ids_again()
    table = a_game(seats=SEATS, people={seat: f"person-{seat}" for seat in SEATS}, game_id="same-game", seed="same")
    join(table.game, display="Watcher", role="observer", now_ms=table.now_ms, person="watcher")
    table.must("control", "game.start", force=True)
    table.must("control", "phase.end", expect="brief")
    heard = Heard()
    for place, (who, name, args) in enumerate(SCRIPT):
        table.now_ms += 1_000
        for count, secret in enumerate(secrets[place]):
            actor, hidden, hidden_args = SECRETS[secret]
            do(table, actor, hidden, hidden_args, f"secret-{place}-{count}")
        answer = do(table, who, name, args, f"script-{place}")
        if f"seat:{who}" in WATCHED:
            heard.answers.append(answer)
    do(table, "dprk", "orders.reopen", {}, "tidy-reopen")
    do(table, "dprk", "order.withdraw", {"order": "s1"}, "tidy-withdraw")
    for phase in ENDS:
        table.now_ms += 1_000
        if phase == "outcome" and any(secrets):
            appeal_and_answer(table)
        heard.answers.append(do(table, "control", "phase.end", {"expect": phase}, f"end-{phase}")[0])  # type: ignore[index]
    for view in WATCHED:
        rows = Disclosure.objects.filter(game_id=table.game, view=view).order_by("n")
        heard.feeds[view] = [
            (n, kind, key, at, bytes(value))
            for n, kind, key, at, value in rows.values_list("n", "kind", "key", "at_ms", "value")
        ]
    return heard


def appeal_and_answer(table: Table) -> None:
    """Let Seoul appeal and Control decline: a correction would move the world, which is no secret."""
    table.must("rok", "appeal.lodge", order="rok:r1", text="It was ready.")
    appeal = next(iter(table.state().appeals))
    table.must("control", "appeal.answer", appeal=appeal, verdict="declined", text="It was not.")


@settings(
    max_examples=16, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(
    st.lists(
        st.lists(st.integers(0, len(SECRETS) - 1), max_size=6), min_size=len(SCRIPT), max_size=len(SCRIPT)
    )
)  # fmt: skip
@pytest.mark.timeout(240)
@pytest.mark.one_store
def test_what_a_view_may_not_know_changes_nothing_in_its_feed(secrets: list[list[int]]) -> None:
    quiet, busy = quiet_game(), play(secrets)
    assert busy.answers == quiet.answers
    for view in WATCHED:
        assert busy.feeds[view] == quiet.feeds[view], view
    assert len(quiet.feeds["seat:potus"]) > 50


def test_the_comparison_would_notice_a_leak() -> None:
    """The same machinery, with one thing the watched views do hear: it must differ."""
    quiet = quiet_game()
    global SECRETS
    kept, SECRETS = SECRETS, (("dprk", "message.post", {"message": "m", "room": "press", "text": "Heard by all."}),)
    try:
        loud = play([[0]] + [[]] * (len(SCRIPT) - 1))
    finally:
        SECRETS = kept
    assert all(loud.feeds[view] != quiet.feeds[view] for view in WATCHED)
