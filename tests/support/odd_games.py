"""Games no report may stumble over: never ended, one turn, nobody in it, rewound twice, a seat lost, hostile texts.

`with odd_store("hostile", "no_humans") as games:` opens a store of its own with these games in it, by name the id of
each. `odd_game(name)` puts one into the store that is open already. Every step is a command through `handle`, with
fixed ids and times, so that a game is the same each time it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from wargame.bots.management.commands.play import policies
from wargame.bots.theatre import play_out, stage, throwaway_store
from wargame.game.commands import GameCreate
from wargame.game.state import State
from wargame.play import cache
from wargame.play.answers import Accepted, ActorRef
from wargame.play.create import CONTROL, create_game
from wargame.play.handle import handle
from wargame.play.people import Joined, join
from wargame.store.cases import case_now
from wargame.store.models import Game

CASE, SHORT_CASE = "us-dprk-2017", "practice"
"""Hostile texts are typed into the large case, with its papers; the others are of the short one and quick to make."""
START_MS = 1_700_000_000_000
MINUTE_MS = 60_000
SEATS = ("potus", "state", "intel", "dprk", "rok")
SHORT_SEATS, BOTH = ("upriver", "works", "downriver", "broker"), ("upriver", "downriver")

# --- what people type -------------------------------------------------------------------------
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)><style>*{display:none}</style>&amp;"
FORMULAS = ('=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1")
MARKUP = '#import "x": * $x^2$ *bold* _it_ @ref <label> ```raw``` \\u{41} [link](javascript:alert(3)) {{7*7}}'
LONG_WORD = "W" * 10_000
EMOJI = "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1f0\U0001f1f7 \U0001f54a\ufe0f e\u0301"
KOREAN = "한반도의 평화와 번영"
ARABIC = "السلام عليكم ورحمة الله"
RTL = "report\u202efdp.exe\u202c \u2066isolated\u2069"
CONTROLS = "bell\x07 feed\x0c unit\x1f zero\u200bwidth line\u2028para\u2029end"
HOSTILE = (SCRIPT, *FORMULAS, MARKUP, LONG_WORD, EMOJI, KOREAN, ARABIC, RTL, CONTROLS)
"""Every kind of hostile text, uncut. In a game each is cut to what its field may hold."""


@dataclass
class Acts:
    """A game in the making: people by seat, and a clock that only moves when told to."""

    game: str
    now_ms: int = START_MS
    people: dict[str, str] = field(default_factory=dict)
    given: int = 0

    def do(self, who: str, name: str, **args: Any) -> Acts:
        """Give a command as `control` or as the person first in a seat; it has to be accepted."""
        self.given += 1
        person = CONTROL if who == "control" else self.people[who]
        answer = handle(
            self.game, actor=ActorRef.of_person(person), command_id=f"odd-{self.given:06d}", name=name,
            args=msgspec.json.encode(args), now_ms=self.now_ms,
        )  # fmt: skip
        assert isinstance(answer, Accepted), f"{name} {args}: {answer}"
        self.now_ms += 1_000
        return self

    def seated(self, *seats: str, names: dict[str, str] | None = None) -> Acts:
        """Let a person join and sit in each of these seats."""
        for seat in seats:
            person, display = f"p-{seat}", (names or {}).get(seat, f"Player {seat}")
            joined = join(self.game, display=display, role="player", now_ms=self.now_ms, person=person)
            assert isinstance(joined, Joined), joined
            self.people[seat] = person
            self.do(seat, "seat.take", seat=seat)
        return self

    def started(self) -> Acts:
        """Leave the lobby."""
        return self.do("control", "game.start", force=True)

    def to(self, phase: str, *, turn: int | None = None) -> Acts:
        """Let phases pass until this one runs (in this turn); what waits for a ruling is released."""
        for _ in range(60):
            now = self.state
            if now.phase == phase and turn in (None, now.turn):
                return self
            if now.proposal is not None:
                self.do("control", "ruling.accept", turn=now.turn)
            else:
                self.do("control", "phase.end", expect=f"{now.turn}:{now.phase}")
        raise AssertionError(f"never came to {phase}")

    def marked(self, label: str) -> str:
        """Mark this moment; return the name of the mark."""
        self.do("control", "checkpoint.make", label=label)
        return self.state.checkpoints[-1]

    @property
    def state(self) -> State:
        """The game as it stands."""
        return cache.state_at_head(Game.objects.get(pk=self.game))


def in_the_lobby(game: str, *, title: str = "An odd game", of: str = SHORT_CASE) -> Acts:
    """Make a game that waits in its lobby."""
    case = case_now(of)
    assert case is not None
    order = GameCreate(
        title=title, scenario=of, preset="full", seed="odd", style="semi_rigid",
        open_seats=tuple(seat.id for seat in case.seats), phase_ms={phase.id: None for phase in case.phases},
    )  # fmt: skip
    made = create_game(order=order, now_ms=START_MS, game_id=game)
    assert hasattr(made, "control"), made
    return Acts(game)


# --- the games --------------------------------------------------------------------------------
def never_ended(game: str) -> None:
    """Leave a game in its second turn, with orders on a sheet, a text on the table and a question unanswered."""
    acts = in_the_lobby(game).seated(*SHORT_SEATS).started().to("plan")
    acts.do("downriver", "order.draft", order="a", move="complain", rationale="To be heard.", expects="Water.")
    acts.to("plan", turn=2).do("upriver", "order.draft", order="b", move="fill_fast", rationale="To be believed.")
    acts.do("upriver", "tasking.ask", kind="rfi", to="works", text="How full is it?", due=3)
    acts.to("negotiate").do("upriver", "offer.draft", offer="o", parties=BOTH, levels={"fill": 1, "gauge": 1})
    acts.do("upriver", "offer.table", offer="o")
    if not acts.state.offers["upriver:o"].version:
        acts.do("control", "offer.release", offer="upriver:o")


def one_turn(game: str) -> None:
    """End a game right after its first outcome."""
    acts = in_the_lobby(game).seated(*SHORT_SEATS).started().to("plan")
    acts.do("downriver", "order.draft", order="a", move="complain", rationale="To be heard.")
    acts.to("negotiate").do("broker", "message.post", message="m", room="press", text="We ask for calm.")
    acts.to("outcome").do("control", "game.end", reason="The hour is over.")


def no_turn(game: str) -> None:
    """End a game before anything was settled."""
    in_the_lobby(game).seated("upriver").started().do("control", "game.end", reason="Nobody else came.")


def no_humans(game: str) -> None:
    """Let bots alone play the short invented case to its end."""
    case = case_now(SHORT_CASE)
    assert case is not None
    bots = policies(case, "all")
    order = GameCreate(
        title="Bots alone", scenario=SHORT_CASE, preset="full", seed="odd", style="rigid", open_seats=(), bots=bots,
        phase_ms={phase.id: None for phase in case.phases},
    )  # fmt: skip
    play_out(stage(order, game_id=game))


def rewound_twice(game: str) -> None:
    """Take a game back over a settled turn, play it otherwise, take it back again to the same mark, and end it."""
    acts = in_the_lobby(game).seated(*SHORT_SEATS).started().to("plan")
    mark = acts.marked("Before the first orders")
    acts.do("downriver", "order.draft", order="a", move="close_market", rationale="The first time.")
    acts.do("upriver", "message.post", message="x", room="press", text="Said and taken back.")
    acts.to("brief", turn=2).do("control", "game.rewind", checkpoint=mark, reason="The wrong sheet.")
    acts.do("control", "game.resume")
    acts.do("downriver", "order.draft", order="b", move="patrol_border", rationale="The second.")
    acts.to("plan", turn=2).do("control", "game.rewind", checkpoint=mark, reason="And once more.")
    acts.do("control", "game.resume")
    acts.do("downriver", "order.draft", order="c", move="complain", rationale="The third time.")
    acts.to("plan", turn=2).do("upriver", "order.draft", order="d", move="fill_slow", rationale="For the record.")
    acts.to("outcome", turn=2).do("control", "game.end", reason="Enough of it.")


def lost_seat(game: str) -> None:
    """Let a seat lose its only person in the middle of a turn, with orders on its sheet."""
    acts = in_the_lobby(game).seated(*SHORT_SEATS).started().to("plan", turn=2)
    acts.do("downriver", "order.draft", order="a", move="complain", rationale="Left behind.")
    acts.do("downriver", "message.post", message="m", room="press", text="We shall be heard.")
    acts.do("control", "person.remove", person="p-downriver", reason="Fell ill.")
    acts.to("plan", turn=3).do("control", "game.end", reason="Out of time.")


def hostile(game: str) -> None:
    """Let everybody type what a report must carry and never obey, in every field that takes words."""
    names = {"potus": SCRIPT[:60], "state": FORMULAS[0][:60], "intel": ARABIC, "dprk": KOREAN, "rok": RTL}
    acts = in_the_lobby(game, title=f"=1+1 {SCRIPT}"[:60], of=CASE).seated(*SEATS, names=names)
    acts.started().to("plan")
    long, line, word = LONG_WORD[:4000], LONG_WORD[:200], LONG_WORD[:2000]
    acts.do("dprk", "order.draft", order="a", move="irbm", rationale=MARKUP, expects=FORMULAS[0])
    acts.do("potus", "order.draft", order="b", move="threat", rationale=SCRIPT, expects=word)
    acts.do("control", "inject.send", inject="i", to=("potus", "dprk"), title=SCRIPT[:200], text=long, source=line)
    acts.do("control", "note.pin", note="n", text=f"{MARKUP} {SCRIPT}", objective=FORMULAS[3], discuss=True)
    acts.do("state", "tasking.ask", kind="rfi", to="intel", text=f"{EMOJI} {FORMULAS[1]}", due=2)
    acts.do("intel", "tasking.answer", tasking=next(iter(acts.state.taskings)), text=f"{ARABIC} {RTL}")
    _hostile_papers(acts)
    acts.to("negotiate")
    for number, text in enumerate(HOSTILE):
        acts.do("rok", "message.post", message=f"m{number}", room="press", text=text[:4000])
    _hostile_text(acts)
    acts.to("lock", turn=1).do(
        "control", "ruling.edit", turn=1, variable="tension", delta=1.5, reason=f"{SCRIPT} {KOREAN}"
    )
    acts.to("outcome").do("control", "game.end", reason=f"{FORMULAS[4]} {SCRIPT}"[:200])


def _hostile_papers(acts: Acts) -> None:
    words = {"headline": SCRIPT[:120], "body": f"{LONG_WORD[:1000]} {MARKUP} {CONTROLS}"}
    acts.do("potus", "paper.draft", template="statement", fields=words)
    paper = list(acts.state.papers)[-1]
    acts.do("potus", "statement.mean", paper=paper, text=f"{FORMULAS[2]} {KOREAN}")
    acts.do("potus", "paper.release", paper=paper, version=1)
    acts.do("dprk", "statement.read", paper=paper, text=f"{ARABIC} {SCRIPT}")


def _hostile_text(acts: Acts) -> None:
    acts.do(
        "potus", "offer.draft", offer="o", parties=("potus", "dprk"), levels={"test": 1, "sec": 1},
        title=FORMULAS[0], note=f"{SCRIPT} {MARKUP}"[:2000],
    )  # fmt: skip
    acts.do("potus", "offer.table", offer="o")
    if not acts.state.offers["potus:o"].version:
        acts.do("control", "offer.release", offer="potus:o")
    acts.do("dprk", "offer.paraphrase", offer="potus:o", version=1, clause="test", text=f"{EMOJI} {RTL} {SCRIPT}")
    acts.do("dprk", "offer.walk_away", offer="potus:o", reason=f"{FORMULAS[5]} {MARKUP}"[:2000])


ODD: dict[str, Callable[[str], None]] = {
    "never_ended": never_ended, "no_turn": no_turn, "one_turn": one_turn, "no_humans": no_humans,
    "rewound_twice": rewound_twice, "lost_seat": lost_seat, "hostile": hostile,
}  # fmt: skip
"""Every odd game by name: it is played into the open store under the id it is given."""


def odd_game(name: str) -> str:
    """Play an odd game into the store that is open; return its id."""
    game = f"odd-{name.replace('_', '-')}"
    ODD[name](game)
    return game


@contextmanager
def odd_store(*names: str) -> Iterator[dict[str, str]]:
    """Open a store of one's own with these odd games in it (all of them without a name); yield name -> id."""
    with throwaway_store():
        yield {name: odd_game(name) for name in names or tuple(ODD)}
