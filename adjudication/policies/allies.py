"""The allies: Seoul as a mediator, Tokyo as a lobbyist. Neither can veto a text between the two principals."""

from adjudication.policies.base import pivoted, tested_lately
from adjudication.policies.view import BotView, Wish


class Mediator:
    """Carries messages when it is dangerous or hopeful, and buys calm at the line when it can be had."""

    id = "mediator"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return mediation, then inter-Korean steps, then care for the alliance."""
        wishes = []
        if view.reads("inter_korean") > 40 and view.reads("hotline") < 1:
            wishes.append(Wish("cma", "Quiet at the line is ours to make."))
        if view.reads("tension") > 60 or pivoted(view):
            wishes.append(Wish("mediate", "There must be no war here; somebody has to carry the word."))
        if view.reads("tension") > 78:
            wishes.append(Wish("veto_strike", "Nothing happens on this peninsula without us."))
        if pivoted(view):
            wishes += [
                Wish("ik_summit", "Meet them ourselves; Washington follows."),
                Wish("propose_exemption", "Rails and roads need a paper from the Committee."),
                Wish("rok_aid", "Small relief that is allowed."),
            ]
        if tested_lately(view):
            wishes.append(Wish("live_fire", "An answer they can hear, on our side of the line."))
        if view.reads("rok_coh") < 65:
            wishes.append(Wish("assure_washington", "No daylight, and say it aloud."))
        return [
            *wishes,
            Wish("defer_ex_request", "Ask for a smaller season."),
            Wish("assure_washington", "No daylight, and say it aloud."),
        ]


class Lobbyist:
    """Watches for a deal over its head: lobbies, hedges with missile defence, keeps pressure on."""

    id = "lobbyist"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return lobbying, hedging and pressure."""
        wishes = []
        if tested_lately(view):
            wishes += [
                Wish("jpn_protest", "It flew over our people."),
                Wish("jpn_un_push", "The Council should meet tonight."),
            ]
        if view.reads("provocation") > 50:
            wishes.append(Wish("jpn_sanction", "Our own list grows with theirs."))
        if view.reads("jpn_aband") > 45:
            wishes.append(Wish("missile_defence", "What others tolerate still reaches us."))
        if view.turn % 3 == 1 or pivoted(view):
            wishes.append(Wish("jpn_lobby", "The President should hear it from us first."))
        if pivoted(view):
            wishes.append(Wish("jpn_open_talks", "If all meet him, so must we."))
        return [
            *wishes,
            Wish("abductions", "Those who were taken are still there."),
            Wish("jpn_lobby", "The President should hear it from us first."),
        ]
