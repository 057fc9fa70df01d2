"""The North as an opportunist: finish the deterrent, then trade on it, then harden if nothing comes back.

It reads only the seat's own view. The turn to talks comes at `pivot_at`, a parameter of the case.
"""

from adjudication.policies.base import invited
from adjudication.policies.view import BotView, Wish

DETERRENT_DONE = 78.0
SEA_RANGE = 58.0
NUCLEAR_TEST = 0.35
PATIENCE = 4


class Opportunist:
    """Complete the deterrent first; then trade on it; harden if nothing comes back."""

    id = "opportunist"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the orders of the stage the seat is in."""
        if not self._turned(view):
            ready = view.reads("missile_cap") >= view.params.get("pivot_at", DETERRENT_DONE)
            return self._pivot() if ready else self._arm(view)
        if view.reads("no_relief_q") >= PATIENCE:
            return self._harden(view)
        return self._trade(view)

    def _turned(self, view: BotView) -> bool:
        return view.saw("moratorium", seat=view.seat) or view.banked.get("test", 0) >= 1

    def _arm(self, view: BotView) -> list[Wish]:
        wishes = []
        if view.reads("missile_cap") >= SEA_RANGE:
            if view.draw("nuke") < NUCLEAR_TEST:
                wishes.append(Wish("nuke", "A sixth test settles whether the design works."))
            wishes += [
                Wish("icbm", "Reach is what makes them talk to us as equals."),
                Wish("srbm", "Keep the crews in practice."),
            ]
        else:
            wishes += [
                Wish("irbm", "Each flight shortens the road to the deterrent."),
                Wish("srbm", "Keep the crews in practice."),
            ]
        if view.reads("tension") > 55:
            wishes.append(Wish("d_threat", "Words back up what the rockets say."))
        return wishes

    def _pivot(self) -> list[Wish]:
        return [
            Wish("moratorium", "The deterrent is complete; a pause now costs nothing and buys the stage."),
            Wish("charm", "Come out through Seoul."),
            Wish("d_talks", "Let the officials find out what is for sale."),
            Wish("release", "A gesture their television understands."),
            Wish("d_offer_summit", "Only the President can decide; meet him."),
        ]

    def _harden(self, view: BotView) -> list[Wish]:
        wishes = [Wish("srbm", "A short reminder, below the pause.")]
        if view.reads("trust_dprk") < 0.3:
            wishes.append(Wish("ultimatum", "They have until the year's end to change their sums."))
        if view.reads("dprk_econ") < 97:
            wishes.append(Wish("cyber_theft", "What sanctions take, the network brings back."))
        return [*wishes, Wish("d_talks", "The door stays open a hand's breadth.")]

    def _trade(self, view: BotView) -> list[Wish]:
        wishes = []
        if invited(view):
            wishes.append(Wish("d_summit", "The meeting itself is already a gain.", {"fallback": "headline"}))
        wishes.append(Wish("d_talks", "Keep the channel working while it costs nothing."))
        if view.reads("inter_korean") > 40 and view.reads("hotline") < 1:
            wishes.append(Wish("d_cma", "Quiet at the line serves us too."))
        if not view.saw("d_envoy_mandate", seat=view.seat) and view.reads("novelty_n") >= 1:
            wishes.append(Wish("d_envoy_mandate", "Without a mandate our people can only listen."))
        if view.turn % 2 == 0 and view.reads("trust_dprk") > 0.15 and view.banked.get("fac", 0) < 1:
            wishes.append(Wish("site_close", "A tunnel we no longer need makes a good picture."))
        if not view.saw("release", seat=view.seat):
            wishes.append(Wish("release", "A gesture their television understands."))
        if not view.saw("d_summit", seat=view.seat, within=2):
            wishes.append(Wish("d_offer_summit", "What officials cannot settle, leaders might."))
        return [
            *wishes,
            Wish("charm", "Seoul pays for calm."),
            Wish("economic_line", "Tell the country the next task is bread."),
        ]
