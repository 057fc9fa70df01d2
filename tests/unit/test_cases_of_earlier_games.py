"""A game keeps the case it was begun with: what a newer engine may be told, an older case need not say."""

import shutil
from pathlib import Path

from adjudication.scenario import load_scenario

SHIPPED = Path(__file__).parents[2] / "fixtures" / "scenarios"


def test_a_case_written_before_breaches_had_a_rule_of_their_own_still_loads(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "scenarios")
    for name, said in (("parameters.yaml", "breach_rule:"), ("rules.yaml", "{id: R-R18,")):
        file = tmp_path / "scenarios" / "us-dprk-2017" / name
        lines = file.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if said not in line]
        assert len(kept) == len(lines) - 1, name
        file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    case = load_scenario(tmp_path / "scenarios" / "us-dprk-2017.yaml")
    assert case.commitments.breach_rule in case.rule
