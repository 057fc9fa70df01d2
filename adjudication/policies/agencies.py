"""The departments: State as a diplomat, Defense as a guardian of readiness, intelligence as an analyst."""

from adjudication.policies.base import pivoted, tested_lately
from adjudication.policies.view import BotView, Wish

ESTIMATES = ("missile_cap", "trust_dprk", "nuc_stock", "chn_enforce", "dprk_cohesion", "evasion")


class Diplomat:
    """Builds the process: sanctions through the Council while tests go on, talks and drafts when they stop."""

    id = "diplomat"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the department's work of the turn."""
        wishes = []
        if not pivoted(view) or tested_lately(view):
            if view.reads("provocation") > 30:
                wishes.append(Wish("un_res", "The Council will act after a test like that."))
                wishes.append(Wish("us_sanction", "Follow up at home."))
            wishes.append(Wish("enforcement_campaign", "Measures nobody enforces are paper."))
        if view.reads("bur_align") < 60:
            wishes.append(Wish("interagency", "One government, one line."))
        if view.reads("institution") < 60 and (pivoted(view) or view.reads("tension") > 70):
            wishes.append(Wish("working_talks", "Text is written by officials or not at all."))
        if view.saw("working_talks", seat=view.seat, within=1):
            wishes.append(Wish("draft_text", "Give the leaders a page to sign."))
        if view.reads("institution") >= 25 and not view.saw("verification_design"):
            wishes.append(Wish("verification_design", "Inspectors need a protocol before they need a visa."))
        if pivoted(view) and view.turn % 3 == 1:
            wishes.append(Wish("un_exempt", "Relief the Council can give without a vote."))
        wishes += [
            Wish("consult", "Allies first."),
            Wish("us_rok_group", "Keep Seoul's projects inside the resolutions."),
            Wish("trilateral", "Three capitals, one message."),
            Wish("ny_channel", "A telephone that works."),
        ]
        return wishes


class Guardian:
    """Keeps the forces ready; follows the President on pauses, slowly when it thinks them rash."""

    id = "guardian"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return readiness before the turn to talks, smaller and quieter work after it."""
        wishes = []
        if pivoted(view) and not tested_lately(view):
            if view.reads("bur_align") < 40:
                wishes.append(Wish("slow_walk", "An order like this deserves a second look.", {"target": "suspend_ex"}))
            wishes += [
                Wish("downscale_ex", "Smaller, quieter, and still an exercise."),
                Wish("remains_talks", "The families have waited long enough."),
                Wish("mil_channel", "Officers who talk do not shoot by mistake."),
            ]
        else:
            if view.turn % 2 == 1:
                wishes.append(Wish("exercise", "Readiness fades when it is not used."))
            if view.reads("tension") < 75:
                wishes.append(Wish("rotate_assets", "Presence reassures the allies."))
            wishes.append(Wish("missile_defence_rok", "Protect the force."))
        return [
            *wishes,
            Wish("consult", "Keep the combined command informed."),
            Wish("interagency", "No surprises between departments."),
        ]


class Analyst:
    """Sharpens one estimate after the other and tells the President what it finds."""

    id = "analyst"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the collection and analysis of the turn."""
        known = [name for name in ESTIMATES if name in view.readings]
        subject = known[(view.turn - 1) % len(known)] if known else ESTIMATES[0]
        wishes = [Wish("intel_estimate", "The number everybody quotes should be a better one.", {"variable": subject})]
        if view.reads("tension") > 65:
            wishes.append(Wish("red_team", "Ask what we would do in their place."))
        if view.reads("institution") >= 25 and not view.saw("verification_design"):
            wishes.append(Wish("verification_design", "Know what can be seen before it is promised."))
        return [
            *wishes,
            Wish("share_intel", "Allies who see the same picture move together."),
            Wish("back_channel", "Somebody should be able to carry a word."),
        ]
