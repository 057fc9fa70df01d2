"""What a bot does at its desk: it clears what its side drafts, tells its own side what it reads, others nothing."""

import pytest

from adjudication.policies.desk import desk_acts
from adjudication.policies.view import PaperToClear, RequestAsked
from tests.support.views import a_view

FIGURES = {
    "Warheads": "Warheads: 29 to 38, moderate confidence.",
    "Chinese enforcement": "Chinese enforcement: 43 to 63.",
}


def asked(text: str, *, kind: str = "rfi", own_side: bool = True) -> RequestAsked:
    return RequestAsked(id="state:q", kind=kind, text=text, own_side=own_side)  # type: ignore[arg-type]


def test_it_clears_the_version_it_was_asked_for_once() -> None:
    view = a_view("intel", to_clear=(PaperToClear(id="state:1", version=3),))
    (act,) = desk_acts(view)
    assert (act.name, act.args["paper"], act.args["version"]) == ("paper.clear", "state:1", 3)
    later = a_view("intel", to_clear=(PaperToClear(id="state:1", version=4),))
    assert desk_acts(later)[0].slug != act.slug, "a new text is cleared anew"


@pytest.mark.parametrize(
    ("request_", "name", "words"),
    [
        (asked("How many warheads do they have?"), "tasking.answer", "29 to 38"),
        (asked("Is Chinese enforcement easing?"), "tasking.answer", "43 to 63"),
        (asked("Who runs the site?"), "tasking.decline", "no estimate"),
        (asked("How many warheads?", own_side=False), "tasking.decline", "do not share"),
        (asked("Prepare warheads", kind="tasking"), "tasking.decline", "orders"),
    ],
)
def test_it_answers_its_own_side_from_what_it_reads_and_declines_the_rest(
    request_: RequestAsked, name: str, words: str
) -> None:
    (act,) = desk_acts(a_view("intel", requests=(request_,), figures=FIGURES))
    assert act.name == name
    assert words in str(act.args.get("text", act.args.get("reason")))
