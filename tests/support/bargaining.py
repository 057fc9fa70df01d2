"""Builders of bargaining problems for tests: the case's own terms, and worlds named after moments of it."""

from functools import cache
from pathlib import Path

import msgspec
import yaml

from negotiation.terms import Negotiation

CASE = Path(__file__).parents[2] / "fixtures/scenarios/us-dprk-2017/negotiation.yaml"
CATALOGUE = CASE.with_name("clauses.yaml")
REFERENCE_GATES = {"nkspea", "treaty", "embassy"}


@cache
def case_terms(*, patient: bool = True) -> Negotiation:
    """Return the negotiation block of the shipped case; `patient`: as it was measured, with nobody in a hurry."""
    raw = yaml.safe_load(CASE.read_text())["negotiation"]
    raw |= yaml.safe_load(CATALOGUE.read_text())["negotiation"]
    for party in raw["parties"] if patient else ():
        party.pop("discount")
    return msgspec.convert(raw, Negotiation)


@cache
def issues_only() -> Negotiation:
    """Return the terms of the case without its side clauses and what names them."""
    return trimmed(case_terms(), *(issue.id for issue in case_terms().issues))


@cache
def reference_terms() -> Negotiation:
    """Return the terms as the reference model has them: one Council gate, no cap on verification, no players."""
    raw = yaml.safe_load(CASE.read_text())["negotiation"]
    raw["gates"] = [g for g in raw["gates"] if g["id"] in REFERENCE_GATES]
    for gate in raw["gates"]:
        gate["ways"] = [way for way in gate["ways"] if "values" in way]
    raw["gates"].append({"id": "unsc", "rule": "R-I03", "raises": {"unrel": 3}, "ways": [{"levels": {"fac": 4}}]})
    raw["players"] = []
    for party in raw["parties"]:
        party.pop("discount")
    raw["verification"].pop("cap")
    return msgspec.convert(raw, Negotiation)


START = {
    "press": 36.83, "tension": 50.0, "approval_nk": 40.0, "missile_cap": 45.0, "institution": 8.0, "novelty_n": 0.0,
    "trust_us": 0.15, "trust_dprk": 0.12, "congress_res": 75.0, "flag.verification_designed": 0.0,
    "bur_align": 68.0, "flag.troop_floor": 0.0, "flag.terror_listed": 0.0,
}  # fmt: skip

HANOI = {
    "press": 46.23671556948779, "tension": 21.03497734571364, "approval_nk": 49.90649743161804,
    "missile_cap": 80.506624, "institution": 13.100524522551119, "novelty_n": 1.0,
    "trust_us": 0.14173027660695983, "trust_dprk": 0.07514173604259089, "congress_res": 76.94079599999999,
    "flag.verification_designed": 0.0, "bur_align": 50.0, "flag.troop_floor": 1.0, "flag.terror_listed": 1.0,
}  # fmt: skip
"""The state before the second summit on the historical path (oracle: the reference model, stochastic part off)."""

SINGAPORE = {
    "press": 64.0852751075025, "tension": 58.26120791827305, "approval_nk": 34.98085040274711,
    "missile_cap": 80.506624, "institution": 7.630264695525375, "novelty_n": 0.0,
    "trust_us": 0.0706765508604762, "trust_dprk": 0.03792464463192852, "congress_res": 76.94079599999999,
    "flag.verification_designed": 0.0, "bur_align": 60.0, "flag.troop_floor": 0.0, "flag.terror_listed": 1.0,
}  # fmt: skip

BANKED = {"test": 1, "fac": 1, "sec": 1, "rec": 1}
"""What the first summit left in force."""

SMALL_DEAL = (1, 2, 0, 1, 1, 0, 1, 2, 1)
YONGBYON_DEAL = (1, 3, 0, 2, 2, 0, 1, 2, 1)


def trimmed(terms: Negotiation, *issues: str) -> Negotiation:
    """Return the terms with some issues only: a space small enough to look at hundreds of times."""
    raw = msgspec.to_builtins(terms)
    raw["issues"], raw["clauses"] = [issue for issue in raw["issues"] if issue["id"] in issues], []
    for party in raw["parties"]:
        party["stakes"] = [stake for stake in party["stakes"] if stake["issue"] in issues]
    for gate in raw["gates"]:
        for way in gate["ways"]:
            way["levels"] = {i: n for i, n in way.get("levels", {}).items() if i in issues}
    raw["gates"] = [gate for gate in raw["gates"] if set(gate["raises"]) <= set(issues)]
    for player in raw["players"]:
        player["values"] = {i: row for i, row in player["values"].items() if i in issues}
        player["blocks"] = {i: n for i, n in player.get("blocks", {}).items() if i in issues}
    for menu in raw["menus"]:
        menu["levels"] = {i: n for i, n in menu["levels"].items() if i in issues}
    return msgspec.convert(raw, Negotiation)
