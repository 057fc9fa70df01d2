"""The President as a summiteer: press while the tests go on, then seek the meeting that only leaders can hold."""

from adjudication.policies.base import invited, pivoted, tested_lately
from adjudication.policies.view import BotView, Wish


class Summiteer:
    """Pressure first, then praise and pictures; officials get a mandate when approval is no longer low."""

    id = "summiteer"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return pressure before the turn to talks, diplomacy after it."""
        return self._court(view) if pivoted(view) and not tested_lately(view) else self._press(view)

    def _press(self, view: BotView) -> list[Wish]:
        tension, provocation = view.reads("tension"), view.reads("provocation")
        wishes = []
        if provocation > 30 and tension < 88:
            wishes.append(Wish("threat", "He must believe that we mean it."))
        if tested_lately(view) and tension < 85:
            wishes.append(Wish("show_force", "Let the bombers be seen."))
        if tension >= 80:
            wishes.append(Wish("us_letter", "A private line, in case this runs away from us."))
        wishes += [
            Wish("us_sanction", "Every test has a price."),
            Wish("consult", "Seoul and Tokyo must not read it in the paper."),
            Wish("burden_demand", "Others should pay their share."),
        ]
        return wishes

    def _court(self, view: BotView) -> list[Wish]:
        held = view.reads("novelty_n")
        deep = view.reads("institution") >= 45
        wishes = []
        if invited(view) and (held < 1 or deep or not view.saw("summit", seat=view.seat, within=2)):
            wishes.append(Wish("summit", "Nobody else can settle this.", {"fallback": self._fallback(view)}))
        if view.agreements and not view.saw("follow_on_process", seat=view.seat, within=3):
            wishes.append(Wish("follow_on_process", "Somebody has to turn the page into a plan."))
        if view.banked.get("sec", 0) >= 1 and not view.saw("suspend_ex", seat=view.seat, within=3):
            wishes.append(Wish("suspend_ex", "Keep what was promised; it saves money too."))
        if not view.saw("envoy_mandate", seat=view.seat, within=6):
            wishes.append(Wish("envoy_mandate", "My people need to be able to say yes."))
        wishes.append(Wish("praise", "He answers to warmth."))
        if held < 1 or view.turn % 3 == 0:
            wishes.append(Wish("offer_summit", "Put the invitation on the table."))
        if view.reads("trust_us") > 0.2 and view.saw("d_talks", within=2):
            wishes.append(Wish("waiver", "A small thing that we can take back."))
        return [
            *wishes,
            Wish("consult", "The allies should hear it from us."),
            Wish("us_letter", "Keep the correspondence alive."),
        ]

    def _fallback(self, view: BotView) -> str:
        """Settle for a headline once; later an empty page costs more than none (R-L09)."""
        return "headline" if view.reads("novelty_n") < 1 or view.reads("approval_nk") < 42 else "walk_away"
