"""Every one of the 35 properties of the model has a test that carries its number."""

import re

from tests.support.engine import ROOT

NUMBERED = re.compile(r"^def test_((?:\d+_)+)", re.MULTILINE)


def test_all_35_properties_are_asked() -> None:
    found = {
        int(number)
        for path in sorted((ROOT / "tests" / "property").glob("test_*.py"))
        for numbers in NUMBERED.findall(path.read_text())
        for number in numbers.strip("_").split("_")
    }
    assert found >= set(range(1, 36))
