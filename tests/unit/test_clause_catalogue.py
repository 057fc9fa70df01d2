"""A catalogue of clauses that lies about itself is refused where it does, with what would be allowed."""

from typing import Any

import pytest

from adjudication.scenario import ScenarioErrors
from tests.support.second_crisis import a_case, rule

GOOD: dict[str, Any] = {"id": "grain", "label": "Grain", "text": "Grain passes.", "obligor": "NORTH"}


def fault(negotiation: dict[str, Any] | None = None, conduct: dict[str, Any] | None = None, **clause: Any) -> str:
    with pytest.raises(ScenarioErrors) as caught:
        a_case(
            rules=[rule("R-V1", 8, code=True)],
            negotiation={"clauses": [{**GOOD, **clause}], **(negotiation or {})},
            commitments={"conduct": conduct} if conduct is not None else {},
        )
    return str(caught.value)


@pytest.mark.parametrize(
    ("clause", "place", "what"),
    [
        ({"obligor": "EAST"}, "negotiation.clauses[grain].obligor", "unknown party 'EAST'"),
        ({"issue": "gunz", "level": 1}, "negotiation.clauses[grain].issue", "unknown issue 'gunz'"),
        ({"issue": "guns_out", "level": 7}, "negotiation.clauses[grain].level", "guns_out has no level 7"),
        ({"level": 1}, "negotiation.clauses[grain].level", "a side clause has no level"),
        ({"id": "pledge"}, "negotiation.clauses[pledge]", "has the id of an issue"),
        ({"values": {"EAST": 1.0}}, "negotiation.clauses[grain].values", "unknown name 'EAST'"),
        ({"observers": ["nobody"]}, "negotiation.clauses[grain].observers", "unknown name 'nobody'"),
        ({"detection": 1.5}, "negotiation.clauses[grain].detection", "a chance of 1.5"),
        ({"reversibility": 9}, "negotiation.clauses[grain].reversibility", "between 0 and 5"),
        ({"due": -1}, "negotiation.clauses[grain].due", "cannot be negative"),
        ({"params": {"tranches": [3, 2]}}, "negotiation.clauses[grain].params.tranches", "least first"),
        ({"params": {"secret": True}}, "negotiation.clauses[grain].params.secret", "secret_ok"),
        ({"rule": "R-V9"}, "negotiation.clauses[grain].rule", "R-V9"),
        ({"sources": ["hearsay"]}, "negotiation.clauses[grain]", "hearsay"),
        ({"text": ""}, "negotiation.clauses[grain].text", "empty"),
    ],
)
def test_a_clause_that_lies_is_refused_at_its_place(clause: dict[str, Any], place: str, what: str) -> None:
    told = fault(**clause)
    assert f"straits.yaml:1: {place}" in told
    assert what in told


def test_a_way_of_checking_nobody_described_is_refused() -> None:
    told = fault({"table": {"means": {"By eye": 0.5}}}, verified_by="By ear")
    assert "unknown way of checking 'By ear'" in told
    assert "a chance of 2" in fault({"table": {"means": {"By eye": 2.0}}})
    assert "cannot be negative" in fault({"table": {"notice": -1}})


def test_a_gate_may_ask_of_a_side_clause_and_a_headline_text_may_not_hold_one() -> None:
    gate = {"id": "g", "rule": "R-V1", "raises": {"grain": 1}}
    made = a_case(rules=[rule("R-V1", 3.5, code=True)], negotiation={"clauses": [GOOD], "gates": [gate]})
    assert made.issues[-1] == "grain"
    menu = {"id": "m", "label": "Menu", "levels": {"grain": 1}}
    assert "unknown issue 'grain'" in fault({"menus": [menu]})


def test_open_conduct_wins_nobody_trust_and_odds_are_odds() -> None:
    assert "wins nobody trust" in fault(conduct={"late": {"trust": 0.2}})
    assert "0 or more" in fault(conduct={"grace": -1})
    assert "a chance of 3" in fault(conduct={"suspicion": {"rule": "R-V1", "unseen": 3.0}})
    assert "unknown seat 'nobody'" in fault(conduct={"suspicion": {"rule": "R-V1", "observers": {"grain": ["nobody"]}}})


def test_an_oral_understanding_needs_room_in_the_variable_of_the_form() -> None:
    assert "needs `max: 3`" in fault({"table": {"oral": True}})
