"""The catalogues texts are drafted from: whole, in the language of texts, each clause sourced and authorised."""

import re
from functools import cache

import pytest

from adjudication.scenario import Scenario, load_scenario
from negotiation.clauses import CatalogueClause
from tests.support.engine import ROOT

CASES = ["us-dprk-2017", "cuba-1962", "practice"]


@cache
def case_of(name: str) -> Scenario:
    return load_scenario(ROOT / "fixtures" / "scenarios" / f"{name}.yaml")


def every_clause() -> list[tuple[str, CatalogueClause]]:
    return [(name, clause) for name in CASES for clause in case_of(name).negotiation.clauses]


CLAUSES = pytest.mark.parametrize(
    ("name", "clause"), every_clause(), ids=[f"{name}-{clause.id}" for name, clause in every_clause()]
)


def test_the_korean_case_has_the_forty_five_clauses_in_their_order() -> None:
    codes = [clause.code for clause in case_of("us-dprk-2017").negotiation.clauses]
    assert codes == [f"C{number:02d}" for number in range(1, 46)]


@CLAUSES
def test_a_clause_is_a_sentence_and_names_authority_and_source(name: str, clause: CatalogueClause) -> None:
    known = {source.id for source in case_of(name).sources}
    assert re.fullmatch(r"[A-Z].*\.", clause.text, re.DOTALL)
    assert len(clause.text) >= 40
    assert clause.authority.endswith(".")
    assert clause.sources
    assert set(clause.sources) <= known


@CLAUSES
def test_a_side_clause_says_what_it_is_worth_to_both_parties(name: str, clause: CatalogueClause) -> None:
    parties = {party.id for party in case_of(name).negotiation.parties}
    assert clause.issue or set(clause.values) == parties


@CLAUSES
def test_nobody_but_the_obligor_gains_from_a_clause_that_costs_both(name: str, clause: CatalogueClause) -> None:
    """A clause nobody wants has no place in a catalogue."""
    assert clause.issue or max(clause.values.values()) > 0 or max(clause.players.values(), default=0.0) > 0


@CLAUSES
def test_what_is_owed_can_be_checked_in_a_way_the_table_knows(name: str, clause: CatalogueClause) -> None:
    means = case_of(name).negotiation.table.means
    assert clause.verified_by in means
    assert clause.verified_by in (clause.params.verification or (clause.verified_by,))


@pytest.mark.parametrize("name", CASES)
def test_each_clause_stands_for_a_place_of_its_own(name: str) -> None:
    clauses = case_of(name).negotiation.clauses
    places = [(clause.issue, clause.level) for clause in clauses if clause.issue]
    assert len(places) == len(set(places))
    assert len({clause.code for clause in clauses}) == len(clauses)


@pytest.mark.parametrize("name", CASES)
def test_gates_on_side_clauses_cite_a_rule_with_words_for_what_is_struck(name: str) -> None:
    case = case_of(name)
    sides = set(case.negotiation.side)
    for gate in case.negotiation.gates:
        if set(gate.raises) & sides:
            assert "struck" in case.rule[gate.rule].text
            assert gate.text.endswith(".")
