"""What using the pages costs a person: interactions counted in the browser, and the seconds they take a practised hand.

Times are the operators of the keystroke-level model (Card, Moran and Newell, The Psychology of Human-Computer
Interaction, 1983, ch. 8): a mental preparation M 1.35 s, pointing P 1.1 s, a press or a release of the button B 0.1 s,
the hand from mouse to keyboard or back H 0.4 s, a key K 0.28 s (a non-secretary typist).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

M, P, B, H, K = 1.35, 1.1, 0.1, 0.4, 0.28
CLICK = M + P + 2 * B
LISTEN = """
const about = (one) => (one.labels?.[0]?.textContent ?? one.name ?? one.tagName).trim().slice(0, 40);
addEventListener("click", (e) => { if (e.isTrusted) countAct("click", about(e.target), 0); }, true);
addEventListener("input", (e) => {
  const one = e.target;
  if (one.tagName === "SELECT") countAct("choose", about(one), 0);
  else if (!["checkbox", "radio", "file"].includes(one.type)) countAct("type", about(one), one.value.length);
}, true);
"""


@dataclass
class Hands:
    """The interactions of everybody who was given these hands."""

    acts: list[tuple[str, str, int]] = field(default_factory=list)
    """(what, on what, characters typed): a field typed into is one, however long the text."""

    def hold(self, page: Page) -> None:
        """Count what is done at a page from now on, over all addresses it goes to."""
        page.expose_function("countAct", self._note)
        page.add_init_script(LISTEN)

    def open(self, page: Page, url: str) -> None:
        """Open a link somebody was sent: one interaction."""
        self.acts.append(("open", url.rsplit("/", 1)[-1][:8], 0))
        page.goto(url)

    def _note(self, what: str, where: str, length: int) -> None:
        if what == "type" and self.acts and self.acts[-1][:2] == (what, where):
            self.acts.pop()
        self.acts.append((what, where, length))

    @property
    def count(self) -> int:
        """Return how many interactions there were: a choice from a list is two, it is opened and picked from."""
        return sum(2 if what == "choose" else 1 for what, _, _ in self.acts)

    @property
    def seconds(self) -> float:
        """Return how long they take a person, without waiting for any machine."""
        took = {"open": CLICK, "click": CLICK, "choose": 2 * CLICK, "type": CLICK + 2 * H}
        return sum(took[what] + length * K for what, _, length in self.acts)

    def told(self) -> str:
        """Return what was done, for the words of a failure."""
        return ", ".join(f"{what} {where}".strip() for what, where, _ in self.acts)
